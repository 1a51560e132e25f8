"""What a set of documents asks of the database grows by pieces, not by documents: one writer waits for another."""

from collections.abc import Callable, Iterable, Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.records import made
from v2xkb.records import checks
from v2xkb.records.apply import GONE, apply_documents, check_documents
from v2xkb.records.documents import Document
from v2xkb.records.problems import InvalidDocuments, Problem, nearest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]

FEW, MANY = 3, 30


def apply(documents: Sequence[Document] = (), withdraw: dict[str, str] | None = None) -> None:
    apply_documents(documents, withdraw=withdraw, reason="test", by="tester")


def queries(action: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)


def refused(documents: Sequence[Document]) -> list[Problem]:
    with pytest.raises(InvalidDocuments) as caught:
        check_documents(documents)
    return caught.value.problems


def named(start: str, number: int) -> list[Document]:
    """So many projects, live."""
    documents = [made.project(f"{start}-{at}") for at in range(number)]
    apply(documents)
    return documents


def renaming(number: int) -> int:
    before = named(f"renamed-{number}", number)
    after = [made.made({**one.content(), "slug": f"{one.slug}-again"}) for one in before]
    return queries(lambda: apply(after))


def withdrawing(number: int) -> int:
    leaving = named(f"withdrawn-{number}", number)
    return queries(lambda: apply(withdraw={one.id: GONE for one in leaving}))


def merging(number: int) -> int:
    leaving, staying = named(f"one-{number}", number), named(f"other-{number}", number)
    pairs = zip(leaving, staying, strict=True)
    return queries(lambda: apply(withdraw={one.id: other.id for one, other in pairs}))


@pytest.mark.parametrize("asked", [renaming, withdrawing, merging])
def test_records_that_leave_their_addresses_cost_no_query_each(asked: Callable[[int], int]) -> None:
    assert asked(MANY) == asked(FEW)


def test_links_that_lead_nowhere_cost_no_query_each() -> None:
    apply([made.term("chademo", "connector"), made.term("dso", "actor")])

    def asked(number: int) -> int:
        documents = [made.project(f"p-{at}", connectors=[f"chademo-{at}"], services=["dsoo"]) for at in range(number)]
        return queries(lambda: refused(documents))

    assert asked(MANY) == asked(FEW)


def test_a_slug_that_many_misspell_is_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    apply([made.term("chademo", "connector")])
    compared: list[str] = []

    def noting(word: str, known: Iterable[str]) -> str:
        compared.append(word)
        return nearest(word, known)

    monkeypatch.setattr(checks, "nearest", noting)
    wrong = refused([made.project(f"p-{at}", connectors=["chademmo"]) for at in range(FEW)])
    assert {problem.remedy for problem in wrong} == {"Did you mean “chademo”?"}
    assert (len(wrong), compared) == (FEW, ["chademmo"])
