"""Where `make bench-peers` put the peers, each in an environment of its own, and which versions they are."""

import json
import subprocess
from pathlib import Path

INSTALLED = Path(__file__).parent / ".installed"
VERSIONS = "import importlib.metadata as m, sys; print(*(f'{one} {m.version(one)}' for one in sys.argv[1:]), sep=', ')"


def python_of(environment: str) -> Path:
    return INSTALLED / environment / "bin" / "python"


def python_versions(environment: str, *packages: str) -> str:
    done = subprocess.run(  # noqa: S603
        [python_of(environment), "-c", VERSIONS, *packages], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def node_version(environment: str, package: str) -> str:
    told = INSTALLED / environment / "node_modules" / package / "package.json"
    return f"{package} {json.loads(told.read_text(encoding='utf-8'))['version']}"
