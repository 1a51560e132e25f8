"""Addresses are asked politely and within bounds; what is dead follows the rule and stands in its queue."""

import errno
import itertools
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.curation.people import person
from tests.curation.web import LOOPBACK, NAME, serving, speaking
from tests.records import made
from v2xkb.curation.choices import Outcome
from v2xkb.curation.link_checking import MOST_REDIRECTS, Checker, Pace, Result, spread
from v2xkb.curation.link_querysets import digest
from v2xkb.curation.link_rule import Rule, UnknownName
from v2xkb.curation.links import holders, kinds_with_addresses, live_addresses, prepare
from v2xkb.curation.models import LinkCheck
from v2xkb.records.addresses import web_addresses
from v2xkb.records.models import Record

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://sources.example/a"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.ANSWERS),
        (204, Outcome.ANSWERS),
        (401, Outcome.UNSURE),
        (403, Outcome.UNSURE),
        (429, Outcome.UNSURE),
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (500, Outcome.FAILED),
        (503, Outcome.FAILED),
    ],
)
def test_each_status_means_one_outcome(status: int, outcome: Outcome) -> None:
    with serving() as web:
        web.answers["/a"] = (status, {})
        assert web.checker().check(web.address("/a")) == Result(outcome, status)


def test_get_is_asked_only_where_head_is_not_answered_well() -> None:
    with serving() as web:
        web.answers["/a"] = (200, {})
        web.checker().check(web.address("/a"))
        web.refuses_head = True
        assert web.checker().check(web.address("/a")).outcome == Outcome.ANSWERS
    assert [method for method, *_ in web.asked] == ["HEAD", "HEAD", "GET"]


def test_a_request_says_who_asks_and_nothing_of_a_person() -> None:
    with serving() as web:
        web.checker().check(web.address("/a"))
        assert web.agent.startswith("v2xkb-link-check")  # type: ignore[attr-defined]
        assert "@" not in web.agent  # type: ignore[attr-defined]


def test_redirects_are_followed_and_told() -> None:
    with serving() as web:
        web.answers |= {
            "/a": (301, {"Location": "b?x=1"}),
            "/b": (302, {"Location": web.address("/c")}),
            "/c": (200, {}),
        }
        result = web.checker().check(web.address("/a#mark"))
    assert result == Result(Outcome.ANSWERS, 200, f"it leads to {web.address('/c')}")
    assert [path for _, _, path in web.asked] == ["/a", "/b?x=1", "/c"]


def test_redirects_without_end_are_given_up() -> None:
    with serving() as web:
        web.answers["/a"] = (302, {"Location": "/a"})
        assert web.checker().check(web.address("/a")).outcome == Outcome.UNSURE
    assert len(web.asked) == MOST_REDIRECTS + 1


def test_addresses_in_other_alphabets_are_asked_as_browsers_ask_them() -> None:
    with serving() as web:
        web.answers["/%C3%BC/%20b"] = (200, {})
        checker = web.checker(lambda name, port: {"xn--mnchen-3ya.example": [LOOPBACK]}[name])
        assert checker.check(web.address("/ü/%20b", name="münchen.example")).outcome == Outcome.ANSWERS
    assert web.asked == [("HEAD", "xn--mnchen-3ya.example", "/%C3%BC/%20b")]


def test_a_second_passes_between_requests_to_one_host_and_none_between_hosts() -> None:
    now = itertools.count(0, 0.25)
    slept: list[float] = []
    pace = Pace(clock=lambda: next(now), sleep=slept.append)
    for host in ("a.example", "b.example", "a.example", "a.example", "b.example"):
        pace.wait(host)
    assert slept == [0.5, 1.25, 0.25]


def test_heads_gets_and_redirects_keep_the_pace_too() -> None:
    slept: list[float] = []
    with serving() as web:
        web.answers = {"/a": (302, {"Location": "/b"})}
        Checker(web.rule(), Pace(clock=lambda: 100.0, sleep=slept.append)).check(web.address("/a"))
    assert [method for method, *_ in web.asked] == ["HEAD", "HEAD", "GET"]
    assert slept == [1.0, 2.0]


def test_hosts_take_turns() -> None:
    addresses = ["http://a/1", "http://a/2", "http://a/3", "http://b/1", "nonsense"]
    assert list(spread(addresses)) == ["http://a/1", "http://b/1", "nonsense", "http://a/2", "http://a/3"]


SERVES_FOR = 15.0


def enduring() -> Iterator[None]:
    """For as long as a server goes on: longer than the checker may wait, and not for ever."""
    end = time.monotonic() + SERVES_FOR
    while time.monotonic() < end:
        yield


def drip(connection: socket.socket) -> None:
    """One byte of a header at a time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    connection.settimeout(0.05)
    for _ in enduring():
        connection.sendall(b"a")
        try:
            if not connection.recv(4096):
                return
        except TimeoutError:
            continue


def continue_for_ever(connection: socket.socket) -> None:
    for _ in enduring():
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


def endless_header(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in enduring():
        connection.sendall(b"X: " + b"a" * 60_000 + b"\r\n")


def endless_body(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in enduring():
        connection.sendall(b"a" * 60_000)


@pytest.mark.parametrize(
    ("speak", "outcome"),
    [
        (drip, Outcome.FAILED),
        (continue_for_ever, Outcome.FAILED),
        (endless_header, Outcome.FAILED),
        (endless_body, Outcome.ANSWERS),
        (lambda connection: None, Outcome.FAILED),
        (lambda connection: connection.sendall(b"\x00\xff" * 1000), Outcome.FAILED),
        (lambda connection: connection.recv(1_000_000) and connection.recv(1), Outcome.FAILED),
    ],
    ids=["drip", "continue", "header", "body", "hang up", "noise", "silence"],
)
def test_a_server_cannot_hold_the_checker_or_fill_its_memory(speak: object, outcome: Outcome) -> None:
    begun = time.monotonic()
    with speaking(speak) as web:  # type: ignore[arg-type]
        checker = web.checker()
        checker.seconds = 0.5
        assert checker.check(web.address("/")).outcome == outcome
    assert time.monotonic() - begun < SERVES_FOR


def test_nobody_listening_is_a_failure_and_no_way_out_is_not_theirs() -> None:
    with serving() as web:
        checker = web.checker()
    assert checker.check(web.address("/")).outcome == Outcome.FAILED

    def unreachable(name: str, port: int) -> list[str]:
        raise UnknownName("its name cannot be looked up at the moment", passing=True)

    assert Checker(Rule(look_up=unreachable), Pace()).check(URL).outcome == Outcome.UNSURE


def test_a_network_that_is_down_is_not_the_fault_of_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*args: object, **rest: object) -> None:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "create_connection", down)
    result = Checker(Rule(look_up=lambda name, port: ["1.1.1.1"]), Pace()).check(URL)
    assert (result.outcome, "no way" in result.detail) == (Outcome.UNSURE, True)


def after(*found: tuple[Outcome, int]) -> LinkCheck:
    """What is known after outcomes, each so many days after the first day."""
    row = LinkCheck(url=URL)
    for outcome, days in found:
        row.learn(outcome, None, "", DAY + timedelta(days=days))
    return row


ANSWERS, GONE, FAILED, UNSURE = Outcome.ANSWERS, Outcome.GONE, Outcome.FAILED, Outcome.UNSURE


@pytest.mark.parametrize(
    ("found", "dead"),
    [
        ([(FAILED, 0), (FAILED, 1)], False),
        ([(FAILED, 0), (FAILED, 1), (FAILED, 2)], True),
        ([(FAILED, 0), (UNSURE, 1), (FAILED, 2), (FAILED, 3)], True),
        ([(FAILED, 0), (FAILED, 1), (ANSWERS, 2), (FAILED, 3)], False),
        ([(GONE, 0), (GONE, 0)], False),
        ([(GONE, 0), (GONE, 1)], True),
        ([(GONE, 0), (ANSWERS, 1), (GONE, 2)], False),
        ([(GONE, 0), (UNSURE, 1), (GONE, 2)], True),
        ([(FAILED, 0), (GONE, 1)], False),
        ([(UNSURE, 0), (UNSURE, 1), (UNSURE, 2)], False),
        ([(Outcome.REFUSED, 0), (Outcome.REFUSED, 1), (Outcome.REFUSED, 2)], False),
        ([(GONE, 0), (GONE, 1), (ANSWERS, 2)], False),
    ],
)
def test_an_address_is_dead_after_three_failures_or_gone_on_two_days(
    found: list[tuple[Outcome, int]], dead: bool
) -> None:
    assert after(*found).is_dead == dead


def test_addresses_are_found_wherever_the_declaration_puts_them() -> None:
    document = made.reference(url=URL, title="See https://elsewhere.example/")
    assert list(web_addresses(document)) == [("url", URL)]
    assert list(web_addresses(made.project("p"))) == []


@pytest.fixture
def references(knowledge_base: None) -> list[str]:
    return live_addresses()


def test_every_address_of_the_live_records_is_known_once(references: list[str]) -> None:
    written = {record.data["url"] for record in Record.objects.of_kind("reference") if "url" in record.data}
    assert (set(references), len(references)) == (written, len(written))
    assert kinds_with_addresses() == ["reference"]


def test_holders_are_named_with_their_paths(references: list[str]) -> None:
    record = Record.objects.called("reference", "acharya-2020")
    assert record is not None
    (holder,) = holders([record.data["url"]])[record.data["url"]]
    assert (holder.slug, holder.path) == ("acharya-2020", "url")
    assert holders(["https://nobody.example/100%"]) == {"https://nobody.example/100%": []}


def test_those_never_asked_come_first_then_the_oldest_within_the_limit(references: list[str]) -> None:
    LinkCheck.objects.bulk_create(
        LinkCheck(url=url, digest=digest(url), outcome=ANSWERS, checked_at=DAY - timedelta(days=days))
        for days, url in enumerate(references[:-2])
    )
    LinkCheck.objects.learn("https://nobody.example/", Result(FAILED), DAY)
    run = prepare(DAY, limit=3, older_than=timedelta(days=5))
    assert set(run.due) == {references[-1], references[-2], references[-3]}
    assert run.addresses == len(references)
    assert not LinkCheck.objects.filter(url="https://nobody.example/").exists()
    everything = prepare(DAY, limit=10_000, older_than=timedelta(days=5))
    assert set(everything.due) == {*references[5:]}


def test_the_command_keeps_what_it_finds_and_says_so(references: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    class Canned(Checker):
        def check(self, address: str) -> Result:
            return Result(GONE, 404)

    call_command("check_links", limit=2, checker=Canned())
    said = capsys.readouterr().out
    assert LinkCheck.objects.filter(outcome=GONE, failures_in_a_row=1).count() == 2
    assert f"2 of {len(references)} addresses asked: 2 not found. 0 dead." in said
    call_command("check_links", limit=0, checker=Canned())
    assert LinkCheck.objects.count() == 2


@pytest.mark.django_db
def test_limits_that_are_none_are_refused() -> None:
    with pytest.raises(CommandError, match="--limit is -1"):
        call_command("check_links", limit=-1)


def dead(url: str) -> None:
    for days in range(3):
        LinkCheck.objects.learn(url, Result(FAILED, 500, "it leads to <b>"), DAY + timedelta(days=days))


def test_the_queue_lists_dead_links_with_the_records_that_hold_them(references: list[str], client: Client) -> None:
    record = Record.objects.called("reference", "acharya-2020")
    assert record is not None
    dead(record.data["url"])
    LinkCheck.objects.learn(references[0], Result(FAILED), DAY)
    client.force_login(person("Contributor"))
    page = client.get(reverse("admin:curation_queue", args=["dead-links"]))
    assert "<strong>1</strong> waiting" in page.text
    assert reverse("admin:curation_edit", args=["reference", "acharya-2020"]) in page.text
    assert "500, it leads to &lt;b&gt;" in page.text
    assert "3 times in a row since <time>2026-03-01" in page.text
    assert "<code>url</code>" in page.text


def test_the_queue_costs_the_same_number_of_queries_for_3_and_30_links(references: list[str], client: Client) -> None:
    client.force_login(person("Contributor"))
    spent = []
    for count in (3, 30):
        for url in references[:count]:
            dead(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("admin:curation_queue", args=["dead-links"]))
        spent.append(len(queries))
    assert spent[0] == spent[1]


@pytest.mark.django_db
def test_strangers_do_not_see_the_queue(client: Client) -> None:
    address = reverse("admin:curation_queue", args=["dead-links"])
    assert client.get(address).status_code == 302
    client.force_login(person(None))
    assert client.get(address).status_code in (302, 403)


def test_two_addresses_longer_than_an_index_takes_are_told_apart(db: None) -> None:
    long = "https://sources.example/" + "é" * 1970
    LinkCheck.objects.learn(long + "a", Result(GONE), DAY)
    LinkCheck.objects.learn(long + "b", Result(GONE), DAY)
    LinkCheck.objects.learn(long + "b", Result(GONE), DAY + timedelta(days=1))
    assert list(LinkCheck.objects.dead().values_list("url", flat=True)) == [long + "b"]


def test_names_of_hosts_are_looked_up_as_given() -> None:
    with serving() as web:
        web.answers["/"] = (200, {})
        assert web.checker().check(web.address("")).outcome == Outcome.ANSWERS
    assert web.asked == [("HEAD", NAME, "/")]
