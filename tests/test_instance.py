"""The private key that the first start writes."""

import stat
import threading
from pathlib import Path

import pytest

from v2xkb.instance import read_secret_key, secret_key_file, write_secret_key


@pytest.fixture(autouse=True)
def _fresh_instance(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "new" / "var"))


def test_there_is_no_key_before_one_is_written() -> None:
    assert read_secret_key() == ""


def test_a_written_key_is_long_and_its_owners_alone() -> None:
    file = write_secret_key()
    assert file == secret_key_file()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(read_secret_key()) >= 64
    assert list(file.parent.iterdir()) == [file]


def test_a_key_that_is_there_stays() -> None:
    write_secret_key()
    key = read_secret_key()
    write_secret_key()
    assert read_secret_key() == key


def test_the_environments_key_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    write_secret_key()
    monkeypatch.setenv("SECRET_KEY", "given")
    assert read_secret_key() == "given"


def test_first_starts_at_once_agree_on_one_key() -> None:
    start = threading.Barrier(8)
    keys: set[str] = set()

    def first_start() -> None:
        start.wait()
        write_secret_key()
        keys.add(read_secret_key())

    threads = [threading.Thread(target=first_start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 1
    assert "" not in keys
