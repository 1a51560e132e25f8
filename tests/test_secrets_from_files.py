"""What is secret among the settings may lie in a file, as vaults hand it out."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from v2xkb.addresses import database, mail, replica, replies
from v2xkb.instance import read_secret_key

POSTGRES = "postgres://user:hidden@db.example/v2xkb"
SECRETS = ("DATABASE_URL", "DATABASE_REPLICA_URL", "REPLY_CACHE_URL", "EMAIL_URL", "SECRET_KEY")


@pytest.fixture(autouse=True)
def _nothing_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    def put(name: str, value: str | bytes) -> Path:
        file = tmp_path / name.lower()
        file.write_bytes(value.encode() if isinstance(value, str) else value)
        monkeypatch.setenv(f"{name}_FILE", str(file))
        return file

    return put


def test_each_is_read_from_its_file_without_the_end_of_the_line(lies: Any) -> None:
    lies("DATABASE_URL", f"{POSTGRES}\n")
    lies("DATABASE_REPLICA_URL", POSTGRES.replace("db.", "copy."))
    lies("REPLY_CACHE_URL", "rediss://:hidden@cache.example/0\r\n")
    lies("EMAIL_URL", " smtp+tls://user:hidden@mail.example ")
    lies("SECRET_KEY", "long and random\n")
    primary = database()
    assert (primary["HOST"], primary["NAME"], primary["PASSWORD"]) == ("db.example", "v2xkb", "hidden")
    assert replica(primary)["replica"]["HOST"] == "copy.example"
    assert replies()["LOCATION"] == "rediss://:hidden@cache.example/0"
    assert (mail()["EMAIL_HOST"], mail()["EMAIL_HOST_PASSWORD"]) == ("mail.example", "hidden")
    assert read_secret_key() == "long and random"


def test_a_new_value_is_taken_up_at_the_next_start(lies: Any) -> None:
    file = lies("DATABASE_URL", POSTGRES)
    assert database()["HOST"] == "db.example"
    file.write_text(POSTGRES.replace("db.", "moved."), encoding="utf-8")
    assert database()["HOST"] == "moved.example"


def test_without_a_file_the_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", POSTGRES)
    monkeypatch.setenv("DATABASE_URL_FILE", "")
    assert database()["HOST"] == "db.example"


def test_two_values_are_refused_without_telling_either(lies: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    lies("DATABASE_URL", POSTGRES)
    monkeypatch.setenv("DATABASE_URL", POSTGRES.replace("db.", "other."))
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL and DATABASE_URL_FILE are both set") as caught:
        database()
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(("content", "reason"), [(None, "No such file"), (b"\xff\xfe", "it holds no text")])
def test_a_file_that_cannot_be_read_is_named(lies: Any, content: bytes | None, reason: str) -> None:
    file = lies("EMAIL_URL", content or b"")
    if content is None:
        file.unlink()
    with pytest.raises(ImproperlyConfigured, match=f"EMAIL_URL.*{reason}"):
        mail()
