"""Disks of a few megabytes, which only root may mount."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Disk:
    """`fill` leaves no room on it, `free` gives that back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        with (self.folder / "filler").open("wb", buffering=0) as stream:
            for size in (1_000_000, 4096, 1):
                with suppress(OSError):
                    while stream.write(bytes(size)):
                        pass

    def free(self) -> None:
        (self.folder / "filler").unlink()


@contextmanager
def mounted(folder: Path, megabytes: int) -> Iterator[Disk]:
    assert os.geteuid() == 0, "make faults mounts a small disk: run it as root, in a container for instance"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
