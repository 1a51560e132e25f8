"""`manage.py import_literature` says what it loaded, what it refused, and why."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.literature.corpora.exporting import EXPORTS, scopus, scopus_row
from v2xkb.literature.importers.plain_csv import COLUMNS
from v2xkb.literature.models import Corpus

pytestmark = pytest.mark.django_db


def run(path: Path, *options: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_literature", str(path), "--corpus", "Trials at sea", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_it_says_what_became_of_the_rows(tmp_path: Path) -> None:
    said, told = run(scopus(tmp_path / "x.csv", scopus_row("A"), scopus_row(""), scopus_row("B", Year="soon")))
    assert said == (
        "x.csv: Scopus CSV, UTF-8.\n"
        "trials-at-sea: 3 read = 2 new + 0 merged + 1 refused; 2 publications in all.\n"
    )  # fmt: skip
    assert told.splitlines() == [
        "refused: line 3: title: there is no title. Add it: a publication is found by its title.",
        "remark: line 4: year: it was left out: this is no year (value: soon). Write four digits, such as 2019.",
    ]


def test_it_keeps_what_was_searched_for_and_says_when_a_file_is_there_already() -> None:
    run(EXPORTS / "wos.txt", "--query", "V2G", "--database", "Web of Science", "--date", "2026-11-28")
    corpus = Corpus.objects.get(slug="trials-at-sea")
    assert (corpus.name, corpus.query, corpus.searched_on) == ("Trials at sea", "V2G", date(2026, 11, 28))
    assert run(EXPORTS / "wos.txt")[0] == "0 changes: trials-at-sea has this file already, as wos.txt.\n"


def test_what_stands_in_the_way_is_said_and_nothing_changes(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is no file"):
        run(tmp_path / "none.csv")
    other = tmp_path / "x.csv"
    other.write_text("name\nA\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"Nothing was changed\."):
        run(other)
    assert not Corpus.objects.filter(slug="trials-at-sea").exists()


def test_every_column_of_our_own_table_is_documented() -> None:
    text = (
        (settings.BASE_DIR / "docs" / "literature.md")
        .read_text(encoding="utf-8")
        .partition("## A table of your own")[2]
    )
    assert [line for line in text.splitlines() if line.startswith("| `")] == [
        f"| `{name}` | {meaning} |" for name, meaning in COLUMNS.items()
    ]
