"""Rules suggest what a publication's own words give reason for, with the words, and nothing else."""

import pytest

from v2xkb.records.models import Record
from v2xkb.taxonomy.usage_suggestions import SENSES, Trigger, suggestions


def suggested(title: str, keywords: str = "") -> dict[str, str]:
    return {term: one.sense.value for term, one in suggestions([("title", title), ("keywords", keywords)]).items()}


@pytest.mark.parametrize(
    ("title", "keywords", "senses"),
    [
        ("Vehicle-to-grid services", "", {"v2g": "umbrella"}),
        ("V2G and V2H compared", "", {"v2g": "explicit", "v2h": "used"}),
        ("Vehicle to Home", "vehicle 2 grid; V2B", {"v2h": "used", "v2g": "explicit", "v2b": "used"}),
        ("Vehicle-to-everything (V2X)", "", {"v2x": "used"}),
        ("Smart charging of electric vehicles to the grid", "", {}),
        ("A V2GX protocol", "AV2G", {}),
    ],
)
def test_a_rule_goes_by_the_words_that_stand_there(title: str, keywords: str, senses: dict[str, str]) -> None:
    assert suggested(title, keywords) == senses


def test_a_suggestion_shows_its_triggers_and_where_they_stand() -> None:
    made = suggestions([("title", "Trading by vehicle–to–grid"), ("keywords", "V2H; batteries")])
    assert made["v2g"].triggers == (Trigger("vehicle–to–grid", "title"), Trigger("V2H", "keywords"))
    assert "beside others" in made["v2g"].rule


def test_a_suggestion_is_a_sense_that_can_be_given() -> None:
    texts = [("title", "V2G"), ("title", "V2G, V2X, V2B and V2H")]
    assert all(one.sense in SENSES[term] for text in texts for term, one in suggestions([text]).items())


@pytest.mark.django_db
@pytest.mark.usefixtures("knowledge_base")
def test_on_what_was_coded_rules_never_contradict_the_reader_who_could_tell() -> None:
    references = {record.slug: record.data for record in Record.objects.of_kind("reference")}
    pairs = []
    for record in Record.objects.of_kind("term-usage"):
        publication = references[record.data["reference"]]
        rules = suggested(publication["title"], "; ".join(publication.get("author_keywords", ())))
        pairs += [(rules[one["term"]], one["sense"]) for one in record.data["codings"] if one["term"] in rules]
    told = [(rule, sense) for rule, sense in pairs if sense != "unclear"]
    assert len(told) > 40
    assert [pair for pair in told if pair[0] != pair[1]] == []
