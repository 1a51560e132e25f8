"""The tools that analysts use take a release as it is: Frictionless, RDF and SHACL, Datasette."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import frictionless
import pytest
import rdflib
from datasette.app import Datasette
from django.conf import settings
from pyshacl import validate

from v2xkb.releases.building import Built, build
from v2xkb.releases.contents import Role
from v2xkb.releases.states import State

pytestmark = pytest.mark.usefixtures("knowledge_base")

SHAPES = settings.BASE_DIR / "tests/data/shapes.ttl"


@pytest.fixture(scope="module")
def folder(some: State, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small release, whose tables are those of any."""
    place = tmp_path_factory.mktemp("small")
    for _, path, content in build(some, "2026.1"):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(content)
    return place


@pytest.mark.filterwarnings("ignore")
def test_frictionless_accepts_the_package_and_refuses_a_broken_one(folder: Path) -> None:
    def problems(name: str | None = None) -> list[str]:
        report = frictionless.Package(str(folder / "datapackage.json")).validate(name=name)
        return [error.type for task in report.tasks for error in task.errors]

    assert problems() == []
    table = folder / "data/projects_partners.csv"
    whole = table.read_text(encoding="utf-8")
    table.write_text(whole.replace(",nuvve,", ",nobody,"), encoding="utf-8")
    assert problems("projects_partners") == ["foreign-key"]
    table.write_text(whole, encoding="utf-8")


@pytest.mark.filterwarnings("ignore")
def test_every_rdf_file_is_read_and_conforms_to_the_shapes(folder: Path, built: Built) -> None:
    graphs = {path: rdflib.Graph().parse(folder / path) for path in ("rdf/records.ttl", "rdf/terms.ttl", "dcat.ttl")}
    as_json = rdflib.Graph().parse(folder / "rdf/records.jsonld")
    assert {(str(s), str(p)) for s, p, _ in as_json} == {(str(s), str(p)) for s, p, _ in graphs["rdf/records.ttl"]}
    terms = rdflib.Graph().parse(data=built.files[Role.CANONICAL]["rdf/terms.ttl"])
    assert len(terms) > 500
    for graph in (*graphs.values(), terms):
        conforms, _, said = validate(graph, shacl_graph=str(SHAPES))
        assert conforms, said
    label = rdflib.URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    terms.remove((None, label, None))
    assert not validate(terms, shacl_graph=str(SHAPES))[0]


@pytest.mark.filterwarnings("ignore")
def test_datasette_serves_the_tables_and_knows_their_links(folder: Path) -> None:
    async def ask(address: str) -> Any:
        reply = await datasette.client.get(address)
        assert reply.status_code == 200, reply.text
        return json.loads(reply.text)

    datasette = Datasette([str(folder / "v2xkb-2026.1.sqlite3")], immutables=[])
    name = "v2xkb-2026"

    async def look() -> tuple[Any, Any]:
        (database,) = [one for one in await ask("/-/databases.json") if one["name"].startswith(name)]
        path = database["name"].replace(".", "~2E")
        table = await ask(f"/{path}/projects.json?slug=parker&_shape=objects")
        return table, await ask(f"/{path}.json")

    # In a thread of its own: where a browser was opened before, this one has a loop already.
    with ThreadPoolExecutor(1) as thread:
        table, database = thread.submit(asyncio.run, look()).result()
    assert [row["slug"] for row in table["rows"]] == ["parker"]
    (partners,) = [one for one in database["tables"] if one["name"] == "projects_partners"]
    outgoing = {(link["column"], link["other_table"]) for link in partners["foreign_keys"]["outgoing"]}
    assert outgoing >= {("organisation", "organisations"), ("record", "projects"), ("role", "terms")}
