"""A person is erased everywhere, and history stays as whole as it was."""

from io import StringIO
from secrets import token_urlsafe
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import sign_in
from tests.curation import versions
from tests.curation.people import ROLE_NAMES, changed, person
from tests.releases.standing import some_of
from v2xkb.curation.choices import Action, Signature
from v2xkb.curation.deciding import decide
from v2xkb.curation.duplicate_models import Verdict
from v2xkb.curation.erasing import SENTENCES, erase
from v2xkb.curation.models import Correction, Event, Import, Proposal
from v2xkb.curation.people import ERASED
from v2xkb.curation.proposals import act, comment, propose
from v2xkb.records.models import Record, Revision, Version
from v2xkb.releases.building import build
from v2xkb.releases.making import keep
from v2xkb.releases.models import Release
from v2xkb.releases.states import live

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

NAMES = ("zenobia", "Zenobia", "Palmyra", "zenobia@v2xkb.example")
PASSWORD = token_urlsafe(16)
USERS = "admin:auth_user_changelist"


@pytest.fixture
def zenobia(publisher: User) -> User:
    """Somebody who did all that one can but release: proposed by name and role, reviewed, decided, said things; named
    by others, not always in the capitals of the account."""
    user = person("Publisher", "zenobia")
    user.first_name, user.last_name, user.email = "Zenobia", "Palmyra", "zenobia@v2xkb.example"
    user.set_password(PASSWORD)
    user.save()
    for at, signed in enumerate(Signature.values):
        reason = f"Asked by zenobia@v2xkb.example, says Zenobia Palmyra ({at})."
        proposal = propose(user, reason, [changed("project", "parker", summary=f"Words {at}.")], signed=signed)
        act(proposal.pk, Action.SUBMIT, user)
        comment(proposal.pk, "Zenobia Palmyra knows this, ask Zenobia@V2XKB.Example.", publisher)
        act(proposal.pk, Action.APPROVE, publisher)
        act(proposal.pk, Action.APPLY, publisher)
    other = propose(publisher, "Another.", [changed("project", "parker", summary="More words.")])
    act(other.pk, Action.SUBMIT, publisher)
    act(other.pk, Action.APPROVE, user, "Fine.")
    one, two = Record.objects.of_kind("project").values_list("pid", flat=True)[:2]
    decide(one, two, Verdict.DIFFERENT, user, "Zenobia Palmyra was at both.")
    Import.objects.create(by=publisher, name="trials.csv", content=b"", reason="ZENOBIA@v2xkb.example sent them.")
    Correction.objects.create(kind="project", version=1, answer="Zenobia Palmyra looked.", answered_by=user)
    account = ContentType.objects.get_for_model(user)
    LogEntry.objects.create(
        user=publisher, content_type=account, object_id=str(user.pk), object_repr="zenobia", action_flag=CHANGE
    )
    sign_in(Client(), "zenobia", f"not {PASSWORD}", address="192.0.2.2")
    sign_in(Client(), "zenobia", PASSWORD)
    return User.objects.get(username="zenobia")


def release(user: User) -> None:
    """As the admin and the worker make one; of few records, so that it is soon made."""
    client = Client()
    client.force_login(user)
    client.post(reverse("admin:releases_release_add"), {"version": "2031.1", "notes": "Notes."})
    asked = Release.objects.get(version="2031.1")
    state = some_of(live())
    keep(asked, state, build(state, asked.version, asked.notes), None)


def every_text() -> str:
    """Every text of every table, sessions decoded."""
    found = []
    for model in apps.get_models():
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        found += [" ".join(map(str, row)) for row in model._default_manager.values_list(*names)]
    return "\n".join(found)


def test_no_table_holds_a_name_of_an_erased_person(zenobia: User) -> None:
    release(zenobia)
    assert all(name in every_text() for name in NAMES)
    erase(zenobia)
    text = every_text().casefold()
    assert [name for name in NAMES if name.casefold() in text] == []
    assert Release.objects.get(version="2031.1").by == "a publisher"


def test_whatever_curators_write_sentences_into_is_looked_through() -> None:
    """A new field is one of them, or named here: it holds what is exported, imported, collected, or from readers."""
    others = {
        "corpusupload.query",
        "correction.label",
        "correction.shown",
        "correction.source",
        "correction.text",
        "draftversion.text",
        "importrow.details",
        "importrow.document",
        "importrow.label",
        "linkcheck.detail",
        "linkcheck.url",
        "proposeddocument.text",
    }
    written = {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_app_config("curation").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField)
    }
    assert written - others == {f"{model._meta.model_name}.{field}" for model, field in SENTENCES} - {"revision.reason"}


def test_history_stays_whole(zenobia: User) -> None:
    before = list(Version.objects.in_order().values_list("pid", "number", "revision", "document"))
    steps = list(Event.objects.order_by("pk").values_list("pk", "by", "action"))
    erase(zenobia)
    assert list(Version.objects.in_order().values_list("pid", "number", "revision", "document")) == before
    assert list(Event.objects.order_by("pk").values_list("pk", "by", "action")) == steps
    assert Proposal.objects.filter(author=zenobia).count() == 2
    signed = Revision.objects.filter(proposal__author=zenobia)
    assert set(signed.values_list("by", flat=True)) == {ERASED}
    page = Client().get("/projects/parker/history/").content.decode()
    assert ERASED in page
    assert "enobia" not in page


def test_an_erased_person_can_do_nothing_any_more(zenobia: User) -> None:
    client = Client()
    assert sign_in(client, "zenobia", PASSWORD).status_code == 302
    erase(zenobia)
    assert "/admin/login/" in client.get("/admin/")["Location"]
    assert sign_in(client, zenobia.username, PASSWORD).status_code == 200
    gone = User.objects.get(pk=zenobia.pk)
    assert not gone.has_perm("curation.propose")
    assert not gone.groups.exists()


def test_what_an_erased_person_left_open_is_signed_by_nobody_when_it_is_applied(publisher: User) -> None:
    author = person("Contributor", "leaving")
    proposal = propose(author, "A reason.", [changed("project", "parker", summary="Left.")])
    act(proposal.pk, Action.SUBMIT, author)
    erase(author)
    act(proposal.pk, Action.APPROVE, publisher)
    done = act(proposal.pk, Action.APPLY, publisher)
    assert Revision.objects.get(proposal=done).by == ERASED


def test_only_whole_names_are_taken_out_of_texts(publisher: User) -> None:
    author = person("Contributor", "ann")
    author.first_name, author.last_name, author.email = "Ann", "Lee", "ann@v2xkb.example"
    author.save()
    kept = propose(author, "Ann Leeds, joann@v2xkb.example, ann. Ann Lee!", [changed("project", "parker")])
    erase(author)
    kept.refresh_from_db()
    assert kept.reason == f"Ann Leeds, joann@v2xkb.example, ann. {ERASED}!"


def test_the_command_erases_once_and_names_the_nearest_account(zenobia: User) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="Did you mean “zenobia”"):
        call_command("erase_person", "zenobja", "--yes")
    call_command("erase_person", "zenobia", "--yes", stdout=out)
    assert "a former contributor" in out.getvalue()
    with pytest.raises(CommandError, match="erased already"):
        call_command("erase_person", f"erased-{zenobia.pk}", "--yes")


def test_the_command_asks_before_it_erases(zenobia: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "no")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_person", "zenobia")
    assert User.objects.filter(username="zenobia").exists()


def sent(client: Client, *users: User, **more: str) -> Any:
    data = {"action": "erase_persons", "_selected_action": [str(user.pk) for user in users], **more}
    return client.post(reverse(USERS), data, follow=True)


def administrator() -> User:
    user = person("Administrator", "administrator")
    user.is_staff = True
    user.save()
    return User.objects.get(pk=user.pk)


def test_an_administrator_erases_after_confirming(client: Client, zenobia: User) -> None:
    client.force_login(administrator())
    page = sent(client, zenobia)
    assert "What stays" in page.content.decode()
    assert User.objects.filter(username="zenobia").exists()
    page = sent(client, zenobia, confirmed="1")
    assert "Erased: 1." in page.content.decode()
    assert User.objects.get(pk=zenobia.pk).username == f"erased-{zenobia.pk}"


@pytest.mark.parametrize("role", [None, *ROLE_NAMES[:-1]])
def test_nobody_else_erases_whatever_they_send(client: Client, zenobia: User, role: str | None) -> None:
    user = person(role, "somebody")
    user.is_staff = True
    user.save()
    client.force_login(User.objects.get(pk=user.pk))
    sent(client, zenobia, confirmed="1")
    assert User.objects.filter(username="zenobia").exists()


def test_nobody_erases_themselves_or_a_superuser(client: Client, zenobia: User, admin_user: User) -> None:
    mine = administrator()
    client.force_login(mine)
    for refused in (mine, admin_user):
        page = sent(client, zenobia, refused, confirmed="1")
        assert "Nobody was erased." in page.content.decode()
    assert User.objects.filter(username__startswith="erased-").count() == 0


def test_administrators_give_roles_and_no_rights_beyond_them(client: Client, zenobia: User, admin_user: User) -> None:
    client.force_login(administrator())
    address = reverse("admin:auth_user_change", args=[zenobia.pk])
    groups = [str(Group.objects.get(name="Editor").pk)]
    form = {"username": "zenobia", "groups": groups, "is_active": "on", "is_superuser": "on"}
    dates = {"date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}
    reply = client.post(address, {**form, **dates, "user_permissions": ["1"]})
    assert reply.status_code == 302
    changed_user = User.objects.get(pk=zenobia.pk)
    assert [group.name for group in changed_user.groups.all()] == ["Editor"]
    assert (changed_user.is_superuser, changed_user.user_permissions.count()) == (False, 0)
    other = reverse("admin:auth_user_change", args=[admin_user.pk])
    assert client.post(other, {**form, **dates, "username": "mine"}).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[admin_user.pk])).status_code == 403


def test_names_of_reverting_are_no_exception(zenobia: User) -> None:
    """What was signed in whatever way of making proposals goes by the author, not by the words."""
    versions.versions(2)
    assert Revision.objects.filter(by="Ada Author").exists()
    erase(zenobia)
    assert Revision.objects.filter(by="Ada Author").exists()
