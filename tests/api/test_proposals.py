"""Programs propose with a token, hear every fault by its place, and reach nothing beyond a proposal."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.api.described import description
from tests.curation.people import person
from tests.records import made
from v2xkb.curation import tokens
from v2xkb.curation.choices import Action, State, Way
from v2xkb.curation.import_models import ApiToken
from v2xkb.curation.models import Proposal
from v2xkb.curation.proposals import act
from v2xkb.curation.states import Refused
from v2xkb.records import canonical
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.models import Record, Revision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

ADDRESS = "/api/v1/proposals/"


@pytest.fixture
def owner() -> User:
    return person("Contributor", "owner")


@pytest.fixture
def secret(owner: User) -> str:
    return tokens.make(owner, "a script", 30)[1]


def send(secret: str, body: Any, **options: Any) -> Any:
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    return Client(enforce_csrf_checks=True).post(
        ADDRESS, raw, **{"content_type": "application/json", "headers": headers, **options}
    )


def ask(secret: str, address: str) -> Any:
    return Client().get(address, headers={"authorization": f"Bearer {secret}"})


def body(**more: Any) -> dict[str, Any]:
    changed = {**Record.objects.at("project", "parker").get().data, "status": "ongoing"}
    return {"reason": "Reported anew.", "documents": [changed, made.project_data("sent-trial")], **more}


def faults(reply: Any, status: int = 400) -> dict[str, str]:
    assert reply.status_code == status, reply.text
    assert reply["Content-Type"] == "application/problem+json"
    assert not Proposal.objects.exists()
    return {entry["parameter"]: entry["detail"] for entry in reply.json().get("errors", [])}


def test_a_program_proposes_and_hears_what_becomes_of_it(secret: str, owner: User) -> None:
    before = Revision.objects.current()
    reply = send(secret, body(signed="role"))
    assert reply.status_code == 201
    proposal = Proposal.objects.get()
    assert (proposal.author, proposal.way, proposal.state, proposal.signed) == (
        owner, Way.SCRIPT, State.SUBMITTED, "role"
    )  # fmt: skip
    assert reply["Location"] == f"http://testserver{ADDRESS}{proposal.pk}/"
    assert Revision.objects.current() == before
    told = ask(secret, reply["Location"]).json()
    assert told == reply.json()
    assert (told["state"], [record["slug"] for record in told["records"]]) == ("submitted", ["parker", "sent-trial"])
    reviewer = person("Editor", "strict-reviewer")
    act(proposal.pk, Action.ASK, reviewer, "Which source says so?")
    reply = ask(secret, reply["Location"])
    assert reply.json()["state"] == "changes-requested"
    assert [(event["action"], event["note"]) for event in reply.json()["events"]] == [
        ("submit", ""),
        ("ask", "Which source says so?"),
    ]
    assert "strict-reviewer" not in reply.text
    assert "owner" not in reply.text


def read(*slugs: str) -> str:
    """The tags that a program has of what it read."""
    return ", ".join(Client().get(f"/api/v1/projects/{slug}/")["ETag"] for slug in slugs)


def test_who_says_what_was_read_is_told_what_has_changed_since(secret: str) -> None:
    tags, sent = read("parker", "seev4-city"), body()
    assert send(secret, sent, headers={"authorization": f"Bearer {secret}", "if-match": tags}).status_code == 201
    Proposal.objects.all().delete()
    changed = made.made({**sent["documents"][0], "notes": ["Somebody was here."]})
    apply_documents([changed], reason="Meanwhile.", by="somebody")
    reply = send(secret, sent, headers={"authorization": f"Bearer {secret}", "if-match": tags})
    detail = "project/parker is at version 2, whose tag is not in If-Match. Read it again and make your change anew."
    assert faults(reply, 412) == {"documents/0": detail}
    again = {"authorization": f"Bearer {secret}", "if-match": f"{tags}, {read('parker')}"}
    assert send(secret, sent, headers=again).status_code == 201


def test_a_record_that_has_left_or_never_was_does_not_match(secret: str) -> None:
    headers = {"authorization": f"Bearer {secret}", "if-match": "*"}
    assert faults(send(secret, body(), headers=headers), 412) == {
        "documents/1": "There is no project/sent-trial yet. Send a new record without If-Match: *."
    }
    new = made.project_data("sent-trial")
    apply_documents([made.made(new)], reason="Made.", by="somebody")
    tag = read("sent-trial")
    assert send(secret, {"reason": "x", "documents": [{**new, "tier": "V1G"}]}, headers=headers).status_code == 201
    Proposal.objects.all().delete()
    apply_documents([], reason="Gone.", by="somebody", withdraw={new["id"]: GONE})
    reply = send(secret, {"reason": "x", "documents": [new]}, headers={**headers, "if-match": tag})
    assert faults(reply, 412) == {
        "documents/0": "project/sent-trial was withdrawn with version 2. Send it without If-Match to bring it back."
    }


def test_replies_and_bodies_fit_their_description(secret: str) -> None:
    described = description()
    posted = described["paths"][ADDRESS]["post"]
    jsonschema.validate(body(), posted["requestBody"]["content"]["application/json"]["schema"])
    reply = send(secret, body())
    schema = posted["responses"]["201"]["content"]["application/json"]["schema"]
    jsonschema.validate(reply.json(), schema)
    assert posted["security"] == [{"token": []}]
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    for refused in (send("", body()), send(secret, {})):
        answers = posted["responses"][str(refused.status_code)]["content"]
        assert list(answers) == [refused["Content-Type"]]
        jsonschema.validate(refused.json(), described["components"]["schemas"]["Problem"])


@pytest.mark.parametrize("sent", ["", "v2xkb_wrong", "wrong", "Ünïcode", "v2xkb_" + "x" * 5000])
def test_without_a_token_that_holds_nothing_is_proposed(sent: str, secret: str) -> None:
    reply = send(sent, body()) if sent.isascii() else send("", body(), headers={"authorization": b"Bearer \xff\xfe"})
    assert faults(reply, 401) == {}
    assert reply["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("how", ["revoked", "expired", "no role", "inactive"])
def test_a_token_ends_with_its_time_its_revocation_or_its_owners_role(how: str, secret: str, owner: User) -> None:
    match how:
        case "revoked":
            ApiToken.objects.revoke(owner, ApiToken.objects.get().pk)
        case "expired":
            ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        case "no role":
            owner.groups.clear()
        case "inactive":
            User.objects.filter(pk=owner.pk).update(is_active=False)
    assert faults(send(secret, body()), 401) == {}
    assert ask(secret, f"{ADDRESS}1/").status_code == 401


def test_a_session_gives_no_right_here(owner: User) -> None:
    client = Client()
    client.force_login(person("Administrator"))
    reply = client.post(ADDRESS, json.dumps(body()), content_type="application/json")
    assert faults(reply, 401) == {}


def test_a_token_never_does_more_than_propose() -> None:
    _, secret = tokens.make(person("Administrator", "mighty"), "a script", 30)
    address = send(secret, body()).json()["id"]
    headers = {"authorization": f"Bearer {secret}"}
    client = Client()
    for step in ("approve", "apply"):
        page = f"/admin/curation/proposal/{address}/steps/{step}/"
        assert client.post(page, headers=headers).status_code == 302
        assert "login" in client.post(page, headers=headers)["Location"]
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(f"{ADDRESS}{address}/", headers=headers).status_code == 405
        assert getattr(client, method)("/api/v1/projects/parker/", headers=headers).status_code == 405
    assert Proposal.objects.get().state == State.SUBMITTED


def test_only_the_token_it_was_sent_with_asks_about_a_proposal(secret: str, owner: User) -> None:
    address = send(secret, body())["Location"]
    assert ask(tokens.make(owner, "another script", 30)[1], address).status_code == 404
    assert ask(secret, f"{ADDRESS}999/").status_code == 404
    assert Client().get(address).status_code == 401


def test_only_a_digest_of_the_secret_is_kept(secret: str) -> None:
    token = ApiToken.objects.get()
    kept = {str(getattr(token, field.attname)) for field in ApiToken._meta.fields}
    assert not any(secret in value or secret.removeprefix(tokens.PREFIX) in value for value in kept)
    assert len(secret) > 40


def test_use_of_a_token_is_noted(secret: str) -> None:
    assert ApiToken.objects.get().last_used_at is None
    send(secret, {})
    assert ApiToken.objects.get().last_used_at is not None


def test_every_fault_of_every_document_is_named_by_its_place(secret: str) -> None:
    wrong: Mapping[str, Any] = made.project_data("bad-one", tier="V9X", services=["no-such"], countries=["XX"])
    found = faults(send(secret, body(documents=[made.project_data("good-one"), wrong])))
    assert set(found) == {"documents/1/tier", "documents/1/countries/XX"}
    assert "Did you mean" in found["documents/1/tier"]
    dangling = made.project_data("bad-two", services=["no-such"])
    assert list(faults(send(secret, body(documents=[dangling])))) == ["documents/0/services/no-such"]


@pytest.mark.parametrize(
    ("sent", "parameter"),
    [
        ({"documents": []}, "documents"),
        ({"reason": " "}, "reason"),
        ({"reason": 7}, "reason"),
        ({"documents": {}}, "documents"),
        ({"documents": ["x"]}, "documents/0"),
        ({"signed": "nobody"}, "signed"),
        ({"resaon": "x"}, "resaon"),
        ({"documents": [{"kind": "projct"}]}, "documents/0/kind"),
        ({"documents": [{"kind": ["project"]}]}, "documents/0/kind"),
    ],
)
def test_a_body_is_read_strictly(sent: dict[str, Any], parameter: str, secret: str) -> None:
    assert list(faults(send(secret, body(**sent)))) == [parameter]


@pytest.mark.parametrize(
    "raw",
    [
        b" ", b"[]", b"{", b'{"reason": "a", "reason": "b"}', b'{"reason": NaN}', b'{"reason": "\\u0000"}', b"\xff",
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_plain_json_is_refused_whole(raw: bytes, secret: str) -> None:
    assert list(faults(send(secret, raw))) == ["body"]


def test_other_content_too_much_of_it_and_unknown_parameters_are_refused(secret: str) -> None:
    assert faults(send(secret, "reason=x", content_type="application/x-www-form-urlencoded"), 415) == {}
    assert faults(send(secret, b" " * (canonical.MAX_BYTES + 1)), 413) == {}
    reply = Client().post(
        f"{ADDRESS}?apply=1", json.dumps(body()), "application/json", headers={"authorization": f"Bearer {secret}"}
    )
    assert list(faults(reply)) == ["apply"]


def test_what_changes_nothing_is_no_proposal(secret: str) -> None:
    live = Record.objects.at("project", "parker").get().data
    reply = send(secret, body(documents=[live]))
    assert faults(reply, 403) == {}
    assert "changes nothing" in reply.json()["detail"]


@pytest.mark.usefixtures("templates_tell")
def test_tokens_are_made_shown_once_and_revoked_by_their_owner(owner: User) -> None:
    client = Client()
    client.force_login(owner)
    page = "/admin/curation/tokens/"
    reply = client.post(page, {"name": "nightly", "days": "30"})
    shown = reply.context["secret"]
    assert shown in reply.text
    assert "no-store" in reply["Cache-Control"]
    assert shown not in client.get(page).text
    assert send(shown, body()).status_code == 201
    other = Client()
    other.force_login(person("Administrator", "other"))
    token = ApiToken.objects.get()
    other.post(f"{page}{token.pk}/revoke/")
    assert "nightly" not in other.get(page).text
    assert ApiToken.objects.get().stands
    client.post(f"{page}{token.pk}/revoke/")
    assert not ApiToken.objects.get().stands
    assert send(shown, body()).status_code == 401


def test_tokens_need_a_name_a_lifetime_and_a_role(owner: User) -> None:
    for name, days in (("", 30), ("x" * 101, 30), ("a\x00b", 30), ("nightly", 36_500)):
        with pytest.raises(Refused):
            tokens.make(owner, name, days)
    with pytest.raises(Refused):
        tokens.make(person(None), "nightly", 30)
    for number in range(tokens.MOST):
        tokens.make(owner, f"token {number}", 30)
    with pytest.raises(Refused, match="revoke one first"):
        tokens.make(owner, "one more", 30)


def test_the_page_of_tokens_is_for_proposers_and_wants_a_form() -> None:
    staff = person(None, "staff")
    User.objects.filter(pk=staff.pk).update(is_staff=True)
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    assert client.get("/admin/curation/tokens/").status_code == 403
    client.force_login(person("Contributor"))
    assert client.post("/admin/curation/tokens/", {"name": "x", "days": "30"}).status_code == 403
    assert not ApiToken.objects.exists()
