"""Ways into the editor: a live record, a new one, and a new one beside the link that is to name it."""

from collections.abc import Mapping
from typing import Any

from v2xkb.curation.editor import Editing, new_data, slug_from
from v2xkb.curation.form_actions import value_at
from v2xkb.curation.form_shapes import Scalar
from v2xkb.curation.form_state import shape_at
from v2xkb.curation.models import Proposal
from v2xkb.curation.proposals import Draft, keep, propose
from v2xkb.curation.states import Refused
from v2xkb.records import registry
from v2xkb.records.models import Record


def put_into_work(draft: Draft, by: Any, *, proposal: int | None, reason: str = "") -> int:
    """Add a draft to a proposal, or make one for it; returns the proposal's number. Raises Refused."""
    if proposal is None:
        return propose(by, reason, [draft]).pk
    kept: Proposal = keep(proposal, [draft], by)
    return kept.pk


def draft_of(record: Record) -> Draft:
    """A live record as the draft that editing begins with."""
    return Draft(record.kind, record.pid, record.data)


def new_draft(kind: str, name: str, slug: str) -> Draft:
    """The beginning of a new record; raises Refused where its slug is taken."""
    if "\x00" in name + slug:
        raise Refused("The text holds a NUL character: remove it.")
    data = new_data(kind, name.strip(), slug.strip())
    if Record.objects.with_slugs(kind, [data["slug"]]).exists():
        remedy = f"Edit that record, or choose another slug, such as “{data['slug']}-2”."
        raise Refused(f"A {words(kind)} with the slug “{data['slug']}” is there already. {remedy}")
    return Draft(kind, data["id"], data)


def words(kind: str) -> str:
    return kind.replace("-", " ")


def made_beside(editing: Editing, name: str) -> Draft | None:
    """A new record for the link at a name, called what is written there, and the link written to name it.

    None where the link leads to a record already; raises KeyError where no link stands at the name.
    """
    shape, text = shape_at(editing.model, name), _text_at(editing, name)
    if not isinstance(shape, Scalar) or shape.link is None or shape.link.kind not in registry.kind_names():
        raise KeyError(name)
    if text and editing.meant(shape.link, text):
        return None
    data = new_data(shape.link.kind, text, _free_slug(editing, shape.link.kind, text))
    if shape.link.schemes:
        subtype = registry.kind(shape.link.kind).document.subtype_field
        data |= {subtype: str(shape.link.schemes[0])} if subtype else {}
    _write(editing, name, data)
    return Draft(shape.link.kind, data["id"], data)


def _free_slug(editing: Editing, kind: str, text: str) -> str:
    """A slug of these words that no record of the kind has; empty where there are no words."""
    base = slug_from(text)
    taken = set(Record.objects.slugs_of(kind)) | {slug for known, slug in editing.known.by_slug if known == kind}
    return (
        next((slug for slug in (base, *(f"{base}-{n}" for n in range(2, 1000))) if slug not in taken), "")
        if base
        else ""
    )


def _text_at(editing: Editing, name: str) -> str:
    holder, key = _holder(editing, name)
    if isinstance(holder, list):
        return holder[key] if key < len(holder) else ""
    return str(holder[key])


def _write(editing: Editing, name: str, data: Mapping[str, Any]) -> None:
    holder, key = _holder(editing, name)
    if isinstance(holder, list) and key >= len(holder):
        holder.append(data["slug"])
    else:
        holder[key] = data["slug"]


def _holder(editing: Editing, name: str) -> tuple[Any, Any]:
    """What holds a scalar, and by which key; those of bases included. Raises KeyError."""
    owner, is_basis, rest = name.partition(":basis.")
    if not is_basis:
        above, _, last = name.rpartition(".")
        holder = value_at(editing.state, above) if above else editing.state.values
        return (holder, int(last)) if isinstance(holder, list) else (holder, last)
    steps = rest.split(".")
    value: Any = editing.state.bases[owner]
    try:
        for step in steps[:-1]:
            value = value[int(step)] if isinstance(value, list) else value[step]
        return (value, int(steps[-1])) if isinstance(value, list) else (value, steps[-1])
    except (IndexError, ValueError, TypeError) as error:
        raise KeyError(name) from error
