"""`make help` tells of every target a person would type."""

import re
import subprocess

from v2xkb.instance import BASE_DIR

MADE_OF_OTHERS = {"test-browser"}


def test_make_help_lists_every_target() -> None:
    makefile = (BASE_DIR / "Makefile").read_text(encoding="utf-8")
    phony = {name for names in re.findall(r"^\.PHONY: ([a-z -]+)$", makefile, re.MULTILINE) for name in names.split()}
    said = subprocess.run(["make", "help"], cwd=BASE_DIR, capture_output=True, text=True, check=True).stdout
    listed = re.findall(r"^  make ([a-z-]+) +\S", said, re.MULTILINE)
    assert sorted(listed) == sorted(phony - MADE_OF_OTHERS)
    assert {"run", "test", "check", "bench", "data", "browsers", "help"} <= set(listed)
