"""The description of the interface says what the interface does."""

import re
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from projects.filtersets import ProjectFilterSet
from tests.api.described import description
from v2xkb.records import registry
from v2xkb.records.openapi_forms import written

# One says everything by itself, the others want a token.
WITHOUT_EXAMPLES = {
    "/api/v1/",
    "/api/v1/schemas/{kind}.json",
    "/api/v1/proposals/{id}/",
    "/api/v1/corpus-uploads/{id}/",
}
# No export comes with the code.
EMPTY = {"/api/v1/corpora/{slug}/publications/"}

ADDRESS = "/api/v1/schema/"

pytestmark = pytest.mark.usefixtures("knowledge_base")


@pytest.fixture(name="description")
def described() -> dict[str, Any]:
    return description()


def answer_of(description: dict[str, Any], path: str) -> Draft202012Validator:
    content = description["paths"][path]["get"]["responses"]["200"]["content"]
    # Its references point to the components of the whole.
    return Draft202012Validator(content["application/json"]["schema"] | {"components": description["components"]})


def test_it_is_valid_openapi(description: dict[str, Any]) -> None:
    validate_schema(description)


def test_it_is_given_as_json_too(client: Client, description: dict[str, Any]) -> None:
    assert client.get(ADDRESS, headers={"accept": "application/json"}).json() == description


def test_it_is_the_file_that_comes_with_the_code_whatever_whoever_asks_first_speaks(client: Client) -> None:
    written.cache_clear()
    with translation.override("de"):
        content = written("yaml")
    reply = client.get(ADDRESS)
    # Half a megabyte is no help where they differ.
    is_the_file = content == reply.content == (settings.BASE_DIR / "docs/reference/openapi.yaml").read_bytes()
    assert is_the_file
    assert reply["Content-Type"] == "application/vnd.oai.openapi; charset=utf-8"
    assert reply["Content-Disposition"] == 'inline; filename="v2xkb.yaml"'


@pytest.mark.parametrize("accept", ["application/yaml", "application/json"])
def test_it_is_made_once(client: Client, monkeypatch: pytest.MonkeyPatch, accept: str) -> None:
    first = client.get(ADDRESS, headers={"accept": accept})
    monkeypatch.delattr(SchemaGenerator, "get_schema")
    client.force_login(User.objects.create_user("somebody"))
    again = client.get(ADDRESS, headers={"accept": f"{accept}; indent=2", "host": "localhost"})
    is_same = again.content == first.content
    assert (again.status_code, is_same, again["ETag"]) == (200, True, first["ETag"])


def test_it_has_no_parameters(client: Client) -> None:
    for query in ("lang=de", "version=2", "no-such=1"):
        assert client.get(f"{ADDRESS}?{query}").status_code == 400


@pytest.mark.parametrize("folder", [kind.folder for kind in registry.kinds()])
def test_replies_fit_their_description(client: Client, description: dict[str, Any], folder: str) -> None:
    page = client.get(f"/api/v1/{folder}/").json()
    answer_of(description, f"/api/v1/{folder}/").validate(page)
    one = client.get(f"/api/v1/{folder}/{page['results'][0]['slug']}/").json()
    answer_of(description, f"/api/v1/{folder}/{{name}}/").validate(one)


@pytest.mark.parametrize("address", ["", "search/?q=frequency"])
def test_other_replies_fit_their_description(client: Client, description: dict[str, Any], address: str) -> None:
    reply = client.get(f"/api/v1/{address}").json()
    answer_of(description, f"/api/v1/{address.partition('?')[0]}").validate(reply)


@pytest.mark.parametrize(
    ("path", "address", "status"),
    [
        ("projects/", "projects/?tier=V9X", "400"),
        ("projects/", "projects/?page=99", "404"),
        ("projects/{name}/", "projects/no-such/", "404"),
        ("search/", "search/", "400"),
    ],
)
def test_problems_fit_their_description(
    client: Client, description: dict[str, Any], path: str, address: str, status: str
) -> None:
    reply = client.get(f"/api/v1/{address}")
    assert str(reply.status_code) == status
    answers = description["paths"][f"/api/v1/{path}"]["get"]["responses"]
    assert answers[status]["content"] == {reply["Content-Type"]: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    jsonschema.validate(reply.json(), description["components"]["schemas"]["Problem"])


def test_every_parameter_of_the_filter_set_is_described_and_vocabularies_stay_open(description: dict[str, Any]) -> None:
    described = {entry["name"]: entry for entry in description["paths"]["/api/v1/projects/"]["get"]["parameters"]}
    parameters = ProjectFilterSet.parameters()
    assert described.keys() == {parameter.name for parameter in parameters} | {
        *("page", "page_size", "cursor", "fields", "expand", "facets")
    }
    for parameter in parameters:
        assert described[parameter.name]["description"] == parameter.help_text
    assert described["connector"]["schema"] == {"type": "array", "items": {"type": "string"}}
    assert described["tier"]["schema"]["items"]["enum"] == ["V1G", "V2X", "not-reported", "study"]


def test_every_collection_and_what_stands_beside_them_is_described(client: Client, description: dict[str, Any]) -> None:
    root = client.get("/api/v1/").json()
    served = {entry["url"].removeprefix("http://testserver") for entry in root["collections"]}
    described = description["paths"].keys()
    assert described >= {
        *served,
        *(f"{address}{{name}}/" for address in served),
        *(
            "/api/v1/",
            "/api/v1/search/",
            "/api/v1/classification/",
            "/api/v1/barrier-map/",
            "/api/v1/schemas/{kind}.json",
        ),
    }


def test_every_operation_that_reads_has_an_example_and_every_example_finds_something(
    client: Client, description: dict[str, Any]
) -> None:
    for path, methods in description["paths"].items():
        examples = re.findall(r"`(/api/v1/[^`]+)`", methods.get("get", {}).get("description", ""))
        assert examples or "get" not in methods or path in WITHOUT_EXAMPLES, path
        for address in examples:
            reply = client.get(address)
            assert reply.status_code == 200, (address, reply.content)
            answer = reply.json()
            assert answer.get("results", True) or path in EMPTY, address
            answer_of(description, path).validate(answer)
