"""The history of any record and the feed of changes tell every version, and what became of what left."""

from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.described import description
from tests.records import made
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.documents import Document
from v2xkb.records.models import Record, Revision, Version

pytestmark = pytest.mark.usefixtures("knowledge_base")

CHANGES = "/api/v1/changes/"


def apply(*documents: Document, withdraw: dict[str, str] | None = None) -> int:
    applied = apply_documents(documents, reason="Because.", by="tester", withdraw=withdraw).revision
    assert applied
    return applied


def pid_of(slug: str) -> str:
    return str(Record.objects.get(kind="project", slug=slug).pid)


def again(slug: str, pid: str, **more: Any) -> Document:
    return made.made({**made.project_data(slug, **more), "id": pid})


@pytest.fixture
def pid() -> str:
    """A project that was made as alpha, changed, renamed to beta and is live."""
    apply(made.project("alpha"))
    pid = pid_of("alpha")
    apply(again("alpha", pid, countries=["DK"]))
    apply(again("beta", pid, countries=["DK"]))
    return pid


def test_versions_are_listed_the_newest_first_with_their_documents(client: Client, pid: str) -> None:
    for name in ("beta", pid):
        page = client.get(f"/api/v1/projects/{name}/versions/").json()
        assert page["count"] == 3
        rows = page["results"]
        assert [(row["number"], row["slug"], row["withdrawn"]) for row in rows] == [
            *((3, "beta", False), (2, "alpha", False), (1, "alpha", False))
        ]
        assert {(row["by"], row["reason"]) for row in rows} == {("tester", "Because.")}
        for row in rows:
            stored = Version.objects.get(pid=pid, number=row["number"])
            assert client.get(row["url"]).content.decode() == stored.document
            assert row["revision"] == stored.revision_id


def test_a_former_name_leads_on_and_the_history_of_what_left_stays(client: Client, pid: str) -> None:
    reply = client.get("/api/v1/projects/alpha/versions/2/")
    assert (reply.status_code, reply["Location"]) == (301, "http://testserver/api/v1/projects/beta/versions/2/")
    for below in ("versions/?page=1", "?fields=name"):
        assert client.get(f"/api/v1/projects/alpha/{below}")["Location"].endswith(f"/projects/beta/{below}")
    apply(withdraw={pid: GONE})
    assert client.get("/api/v1/projects/beta/").status_code == 410
    first = client.get("/api/v1/projects/beta/versions/").json()["results"][0]
    assert (first["number"], first["withdrawn"], first["url"]) == (4, True, None)
    assert client.get("/api/v1/projects/beta/versions/2/").json()["slug"] == "alpha"
    gone = client.get("/api/v1/projects/beta/versions/4/")
    assert (gone.status_code, gone.json()["detail"]) == (
        410,
        "With version 4 “beta” was withdrawn: it has no document.",
    )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("projects/parkr/versions/", "There was never a project called “parkr”. Did you mean “parker”?"),
        ("projects/parker/versions/99/", "“parker” has no version 99: the latest is 1."),
        ("projects/parker/versions/0/", "“parker” has no version 0: the latest is 1."),
        ("projects/parker/versions/99999999999999999999/", "There is nothing at /api/v1/projects/parker/versions/9"),
        ("projects/parker/versions/?page=2", "There is no page 2: the last one is 1."),
    ],
)
def test_versions_that_never_were_are_said_not_to_be(client: Client, address: str, said: str) -> None:
    reply = client.get(f"/api/v1/{address}")
    assert (reply.status_code, reply["Content-Type"]) == (404, "application/problem+json")
    assert reply.json()["detail"].startswith(said)


def all_changes(client: Client, since: int, size: int = 2) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    following: str | None = f"{CHANGES}?since={since}&page_size={size}"
    while following:
        page = client.get(following).json()
        assert page["count"] == Version.objects.filter(revision__gt=since).count() - len(found)
        found += page["results"]
        following = page["next"]
    assert page["revision"] == Revision.objects.current()
    return found


def test_changes_lead_a_copy_from_one_revision_to_the_present(client: Client, pid: str) -> None:
    since = Revision.objects.current()
    copy = {record.pid: record.data for record in Record.objects.all()}
    apply(made.project("gamma"), made.project("delta"), again("beta", pid, countries=["NL"]))
    gamma, delta = pid_of("gamma"), pid_of("delta")
    apply(withdraw={gamma: delta})
    apply(again("beta", pid), withdraw={delta: GONE})
    apply(again("gamma", gamma))
    found = all_changes(client, since)
    assert [(one["revision"], one["id"]) for one in found] == sorted((one["revision"], one["id"]) for one in found)
    for one in found:
        if one["document"] is None:
            del copy[one["id"]]
        else:
            copy[one["id"]] = one["document"]
    assert copy == {record.pid: record.data for record in Record.objects.all()}
    told = {(one["id"], one["version"]): one["change"] for one in found}
    assert (told[gamma, 1], told[gamma, 3], told[delta, 2], told[pid, 4]) == (
        "created",
        "changed",
        "withdrawn",
        "changed",
    )


def test_a_merged_record_leaves_a_tombstone_that_says_what_answers(client: Client) -> None:
    apply(made.project("gamma"), made.project("delta"))
    gamma, delta = pid_of("gamma"), pid_of("delta")
    revision = apply(withdraw={gamma: delta})
    (tombstone,) = all_changes(client, revision - 1)
    assert tombstone | {"at": ""} == {
        "revision": revision, "at": "", "change": "merged", "kind": "project", "id": gamma, "slug": "gamma",
        "version": 2, "document": None, "merged_into": delta,
    }  # fmt: skip


def test_no_change_is_lost_where_others_come_between_two_pages(client: Client) -> None:
    since = Revision.objects.current()
    apply(*(made.project(f"one-{letter}") for letter in "abcde"))
    first = client.get(f"{CHANGES}?since={since}&page_size=2").json()
    apply(*(made.project(f"two-{letter}") for letter in "abcde"))
    found, following = first["results"], first["next"]
    while following:
        page = client.get(following).json()
        found, following = found + page["results"], page["next"]
    slugs = [one["slug"] for one in found]
    assert sorted(slugs) == [f"{word}-{letter}" for word in ("one", "two") for letter in "abcde"]
    assert client.get(f"{CHANGES}?since={Revision.objects.current()}").json()["results"] == []


def test_changes_cost_the_same_queries_with_3_rows_and_with_30(client: Client) -> None:
    queries = {}
    for size in (3, 30):
        with CaptureQueriesContext(connection) as captured:
            assert len(client.get(f"{CHANGES}?page_size={size}").json()["results"]) == size
        queries[size] = len(captured)
    assert queries[3] == queries[30] <= 4


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("since=99999", "since", "There is no revision 99999 yet: the latest is "),
        ("since=-1", "since", "“-1” is no whole number from 0 to 2147483647."),
        ("since=1&after=nobody", "after", "“nobody” is no permanent id. Follow “next”, or leave it out."),
        ("snce=1", "snce", "There is no such parameter. Did you mean “since”?"),
    ],
)
def test_what_no_feed_begins_at_is_refused(client: Client, query: str, parameter: str, said: str) -> None:
    reply = client.get(f"{CHANGES}?{query}")
    assert (reply.status_code, reply.json()["errors"][0]["parameter"]) == (400, parameter)
    assert reply.json()["errors"][0]["detail"].startswith(said)


def test_histories_and_changes_fit_their_description(client: Client, pid: str) -> None:
    apply(withdraw={pid: GONE})
    described = description()
    for path, address in (
        ("/api/v1/projects/{name}/versions/", "/api/v1/projects/beta/versions/"),
        ("/api/v1/changes/", f"{CHANGES}?since={Revision.objects.current() - 3}"),
    ):
        schema = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        whole = schema | {"components": described["components"]}
        jsonschema.Draft202012Validator(whole).validate(client.get(address).json())
