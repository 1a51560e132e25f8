"""How publications use the terms: our numbers are those of the documents, and those that the claims tell."""

from collections import Counter
from typing import Any

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from projects.claims import verdicts
from projects.documents import ClaimDocument
from projects.term_usage import PAPER_SAMPLE, UsageStatistics, asked
from projects.term_usage_charts import CHARTS, finding
from projects.term_usage_plain import plain, table
from tests.records.made import JUDGED, data, made, reference
from v2xkb.charts.replies import content
from v2xkb.records.apply import apply_documents
from v2xkb.records.documents import Document
from v2xkb.records.models import Record
from v2xkb.taxonomy.filtersets import TermUsageFilterSet
from v2xkb.taxonomy.usage_shares import DISPUTED, Share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def counting(query: str = "") -> UsageStatistics:
    return UsageStatistics(asked(QueryDict(query)))


def coding(slug: str, publication: str, coder: str, **senses: str) -> Document:
    told: dict[str, Any] = {
        "reference": publication,
        "coder": coder,
        "codings": [{"term": term, "sense": sense} for term, sense in senses.items()],
    }
    return made(data("term-usage", slug, **told, basis={name: [JUDGED] for name in told}))


def shares(statistics: UsageStatistics) -> dict[str, Share]:
    return {one.claim.slug: one.ours for one in statistics.comparisons}


def test_numbers_are_those_of_the_documents() -> None:
    documents = [record.data for record in Record.objects.of_kind("term-usage")]
    senses = Counter((one["term"], one["sense"]) for document in documents for one in document["codings"])
    statistics = counting()
    assert statistics.uses.publications == statistics.everything == statistics.codings == len(documents)
    told = {(term.slug, sense): count for term in statistics.terms for sense, count in term.counts.items() if count}
    assert told == senses
    read = Counter(
        Record.objects.at("reference", document["reference"]).get().data["text_seen"] for document in documents
    )
    assert statistics.texts == read


def test_the_papers_shares_are_those_of_the_claims_and_of_twenty() -> None:
    paper = {one.claim.slug: one.paper for one in counting().comparisons}
    assert paper == {
        "v2x-umbrella-40": Share(8, 20),
        "v2b-used-40": Share(8, 20),
        "v2h-used-30": Share(6, 20),
        "v2g-explicit-15": Share(3, 20),
        "v2g-mostly-umbrella": None,
        "v2g-universal": None,
    }
    stated = {
        record.slug: record.data["measurement"].get("value")
        for record in Record.objects.of_kind("claim")
        if record.slug in paper
    }
    assert {slug: share and 100 * share.hits / PAPER_SAMPLE for slug, share in paper.items()} == stated


def test_claims_tell_the_same_numbers() -> None:
    records = list(Record.objects.of_kind("claim"))
    told = {
        record.slug: verdict
        for record, verdict in zip(
            records, verdicts([ClaimDocument.model_validate_json(record.document) for record in records]), strict=True
        )
    }
    for slug, share in shares(counting()).items():
        overall = told[slug].overall
        assert overall
        assert (overall.hits, overall.total, told[slug].unclear) == (share.hits, share.total, share.unclear)


@pytest.mark.parametrize("query", ["", "text_seen=abstract&type=preprint", "year=2015..2019"])
def test_every_number_is_the_total_of_the_list_it_names(query: str) -> None:
    statistics = counting(query)
    told = [(one.ours.hits, one.list_query) for one in statistics.comparisons]
    told += [(term.counts[sense], address) for term in statistics.terms for sense, address in term.list_queries.items()]
    linked = [(number, address) for number, address in told if address]
    assert len(linked) > 6
    for number, address in linked:
        assert TermUsageFilterSet(QueryDict(address.removeprefix("?"))).total == number, address


def test_where_terms_are_chosen_all_terms_of_those_publications_are_counted_and_no_list_is_named() -> None:
    explicit = counting("sense=explicit&term=v2g")
    assert shares(explicit)["v2g-explicit-15"] == Share(7, 7)
    assert 0 < shares(explicit)["v2h-used-30"].hits < 7
    assert {one.list_query for one in explicit.comparisons} == {""}


def test_by_how_much_was_read_numbers_add_up() -> None:
    for one in counting().comparisons:
        assert sum(share.hits for share in one.by_text.values()) == one.ours.hits
        assert sum(share.total for share in one.by_text.values()) == one.ours.total


def test_a_second_reader_makes_agreement_and_moves_nothing_where_both_agree() -> None:
    before = shares(counting())
    first = Record.objects.at("term-usage", "adegbohun-2024").get().data
    same = {one["term"]: one["sense"] for one in first["codings"]}
    assert not counting().agreements
    apply_documents([coding("second", first["reference"], "A second reader", **same)], reason="test", by="tester")
    statistics = counting()
    assert shares(statistics) == before
    assert (statistics.codings, statistics.uses.publications, statistics.uses.coded_by_several) == (94, 93, 1)
    assert [one.agreement.agreed for one in statistics.agreements] == [1, 1, 1, 1, 4]


def test_what_coders_dispute_counts_as_none_of_it_and_one_coder_can_be_chosen() -> None:
    apply_documents(
        [
            reference("disputed-paper", text_seen="full"),
            coding("one-reading", "disputed-paper", "Ann", v2g="umbrella", v2x="used"),
            coding("other-reading", "disputed-paper", "Bob", v2g="explicit", v2x="used"),
        ],
        reason="test",
        by="tester",
    )
    statistics = counting("text_seen=full")
    assert shares(statistics)["v2g-mostly-umbrella"] == Share(0, 1, disputed=1)
    assert shares(statistics)["v2x-umbrella-40"] == Share(1, 1)
    assert statistics.terms[1].counts[DISPUTED] == 1
    assert shares(counting("coder=Bob"))["v2g-explicit-15"] == Share(1, 1)
    kappas = {one.term: one.agreement.kappa for one in statistics.agreements}
    assert kappas == {"v2x": None, "v2g": 0, "v2b": None, "v2h": None, "": pytest.approx(1 / 3)}
    assert "coders differ" in CHARTS["senses"](statistics).columns


def test_the_finding_says_where_intervals_are_apart() -> None:
    assert finding(counting()) == (
        "Rarer in our codings than in the paper: V2X: used, V2B: used; "
        "not clearly apart: V2G: in its own sense, V2H: used"
    )
    assert "ore frequent in our codings than in the paper: V2H: used" in finding(counting("sense=used&term=v2h"))
    assert finding(counting("text_seen=full")) == (
        "No publication is coded here, so nothing can be compared with the paper"
    )


@pytest.mark.parametrize("query", ["", "text_seen=full"])
@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_drawn_also_of_nothing(name: str, query: str) -> None:
    chart = CHARTS[name](counting(query))
    assert b"<svg" in content(chart, "svg")
    assert len({len(chart.columns), *map(len, chart.rows)}) == 1


def test_the_download_has_every_share_of_both_samples() -> None:
    header, *lines = table(counting())
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    paper = [row for row in rows if row["sample"] == "paper"]
    assert [(row["term"], row["percent"], row["low"], row["high"], row["of"]) for row in paper] == [
        ("v2x", "40.0", "21.9", "61.3", "20"),
        ("v2g", "15.0", "5.2", "36.0", "20"),
        ("v2b", "40.0", "21.9", "61.3", "20"),
        ("v2h", "30.0", "14.5", "51.9", "20"),
    ]
    assert {row["text_seen"] for row in rows} == {"full", "all", "opening", "abstract"}


def test_numbers_cost_the_same_however_many_codings_there_are(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(6):
        plain(counting(), str)
