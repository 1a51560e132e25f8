"""What can be set, asked, called or typed is documented; what is documented exists."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from projects.filtersets import ProjectFilterSet
from v2xkb.records import registry
from v2xkb.records.apply import apply_documents
from v2xkb.records.dictionary import fields
from v2xkb.records.reading import validated

OWN_APPS = {
    "projects",
    "barriers",
    "v2xkb.accounts",
    "v2xkb.backups",
    "v2xkb.curation",
    "v2xkb.records",
    "v2xkb.releases",
    "v2xkb.taxonomy",
    "v2xkb.literature",
    "v2xkb.site",
}


def text_of(name: str) -> str:
    return (settings.BASE_DIR / name).read_text(encoding="utf-8")


PAGES = [*sorted((settings.BASE_DIR / "docs").rglob("*.md")), *sorted(settings.BASE_DIR.glob("*.md"))]
EXAMPLES = sorted(set(re.findall(r"127\.0\.0\.1:8000(/[^'\s]*)", text_of("docs/interfaces.md"))))


def addresses(patterns: Sequence[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    """Every address outside the admin, its variable parts written `<…>`."""
    for item in patterns:
        address = prefix + str(item.pattern)
        if isinstance(item, URLPattern):
            # The address that stands for whatever doesn't exist is none.
            if ".*" not in address:
                plain = re.sub(
                    r"\(\?P<(\w+)>[^)]*\)", r"<\1>", address.replace("^", "").replace("$", "").replace("\\.", ".")
                )
                yield re.sub(r"<\w+:(\w+)>", r"<\1>", plain)
        elif not address.startswith("/admin/"):
            yield from addresses(item.url_patterns, address)


def test_every_setting_is_in_the_table_and_the_table_has_no_other() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (settings.BASE_DIR / "v2xkb").glob("*.py"))
    read = set(
        re.findall(r"""(?:env\.\w+|environ\.get|switch|one_of|number|whole|environ)[(\[]\s*"([A-Z_]+)\"""", code)
    )
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", text_of("CONTRIBUTING.md"), flags=re.MULTILINE))
    assert read - {"DJANGO_SETTINGS_MODULE"} == documented


def test_every_command_of_ours_is_in_the_table_and_says_what_it_does() -> None:
    ours = {name: app for name, app in get_commands().items() if app in OWN_APPS}
    text = text_of("docs/records.md") + text_of("docs/curation.md")
    documented = set(re.findall(r"^\| `manage\.py (\w+)", text, flags=re.MULTILINE))
    assert set(ours) == documented
    assert all(load_command_class(app, name).help for name, app in ours.items())


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_every_field_is_described_and_stands_in_the_dictionary(kind: registry.Kind) -> None:
    dictionary = text_of("docs/reference/dictionary.md")
    for field in fields(kind.document):
        assert field.description or field.path == "kind", f"{kind}: {field.path} has no description"
        assert f"| `{field.path}` |" in dictionary, f"{kind}: run `make data`"


def test_every_facet_is_described_and_stands_in_the_interface_description() -> None:
    described = text_of("docs/reference/openapi.yaml")
    for parameter in ProjectFilterSet.parameters():
        assert parameter.help_text
        assert f"name: {parameter.name}\n" in described


def test_every_address_is_documented() -> None:
    text = text_of("docs/interfaces.md")
    documented = set(re.findall(r"`(/[^`\s]*)`", text))
    collections = {f"`{kind.folder}`" for kind in registry.kinds()}
    assert all(name in text for name in collections)
    known = {re.sub(r"<[^>]+>", "<>", address) for address in documented}
    for kind in registry.kinds():
        known |= {f"/api/v1/{kind.folder}/{rest}" for rest in ("", "<>/", "<>/versions/", "<>/versions/<>/")}
    answered = {re.sub(r"<[^>]+>", "<>", address) for address in addresses(get_resolver().url_patterns)}
    assert answered - known - {"/favicon.ico"} == set()


@pytest.mark.usefixtures("knowledge_base")
@pytest.mark.parametrize("address", EXAMPLES)
def test_every_example_address_answers(address: str, client: Client) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.usefixtures("knowledge_base")
def test_the_example_query_answers_without_errors(client: Client) -> None:
    (query,) = re.findall(r"```graphql\n(.*?)```", text_of("docs/interfaces.md"), flags=re.DOTALL)
    answer = client.get("/graphql/", {"query": query}).json()
    assert "errors" not in answer
    assert answer["data"]["projects"]["totalCount"] > 50
    assert all(edge["node"]["bases"] for edge in answer["data"]["projects"]["edges"])


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_a_link_between_documents_leads_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)[^)]*\)", file.read_text(encoding="utf-8")):
        assert (file.parent / target).exists(), target


@pytest.mark.django_db
@pytest.mark.usefixtures("knowledge_base")
def test_the_example_of_a_contribution_can_be_loaded() -> None:
    examples = re.findall(r"```json\n(.*?)```", text_of("CONTRIBUTING.md"), flags=re.DOTALL)
    documents = [validated(json.loads(example), "CONTRIBUTING.md") for example in examples]
    assert {document.kind for document in documents} == {"reference", "project"}
    assert apply_documents(documents, reason="A test.", by="tester").created == [
        "reference/example-depot-report-2026",
        "project/example-depot",
    ]
