"""Records with several versions, for tests of history."""

from typing import Any

from tests.records import made
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.models import Record, Version
from v2xkb.records.reading import validated

ADDRESS = "/projects/many/"


def data(**values: Any) -> dict[str, Any]:
    """The project «many»; its permanent id is the same whatever its slug."""
    slug = values.pop("slug", "many")
    return {**made.project_data("many", **values), "slug": slug}


def apply(plain: dict[str, Any], reason: str = "A test.", by: str = "Ada Author") -> None:
    apply_documents([validated(plain, "made")], reason=reason, by=by)


def versions(number: int) -> list[str]:
    """The texts of so many versions of one project, each with another summary and country, the oldest first."""
    for at in range(1, number + 1):
        apply(data(summary=f"State {at}.", countries=["DK", "SE"][: at % 2 + 1]), reason=f"Reason {at}.")
    rows = Version.objects.in_order().of(pid()).order_by("number")
    return [row.document for row in rows]


def pid() -> str:
    return str(data()["id"])


def day(number: int) -> str:
    """The ISO date of one of its versions."""
    return str(Version.objects.of(pid()).get(number=number).revision.at.date().isoformat())


def withdraw(pid: str, answers: str = GONE) -> None:
    apply_documents([], reason="It never was.", by="Ada Author", withdraw={pid: answers})


def live() -> Record:
    return Record.objects.at("project", "many").get()
