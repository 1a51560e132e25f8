"""What a process that serves pages loads."""

import os
import subprocess
import sys

from django.conf import settings

from tests.test_architecture import ARRAY_LIBRARIES, HEAVY


def test_what_serves_pages_loads_no_heavy_library() -> None:
    asked = "import sys, v2xkb.wsgi, v2xkb.urls; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "v2xkb.settings", "DEBUG": "on", "VAR_DIR": "var/checks"},
        text=True,
    )
    loaded = set(ran.stdout.split())
    assert "django" in loaded
    assert loaded & {*HEAVY, *ARRAY_LIBRARIES} == set()
