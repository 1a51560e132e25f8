"""Proposals become live only through review by somebody else, and never undo what became live meanwhile."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User

from tests.curation.people import applied, approved, changed, draft, new_project, person, submitted
from tests.records import made
from v2xkb.curation.choices import Action, Signature, State
from v2xkb.curation.erasing import erase
from v2xkb.curation.models import DraftVersion, Event, Proposal, ProposedDocument
from v2xkb.curation.people import ERASED, ROLES
from v2xkb.curation.proposals import (
    Draft,
    act,
    bring_up_to_date,
    comment,
    drop,
    keep,
    problems_of,
    propose,
)
from v2xkb.curation.rebasing import MovedOn
from v2xkb.curation.states import Refused
from v2xkb.records.doctor import examine
from v2xkb.records.merging import Side
from v2xkb.records.models import Record, Redirect, Revision, Version
from v2xkb.records.problems import InvalidDocuments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def parker(**values: object) -> Draft:
    return changed("project", "parker", **values)


def live(slug: str = "parker") -> Record:
    return Record.objects.at("project", slug).get()


def test_a_proposal_goes_from_draft_to_live(author: User, publisher: User) -> None:
    before = Revision.objects.current()
    proposal = propose(author, "The name is spelt otherwise.", [parker(name="Parker!")])
    assert live().label != "Parker!"
    act(proposal.pk, Action.SUBMIT, author)
    act(proposal.pk, Action.APPROVE, publisher)
    assert Revision.objects.current() == before
    done = act(proposal.pk, Action.APPLY, publisher)
    assert (live().label, done.state) == ("Parker!", State.APPLIED)
    assert done.revision is not None
    assert (done.revision.reason, done.revision.by) == ("The name is spelt otherwise.", "author")


def test_a_draft_may_be_unfinished_but_is_not_submitted_so(author: User) -> None:
    data = {**parker().data, "start": {"value": "20x6"}}  # type: ignore[dict-item]
    proposal = propose(author, "Begun.", [draft(data)])
    held = ProposedDocument.objects.of(proposal).get()
    assert held.data == data
    assert [(problem.path, problem.value) for problem in problems_of(proposal)] == [("start/value", "20x6")]
    with pytest.raises(InvalidDocuments):
        act(proposal.pk, Action.SUBMIT, author)
    assert Proposal.objects.get(pk=proposal.pk).state == State.DRAFT


def test_every_state_of_a_draft_is_kept(author: User) -> None:
    proposal = propose(author, "Why", [parker(name="One")])
    keep(proposal.pk, [parker(name="Two")], author)
    keep(proposal.pk, [parker(name="Two")], author)
    names = [version.document.declaration.model_validate_json(version.text) for version in DraftVersion.objects.all()]
    assert [document.display_name for document in names] == ["Two", "One"]


def test_what_is_not_changed_cannot_be_submitted(author: User) -> None:
    with pytest.raises(Refused, match="changes nothing"):
        submitted(author, parker())


def test_nobody_approves_what_they_wrote(publisher: User) -> None:
    proposal = submitted(publisher)
    with pytest.raises(Refused, match="somebody else"):
        act(proposal.pk, Action.APPROVE, publisher)


def test_who_helped_to_write_cannot_approve_either(author: User) -> None:
    editor, publisher = person("Editor"), person("Publisher")
    proposal = approved(author, publisher, parker(name="Ours"))
    applied(author, publisher, parker(name="Theirs"))
    bring_up_to_date(proposal.pk, editor, {live().pid: {"name": Side.OURS}})
    assert Proposal.objects.get(pk=proposal.pk).state == State.SUBMITTED
    with pytest.raises(Refused, match="somebody else"):
        act(proposal.pk, Action.APPROVE, editor)
    act(proposal.pk, Action.APPROVE, publisher)


def test_who_settled_a_record_that_was_left_out_since_still_wrote_part_of_it(author: User) -> None:
    editor, publisher = person("Editor"), person("Publisher")
    proposal = approved(author, publisher, parker(name="Ours"))
    applied(author, publisher, parker(name="Theirs"))
    bring_up_to_date(proposal.pk, editor, {live().pid: {"name": Side.OURS}})
    act(proposal.pk, Action.TAKE_BACK, author)
    drop(proposal.pk, live().pid, author)
    keep(proposal.pk, [parker(name="Ours")], author)
    act(proposal.pk, Action.SUBMIT, author)
    with pytest.raises(Refused, match="somebody else"):
        act(proposal.pk, Action.APPROVE, editor)
    assert proposal not in Proposal.objects.to_review_by(editor, four_eyes=True)
    assert proposal in Proposal.objects.to_review_by(publisher, four_eyes=True)


def test_the_transaction_itself_refuses_an_approval_by_a_writer(publisher: User) -> None:
    """Even where the state was set past every form."""
    proposal = submitted(publisher)
    Event.objects.create(proposal=proposal, by=publisher, action=Action.APPROVE)
    Proposal.objects.filter(pk=proposal.pk).update(state=State.APPROVED)
    with pytest.raises(Refused, match="somebody else has to approve"):
        act(proposal.pk, Action.APPLY, publisher)
    assert not Record.objects.at("project", "made-project").exists()


def test_a_team_of_one_may_approve_its_own_by_a_setting(publisher: User, settings: Any) -> None:
    settings.FOUR_EYES = False
    proposal = submitted(publisher)
    act(proposal.pk, Action.APPROVE, publisher)
    assert act(proposal.pk, Action.APPLY, publisher).state == State.APPLIED


@pytest.mark.parametrize("action", [Action.APPROVE, Action.ASK, Action.REJECT, Action.APPLY])
def test_a_contributor_reaches_neither_review_nor_publication(action: Action, author: User, publisher: User) -> None:
    ready = approved(author, publisher) if action == Action.APPLY else submitted(author)
    with pytest.raises(Refused, match="Your role"):
        act(ready.pk, action, person("Contributor", "another"), "because")


def test_who_may_not_propose_makes_no_proposal() -> None:
    with pytest.raises(Refused):
        propose(person(None), "Why", [new_project()])
    assert not Proposal.objects.exists()


def test_nobody_changes_what_is_being_reviewed(author: User) -> None:
    proposal = submitted(author)
    for change in (
        lambda: keep(proposal.pk, [new_project(name="Other")], author),
        lambda: drop(proposal.pk, new_project().pid, author),
    ):
        with pytest.raises(Refused, match="Take it back first"):
            change()


def test_nobody_changes_what_somebody_else_proposes(author: User, publisher: User) -> None:
    proposal = propose(author, "Why", [new_project()])
    with pytest.raises(Refused, match="Only its author"):
        keep(proposal.pk, [new_project(name="Other")], publisher)


# --- Moved on ---


def test_changes_that_do_not_touch_are_joined_when_applied(author: User, publisher: User) -> None:
    proposal = approved(author, publisher, parker(name="Ours"))
    applied(author, publisher, parker(summary="Theirs."))
    act(proposal.pk, Action.APPLY, publisher)
    assert (live().data["name"], live().data["summary"]) == ("Ours", "Theirs.")
    assert ProposedDocument.objects.of(proposal).get().text == live().document


def test_changes_that_touch_are_refused_and_nothing_is_lost(author: User, publisher: User) -> None:
    proposal = approved(author, publisher, parker(name="Ours"))
    applied(author, publisher, parker(name="Theirs"))
    with pytest.raises(MovedOn, match="name"):
        act(proposal.pk, Action.APPLY, publisher)
    assert live().label == "Theirs"
    assert ProposedDocument.objects.of(proposal).get().data["name"] == "Ours"  # type: ignore[index]
    with pytest.raises(MovedOn):
        bring_up_to_date(proposal.pk, author)
    bring_up_to_date(proposal.pk, author, {live().pid: {"name": Side.OURS}})
    assert Proposal.objects.get(pk=proposal.pk).state == State.SUBMITTED
    act(proposal.pk, Action.APPROVE, publisher)
    act(proposal.pk, Action.APPLY, publisher)
    assert live().label == "Ours"


def test_a_record_withdrawn_meanwhile_is_a_collision_of_the_whole(author: User, publisher: User) -> None:
    applied(author, publisher, new_project())
    pid = new_project().pid
    proposal = approved(author, publisher, changed("project", "made-project", name="Ours"))
    applied(author, publisher, Draft("project", pid, None))
    with pytest.raises(MovedOn):
        act(proposal.pk, Action.APPLY, publisher)
    bring_up_to_date(proposal.pk, author, {pid: {"": Side.OURS}})
    act(proposal.pk, Action.APPROVE, publisher)
    act(proposal.pk, Action.APPLY, publisher)
    assert live("made-project").label == "Ours"


def test_leaving_a_withdrawn_record_withdrawn_empties_the_proposal(author: User, publisher: User) -> None:
    applied(author, publisher, new_project())
    pid = new_project().pid
    proposal = propose(author, "Why", [changed("project", "made-project", name="Ours")])
    applied(author, publisher, Draft("project", pid, None))
    bring_up_to_date(proposal.pk, author, {pid: {"": Side.THEIRS}})
    assert not ProposedDocument.objects.of(proposal).exists()
    with pytest.raises(Refused, match="holds no record"):
        act(proposal.pk, Action.SUBMIT, author)


def test_two_proposals_that_withdraw_one_record_are_both_done(author: User, publisher: User) -> None:
    applied(author, publisher, new_project())
    pid = new_project().pid
    first, second = (approved(author, publisher, Draft("project", pid, None)) for _ in range(2))
    act(first.pk, Action.APPLY, publisher)
    done = act(second.pk, Action.APPLY, publisher)
    assert (done.state, done.revision) == (State.APPLIED, None)
    assert Redirect.objects.at("project", "made-project").get().target_pid == ""


def test_a_new_record_whose_slug_was_taken_meanwhile_is_refused(author: User, publisher: User) -> None:
    proposal = approved(author, publisher, new_project())
    other = {**made.project_data("made-project"), "id": made.project_data("another")["id"]}
    applied(author, publisher, draft(other))
    with pytest.raises(InvalidDocuments, match="this slug belongs to"):
        act(proposal.pk, Action.APPLY, publisher)
    assert Proposal.objects.get(pk=proposal.pk).state == State.APPROVED


# --- People ---


def test_groups_hold_the_rights_that_the_roles_say() -> None:
    for name, rights in ROLES.items():
        held = Group.objects.get(name=name).permissions.filter(content_type__app_label="curation")
        assert {f"curation.{right.codename}" for right in held} == set(rights)


def test_authors_sign_by_name_or_by_role(publisher: User) -> None:
    author = person("Editor", "jane")
    author.first_name, author.last_name = "Jane", "Doe"
    author.save()
    assert applied(author, publisher, new_project()).revision.by == "Jane Doe"  # type: ignore[union-attr]
    secret = propose(author, "Why", [new_project(name="Else")], signed=Signature.ROLE)
    act(secret.pk, Action.SUBMIT, author)
    act(secret.pk, Action.APPROVE, publisher)
    assert act(secret.pk, Action.APPLY, publisher).revision.by == "an editor"  # type: ignore[union-attr]


def test_erasing_a_person_leaves_history_whole(author: User, publisher: User) -> None:
    done = applied(author, publisher, new_project())
    versions = list(Version.objects.of(new_project().pid).values_list("number", "document"))
    erase(author)
    assert Revision.objects.get(proposal=done).by == ERASED
    assert list(Version.objects.of(new_project().pid).values_list("number", "document")) == versions
    gone = User.objects.get(pk=author.pk)
    assert (gone.username, gone.email, gone.is_active) == (f"erased-{author.pk}", "", False)
    assert not gone.has_usable_password()


def test_a_comment_says_something(author: User) -> None:
    proposal = submitted(author)
    comment(proposal.pk, "Which page?", author, new_project().pid, "name")
    with pytest.raises(Refused):
        comment(proposal.pk, "  ", author)
    assert [event.note for event in Event.objects.comments(proposal)] == ["Which page?"]


def test_after_all_this_the_doctor_finds_nothing(author: User, publisher: User) -> None:
    applied(author, publisher, parker(name="Ours"), new_project())
    applied(author, publisher, Draft("project", new_project().pid, None, live().pid))
    assert not list(examine())
