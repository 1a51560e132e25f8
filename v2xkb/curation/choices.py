"""The words of curation: where a proposal stands, what is done with it, how it came, how its author signs."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a proposal stands."""

    DRAFT = "draft", "draft"
    SUBMITTED = "submitted", "waiting for review"
    APPROVED = "approved", "approved"
    CHANGES_REQUESTED = "changes-requested", "changes requested"
    REJECTED = "rejected", "rejected"
    APPLIED = "applied", "applied"
    WITHDRAWN = "withdrawn", "withdrawn"


class Action(TextChoices):
    """What somebody does with a proposal; each stands in its history."""

    SAVE = "save", "saved"
    DROP = "drop", "left out"
    SUBMIT = "submit", "submitted"
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
