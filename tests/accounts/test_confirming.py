"""Whoever changes accounts or ends sessions has shown within ten minutes that it is they."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.accounts.codes import shown_by_app, with_second_factor
from tests.accounts.signing_in import PASSWORD, WRONG, curator, is_in, sign_in
from v2xkb.accounts import lockout
from v2xkb.accounts.models import Session
from v2xkb.curation.import_models import ApiToken
from v2xkb.curation.notification_models import NotificationChoice

pytestmark = pytest.mark.django_db

CONFIRM = "/admin/account/confirm/"
MESSAGE = "Nothing was changed yet"


def wait(client: Client, seconds: int) -> None:
    session = client.session
    for name in {"begun_at", "confirmed_at"} & set(session.keys()):
        session[name] -= seconds
    session.save()


@pytest.fixture
def boss(client: Client) -> User:
    user = User.objects.create_superuser("boss", password=PASSWORD)
    assert sign_in(client, "boss").status_code == 302
    return user


def confirm(client: Client, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(CONFIRM, {"password": password, **more}, REMOTE_ADDR="192.0.2.1")


PAGES = (
    "user/{user}/change/", "user/add/", "user/{user}/password/", "user/{user}/delete/",
    "group/{group}/change/", "group/add/", "group/{group}/delete/",
)  # fmt: skip


@pytest.mark.usefixtures("boss")
def test_accounts_and_roles_are_changed_by_who_signed_in_just_now(client: Client) -> None:
    anna, role = curator(), Group.objects.get(name="Editor")
    addresses = ["/admin/auth/" + page.format(user=anna.pk, group=role.pk) for page in PAGES]
    wait(client, 590)
    assert {client.get(address).status_code for address in addresses} == {200}
    wait(client, 20)
    form = {"username": "mallory", "email": "mallory@example.org", "name": "mallory", "post": "yes"}
    before = list(User.objects.values("username", "email", "password")), list(Group.objects.values())
    for address in addresses:
        for reply in (client.get(address), client.post(address, form)):
            assert reply["Location"] == f"{CONFIRM}?next={address.replace('/', '%2F')}"
    assert before == (list(User.objects.values("username", "email", "password")), list(Group.objects.values()))
    assert MESSAGE in client.get(reply["Location"]).text
    assert confirm(client, next=address)["Location"] == address
    assert client.get(address).status_code == 200
    wait(client, 610)
    assert client.get(address).status_code == 302


@pytest.mark.usefixtures("boss")
def test_persons_are_erased_by_who_signed_in_just_now(client: Client) -> None:
    anna = curator()
    wait(client, 610)
    erasing = {"action": "erase_persons", "_selected_action": anna.pk, "confirmed": "1"}
    reply = client.post("/admin/auth/user/", erasing)
    assert reply["Location"].startswith(CONFIRM)
    assert User.objects.filter(username="anna").exists()
    confirm(client)
    client.post("/admin/auth/user/", erasing)
    assert not User.objects.filter(username="anna").exists()


def test_who_may_change_nothing_is_asked_nothing(client: Client) -> None:
    anna = curator()
    sign_in(client)
    wait(client, 610)
    assert client.get(f"/admin/auth/user/{anna.pk}/change/").status_code == 403


def test_sessions_are_ended_by_who_signed_in_just_now(client: Client) -> None:
    curator()
    other = Client()
    sign_in(client)
    sign_in(other)
    wait(client, 610)
    reply = client.post("/admin/account/sessions/", {"which": "others"})
    assert reply["Location"] == f"{CONFIRM}?next=%2Fadmin%2Faccount%2F"
    assert is_in(other)
    confirm(client)
    client.post("/admin/account/sessions/", {"which": "others"})
    assert not is_in(other)
    assert is_in(client)


def test_a_second_factor_is_asked_too_and_each_code_counts_once(client: Client) -> None:
    anna = curator()
    sign_in(client)
    recovery, *_ = with_second_factor(anna)
    wait(client, 610)
    assert 'name="code"' in client.get(CONFIRM).text
    assert confirm(client).status_code == 400
    assert confirm(client, WRONG, code=recovery).status_code == 400
    assert confirm(client, code="000000").status_code == 400
    assert client.post("/admin/account/sessions/", {"which": "others"})["Location"].startswith(CONFIRM)
    assert confirm(client, code=recovery).status_code == 302
    assert client.post("/admin/account/sessions/", {"which": "others"})["Location"] == "/admin/account/"
    wait(client, 610)
    assert confirm(client, code=recovery).status_code == 400


@pytest.mark.parametrize("is_set_up", [False, True])
def test_wrong_tries_count_like_those_of_signing_in(client: Client, is_set_up: bool) -> None:
    anna = curator()
    sign_in(client)
    if is_set_up:
        with_second_factor(anna)
    pair, *_ = lockout.BOUNDS
    tried = {"password": PASSWORD, "code": "000000"} if is_set_up else {"password": WRONG}
    statuses = [confirm(client, **tried).status_code for _ in range(pair)]
    assert statuses == [400] * (pair - 1) + [429]
    assert confirm(client, code=shown_by_app(anna) if is_set_up else "").status_code == 429
    assert sign_in(Client()).status_code == 429


def test_what_outlasts_a_session_is_made_by_who_signed_in_just_now(client: Client) -> None:
    anna = curator()
    anna.groups.add(Group.objects.get(name="Contributor"))
    sign_in(client)
    made = {
        "/admin/curation/tokens/": {"name": "notebook", "days": "30"},
        "/admin/curation/notificationchoice/feed/": {"do": "make"},
    }
    wait(client, 610)
    for address, form in made.items():
        assert client.post(address, form)["Location"].startswith(CONFIRM)
    assert not ApiToken.objects.exists()
    assert not NotificationChoice.objects.exists()
    confirm(client)
    for address, form in made.items():
        assert client.post(address, form).status_code == 200
    for days in ("9" * 5_000, "²", "-1", ""):
        assert client.post("/admin/curation/tokens/", {"name": "for ever", "days": days}).status_code == 400
    assert ApiToken.objects.count() == NotificationChoice.objects.exclude(feed_hash="").count() == 1


def test_it_leads_on_within_this_site_only(client: Client) -> None:
    curator()
    sign_in(client)
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", ""):
        assert confirm(client, next=elsewhere)["Location"] == "/admin/account/"
        assert "evil" not in client.get(CONFIRM, {"next": elsewhere}).text
    for address in ("/admin/curation/tokens/", "abc"):
        assert confirm(client, next=address)["Location"] == address


def test_the_session_gets_another_key_and_stays_one(client: Client) -> None:
    curator()
    sign_in(client)
    before = Session.objects.get()
    confirm(client)
    after = Session.objects.get()
    assert before.pk != after.pk
    assert before.number == after.number


def test_nobody_confirms_without_being_signed_in_and_it_is_said_in_german(client: Client) -> None:
    assert confirm(client)["Location"].startswith("/admin/login/")
    curator()
    sign_in(client)
    page = client.get(CONFIRM, headers={"accept-language": "de"}).text
    assert re.search(r"<h1>[^<]*Bestätigen", page)
