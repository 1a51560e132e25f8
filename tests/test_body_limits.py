"""What is larger than an address takes is refused before any of it is read, in the form of the interface."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client, override_settings

from tests.curation.people import person
from v2xkb.curation import corpus_uploads, imports
from v2xkb.curation.corpus_models import CorpusUpload
from v2xkb.curation.import_models import Import
from v2xkb.curation.states import Refused
from v2xkb.literature.corpora.definitions import Definition
from v2xkb.records.body_limits import MOST_UNWANTED, MOST_UPLOADED

pytestmark = pytest.mark.usefixtures("knowledge_base")

CSV = b"name\nOne\n"
# The limit of Django's own, and one byte more.
TOO_MUCH = 2_621_441


def sent(client: Client, address: str, length: int, **more: Any) -> Any:
    """What is answered to a request that states this length; nothing of it is ever read."""
    return client.generic("POST", address, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(length), **more)


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/corrections/new/projects/parker/", "text/plain; charset=utf-8"),
        ("/admin/login/", "text/plain; charset=utf-8"),
        ("/api/v1/proposals/", "application/problem+json"),
        ("/projects/", "text/plain; charset=utf-8"),
    ],
)
def test_nobody_sends_more_than_a_form_has(client: Client, address: str, form: str) -> None:
    reply = sent(client, address, TOO_MUCH)
    assert (reply.status_code, reply["Content-Type"]) == (413, form)
    assert "Content-Security-Policy" in reply
    assert sent(client, address, TOO_MUCH - 1).status_code != 413


def test_the_graph_refuses_a_long_body_in_its_own_form(client: Client) -> None:
    query = {"query": "{__typename}", "variables": {"a": "x" * TOO_MUCH}}
    reply = client.post("/graphql/", query, content_type="application/json")
    assert reply.status_code == 413
    assert reply.json()["errors"]


def test_files_are_for_who_is_signed_in_or_has_a_token_and_end_too(admin_client: Client, client: Client) -> None:
    assert sent(admin_client, "/admin/curation/imports/", MOST_UPLOADED + 1).status_code == 413
    assert sent(admin_client, "/admin/curation/imports/", MOST_UPLOADED).status_code != 413
    assert sent(admin_client, "/corrections/new/projects/parker/", TOO_MUCH).status_code == 413
    token = {"HTTP_AUTHORIZATION": "Bearer none"}
    assert sent(client, "/api/v1/corpus-uploads/", TOO_MUCH, **token).status_code == 401


def test_a_length_that_is_no_number_is_refused(client: Client) -> None:
    for length in ("-1", "1e9", "9" * 30):
        assert sent(client, "/about/", length).status_code == 413  # type: ignore[arg-type]


@override_settings(UPLOADS_MB=1)
def test_a_person_has_room_for_so_many_files() -> None:
    user: User = person("Contributor")
    wanted = Definition("A corpus", "", "", None)
    imports.upload(user, "a.csv", CSV, "project")
    held = corpus_uploads.upload(user, "a.csv", b"x" * 999_000, wanted)
    with pytest.raises(Refused, match="discard imports"):
        corpus_uploads.upload(user, "b.csv", b"x" * 1_000, wanted)
    with pytest.raises(Refused, match="0 MB of files here, and may have 1"):
        imports.upload(user, "b.csv", CSV * 200, "project")
    imports.upload(person("Contributor", "another"), "b.csv", CSV, "project")
    CorpusUpload.objects.end(held.pk, held.worker)
    assert Import.objects.bytes_of(user) == len(CSV)
    corpus_uploads.upload(user, "b.csv", b"x" * 1_000, wanted)


def test_behind_a_proxy_a_body_that_nobody_wants_is_taken_in_all_the_same(client: Client) -> None:
    """While it still sends, it would hear nothing of a reply."""
    for behind, left in ((True, b""), (False, b"x")):
        for address, status in (("/projects/", 413), ("/healthz", 405)):
            body = BytesIO(b"x" * TOO_MUCH)
            with override_settings(BEHIND_PROXY=behind):
                assert sent(client, address, TOO_MUCH, **{"wsgi.input": body}).status_code == status
            assert body.read(1) == left


def test_the_proxies_of_the_documentation_let_pass_what_is_taken_here_and_no_more_than_is_taken_in() -> None:
    page = (settings.BASE_DIR / "docs" / "operations.md").read_text(encoding="utf-8")
    nginx = [int(number) << 20 for number in re.findall(r"client_max_body_size (\d+)m;", page)]
    caddy = [int(number) * 1_000_000 for number in re.findall(r"(?:max_size|_buffers|buffer_size) (\d+)MB", page)]
    assert [len(nginx), len(caddy)] == [1, 4]
    assert {MOST_UPLOADED <= most <= MOST_UNWANTED for most in nginx + caddy} == {True}
