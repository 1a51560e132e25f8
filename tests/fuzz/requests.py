"""What is asked of the whole system: addresses, queries and headers of requests, and files that are stored."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from hypothesis import strategies as st

from tests.curation.sheets_made import csv_of
from tests.fuzz.judging import PLACE, check_said, check_shown, refusing
from tests.fuzz.literature import words_of
from tests.fuzz.mangling import mangled, mangled_text, samples_and
from tests.fuzz.sheets import CELLS, HEADERS
from tests.fuzz.trying import Target
from tests.literature.corpora.exporting import EXPORTS
from v2xkb.curation.pasting import preview
from v2xkb.curation.sheet_files import read_sheet
from v2xkb.curation.sheet_layouts import laid_out
from v2xkb.curation.sheet_mapping import mapped, mapping_problems, suggested
from v2xkb.curation.sheet_plan import Plan
from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.corpora.importing import import_file
from v2xkb.records import registry

PAGES = (
    "/projects/?active=2016..2019&scenario=v2g&tier=V2X&chargers_kw__gte=10&page=2",
    "/projects.csv?country=DK&country=GB&sort=-start",
    "/search/?q=vehicle+to+grid&kind=term",
    "/search/suggestions/?q=v2",
    "/terms/classify/?export=yes",
    "/literature/?year=2019..&q=island",
    "/barriers/map/?scenario=v2g",
    "/projects/compare/?p=parker&p=scale",
    "/de/projects/parker/?x=1",
    "/id/abc/",
    "/releases/2026.1/files/README.md",
    "/statistics/cross-table/?rows=country&columns=connector",
)
REST = (
    "/api/v1/projects/?limit=2&page=2&fields=name,start&facets=country&expand=partners",
    "/api/v1/projects/?cursor=*&limit=1&sort=name",
    "/api/v1/changes/?since=1&limit=1",
    "/api/v1/search/?q=smart%20charging&kind=project",
    "/api/v1/projects/parker/?version=1",
    "/api/v1/cross-table/?rows=country&columns=scenario",
    "/api/v1/classification/?export=yes",
    "/api/v1/term-usage-statistics/?term=v2g",
)
GRAPHQL = "/graphql/?query={projects(first:1){totalCount}}&variables={}&operationName="
QUERY_WORDS = (
    "&",
    "=",
    "..",
    "not-reported",
    "__isnull=true",
    "__gte=5",
    "&q=",
    "&page=",
    "&limit=1",
    "&cursor=",
    "%00",
    "%ff",
    "+",
    "[]",
)
HEADERS_SENT = {
    "HTTP_ACCEPT": "text/html;q=0.9, application/json;q=0.8, text/turtle, */*;q=0.1",
    "HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.9,en;q=0.8,*;q=0.5",
    "HTTP_RANGE": "bytes=0-99,200-",
    "HTTP_IF_RANGE": '"abc"',
    "HTTP_IF_NONE_MATCH": 'W/"abc", "def", *',
    "HTTP_IF_MATCH": '"abc"',
    "HTTP_IF_MODIFIED_SINCE": "Wed, 21 Oct 2015 07:28:00 GMT",
    "HTTP_IF_UNMODIFIED_SINCE": "Wed, 21 Oct 2015 07:28:00 GMT",
    "HTTP_AUTHORIZATION": "Bearer abc",
    "HTTP_COOKIE": "sessionid=abc; csrftoken=def; messages=x",
    "HTTP_HOST": "testserver:80",
    "HTTP_X_REQUEST_ID": "a-b",
    "HTTP_X_FORWARDED_FOR": "10.0.0.1, ::1",
    "HTTP_REFERER": "http://testserver/projects/",
    "HTTP_HX_REQUEST": "true",
    "HTTP_HX_CURRENT_URL": "http://testserver/projects/?q=a",
    "CONTENT_TYPE": "application/json; charset=utf-8",
    "CONTENT_LENGTH": "5",
}  # fmt: skip
HEADER_WORDS = (
    "q=",
    ";q=1.0000",
    "bytes=",
    "-",
    "99999999999999999999-",
    ",",
    ";",
    "W/",
    '"',
    "Basic ",
    "Bearer ",
    "GMT",
    "1e9",
    "*/*",
)
READ = (
    "/projects/parker/",
    "/projects/",
    "/api/v1/projects/parker/",
    "/api/v1/terms/?limit=1",
    "/releases/2026.1/files/README.md",
)


@st.composite
def asked(draw: st.DrawFn, addresses: tuple[str, ...]) -> tuple[bytes, bytes]:
    """Path and query as they come; mostly the query is changed."""
    path, _, query = draw(st.sampled_from(addresses)).partition("?")
    words = samples_and(*QUERY_WORDS)
    if draw(st.integers(0, 3)):
        return path.encode(), draw(mangled([query.encode()], words))[:4_000]
    return draw(mangled([path.encode()], words))[:2_000], query.encode()


def ask(made_up: tuple[bytes, bytes]) -> None:
    """Path and query stand in one line, in which nothing but printable ASCII stands."""
    path, query = made_up
    answer(PATH_INFO=path.decode("latin-1"), QUERY_STRING=quote(query, safe="%&=+;,.:/?@!$'()*[]{}\"<>|~-_"))


def answer(**environ: str) -> None:
    with transaction.atomic():
        try:
            client: Any = Client()
            response = client.generic("GET", "/", **environ)
            assert response.status_code < 500, response.content[:500]
            body = b"".join(response.streaming_content) if response.streaming else response.content
            assert body or response.status_code in (301, 302, 304)
        finally:
            transaction.set_rollback(True)


@st.composite
def headers(draw: st.DrawFn) -> dict[str, str]:
    """A request with one to three headers that are changed; servers let no control characters pass."""
    found = {"PATH_INFO": draw(st.sampled_from(READ))}
    for name in draw(st.lists(st.sampled_from(sorted(HEADERS_SENT)), min_size=1, max_size=3, unique=True)):
        raw = draw(mangled([HEADERS_SENT[name].encode()], samples_and(*HEADER_WORDS)))[:8_000]
        found[name] = "".join(one for one in raw.decode("latin-1") if one.isprintable())
    return found


def ask_with(made_up: dict[str, str]) -> None:
    path, _, query = made_up["PATH_INFO"].partition("?")
    answer(**{**made_up, "PATH_INFO": path, "QUERY_STRING": query})


def undone(does: Callable[[Any], None]) -> Callable[[Any], None]:
    """What is stored goes again."""

    def do(made_up: Any) -> None:
        with transaction.atomic():
            try:
                does(made_up)
            finally:
                transaction.set_rollback(True)

    return do


def store_export(raw: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file, refusing(is_placed=False):
        Path(file.name).write_bytes(raw)
        import_file(Path(file.name), Definition("made up"), name=PLACE)


def look_at(text: str) -> None:
    with refusing():
        for one in preview(text, User(is_superuser=True)).references:
            check_shown([one.slug, one.fields])
            if one.usable:
                one.draft()


def plan(made_up: tuple[str, bytes]) -> None:
    kind, raw = registry.kind(made_up[0]), made_up[1]
    with refusing():
        sheet = laid_out(kind, read_sheet(raw, PLACE))
        uses = suggested(kind, sheet.headers)
        if mapping_problems(kind, PLACE, sheet.headers, uses):
            return
        for row in Plan(kind, sheet, mapped(kind, sheet.headers, uses), "andersen-2019").rows():
            for problem in row.problems:
                check_said(problem.cell, problem.message, problem.remedy)


CODINGS = csv_of(
    ["publication", "coder", "term", "sense", "reason"],
    ["andersen-2019", "A. Reader", "v2g", "explicit", "It says so."],
    ["andersen-2019", "A. Reader", "v2x", "umbrella", ""],
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, bytes]:
    kind, table = draw(st.sampled_from((("project", csv_of(HEADERS, *CELLS)), ("term-usage", CODINGS))))
    return kind, draw(mangled([table], samples_and("; ", "(", ")", "v2g", "explicit", "DK", "2019..2020", "'=1", "\n")))


def targets() -> Iterator[Target]:
    yield Target("pages", asked(PAGES), ask, share=2)
    yield Target("REST addresses", asked(REST), ask, share=2)
    yield Target("GraphQL addresses", asked((GRAPHQL,)), ask)
    yield Target("headers", headers(), ask_with, share=2)
    files = sorted(EXPORTS.iterdir())
    words = [word for file in files for word in words_of(file)]
    yield Target("exports stored", mangled([file.read_bytes() for file in files], words), undone(store_export), share=2)
    texts = mangled_text(
        [(EXPORTS / name).read_text("utf-8") for name in ("scopus.bib", "scopus.ris", "csl.json")], words
    )
    yield Target("references looked at", texts, undone(look_at))
    yield Target("sheets planned", tables(), undone(plan), share=2)
