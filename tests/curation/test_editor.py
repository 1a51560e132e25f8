"""The editor: whatever is done in it becomes a draft, nothing live changes, nothing typed is lost."""

import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.curation.editing import address_of, data, drafted, latest, press, signed_in
from tests.curation.forms import buttons_of, fields_of
from tests.curation.people import draft, new_project, person
from v2xkb.curation.models import ProposedDocument
from v2xkb.curation.proposals import Draft, Overtaken, keep, propose
from v2xkb.records import registry
from v2xkb.records.models import Record, Version
from v2xkb.records.reading import validated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]
HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_saving_a_record_untouched_changes_nothing(kind: registry.Kind, author: User, mine: Client) -> None:
    record = max(Record.objects.of_kind(kind.name), key=lambda one: len(one.document))
    address = drafted(author, kind.name, record.slug)
    reply = press(mine, address, "save")
    assert reply.status_code == 302
    assert latest().text == record.document
    assert latest().number == 1


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_a_new_record_of_every_kind_begins_with_an_empty_form(kind: registry.Kind, mine: Client) -> None:
    reply = mine.post(reverse("admin:curation_new", args=[kind.name]), {"name": "Something New", "reason": "New."})
    page = mine.get(reply["Location"])
    assert page.status_code == 200
    assert "to mend before this can be handed in" in page.text
    assert (latest().kind, latest().base, latest().slug) == (kind.name, 0, "something-new")
    assert press(mine, reply["Location"], "save").status_code == 302


def test_saving_writes_the_draft_and_nothing_live(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    before = (Record.objects.at("project", "parker").get().document, Version.objects.count())
    press(mine, address, "save", summary="Another summary.", sites__0__city="Elsewhere")
    assert (data()["summary"], data()["sites"][0]["city"]) == ("Another summary.", "Elsewhere")
    assert latest().number == 2
    assert (Record.objects.at("project", "parker").get().document, Version.objects.count()) == before


def test_what_is_not_yet_right_is_kept_and_told_at_its_field(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    reply = press(mine, address, "save", sites__0__lat="12x", name="", status="finished")
    page = mine.get(reply["Location"])
    assert data()["sites"][0]["lat"] == "12x"
    assert "3 things to mend" in page.text
    assert '<a href="#f-sites.0.lat">' in page.text
    assert re.search(r'<input id="f-sites.0.lat" name="sites.0.lat" aria-invalid="true"', page.text)
    assert "Write a number, with a point before decimals." in page.text
    assert '<option value="finished" selected>finished (unknown)</option>' in page.text


def test_parts_are_added_moved_and_removed_by_buttons(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    reply = press(mine, address, "add sites", summary="Typed before adding.")
    assert unquote(reply["Location"]).endswith("#f-sites.2.name")
    assert data()["summary"] == "Typed before adding."
    assert 'id="f-sites.2.name"' in mine.get(address).text
    press(mine, address, "up sites.2", sites__2__name="Roskilde", sites__2__country="DK")
    assert [site["key"] for site in data()["sites"]] == ["frederiksberg", "s1", "lyngby"]
    reply = press(mine, address, "remove sites.0")
    assert [site["key"] for site in data()["sites"]] == ["s1", "lyngby"]
    assert unquote(reply["Location"]).endswith("#f-add:sites")
    press(mine, address, "add sites")
    press(mine, address, "remove sites.1")
    press(mine, address, "add sites")
    keys = [site["key"] for site in data()["sites"]]
    assert keys == ["s1", "s2", "s3"]


def test_a_key_of_an_earlier_draft_is_not_given_again(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    press(mine, address, "add money")
    press(mine, address, "remove money.0")
    press(mine, address, "add money")
    assert [one["key"] for one in data()["money"]] == ["m2"]


def test_a_button_for_what_is_gone_saves_and_says_so(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    reply = press(mine, address, "remove sites.9", summary="Typed.")
    assert "no longer there" in reply.text
    assert data()["summary"] == "Typed."


def test_a_basis_is_added_filled_and_removed(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    press(mine, address, "add-basis sites.0.city")
    fields = fields_of(mine.get(address))
    assert fields["sites.0.city:basis.0.kind"] == ["cited"]
    fields["sites.0.city:basis.0.references.0"] = ["andersen-2019"]
    fields["sites.0.city:basis.0.place"] = ["p. 7"]
    mine.post(address, {**fields, "do": "save"})
    assert data()["basis"]["sites/frederiksberg/city"] == [
        {"kind": "cited", "references": ["andersen-2019"], "place": "p. 7"}
    ]
    press(mine, address, "remove-basis sites.0.city 0")
    assert "sites/frederiksberg/city" not in data()["basis"]


@pytest.mark.parametrize(
    "do",
    [
        "remove-basis sites.0.city {}",
        "add sites.0.city:basis.{}.references",
        "remove sites.{}",
        "up sites.{}",
        "add-basis sites.{}.city",
    ],
)
@pytest.mark.parametrize("position", ["²", "9" * 5_000, "-1", ""], ids=["sign", "long", "negative", "none"])
def test_a_button_for_no_place_takes_nothing_away(author: User, mine: Client, do: str, position: str) -> None:
    address = drafted(author, "project", "parker")
    before = data()
    assert "no longer there" in press(mine, address, do.format(position)).text
    assert data() == before


def test_one_action_cites_one_source_for_many_values(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    fields: dict[str, Any] = {**fields_of(mine.get(address)), "tick": ["status", "sites.0.city", "services.1"]}
    said = {"cite-reference": Record.objects.at("reference", "andersen-2019").get().label, "cite-place": "p. 3"}
    reply = mine.post(address, {**fields, **said, "do": "cite"}, follow=True)
    assert "newly cited for 3 of 3 ticked values" in reply.text
    entry = {"kind": "cited", "references": ["andersen-2019"], "place": "p. 3"}
    for path in ("status", "sites/frederiksberg/city", "services/voltage-support"):
        assert entry in data()["basis"][path]
    stood = data()
    fields = {**fields_of(mine.get(address)), "tick": ["status", "sites.0.city", "services.1"]}
    mine.post(address, {**fields, **said, "do": "cite"})
    assert data() == stood


@pytest.mark.parametrize(
    ("ticked", "reference", "told"),
    [
        ([], "andersen-2019", "Tick the values"),
        (["status"], "", "Write which reference"),
        (["status"], "nobody-1900", "There is no reference"),
        (["sites.8.city"], "andersen-2019", "no longer there"),
    ],
)
def test_what_cannot_be_cited_is_told_and_ticks_stay(
    ticked: list[str], reference: str, told: str, author: User, mine: Client
) -> None:
    address = drafted(author, "project", "parker")
    fields = {**fields_of(mine.get(address)), "tick": ticked, "cite-reference": reference, "do": "cite"}
    reply = mine.post(address, {**fields, "summary": "Typed."})
    assert told in reply.text
    assert data()["summary"] == "Typed."
    if "status" in ticked:
        assert 'value="status" aria-label="Cite for: Status" checked' in reply.text


def test_a_link_may_be_written_by_name(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    press(mine, address, "save", partners__1__organisation="Nissan", partners__2__organisation="No such body")
    assert data()["partners"][1]["organisation"] == "nissan"
    assert data()["partners"][2]["organisation"] == "No such body"
    page = mine.get(address)
    assert "there is no organisation of this slug, id or name" in page.text


def test_a_new_organisation_is_made_beside_its_link_and_leads_back(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    proposal = latest().proposal
    fields = {**fields_of(mine.get(address)), "partners.1.organisation": "Elbo Energi", "summary": "Typed."}
    reply = mine.post(address, {**fields, "do": "make partners.1.organisation"})
    page = mine.get(reply["Location"])
    made = latest()
    assert (made.kind, made.slug, made.proposal_id) == ("organisation", "elbo-energi", proposal.pk)
    assert f'href="{address}#f-partners.1.organisation"' in page.text
    held = ProposedDocument.objects.get(proposal=proposal, kind="project").data
    assert held is not None
    assert (held["partners"][1]["organisation"], held["summary"]) == ("elbo-energi", "Typed.")
    mine.post(reply["Location"], {**fields_of(page), "slug": "elbo", "name": "Elbo A/S", "do": "save"})
    held = ProposedDocument.objects.get(proposal=proposal, kind="project").data
    assert held is not None
    assert held["partners"][1]["organisation"] == "elbo"
    assert "Elbo A/S (new in this proposal)" in mine.get(address).text


def test_a_reference_is_made_beside_a_basis(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    press(mine, address, "add-basis sites.0.city")
    fields = {**fields_of(mine.get(address)), "sites.0.city:basis.0.references.0": "A talk on vans"}
    mine.post(address, {**fields, "do": "make sites.0.city:basis.0.references.0"})
    assert (latest().kind, latest().slug) == ("reference", "a-talk-on-vans")
    held = ProposedDocument.objects.filter(kind="project").latest("pk").data
    assert held is not None
    assert held["basis"]["sites/frederiksberg/city"] == [{"kind": "cited", "references": ["a-talk-on-vans"]}]


# --- Ways in -------------------------------------------------------------------------------------------------------


def test_a_record_is_put_into_a_new_proposal_or_one_of_mine(author: User, mine: Client) -> None:
    address = reverse("admin:curation_edit", args=["project", "parker"])
    assert mine.get(address).status_code == 200
    reply = mine.post(address, {"proposal": "new", "reason": "The fleet grew."})
    first = latest()
    assert (first.proposal.reason, first.base) == ("The fleet grew.", 1)
    assert reply["Location"] == address_of(first.proposal, first.pid)
    other = reverse("admin:curation_edit", args=["project", "scale"])
    mine.post(other, {"proposal": str(first.proposal_id)})
    assert set(first.proposal.documents.values_list("slug", flat=True)) == {"parker", "scale"}
    assert f"Continue in proposal {first.proposal_id}" in mine.get(address).text


def test_opening_a_record_again_does_not_overwrite_its_draft(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    press(mine, address, "save", summary="Typed.")
    mine.post(reverse("admin:curation_edit", args=["project", "parker"]), {"proposal": str(latest().proposal_id)})
    assert data()["summary"] == "Typed."


def test_a_new_record_does_not_take_the_slug_of_another(mine: Client) -> None:
    reply = mine.post(reverse("admin:curation_new", args=["project"]), {"name": "Parker", "reason": ""})
    assert reply.status_code == 409
    assert "is there already" in reply.text
    assert 'value="Parker"' in reply.text


@pytest.mark.parametrize(
    "address",
    [
        "/admin/curation/edit/project/nowhere/",
        "/admin/curation/edit/nothing/parker/",
        "/admin/curation/new/nothing/",
        "/admin/curation/edit/project/a%00b/",
        "/admin/curation/names/nothing/",
        "/admin/curation/proposal/999999/documents/r38ramenw/",
    ],
)
def test_what_is_not_there_answers_404(address: str, mine: Client) -> None:
    assert mine.get(address).status_code == 404


# --- While writing -------------------------------------------------------------------------------------------------


def test_records_are_offered_by_name_and_slug_those_of_the_proposal_first(author: User, mine: Client) -> None:
    new = {"kind": "organisation", "id": "", "slug": "nissan-garage", "name": "Nissan Garage"}
    address = reverse("admin:curation_new", args=["organisation"])
    mine.post(address, {"name": new["name"], "reason": ""})
    names = reverse("admin:curation_names", args=["organisation"])
    field = {"HX-Trigger-Name": "partners.0.organisation"}
    query = {"proposal": str(latest().proposal_id), "partners.0.organisation": "nissan"}
    reply = mine.get(names, query, headers=field)
    options = re.findall(r'<option value="([^"]*)">([^<]*)', reply.text)
    assert options[0] == ("nissan-garage", "Nissan Garage, new in this proposal")
    assert ("nissan", "Nissan") in options
    other = signed_in(person("Contributor", "other"))
    assert "nissan-garage" not in other.get(names, query, headers=field).text
    assert (
        'value="andersen-2019"'
        in mine.get(reverse("admin:curation_names", args=["reference"]), {"q": "andersen-"}).text
    )


@pytest.mark.parametrize("text", ["", " ", "\x00", "x" * 5000, "%", "'; --"])
def test_odd_texts_offer_nothing_and_break_nothing(text: str, mine: Client) -> None:
    assert mine.get(reverse("admin:curation_names", args=["organisation"]), {"q": text}).status_code == 200


def test_a_nul_character_begins_no_record_and_leads_back_nowhere(author: User, mine: Client) -> None:
    for typed in ({"name": "a\x00b"}, {"name": "New", "slug": "a\x00b"}):
        assert mine.post(reverse("admin:curation_new", args=["project"]), typed).status_code == 409
    assert mine.get(drafted(author, "project", "parker"), {"back": "a\x00b"}).status_code == 200


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\U0001f600", "x" * 3000])
def test_odd_texts_are_kept_in_a_draft(text: str, author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    typed = {"name": text, "partners.0.organisation": text, "slug": text, "name:basis.0.references.0": text}
    reply = mine.post(address, {**fields_of(mine.get(address)), **typed, "do": "save"})
    assert reply.status_code == 302
    assert mine.get(address).status_code == 200
    assert latest().number == 2


def test_a_document_of_thousands_of_fields_is_kept_whole(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    names = {f"alt_names.{at}": f"Name {at}" for at in range(3000)}
    assert mine.post(address, {**fields_of(mine.get(address)), **names, "do": "save"}).status_code == 302
    assert len(data()["alt_names"]) == 3000


def test_with_scripts_only_the_form_comes_back_with_what_to_look_at(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    form = {**fields_of(mine.get(address)), "do": "add sites"}
    reply = mine.post(address, form, headers=HTMX)
    assert reply.status_code == 200
    assert reply.text.lstrip().startswith('<div id="editor"')
    assert re.search(r'id="f-sites.2.name"[^>]*autofocus', reply.text)
    assert fields_of(reply)["draft"] == ["2"]
    made = mine.post(address, {**fields_of(reply), "do": "make partners.0.organisation"}, headers=HTMX)
    assert made.status_code == 200


def test_the_page_costs_the_same_number_of_queries_for_the_smallest_and_the_largest(author: User, mine: Client) -> None:
    records = sorted(Record.objects.of_kind("project"), key=lambda one: len(one.document))
    spent = []
    for record in (records[0], records[0], records[-1]):
        address = drafted(author, "project", record.slug)
        with CaptureQueriesContext(connection) as queries:
            assert mine.get(address).status_code == 200
        spent.append(len(queries))
    assert spent[1] == spent[2]
    assert spent[1] <= 10


def test_every_button_of_a_page_can_be_pressed(author: User, mine: Client) -> None:
    address = drafted(author, "project", "parker")
    words: dict[str, str] = {}
    for button in buttons_of(mine.get(address)):
        words.setdefault(button.partition(" ")[0], button)
    assert {"save", "add", "remove", "up", "down", "add-basis", "remove-basis", "cite"} <= set(words)
    for button in words.values():
        assert press(mine, address, button).status_code in (200, 302)
        validated(data(), "") if button == "save" else None


def test_a_save_that_was_overtaken_keeps_nothing(author: User) -> None:
    record = Record.objects.at("project", "parker").get()
    proposal = propose(author, "Because.", [draft(record.data)])
    newer = Draft("project", record.pid, {**record.data, "summary": "Newer."}, seen=1)
    keep(proposal.pk, [newer], author)
    older = Draft("project", record.pid, {**record.data, "summary": "Older."}, seen=1)
    with pytest.raises(Overtaken):
        keep(proposal.pk, [new_project(), older], author)
    assert data()["summary"] == "Newer."
    assert proposal.documents.count() == 1
