"""How an actor stands to a barrier."""

from django.db.models import TextChoices


class ActorRole(TextChoices):
    """Whether the actor's decisions cause or can lift a barrier, or it bears the effect."""

    SOURCE = "source", "causes it or can lift it"
    AFFECTED = "affected", "bears its effect"
    BOTH = "both", "causes it and bears its effect"
