"""A query that asks for too much is refused before anything is fetched, naming the limit and what it asked."""

import pytest
from django.test import Client
from graphql import get_introspection_query
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.graphql.asking import ask, refusal
from v2xkb.records.graphql.bounds import ALIASES, BATCH, DIRECTIVES

pytestmark = pytest.mark.usefixtures("knowledge_base")

BACK_AND_FORTH = "barriersMet { barrier { projects(first: 1) { nodes { %s } } } }"


def nested(times: int) -> str:
    inner = "slug"
    for _ in range(times):
        inner = BACK_AND_FORTH % inner
    return f"{{ projects(first: 1) {{ nodes {{ {inner} }} }} }}"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("{ projects(first: 201) { totalCount } }", "“first” is 201: a list gives 0 to 200 rows at a time."),
        ("{ projects(first: -1) { totalCount } }", "“first” is -1: a list gives 0 to 200 rows at a time."),
        ("{ projects(offset: -1) { totalCount } }", "“offset” is -1: it counts rows from 0 on."),
        ('{ projects(after: "x", offset: 1) { totalCount } }', "“after” and “offset” both say where to start."),
        ('{ projects(after: "eHh4") { totalCount } }', "“after” is “eHh4”: that is no cursor of this list."),
        ('{ projects(after: "ü") { totalCount } }', "“after” is “ü”: that is no cursor of this list."),
        ("{ barriers { nodes { reports(first: 101) { totalCount } } } }", "“first” is 101: a list gives 0 to 100 rows"),
        (nested(4), "The query nests fields 19 levels deep; at most 15 are answered."),
        (
            "{ terms(first: 200) { nodes { projects(first: 100) { nodes { slug barriersMet { note } } } } } }",
            "The query asks for about 260,400 values; at most 200,000 are answered.",
        ),
        (
            "{ " + " ".join(f'a{n}: project(slug: "parker") {{ slug }}' for n in range(101)) + " }",
            "The query gives 101 fields another name; at most 100 are answered.",
        ),
        (
            "{ terms { nodes { " + " ".join("... on Term { broader { slug } }" for _ in range(100)) + " } } }",
            "The query leads to other records in 101 places; at most 100 are answered.",
        ),
        (
            "{ terms { nodes { " + " ".join("slug @include(if: true)" for _ in range(51)) + " } } }",
            "The query has 51 directives; at most 50 are answered.",
        ),
        (
            "{ terms { nodes { " + "...A @skip(if: false) " * 26 + "} } } fragment A on Term { slug @skip(if: false) }",
            "The query has 52 directives; at most 50 are answered.",
        ),
        (
            "{ nodes(ids: [" + '"x" ' * 101 + "]) { id } }",
            "The query gives one field 101 values in lists; at most 100 are answered.",
        ),
        (
            "{ projects(country: [" + '"DK" ' * 60 + "], service: [" + '"x" ' * 41 + "]) { totalCount } }",
            "The query gives one field 101 values in lists; at most 100 are answered.",
        ),
        (
            "{ projects(first: 200) { nodes { " + "document " * 20 + " } } }",
            "The query asks for about 200,400 values; at most 200,000 are answered.",
        ),
        (
            "{ __schema { types { fields { " + "args { name } " * 190 + " } } } }",
            "The query asks for about 380,111 values; at most 200,000 are answered.",
        ),
        ("{ " + "__typename " * 4001 + "}", "Syntax Error: Document contains more than 4000 tokens."),
        ("{ __typename } #" + "x" * 50_000, "Syntax Error: Source contains more than 50000 code points."),
    ],
)
def test_a_limit_that_is_passed_is_named_and_nothing_is_fetched(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, query: str, said: str
) -> None:
    with django_assert_num_queries(0):
        assert refusal(client, query).startswith(said)


def test_limits_hold_for_variables_and_fragments(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    by_variable = "query($n: Int) { projects(first: $n) { totalCount } }"
    by_fragment = """{ a: terms(first: 200) { ...Rows } b: terms(first: 200) { ...Rows } }
      fragment Rows on TermConnection { nodes { ... on Record { ...Own } } }
      fragment Own on Term { projects(first: 99) { nodes { slug name status tier } } }"""
    with django_assert_num_queries(0):
        assert refusal(client, by_variable, n=201).startswith("“first” is 201")
        assert refusal(client, by_fragment).startswith("The query asks for about 238,400 values")


def test_fragments_that_unfold_without_end_are_measured_once(client: Client) -> None:
    chain = " ".join(f"fragment F{n} on Project {{ ...F{n + 1} ...F{n + 1} }}" for n in range(60))
    last = "fragment F60 on Project { collections { totalCount } }"
    said = refusal(client, f"{{ projects(first: 1) {{ nodes {{ ...F0 }} }} }} {chain} {last}")
    assert said.startswith("The query leads to other records in 1,152,921,504,606,846,977 places")


def test_fragments_too_many_to_be_checked_are_refused_and_no_fault_of_ours(client: Client) -> None:
    chain = " ".join(f"fragment F{n} on Project {{ ...F{n + 1} }}" for n in range(390))
    query = f"{{ projects(first: 1) {{ nodes {{ ...F0 }} }} }} {chain} fragment F390 on Project {{ slug }}"
    assert refusal(client, query) == "The query's fields and fragments are too many to be checked. Split it."


@pytest.mark.parametrize(
    "query",
    [
        "{ projects(first: 200) { totalCount } }",
        "{ barriers { nodes { reports(first: 100) { totalCount } } } }",
        nested(2),
        "{ references(first: 200) { nodes { citedBy(first: 100) { totalCount nodes { kind slug label } } } } }",
        get_introspection_query(),
        "{ " + " ".join(f'a{n}: project(slug: "parker") {{ slug }}' for n in range(ALIASES.most)) + " }",
        "{ terms { nodes { " + "slug @include(if: true) " * DIRECTIVES.most + " } } }",
        "{ nodes(ids: [" + '"r38ramenw" ' * BATCH.most + "]) { id ... on Record { document } } }",
    ],
)
def test_what_keeps_the_limits_is_answered(client: Client, query: str) -> None:
    assert ask(client, query)
