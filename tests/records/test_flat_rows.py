"""Records of any kind as rows."""

import csv
import io
import json

import pytest
from django.test import Client

from barriers.documents import BarrierDocument
from v2xkb.records.flat_rows import cell, columns
from v2xkb.records.models import Record
from v2xkb.taxonomy.documents import ServiceProfile, TermDocument

LISTS = {
    "/literature/": "reference",
    "/terms/": "term",
    "/barriers/": "barrier",
    "/measures/": "measure",
    "/research-topics/": "research-topic",
    "/organisations/": "organisation",
    "/collections/": "collection",
    "/claims/": "claim",
}


def test_groups_become_columns_and_what_bases_and_conflicts_say_is_left_to_documents() -> None:
    names = ["_".join(one) for one in columns(TermDocument)]
    assert names[:2] == ["id", "slug"]
    assert {"notes", "scheme", "label", "senses"} <= set(names)
    assert {f"service_{name}" for name in ServiceProfile.model_fields} <= set(names)
    assert not {"kind", "basis", "conflicts", "connector"} & set(names)


def test_several_values_are_joined_and_parts_are_their_values() -> None:
    barrier = {
        "scenarios": ["v2g", "v2b"],
        "actors": [{"actor": "dso", "role": "source"}, {"actor": "oem", "role": "both"}],
        "facts": [{"key": "f1", "text": "Meters count one way."}],
        "listed": 2,
    }
    found = {names[-1]: cell(BarrierDocument, barrier, names) for names in columns(BarrierDocument)}
    assert found["scenarios"] == "v2g; v2b"
    assert found["actors"] == "dso | source; oem | both"
    assert found["facts"] == "Meters count one way."
    assert (found["listed"], found["description"]) == ("2", "")


@pytest.mark.parametrize("address", LISTS)
def test_every_list_can_be_had_whole_as_rows_and_as_documents(
    client: Client, knowledge_base: None, address: str
) -> None:
    records = {record.slug: record for record in Record.objects.of_kind(LISTS[address])}
    as_csv, as_lines = (client.get(address, {"format": form}) for form in ("csv", "jsonl"))
    rows = list(csv.DictReader(io.StringIO(as_csv.getvalue().decode())))
    documents = [json.loads(line) for line in as_lines.getvalue().decode().splitlines()]
    assert [row["slug"] for row in rows] == [document["slug"] for document in documents]
    assert {row["slug"] for row in rows} == set(records)
    assert {document["slug"]: document for document in documents} == {slug: one.data for slug, one in records.items()}
    assert as_csv["X-Total-Count"] == as_csv["X-All-Count"] == str(len(records))
    assert all(row["id"] == records[row["slug"]].pid and row["page"].endswith(f"/{row['slug']}/") for row in rows)
    page = client.get(address).content.decode()
    assert 'href="?format=csv" download' in page


def test_a_filtered_list_is_filtered_in_its_rows(client: Client, knowledge_base: None) -> None:
    reply = client.get("/organisations/?country=DK&format=csv")
    rows = list(csv.DictReader(io.StringIO(reply.getvalue().decode())))
    assert rows
    assert {row["country"] for row in rows} == {"DK"}
    assert "country-dk" in reply["Content-Disposition"]
