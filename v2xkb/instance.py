"""Where one instance keeps what is its own: its directory and its secret key, known before Django reads settings."""

import hashlib
import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

BASE_DIR = Path(__file__).resolve().parent.parent
# What replies are made of besides the data.
MADE_OF = {".css", ".html", ".js", ".mo", ".py", ".svg", ".topojson"}


def var_dir() -> Path:
    """The directory that VAR_DIR names, else var/ beside the code."""
    return Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").absolute()


@cache
def build() -> str:
    """A digest of the code, its templates, texts and libraries: what others make of the same data may differ."""
    digest = hashlib.sha256()
    for package in ("barriers", "projects", "v2xkb"):
        for file in sorted((BASE_DIR / package).rglob("*")):
            if file.suffix in MADE_OF:
                digest.update(file.read_bytes())
    digest.update((BASE_DIR / "requirements" / "base.txt").read_bytes())
    return digest.hexdigest()[:16]


def secret_key_file() -> Path:
    """The file that SECRET_KEY_FILE names, else one in the instance's directory."""
    return Path(os.environ.get("SECRET_KEY_FILE") or var_dir() / "secret-key").absolute()


def read_secret_key() -> str:
    """SECRET_KEY, else what the key's file holds, else nothing."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    file = secret_key_file()
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


def write_secret_key() -> Path:
    """Writes a new key that only its owner may read, unless there is a file already; returns where it stands."""
    file = secret_key_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent) as draft:
        draft.write(secrets.token_urlsafe(64) + "\n")
        draft.flush()
        # A link appears whole or not at all, so of two first starts at once neither reads half a key.
        with suppress(FileExistsError):
            os.link(draft.name, file)
    return file
