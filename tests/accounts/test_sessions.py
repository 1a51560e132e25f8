"""A session ends when its time is over, when nobody comes, and when its owner says so; reading costs nothing more."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.signing_in import curator, is_in, sign_in
from v2xkb.accounts.models import Session

pytestmark = pytest.mark.django_db

END = "/admin/account/sessions/"


@pytest.fixture
def anna(client: Client) -> User:
    user = curator()
    assert sign_in(client).status_code == 302
    return user


def seen(ago: timedelta) -> None:
    Session.objects.update(seen_at=timezone.now() - ago)


@pytest.mark.usefixtures("anna")
def test_it_ends_without_a_visit_for_half_an_hour_and_a_visit_puts_that_off(client: Client) -> None:
    seen(timedelta(minutes=29))
    assert is_in(client)
    assert timezone.now() - Session.objects.get().seen_at < timedelta(minutes=1)
    seen(timedelta(minutes=31))
    assert not is_in(client)
    assert not Session.objects.exists()


@pytest.mark.usefixtures("anna")
def test_it_ends_twelve_hours_after_signing_in_however_often_it_is_written(client: Client) -> None:
    ends = Session.objects.get().expire_date
    assert timedelta(hours=11.9) < ends - timezone.now() <= timedelta(hours=12)
    session = client.session
    session["more"] = 1
    session["begun_at"] -= 3600
    session.save()
    assert abs(Session.objects.get().expire_date - (ends - timedelta(hours=1))) < timedelta(seconds=1)
    Session.objects.update(expire_date=timezone.now())
    assert not is_in(client)


@pytest.mark.usefixtures("anna")
def test_looking_at_a_page_writes_no_more_than_once_a_minute(client: Client) -> None:
    for ago, writes in ((timedelta(seconds=50), 0), (timedelta(seconds=70), 1)):
        seen(ago)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/admin/account/")
        assert sum(query["sql"].startswith("UPDATE") for query in queries) == writes


@pytest.mark.usefixtures("knowledge_base")
def test_a_public_page_asks_for_no_session(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get("/about/")
    assert not [query for query in queries if "accounts_" in query["sql"] or "auth_" in query["sql"]]
    assert not client.cookies


def test_ones_own_sessions_are_listed_and_ended_and_nobody_elses(client: Client, anna: User) -> None:
    others = [Client(), Client()]
    for other in others:
        sign_in(other)
    bob = Client()
    curator("bob")
    sign_in(bob, "bob")
    page = client.get("/admin/account/").text
    numbers = {session.number: session for session in Session.objects.of(anna)}
    assert len(numbers) == 3
    assert all(session.pk not in page for session in numbers.values())
    mine = Session.objects.get(pk=client.session.session_key)
    (first, second) = (Session.objects.get(pk=other.session.session_key) for other in others)
    assert first.number in page
    assert mine.number not in page
    client.post(END, {"which": first.number})
    assert [is_in(other) for other in others] == [False, True]
    client.post(END, {"which": Session.objects.get(user__username="bob").number})
    assert is_in(bob)
    client.post(END, {"which": "others"})
    assert not is_in(others[1])
    assert is_in(client)
    assert second.number not in client.get("/admin/account/").text


@pytest.mark.usefixtures("anna")
def test_signing_out_takes_a_post(client: Client) -> None:
    assert client.get("/admin/logout/").status_code == 405
    assert is_in(client)
    assert client.post("/admin/logout/").status_code == 200
    assert not is_in(client)
    assert settings.SESSION_COOKIE_HTTPONLY
