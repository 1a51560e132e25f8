"""Curators find every kind in the admin; nobody changes anything there, and strangers see nothing."""

import html
import re
from itertools import groupby
from typing import NamedTuple

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from v2xkb.records import registry
from v2xkb.records.models import Record, Revision
from v2xkb.releases.models import Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

OURS = [model for model in admin.site._registry if not model._meta.app_label.startswith(("auth", "django_tasks"))]


class Option(NamedTuple):
    """One link of a list's filters."""

    filter: str
    label: str
    address: str


def options_of(page: str) -> list[Option]:
    return [
        Option(html.unescape(title), html.unescape(label).strip(), html.unescape(address))
        for title, links in re.findall(r'<details data-filter-title="(.*?)"(.*?)</details>', page, re.DOTALL)
        for address, label in re.findall(r'<a href="(.*?)">(.*?)</a>', links, re.DOTALL)
    ]


def tools_of(page: str) -> dict[str, str]:
    """What stands above a row, and where it leads."""
    (tools,) = re.findall(r'<ul class="object-tools">(.*?)</ul>', page, re.DOTALL)
    return {label: html.unescape(address) for address, label in re.findall(r'<a href="(.*?)"[^>]*>(.*?)</a>', tools)}


def found_by(client: Client, address: str) -> int:
    """How many rows a list has; the list itself is answered, and not another that it would lead to."""
    reply = client.get(address)
    assert reply.status_code == 200, address
    assert reply.context_data
    return reply.context_data["cl"].result_count


def test_every_kind_has_a_list() -> None:
    assert {kind.projection.model for kind in registry.kinds()} <= set(OURS)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label_lower)
def test_a_list_shows_finds_and_filters_without_a_way_to_change(
    model: type[models.Model], admin_client: Client
) -> None:
    options = model._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    assert admin_client.get(address).status_code == 200
    assert admin_client.get(address, {"q": "parker"}).status_code == 200
    assert admin_client.get(address, {"p": "1"}).status_code in (200, 302)
    # Releases are asked for here; nothing that is there is altered by it.
    assert admin_client.get(f"{address}add/").status_code == (200 if model is Release else 403)
    row = model._base_manager.first()
    if row:
        page = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk])
        assert admin_client.get(page).status_code == 200
        assert admin_client.post(page, {}).status_code == 403
        assert admin_client.post(page.replace("change", "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model._meta.label_lower)
def test_every_filter_that_a_list_offers_is_answered(model: type[models.Model], admin_client: Client) -> None:
    options = model._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    offered = options_of(admin_client.get(address).text)
    assert bool(offered) == bool(admin.site._registry[model].list_filter)
    for option in offered:
        assert option.label, option
        # Of no rows: whether it is answered does not depend on them.
        found_by(admin_client, f"{address}{option.address}&pk__isnull=True")
    # Django offers to count the rows of each, too.
    assert admin_client.get(address, {"_facets": "True"}).status_code == 200


@pytest.mark.parametrize(
    ("listed", "filters"),
    [
        ("projects_project", {"scenarios", "connectors"}),
        ("projects_organisation", {"country"}),
        ("barriers_barrier", {"typology"}),
        ("barriers_measure", {"barriers", "actors"}),
    ],
)
def test_a_filter_offers_what_some_row_has_and_each_once(listed: str, filters: set[str], admin_client: Client) -> None:
    address = reverse(f"admin:{listed}_changelist")
    offered = [option for option in options_of(admin_client.get(address).text) if option.filter in filters]
    assert {option.filter for option in offered} == filters
    for _, group in groupby(offered, lambda option: option.filter):
        whole, *rest = group
        labels = [option.label for option in rest]
        assert 2 <= len(labels) == len(set(labels))
        found = [found_by(admin_client, address + option.address) for option in rest]
        assert 0 < min(found) <= max(found) < found_by(admin_client, address + whole.address)


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_a_row_leads_to_its_editor_and_its_history(kind: registry.Kind, admin_client: Client) -> None:
    record = Record.objects.of_kind(kind.name)[0]
    history = f"{record.get_absolute_url()}history/"
    editor = reverse("admin:curation_edit", args=[kind.name, record.slug])
    onlooker = Client()
    onlooker.force_login(User.objects.create_user("looks", is_staff=True))
    for model in (kind.projection.model, Record):
        page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[record.pk])
        tools = tools_of(admin_client.get(page).text)
        assert (tools["Edit"], tools["History"]) == (editor, history)
        assert tools_of(onlooker.get(page).text).keys() == {"History", "View on site"}
    for address in (editor, history):
        assert admin_client.get(address).status_code == 200


def test_what_has_no_history_leads_to_none(admin_client: Client) -> None:
    revision = Revision.objects.latest("pk")
    assert tools_of(admin_client.get(reverse("admin:records_revision_change", args=[revision.pk])).text) == {}


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_a_list_costs_the_same_number_of_queries_for_3_and_30_rows(kind: registry.Kind, admin_client: Client) -> None:
    options = kind.projection.model._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    admin_client.get(address)
    spent = {}
    for rows in (3, 30):
        pks = Record.objects.of_kind(kind.name).values_list("pk", flat=True)[:rows]
        with CaptureQueriesContext(connection) as queries:
            reply = admin_client.get(address, {"pk__in": ",".join(map(str, pks))})
        assert reply.context_data
        assert reply.context_data["cl"].result_count == len(pks)
        spent[rows] = len(queries)
    assert spent[3] == spent[30]


def test_a_found_project_links_to_its_page_and_its_document(admin_client: Client) -> None:
    reply = admin_client.get(reverse("admin:projects_project_changelist"), {"q": "parker"})
    record = Record.objects.get(kind="project", slug="parker")
    assert f'href="{record.get_absolute_url()}"' in reply.text
    assert reverse("admin:records_record_change", args=[record.pk]) in reply.text


def test_strangers_are_sent_to_the_login_page(client: Client) -> None:
    reply = client.get(reverse("admin:projects_project_changelist"))
    assert (reply.status_code, reply["Location"].startswith(reverse("admin:login"))) == (302, True)


def test_the_admin_keeps_the_strict_policy(admin_client: Client) -> None:
    policy = admin_client.get(reverse("admin:index"))["Content-Security-Policy"]
    assert "unsafe" not in policy
