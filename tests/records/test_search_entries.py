"""Search entries are always what the documents give, and the database's index is always what the entries give."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.records import made
from tests.records.searching import searched
from v2xkb.records import search_entries
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.chunking import Span
from v2xkb.records.documents import Document
from v2xkb.records.models import Record, SearchEntry, SearchPhrase
from v2xkb.records.problems import InvalidDocuments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]


def apply(*documents: Document, withdraw: dict[str, str] | None = None) -> None:
    apply_documents(documents, reason="test", by="tester", withdraw=withdraw)


def found(text: str) -> set[str]:
    return {record.slug for record in searched(text)}


@pytest.fixture
def parker(empty_database: None) -> None:
    apply(
        made.term("fcr", label="Frequency containment reserve", alt_labels=["FCR", "primary reserve"]),
        made.project("parker", services=["fcr"]),
    )


def test_a_record_is_found_as_soon_as_it_is_applied(parker: None) -> None:
    assert found("Parker") == {"parker"}


def test_a_changed_record_is_found_by_its_new_words_only(parker: None) -> None:
    apply(made.project("parker", name="Nikola", services=["fcr"]))
    assert found("Nikola") == {"parker"}
    # The slug still says so.
    assert found("Parker") == {"parker"}
    apply(made.project("nikola", id=made.project_data("parker")["id"], name="Nikola"))
    assert found("Parker") == set()


def test_records_that_name_a_changed_record_are_found_by_its_new_label(parker: None) -> None:
    assert found("containment") == {"fcr", "parker"}
    apply(made.term("fcr", label="Inertia", alt_labels=["synthetic inertia"]))
    assert found("inertia") == {"fcr", "parker"}
    assert found("containment") == set()


def test_records_that_name_a_record_are_not_written_anew_when_its_label_stays(parker: None) -> None:
    # The mark would not survive the writing of the entry.
    SearchEntry.objects.filter(record__slug="parker").update(c="mark")
    apply(made.term("fcr", label="Frequency containment reserve", definition="Keeps the frequency."))
    assert found("keeps") == {"fcr"}
    assert found("mark") == {"parker"}
    apply(made.term("fcr", label="Inertia"))
    assert found("mark") == set()


def test_other_names_lead_to_records_that_use_the_label(parker: None) -> None:
    assert found("FCR") == found("primary reserve") == found("primary reserves") == {"fcr", "parker"}
    apply(made.term("fcr", label="Frequency containment reserve"))
    # By its slug.
    assert found("FCR") == {"fcr"}
    assert found("primary reserve") == set()


def test_a_withdrawn_record_is_found_no_more(parker: None) -> None:
    apply(made.project("other"), withdraw={str(made.project_data("parker")["id"]): GONE})
    assert found("Parker") == set()
    assert SearchEntry.objects.count() == Record.objects.count() == 2


def test_deleting_records_any_other_way_leaves_nothing_in_the_index(parker: None) -> None:
    Record.objects.all().delete()
    assert not SearchEntry.objects.exists()
    assert not SearchPhrase.objects.exists()
    examined = search_entries.Examined()
    examined.look_at([], {}, {}, Span())
    assert not list(examined.problems())


DAMAGE: dict[str, Callable[[], object]] = {
    "a lost entry": lambda: SearchEntry.objects.filter(record__slug="parker").delete(),
    "a wrong label": lambda: SearchEntry.objects.filter(record__slug="fcr").update(label="other"),
    "a changed entry": lambda: SearchEntry.objects.filter(record__slug="parker").update(a="other"),
    "a lost name": lambda: SearchPhrase.objects.filter(phrase="fcr").delete(),
    "a name too many": lambda: SearchPhrase.objects.create(record=Record.objects.all()[0], phrase="x", tokens="x"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_the_doctor_sees_and_repairs_wrong_entries(
    parker: None, damage: Callable[[], object], capsys: pytest.CaptureFixture[str]
) -> None:
    damage()
    with pytest.raises(CommandError, match="1 problem"):
        call_command("doctor")
    assert "search entry differs from its document" in capsys.readouterr().err
    call_command("doctor", repair=True)
    assert found("FCR") == {"fcr", "parker"}


def test_the_doctor_sees_and_repairs_an_index_that_lost_step(parker: None) -> None:
    if connection.vendor == "postgresql":
        # There the entry's own columns are indexed, so the index cannot lose step.
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%records_searchentry USING gin%'")
            assert cursor.fetchone() == (3,)
        return
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO records_searchindex(records_searchindex) VALUES ('delete-all')")
    assert found("Parker") == set()
    with pytest.raises(CommandError, match="1 problem"):
        call_command("doctor")
    call_command("doctor", repair=True)
    assert found("Parker") == {"parker"}


def test_a_record_with_more_words_than_an_index_takes_is_refused(empty_database: None) -> None:
    def many_words(start: int) -> str:
        return " ".join(f"{start + number:x}zz" for number in range(700))

    notes = [many_words(700 * part) for part in range(60)]
    findings = [{"key": f"f{number}", "text": text} for number, text in enumerate(notes)]
    with pytest.raises(InvalidDocuments, match="project/long: more words than search can take"):
        apply(made.project("long", findings=findings))
    assert not Record.objects.exists()


def test_a_record_with_nearly_as_many_words_is_found_by_its_last(empty_database: None) -> None:
    texts = [" ".join(f"{700 * part + number:x}zz" for number in range(700)) for part in range(12)]
    apply(made.project("long", findings=[{"key": f"f{number}", "text": text} for number, text in enumerate(texts)]))
    assert found(texts[-1].split()[-1]) == {"long"}
    assert found(" ".join(texts[-1].split()[-2:])) == {"long"}


def test_a_word_of_five_thousand_letters_is_indexed(empty_database: None) -> None:
    apply(made.project("long", summary="x" * 5000))
    assert found("x" * 200) == {"long"}
