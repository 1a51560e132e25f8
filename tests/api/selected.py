"""Numbers over a selection of projects as REST answers them: read, held against their description, refused."""

from typing import Any

import jsonschema
from django.test import Client

from tests.api.described import description


def asked(client: Client, address: str, query: str) -> dict[str, Any]:
    reply = client.get(f"{address}?{query}")
    assert reply.status_code == 200, reply.content
    answer: dict[str, Any] = reply.json()
    return answer


def parameters_of_fitting(client: Client, address: str, queries: list[str]) -> set[str]:
    """The parameters described of an address whose replies to all `queries` fit their description."""
    operation = description()["paths"][address]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    for query in queries:
        jsonschema.Draft202012Validator(schema).validate(asked(client, address, query))
    return {entry["name"] for entry in operation["parameters"]}


def assert_refused(client: Client, address: str, query: str, parameter: str, detail: str) -> None:
    reply = client.get(f"{address}?{query}")
    assert (reply.status_code, reply["Content-Type"]) == (400, "application/problem+json")
    assert reply.json()["errors"] == [{"parameter": parameter, "detail": detail}]
