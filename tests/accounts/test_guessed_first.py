"""Passwords of this place's words are refused, and stolen ones where the operator has a list of them."""

import hashlib
from pathlib import Path
from typing import BinaryIO

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from pytest_django import Settings

from v2xkb.accounts import stolen
from v2xkb.accounts.guessed_first import without, without_runs, words_of_this_place
from v2xkb.accounts.stolen import NotStolenValidator, line_from
from v2xkb.environment import stolen_passwords


def refusals(password: str) -> list[str]:
    try:
        validate_password(password)
    except ValidationError as error:
        return [str(one.code) for one in error.error_list]
    return []


@pytest.mark.usefixtures("knowledge_base")
def test_words_of_this_place_are_no_password_unless_enough_else_is_in_it(settings: Settings) -> None:
    settings.ALLOWED_HOSTS, settings.SITE_ADDRESS = [".windhelm.example"], "https://solitude.example"
    ours = [["password_of_this_place"]]
    refused = [
        "v2xkb-v2xkb-v2xkb",  # the site
        "windhelm 2026!",  # its hosts
        "Solitude-2026!",
        "CIRED DriVe2X 24",  # the paper
        "Administrator1!",  # a role
        "Vehicle-to-Grid!",  # a term by another of its names
        "parker PARKER parker",  # a project
        "V2G-12345678",  # what is left is a run,
        "V2G-trustno1",  # or a usual password,
        "V2G iloveyou 27",  # or one with digits behind
    ]
    assert [refusals(one) for one in refused] == ours * len(refused)
    fine = ["quiet harbour with V2G", "V2G ünter ведмідь", "x7Kq-v2g-Rw93s", "quiet harbour at dawn"]
    assert [refusals(one) for one in fine] == [[]] * len(fine)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password",
    [
        "iloveyou1234",  # a usual one with digits behind,
        "Passwort-1987",  # or before and behind
        "12 Iloveyou 34",
        "qwertzuiop123",  # runs along keyboards,
        "POIUZTREWQ-27",  # backwards,
        "6yhn 5tgb 4rfv",  # and down them
        "abcdefghijkl",
        "Zyxwvuts 2718",
        "89 01 23 45 67 89",  # of digits, past the last
        "aaaa bbbb cccc !",
        "asdf harbour",  # what is left of it is too short
    ],
)
def test_usual_passwords_and_runs_are_none_with_little_more(password: str) -> None:
    assert refusals(password) == ["password_guessed_first"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password", ["iloveyou 27182818", "harbours 1234", "asdf harbours", "hijacked tuesday", "9 182 736 455"]
)
def test_they_are_no_harm_where_enough_else_is_in_it(password: str) -> None:
    assert refusals(password) == []


def test_a_run_is_four_steps_or_more() -> None:
    assert without_runs("xqwertyx123xabcdx") == "xx123xx"
    assert without_runs("xaaax4444") == "xaaax"


@pytest.mark.usefixtures("knowledge_base")
def test_the_words_are_those_of_the_records_of_the_kinds_that_are_named() -> None:
    words = words_of_this_place(["term"])
    assert {"v2xkb", "drive2x", "cired", "editor", "v2g", "vehicle"} <= words
    assert "parker" not in words
    # By chance such are in many.
    assert not {"car", "to", "the", "ev", "123"} & words


def test_of_two_words_that_begin_alike_the_longer_one_goes() -> None:
    assert without("gridlock1grid", {"grid", "gridlock"}) == "1"


def digest(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


@pytest.mark.parametrize("line", ["{}:7\n", "{}:12345\r\n", "{}\n"])
@pytest.mark.parametrize("number", [1, 2, 97])
def test_each_stolen_password_of_a_file_is_found_and_no_other(tmp_path: Path, line: str, number: int) -> None:
    file = tmp_path / "stolen.txt"
    digests = sorted(digest(f"stolen {one}") for one in range(number))
    file.write_text("".join(line.format(one) for one in digests), encoding="ascii", newline="")
    validator = NotStolenValidator(str(file))
    for one in range(number):
        with pytest.raises(ValidationError, match="stolen"):
            validator.validate(f"stolen {one}")
        validator.validate(f"not stolen {one}")


def test_of_a_large_file_little_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "stolen.txt"
    file.write_text("".join(f"{one:040X}:1\n" for one in range(0, 2**20, 64)), encoding="ascii")
    looks: list[int] = []

    def noted(lines: BinaryIO, place: int) -> bytes:
        looks.append(place)
        return line_from(lines, place)

    monkeypatch.setattr(stolen, "line_from", noted)
    NotStolenValidator(str(file)).validate("a password")
    assert 10 <= len(looks) <= 21


def test_a_file_that_is_none_is_refused_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "stolen.txt"
    monkeypatch.setenv("STOLEN_PASSWORDS_FILE", str(file))
    with pytest.raises(ImproperlyConfigured, match="No such file"):
        stolen_passwords()
    file.write_text("password\n", encoding="ascii")
    with pytest.raises(ImproperlyConfigured, match="a digest a line"):
        stolen_passwords()
    file.write_text(digest("password"), encoding="ascii")
    assert stolen_passwords() == str(file)
