"""Finds the Chromium that the browser tests drive; run as a module it prints the path, or fails saying what to do."""

import os
import shutil
import sys

# The first is Chromium without what only a window needs, and by far the fastest to start and to draw.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# Chromium's own errands go to hosts that no test may reach; as root it has no sandbox.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The path that CHROMIUM names, else the first of the usual names on PATH."""
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else NAMES
    return next(filter(None, map(shutil.which, names)), None)


def require() -> str:
    """The path, or a LookupError that says what to do."""
    if path := find():
        return path
    raise LookupError(
        "The browser tests need Chromium, and none was found. `make browsers` installs Debian's as root; "
        "elsewhere install one yourself and set CHROMIUM to its path."
    )


if __name__ == "__main__":
    try:
        print(require())
    except LookupError as error:
        sys.exit(str(error))
