"""What a release says of itself: README, licence, how to cite it, and what it is in numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from v2xkb.records import registry
from v2xkb.records.canonical import dump
from v2xkb.records.citation import AUTHOR, KNOWLEDGE_BASE, LICENCE, LICENCE_ADDRESS
from v2xkb.records.citation_text import Item, issued
from v2xkb.releases.corpora import numbers_of, readme_lines
from v2xkb.releases.states import State
from v2xkb.releases.verifying import MANIFEST, SUMS

RELEASE = "release.json"


@dataclass(frozen=True)
class About:
    """What is told of a release beside its records; `day` is that of the revision it freezes."""

    version: str
    notes: str
    state: State
    identity: str
    former: str = ""

    @property
    def day(self) -> str:
        return self.state.at.date().isoformat() if self.state.at else ""


def licence() -> str:
    return (
        f"The data of this release are licensed under the Creative Commons Attribution 4.0 International licence\n"
        f"({LICENCE}), {LICENCE_ADDRESS}\n\n"
        f"You may copy, change and share them for any purpose if you name {AUTHOR}, link to the licence and say if\n"
        "you changed something. Sources belong to their publishers; facts are nobody's.\n"
    )


def numbers(about: About) -> str:
    """`release.json`: what the release is, for software."""
    return dump(
        {
            "version": about.version,
            "identity": about.identity,
            "revision": about.state.revision,
            "date": about.day,
            "former": about.former,
            "notes": about.notes,
            "records": about.state.counts,
            "left_out": dict(about.state.withheld),
            "corpora": numbers_of(about.state.corpora),
        }
    )


def readme(about: About) -> str:
    state = about.state
    rows = [f"| {registry.kind(kind).plural} | {count} |" for kind, count in state.counts.items()]
    day = f", {about.day}" if about.day else ""
    lines = [
        f"# v2xkb {about.version}",
        "",
        f"{KNOWLEDGE_BASE}: release {about.version}, the state of revision {state.revision}{day}.",
        "",
        *([about.notes, ""] if about.notes else []),
        f"Identity: `{about.identity}`",
        "",
        f"It is the SHA-256 of `{MANIFEST}`, which has the SHA-256 of every canonical file: the same records give the",
        "same identity, wherever and whenever they are released under this version.",
        "",
        "| records | |",
        "| --- | --- |",
        *rows,
        "",
        _left_out(state.withheld),
        *readme_lines(state.corpora),
        "",
        "## Files",
        "",
        "Canonical, listed in the manifest:",
        "",
        "- `documents/<kind>/<slug>.json`: one document a record, with the basis of every value",
        "- `data/*.csv`: the same as tables, described by `datapackage.json` (Frictionless); cells hold exact values",
        "- `dictionary.md`: every field of every kind",
        "- `rdf/records.ttl`, `rdf/records.jsonld`: records in schema.org's words; `rdf/terms.ttl`: terms in SKOS",
        "- `LICENSE`",
        "",
        "About this release: this file, `CITATION.cff`, `CHANGELOG.md` (since the release before, by record and path),",
        "`dcat.ttl`, `release.json`.",
        "",
        "Made from these: `v2xkb-<version>.zip` (all of them, stored) and `v2xkb-<version>.sqlite3` (the tables, with",
        "their keys).",
        "",
        "## Check it",
        "",
        f"`sha256sum -c {MANIFEST} {SUMS}` in this folder, or `manage.py verify-release v2xkb-{about.version}.zip` in",
        "the code of v2xkb, without a database.",
        "",
        "## Use it",
        "",
        "Absent means not reported. Never add counts up over projects. Cite the version: see `CITATION.cff`.",
    ]
    return "\n".join(lines) + "\n"


def _left_out(withheld: Mapping[str, int]) -> str:
    if not withheld:
        return "No record was left out."
    counted = ", ".join(f"{count} {registry.kind(kind).plural}" for kind, count in withheld.items())
    return f"Left out, as a source's licence forbids passing on what was taken from it: {counted}."


def citation_cff(about: About) -> str:
    """`CITATION.cff` 1.2.0; JSON's texts are YAML's too."""
    lines: Sequence[tuple[str, Any]] = [
        ("cff-version", "1.2.0"),
        ("message", "If you use these data, please cite them as below."),
        ("title", KNOWLEDGE_BASE),
        ("type", "dataset"),
        ("version", about.version),
        *([("date-released", about.day)] if about.day else []),
    ]
    written = "".join(f"{name}: {dump_text(value)}\n" for name, value in lines)
    return (
        f"{written}authors:\n  - name: {dump_text(AUTHOR)}\nlicense: CC-BY-4.0\n"
        f"identifiers:\n  - type: other\n    value: {dump_text(f'sha256:{about.identity}')}\n"
        '    description: "Identity of the release"\n'
    )


def dump_text(text: str) -> str:
    return f'"{text}"'


def release_item(about_version: str, day: str, identity: str, address: str, doi: str = "") -> Item:
    """A release as something to cite, in CSL-JSON."""
    item: dict[str, Any] = {
        "id": f"v2xkb-{about_version}",
        "type": "dataset",
        "title": f"{KNOWLEDGE_BASE}, release {about_version}",
        "author": [{"literal": AUTHOR}],
        "publisher": "v2xkb",
        "version": about_version,
        "license": LICENCE,
        "note": f"Version {about_version}, SHA-256 {identity}, {LICENCE}",
        "URL": address,
    }
    if day:
        item["issued"] = issued(day)
    if doi:
        item["DOI"] = doi
    return item
