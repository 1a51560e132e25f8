"""Asking the graph as a client does."""

from typing import Any

from django.test import Client


def ask(client: Client, query: str, **variables: Any) -> dict[str, Any]:
    """The data that a query without faults gives."""
    reply = client.post("/graphql/", {"query": query, "variables": variables}, content_type="application/json")
    content = reply.json()
    assert (reply.status_code, content.get("errors")) == (200, None)
    data: dict[str, Any] = content["data"]
    return data


def refusal(client: Client, query: str, **variables: Any) -> str:
    """What is said of a query that is refused before it runs."""
    reply = client.post("/graphql/", {"query": query, "variables": variables}, content_type="application/json")
    assert reply.status_code == 400
    assert reply.json().keys() == {"errors"}
    message: str = reply.json()["errors"][0]["message"]
    return message


def fault(client: Client, query: str, **variables: Any) -> str:
    """What is said of a field that could not be answered."""
    reply = client.post("/graphql/", {"query": query, "variables": variables}, content_type="application/json")
    assert reply.status_code == 200
    message: str = reply.json()["errors"][0]["message"]
    return message
