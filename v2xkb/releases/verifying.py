"""Looks whether a release is whole and unaltered: needs nothing but Python, `python verifying.py FILE`."""

import hashlib
import lzma
import re
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# The canonical files with their digests; the digest of this file is the identity of the release.
MANIFEST = "MANIFEST.sha256"
# All other files, the manifest among them.
SUMS = "SHA256SUMS"
# What reading an archive raises where its bytes are not what they were.
DAMAGED = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
)
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


class NoRelease(Exception):
    """What was given cannot be read as a release; says why and what would help."""


@dataclass(frozen=True)
class Verified:
    """What was found; without `faults` every file is as it was when the release was made."""

    identity: str
    files: int
    faults: list[str]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def manifest(files: Mapping[str, bytes]) -> str:
    """One line a file."""
    return listed({path: digest(content) for path, content in files.items()})


def listed(digests: Mapping[str, str]) -> str:
    """One line a file, by path, as `sha256sum -c` reads it."""
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(digests.items()))


def identity_of(files: Mapping[str, bytes]) -> str:
    """What a release of these canonical files is told by."""
    return digest(manifest(files).encode())


def verify(place: Path) -> Verified:
    """A release as ZIP file or unpacked; raises NoRelease where there is none."""
    files = dict(_files(place))
    if MANIFEST not in files or SUMS not in files:
        raise NoRelease(f"{place} holds no {MANIFEST} and {SUMS}. Give the ZIP file of a release, or its folder.")
    faults = list(_faults(files, {**_sums(files[MANIFEST]), **_sums(files[SUMS])}))
    return Verified(digest(files[MANIFEST]), len(files), faults)


def _faults(files: Mapping[str, bytes], digests: Mapping[str, str]) -> Iterator[str]:
    for path, expected in sorted(digests.items()):
        if path not in files:
            yield f"{path}: it is missing. Get the release again."
        elif digest(files[path]) != expected:
            yield f"{path}: it is not what was released (its SHA-256 is {digest(files[path])}). Get the release again."
    for path in sorted(set(files) - set(digests) - {SUMS}):
        yield f"{path}: it is no part of the release. Take it out."


def _sums(content: bytes) -> dict[str, str]:
    lines = content.decode("utf-8", "replace").splitlines()
    matches = [LINE.fullmatch(line) for line in lines]
    if not all(matches):
        number = matches.index(None) + 1
        raise NoRelease(f"line {number} of the list of digests is none: “{lines[number - 1][:80]}”. Get it again.")
    return {match[2]: match[1] for match in matches if match}


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    """(path within the release, content) of every file."""
    if place.is_dir():
        root = (
            place if (place / MANIFEST).is_file() else next((one.parent for one in place.glob(f"*/{MANIFEST}")), place)
        )
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            yield file.relative_to(root).as_posix(), file.read_bytes()
        return
    try:
        with zipfile.ZipFile(place) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            if "" in names:
                raise NoRelease(f"{place} holds a file without a name. Get the release again.")
            if len(set(names)) < len(names):
                raise NoRelease(f"{place} holds a file twice. Get the release again.")
            top = _common(names)
            for name in names:
                yield name.removeprefix(top), archive.read(name)
    except FileNotFoundError:
        raise NoRelease(f"There is no {place}. Check the path.") from None
    except DAMAGED as error:
        raise NoRelease(f"{place} is no readable ZIP file: {error}. Get the release again.") from error


def _common(names: Iterable[str]) -> str:
    """The folder that all files stand in, with its slash."""
    tops = {name.partition("/")[0] for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 else ""


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Give one release: its ZIP file or its folder.", file=sys.stderr)
        return 2
    try:
        found = verify(Path(arguments[0]))
    except NoRelease as error:
        print(error, file=sys.stderr)
        return 2
    for fault in found.faults:
        print(fault, file=sys.stderr)
    print(said(found))
    return 1 if found.faults else 0


def said(found: Verified) -> str:
    count = len(found.faults)
    state = f"{count} fault{'s' if count > 1 else ''}" if count else "whole and unaltered"
    return f"{found.files} files, {state}. Identity {found.identity}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
