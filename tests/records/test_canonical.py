"""One text per document, and nothing misread on the way in."""

import json

import pytest

from tests.records import made
from v2xkb.records.canonical import (
    BASIS,
    MAX_BYTES,
    UnreadableDocument,
    basis_in,
    data_without_basis,
    dump,
    read_object,
    to_text,
    without_basis,
)
from v2xkb.records.models import Record
from v2xkb.records.reading import read_document


def test_keys_stand_in_declared_order_whatever_the_order_of_the_input() -> None:
    plain = made.project_data("order", countries=["DK"], notes=["A remark."])
    reversed_input = dict(reversed(plain.items()))
    assert to_text(made.made(reversed_input)) == to_text(made.made(plain))
    assert list(made.made(plain).content())[:3] == ["kind", "id", "slug"]
    assert list(made.made(plain).content())[-2:] == ["notes", "basis"]


def test_what_holds_nothing_is_left_out() -> None:
    plain = made.project_data("empty") | {"services": [], "funding": None, "chargers": {"kw": []}}
    assert not {"services", "funding", "chargers"} & set(made.made(plain).content())


def test_whole_numbers_lose_their_point_and_others_keep_theirs() -> None:
    chargers = {"kw": [{"key": "k1", "value": 10.0}, {"key": "k2", "value": 7.4}]}
    powers = made.project("n", chargers=chargers).content()["chargers"]["kw"]
    assert [repr(power["value"]) for power in powers] == ["10", "7.4"]


def test_text_read_back_is_the_same_text() -> None:
    text = to_text(made.project("zürich".replace("ü", "u"), name="Zürich – “V2X”", countries=["CH"]))
    assert to_text(read_document(text.encode(), "here")) == text
    assert "Zürich – “V2X”" in text
    assert text.endswith("}\n")


def test_bases_are_left_out_unread_whatever_the_values_hold() -> None:
    document = made.project("hostile", notes=[BASIS.replace("\n", "\\n"), 'Nor here,  "basis": {'])
    kept = {name: value for name, value in document.content().items() if name != "basis"}
    assert without_basis(to_text(document)) == json.dumps(kept, ensure_ascii=False, indent=2) + "\n"
    assert json.loads(without_basis(to_text(made.reference("bare")))) == made.reference("bare").content()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b'{"kind": "term", "kind": "project"}', "stands twice"),
        (b'{"value": NaN}', "no such number"),
        (b'{"value": -Infinity}', "no such number"),
        (b'{"name": "a\\u0000b"}', "NUL"),
        (b'{"name": "a\x00b"}', "NUL"),
        (b'{"name": "\xff"}', "not UTF-8"),
        (b'{"name": ', "no JSON"),
        (b"[]", "JSON object"),
        (b"", "no JSON"),
        (b"[" * 200_000, "nested too deeply"),
        (b" " * (MAX_BYTES + 1), "too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "no JSON"),
    ],
)
def test_what_would_be_lost_or_misread_is_refused(raw: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message):
        read_object(raw, "here")


@pytest.mark.usefixtures("knowledge_base")
def test_a_document_read_in_two_halves_is_the_whole_document() -> None:
    records = Record.objects.all()
    assert any(record.data.get("basis") for record in records)
    for record in records:
        data, basis = data_without_basis(record.document), basis_in(record.document)
        assert "basis" not in data
        assert data | ({"basis": basis} if basis else {}) == record.data


def test_what_only_looks_like_the_begin_of_the_basis_is_read_as_text() -> None:
    looks = f"a{BASIS}b"
    data = {"notes": [looks], "money": {"basis": {"a": 1}}}
    assert data_without_basis(dump(data)) == data
    assert data_without_basis(dump({**data, "basis": {"notes": []}})) == data
