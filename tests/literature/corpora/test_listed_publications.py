"""Lists of a corpus's publications: the same everywhere, only where they may be passed on, never an abstract."""

import csv
import io
import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from graphene.utils.str_converters import to_camel_case

from tests.graphql.asking import ask
from tests.literature.corpora import listed
from tests.literature.corpora.exporting import entries
from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.corpora.importing import import_file
from v2xkb.literature.corpora.publishing import pass_on, publish
from v2xkb.literature.models import Corpus, Publication

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

PAGE = "/literature/corpora/listed/publications/"
REST = "/api/v1/corpora/listed/publications/"
Answer = tuple[int, list[str]]


def by_rest(client: Client, query: str) -> Answer:
    found: list[str] = []
    following = f"{REST}?{query}&page_size=7"
    while following:
        reply = client.get(following)
        assert reply.status_code == 200, reply.text
        found += [row["title"] for row in reply.json()["results"]]
        following = reply.json()["next"]
    return reply.json()["count"], found


def by_cursor(client: Client, query: str) -> Answer:
    return by_rest(client, f"{query}&cursor=*")


def by_site(client: Client, query: str) -> Answer:
    found: list[str] = []
    total, number = 1, 1
    while len(found) < total:
        html = client.get(f"{PAGE}?{query}&page={number}").text
        told = re.search(r'role="status"><strong>(\d+)</strong>', html)
        assert told
        total, number = int(told[1]), number + 1
        found += re.findall(r"<li><span[^>]*>[^<]*<strong>([^<]+)</strong>", html)
    return total, found


def download(client: Client, query: str, form: str) -> Any:
    reply = client.get(f"{PAGE}?{query}&format={form}")
    assert reply.status_code == 200
    return reply


def by_csv(client: Client, query: str) -> Answer:
    reply = download(client, query, "csv")
    return int(reply["X-Total-Count"]), [row["title"] for row in csv.DictReader(io.StringIO(reply.getvalue().decode()))]


def by_json_lines(client: Client, query: str) -> Answer:
    reply = download(client, query, "jsonl")
    return int(reply["X-Total-Count"]), [json.loads(line)["title"] for line in reply.getvalue().splitlines()]


def by_csl_json(client: Client, query: str) -> Answer:
    reply = download(client, query, "csl-json")
    return int(reply["X-Total-Count"]), [item["title"] for item in json.loads(reply.getvalue())]


def by_graphql(client: Client, query: str) -> Answer:
    kinds = {"year__gte": "String", "type__isnull": "Boolean", "keyword": "String", "q": "String", "sort": "String"}
    names = {name: to_camel_case(name.replace("__", "_")) for name, _ in parse_qsl(query)}
    declared = "".join(f", ${names[name]}: {kinds.get(name, '[String!]')}" for name in names)
    given = "".join(f", {name}: ${name}" for name in names.values())
    values = {
        names[name]: value == "true" if name == "type__isnull" else value if name in kinds else [value]
        for name, value in parse_qsl(query)
    }
    asked = f"""query($after: String{declared}) {{ publications(corpus: "listed", first: 7, after: $after{given}) {{
      totalCount pageInfo {{ hasNextPage endCursor }} nodes {{ title }} }} }}"""
    found: list[str] = []
    after, more = None, True
    while more:
        page = ask(client, asked, after=after, **values)["publications"]
        found += [node["title"] for node in page["nodes"]]
        more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
    return page["totalCount"], found


WAYS: list[Callable[[Client, str], Answer]] = [
    by_rest,
    by_cursor,
    by_graphql,
    by_site,
    by_csv,
    by_json_lines,
    by_csl_json,
]


def drawn(number: int) -> list[str]:
    chance = random.Random(7)  # noqa: S311 - which are tried is no secret
    parameters = {
        "q": ["bidirectional", "bi-directional charger", "V2H", "okostrom", "of", "vehicle-to-grid trial"],
        "keyword": ["V2G", "ELECTRIC VEHICLES", "家庭", "Batteries (Li-ion)", "nothing"],
        "type": ["article", "review", "not-reported"],
        "type__isnull": ["true", "false"],
        "year": ["2019..", "2018..2020", "not-reported"],
        "year__gte": ["2020"],
        "sort": ["year", "-year", "-cited_by"],
    }
    names = [chance.sample(sorted(parameters), chance.randint(0, 3)) for _ in range(number)]
    return [urlencode([(name, chance.choice(parameters[name])) for name in sorted(chosen)]) for chosen in names]


def test_every_interface_gives_the_same_publications_in_the_same_order(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(60))
    sizes = set()
    for query in drawn(24):
        expected = by_rest(client, query)
        sizes.add(expected[0])
        for way in WAYS:
            assert way(client, query) == expected, (way, query)
        assert len(expected[1]) == expected[0]
    assert len(sizes) > 5


def titles(client: Client, query: str) -> set[str]:
    return {title.rpartition(" ")[0] for title in by_rest(client, query)[1]}


def test_words_of_a_title_are_found_in_any_form(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(60))
    for words in ("bidirectional", "bi-directional", "Bidirectionally"):
        assert titles(client, urlencode({"q": words})) == {"Bi-directional charging", "Bidirectional chargers"}
    assert titles(client, "q=charged+bidirectional") == {"Bi-directional charging"}
    assert titles(client, "q=the+trial+of+vehicle-to-grid") == {"Vehicle-to-grid trials"}
    assert titles(client, "q=%C3%B6kostrom") == {"Ökostrom für Flotten"}
    assert titles(client, "q=%25") == titles(client, "q=_") == titles(client, "q=irection") == set()


def test_a_keyword_is_found_whole_and_whatever_its_case(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(60))

    def having(word: str) -> int:
        return sum(
            word.lower() in [one.lower() for one in (*publication.author_keywords, *publication.index_keywords)]
            for publication in Publication.objects.all()
        )

    for word in ("v2g", "electric vehicles", "家庭", "BATTERIES (LI-ION)"):
        assert by_rest(client, urlencode({"keyword": word}))[0] == having(word) > 0
    assert by_rest(client, "keyword=electric")[0] == 0


def test_what_a_later_export_adds_is_found_too(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, [{"title": "A trial", "year": "2020", "authors": "Doe, J.", "author_keywords": "V2G"}])
    later = [{"title": "A trial", "year": "2020", "authors": "Doe, J.", "author_keywords": "Islands"}]
    import_file(listed.write(tmp_path / "later.csv", later), Definition("Listed"))
    assert by_rest(client, "keyword=islands") == (1, ["A trial"])


def test_options_are_those_of_the_corpus_with_their_counts(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(40))
    other = [{"title": "Elsewhere", "type": "secret kind", "author_keywords": "V2G"}]
    listed.corpus(tmp_path, other, "Unseen", shown=False)
    told = client.get(f"{REST}?facets=type&facets=year&keyword=v2g").json()
    by_name = {facet["name"]: {one["value"]: one["count"] for one in facet["options"]} for facet in told["facets"]}
    assert sum(by_name["type"].values()) == sum(by_name["year"].values()) == told["count"]
    assert set(by_name["type"]) == {"article", "conference paper", "review", "not-reported"}
    wrong = client.get(f"{REST}?type=secret+kind")
    assert (wrong.status_code, "secret kind" in client.get(PAGE).text) == (400, False)
    assert "is no value of it" in wrong.json()["detail"]


@pytest.mark.parametrize(
    "query", ["typ=article", "year=soon", "sort=title", "page=99", "cursor=x", "keyword=a&keyword=b"]
)
def test_what_cannot_be_asked_is_refused_with_a_remedy(query: str, client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(3))
    assert client.get(f"{REST}?{query}").status_code == (404 if query.startswith("page") else 400)
    assert client.get(f"{PAGE}?{query}").status_code == 400


def test_a_download_can_be_loaded_again_and_is_safe_in_a_spreadsheet(client: Client, tmp_path: Path) -> None:
    made = [*listed.rows(20), {"title": "=1+1", "year": "2020", "authors": "Doe, J.", "author_keywords": "@V2G"}]
    listed.corpus(tmp_path, made)
    raw = download(client, "", "csv").getvalue()
    assert b"'=1+1" in raw
    assert b"'@V2G" in raw
    Corpus.objects.all().delete()
    Publication.objects.all().delete()
    (tmp_path / "again.csv").write_bytes(raw)
    import_file(tmp_path / "again.csv", Definition("Listed"))
    again = Corpus.objects.get(slug="listed")
    publish(again, "A publisher")
    pass_on(again, "A publisher")
    assert again.files.get().remarked == 0
    lines = [json.loads(line) for line in download(client, "sort=year", "jsonl").getvalue().splitlines()]
    assert {row["title"].lstrip("'") for row in lines} == {row["title"] for row in made}
    assert {row["doi"] for row in lines if row["doi"]} == {row["doi"] for row in made if row.get("doi")}


def test_reference_managers_read_the_downloads(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(15))
    _, found = by_rest(client, "")
    for form in ("bibtex", "ris", "csl-json"):
        (tmp_path / form).write_bytes(download(client, "", form).getvalue())
        assert [entry.title for entry in entries(tmp_path / form)] == found


def test_a_list_is_read_in_few_queries_however_long(client: Client, tmp_path: Path) -> None:
    spent = []
    for number in (3, 30):
        listed.corpus(tmp_path, listed.rows(number, seed=number), f"Of {number}")
        with CaptureQueriesContext(connection) as queries:
            for address in (
                f"/literature/corpora/of-{number}/publications/",
                f"/api/v1/corpora/of-{number}/publications/",
            ):
                assert client.get(f"{address}?year=2018..&sort=year").status_code == 200
        spent.append(len(queries))
        for query in queries:
            assert '"abstract"' not in query["sql"]
    assert spent[0] == spent[1] < 20


def test_publications_are_listed_only_where_somebody_said_that_they_may(client: Client, tmp_path: Path) -> None:
    held = listed.corpus(tmp_path, listed.rows(5), listed=False)
    title = Publication.objects.earliest("pk").title
    for form in ("", "?format=csv", "?format=jsonl", "?format=ris"):
        reply = client.get(f"{PAGE}{form}")
        assert (reply.status_code, title in reply.text) == (403, False)
    for address in (
        REST,
        f"{REST}?cursor=*",
        "/literature/corpora/listed/publications.json",
        "/literature/corpora/listed/publications.csv",
    ):
        reply = client.get(address)
        assert (reply.status_code, title in reply.text) == (403, False)
    assert "counted and not listed" in client.get(REST).json()["detail"]
    assert "Its publications are counted here" in client.get(held.get_absolute_url()).text
    before = client.get("/api/v1/corpora/listed/")
    pass_on(held, "A publisher")
    after = client.get("/api/v1/corpora/listed/", headers={"If-None-Match": before["ETag"]})
    assert (before.json()["is_passed_on"], after.json()["is_passed_on"]) == (False, True)
    assert PAGE in client.get(held.get_absolute_url()).text
    assert by_rest(client, "")[0] == 5
    pass_on(held, "A publisher", allowed=False)
    assert client.get(REST).status_code == 403


def test_a_corpus_that_is_not_published_lists_nothing(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(5), shown=False)
    for address in (PAGE, f"{PAGE}?format=csv", REST, "/literature/corpora/listed/publications.json"):
        assert client.get(address).status_code == 404
