"""Made-up projects in a database of their own, which processes of their own read and write: nothing else is counted."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

PROJECTS = int(os.environ.get("V2XKB_BENCH_PROJECTS", "2000"))

Environment = dict[str, str]


def environment(place: Path) -> Environment:
    """Of processes that read and write a database at a place."""
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{place / 'db.sqlite3'}",
        "DEBUG": "off",
        "DJANGO_SETTINGS_MODULE": "v2xkb.settings",
        "HTTPS": "off",
        "SECRET_KEY": "of-a-measurement-" * 4,
        "VAR_DIR": str(place),
    }


def run(environment: Environment, *command: str) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command], cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout
