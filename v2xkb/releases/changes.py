"""What changed between two states, by record and path."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from v2xkb.records import registry
from v2xkb.records.content import Plain
from v2xkb.records.differences import differences
from v2xkb.releases.states import Documents, State

# Permanent id -> the plain data of a document; one of a former release need not fit today's declaration.
Plains = Mapping[str, Plain]
HEADINGS = (("new", "New"), ("changed", "Changed"), ("gone", "No longer here"))


@dataclass(frozen=True)
class Changed:
    """What became of one record; `paths` are those that differ, with how."""

    kind: str
    slug: str
    label: str
    what: str
    paths: Sequence[tuple[str, str]] = ()
    renamed_from: str = ""

    def as_plain(self) -> dict[str, Any]:
        return {**vars(self), "paths": [list(path) for path in self.paths]}


@dataclass(frozen=True)
class Comparison:
    """Records that are new, changed or gone, by kind and slug."""

    records: Sequence[Changed] = field(default_factory=list)

    def of(self, what: str) -> list[Changed]:
        return [one for one in self.records if one.what == what]


def compared(before: Plains, after: Plains) -> Comparison:
    """By permanent id, so that a renamed record is a changed one."""
    found = list(_changed(before, after))
    ranks = {name: rank for rank, name in enumerate(registry.kind_names())}
    return Comparison(sorted(found, key=lambda one: (ranks[one.kind], one.slug, one.what)))


def _changed(before: Plains, after: Plains) -> Iterator[Changed]:
    for pid in before.keys() | after.keys():
        old, new = before.get(pid), after.get(pid)
        if old is not None and new is not None:
            if old != new:
                yield _changed_record(old, new)
        elif new is not None:
            yield Changed(new["kind"], new["slug"], _label(new), "new")
        elif old is not None:
            yield Changed(old["kind"], old["slug"], _label(old), "gone")


def _changed_record(old: Plain, new: Plain) -> Changed:
    model = registry.kind(new["kind"]).document
    paths = [(one.path, str(one.change.value)) for one in differences(model, old, new)]
    renamed_from = old["slug"] if old["slug"] != new["slug"] else ""
    return Changed(new["kind"], new["slug"], _label(new), "changed", paths, renamed_from)


def _label(data: Plain) -> str:
    return str(data.get(registry.kind(data["kind"]).document.label_field, data["slug"]))


def plains(documents: Documents) -> dict[str, Plain]:
    """Permanent id -> what a document holds, as plain data."""
    return {pid: document.content() for pid, document in documents.items()}


def changelog(version: str, former: str, comparison: Comparison, state: State) -> str:
    """`CHANGELOG.md`: every record that is new, changed or gone since the former release, and where it changed."""
    lines = [f"# Changes of release {version}", ""]
    if not former:
        total = sum(state.counts.values())
        return "\n".join([*lines, f"The first release: {total} records, all of them new.", ""])
    counts = ", ".join(f"{len(comparison.of(what))} {words.lower()}" for what, words in HEADINGS)
    lines += [f"Since release {former}: {counts}."]
    for what, words in HEADINGS:
        if comparison.of(what):
            lines += ["", f"## {words}", ""]
            for one in comparison.of(what):
                renamed = f", before {one.renamed_from}" if one.renamed_from else ""
                lines.append(f"- {one.kind} {one.slug}{renamed}")
                lines += [f"  - {path}: {how}" for path, how in one.paths]
    return "\n".join(lines) + "\n"
