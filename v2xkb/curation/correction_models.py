"""Public corrections: what a reader says is wrong with a record, and how often one sender may say so a day."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from v2xkb.curation.choices import Answer, Stage, State
from v2xkb.curation.correction_querysets import CorrectionQuerySet, SenderCountQuerySet
from v2xkb.records.fields import AsciiKeyField

# What the proposal made from a correction says of it; without one, or with one withdrawn, it still waits.
STAGES = {State.APPLIED: Stage.ACCEPTED, State.REJECTED: Stage.DECLINED, State.WITHDRAWN: Stage.RECEIVED}


class Correction(models.Model):
    """A reader's suggestion about the value at one path of a record, sent without an account.

    `label`, `shown` and `version` are the record's name, the value and the version as the sender saw them. Where it
    stands is told by `outcome`, else by the proposal that was made from it: nothing says it twice.
    """

    pid = AsciiKeyField("permanent id", max_length=20)
    kind = models.CharField(max_length=40)
    path = models.CharField(max_length=300)
    version = models.PositiveIntegerField()
    label = models.TextField()
    shown = models.TextField(blank=True)
    text = models.TextField()
    source = models.TextField()
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, help_text="in which the sender read the page")
    secret_hash = AsciiKeyField(max_length=64, unique=True)
    received_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=20, choices=Answer, blank=True)
    answer = models.TextField(blank=True, help_text="what the sender reads")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    proposal = models.ForeignKey("curation.Proposal", models.PROTECT, null=True, related_name="corrections")
    told_at = models.DateTimeField(null=True, help_text="when a mail told the sender the outcome")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        indexes = [models.Index(fields=["outcome", "received_at"], name="curation_correction_queue")]

    def __str__(self) -> str:
        return f"correction {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("admin:curation_correction_change", args=[self.pk])

    @property
    def stage(self) -> Stage:
        if self.outcome:
            return Stage(self.outcome)
        if self.proposal is None:
            return Stage.RECEIVED
        return STAGES.get(State(self.proposal.state), Stage.IN_WORK)

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it yet nor works on it."""
        return self.stage == Stage.RECEIVED


class SenderCount(models.Model):
    """How much one sender sent on a day: a keyed hash stands for their address, and an empty one for everybody."""

    day = models.DateField()
    sender = AsciiKeyField(max_length=64, blank=True)
    number = models.PositiveIntegerField(default=0)

    objects = SenderCountQuerySet.as_manager()

    class Meta:
        ordering = ["day", "sender"]
        constraints = [models.UniqueConstraint(fields=["day", "sender"], name="curation_sender_once_a_day")]

    def __str__(self) -> str:
        return f"{self.number} on {self.day}"
