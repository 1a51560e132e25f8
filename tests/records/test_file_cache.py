"""What is kept in files is a cache and no more: a full disk and a spoilt file are nobody's error."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from v2xkb.records.file_cache import FileCache


@pytest.fixture
def cache(tmp_path: Path) -> FileCache:
    cache = FileCache(str(tmp_path), {})
    cache.set("one", b"drawn" * 100)
    return cache


@pytest.mark.parametrize("content", [b"", b"spoilt", b"\x80\x05N.", b"\x80\x05N.spoilt"])
def test_what_a_file_cut_off_or_spoilt_held_is_made_anew(cache: FileCache, tmp_path: Path, content: bytes) -> None:
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert cache.get("one") is None
    cache.set("one", b"drawn again")
    assert cache.get("one") == b"drawn again"


def test_where_there_is_no_room_nothing_is_kept_and_nobody_is_told(
    cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: Any, **_options: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as there:
        there.setattr(tempfile, "mkstemp", full)
        cache.set("two", b"drawn")
    assert cache.get("two") is None
    assert cache.get("one")
