"""Nobody chooses another's password: a link that holds once, for a day, lets its owner set it."""

import html
import re
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client

from tests.accounts.signing_in import PASSWORD, curator, is_in, sign_in
from tests.curation.people import person
from v2xkb.accounts.models import AuditEntry

pytestmark = pytest.mark.django_db

ADD = "/admin/auth/user/add/"
FIRST = "/admin/login/first/"
NEW = "lanterns over the quay"


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(person("Administrator", "root"))
    return client


def link_of(page: str) -> tuple[str, str]:
    """The address that a browser asks for, and the code that it keeps to itself."""
    found = re.search(r'<textarea id="link"[^>]*readonly[^>]*>(.+?)</textarea>', page)
    assert found, page
    address, _, code = html.unescape(found[1]).partition("#")
    return address, code


def password_link(client: Client, user: User) -> str:
    return link_of(client.post(f"/admin/auth/user/{user.pk}/password/").text)[1]


def set_with(code: str, password: str = NEW) -> int:
    form = {"code": code, "new_password1": password, "new_password2": password}
    return Client().post(FIRST, form).status_code


def test_a_new_account_has_no_password_until_its_owner_sets_one(administrator: Client) -> None:
    assert "password1" not in administrator.get(ADD).text
    chosen = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    reply = administrator.post(ADD, {"username": "anna", "email": "anna@example.org", **chosen})
    anna = User.objects.get(username="anna")
    assert (anna.email, anna.has_usable_password()) == ("anna@example.org", False)
    address, code = link_of(reply.text)
    assert address == f"http://testserver{FIRST}"
    visitor = Client()
    page = visitor.get(FIRST).text
    assert "data-from-link" in page
    assert "records/code-in-link.js" in page
    assert visitor.post(FIRST, {"code": f" {code} ", "new_password1": NEW, "new_password2": NEW}).status_code == 302
    anna.refresh_from_db()
    assert anna.check_password(NEW)


def test_an_account_says_that_its_owner_sets_the_password(administrator: Client) -> None:
    anna = curator()
    for takes_it in (False, True):
        if takes_it:
            password_link(administrator, anna)
        page = administrator.get(f"/admin/auth/user/{anna.pk}/change/").text
        assert ("No password set." in page) is takes_it
        assert "Only its owner sets it, by a link that you give them." in page
        assert re.findall(r'href="\.\./password/">(.+?)<', page) == ["New password"]
        assert "Enable password" not in page


def test_a_link_takes_the_present_password_and_sessions_away(administrator: Client) -> None:
    anna, visitor = curator(), Client()
    sign_in(visitor)
    assert administrator.get(f"/admin/auth/user/{anna.pk}/password/").status_code == 200
    assert is_in(visitor)
    code = password_link(administrator, anna)
    assert not is_in(visitor)
    assert sign_in(Client()).status_code == 200
    assert set_with(code) == 302
    assert sign_in(visitor, password=NEW).status_code == 302
    assert is_in(visitor)
    noted = AuditEntry.objects.filter(event="password-changed", account=anna).values_list("by__username", "detail")
    assert sorted(noted, key=str) == [("root", "to be set by a link"), (None, ""), (None, "")]
    assert code not in str(list(AuditEntry.objects.values()))


def test_a_code_holds_once_and_a_newer_one_takes_its_place(administrator: Client) -> None:
    anna = curator()
    former, code = password_link(administrator, anna), password_link(administrator, anna)
    assert set_with(former) == 400
    assert set_with(code) == 302
    assert set_with(code, "another lantern by the quay") == 400
    anna.refresh_from_db()
    assert anna.check_password(NEW)


def test_a_code_holds_for_a_day(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    code = password_link(administrator, curator())
    later = datetime.now() + timedelta(days=1, seconds=5)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _: later)
    assert set_with(code) == 400
    monkeypatch.undo()
    assert set_with(code) == 302


def test_a_password_that_may_not_be_is_refused_and_the_code_holds_on(administrator: Client) -> None:
    code = password_link(administrator, curator())
    assert set_with(code, "too short") == 400
    assert set_with(code) == 302


@pytest.mark.parametrize(
    "code", ["", "1", "-", "{pk}-", "{pk}-x-y", "9" * 30 + "-{token}", "{other}-{token}", "²-{token}"]
)
def test_what_is_no_code_sets_nothing(administrator: Client, code: str) -> None:
    anna, other = curator(), curator("other")
    _, _, token = password_link(administrator, anna).partition("-")
    assert set_with(code.format(pk=anna.pk, other=other.pk, token=token)) == 400
    other.refresh_from_db()
    assert other.check_password(PASSWORD)


def test_an_account_that_was_closed_meanwhile_sets_none(administrator: Client) -> None:
    anna = curator()
    code = password_link(administrator, anna)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert set_with(code) == 400


def test_ones_own_password_is_changed_knowing_it_and_a_superusers_by_no_administrator(administrator: Client) -> None:
    own = User.objects.get(username="root")
    reply = administrator.post(f"/admin/auth/user/{own.pk}/password/")
    assert reply["Location"] == "/admin/password_change/"
    boss = User.objects.create_superuser("boss", password=PASSWORD)
    assert administrator.post(f"/admin/auth/user/{boss.pk}/password/").status_code == 403
    boss.refresh_from_db()
    assert boss.has_usable_password()
