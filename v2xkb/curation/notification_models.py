"""How each curator wants to hear of work that waits for them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models

from v2xkb.curation.choices import Told
from v2xkb.records.fields import AsciiKeyField

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class NotificationChoiceQuerySet(models.QuerySet[Any]):
    def of(self, people: Iterable[int]) -> Self:
        return self.filter(user__in=list(people))

    def told(self, people: "Iterable[User]", *, how: Iterable[str]) -> "list[User]":
        """Of these people, those who can be reached by mail and want it in one of these ways."""
        reached = [person for person in people if person.is_active and person.email]
        chosen = dict(self.of(person.pk for person in reached).values_list("user", "how"))
        return [person for person in reached if chosen.get(person.pk, Told.AT_ONCE) in how]

    def with_feed(self, feed_hash: str) -> "NotificationChoice | None":
        return self.filter(feed_hash=feed_hash, user__is_active=True).select_related("user").first()


class NotificationChoice(models.Model):
    """What a curator chose; who chose nothing is told at once. Of the private feed's password only a hash is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_choice")
    how = models.CharField("told by e-mail", max_length=20, choices=Told, default=Told.AT_ONCE)
    feed_hash = AsciiKeyField(max_length=64, blank=True, editable=False)
    feed_made_at = models.DateTimeField(null=True, editable=False)

    objects = NotificationChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["user"]
        verbose_name_plural = "my notifications"
        constraints = [
            models.UniqueConstraint(
                fields=["feed_hash"], condition=~models.Q(feed_hash=""), name="curation_feed_secret_unique"
            )
        ]

    def __str__(self) -> str:
        return f"what {self.user} is told"
