"""The paper's classes follow from the answers; every combination of answers is tried."""

from dataclasses import replace
from itertools import product

import pytest

from v2xkb.records.models import Record
from v2xkb.taxonomy.classification import (
    DISAGREEMENTS,
    TERMS,
    Classification,
    Result,
    classify,
    outcome,
    readings_of,
)
from v2xkb.taxonomy.questions import QUESTIONS, Answer, Answers, Target, Tariff, WrongAnswers, read_answers
from v2xkb.taxonomy.reasoning import Reading

EVERY = [Answers(*values) for values in product(Answer, Tariff, Answer, Answer, Target)]
COMPLETE = [answers for answers in EVERY if not answers.unknown]
DEFINITIONS, TEXT, FLOW = Reading
WAY_TO_GRID = "smart-charging advanced-smart-charging bidirectional-charging v2x v2g"


def classified(**given: str) -> Classification:
    return classify(read_answers({name: [value] for name, value in given.items()}))


def by(reading: Reading, classification: Classification) -> Result:
    return next(result for result in classification.results if reading in result.readings)


def words(result: Result) -> tuple[str, str]:
    return " ".join(result.certain), " ".join(result.possible)


def test_every_combination_of_answers_is_tried() -> None:
    assert len(EVERY) == 3 * 4 * 3 * 3 * 6
    assert len(COMPLETE) == 2 * 3 * 2 * 2 * 5


@pytest.mark.parametrize(
    ("given", "classes"),
    [
        ({"rate": "yes", "back": "no"}, "smart-charging advanced-smart-charging v1g"),
        ({"rate": "yes", "back": "yes", "to": "grid"}, WAY_TO_GRID),
        ({"rate": "yes", "back": "yes", "to": "building"}, WAY_TO_GRID.replace("v2g", "v2b")),
        ({"rate": "yes", "back": "yes", "to": "home"}, WAY_TO_GRID.replace("v2g", "v2h")),
        ({"rate": "yes", "back": "yes", "to": "load"}, WAY_TO_GRID.replace("v2g", "v2l")),
        ({"rate": "yes", "back": "yes", "to": "vehicle"}, WAY_TO_GRID.replace("v2g", "v2v")),
    ],
)
def test_under_direct_control_of_the_rate_the_paper_speaks_with_one_voice(given: dict[str, str], classes: str) -> None:
    for tariff in Tariff:
        classification = classified(direct="yes", tariff=tariff, **given)
        assert [words(result) for result in classification.results] == [(classes, "")]
        assert classification.doubts == ()
        assert classification.worth_asking == ()


@pytest.mark.parametrize(("tariff", "term"), [("static", "static-tou-charging"), ("none", "uncontrolled-charging")])
def test_without_any_control_nothing_is_smart_charging(tariff: str, term: str) -> None:
    (result,) = classified(direct="no", tariff=tariff, rate="no", back="no").results
    assert words(result) == (term, "")
    assert result.is_smart == Answer.NO


def test_binary_control_is_smart_by_the_definitions_and_advanced_by_the_running_text() -> None:
    one_way = classified(direct="yes", rate="no", back="no")
    assert words(by(DEFINITIONS, one_way)) == ("smart-charging binary-control", "")
    assert words(by(TEXT, one_way)) == ("smart-charging binary-control advanced-smart-charging v1g", "")
    two_way = classified(direct="yes", rate="no", back="yes", to="home")
    assert words(by(DEFINITIONS, two_way)) == ("smart-charging binary-control", "")
    assert by(TEXT, two_way) == by(FLOW, two_way)
    assert words(by(TEXT, two_way))[0].split()[-3:] == ["bidirectional-charging", "v2x", "v2h"]
    for classification in (one_way, two_way):
        assert [(doubt.disagreement.name, doubt.depends) for doubt in classification.doubts] == [
            ("binary-control", False)
        ]


def test_a_dynamic_tariff_alone_is_not_smart_by_the_definitions_and_open_in_the_running_text() -> None:
    classification = classified(direct="no", tariff="dynamic", rate="no", back="no")
    assert by(DEFINITIONS, classification).is_smart == Answer.NO
    assert by(TEXT, classification).is_smart == Answer.UNKNOWN
    assert [(doubt.disagreement.name, doubt.disagreement.kind) for doubt in classification.doubts] == [
        ("dynamic-tariff", "silence")
    ]


def test_an_adjustable_rate_is_itself_direct_control_for_the_running_text_only() -> None:
    unknown = classified(rate="yes", back="no")
    assert by(DEFINITIONS, unknown).is_smart == Answer.UNKNOWN
    assert words(by(TEXT, unknown)) == ("smart-charging advanced-smart-charging v1g", "")
    denied = classified(direct="no", tariff="none", rate="yes", back="no")
    assert words(by(DEFINITIONS, denied)) == ("uncontrolled-charging", "")
    assert words(by(TEXT, denied)) == ("smart-charging advanced-smart-charging v1g", "")
    assert [doubt.disagreement.name for doubt in denied.doubts] == ["rate-without-control"]


def test_power_that_flows_back_without_control_is_two_way_by_its_mark_alone() -> None:
    classification = classified(direct="no", tariff="none", rate="no", back="yes", to="load")
    assert words(by(DEFINITIONS, classification)) == ("uncontrolled-charging", "")
    assert words(by(FLOW, classification)) == (WAY_TO_GRID.replace("v2g", "v2l"), "")
    assert [doubt.disagreement.name for doubt in classification.doubts] == ["flow-without-control"]


def test_nothing_known_leaves_everything_possible() -> None:
    (result,) = classified().results
    assert (result.certain, result.possible) == ((), TERMS)
    assert classified().worth_asking == tuple(question.name for question in QUESTIONS)


def test_the_definitions_say_what_their_conditions_say() -> None:
    for answers in COMPLETE:
        certain, possible = outcome(answers, DEFINITIONS)
        direct, rate, back = (value == Answer.YES for value in (answers.direct, answers.rate, answers.back))
        assert possible == ()
        assert ("smart-charging" in certain) == direct
        assert ("binary-control" in certain) == (direct and not rate)
        assert ("advanced-smart-charging" in certain) == (direct and rate)
        assert ("v1g" in certain) == (direct and rate and not back)
        assert ("bidirectional-charging" in certain) == ("v2x" in certain) == (direct and rate and back)
        assert ("v2g" in certain) == (direct and rate and back and answers.to == Target.GRID)


def test_unknown_answers_keep_what_every_filling_has_and_leave_open_what_some_have() -> None:
    for answers in EVERY:
        for reading in readings_of(answers):
            fillings = [outcome(complete, reading) for complete in answers.completions()]
            certain, possible = outcome(answers, reading)
            assert set(certain) == set.intersection(*(set(sure) for sure, _ in fillings))
            assert {*certain, *possible} == {term for sure, open_ in fillings for term in (*sure, *open_)}


def test_an_answer_more_never_takes_a_certain_class_away_or_makes_another_possible() -> None:
    for answers in EVERY:
        for name in answers.unknown:
            for value in type(getattr(answers, name)):
                further = replace(answers, **{name: value})
                for reading in readings_of(further):
                    certain, possible = outcome(answers, reading)
                    then_certain, then_possible = outcome(further, reading)
                    assert set(certain) <= set(then_certain)
                    assert {*then_certain, *then_possible} <= {*certain, *possible}


def test_a_question_that_is_not_worth_asking_changes_nothing() -> None:
    for answers in EVERY:
        asked = classify(answers).worth_asking
        assert set(asked) <= set(answers.unknown)
        for name in set(answers.unknown) - set(asked):
            others = [replace(answers, **{name: value}) for value in type(getattr(answers, name)) if value != "unknown"]
            for other in others:
                results = [(result.certain, result.possible) for result in classify(other).results]
                assert results == [(result.certain, result.possible) for result in classify(answers).results]


def test_one_way_and_two_way_never_hold_together() -> None:
    for answers in EVERY:
        for result in classify(answers).results:
            assert not {"v1g", "bidirectional-charging"} <= set(result.certain)
            if answers.back == Answer.NO:
                assert not {"bidirectional-charging", "v2x", "v2g"} & {*result.certain, *result.possible}
            if answers.back == Answer.YES:
                assert "v1g" not in {*result.certain, *result.possible}


def test_readings_differ_exactly_where_a_disagreement_of_the_paper_is_named() -> None:
    for answers in EVERY:
        classification = classify(answers)
        outcomes = {outcome(answers, reading) for reading in readings_of(answers)}
        assert len(classification.results) == len(outcomes)
        assert bool(classification.doubts) == (len(outcomes) > 1), answers
        if not answers.unknown:
            assert all(not doubt.depends for doubt in classification.doubts)
    named = {doubt.disagreement.name for answers in COMPLETE for doubt in classify(answers).doubts}
    assert named == {disagreement.name for disagreement in DISAGREEMENTS}


def test_every_class_is_told_by_a_step_that_says_where_the_paper_speaks_of_it() -> None:
    for answers in EVERY:
        for result in classify(answers).results:
            told = {term for step in result.steps for term in step.terms}
            assert {*result.certain, *result.possible} <= told, (answers, result.readings)
            assert all(step.text.endswith(".") and "section" in str(step.place) for step in result.steps)


@pytest.mark.usefixtures("knowledge_base")
def test_classes_are_terms_and_every_class_brings_its_wider_ones() -> None:
    terms = {slug: Record.objects.get(kind="term", slug=slug).data for slug in TERMS}
    for answers in COMPLETE:
        for result in classify(answers).results:
            for term in result.certain:
                wider = terms[term].get("broader")
                assert wider is None or wider in result.certain, (term, result)


@pytest.mark.parametrize(
    ("given", "reading", "headline"),
    [
        ({"direct": "yes", "rate": "yes", "back": "yes", "to": "load"}, DEFINITIONS, "Bidirectional charging, V2L"),
        ({"direct": "yes", "rate": "yes", "back": "yes"}, DEFINITIONS, "Bidirectional charging"),
        ({"direct": "yes", "rate": "yes", "back": "no"}, DEFINITIONS, "Advanced smart charging, V1G"),
        ({"direct": "yes", "rate": "yes"}, DEFINITIONS, "Advanced smart charging"),
        ({"direct": "yes", "rate": "no", "back": "no"}, DEFINITIONS, "Smart charging, not advanced"),
        ({"direct": "yes", "rate": "no", "back": "no"}, TEXT, "Advanced smart charging, V1G"),
        ({"direct": "yes"}, DEFINITIONS, "Smart charging, perhaps advanced"),
        ({"direct": "no"}, DEFINITIONS, "Not smart charging"),
        ({"back": "no"}, DEFINITIONS, "Open whether it is smart charging"),
    ],
)
def test_the_headline_names_the_narrowest_class_that_is_certain(
    given: dict[str, str], reading: Reading, headline: str
) -> None:
    assert by(reading, classified(**given)).headline == headline


def test_answers_are_read_and_blank_ones_are_unknown() -> None:
    assert read_answers({"direct": ["yes"], "to": ["home"], "rate": [" "]}) == Answers(
        direct=Answer.YES, to=Target.HOME
    )


def test_wrong_answers_are_refused_with_the_nearest_right_one() -> None:
    with pytest.raises(WrongAnswers) as caught:
        read_answers({"drect": ["yes"], "tariff": ["dynamical"], "back": ["yes", "no"]})
    assert caught.value.faults == {
        "drect": ["There is no such parameter. Did you mean “direct”?"],
        "tariff": ["“dynamical” is no answer to it. Did you mean “dynamic”?"],
        "back": ["It is given 2 times. Give it once."],
    }


def test_every_question_offers_exactly_the_answers_that_can_be_read() -> None:
    assert [question.name for question in QUESTIONS] == [*Answers.__dataclass_fields__]
    for question in QUESTIONS:
        assert list(question.options) == [str(value) for value in type(getattr(Answers(), question.name))]
