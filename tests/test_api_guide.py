"""The guide for analysts does what it says: its snippets run, in its order, against the data of this repository."""

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from v2xkb.records.models import Record, Revision

pytestmark = pytest.mark.usefixtures("knowledge_base")

GUIDE = (settings.BASE_DIR / "docs/api.md").read_text(encoding="utf-8")
NOTEBOOK = settings.BASE_DIR / "docs/notebooks/nordic-dc-immature-market.ipynb"
CURL = r"^curl (?:-o (?P<file>\S+) )?'http://127\.0\.0\.1:8000(?P<address>[^']+)'(?:\s+# (?P<status>\d+))?$"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.DOTALL)


def test_every_address_answers_as_it_says(client: Client) -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(lines) > 5
    for line in lines:
        found = re.match(CURL, line)
        assert found, line
        reply = client.get(found["address"])
        assert reply.status_code == int(found["status"] or 200), line
        if found["status"] is None and "?" in found["address"] and not found["file"]:
            assert reply.json()["count"], line


def test_the_python_runs(wsgi: WSGIHandler, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = httpx.Client(transport=httpx.WSGITransport(app=wsgi))
    monkeypatch.setattr(httpx, "get", inside.get)
    names: dict[str, Any] = {}
    for block in blocks("python"):
        exec(compile(block, "docs/api.md", "exec"), names)  # noqa: S102 - the guide's own code
    assert len(names["projects"]) > 50
    assert names["by_country"].sum() >= len(names["projects"])
    assert len(names["partners"]) > 10
    assert names["again"].status_code == 304
    assert names["copy"] == {record.pid: record.data for record in Record.objects.all()}
    assert names["revision"] == Revision.objects.current()


def test_the_notebook_answers_its_question(reading_site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("V2XKB", reading_site)
    names: dict[str, Any] = {}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            assert not cell["outputs"], "what was true once is not committed"
            exec(compile("".join(cell["source"]), NOTEBOOK.name, "exec"), names)  # noqa: S102 - the notebook's own code
    assert list(names["funnel"]) == sorted(names["funnel"], reverse=True)
    assert set(names["outcome"].index) == {
        project.slug
        for project in Record.objects.of_kind("project")
        if {"DK", "FI", "IS", "NO", "SE"} & set(project.data.get("countries", []))
        and "dc" in project.data.get("power_flow", [])
        and ("immature-market", "reported")
        in [(report["barrier"], report["stance"]) for report in project.data.get("barriers_met", [])]
    }
    assert names["outcome"].loc["parker", "status"] == "completed"
    assert (names["findings"]["sources"] != "").all()
    assert len(names["reports"])


def test_the_queries_find_what_the_downloads_hold(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for found in re.finditer(CURL, GUIDE, flags=re.MULTILINE):
        if found["file"]:
            (tmp_path / found["file"]).write_bytes(client.get(found["address"]).getvalue())
    monkeypatch.chdir(tmp_path)
    countries, connectors = (duckdb.execute(query).fetchall() for query in blocks("sql"))
    assert len(countries) == len(connectors) == 10
    country, projects = countries[0]
    assert client.get(f"/api/v1/projects/?country={country}").json()["count"] == projects
    slug, _name, connector = connectors[0]
    assert connector in client.get(f"/api/v1/projects/{slug}/").json()["connectors"]
