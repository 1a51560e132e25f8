"""Several readers may code one publication, nobody codes one twice."""

from typing import Any

import pytest

from tests.records.made import JUDGED, data, made, reference
from v2xkb.curation.duplicate_search import search
from v2xkb.records.apply import apply_documents
from v2xkb.records.documents import Document
from v2xkb.records.problems import InvalidDocuments
from v2xkb.taxonomy.filtersets import TermUsageFilterSet
from v2xkb.taxonomy.models import TermCoding, TermUsage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def coding(slug: str, coder: str, publication: str = "read-twice", **more: Any) -> Document:
    told: dict[str, Any] = {
        "reference": publication,
        "coder": coder,
        "codings": [{"term": "v2g", "sense": "umbrella"}],
        **more,
    }
    return made(data("term-usage", slug, **told, basis={name: [JUDGED] for name in told}))


def test_two_readers_may_code_one_publication_and_are_no_duplicates() -> None:
    apply_documents(
        [reference("read-twice"), coding("first-reading", "Ann"), coding("second-reading", "Bob")],
        reason="test",
        by="tester",
    )
    assert set(TermUsage.objects.values_list("slug", flat=True)) >= {"first-reading", "second-reading"}
    assert search(["term-usage"]) == {"term-usage": 0}


@pytest.mark.parametrize("name", ["Ann", "ANN", "\uff21nn"])
def test_nobody_codes_a_publication_twice_however_the_name_is_written(name: str) -> None:
    apply_documents([reference("read-twice"), coding("first-reading", "Ann")], reason="test", by="tester")
    with pytest.raises(InvalidDocuments) as refused:
        apply_documents([coding("second-reading", name)], reason="test", by="tester")
    (problem,) = refused.value.problems
    assert (problem.place, problem.value) == ("term-usage/second-reading", "read-twice ann")
    assert "more than one record has this value: first-reading, second-reading" in str(problem)


def test_names_without_latin_letters_are_told_apart() -> None:
    apply_documents(
        [reference("read-twice"), coding("first-reading", "王伟"), coding("second-reading", "李娜")],
        reason="test",
        by="tester",
    )
    assert TermUsage.objects.publications() == TermUsage.objects.count() - 1


def test_a_publication_under_another_name_keeps_who_read_it() -> None:
    apply_documents([reference("read-twice"), coding("first-reading", "Ann")], reason="test", by="tester")
    renamed = reference("read-twice").model_copy(update={"slug": "read-again"})
    apply_documents([renamed, coding("first-reading", "Ann", "read-again")], reason="test", by="tester")
    assert TermUsage.objects.get(slug="first-reading").reading == "read-again ann"


def test_what_a_reader_read_goes_before_what_the_publications_record_says() -> None:
    publication = reference("read-twice", text_seen="abstract")
    more = coding("second-reading", "Bob", text_seen="full")
    apply_documents([publication, coding("first-reading", "Ann"), more], reason="test", by="tester")
    read = {coded.coder: coded.text_seen for coded in TermCoding.objects.judgements() if coded.coder in ("Ann", "Bob")}
    assert read == {"Ann": "abstract", "Bob": "full"}
    found = TermUsageFilterSet({"text_seen": "full"})
    assert [usage.slug for usage in found.qs] == ["second-reading"]
    (option,) = [one for facet in found.facets(["text_seen"]) for one in facet.options if one.value == "full"]
    assert option.count == 1
