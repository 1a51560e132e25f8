"""One query string gives the same records in the same order, with the same total, on every interface."""

import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import urlencode

import openpyxl
import pytest
from django.http import QueryDict
from django.test import Client
from graphene.utils.str_converters import to_camel_case

from projects.filtersets import ProjectFilterSet
from tests.graphql.asking import ask
from tests.sweeps import spread
from v2xkb.records import registry
from v2xkb.records.graphql.queries import Listed
from v2xkb.schema import PARTS

pytestmark = pytest.mark.usefixtures("knowledge_base")

LISTS = [pytest.param(listed, id=listed.kind) for part in PARTS for listed in part.LISTS]
Answer = tuple[int, list[str]]
FLAGS = {parameter.name for parameter in ProjectFilterSet.parameters() if parameter.kind in ("flag", "presence")}
SINGLE = {parameter.name for parameter in ProjectFilterSet.parameters() if not parameter.multiple}


def by_filter_set(client: Client, address: str) -> Answer:
    filters = ProjectFilterSet(QueryDict(address))
    assert filters.is_valid(), filters.errors
    return filters.total, list(filters.qs.values_list("slug", flat=True))


def by_rest(client: Client, address: str, folder: str = "projects") -> Answer:
    slugs: list[str] = []
    following = f"/api/v1/{folder}/?{address}&page_size=100"
    while following:
        reply = client.get(following)
        assert reply.status_code == 200, reply.content
        slugs += [row["slug"] for row in reply.json()["results"]]
        following = reply.json()["next"]
    return reply.json()["count"], slugs


def by_graphql(client: Client, address: str, folder: str = "projects") -> Answer:
    query = """query(%s, $after: String) { rows: %s(%s, first: 100, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { slug } } }"""
    field = to_camel_case(folder.replace("-", "_"))
    asked = QueryDict(address)
    kinds = {name: "Boolean" if name in FLAGS else "String" if name in SINGLE else "[String!]" for name in asked}
    # A comma before the first is as good as a blank.
    declared = ", ".join(f"${argument(name)}: {kind}" for name, kind in kinds.items())
    given = ", ".join(f"{argument(name)}: ${argument(name)}" for name in asked)
    values = {
        argument(name): texts[0] in ("1", "true") if name in FLAGS else texts[0] if name in SINGLE else texts
        for name, texts in asked.lists()
    }
    slugs: list[str] = []
    more, after = True, None
    while more:
        page = ask(client, query % (declared, field, given), after=after, **values)["rows"]
        slugs += [node["slug"] for node in page["nodes"]]
        more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
    return page["totalCount"], slugs


def argument(name: str) -> str:
    return to_camel_case(name.replace("__", "_"))


def by_site(client: Client, address: str) -> Answer:
    slugs: list[str] = []
    total, number = 1, 1
    while len(slugs) < total:
        reply = client.get(f"/projects/?{address}&page={number}")
        assert reply.status_code == 200
        html = reply.content.decode()
        found = re.search(r'role="status"><strong>(\d+)</strong>', html)
        assert found
        total, number = int(found[1]), number + 1
        slugs += re.findall(r'<li class="card">\s*<h3><a href="/projects/([a-z0-9-]+)/">', html)
    return total, slugs


def by_csv(client: Client, address: str) -> Answer:
    reply = client.get(f"/projects/?{address}&format=csv")
    assert reply.status_code == 200
    rows = csv.DictReader(io.StringIO(reply.getvalue().decode()))
    return int(reply["X-Total-Count"]), [row["slug"] for row in rows]


def by_json_lines(client: Client, address: str) -> Answer:
    reply = client.get(f"/projects/?{address}&format=jsonl")
    assert reply.status_code == 200
    return int(reply["X-Total-Count"]), [json.loads(line)["slug"] for line in reply.getvalue().splitlines()]


def by_workbook(client: Client, address: str) -> Answer:
    reply = client.get(f"/projects/?{address}&format=xlsx")
    assert reply.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(reply.getvalue()), read_only=True)
    header, *rows = book["projects"].iter_rows(values_only=True)
    return int(reply["X-Total-Count"]), [row[header.index("slug")] for row in rows]


OTHERS: list[Callable[[Client, str], Answer]] = [by_rest, by_graphql, by_site, by_csv, by_json_lines]


def addresses() -> list[str]:
    """Each parameter with two of its values, and pairs of parameters."""
    alone = [
        "scenario=v2g&scenario=v2h",
        "scenario_state=demonstrated&scenario_state=not-reported",
        "service=frequency-containment&service=peak-shaving",
        "connector=chademo",
        "power_flow=ac&power_flow=not-reported",
        "status=ongoing&status=planned",
        "record_type=pilot",
        "tier=V1G&tier=study",
        "realisation=shown",
        "country=DK&country=NL",
        "organisation=nissan",
        "role=dso-partner&role=not-reported",
        "segment=not-reported",
        "barrier=immature-market&barrier=battery-degradation",
        "stance=overcome",
        "actor=dso",
        "typology=technical",
        "report_actor=not-reported",
        "report_scenario=not-reported",
        "orientation=technical-orientation",
        "active=2016..2019",
        "start=..2012&start=not-reported",
        "chargers=10..49",
        "vehicles=200..",
        "collection=paper-five",
        "part_of=seev4-city",
        "family=parent&family=part",
    ]
    whole = [
        "scenario__all=v2g&scenario__all=v2h",
        "scenario_state__all=demonstrated&scenario_state__all=planned",
        "service__all=peak-shaving&service=frequency-containment",
        "connector__all=chademo&connector__all=ccs2",
        "power_flow__all=ac&power_flow__all=dc",
        "country__all=GB&country__all=NL",
        "organisation__all=nissan&role=oem-partner",
        "role__all=oem-partner&role__all=research-partner",
        "segment__all=not-reported",
        "barrier__all=standardisation&barrier__all=upfront-cost&stance=reported",
        "stance__all=overcome&stance__all=reported",
        "actor__all=dso&actor__all=oem",
        "typology__all=technical&typology__all=economic",
        "report_actor__all=not-reported",
        "report_scenario__all=not-reported",
        "orientation__all=technical-orientation",
        "collection__all=paper-five",
        "part_of__all=seev4-city",
    ]
    looked_up = [
        "scenario__isnull=false&scenario_state__isnull=false&tier__isnull=false&record_type__isnull=false&country=NL",
        "service__isnull=false&connector__isnull=true",
        "power_flow__isnull=false&segment__isnull=true&status__isnull=false",
        "realisation__isnull=false&country__isnull=false&orientation__isnull=false",
        "organisation__isnull=false&role__isnull=false&country=DK",
        "barrier__isnull=false&stance__isnull=false&typology__isnull=false&actor__isnull=false",
        "report_actor__isnull=true&report_scenario__isnull=true&country=GB",
        "active__isnull=false&active__gte=2016&active__lte=2019",
        "start__isnull=false&start__gte=2010&start__lte=2012",
        "chargers__isnull=false&chargers__gte=10&chargers__lte=49",
        "vehicles__isnull=false&vehicles__gte=5&vehicles__lte=50",
        "collection__isnull=false",
        "part_of__isnull=false",
    ]
    orders = [
        "country=DK&sort=name",
        "sort=start&tier=V1G",
        "country=GB&sort=-start",
        "country=NL&sort=chargers",
        "q=nissan&sort=relevance",
        "q=nissan&sort=chargers",
        "country=DK&sort=verified",
    ]
    pairs = [
        "country=DK&scenario=v2g",
        "scenario=v2g&scenario_state=demonstrated",
        "organisation=nissan&role=oem-partner",
        "barrier=immature-market&stance=reported",
        "cited_only=1&connector=chademo",
        "cited_only=1&connector=not-reported&service=peak-shaving",
        "active=2018..2022&chargers=2..9&tier=V2X",
        "power_flow=dc&q=nissan",
    ]
    searches = ["q=frequency", "q=vehicle+to+grid", "q=leaf+school+bus", "q=zzzz"]
    return alone + whole + looked_up + pairs + orders + searches


@cache
def names(address: str) -> frozenset[str]:
    return frozenset(QueryDict(address))


def test_every_parameter_is_asked_alone_or_with_others() -> None:
    asked = {name for address in addresses() for name in names(address)}
    assert asked == {parameter.name for parameter in ProjectFilterSet.parameters()}


@pytest.mark.parametrize("address", spread(addresses(), 24))
def test_rest_the_graph_the_site_and_downloads_answer_as_the_filter_set_does(client: Client, address: str) -> None:
    total, slugs = by_filter_set(client, address)
    assert len(slugs) == total
    assert bool(slugs) == (address != "q=zzzz"), "an empty answer proves little"
    for other in OTHERS:
        assert other(client, address) == (total, slugs), other.__name__


# What is drawn is the same at every run; another seed draws others.
SEED = 20261128
BATCHES, EACH = 20, 10
WORDS = ("nissan", "grid", "fleet", "school bus", "frequency")
# One page of the site, and a short one, as pages are what takes time: long lists, and empty ones, are asked for above.
LONGEST = 12


def combinations(draw: random.Random, count: int) -> Iterator[str]:
    """Addresses of lists that are not empty: facets by up to three, words, order and what they rest on at random."""
    filters = ProjectFilterSet({})
    options = {
        facet.name: [option.value for option in facet.options if option.count]
        for facet in filters.facets()
        if any(option.count for option in facet.options)
    }
    orders = [order.value for order in filters.sorting.plain]
    while count:
        pairs: list[tuple[str, str]] = []
        for name in draw.sample(sorted(options), draw.choice((1, 2, 2, 3))):
            values = draw.sample(options[name], min(len(options[name]), draw.choice((1, 1, 2))))
            whole = f"{name}__all"
            asked = whole if whole in filters.filters and draw.random() < 0.25 else name
            pairs += [(asked, value) for value in (values[:1] if asked in SINGLE else values)]
        pairs += [("cited_only", "1")] if draw.random() < 0.15 else []
        pairs += [("q", draw.choice(WORDS))] if draw.random() < 0.2 else []
        pairs += [("sort", draw.choice(orders))] if draw.random() < 0.5 else []
        address = urlencode(sorted(pairs))
        drawn = ProjectFilterSet(QueryDict(address))
        if drawn.is_valid() and 0 < drawn.total <= LONGEST:
            count -= 1
            yield address


@pytest.mark.parametrize("batch", spread(range(BATCHES), 4))
def test_lists_drawn_at_random_are_the_same_everywhere(client: Client, batch: int) -> None:
    for address in combinations(random.Random(SEED + batch), EACH):  # noqa: S311
        wanted = by_filter_set(client, address)
        for other in (by_rest, by_graphql, by_site, by_csv, by_workbook):
            assert other(client, address) == wanted, f"{other.__name__} at {address}, seed {SEED} + {batch}"


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize("words", ["", "battery", "v2g"])
def test_lists_of_every_kind_come_in_one_order(client: Client, listed: Listed, words: str) -> None:
    if words and "q" not in listed.filterset.base_filters:
        words = ""
    filters = listed.filterset({"q": words} if words else {})
    wanted = filters.total, list(filters.qs.values_list("slug", flat=True))
    folder = registry.kind(listed.kind).folder
    assert by_rest(client, f"q={words}" if words else "", folder) == wanted
    assert by_graphql(client, f"q={words}" if words else "", folder) == wanted
