"""Nobody gets in with a password alone who has, or must have, a second factor; nothing that lets in lets in twice."""

from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from tests.accounts.codes import shown_by_app, with_second_factor
from tests.accounts.signing_in import PASSWORD, WRONG, curator, is_in, sign_in
from v2xkb.accounts import lockout, second_factor
from v2xkb.accounts.models import RecoveryCode

pytestmark = pytest.mark.django_db

CODE = "/admin/login/code/"
SET_UP = "/admin/login/set-up/"
ACCOUNT = "/admin/account/"
STEPS = "/admin/account/second-factor/"


@pytest.fixture
def anna() -> User:
    return curator()


@pytest.fixture
def required(settings: Settings) -> None:
    settings.TWO_FACTOR = second_factor.REQUIRED


def test_where_it_is_offered_a_password_is_enough_until_one_is_set_up(client: Client, anna: User) -> None:
    assert sign_in(client)["Location"] == "/admin/"
    assert is_in(client)
    with_second_factor(anna)
    other = Client()
    assert sign_in(other, next="/admin/curation/tokens/")["Location"] == CODE
    assert not is_in(other)
    assert other.post(CODE, {"code": shown_by_app(anna)})["Location"] == "/admin/curation/tokens/"
    assert is_in(other)


@pytest.mark.usefixtures("required")
def test_where_it_is_required_one_is_led_to_set_it_up_and_can_do_nothing_else(client: Client, anna: User) -> None:
    assert sign_in(client)["Location"] == SET_UP
    for address in ("/admin/", ACCOUNT, "/admin/curation/tokens/", "/admin/password_change/", "/admin/auth/user/"):
        assert client.get(address)["Location"].startswith("/admin/login/")
    page = client.get(SET_UP)
    assert page.status_code == 200
    assert second_factor.spelt(TOTPDevice.objects.get()) in page.text
    picture = client.get("/admin/login/set-up/qr.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(picture.content).tag.endswith("svg")  # noqa: S314
    assert "style" not in picture.text
    assert client.post(SET_UP, {"code": "000000"}).status_code == 400
    TOTPDevice.objects.update(throttling_failure_timestamp=None)
    codes = client.post(SET_UP, {"code": shown_by_app(anna)})
    assert codes.status_code == 200
    assert codes.text.count("<li><code>") == second_factor.CODES
    assert is_in(client)
    # From now on a telephone is needed.
    assert sign_in(Client())["Location"] == CODE
    assert client.get("/admin/login/set-up/qr.svg").status_code == 404


@pytest.mark.usefixtures("required")
def test_a_session_from_before_it_was_required_gets_nowhere(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert not is_in(client)
    reply = client.post("/admin/curation/edit/project/parker/", {"reason": "No."})
    assert reply.status_code == 403


def test_a_code_lets_in_once(client: Client, anna: User) -> None:
    with_second_factor(anna)
    code = shown_by_app(anna)
    sign_in(client)
    assert client.post(CODE, {"code": f"{code[:3]} {code[3:]}"}).status_code == 302
    other = Client()
    sign_in(other)
    assert other.post(CODE, {"code": code}).status_code == 400
    assert not is_in(other)


def test_a_recovery_code_lets_in_once_and_is_stored_as_a_digest_only(client: Client, anna: User) -> None:
    code, *_ = with_second_factor(anna)
    assert code.replace("-", "") not in str(list(RecoveryCode.objects.values()))
    sign_in(client)
    assert client.post(CODE, {"code": code.upper()})["Location"] == ACCOUNT
    assert "9 recovery codes are left" in client.get(ACCOUNT).text
    other = Client()
    sign_in(other)
    assert other.post(CODE, {"code": code}).status_code == 400


def test_wrong_codes_are_throttled_and_lock_out_like_wrong_passwords(client: Client, anna: User) -> None:
    pair, *_ = lockout.BOUNDS
    with_second_factor(anna)
    sign_in(client)
    statuses = [client.post(CODE, {"code": "000000"}, REMOTE_ADDR="192.0.2.1").status_code for _ in range(pair)]
    assert statuses == [400] * (pair - 1) + [429]
    assert client.post(CODE, {"code": shown_by_app(anna)}, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert sign_in(Client()).status_code == 429
    # From elsewhere the app's codes wait longer after each failure.
    assert TOTPDevice.objects.get().throttling_failure_count
    TOTPDevice.objects.update(throttling_failure_count=10)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    elsewhere.post("/admin/login/", {"username": "anna", "password": PASSWORD})
    assert elsewhere.post(CODE, {"code": shown_by_app(anna)}).status_code == 400
    call_command("unlock", "anna", stdout=StringIO())
    assert elsewhere.post(CODE, {"code": shown_by_app(anna)}).status_code == 302


def test_a_code_without_a_password_before_it_is_nothing(client: Client, anna: User) -> None:
    with_second_factor(anna)
    for address in (CODE, SET_UP):
        assert client.post(address, {"code": shown_by_app(anna)})["Location"] == "/admin/login/"
    assert not is_in(client)


def test_who_has_a_second_factor_cannot_replace_it_with_the_password_alone(client: Client, anna: User) -> None:
    with_second_factor(anna)
    before = TOTPDevice.objects.get().key
    sign_in(client)
    assert client.get(SET_UP)["Location"] == "/admin/login/"
    assert client.get("/admin/login/set-up/qr.svg").status_code == 404
    assert TOTPDevice.objects.get().key == before


@pytest.mark.parametrize("change", ["password", "inactive", "late"])
def test_the_way_in_ends_where_the_account_changes_or_time_runs_out(
    client: Client, anna: User, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_second_factor(anna)
    if change == "late":
        monkeypatch.setattr("v2xkb.accounts.pending.LASTS", -1)
    sign_in(client)
    if change == "password":
        anna.set_password("another harbour by night")
    anna.is_active = change != "inactive"
    anna.save()
    assert client.post(CODE, {"code": shown_by_app(anna)})["Location"] == "/admin/login/"
    assert not is_in(client)


def test_setting_it_up_removing_it_and_new_codes_ask_for_the_password(client: Client, anna: User) -> None:
    sign_in(client)
    other = Client()
    sign_in(other)
    assert client.get(SET_UP)["Location"] == ACCOUNT
    assert client.post(STEPS, {"do": "set-up", "password": WRONG}).status_code == 400
    assert client.post(STEPS, {"do": "set-up", "password": PASSWORD})["Location"] == SET_UP
    client.get(SET_UP)
    assert "recovery" in client.post(SET_UP, {"code": shown_by_app(anna)}).text
    assert is_in(client)
    assert not is_in(other)
    assert client.post(STEPS, {"do": "codes", "password": WRONG}).status_code == 400
    before = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert client.post(STEPS, {"do": "codes", "password": PASSWORD}).text.count("<li><code>") == second_factor.CODES
    assert not before & set(RecoveryCode.objects.values_list("digest", flat=True))
    assert client.post(STEPS, {"do": "remove", "password": WRONG}).status_code == 400
    assert TOTPDevice.objects.exists()
    client.post(STEPS, {"do": "remove", "password": PASSWORD})
    assert not TOTPDevice.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_it_cannot_be_removed_where_it_is_required(client: Client, anna: User, settings: Settings) -> None:
    with_second_factor(anna)
    settings.TWO_FACTOR = second_factor.REQUIRED
    sign_in(client)
    client.post(CODE, {"code": shown_by_app(anna)})
    assert "Remove the second factor" not in client.get(ACCOUNT).text
    client.post(STEPS, {"do": "remove", "password": PASSWORD})
    assert TOTPDevice.objects.exists()


def test_an_operator_takes_a_lost_one_away_and_ends_its_sessions(client: Client, anna: User) -> None:
    with_second_factor(anna)
    sign_in(client)
    client.post(CODE, {"code": shown_by_app(anna)})
    said = StringIO()
    call_command("reset_second_factor", "anna", stdout=said)
    assert "taken away" in said.getvalue()
    assert not is_in(client)
    assert not RecoveryCode.objects.exists()
    for name, remedy in (("anna", "has no second factor"), ("nobody", "There is no account")):
        with pytest.raises(CommandError, match=remedy):
            call_command("reset_second_factor", name)


def test_its_secret_is_nowhere_in_the_admin(admin_client: Client, anna: User) -> None:
    with_second_factor(anna)
    assert admin_client.get("/admin/otp_totp/totpdevice/").status_code == 404
    device = TOTPDevice.objects.get()
    page = admin_client.get(f"/admin/auth/user/{anna.pk}/change/").text
    assert device.key not in page
    assert second_factor.spelt(device) not in page


def test_its_pages_speak_german(client: Client, anna: User) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    sign_in(client)
    assert "Zweiter Faktor" in client.get(ACCOUNT).text
