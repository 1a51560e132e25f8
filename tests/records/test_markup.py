"""Markup written without a template escapes as Django does, and leaves alone what is markup already."""

import pytest
from django.utils.functional import lazystr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from v2xkb.records.languages import DataText
from v2xkb.records.markup import Text, each, written

FORM = '<a href="{}">{}</a>'
TEXTS: tuple[Text, ...] = (
    "<script>",
    "Ampère & “Co”",
    '"it\'s"',
    "{0} {}",
    DataText("<b>"),
    lazystr("<i>"),
    mark_safe("<br>"),
    3,
    -1.5,
)


@pytest.mark.parametrize("text", TEXTS)
def test_each_text_is_written_as_django_writes_it(text: Text) -> None:
    assert written(FORM, text, text) == format_html(FORM, text, text)


def test_rows_are_written_one_after_the_other_with_what_stands_between() -> None:
    rows = [(text, "x") for text in TEXTS]
    assert each(FORM, rows, between=", ") == format_html_join(mark_safe(", "), FORM, rows)
    assert each(FORM, []) == ""


def test_what_is_written_is_markup_for_the_next_form() -> None:
    assert written("<p>{}</p>", each(FORM, [("<", ">")])) == '<p><a href="&lt;">&gt;</a></p>'
