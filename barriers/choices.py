"""How an actor stands to a barrier."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActorRole(TextChoices):
    """Whether the actor's decisions cause or can lift a barrier, or it bears the effect."""

    SOURCE = "source", _("causes it or can lift it")
    AFFECTED = "affected", _("bears its effect")
    BOTH = "both", _("causes it and bears its effect")
