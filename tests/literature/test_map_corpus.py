"""Maps of corpora and of exports from the shell."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.literature.mapping import corpus_of

pytestmark = pytest.mark.django_db

EXPORT = (
    "title,year,authors,author_keywords,index_keywords\n"
    'A,2019,"Ada, A.; Bo, B.; Cy, C.",V2G; grid,battery\n'
    'B,2021,"Ada, A.; Bo, B.; Cy, C.",v2g; grid; battery,\n'
    ",2021,,V2G,\n"
)


def items(out: Path) -> dict[str, int]:
    held = json.loads(out.read_text(encoding="utf-8"))
    return {item["label"]: item["weights"]["Occurrences"] for item in held["network"]["items"]}


def test_a_corpus_is_mapped_by_its_name_published_or_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus_of("trials", 30)
    out = tmp_path / "map.json"
    call_command("map_corpus", "trials", "--items", "countries", "--minimum", "2", "--out", out)
    assert items(out) == {"DE": 30, "DK": 20, "NL": 10}
    assert "30 publications read" in capsys.readouterr().out


def test_an_export_is_mapped_with_a_thesaurus_and_says_what_it_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export, thesaurus, out = tmp_path / "export.csv", tmp_path / "our.txt", tmp_path / "map.json"
    export.write_text(EXPORT, encoding="utf-8")
    thesaurus.write_text("label\treplace by\nv2g\tvehicle-to-grid\n", encoding="utf-8")
    call_command("map_corpus", str(export), "--thesaurus", thesaurus, "--minimum", "2", "--out", out)
    assert items(out) == {"vehicle-to-grid": 2, "grid": 2, "battery": 2}
    assert "refused: line 4: title" in capsys.readouterr().err
    call_command("map_corpus", str(export), "--items", "authors", "--minimum", "2", "--out", tmp_path / "map.txt")
    assert (tmp_path / "map_network.txt").read_text(encoding="utf-8").count("\n") == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none", "--out", "map.json"], "there is neither such a corpus nor such a file"),
        (["trials", "--out", "map.exe"], "the form is told by the end of the name"),
        (["trials", "--minimum", "0", "--out", "map.json"], "minimum of occurrences"),
    ],
)
def test_what_cannot_be_mapped_is_said(arguments: list[str], said: str) -> None:
    corpus_of("trials", 3)
    with pytest.raises(CommandError, match=said):
        call_command("map_corpus", *arguments)


def test_a_wrong_thesaurus_is_refused_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus_of("trials", 3)
    thesaurus, out = tmp_path / "our.txt", tmp_path / "map.json"
    thesaurus.write_text("label\treplace by\na\tb\nb\ta\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("map_corpus", "trials", "--thesaurus", thesaurus, "--out", out)
    assert "our.txt, line 2: replacements lead in a circle" in capsys.readouterr().err
    assert not out.exists()
