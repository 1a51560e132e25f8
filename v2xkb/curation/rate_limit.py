"""How much one sender may send a day, counted without keeping anybody's address."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from v2xkb.curation.correction_models import SenderCount
from v2xkb.records.client_address import address_of, network

MOST_OF_ONE = 20
MOST_OF_ALL = 1000
EVERYBODY = ""


def allows_another(request: HttpRequest) -> bool:
    """Whether the sender, and everybody together, may send one more today; if so it is counted."""
    today = timezone.now().date()
    SenderCount.objects.before(today - timedelta(days=1)).delete()
    with transaction.atomic():
        counted = SenderCount.objects.spend(today, sender_of(request), MOST_OF_ONE)
        allowed = counted and SenderCount.objects.spend(today, EVERYBODY, MOST_OF_ALL)
        if not allowed:
            transaction.set_rollback(True)
    return allowed


def seconds_left() -> int:
    """Until the next day, when counting begins anew."""
    now = timezone.now()
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    return max(1, int((tomorrow - now).total_seconds()))


def sender_of(request: HttpRequest) -> str:
    """A hash of where a request comes from, keyed and another one each day, so that nobody can be told from it."""
    today = timezone.now().date().isoformat()
    return salted_hmac(__name__, f"{today} {network(address_of(request))}", algorithm="sha256").hexdigest()
