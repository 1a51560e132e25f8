"""The catalogue tool finds every text, keeps translations, and says what is amiss."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.messages import (
    CODE,
    ROOM,
    Text,
    amiss,
    as_mo,
    as_po,
    catalogue,
    faults,
    files,
    forms_of,
    main,
    of_declarations,
    of_python,
    of_template,
    read,
    texts,
)

# Names and codes that are the same in every language, and examples in the data's language, marked as such.
UNTRANSLATED = {
    *("v2xkb", "CSV", "SVG", "PNG", "DOI", "DOI:", "doi.org", "BibTeX", "SHA-256"),
    *("REST", "GraphQL", "Python", "Atom", "DCAT"),
    *("field", "type", "required", "meaning", "yes"),
    *("The v2xkb contributors.", "v2xkb, a knowledge base of V2X projects, barriers, terms and literature", "Revision"),
}
# Attributes for other templates' elements; the page of software that speaks English only.
WITHOUT_TEXTS = {"records/_live.html", "records/api_docs.html", "records/graphiql.html"}
MARKED = re.compile(
    r"{%\s*(comment|blocktranslate)\b.*?{%\s*end\1\s*%}|{#.*?#}|<!--.*?-->|<(style|code)\b.*?</\2>", re.DOTALL
)
TAGS = re.compile(r"{%.*?%}|{{.*?}}|<[^<>]*>", re.DOTALL)
TEMPLATE = """{% load i18n %}
<p>{% translate "One" %} {% translate "Two" context "number" %} {{ _("Three") }}</p>
  {% include "part.html" with heading=_("Four") %}
{% blocktranslate trimmed count total=total %}
  <b>{{ total }}</b> record
{% plural %}
  <b>{{ total }}</b> records
{% endblocktranslate %}
{% comment %}{% translate "Never shown" %}{% endcomment %}
"""
PYTHON = """
from django.utils.translation import gettext as said, ngettext_lazy, pgettext_lazy as _p
from elsewhere import gettext

said("One")
LABEL = _p("number", "Two")
said(
    "Three "
    "words"
)
ngettext_lazy("record", "records")
said(of_a_variable)
gettext("not ours")
"""


def test_texts_of_templates_are_found_with_context_and_plural() -> None:
    assert set(of_template(TEMPLATE, "part.html")) == {
        Text("One"),
        Text("Two", "number"),
        Text("Three"),
        Text("Four"),
        Text("<b>%(total)s</b> record", plural="<b>%(total)s</b> records"),
    }


def unmarked(template: str) -> set[str]:
    """The words between elements that no catalogue will ever hold."""
    bare = TAGS.sub("\0", TAGS.sub("\0", MARKED.sub("\0", template)))
    return {text.strip(" \n·") for text in bare.split("\0") if re.search(r"[^\W\d_]{3}", text)}


def test_words_that_are_not_marked_are_found() -> None:
    assert unmarked(TEMPLATE) == set()
    assert unmarked('<p class="{{ one }}">Some words <b>{{ two }}</b> {% if x %}and more{% endif %} 3 kW') == {
        "Some words",
        "and more",
    }


def test_every_word_of_our_templates_is_marked_to_be_translated() -> None:
    wanting = {}
    for file in (path for name in CODE for path in (ROOM / name).rglob("templates/**/*.html")):
        name = file.as_posix().rpartition("/templates/")[2]
        text = file.read_text(encoding="utf-8")
        # Curators' pages speak English. Public ones of that room load the tags, and are walked in German besides.
        is_curators = name.partition("/")[0] in ("admin", "curation") or text.startswith('{% extends "admin/')
        if is_curators and not re.search(r"{% load [^%]*\bi18n\b", text):
            continue
        left = unmarked(text) - UNTRANSLATED
        if left and name not in WITHOUT_TEXTS:
            wanting[name] = left
    assert wanting == {}


def test_texts_of_code_are_found_whatever_the_function_is_called_there() -> None:
    assert set(of_python(PYTHON, "part.py")) == {
        Text("One"),
        Text("Two", "number"),
        Text("Three words"),
        Text("record", plural="records"),
    }


def test_a_text_put_together_before_it_is_looked_up_is_refused() -> None:
    code = "from django.utils.translation import gettext as _\n_(f'{n} records')"
    with pytest.raises(ValueError, match=r"part\.py:2"):
        list(of_python(code, "part.py"))


def test_kinds_and_fields_of_documents_are_texts_too() -> None:
    found = set(of_declarations())
    assert {Text("projects", "kind"), Text("research topic", "kind"), Text("barriers met", "field")} <= found


def forms(language: str) -> Iterator[tuple[str, str]]:
    """Each form of each text, and of its translation."""
    for message in read(files(language)[0]):
        for text, translation in zip(forms_of(message.id), forms_of(message.string), strict=True):
            yield text.lower(), translation


@pytest.mark.parametrize(("english", "german"), [("paper", "Beitrag"), ("not reported", "nicht angegeben")])
def test_german_has_one_word_for_what_english_has_one_for(english: str, german: str) -> None:
    told = [translation for text, translation in forms("de") if re.search(rf"\b{english}\b", text)]
    assert len(told) > 10
    assert [translation for translation in told if german.lower() not in translation.lower()] == []


def test_no_german_word_governs_a_name_that_is_filled_in() -> None:
    """Names of countries and values stand in the nominative: "mit Vereinigte Staaten" is no German."""
    governed = re.compile(r"\b(?:mit|in|aus|von|nach|für|bei|zu) (?:%\(|\{)(?:country|row|column|value)\b")
    assert [translation for _text, translation in forms("de") if governed.search(translation)] == []


def known(**translations: str) -> bytes:
    """A catalogue as somebody left it."""
    made = catalogue("de", {Text(text) for text in translations}, read(Path("none")))
    for text, translation in translations.items():
        made[text].string = translation
    return as_po(made)


def test_translations_are_kept_and_what_is_no_longer_used_goes(tmp_path: Path) -> None:
    file = tmp_path / "django.po"
    file.write_bytes(known(One="Eins", Old="Alt"))
    made = catalogue("de", {Text("One"), Text("New")}, read(file))
    assert {message.id: message.string or "" for message in made if message.id} == {"One": "Eins", "New": ""}
    assert list(faults(made)) == ["“New” has no translation"]


def test_nothing_of_a_catalogue_changes_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "django.po"
    file.write_bytes(known(One="Eins", Two="Zwei"))
    again = catalogue("de", {Text("Two"), Text("One")}, read(file))
    assert as_po(again) == file.read_bytes()
    assert as_mo(again) == as_mo(catalogue("de", {Text("Two"), Text("One")}, again))
    assert b"Date" not in as_po(again) + as_mo(again)


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("%(n)s of them", "einige davon"),
        ("{n} of them", "{m} davon"),
        ("<b>all</b>", "<i>alle</i>"),
        ('<a href="%(a)s">all</a>', "alle"),
        ("all ", "alle"),
        ("100%%", "100"),
    ],
)
def test_a_translation_that_does_not_fit_its_text_is_found(text: str, translation: str) -> None:
    made = catalogue("de", {Text(text)}, read(Path("none")))
    made[text].string = translation
    (fault,) = faults(made)
    assert "other placeholders, tags or outer blanks" in fault


def test_a_catalogue_left_behind_is_found_until_it_is_written_anew(tmp_path: Path, settings: Settings) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    assert next(amiss("de", [Text("One")])) == "the catalogue is not up to date. Run `make messages`."
    main([])
    assert not [fault for fault in amiss("de", texts()) if "the catalogue is not up to date" in fault]
    assert any("the catalogue is not up to date" in fault for fault in amiss("de", [Text("One")]))


def test_checking_fails_where_something_is_amiss_and_writes_nothing(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    assert main(["--check"]) == 1
    assert list(tmp_path.iterdir()) == []
    assert "has no translation" in capsys.readouterr().out
