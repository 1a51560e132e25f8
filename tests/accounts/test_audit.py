"""What happens to accounts is noted, by whichever way it happens, and never with a secret or a name."""

import logging
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.accounts.codes import shown_by_app, with_second_factor
from tests.accounts.signing_in import PASSWORD, WRONG, curator, sign_in
from tests.curation.people import ROLE_NAMES, applied, person
from v2xkb.accounts import lockout
from v2xkb.accounts.choices import Happening
from v2xkb.accounts.models import AuditEntry, Session
from v2xkb.curation import tokens
from v2xkb.curation.erasing import erase

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/auditentry/"


@pytest.fixture
def anna() -> User:
    user = curator()
    AuditEntry.objects.all().delete()
    return user


def noted() -> list[tuple[str, str, str]]:
    rows = AuditEntry.objects.order_by("pk").values_list("event", "account__username", "by__username", "detail")
    return [(event, f"{account} by {by}", detail) for event, account, by, detail in rows]


@pytest.mark.usefixtures("anna")
def test_sign_ins_failures_lock_outs_and_sign_outs_are_noted_with_the_address(client: Client) -> None:
    sign_in(client)
    client.post("/admin/logout/", REMOTE_ADDR="192.0.2.1")
    for _ in range(lockout.BOUNDS[0] + 2):
        sign_in(client, password=WRONG)
    sign_in(client, "nobody", WRONG)
    failures = [("sign-in-failed", "anna by None", "")] * lockout.BOUNDS[0]
    assert noted() == [
        ("signed-in", "anna by anna", ""),
        ("signed-out", "anna by anna", ""),
        *failures,
        ("locked-out", "anna by None", ""),
        ("sign-in-failed", "None by None", ""),
    ]
    assert set(AuditEntry.objects.values_list("address", flat=True)) == {"192.0.2.1"}


def test_second_factors_are_noted(client: Client, anna: User) -> None:
    with_second_factor(anna)
    sign_in(client)
    client.post("/admin/login/code/", {"code": "000000"})
    call_command("unlock", "anna", stdout=StringIO())
    client.post("/admin/login/code/", {"code": shown_by_app(anna)})
    call_command("reset_second_factor", "anna", stdout=StringIO())
    assert noted() == [
        ("second-factor-changed", "anna by None", "set up"),
        ("second-factor-changed", "anna by None", "new recovery codes"),
        ("sign-in-failed", "anna by None", "second factor"),
        ("unlocked", "anna by None", "by the command"),
        ("signed-in", "anna by anna", "by app"),
        ("second-factor-changed", "anna by None", "taken away by an operator"),
    ]


def test_changes_of_rights_are_noted_with_who_made_them(client: Client, anna: User) -> None:
    client.force_login(User.objects.create_superuser("root"))
    AuditEntry.objects.all().delete()
    publisher = Group.objects.get(name="Publisher")
    form = {"username": "anna", "groups": [publisher.pk], "is_staff": "on", "is_active": "on"}
    dates = {"date_joined_0": "2026-01-02", "date_joined_1": "00:00"}
    reply = client.post(f"/admin/auth/user/{anna.pk}/change/", form | dates)
    assert reply.status_code == 302, reply.text
    assert set(noted()) == {
        ("rights-changed", "anna by root", "staff given"),
        ("rights-changed", "anna by root", "Editor taken"),
        ("rights-changed", "anna by root", "Publisher given"),
    }


def test_what_is_done_without_a_page_is_noted_too(anna: User) -> None:
    anna.is_active = False
    anna.save()
    anna.set_password("another harbour by night")
    anna.save()
    Group.objects.get(name="Publisher").user_set.add(anna)
    Group.objects.get(name="Publisher").permissions.clear()
    anna.groups.clear()
    assert [(event, detail) for event, _, detail in noted()] == [
        ("rights-changed", "active taken"),
        ("password-changed", ""),
        ("rights-changed", "Publisher given"),
        ("rights-changed", "role Publisher: all taken"),
        ("rights-changed", "all taken"),
    ]


@pytest.mark.usefixtures("knowledge_base")
def test_publications_and_tokens_are_noted(anna: User) -> None:
    publisher = person("Publisher")
    AuditEntry.objects.all().delete()
    token, secret = tokens.make(anna, "my notebook", 30)
    tokens.revoke(anna, token.pk)
    assert not tokens.revoke(anna, token.pk)
    proposal = applied(anna, publisher)
    made, revoked, published = noted()
    assert made[2].startswith(f"token {token.pk} made, holds until 20")
    assert revoked == ("token-changed", "anna by anna", f"token {token.pk} revoked")
    assert published == ("published", "None by a-publisher", f"proposal {proposal.pk}, revision {proposal.revision_id}")
    assert secret not in str(noted())


def test_each_is_a_line_for_programs_without_names_or_secrets(
    client: Client,
    anna: User,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    caplog.set_level(logging.INFO, "v2xkb.audit")
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(client, password=WRONG)
        sign_in(client)
    failed, signed_in = [record.__dict__ for record in caplog.records if record.name == "v2xkb.audit"]
    assert (failed["event"], failed["account"], failed["by"]) == (Happening.FAILED, anna.pk, None)
    assert (signed_in["event"], signed_in["by"], signed_in["address"]) == (Happening.SIGNED_IN, anna.pk, "192.0.2.1")
    for secret in (WRONG, PASSWORD, "anna"):
        assert secret not in caplog.text


@pytest.mark.parametrize("role", [None, *ROLE_NAMES])
def test_administrators_of_curation_read_it_and_nobody_changes_it(client: Client, role: str | None) -> None:
    client.force_login(person(role))
    expected = {None: 302, "Administrator": 200}.get(role, 403)
    assert client.get(LIST).status_code == expected
    entry = AuditEntry.objects.first()
    assert entry
    assert client.get(f"{LIST}{entry.pk}/change/").status_code == expected
    assert client.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == (302 if role is None else 403)
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_it_is_kept_for_its_time_and_addresses_go_with_an_erased_person(client: Client, anna: User) -> None:
    sign_in(client)
    sign_in(Client(), password=WRONG)
    erase(anna)
    assert set(AuditEntry.objects.values_list("address", flat=True)) == {None}
    assert not Session.objects.exists()
    AuditEntry.objects.filter(event=Happening.SIGNED_IN).update(at=timezone.now() - timedelta(days=366))
    call_command("prune_accounts", stdout=StringIO())
    events = set(AuditEntry.objects.values_list("event", flat=True))
    assert Happening.SIGNED_IN not in events
    assert Happening.FAILED in events
