"""What each parameter asks of a project, read off its document alone: what the database must agree with."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from v2xkb.records.facet_values import NOT_REPORTED

REPORT = ("barrier", "stance", "actor", "typology", "report_actor", "report_scenario")
GROUPS = (("scenario", "scenario_state"), ("organisation", "role"), REPORT)
LISTS = {"service": "services", "connector": "connectors", "power_flow": "power_flow", "orientation": "orientation"}
COLUMNS = ("status", "record_type", "tier", "realisation")
RANGES = ("active", "start", "chargers", "vehicles")
FOREVER = 9999

Document = Mapping[str, Any]
Row = dict[str, set[Any]]


class PlainFacts:
    """The rows of every project by group of parameters, each holding the values of each parameter of its group."""

    def __init__(self, documents: Sequence[Document], *, cited_only: bool) -> None:
        self.cited_only = cited_only
        of_kind: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            of_kind[document["kind"]].append(document)
        self.barriers = {barrier["slug"]: barrier for barrier in of_kind["barrier"]}
        self.collections = of_kind["collection"]
        related = [item for project in of_kind["project"] for item in project.get("related", [])]
        self.parents = {item["project"] for item in related if item["kind"] == "part-of"}
        self.rows = {project["slug"]: dict(self.groups(project)) for project in of_kind["project"]}

    def slugs(self, chosen: Mapping[str, Sequence[str]]) -> set[str]:
        return {slug for slug, groups in self.rows.items() if self.meets(groups, chosen)}

    def meets(self, groups: Mapping[tuple[str, ...], list[Row]], chosen: Mapping[str, Sequence[str]]) -> bool:
        for names, rows in groups.items():
            asked = {name: chosen[name] for name in names if name in chosen}
            rows = rows or [{name: set() for name in names}]
            wanted = [asked] if asked else []
            # Each value on a row of its own, which also meets what the other parameters of the group ask.
            wanted += [asked | {name: [value]} for name in names for value in chosen.get(f"{name}__all", ())]
            if not all(any(all(holds(row[name], one[name], name) for name in one) for row in rows) for one in wanted):
                return False
        return True

    def counts(self, project: Document, path: str) -> bool:
        """Whether the value at a path is to be counted; the basis of parts stands on their whole list here."""
        while path not in project["basis"]:
            path = path.rpartition("/")[0]
        return not self.cited_only or any(entry["kind"] == "cited" for entry in project["basis"][path])

    def listed(self, project: Document, *path: str) -> list[Any]:
        value: Any = project
        for name in path:
            value = value.get(name, {})
        return list(value) if value and self.counts(project, "/".join(path)) else []

    def groups(self, project: Document) -> Iterator[tuple[tuple[str, ...], list[Row]]]:
        scenario, partner, report = GROUPS
        yield (
            scenario,
            [
                {"scenario": {item["term"]}, "scenario_state": some(item, "state")}
                for item in self.listed(project, "scenarios")
            ],
        )
        partners = self.listed(project, "partners")
        yield partner, [{"organisation": {item["organisation"]}, "role": {item["role"]}} for item in partners]
        yield report, [self.report(item) for item in self.listed(project, "barriers_met")]
        for name, path in LISTS.items():
            yield (name,), [{name: {item}} for item in self.listed(project, path)]
        yield ("segment",), [{"segment": {item}} for item in self.listed(project, "vehicles", "segments")]
        yield ("country",), [{"country": {item}} for item in self.listed(project, "countries")]
        for name in ("chargers", "vehicles"):
            yield (name,), [{name: {item["value"]}} for item in self.listed(project, name, "counts")]
        for name in COLUMNS:
            yield (name,), [{name: set(self.column(project, name))}]
        start, end = (
            int(project[name]["value"][:4]) if list(self.column(project, name)) else None for name in ("start", "end")
        )
        yield ("start",), [{"start": {start} - {None}}]
        yield ("active",), [{"active": years(start, end, list(self.column(project, "status")))}]
        slug = project["slug"]
        held = [held["slug"] for held in self.collections if slug in held["projects"]]
        yield ("collection",), [{"collection": {name}} for name in held]
        wholes = [item["project"] for item in project.get("related", []) if item["kind"] == "part-of"]
        yield ("part_of",), [{"part_of": {name}} for name in wholes]
        family = {"part"} if wholes else set()
        family |= {"parent"} if slug in self.parents else set()
        yield ("family",), [{"family": family or {"single"}}]

    def column(self, project: Document, name: str) -> Iterator[Any]:
        if name in project and self.counts(project, name):
            value = project[name]
            yield value if isinstance(value, str) else value["value"]

    def report(self, item: Document) -> Row:
        barrier = self.barriers[item["barrier"]]
        return {
            "barrier": {item["barrier"]},
            "stance": {item["stance"]},
            "actor": {*item.get("actors", []), *(actor["actor"] for actor in barrier.get("actors", []))},
            "typology": {barrier["typology"]},
            "report_actor": {*item.get("actors", [])},
            "report_scenario": {*item.get("scenarios", [])},
        }


def some(item: Document, name: str) -> set[str]:
    return {item[name]} if name in item else set()


def years(start: int | None, end: int | None, status: list[str]) -> set[int]:
    if start and end:
        return set(range(start, end + 1))
    if start and status and status[0] in ("ongoing", "commercial"):
        return set(range(start, FOREVER))
    return {year for year in (start, end) if year}


def holds(values: set[Any], wanted: Sequence[str], name: str) -> bool:
    """Whether any of the wanted values, or ranges, is among those of the row."""
    if not values:
        return NOT_REPORTED in wanted
    if name not in RANGES:
        return bool(values & set(wanted))
    return any(between(number, text) for text in wanted if text != NOT_REPORTED for number in values)


def between(number: int, text: str) -> bool:
    low, dots, high = text.partition("..")
    return number == int(low) if not dots else int(low or 0) <= number <= int(high or 10**9)
