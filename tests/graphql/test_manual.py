"""What docs/graphql.md shows works as it stands there, and its limits are those that hold."""

import re
import shlex
from collections.abc import Mapping

import httpx
import pytest
from django.conf import settings
from django.test import Client

from projects.models import Project
from tests.graphql.asking import ask
from v2xkb.records.graphql.bounds import LIMITS

pytestmark = pytest.mark.usefixtures("knowledge_base")

HOST = "http://127.0.0.1:8000"
TEXT = (settings.BASE_DIR / "docs" / "graphql.md").read_text(encoding="utf-8")


def snippets(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, flags=re.DOTALL)


def sent(command: str) -> tuple[str, str, Mapping[str, str]]:
    """Method, address and what is sent of a command line for curl."""
    name, *words = shlex.split(command.replace("\\\n", " "))
    assert name == "curl"
    method, address, given = "GET", "", {}
    while words:
        match words.pop(0):
            case "-X":
                method = words.pop(0)
            case "-H":
                header, value = words.pop(0).split(": ")
                given[header] = value
            case "-d":
                given["body"] = words.pop(0)
            case "--data-urlencode":
                parameter, _, value = words.pop(0).partition("=")
                given[parameter] = value
            case "-G":
                pass
            case other:
                address = other.removeprefix(HOST)
    return method, address, given


@pytest.mark.parametrize("command", snippets("sh"))
def test_a_command_of_curl_is_answered(client: Client, command: str) -> None:
    method, address, given = sent(command)
    assert address == "/graphql/"
    if method == "POST":
        reply = client.post(address, given["body"], content_type=given["Content-Type"])
    else:
        reply = client.get(address, {"query": given["query"]})
    assert reply.status_code == 200
    assert reply.json().keys() == {"data"}


def test_the_example_query_is_answered_in_every_part(client: Client) -> None:
    (query,) = snippets("graphql")
    found = ask(client, query)
    assert found["projects"]["nodes"]
    assert found["search"]["totalCount"]
    assert all(found.values())


def test_the_example_in_python_reads_every_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def handle(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        assert (request.method, str(request.url)) == ("POST", f"{HOST}/graphql/")
        reply = client.post("/graphql/", request.content, content_type=request.headers["Content-Type"])
        return httpx.Response(reply.status_code, content=reply.content, request=request)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle)
    (code,) = snippets("python")
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102 - it is our own manual
    projects, table = names["projects"], names["by_barrier"]
    assert isinstance(projects, list)
    assert len(projects) == Project.objects.filter(projectscenario_rows__term__slug="v2g").distinct().count() > 100
    assert table.loc["immature-market"].sum() > 0  # type: ignore[attr-defined]


def test_the_limits_told_are_those_that_hold() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \| ([\d,]+) \| (.+) \|$", TEXT, flags=re.MULTILINE)
    assert rows == [(limit.name, f"{limit.most:,}", limit.counts) for limit in LIMITS]
