"""The page that classifies a way of charging: a form without scripts, its state in the address, every reading shown."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.site.html import get, unsound
from v2xkb.taxonomy.questions import QUESTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

ADDRESS = "/terms/classify/"


def chosen(address: str) -> dict[str, str]:
    inputs = [element.attributes for element in get(address).elements if element.attributes.get("type") == "radio"]
    return {field["name"]: field["value"] for field in inputs if "checked" in field}


@pytest.mark.parametrize("query", ["", "?direct=yes&rate=no", "?back=yes", "?direct=no&tariff=dynamic", "?drect=1"])
def test_the_markup_is_sound(query: str) -> None:
    page = get(f"{ADDRESS}{query}")
    assert unsound(page) == []


def test_every_question_is_asked_with_radio_buttons_in_a_form_that_sends_them_in_the_address() -> None:
    page = get(ADDRESS)
    offered = [
        (element.attributes["name"], element.attributes["value"])
        for element in page.elements
        if element.attributes.get("type") == "radio"
    ]
    assert offered == [(question.name, value) for question in QUESTIONS for value in question.options]
    assert [element.tag for element in page.elements].count("fieldset") == len(QUESTIONS)
    (form,) = (element for element in page.elements if element.attributes.get("class") == "questions")
    assert form.attributes["action"] == f"{ADDRESS}#result"
    assert "method" not in form.attributes


def test_the_answers_given_stay_chosen() -> None:
    expected = {"direct": "yes", "tariff": "unknown", "rate": "no", "back": "unknown", "to": "home"}
    assert chosen(f"{ADDRESS}?direct=yes&rate=no&to=home") == expected


def test_before_any_answer_there_is_no_result() -> None:
    page = get(ADDRESS)
    assert "No question is answered yet" in page.text
    assert page.canonical == f"http://testserver{ADDRESS}"
    assert get(f"{ADDRESS}?direct=unknown").text == page.text


def test_one_voice_gives_one_result_that_leads_to_its_terms() -> None:
    page = get(f"{ADDRESS}?direct=yes&rate=yes&back=yes&to=grid")
    assert "However the paper is read, the result is the same." in page.text
    assert "Bidirectional charging, V2G" in page.text
    for slug in ("smart-charging", "advanced-smart-charging", "bidirectional-charging", "v2x", "v2g"):
        assert f"/terms/{slug}/" in page.links
    assert "(Section 2.2, definition of smart charging)" in page.text
    assert "/literature/drive2x-cired-2024/" in page.links


def test_both_readings_of_binary_control_are_shown_and_why_they_differ() -> None:
    page = get(f"{ADDRESS}?direct=yes&rate=no&back=no")
    assert "Smart charging, not advanced" in page.text
    assert "Advanced smart charging, V1G" in page.text
    assert (
        "contradiction Section 2.2 contradicts itself on control that can only switch charging on and off" in page.text
    )


def test_silence_is_called_silence() -> None:
    page = get(f"{ADDRESS}?direct=no&rate=no&tariff=dynamic")
    assert "silence The paper says nothing of dynamic tariffs" in page.text
    assert "What would tell more Can power flow back out of the vehicle?" in page.text


def test_the_canonical_address_names_known_answers_in_alphabetical_order() -> None:
    page = get(f"{ADDRESS}?to=unknown&rate=no&direct=yes")
    assert page.canonical == f"http://testserver{ADDRESS}?direct=yes&rate=no"


def test_a_wrong_answer_is_refused_with_the_form_and_the_nearest_right_one() -> None:
    page = get(f"{ADDRESS}?direct=yess")
    assert page.status == 400
    assert "direct: “yess” is no answer to it. Did you mean “yes”?" in page.text
    assert "Is the charging cycle controlled directly?" in page.text


def test_the_page_is_reached_from_the_terms_and_costs_one_query_and_the_revision() -> None:
    assert ADDRESS in get("/terms/").links
    with CaptureQueriesContext(connection) as captured:
        Client().get(f"{ADDRESS}?direct=yes")
    assert len(captured) == 2
