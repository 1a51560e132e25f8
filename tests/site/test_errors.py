"""Addresses that lead nowhere lead on; an unreachable database is said to be one, and a fault of ours stays one."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.records.made import project
from tests.site.html import get
from v2xkb.records.apply import apply_documents
from v2xkb.records.passing import passes

pytestmark = pytest.mark.usefixtures("knowledge_base")

ASK = """
import json, sys, django
django.setup()
from django.test import Client
for address in sys.argv[1:]:
    reply = Client(raise_request_exception=False).get(address)
    headers = reply.headers.get("Retry-After"), reply.headers["Content-Type"].partition(";")[0]
    print(json.dumps([reply.status_code, *headers, reply.content.decode()]))
"""


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/projects/parkr/", "/projects/parker/"),
        ("/projects/PARKER/", "/projects/parker/"),
        ("/terms/vehicle-2-home-v2h/", ""),
        ("/barriers/batery-degradation/", "/barriers/battery-degradation/"),
        ("/claims/project-159/", "/claims/projects-159/"),
    ],
)
def test_a_page_not_found_names_the_records_nearest_to_it(address: str, meant: str) -> None:
    page = get(address)
    assert page.status == 404
    assert not meant or meant in page.links


def test_the_likest_record_comes_first() -> None:
    apply_documents([project("zonkified"), project("zonkified-two")], reason="A test", by="tests")
    links = [link for link in get("/projects/zonkifed/").links if "zonkified" in link]
    assert links == ["/projects/zonkified/", "/projects/zonkified-two/"]


def test_records_of_other_kinds_are_not_offered() -> None:
    assert "/projects/parker/" not in get("/terms/parker/").links


@pytest.mark.parametrize(
    "address", ["/nothing/", "/projects/parker/more/", "/de/nothing/here/", "/%00/", "/projects/ÿ/"]
)
def test_an_address_like_none_of_ours_is_not_found_without_fuss(address: str) -> None:
    page = get(address)
    assert page.status == 404
    assert page.headings == [1, 2]


def test_a_page_not_found_costs_a_few_queries() -> None:
    with CaptureQueriesContext(connection) as captured:
        get("/projects/parkr/")
    assert len(captured) <= 4


def ask(url: str, *addresses: str, debug: str = "off") -> list[list[Any]]:
    """Status, when to ask again, type and text of what an instance of its own answers, with its database at `url`."""
    environment = {
        "DATABASE_URL": url,
        "DATABASE_POOL_SIZE": "0",
        "SECRET_KEY": "for-a-test",
        "DJANGO_SETTINGS_MODULE": "v2xkb.settings",
        "ALLOWED_HOSTS": "testserver",
        "HTTPS": "off",
        "DEBUG": debug,
        "VAR_DIR": str(settings.VAR_DIR),
        "PATH": "/usr/bin:/bin",
    }
    asked = subprocess.run(
        [sys.executable, "-c", ASK, *addresses],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    return [json.loads(line) for line in asked.stdout.splitlines()]


@pytest.fixture
def unreachable(tmp_path: Path) -> str:
    """A database of the kind under test that cannot be had: a server nobody runs, a folder in place of a file."""
    if connection.vendor == "postgresql":
        return "postgres://nobody:nothing@127.0.0.1:1/none?connect_timeout=2"
    (tmp_path / "folder.sqlite3").mkdir()
    return f"sqlite:///{tmp_path / 'folder.sqlite3'}"


def test_pages_answer_503_while_the_database_cannot_be_reached_and_rest_as_a_problem(unreachable: str) -> None:
    page, rest = ask(unreachable, "/projects/", "/api/v1/projects/")
    assert page[:3] == [503, "30", "text/html"]
    assert "The database cannot be reached right now" in page[3]
    assert rest[:3] == [503, "30", "application/problem+json"]
    assert '"status": 503' in rest[3]


def test_pages_that_ask_the_database_nothing_answer_meanwhile(unreachable: str) -> None:
    # For development, as no static files were collected for this instance.
    (reply,) = ask(unreachable, "/about/licence/", debug="on")
    assert reply[0] == 200


def test_a_database_without_tables_is_a_fault_and_no_pause(tmp_path: Path) -> None:
    (reply,) = ask(f"sqlite:///{tmp_path / 'bare.sqlite3'}", "/projects/")
    assert reply[0] == 500
    assert "The fault is on our side" in reply[3]


@pytest.mark.django_db
def test_wrong_sql_is_a_fault_and_no_pause() -> None:
    with pytest.raises(Exception, match="nowhere") as raised, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")
    assert not passes(raised.value)


def test_an_error_of_another_kind_is_no_pause() -> None:
    assert not passes(ValueError("wrong"))
    assert passes(OperationalError("the connection was refused"))


@pytest.mark.parametrize("name", ["400", "500", "503"])
def test_pages_of_faults_need_neither_database_nor_other_hosts(name: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        text = render_to_string(f"{name}.html")
    assert len(captured) == 0
    assert "http" not in text
    assert re.findall(r"{% (?:extends|include).*%}", source(name) + source("_fault")) == ['{% extends "_fault.html" %}']
    for address in ("/static/site/site.css", "/static/site/favicon.svg"):
        assert address in text
        assert Client().get("/").status_code == 200


def source(name: str) -> str:
    return (settings.BASE_DIR / f"v2xkb/site/templates/{name}.html").read_text(encoding="utf-8")
