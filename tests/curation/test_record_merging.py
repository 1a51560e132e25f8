"""Merging two records through a proposal: every kind, every address, every record that named the one that leaves."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.curation.people import changed, person
from tests.graphql.asking import ask
from tests.records import made
from v2xkb.curation.choices import Action, State, Way
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.curation.proposals import act, problems_of
from v2xkb.curation.record_merging import merge, propose_merge
from v2xkb.curation.states import Refused
from v2xkb.records import registry
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.doctor import examine
from v2xkb.records.models import BasisEntry, Link, Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def pid(kind: str, slug: str) -> str:
    return str(Record.objects.at(kind, slug).get().pid)


def at(kind: str, slug: str) -> Record:
    return Record.objects.at(kind, slug).get()


def merged(editor: User, publisher: User, kind: str, kept: str, other: str) -> Proposal:
    proposal = propose_merge(editor, pid(kind, kept), pid(kind, other))
    assert problems_of(proposal) == []
    for action, by in ((Action.SUBMIT, editor), (Action.APPROVE, publisher), (Action.APPLY, publisher)):
        proposal = act(proposal.pk, action, by)
    return proposal


# Two of each kind that are no one thing, but can be made one without breaking a rule of what names them. Where there is
# one, the one that leaves is wider than others, which must outlive it.
PAIRS = {
    "project": ("parker", "frederiksberg-forsyning-v2g-hub"),
    "organisation": ("mitsubishi-motors", "hyundai-motor-group"),
    "reference": ("rupprecht-consult-scale", "polis-network-scale"),
    "term": ("v2x", "bidirectional-charging"),
}


def pair_of(kind: str) -> list[str]:
    return list(PAIRS.get(kind, Record.objects.slugs_of(kind)[:2]))


def second_one(kind: str) -> None:
    """Of a kind with a single record there shall be two."""
    data = Record.objects.of_kind(kind).get().data
    copy = {**data, "id": made.data(kind, "copy")["id"], "slug": "a-second-one"}
    apply_documents([made.made(copy)], reason="A second one.", by="test")


def test_two_records_of_every_kind_merge_and_everything_still_fits(editor: User, publisher: User) -> None:
    for kind in registry.kind_names():
        if len(Record.objects.slugs_of(kind)) < 2:
            second_one(kind)
        kept, other = pair_of(kind)
        left = pid(kind, other)
        naming = set(Link.objects.filter(target__pid=left).values_list("source__pid", flat=True)) - {left}
        proposal = merged(editor, publisher, kind, kept, other)
        assert (proposal.state, proposal.way) == (State.APPLIED, Way.MERGE)
        assert not Record.objects.at(kind, other).exists()
        named_now = set(Link.objects.filter(target__pid=pid(kind, kept)).values_list("source__pid", flat=True))
        assert naming - {pid(kind, kept)} <= named_now
    assert list(examine()) == []


def test_a_merge_is_no_more_than_a_draft_until_somebody_else_approves_it(editor: User) -> None:
    proposal = propose_merge(editor, pid("project", "parker"), pid("project", "nikola-denmark"), "Read both.")
    assert proposal.state == State.DRAFT
    assert proposal.reason.startswith("“Nikola”")
    assert proposal.reason.endswith("Read both.")
    assert Record.objects.at("project", "nikola-denmark").exists()
    act(proposal.pk, Action.SUBMIT, editor)
    with pytest.raises(Refused):
        act(proposal.pk, Action.APPROVE, editor)


def test_a_contributor_without_rights_cannot_begin_a_merge() -> None:
    with pytest.raises(Refused):
        propose_merge(person(None), pid("project", "parker"), pid("project", "nikola-denmark"))


@pytest.mark.parametrize("name", ["slug", "id"])
@pytest.mark.parametrize("where", ["site", "german", "rest"])
def test_the_old_slug_and_the_old_id_lead_to_the_record_that_stays(
    editor: User, publisher: User, client: Client, where: str, name: str
) -> None:
    old = {"slug": "nikola-denmark", "id": pid("project", "nikola-denmark")}[name]
    merged(editor, publisher, "project", "parker", "nikola-denmark")
    address = {"site": "/projects/{}/", "german": "/de/projects/{}/", "rest": "/api/v1/projects/{}/"}[where]
    reply = client.get(address.format(old))
    assert reply.status_code == 301
    assert reply["Location"].endswith(address.format("parker"))


@pytest.mark.parametrize("name", ["slug", "id"])
def test_graphql_answers_the_old_names_with_the_record_that_stays(
    editor: User, publisher: User, client: Client, name: str
) -> None:
    old = {"slug": "nikola-denmark", "id": pid("project", "nikola-denmark")}[name]
    merged(editor, publisher, "project", "parker", "nikola-denmark")
    assert ask(client, f'{{ project({name}: "{old}") {{ slug }} }}') == {"project": {"slug": "parker"}}


def test_the_public_history_of_addresses_of_two_merges_in_a_row_leads_to_the_last(
    editor: User, publisher: User, client: Client
) -> None:
    merged(editor, publisher, "project", "nikola-denmark", "edison-denmark")
    merged(editor, publisher, "project", "parker", "nikola-denmark")
    assert client.get("/projects/edison-denmark/")["Location"].endswith("/projects/parker/")


def test_bases_and_conflicts_that_cite_a_merged_reference_cite_the_one_that_stays(
    editor: User, publisher: User
) -> None:
    kept, other = PAIRS["reference"]
    citing = set(Link.objects.filter(target__slug=other, entry__isnull=False).values_list("source__slug", flat=True))
    assert citing
    merged(editor, publisher, "reference", kept, other)
    assert not Link.objects.filter(target__slug=other).exists()
    for slug in citing:
        record = Record.objects.with_slugs("project", [slug]).first()
        if record:
            assert f'"{other}"' not in record.document
            assert BasisEntry.objects.filter(record=record, links__target__slug=kept).exists()


def test_what_the_two_said_of_each_other_is_told_and_left_out(editor: User) -> None:
    drafts = merge(pid("project", "parker"), pid("project", "frederiksberg-forsyning-v2g-hub"))
    data = drafts[0].data
    assert data is not None
    assert all(relation["project"] != "parker" for relation in data.get("related", []))
    assert any("same-fleet-as" in note for note in data["notes"])
    assert data["alt_names"] == ["Frederiksberg Forsyning V2G hub"]


def test_a_claim_keeps_pointing_at_the_value_that_it_compares(editor: User) -> None:
    """The path beside a link leads into the record, and parts of the other record may have got other keys."""
    compared = [
        (record, part) for record in Record.objects.of_kind("claim") for part in record.data.get("compared", [])
    ]
    record, part = compared[0]
    other = part["project"]
    kept = "drive2x" if other != "drive2x" else "parker"
    drafts = merge(pid("project", kept), pid("project", other))
    led = next(draft.data for draft in drafts if draft.pid == record.pid)
    assert led is not None
    assert [one["project"] for one in led["compared"] if one["key"] == part["key"]] == [kept]


def test_merging_twice_is_refused_and_says_who_answers(editor: User, publisher: User) -> None:
    kept, other = pid("project", "parker"), pid("project", "nikola-denmark")
    merged(editor, publisher, "project", "parker", "nikola-denmark")
    with pytest.raises(Refused, match=f"merged already: project/parker .{kept}. answers in its place"):
        merge(kept, other)
    with pytest.raises(Refused, match="merged already"):
        merge(other, kept)


def test_a_second_proposal_of_the_same_merge_changes_nothing_any_more(editor: User, publisher: User) -> None:
    second = propose_merge(editor, pid("project", "parker"), pid("project", "nikola-denmark"))
    act(second.pk, Action.SUBMIT, editor)
    act(second.pk, Action.APPROVE, publisher)
    merged(editor, publisher, "project", "parker", "nikola-denmark")
    before = at("project", "parker").document
    act(second.pk, Action.APPLY, publisher)
    assert at("project", "parker").document == before


def test_what_is_not_live_or_not_of_one_kind_is_refused(editor: User) -> None:
    kept = pid("project", "parker")
    with pytest.raises(Refused, match="no live record"):
        merge(kept, "zzzzzzzzz")
    with pytest.raises(Refused, match="stay apart"):
        merge(kept, pid("organisation", "dtu"))
    with pytest.raises(Refused, match="itself"):
        merge(kept, kept)
    apply_documents([], reason="Gone.", by="test", withdraw={pid("project", "bdl-next"): GONE})


def test_a_merge_and_what_others_changed_meanwhile_are_joined(editor: User, publisher: User) -> None:
    proposal = propose_merge(editor, pid("project", "parker"), pid("project", "nikola-denmark"))
    document = changed("project", "parker", summary="Other words.").data
    assert document is not None
    apply_documents([made.made(dict(document))], reason="Meanwhile.", by="somebody else")
    for action, by in ((Action.SUBMIT, editor), (Action.APPROVE, publisher), (Action.APPLY, publisher)):
        act(proposal.pk, action, by)
    assert at("project", "parker").data["summary"] == "Other words."
    assert "Nikola" in at("project", "parker").data["alt_names"]
    assert ProposedDocument.objects.of(proposal).exists()
