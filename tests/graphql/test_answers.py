"""What the graph tells besides records is what REST and the site tell, asked in the same way."""

from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLObjectType, get_named_type

from projects.claims import verdicts
from projects.documents import ClaimDocument
from projects.filtersets import ProjectFilterSet
from tests.graphql.asking import ask, fault, refusal
from v2xkb.records import registry
from v2xkb.records.models import Record
from v2xkb.schema import PARTS, schema

pytestmark = pytest.mark.usefixtures("knowledge_base")

LISTS = [pytest.param(listed, id=listed.kind) for part in PARTS for listed in part.LISTS]
# A field of the graph with its arguments, and the address of the same in REST.
SAME = [
    ("statistics", "/api/v1/statistics/"),
    (
        'statistics(country: ["DK", "NL"], citedOnly: true, serviceAll: ["peak-shaving"])',
        "/api/v1/statistics/?cited_only=1&country=DK&country=NL&service__all=peak-shaving",
    ),
    ("barrierMap", "/api/v1/barrier-map/"),
    ('barrierMap(by: "scenario", citedOnly: true)', "/api/v1/barrier-map/?by=scenario&cited_only=1"),
    ('barrierMap(layer: "projects", tier: ["V2X"])', "/api/v1/barrier-map/?layer=projects&tier=V2X"),
    (
        'barrierMap(layer: "projects", by: "scenario", set: "v2xkb-15", actor: ["dso"])',
        "/api/v1/barrier-map/?actor=dso&by=scenario&layer=projects&set=v2xkb-15",
    ),
    ("termUsageStatistics", "/api/v1/term-usage-statistics/"),
    (
        'termUsageStatistics(textSeen: ["abstract"], yearGte: "2015", coder: ["v2xkb first reading, 2026"])',
        "/api/v1/term-usage-statistics/?coder=v2xkb+first+reading%2C+2026&text_seen=abstract&year__gte=2015",
    ),
    ("classify", "/api/v1/classification/"),
    (
        'classify(direct: "yes", rate: "no", back: "yes", to: "home")',
        "/api/v1/classification/?back=yes&direct=yes&rate=no&to=home",
    ),
]


def everything(kind: GraphQLObjectType) -> str:
    """Every field of a type and of those below it, none of which are records."""
    inner = ((name, get_named_type(field.type)) for name, field in kind.fields.items())
    return " ".join(name + (f" {{ {everything(one)} }}" if hasattr(one, "fields") else "") for name, one in inner)


def as_in_graph(plain: Any) -> Any:
    """What REST says, under the graph's names and with the addresses of the site's lists."""
    match plain:
        case dict():
            return {to_camel_case(name): as_in_graph(value) for name, value in plain.items()}
        case list():
            return list(map(as_in_graph, plain))
        case str():
            return plain.removeprefix("http://testserver/api/v1")
    return plain


@pytest.mark.parametrize(("field", "address"), SAME, ids=[field for field, _ in SAME])
def test_the_graph_tells_what_rest_tells(client: Client, field: str, address: str) -> None:
    query_type = schema.graphql_schema.query_type
    assert query_type
    kind = get_named_type(query_type.fields[field.partition("(")[0]].type)
    assert isinstance(kind, GraphQLObjectType)
    found = ask(client, f"{{ it: {field} {{ {everything(kind)} }} }}")["it"]
    assert found == as_in_graph(client.get(address).json())


def test_one_layer_of_the_barrier_map_has_links_and_the_other_tallies(client: Client) -> None:
    cells = "rows { total { reports } cells { link { role } tally { reports } } }"
    found = ask(client, f'{{ a: barrierMap {{ {cells} }} b: barrierMap(layer: "projects") {{ {cells} }} }}')
    literature, projects = ([cell for row in found[name]["rows"] for cell in row["cells"]] for name in "ab")
    assert any(cell["link"] for cell in literature)
    assert all(cell["tally"] for cell in projects)
    assert all(cell["tally"] is None for cell in literature)
    assert all(cell["link"] is None for cell in projects)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ('{ statistics(tier: ["V2Q"]) { records } }', "tier: “V2Q” is no value of it. Did you mean “V2X”?"),
        ('{ barrierMap(layer: "project") { layer } }', "layer: “project” is no value of it. Did you mean “projects”?"),
        ('{ classify(to: "hom") { reference } }', "to: “hom” is no answer to it. Did you mean “home”?"),
        ('{ search(q: " ") { totalCount } }', "q: Give the words to search for, once."),
        ('{ search(q: "x", kind: ["projct"]) { totalCount } }', "kind: “projct” is no kind. Did you mean “project”?"),
        (f'{{ search(q: "{"word " * 30}") {{ totalCount }} }}', "q: "),
        (
            '{ projects { facets(names: ["contry"]) { name } } }',
            "names: “contry” is no facet. Did you mean “country”?",
        ),
    ],
)
def test_what_cannot_be_answered_is_named_with_the_nearest_right_one(client: Client, query: str, said: str) -> None:
    assert fault(client, query).startswith(said)


@pytest.mark.parametrize("listed", LISTS)
def test_the_facets_beside_a_list_are_those_of_its_filter_set(client: Client, listed: Any) -> None:
    folder = to_camel_case(registry.kind(listed.kind).folder.replace("-", "_"))
    facets = ask(client, f"{{ {folder} {{ facets {{ name label kind options {{ value label count }} }} }} }}")
    assert [
        (facet["name"], facet["label"], facet["kind"], [tuple(option.values()) for option in facet["options"]])
        for facet in facets[folder]["facets"]
    ] == [
        (facet.name, facet.label, facet.kind, [(one.value, one.label, one.count) for one in facet.options])
        for facet in listed.filterset({}).facets()
    ]


def test_facets_are_counted_with_all_other_filters_and_given_in_the_order_asked_for(client: Client) -> None:
    found = ask(
        client,
        """{ projects(country: ["DK", "NL"], active: ["2015..2018"], first: 0) {
          facets(names: ["status", "active", "country", "status"]) { name options { value count selected } } } }""",
    )["projects"]["facets"]
    assert [facet["name"] for facet in found] == ["status", "active", "country"]
    for facet in found:
        for option in facet["options"]:
            query = QueryDict("country=DK&country=NL&active=2015..2018", mutable=True)
            query.setlist(facet["name"], [option["value"]])
            assert option["count"] == ProjectFilterSet(query).total
    chosen = {(facet["name"], one["value"]) for facet in found for one in facet["options"] if one["selected"]}
    assert chosen == {("country", "DK"), ("country", "NL"), ("active", "2015..2018")}


def test_search_finds_what_rest_finds_with_the_same_reasons(client: Client) -> None:
    query = """query($kind: [String!]) { search(q: "leaf home", kind: $kind, first: 100) { totalCount nodes {
      record { kind id slug label } matched { field texts words more } } } }"""
    for kinds, address in ((None, "q=leaf+home"), (["project", "term"], "q=leaf+home&kind=project&kind=term")):
        found = ask(client, query, kind=kinds)["search"]
        rest = client.get(f"/api/v1/search/?page_size=100&{address}").json()
        assert found["totalCount"] == rest["count"] > 0
        assert [row["record"] | {"matched": row["matched"]} for row in found["nodes"]] == [
            {name: value for name, value in row.items() if name not in ("url", "page")} for row in rest["results"]
        ]


def test_the_pages_of_a_search_follow_each_other_and_lead_to_the_records(client: Client) -> None:
    query = """query($after: String) { search(q: "charging", first: 7, after: $after) { totalCount
      pageInfo { hasNextPage endCursor } nodes { record { slug ... on Project { tier countries } } } } }"""
    pages = [ask(client, query)["search"]]
    pages.append(ask(client, query, after=pages[0]["pageInfo"]["endCursor"])["search"])
    whole = ask(client, '{ search(q: "charging", first: 14) { nodes { record { slug } } } }')["search"]["nodes"]
    slugs = [row["record"]["slug"] for page in pages for row in page["nodes"]]
    assert slugs == [row["record"]["slug"] for row in whole]
    assert ask(client, '{ search(q: "!?") { totalCount nodes { record { slug } } } }')["search"]["totalCount"] == 0


def test_every_claim_has_its_verdict(client: Client) -> None:
    tally = "{ label hits total list }"
    query = f"""{{ claims(first: 200) {{ nodes {{ slug verdict {{ kind text overall {tally} other {tally}
      cited {tally} periods {tally} unclear notReported }} }} }} }}"""
    found = {row["slug"]: row["verdict"] for row in ask(client, query)["claims"]["nodes"]}
    records = list(Record.objects.of_kind("claim"))
    wanted = verdicts([ClaimDocument.model_validate_json(record.document) for record in records])
    assert len(found) == len(records)
    for record, verdict in zip(records, wanted, strict=True):
        told = found[record.slug]
        assert (told["kind"], told["text"]) == (verdict.kind, str(verdict.text))
        assert (told["unclear"], told["notReported"]) == (verdict.unclear, verdict.unreported)
        tallies = [told[name] for name in ("overall", "other", "cited") if told[name]] + told["periods"]
        assert [(one["hits"], one["total"]) for one in tallies] == [(one.hits, one.total) for one in verdict.tallies]
        for one, counted in zip(tallies, verdict.tallies, strict=True):
            assert one["list"] == (f"/projects/{counted.query}" if counted.query else None)


def test_verdicts_cost_the_same_statements_for_30_claims_and_for_all(client: Client) -> None:
    costs = []
    for size in (30, 200):
        with CaptureQueriesContext(connection) as captured:
            ask(client, f"{{ claims(first: {size}) {{ nodes {{ verdict {{ text }} }} }} }}")
        costs.append(len(captured))
    assert costs[0] == costs[1] < 10


def test_numbers_over_all_projects_weigh_more_than_a_record(client: Client) -> None:
    five = " ".join(f"s{n}: statistics {{ records }}" for n in range(5))
    assert refusal(client, f'{{ {five} project(slug: "parker") {{ slug }} }}').startswith(
        "The query leads to other records in 101 places; at most 100 are answered."
    )
