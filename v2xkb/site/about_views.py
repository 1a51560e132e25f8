"""The pages about the knowledge base: most are text; some are made from records or declarations."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.views.generic import TemplateView

from projects.choices import RecordType, Tier
from projects.freshness import RULE
from projects.models import Project
from v2xkb.records import registry
from v2xkb.records.dictionary import fields, own_fields
from v2xkb.records.documents import Basis, Document
from v2xkb.records.models import Record, Revision
from v2xkb.site.about import ABOUT_PAGES, AboutPage
from v2xkb.taxonomy.choices import Scheme
from v2xkb.taxonomy.models import Term

# The paper's statement of how many projects there are.
COUNTED_BY_OTHERS = "projects-159"


class AboutView(TemplateView):
    """The hub: the pages about the knowledge base in their order."""

    template_name = "site/about/hub.html"
    extra_context = {"section": "about", "about_pages": ABOUT_PAGES}


class AboutPageView(TemplateView):
    """One page about the knowledge base, with what it shows of the records."""

    page: AboutPage = ABOUT_PAGES[0]

    def get_template_names(self) -> list[str]:
        return [self.page.template]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        added = ADDED.get(self.page.slug, dict)()
        return super().get_context_data(
            **kwargs, section="about", about_page=self.page, about_pages=ABOUT_PAGES, **added
        )


def methodology() -> Mapping[str, Any]:
    return {"freshness_rule": RULE, "four_eyes": settings.FOUR_EYES}


def inclusion() -> Mapping[str, Any]:
    """How many projects there are, by tier and by type, and the paper's own number."""
    tally = Project.objects.count_by_tier()
    return {
        "tiers": [(tier, tally.get(tier.value, 0)) for tier in Tier],
        "total": sum(tally.values()),
        "types": [(RecordType(name), count) for name, count in Project.objects.count_by_type()],
        "claim": Record.objects.called("claim", COUNTED_BY_OTHERS),
    }


def roles() -> Mapping[str, Any]:
    """Each actor with the roles that match it, whichever of the two says so, and the roles that match none."""
    actors, roles = (list(Term.objects.for_crosswalk(scheme)) for scheme in (Scheme.ACTOR, Scheme.ROLE))
    pairs = {(actor.pk, role.pk) for actor in actors for role in actor.crosswalk.all()}
    pairs |= {(actor.pk, role.pk) for role in roles for actor in role.crosswalk.all()}
    matched = {role for _, role in pairs}
    return {
        "crosswalk": [(actor, [role for role in roles if (actor.pk, role.pk) in pairs]) for actor in actors],
        "others": [role for role in roles if role.pk not in matched],
    }


def dictionary() -> Mapping[str, Any]:
    tables = [
        ("every-record", Document, list(fields(Document))),
        ("basis", Basis, list(fields(Basis, "basis/<path>/"))),
        *((kind.name, kind.document, list(own_fields(kind.document))) for kind in registry.kinds()),
    ]
    return {"tables": [(name, (model.__doc__ or "").strip().replace("`", ""), rows) for name, model, rows in tables]}


def citing() -> Mapping[str, Any]:
    number, at = Revision.objects.current_stamp()
    return {"revision": number, "revision_at": at, "records": Record.objects.count()}


def privacy() -> Mapping[str, Any]:
    return {"days": settings.KEEP_EMAILS_DAYS}


def security() -> Mapping[str, Any]:
    contact = settings.SECURITY_CONTACT
    return {"contact": contact, "contact_name": contact.removeprefix("mailto:") if contact else ""}


ADDED: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "methodology": methodology,
    "inclusion": inclusion,
    "roles": roles,
    "dictionary": dictionary,
    "citing": citing,
    "privacy": privacy,
    "security": security,
}
