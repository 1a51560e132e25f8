"""A record's address gives its document, as stored; former addresses lead on or say that it is gone."""

import jsonschema
import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.records import made
from tests.sweeps import spread
from v2xkb.records import registry
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.documents import Document
from v2xkb.records.models import Record

KINDS = [pytest.param(kind, id=kind.name) for kind in registry.kinds()]


@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("kind", KINDS)
def test_every_document_is_given_byte_for_byte_by_slug_and_by_permanent_id(client: Client, kind: registry.Kind) -> None:
    records = list(Record.objects.of_kind(kind.name))
    assert records
    # One half; the other on the other database.
    for record in spread(records, (len(records) + 1) // 2):
        by_slug = client.get(f"/api/v1/{kind.folder}/{record.slug}/")
        assert (by_slug.status_code, by_slug["Content-Type"]) == (200, "application/json")
        assert by_slug.content.decode() == record.document
    by_id = client.get(f"/api/v1/{kind.folder}/{records[0].pid}/")
    assert by_id.content.decode() == records[0].document


@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("kind", KINDS)
def test_every_document_fits_the_schema_that_is_served_for_it(client: Client, kind: registry.Kind) -> None:
    schema = client.get(f"/api/v1/schemas/{kind.name}.json").json()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for record in Record.objects.of_kind(kind.name):
        validator.validate(record.data)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "value"),
    [("tier", "V3X"), ("tier", None), ("countries", []), ("chargers", {"kw": [{"key": "one", "value": -1}]}), ("x", 1)],
)
def test_the_schema_refuses_what_no_document_holds(client: Client, path: str, value: object) -> None:
    validator = jsonschema.Draft202012Validator(client.get("/api/v1/schemas/project.json").json())
    plain = made.project_data("alpha", countries=["DK"])
    validator.validate(plain)
    assert not validator.is_valid({**plain, path: value})


def apply(*documents: Document, withdraw: dict[str, str] | None = None) -> None:
    apply_documents(documents, reason="test", by="tester", withdraw=withdraw)


@pytest.mark.django_db
def test_a_former_slug_leads_to_the_present_one(client: Client) -> None:
    apply(made.project("alpha"))
    pid = Record.objects.get(slug="alpha").pid
    apply(made.made({**made.project_data("beta"), "id": pid}))
    reply = client.get("/api/v1/projects/alpha/")
    assert (reply.status_code, reply["Location"]) == (301, "http://testserver/api/v1/projects/beta/")
    assert client.get(f"/api/v1/projects/{pid}/").json()["slug"] == "beta"


@pytest.mark.django_db
def test_a_merged_record_leads_to_the_one_that_answers_in_its_place(client: Client) -> None:
    apply(made.project("alpha"), made.project("beta"))
    alpha, beta = (Record.objects.get(slug=slug).pid for slug in ("alpha", "beta"))
    apply(withdraw={alpha: beta})
    for name in ("alpha", alpha):
        reply = client.get(f"/api/v1/projects/{name}/")
        assert (reply.status_code, reply["Location"]) == (301, "http://testserver/api/v1/projects/beta/")


@pytest.mark.django_db
def test_a_withdrawn_record_is_gone_by_slug_and_by_id(client: Client) -> None:
    apply(made.project("alpha"))
    pid = Record.objects.get(slug="alpha").pid
    apply(withdraw={pid: GONE})
    for name in ("alpha", pid):
        reply = client.get(f"/api/v1/projects/{name}/")
        assert (reply.status_code, reply["Content-Type"]) == (410, "application/problem+json")
        assert reply.json()["detail"] == f"The project “{name}” was withdrawn."


@pytest.mark.usefixtures("knowledge_base")
def test_one_document_costs_one_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    # And the revision under which the reply is kept.
    with django_assert_num_queries(2):
        client.get("/api/v1/projects/parker/")
