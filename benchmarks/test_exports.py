"""How much memory a download of very many projects takes at its peak, beyond what the process held when idle.

V2XKB_BENCH_PROJECTS sets another number of made-up projects. They stand in a database of their own, and processes of
their own read it, so that nothing that made them is counted.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from pytest_benchmark.fixture import BenchmarkFixture

PROJECTS = int(os.environ.get("V2XKB_BENCH_PROJECTS", "2000"))
MOST_MB = 150
# One small download first, so that what is loaded once counts as idle; then the peak is forgotten.
READER = """
import json, sys
from pathlib import Path
import django
django.setup()
from django.test import Client

def megabytes(name):
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) // 1024

def read(query):
    reply = Client().get(f"/projects/?format={sys.argv[1]}{query}", headers={"host": "localhost"})
    assert reply.status_code == 200, reply.content
    return int(reply["X-Total-Count"]), sum(len(piece) for piece in reply.streaming_content)

read("&q=parker")
Path("/proc/self/clear_refs").write_text("5")
idle = megabytes("VmRSS")
projects, size = read("")
print(json.dumps({"projects": projects, "bytes": size, "idle MB": idle, "peak MB": megabytes("VmHWM")}))
"""


def run(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command], cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of processes that read made-up projects."""
    place: Path = tmp_path_factory.mktemp("generated")
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{place / 'db.sqlite3'}",
        "DEBUG": "off",
        "DJANGO_SETTINGS_MODULE": "v2xkb.settings",
        "HTTPS": "off",
        "SECRET_KEY": "of-a-measurement-" * 4,
        "VAR_DIR": str(place),
    }
    run(environment, "manage.py", "migrate", "-v0")
    run(environment, "manage.py", "load")
    run(environment, "manage.py", "generate", "--projects", str(PROJECTS), "--i-know")
    return environment


@pytest.mark.parametrize("form", ["csv", "jsonl", "geojson", "xlsx"])
def test_a_download_of_very_many_projects(benchmark: BenchmarkFixture, generated: dict[str, str], form: str) -> None:
    found = json.loads(benchmark.pedantic(run, args=(generated, "-c", READER, form), rounds=1))
    benchmark.extra_info |= found
    print(f"\n{form}: {found}")
    assert found["projects"] >= PROJECTS
    assert found["peak MB"] - found["idle MB"] <= MOST_MB
