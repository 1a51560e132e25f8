"""Every address by everybody by every method, against docs/rights.md, which is written by hand."""

import logging
import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django_tasks_db.models import DBTaskResult

from tests.curation.correcting import sent
from tests.curation.people import changed, person, submitted
from tests.sweeps import Swept
from v2xkb.api import VIEWSETS
from v2xkb.curation import tokens
from v2xkb.curation.corpus_models import CorpusUpload
from v2xkb.curation.import_models import ApiToken, Import, SentProposal
from v2xkb.curation.models import NotificationChoice
from v2xkb.curation.secret_codes import hash_of
from v2xkb.literature.models import Corpus, MapThesaurus
from v2xkb.records import registry
from v2xkb.records.models import Record
from v2xkb.records.prefixes import PRIVATE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

TABLE = Path(__file__).parent.parent / "docs" / "rights.md"
NOBODY, STRANGER, STAFF, AUTHOR, CONTRIBUTOR = "nobody", "a stranger", "staff", "the author", "a contributor"
EDITOR, PUBLISHER, ADMINISTRATOR, SUPERUSER = "an editor", "a publisher", "an administrator", "a superuser"
TOKEN, REVOKED, READER = "a token", "a revoked token", "a feed reader"
SUPERUSERS = {SUPERUSER}
ADMINISTRATORS = {ADMINISTRATOR, *SUPERUSERS}
PUBLISHERS = {PUBLISHER, *ADMINISTRATORS}
REVIEWERS = {EDITOR, *PUBLISHERS}
ROLE = {AUTHOR, CONTRIBUTOR, *REVIEWERS}
ADMIN = {STAFF, *ROLE}
EVERYBODY = {NOBODY, STRANGER, TOKEN, REVOKED, READER, *ADMIN}
WHO = {
    "—": set(),
    "everybody": EVERYBODY,
    "admin": ADMIN,
    "role": ROLE,
    "reviewers": REVIEWERS,
    "publishers": PUBLISHERS,
    "administrators": ADMINISTRATORS,
    "superusers": SUPERUSERS,
    "owner": {AUTHOR},
    "parties": {AUTHOR, *REVIEWERS},
    "token": {TOKEN},
    "feed": {READER},
    # Nobody here is; tests of the second factor are.
    "half-way": set(),
}
NOWHERE = ("PUT", "PATCH", "DELETE", "TRACE")
METHODS = ("GET", "HEAD", "POST", "OPTIONS", *NOWHERE)
# What answers before any pattern is looked at.
OF_MIDDLEWARE = {"/static/<path>", "/healthz", "/readyz"}
SIGN_IN = re.compile(r"/admin/login/|/admin/$")
COLLECTIONS = {registry.kind(viewset.kind).folder for viewset in VIEWSETS}
APPS = "|".join(sorted({model._meta.app_label for model in admin.site._registry}))
TABLES = {f"{model._meta.app_label}/{model._meta.model_name}" for model in admin.site._registry}


@dataclass(frozen=True)
class Row:
    address: str
    reads: str
    sends: str
    example: str

    @property
    def may(self) -> dict[str, set[str]]:
        reads = WHO[self.reads]
        return {"GET": reads, "HEAD": reads, "POST": WHO[self.sends], "OPTIONS": reads | WHO[self.sends]}


def read_table() -> dict[str, Row]:
    found = re.findall(r"^\| `(/[^`]*)` \| (\S+) \| (\S+) \| `([^`]+)` \|$", TABLE.read_text("utf-8"), re.MULTILINE)
    return {row[0]: Row(*row) for row in found}


ROWS = read_table()


def patterns(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern).removeprefix("^")
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        elif isinstance(one, URLPattern):
            yield plain(route)


def plain(route: str) -> str:
    """A route as the table writes it: its variable parts by name alone, and what differs by table or kind as one."""
    route = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^)]*\))*\)", r"<\1>", route).rstrip("$").replace("\\.", ".")
    route = re.sub(r"<\w+:(\w+)>", r"<\1>", route)
    route = re.sub(rf"^/api/v1/(?:{'|'.join(COLLECTIONS)})/", "/api/v1/<collection>/", route)
    route = {"/api/v1/.*/": "/api/v1/…/", "/admin/<url>": "/admin/…", "/admin/<app_label>/": "/admin/<app>/"}.get(
        route, route
    )
    table = re.match(rf"^/admin/((?:{APPS})/\w+)/", route)
    if table and table[1] in TABLES and route not in ROWS:
        return route.replace(table[1], "<table>", 1)
    if route.startswith("/about/") and route not in ROWS:
        return "/about/<page>/"
    return route


@pytest.fixture
def prepared(settings: Any) -> Iterator[None]:
    """What the addresses of some rows need of an instance: a contact, and a collected file."""
    settings.SECURITY_CONTACT = "mailto:security@v2xkb.example"
    collected = Path(settings.STATIC_ROOT) / "rights.txt"
    collected.write_text("A file.", encoding="utf-8")
    yield
    collected.unlink()


@pytest.fixture
def people() -> dict[str, Client]:
    """A client for everybody; each is signed in once."""
    accounts: dict[str, User] = {
        STRANGER: person(None),
        STAFF: User.objects.create_user("staff", is_staff=True),
        AUTHOR: person("Contributor", "author"),
        CONTRIBUTOR: person("Contributor", "another"),
        EDITOR: person("Editor"),
        PUBLISHER: person("Publisher"),
        ADMINISTRATOR: person("Administrator"),
        SUPERUSER: User.objects.create_superuser("root"),
    }
    clients = {who: Client() for who in accounts}
    for who, client in clients.items():
        client.force_login(accounts[who])
    _token, secret = tokens.make(accounts[AUTHOR], "script", 30)
    clients[NOBODY] = Client()
    clients[TOKEN] = Client(headers={"Authorization": f"Bearer {secret}"})
    clients[READER] = Client(headers={"Authorization": f"Basic {b64encode(b'author:feed').decode()}"})
    clients[REVOKED] = Client(headers={"Authorization": f"Bearer {secret}x"})
    return clients


@pytest.fixture
def named(people: dict[str, Client]) -> dict[str, Any]:
    """What examples name in braces; all of it is the author's."""
    author = User.objects.get(username="author")
    proposal = submitted(author, changed("project", "parker", name="Parker!"))
    by_program = submitted(author, changed("project", "seev4-city", name="SEEV4!"))
    token = ApiToken.objects.of(author)[0]
    SentProposal.objects.create(proposal=by_program, token=token)
    upload = CorpusUpload.objects.create(by=author, name="a.csv", corpus="A", content=b"")
    NotificationChoice.objects.create(user=author, feed_hash=hash_of("feed"))
    MapThesaurus.objects.create(
        corpus=Corpus.objects.called("vehicle-to-grid"), name="a.txt", text="label\treplace by\n", by=author
    )
    correction, _ = sent(Client())
    parker = Record.objects.at("project", "parker").get()
    task = DBTaskResult.objects.latest("enqueued_at")
    return {
        "proposal": proposal.pk,
        "sent": by_program.pk,
        "import": Import.objects.create(by=author, name="a.csv", kind="project", content=b"").pk,
        "upload": upload.pk,
        "token": token.pk,
        "correction_pk": correction.pk,
        "pid": parker.pid,
        "other": Record.objects.at("project", "seev4-city").get().pid,
        "record": parker.pk,
        "user": author.pk,
        "group": Group.objects.get(name="Editor").pk,
        "task": task.pk,
    }


def ask(client: Client, method: str, address: str) -> Any:
    """The reply; what asking changed is taken back, so that everybody finds the same."""
    if method != "POST":
        return client.generic(method, address)
    jar = deepcopy(client.cookies)
    with transaction.atomic():
        reply = client.generic(method, address)
        transaction.set_rollback(True)
    client.cookies = jar
    return reply


def let_go(reply: Any) -> None:
    """Closes a file that is sent, without telling Django that the request has ended, which closes the database."""
    for close in reply._resource_closers:
        close()


def is_turned_away(row: Row, reply: Any) -> bool:
    location = reply.headers.get("Location", "")
    # Who is in already has no business on the way in.
    to_sign_in = SIGN_IN.match(location) and row.address != "/admin/login/"
    is_led_back = bool(to_sign_in) or (row.reads == "half-way" and location == "/admin/account/")
    return reply.status_code in (401, 403, 404, 405) or is_led_back


def fault(row: Row, who: str, method: str, reply: Any) -> str:
    """What is wrong with a reply; nothing where it is as the table says."""
    asked = f"{method} {row.address} by {who}: {reply.status_code} {reply.headers.get('Location', '')}"
    if reply.status_code >= 500:
        return asked
    if row.address.startswith(PRIVATE) and reply.headers.get("Cache-Control") != "no-store":
        return f"{asked}, and browsers may keep it"
    is_in = not is_turned_away(row, reply)
    if method in NOWHERE or who not in row.may[method]:
        return f"{asked}, and nobody else may" if is_in else ""
    if method == "OPTIONS":
        return "" if reply.status_code in (200, 204, 405) else asked
    # What is sent here is empty, and may be refused for what it lacks; never because of who sends it.
    is_refused = reply.status_code in (401, 405) if method == "POST" else not is_in
    if is_refused or (not is_in and "Location" in reply.headers):
        return f"{asked}, but {who} may"
    if reply.status_code == 405 and not reply.headers.get("Allow"):
        return f"{asked}, without Allow"
    return f"{asked}, with content" if method == "HEAD" and reply.getvalue() else ""


def test_the_table_has_a_row_for_every_address_and_no_other() -> None:
    found = set(patterns(get_resolver())) | OF_MIDDLEWARE
    assert sorted(found - ROWS.keys()) == []
    assert sorted(ROWS.keys() - found) == []


def rounds() -> Iterator[tuple[Row, str, str]]:
    """Everybody at every address by every method with --every.

    Without it nobody asks everything; whoever is signed in sends to all that is not for everybody to read, and asks in
    turns whatever else there is: each way of reading, and each method that is taken nowhere, comes to each kind of
    address and of person.
    """
    turn = cycle(product(("GET", "HEAD"), ("OPTIONS", *NOWHERE)))
    visitors = cycle(sorted(EVERYBODY - {NOBODY}))
    for row in ROWS.values():
        visitor = next(visitors)
        for who in sorted(EVERYBODY):
            if Swept.every:
                asked: Sequence[str] = METHODS
            elif who == NOBODY:
                asked = [method for method in METHODS if method != "HEAD"]
            elif row.reads == "everybody" and who != visitor:
                asked = []
            else:
                reading, other = next(turn)
                asked = [reading, "POST", other]
            yield from ((row, who, method) for method in asked)


def test_every_address_lets_in_whom_the_table_names_and_nobody_else(
    prepared: None,
    people: dict[str, Client],
    named: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if not Swept.every:
        # Who is let in is decided by then, and tests of each page read what it says.
        monkeypatch.setattr(Template, "render", lambda *_, **__: "")
    # Thousands of refusals are asked for here.
    caplog.set_level(logging.CRITICAL, "django.request")
    faults = []
    for row, who, method in rounds():
        address = re.sub(r"\{(\w+)\}", lambda name: str(named.get(name[1], name[0])), row.example)
        reply = ask(people[who], method, address)
        faults.append(fault(row, who, method, reply))
        let_go(reply)
    wrong = list(filter(None, faults))
    assert not wrong, "\n".join(wrong)
