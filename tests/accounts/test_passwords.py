"""Passwords are scrambled slowly, old ones are scrambled anew, and only length and being guessed first count."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher, identify_hasher
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, override_settings

from tests.accounts.signing_in import PASSWORD, curator, is_in, sign_in
from v2xkb import settings as declared

pytestmark = pytest.mark.django_db


@override_settings(PASSWORD_HASHERS=declared.PASSWORD_HASHERS)
def test_a_password_scrambled_the_old_way_holds_and_is_scrambled_anew_at_sign_in(client: Client) -> None:
    anna = curator()
    User.objects.update(password=PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1000))
    assert sign_in(client, "anna").status_code == 302
    assert is_in(client)
    anna.refresh_from_db()
    assert identify_hasher(anna.password).algorithm == "argon2"
    assert anna.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("eleven char", "at least 12"),
        ("9 182 736 455 463", None),
        ("so on " * 21 + "so", None),
        ("so on " * 21 + "on.", "at most 128"),
        ("sword fish as usual", None),
        ("  blanks count too  ", None),
        ("ünïcödé counts, too", None),
        ("anna-the-editor", "too similar"),
        ("1234567890123", "too common"),
        ("9182736455463", "entirely numeric"),
    ],
)
def test_length_counts_and_what_is_guessed_first_and_no_kind_of_character(password: str, reason: str | None) -> None:
    said = ""
    try:
        validate_password(password, User(username="anna-the-editor"))
    except ValidationError as error:
        said = " ".join(error.messages)
    assert said == "" if reason is None else reason in said


def test_changing_a_password_asks_for_the_present_one_and_ends_all_other_sessions(client: Client) -> None:
    curator()
    other = Client()
    assert sign_in(client).status_code == sign_in(other).status_code == 302
    new = {"new_password1": "a new harbour at noon", "new_password2": "a new harbour at noon"}
    refused = client.post("/admin/password_change/", {"old_password": "no such password", **new})
    assert refused.status_code == 200
    assert is_in(other)
    assert client.post("/admin/password_change/", {"old_password": PASSWORD, **new}).status_code == 302
    assert is_in(client)
    assert not is_in(other)


def test_a_name_that_is_none_is_answered_like_a_wrong_password_and_costs_as_much(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    curator()
    scrambled: list[str] = []
    encode = MD5PasswordHasher.encode

    def noted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        scrambled.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", noted)
    texts = []
    for name in ("anna", "nobody"):
        reply = sign_in(client, name, f"something wrong for {name}")
        texts.append(reply.text.replace(f'value="{name}"', "").partition('id="content"')[2].partition("csrf")[0])
    assert "Please enter a correct" in texts[0]
    assert texts[0] == texts[1]
    assert scrambled == ["something wrong for anna", "something wrong for nobody"]
