"""The link checker reaches public machines on the ports of the web, and never anything else."""

import socket
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.curation.web import LOOPBACK, NAME, serving, speaking
from v2xkb.curation.choices import Outcome
from v2xkb.curation.link_checking import Checker, Pace
from v2xkb.curation.link_rule import NotAllowed, Rule, UnknownName, is_public

PRIVATE = [
    "0.0.0.0",  # noqa: S104 - nothing binds to it
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]
PUBLIC = ["1.1.1.1", "193.99.144.80", "2606:4700::1111", "2a00:1450::1", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_the_internets_are_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    rule = Rule(look_up=lambda name, port: [address])
    with pytest.raises(NotAllowed, match="no public address"):
        rule.addresses("inside.example", 443)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_internet_are_allowed(address: str) -> None:
    assert Rule(look_up=lambda name, port: [address]).addresses("outside.example", 443) == [address]


@given(st.integers(0, 2**32 - 1))
def test_an_address_is_judged_alike_however_it_is_wrapped(number: int) -> None:
    public = is_public(ip_address(number))
    assert is_public(ip_address((0xFFFF << 32) + number)) == public
    assert is_public(ip_address((0x0064FF9B << 96) + number)) == public
    assert is_public(ip_address((0x2002 << 112) + (number << 80))) == public


def test_a_name_with_one_public_and_one_private_address_is_refused_whole() -> None:
    for addresses in (["1.1.1.1", "10.0.0.1"], ["::1", "2606:4700::1111"], ["1.1.1.1", "fe80::1%eth0"]):
        with pytest.raises(NotAllowed):
            Rule(look_up=lambda name, port, found=addresses: found).addresses("both.example", 443)  # type: ignore[misc]


def test_a_name_without_addresses_is_unknown() -> None:
    with pytest.raises(UnknownName):
        Rule(look_up=lambda name, port: []).addresses("none.example", 443)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fc00::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://0/",
        "https://user:secret@v2xkb.example/",
        "https://user@v2xkb.example/",
        "http://v2xkb.example:8080/",
        "http://v2xkb.example:22/",
        "http://v2xkb.example:99999/",
        "ftp://v2xkb.example/",
        "file:///etc/passwd",
        "gopher://v2xkb.example/",
        "http:///nothing",
        "http://[::1",
        "http://" + "a" * 300 + ".example/",
    ],
)
def test_the_rule_in_use_asks_none_of_these(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is put in place of the rule; only that no connection is made is watched."""
    connected = []
    monkeypatch.setattr(socket, "create_connection", lambda *args, **rest: connected.append(args))
    result = Checker(pace=Pace(sleep=lambda seconds: None)).check(address)
    assert (result.outcome, bool(result.detail)) == (Outcome.REFUSED, True)
    assert connected == []


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/",
        "http://10.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "//inside.example/",
        "https://inside.example/",
        "file:///etc/passwd",
        "http://u:p@sources.example/",
    ],
)
def test_a_redirect_to_what_is_not_public_is_refused(target: str) -> None:
    with serving() as web:
        place = target.replace("169.254.169.254", f"169.254.169.254:{web.port}").replace(
            "10.0.0.1/", f"10.0.0.1:{web.port}/"
        )
        place = place.replace("10.0.0.1]/", f"10.0.0.1]:{web.port}/").replace(
            "inside.example", f"inside.example:{web.port}"
        )
        web.answers["/a"] = (302, {"Location": place})
        names = {"inside.example": ["192.168.0.1"], NAME: [LOOPBACK]}
        result = web.checker(lambda name, port: names.get(name, [name])).check(web.address("/a"))
    assert (result.outcome, result.status) == (Outcome.REFUSED, None)
    assert {path for _, _, path in web.asked} == {"/a"}


def test_a_name_that_changes_its_address_between_look_and_use_gains_nothing() -> None:
    """The first look-up answers with what may be asked, every later one with what may not: it is looked up once."""
    looked_up: list[str] = []

    def rebinding(name: str, port: int) -> list[str]:
        looked_up.append(name)
        return [LOOPBACK] if len(looked_up) == 1 else ["169.254.169.254"]

    with serving() as web:
        web.answers["/a"] = (200, {})
        assert web.checker(rebinding).check(web.address("/a")).outcome == Outcome.ANSWERS
        assert looked_up == [NAME]
        assert web.asked == [("HEAD", NAME, "/a")]
        # Another request is another look, and is judged anew.
        assert web.checker(rebinding).check(web.address("/a")).outcome == Outcome.REFUSED
    assert len(web.asked) == 1


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = []
    connect = socket.create_connection

    def watched(address: tuple[str, int], *args: object, **rest: object) -> socket.socket:
        connected.append(address)
        return connect(address, *args, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_connection", watched)
    with serving() as web:
        web.answers["/a"] = (200, {})
        assert web.checker().check(web.address("/a")).outcome == Outcome.ANSWERS
    assert connected == [(LOOPBACK, web.port)]


def test_a_server_without_valid_certificate_is_no_answer() -> None:
    with speaking(lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")) as web:
        result = web.checker().check(web.address("/").replace("http:", "https:"))
    assert (result.outcome, result.status) == (Outcome.FAILED, None)
