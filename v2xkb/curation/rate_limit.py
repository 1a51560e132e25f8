"""How much one sender may send a day, counted without keeping anybody's address."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from v2xkb.curation.correction_models import SenderCount
from v2xkb.records.client_address import address_of, network
from v2xkb.records.rate_limits import hashed

EVERYBODY = ""


def allows_another(request: HttpRequest) -> bool:
    """Whether the sender, and everybody together, may send one more today; if so it is counted."""
    today = timezone.now().date()
    SenderCount.objects.before(today - timedelta(days=1)).delete()
    sender = hashed(network(address_of(request)), today.isoformat())
    with transaction.atomic():
        counted = SenderCount.objects.spend(today, sender, settings.CORRECTIONS_A_DAY)
        allowed = counted and SenderCount.objects.spend(today, EVERYBODY, settings.CORRECTIONS_A_DAY_OF_ALL)
        if not allowed:
            transaction.set_rollback(True)
    return allowed


def seconds_left() -> int:
    """Until the next day, when counting begins anew."""
    now = timezone.now()
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    return max(1, int((tomorrow - now).total_seconds()))
