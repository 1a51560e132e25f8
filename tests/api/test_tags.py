"""A reply's tag changes when the reply may, and whoever has the reply is not sent it again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.records import made
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record

pytestmark = pytest.mark.usefixtures("knowledge_base")

OF_DATA = ["projects/?tier=V1G", "terms/?cursor=*", "search/?q=battery", "changes/?since=0", "statistics/?tier=V2X",
           "cross-table/", "barrier-map/", "term-usage-statistics/",
           "projects/parker/?expand=partners", "projects/parker/versions/"]  # fmt: skip
OF_ONE = ["projects/parker/", "projects/parker/?fields=name", "projects/parker/versions/1/"]
OF_CODE = ["", "schema/", "schemas/project.json", "classification/?back=yes"]


def tag_of(client: Client, address: str) -> str:
    reply = client.get(f"/api/v1/{address}")
    assert reply.status_code == 200, reply.content
    return reply["ETag"]


def write() -> None:
    apply_documents([made.project("a-new-one")], reason="test", by="tester")


def test_what_may_count_up_to_today_has_another_tag_tomorrow(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [tag_of(client, address) for address in ("statistics/?tier=V2X", "projects/parker/")]
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    counted, document = [tag_of(client, address) for address in ("statistics/?tier=V2X", "projects/parker/")]
    assert counted != before[0]
    assert document == before[1]


@pytest.mark.parametrize("address", OF_DATA + OF_ONE + OF_CODE)
def test_who_has_a_reply_is_not_sent_it_again(client: Client, address: str) -> None:
    tag = tag_of(client, address)
    for had in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        reply = client.get(f"/api/v1/{address}", headers={"if-none-match": had})
        assert (reply.status_code, reply.content, reply["ETag"]) == (304, b"", tag), had
        assert reply["Access-Control-Allow-Origin"] == "*"
    assert client.head(f"/api/v1/{address}", headers={"if-none-match": tag}).status_code == 304
    assert client.get(f"/api/v1/{address}", headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", OF_DATA)
def test_what_changes_with_the_data_has_another_tag_after_a_revision(client: Client, address: str) -> None:
    tag = tag_of(client, address)
    write()
    reply = client.get(f"/api/v1/{address}", headers={"if-none-match": tag})
    assert (reply.status_code, reply["ETag"] != tag) == (200, True)


@pytest.mark.parametrize("address", OF_ONE + OF_CODE)
def test_what_does_not_change_keeps_its_tag(client: Client, address: str) -> None:
    tag = tag_of(client, address)
    write()
    assert tag_of(client, address) == tag


def test_a_changed_document_has_another_tag(client: Client) -> None:
    before = tag_of(client, "projects/parker/")
    parker = Record.objects.at("project", "parker").get()
    apply_documents([made.made({**parker.data, "notes": ["Changed."]})], reason="test", by="tester")
    assert tag_of(client, "projects/parker/") != before
    assert tag_of(client, "projects/parker/versions/1/") == before


def test_tags_differ_by_what_is_asked_and_not_by_the_order_of_parameters(client: Client) -> None:
    tags = [tag_of(client, address) for address in OF_DATA + OF_ONE[:2] + OF_CODE]
    assert len(set(tags)) == len(tags)
    assert tag_of(client, "projects/?tier=V1G&country=DK") == tag_of(client, "projects/?country=DK&tier=V1G")
    assert tag_of(client, "projects/?sort=name") != tag_of(client, "projects/")
    assert tag_of(client, "schema/") != client.get("/api/v1/schema/", headers={"accept": "application/json"})["ETag"]


def test_other_code_makes_other_tags(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tag_of(client, "projects/")
    monkeypatch.setattr("v2xkb.records.tagging.build", lambda: "another build")
    monkeypatch.setattr("v2xkb.records.keyed.build", lambda: "another build")
    assert tag_of(client, "projects/") != before


@pytest.mark.usefixtures("replies_are_kept")
def test_a_list_that_is_had_already_costs_one_query(client: Client) -> None:
    tag = tag_of(client, "projects/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/api/v1/projects/", headers={"if-none-match": tag}).status_code == 304
    assert len(captured) == 1


@pytest.mark.parametrize("address", ["projects/?tier=V9", "projects/no-such/", "projects/?page=99"])
def test_errors_have_no_tag(client: Client, address: str) -> None:
    assert "ETag" not in client.get(f"/api/v1/{address}")
    assert client.get(f"/api/v1/{address}", headers={"if-none-match": "*"}).status_code >= 400


def test_a_reply_asked_for_only_as_it_was_is_refused_when_it_is_another(client: Client) -> None:
    reply = client.get("/api/v1/projects/parker/", headers={"if-match": '"other"'})
    assert (reply.status_code, reply["Content-Type"]) == (412, "application/problem+json")
    same = {"if-match": tag_of(client, "projects/parker/")}
    assert client.get("/api/v1/projects/parker/", headers=same).status_code == 200
