"""The words of curation: where proposals and corrections stand, what is done with them, who is told and how."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where a proposal stands."""

    DRAFT = "draft", "draft"
    SUBMITTED = "submitted", "waiting for review"
    APPROVED = "approved", "approved"
    CHANGES_REQUESTED = "changes-requested", "changes requested"
    REJECTED = "rejected", "rejected"
    APPLIED = "applied", "applied"
    WITHDRAWN = "withdrawn", "withdrawn"


# With whom a proposal is: its author, or those who review and publish; or nobody, though it can be taken up again.
IN_WORK = (State.DRAFT, State.CHANGES_REQUESTED)
IN_REVIEW = (State.SUBMITTED, State.APPROVED)
OPEN = (*IN_WORK, *IN_REVIEW)
ENDED = (State.REJECTED, State.WITHDRAWN)


class Action(TextChoices):
    """What somebody does with a proposal; each stands in its history."""

    SAVE = "save", "saved"
    DROP = "drop", "left out"
    SUBMIT = "submit", "handed in"
    TAKE_BACK = "take-back", "taken back"
    APPROVE = "approve", "approved"
    ASK = "ask", "asked for changes"
    REJECT = "reject", "rejected"
    APPLY = "apply", "applied"
    WITHDRAW = "withdraw", "withdrawn"
    REOPEN = "reopen", "reopened"
    REBASE = "rebase", "brought up to date"
    COMMENT = "comment", "commented"


class Way(TextChoices):
    """How a proposal was made."""

    EDITOR = "editor", "edited by hand"
    IMPORT = "import", "imported from a spreadsheet"
    SCRIPT = "script", "sent by a program"
    MERGE = "merge", "merge of two records"
    REVERT = "revert", "return to an earlier version"
    CORRECTION = "correction", "public correction"


class Signature(TextChoices):
    """How the public history names the author."""

    NAME = "name", "by name"
    ROLE = "role", "by role only"


class Outcome(TextChoices):
    """What was found when an address on the web was asked."""

    ANSWERS = "answers", "answers"
    GONE = "gone", "not found"
    FAILED = "failed", "failed"
    UNSURE = "unsure", "unsure"
    REFUSED = "refused", "not asked"


class Answer(TextChoices):
    """What a curator answered to a public correction without a proposal."""

    DECLINED = "declined", "declined"
    ALREADY_RIGHT = "already-right", "already right"


class Stage(TextChoices):
    """Where a public correction stands; the words are for its sender."""

    RECEIVED = "received", pgettext_lazy("correction", "received")
    IN_WORK = "in-work", pgettext_lazy("correction", "in work")
    ACCEPTED = "accepted", pgettext_lazy("correction", "accepted")
    DECLINED = "declined", pgettext_lazy("correction", "declined")
    ALREADY_RIGHT = "already-right", pgettext_lazy("correction", "already right")


class Told(TextChoices):
    """How a curator hears of work that waits for them."""

    AT_ONCE = "at-once", "at once, and the weekly digest"
    WEEKLY = "weekly", "the weekly digest only"
    NEVER = "never", "nothing"
