"""What only the whole set and the live records together can show: identity, links, uniqueness."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from v2xkb.records import registry
from v2xkb.records.chunking import chunks
from v2xkb.records.documents import Document
from v2xkb.records.links import DocumentLink, document_links
from v2xkb.records.models import Link, Record, Version
from v2xkb.records.paths import link_fields
from v2xkb.records.problems import InvalidDocuments, Problem, nearest

Targets = dict[tuple[str, str], int]
Subtypes = dict[tuple[str, str], str]


def check_set(
    documents: Sequence[Document], changes: Sequence[Document], live: Mapping[str, Record], withdraw: Mapping[str, str]
) -> Targets:
    """(kind, slug) -> primary key of every live record the changes point at; raises InvalidDocuments.

    `live` holds the live records that `documents` and `withdraw` name by id.
    """
    problems = list(identity_problems(documents, live, withdraw))
    if problems:
        raise InvalidDocuments(problems)
    leaving = {live[pid].pk for pid in withdraw}
    renamed = {live[doc.id].pk for doc in changes if doc.id in live and live[doc.id].slug != doc.slug}
    targets, found = link_targets(documents, changes, leaving | renamed)
    problems = [*slug_problems(changes, live, leaving), *found, *unique_problems(changes, live, leaving)]
    problems += cycle_problems(changes)
    staying = [live[doc.id].pk for doc in changes if doc.id in live]
    problems += referrer_problems(leaving | renamed, [*staying, *leaving])
    if problems:
        raise InvalidDocuments(problems)
    return targets


def identity_problems(
    documents: Sequence[Document], live: Mapping[str, Record], withdraw: Mapping[str, str]
) -> Iterator[Problem]:
    ids = Counter(document.id for document in documents)
    former = Version.objects.newest_kinds(list(ids))
    names = Counter((document.kind, document.slug) for document in documents)
    for document in documents:
        place = f"{document.kind}/{document.slug}"
        if ids[document.id] > 1:
            yield Problem(place, "id", "two documents of the set have this id", "Give each its own.", document.id)
        if names[document.kind, document.slug] > 1:
            yield Problem(place, "slug", "two documents of the set have this slug", "Give each its own.", document.slug)
        if former.get(document.id, document.kind) != document.kind:
            message = f"this id was given to a {former[document.id]}"
            yield Problem(place, "id", message, "Take a new id: ids are never reused.", document.id)
        if document.id in withdraw:
            yield Problem(place, "id", "the set both changes and withdraws this record", "Do one of them.", document.id)
    answering = [target for target in withdraw.values() if target and target not in ids]
    standing = {pid for chunk in chunks(answering) for pid in Record.objects.living(chunk)}
    for pid, target in withdraw.items():
        if pid not in live:
            yield Problem(pid, "", "there is no live record with this id to withdraw", "Check the id.", pid)
        elif target in withdraw:
            yield Problem(
                pid, "", "the record that shall answer in its place is withdrawn too", "Name another.", target
            )
        elif target and target not in ids and target not in standing:
            yield Problem(pid, "", "the record that shall answer in its place is not live", "Check the id.", target)


def slug_problems(changes: Sequence[Document], live: Mapping[str, Record], leaving: set[int]) -> Iterator[Problem]:
    moving = {live[doc.id].pk: doc.slug for doc in changes if doc.id in live}
    by_kind: dict[str, dict[str, Document]] = {}
    for document in changes:
        by_kind.setdefault(document.kind, {})[document.slug] = document
    for kind, by_slug in by_kind.items():
        for chunk in chunks(list(by_slug)):
            for record in Record.objects.with_slugs(kind, chunk):
                document = by_slug[record.slug]
                vacated = record.pk in leaving or moving.get(record.pk, record.slug) != record.slug
                if record.pid != document.id and not vacated:
                    yield Problem(
                        f"{kind}/{document.slug}",
                        "slug",
                        f"this slug belongs to the record {record.pid}",
                        "Choose another slug, or give the document that id to change that record.",
                        document.slug,
                    )


def link_targets(
    documents: Sequence[Document], changes: Sequence[Document], absent: set[int]
) -> tuple[Targets, list[Problem]]:
    """Where the links of `changes` lead, and those that lead nowhere or to the wrong scheme."""
    links = [(document, link) for document in changes for link in document_links(document)]
    wanted: dict[str, set[str]] = {}
    for _, link in links:
        wanted.setdefault(link.kind, set()).add(link.slug)
    targets: Targets = {}
    subtypes: Subtypes = {}
    for kind, slugs in wanted.items():
        for chunk in chunks(sorted(slugs)):
            for record in Record.objects.with_slugs(kind, chunk):
                if record.pk not in absent:
                    targets[kind, record.slug] = record.pk
                    subtypes[kind, record.slug] = record.subtype
    subtypes |= {(document.kind, document.slug): document.subtype for document in documents}
    meant = remedies_among(subtypes)
    problems = [problem for document, link in links for problem in _link_problems(document, link, subtypes, meant)]
    return targets, problems


def remedies_among(subtypes: Subtypes) -> Callable[[str, str], str]:
    """What to write instead of a slug that no record of its kind has: the same fault may stand in every document."""

    @cache
    def known(kind: str) -> list[str]:
        return sorted({*Record.objects.slugs_of(kind), *(slug for of, slug in subtypes if of == kind)})

    @cache
    def remedy(kind: str, slug: str) -> str:
        return nearest(slug, known(kind))

    return remedy


def _link_problems(
    document: Document, link: DocumentLink, subtypes: Subtypes, meant: Callable[[str, str], str]
) -> Iterator[Problem]:
    place, subtype = f"{document.kind}/{document.slug}", subtypes.get((link.kind, link.slug))
    if subtype is None:
        remedy = meant(link.kind, link.slug)
        yield Problem(place, link.path, f"there is no {link.kind} of this name", remedy, link.slug)
    elif link.schemes and subtype not in link.schemes:
        allowed = " or ".join(link.schemes)
        yield Problem(place, link.path, f"this {link.kind} is of “{subtype}”", f"Name one of “{allowed}”.", link.slug)


def cycle_problems(changes: Sequence[Document]) -> Iterator[Problem]:
    """Chains of wider and wider records that come back to where they began."""
    upwards = {
        (document.kind, name, document.slug): str(wider)
        for document in changes
        for name, link in link_fields(type(document)).items()
        if link.upwards and (wider := getattr(document, name))
    }
    changed = {(document.kind, document.slug) for document in changes}
    wider = dict(upwards)
    for chain in {(kind, path) for kind, path, _ in upwards}:
        # One step up at a time, so that only what stands above the changes is read.
        step = {target for (kind, path, _), target in upwards.items() if (kind, path) == chain}
        while step := {slug for slug in step if (*chain, slug) not in wider and (chain[0], slug) not in changed}:
            found = dict(pair for chunk in chunks(sorted(step)) for pair in links_up(*chain, chunk))
            wider |= {(*chain, source): target for source, target in found.items()}
            step = set(found.values())
    for kind, path, slug in upwards:
        passed, at = {slug}, wider.get((kind, path, slug))
        while at and at not in passed:
            passed.add(at)
            at = wider.get((kind, path, at))
        if at == slug:
            yield Problem(
                f"{kind}/{slug}", path, "following this link comes back to the record", "Mend one of the links.", slug
            )


def links_up(kind: str, path: str, slugs: list[str]) -> Iterable[tuple[str, str]]:
    """(slug, slug of the wider one) for the records of a kind that have one at a path."""
    return Link.objects.of(Record.objects.with_slugs(kind, slugs).order_by().values("pk")).slugs_at(path)


def referrer_problems(absent: Iterable[int], besides: Sequence[int]) -> list[Problem]:
    """Records outside the set that would be left pointing at an address that no longer answers."""
    return [
        Problem(
            f"{link.source.kind}/{link.source.slug}",
            link.path,
            f"it points at {link.target.kind}/{link.target.slug}, which this set renames or withdraws",
            "Change it in the same set.",
            link.target.slug,
        )
        for link in Link.objects.into(sorted(absent), list(besides))
    ]


def unique_problems(changes: Sequence[Document], live: Mapping[str, Record], leaving: set[int]) -> Iterator[Problem]:
    """Values such as a DOI that only one record may have."""
    changing = {live[doc.id].pk for doc in changes if doc.id in live} | leaving
    for kind in registry.kinds():
        for name in kind.unique:
            holders: dict[str, list[Document]] = {}
            for document in changes:
                if document.kind == kind.name and getattr(document, name) is not None:
                    holders.setdefault(getattr(document, name), []).append(document)
            taken = kind.projection.model.objects.holding(name, list(holders)) if holders else {}
            for value, documents in holders.items():
                pk, slug = taken.get(value, (None, ""))
                others = [slug] if pk is not None and pk not in changing else []
                others += [document.slug for document in documents]
                if len(others) > 1:
                    for document in documents:
                        yield Problem(
                            f"{kind.name}/{document.slug}",
                            name,
                            f"more than one record has this value: {', '.join(sorted(set(others)))}",
                            "Use the record that exists.",
                            value,
                        )
