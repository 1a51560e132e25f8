"""Lists of references as files: whole, in order, and readable by the readers of such files."""

import json
from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.site.html import get
from v2xkb.literature.filtersets import ReferenceFilterSet
from v2xkb.literature.importers import bibtex, ris
from v2xkb.literature.models import Reference
from v2xkb.records.citation_text import issued
from v2xkb.records.citation_text import ris as written_as_ris
from v2xkb.records.models import Revision

QUERY = "sort=-year&text_seen=full"
pytestmark = pytest.mark.usefixtures("knowledge_base")


def listed() -> list[Reference]:
    return list(ReferenceFilterSet({"sort": "-year", "text_seen": ["full"]}).qs.select_related("record"))


def download(name: str, query: str = QUERY) -> str:
    reply = Client().get(f"/literature/?{query}&format={name}")
    assert reply.status_code == 200
    assert (reply["X-Total-Count"], reply["X-All-Count"]) == (str(len(listed())), str(Reference.objects.count()))
    return reply.getvalue().decode()


def test_csl_json_has_every_reference_in_the_order_of_the_list() -> None:
    slugs = [reference.slug for reference in listed()]
    assert [item["id"] for item in json.loads(download("csl-json"))] == slugs
    assert 0 < len(slugs) < Reference.objects.count()


@pytest.mark.parametrize(("name", "reader"), [("bibtex", bibtex), ("ris", ris)])
def test_what_is_written_is_read_again_as_it_was(name: str, reader: object) -> None:
    documents = [reference.record.data for reference in listed()]
    read = list(reader.read(download(name)))  # type: ignore[attr-defined]
    assert [one.key for one in read] == [document["slug"] for document in documents]
    for one, document in zip(read, documents, strict=True):
        for field in ("doi", "title", "issued") if name == "ris" else ("doi",):
            assert one.data.get(field) == document.get(field), document["slug"]


def test_types_survive_a_file_of_references() -> None:
    types = Counter(one.data["type"] for one in ris.read(download("ris")))
    # A review is a journal article to such files, and says what it is beside.
    wanted = Counter(document["type"].replace("review-article", "article-journal") for document in map(data, listed()))
    assert types == wanted


def data(reference: Reference) -> dict[str, str]:
    document: dict[str, str] = reference.record.data
    return document


def test_a_reference_in_lines_says_what_is_known_and_no_more() -> None:
    item = {"id": "a-1", "type": "paper-conference", "title": "A", "issued": issued("2019-03"), "DOI": "10.1000/x"}
    assert written_as_ris(item).split("\r\n") == [
        "TY  - CPAPER",
        "ID  - a-1",
        "TI  - A",
        "PY  - 2019",
        "DA  - 2019/03//",
        "DO  - 10.1000/x",
        "ER  - ",
        "",
    ]


@pytest.mark.parametrize(
    ("name", "extension", "empty"), [("bibtex", "bib", ""), ("ris", "ris", ""), ("csl-json", "json", "[\n]\n")]
)
def test_a_file_says_revision_and_filter_in_its_name_and_may_be_empty(name: str, extension: str, empty: str) -> None:
    reply = Client().get(f"/literature/?format={name}&q=zzzz")
    wanted = f'attachment; filename="v2xkb-references-r{Revision.objects.current()}-q-zzzz.{extension}"'
    assert reply["Content-Disposition"] == wanted
    assert reply.getvalue().decode() == empty


def test_a_download_costs_the_same_queries_however_long_it_is() -> None:
    counts = []
    for query in ("", "q=battery"):
        with CaptureQueriesContext(connection) as captured:
            Client().get(f"/literature/?{query}&format=bibtex" if query else "/literature/?format=bibtex").getvalue()
        counts.append(len(captured))
    assert max(counts) <= 9


def test_the_list_links_to_its_files() -> None:
    page = get("/literature/?page=2&sort=-year")
    for name in ("bibtex", "ris", "csl-json", "jsonl"):
        assert f"?format={name}&sort=-year" in page.links
