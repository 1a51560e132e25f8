"""What one sender, and all together, may send in a day; nothing that tells who they are is kept."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.curation.correcting import PARKER, SOURCE, TEXT, seal, send, sent
from v2xkb.curation.models import Correction, SenderCount
from v2xkb.records import client_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def test_one_sender_is_told_when_it_was_enough_for_a_day(client: Client, settings: Any) -> None:
    settings.CORRECTIONS_A_DAY = 2
    for _ in range(2):
        sent(client)
    reply = send(client)
    assert reply.status_code == 429
    assert 0 < int(reply["Retry-After"]) <= 24 * 3600
    assert TEXT in reply.text
    assert Correction.objects.count() == 2
    assert client.post(PARKER, {}, REMOTE_ADDR="192.0.2.7").status_code == 400
    given = {"text": TEXT, "source": SOURCE, "seen": seal()}
    assert client.post(PARKER, given, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_all_senders_together_have_a_limit_too(client: Client, settings: Any) -> None:
    settings.CORRECTIONS_A_DAY_OF_ALL = 1
    sent(client)
    given = {"text": TEXT, "source": SOURCE, "seen": seal()}
    assert client.post(PARKER, given, REMOTE_ADDR="192.0.2.7").status_code == 429
    assert SenderCount.objects.count() == 2


def test_no_address_of_a_sender_is_kept(client: Client, settings: Any) -> None:
    given = {"text": TEXT, "source": SOURCE, "seen": seal()}
    assert client.post(PARKER, given, REMOTE_ADDR="192.0.2.7").status_code == 302
    kept = [*Correction.objects.values(), *SenderCount.objects.values()]
    assert "192.0.2.7" not in json.dumps(kept, default=str)
    first = SenderCount.objects.exclude(sender="").get().sender
    settings.SECRET_KEY *= 2
    SenderCount.objects.all().delete()
    assert client.post(PARKER, {**given, "seen": seal()}, REMOTE_ADDR="192.0.2.7").status_code == 302
    assert SenderCount.objects.exclude(sender="").get().sender != first


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("no address", ""),
    ],
)
def test_a_sender_is_one_address_or_one_network(address: str, network: str) -> None:
    assert client_address.network(address) == network


def test_behind_a_proxy_only_what_it_saw_itself_counts(rf: Any, settings: Any) -> None:
    request = rf.post("/", headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.9"}, REMOTE_ADDR="10.0.0.1")
    assert client_address.address_of(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert client_address.address_of(request) == "198.51.100.9"
