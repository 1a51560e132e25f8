"""Every query about public corrections, named by its use."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q

from v2xkb.curation.choices import Answer, Stage, State

if TYPE_CHECKING:
    from v2xkb.curation.correction_models import Correction

SETTLED = (State.APPLIED, State.REJECTED)


class CorrectionQuerySet(models.QuerySet[Any]):
    def locked(self, pk: int) -> "Correction":
        """One correction that nobody else answers until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("proposal").get(pk=pk)

    def with_proposal(self) -> Self:
        return self.select_related("proposal", "answered_by")

    def with_secret(self, secret_hash: str) -> "Correction | None":
        return self.with_proposal().filter(secret_hash=secret_hash).first()

    def at_stage(self, stage: str) -> Self:
        """Those at one stage, what waits longest first."""
        unanswered = Q(outcome="")
        withdrawn = Q(proposal__isnull=True) | Q(proposal__state=State.WITHDRAWN)
        conditions = {
            Stage.RECEIVED: unanswered & withdrawn,
            Stage.IN_WORK: unanswered & ~withdrawn & ~Q(proposal__state__in=SETTLED),
            Stage.ACCEPTED: unanswered & Q(proposal__state=State.APPLIED),
            Stage.DECLINED: Q(outcome=Answer.DECLINED) | unanswered & Q(proposal__state=State.REJECTED),
            Stage.ALREADY_RIGHT: Q(outcome=Answer.ALREADY_RIGHT),
        }
        return self.filter(conditions[Stage(stage)]).order_by("received_at", "pk")

    def waiting(self) -> Self:
        """What nobody has answered yet nor works on."""
        return self.at_stage(Stage.RECEIVED)

    def of_keys(self, keys: list[int]) -> Self:
        return self.filter(pk__in=keys)

    def of_proposal(self, proposal_id: int) -> Self:
        return self.filter(proposal=proposal_id, outcome="")

    def to_be_told(self) -> Self:
        """Those whose sender left an e-mail and has not been told yet."""
        return self.exclude(email="").filter(told_at__isnull=True)

    def settled_before(self, at: datetime) -> Self:
        """Those with an e-mail whose outcome is older."""
        answered = ~Q(outcome="") & Q(answered_at__lt=at)
        by_proposal = Q(outcome="", proposal__state__in=SETTLED, proposal__changed_at__lt=at)
        return self.exclude(email="").filter(answered | by_proposal)

    def forget_emails(self) -> int:
        return self.model._base_manager.filter(pk__in=self.values("pk")).update(email="")


class SenderCountQuerySet(models.QuerySet[Any]):
    def spend(self, day: date, sender: str, most: int) -> bool:
        """Count one more for a sender unless that would be more than `most`; true where it was counted."""
        self.get_or_create(day=day, sender=sender)
        mine = self.filter(day=day, sender=sender, number__lt=most)
        return bool(mine.update(number=F("number") + 1))

    def before(self, day: date) -> Self:
        return self.filter(day__lt=day)
