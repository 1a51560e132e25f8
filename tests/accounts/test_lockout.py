"""Whoever tries too often is told so, and nothing that was typed is kept."""

import logging
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from tests.accounts.signing_in import PASSWORD, WRONG, curator, is_in, sign_in
from v2xkb.accounts import lockout

pytestmark = pytest.mark.django_db

PAIR, NAME, ADDRESS = lockout.BOUNDS


def try_wrongly(client: Client, times: int, name: str = "anna", address: str = "192.0.2.1") -> int:
    return [sign_in(client, name, WRONG, address).status_code for _ in range(times)][-1]


def test_five_failures_lock_a_name_out_from_one_address_even_with_the_right_password(client: Client) -> None:
    curator()
    assert try_wrongly(client, PAIR - 1) == 200
    assert try_wrongly(client, 1) == 429
    reply = sign_in(client)
    assert reply.status_code == 429
    assert 1700 < int(reply["Retry-After"]) <= 1800
    assert "manage.py unlock" in reply.text
    assert "30 minutes" in reply.text
    assert not is_in(client)
    # Its owner, elsewhere, does not notice.
    assert sign_in(client, address="198.51.100.7").status_code == 302


def test_it_is_said_in_german_to_whoever_reads_german(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "de-AT,de;q=0.9,en;q=0.5"
    try_wrongly(client, PAIR)
    reply = sign_in(client)
    assert reply.status_code == 429
    assert 'lang="de"' in reply.text
    assert "30 Minuten" in reply.text
    assert reply["Content-Language"] == "de"


def test_a_name_that_is_none_is_locked_out_alike(client: Client) -> None:
    assert try_wrongly(client, PAIR, "nobody") == 429


def test_an_address_is_locked_out_for_every_name_and_one_of_ipv6_with_its_whole_network(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lockout, "BOUNDS", (PAIR, 6, 6))
    curator()
    for number in range(6):
        sign_in(client, f"name-{number}", WRONG, f"2001:db8::{number}")
    assert sign_in(client, address="2001:db8::ffff").status_code == 429
    assert sign_in(client, address="2001:db8:0:1::1").status_code == 302


def test_a_name_is_locked_out_after_many_tries_from_anywhere(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockout, "BOUNDS", (PAIR, 6, 6))
    curator()
    for number in range(6):
        sign_in(client, "anna", WRONG, f"192.0.2.{number}")
    assert sign_in(client, address="198.51.100.7").status_code == 429


def test_no_account_of_ones_own_gives_an_address_new_tries(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockout, "BOUNDS", (PAIR, 6, 6))
    curator()
    curator("mallory")
    try_wrongly(client, PAIR - 1)
    assert sign_in(Client(), "mallory").status_code == 302
    assert try_wrongly(client, 1) == 429


def test_the_address_is_that_which_the_proxy_saw(client: Client, settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
    curator()
    for number in range(PAIR):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"10.0.0.{number}, 192.0.2.9"
        last = sign_in(client, password=WRONG, address="127.0.0.1").status_code
    assert last == 429
    assert {one.ip_address for one in AccessAttempt.objects.all()} == {"192.0.2.9"}


def test_an_operator_frees_a_name_or_an_address(client: Client) -> None:
    curator()
    for option in (["anna"], ["--address", "192.0.2.1"]):
        assert try_wrongly(client, PAIR) == 429
        said = StringIO()
        call_command("unlock", *option, stdout=said)
        assert "can try again" in said.getvalue()
        assert sign_in(Client()).status_code == 302
    call_command("unlock", "anna", stdout=said)
    assert "not locked out" in said.getvalue()
    with pytest.raises(CommandError, match=r"Give one such as 192\.0\.2\.7"):
        call_command("unlock", address="the office")


def test_nothing_that_was_typed_is_stored_or_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    curator()
    caplog.set_level(logging.DEBUG)
    typed = "my secret in the wrong field"
    for _ in range(PAIR + 1):
        client.post(
            "/admin/login/?next=/secretnext/",
            {"username": typed, "password": PASSWORD, "other": "secretother"},
            headers={"user-agent": "secretagent", "accept": "secretaccept"},
        )
    stored = str(list(AccessAttempt.objects.values()))
    for secret in (typed, PASSWORD, "secretnext", "secretother", "secretagent", "secretaccept"):
        assert secret not in stored
        assert secret not in caplog.text.replace("/admin/login/", "")
