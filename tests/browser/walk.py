"""One address for every template of the site, so that what must hold of every page can be tried on all of them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps

from v2xkb.curation.choices import Stage
from v2xkb.site.about import ABOUT_PAGES

# Of each page its plainest form, then forms that show parts of it that the plain one lacks.
ADDRESSES = (
    "/",
    "/projects/",
    "/projects/?country=DK&p=edison-denmark&p=parker&scenario=v2g",
    "/projects/?scenario__all=v2g&scenario__all=v2h&view=table",
    "/projects/?country=JP&connector=ccs2&scenario=v2v",
    "/projects/parker/",
    "/projects/parker/history/",
    "/projects/parker/history/1/",
    "/projects/seev4-city/",
    "/projects/compare/?p=parker&p=edison-denmark",
    "/projects/compare/?p=parker",
    "/projects/?conector=ccs2",
    "/projects/no-such-project/",
    "/projects/south-burlington-v2g/",
    "/projects/parker/?format=bibtx",
    "/organisations/",
    "/organisations/nuvve/",
    "/organisations/nissan/?page=2",
    "/collections/",
    "/collections/paper-five/",
    "/rules/chademo-ccs-dc/",
    "/claims/",
    "/claims/ccs-few/",
    "/barriers/",
    "/barriers/battery-degradation/",
    "/barriers/sets/v2xkb-15/",
    "/measures/",
    "/measures/early-coordination/",
    "/research-topics/",
    "/research-topics/charger-development/",
    "/barriers/map/",
    "/barriers/map/?layer=projects",
    "/barriers/map/?actor=dso",
    "/statistics/cross-table/",
    "/statistics/cross-table/?columns=country&rows=service&tier=V2X",
    "/statistics/cross-table/?columns=connector&rows=service&view=gaps",
    "/statistics/?tier=V2X",
    "/statistics/?q=nothinglikeit",
    "/sites/",
    "/sites/?page=3",
    "/sites/?country=NA&country=SI&view=europe",
    "/sites/?q=powerloop&view=oceania",
    "/terms/",
    "/terms/v2b/",
    "/terms/classify/",
    "/terms/classify/?back=yes&direct=yes&tariff=dynamic&to=building",
    "/terms/usage/",
    "/terms/usage/?sense=used&term=v2h",
    "/term-usages/",
    "/term-usages/barone-2019/",
    "/literature/",
    "/literature/andersen-2019/",
    "/literature/maps/",
    "/literature/maps/two-way/?counting=fractional&minimum=4",
    "/literature/maps/two-way/?minimum=20",
    "/literature/maps/two-way/publications/?keyword=battery+degradation",
    "/literature/?type=webpage&year=2019..",
    "/literature/corpora/",
    "/literature/corpora/vehicle-to-grid/",
    "/literature/corpora/vehicle-to-grid/publications/",
    "/literature/corpora/vehicle-to-grid/publications/?keyword=V2G&q=grid",
    "/search/?q=frequency",
    "/search/?q=frequensy",
    "/claims/?q=CCS",
    "/barriers/?typology=technical&sort=name",
    "/terms/?scheme=service",
    "/corrections/new/projects/parker/",
    "/corrections/new/projects/parker/?path=sites/frederiksberg",
    "/corrections/new/projects/parker/?path=name",
    "/corrections/new/projects/parker/?path=neme",
    "/corrections/?sent=1",
    "/data/",
    "/releases/",
    "/releases/2026.1/",
    "/about/",
    *(f"/about/{page.slug}/" for page in ABOUT_PAGES),
    "/de/",
    "/de/projects/?country=DK&view=table",
    "/de/projects/parker/",
    "/de/projects/no-such-project/",
    "/de/projects/parker/history/",
    "/de/terms/v2b/history/1/",
    "/de/barriers/map/?actor=dso",
    "/de/statistics/?tier=V2X",
    "/de/terms/classify/?back=yes",
    "/de/terms/usage/?text_seen=abstract",
    "/de/data/",
    "/de/literature/corpora/vehicle-to-grid/",
    "/de/releases/2026.1/",
    "/de/corrections/new/projects/parker/?path=start/value",
)

REVISION = {"at": datetime(2026, 1, 2, tzinfo=UTC), "by": "A curator", "reason": "A duplicate.", "origin": "curation"}
# Pages that no address of a sound site answers, or only to whoever has a secret, with what they are given.
OF_FAULTS: dict[str, dict[str, Any]] = {
    "400.html": {},
    "403.html": {"is_read_only": True},
    "429.html": {"seconds": 50},
    "410.html": {
        "kind": {"name": "project"},
        "redirect": {"pid": "r38ramenw", "revision": REVISION},
    },
    "curation/correction.html": {
        "correction": {
            "stage": Stage.DECLINED,
            "answer": "The report says otherwise.",
            "label": "PARKER",
            "path": "chargers/counts",
            "shown": "10",
            "version": 1,
            "text": "There were twelve.",
            "source": "I led the trial.",
            "received_at": datetime(2026, 1, 2),
            "email": "reader@v2xkb.example",
        },
        "days": 30,
        "code": "its-code",
        "address": "https://v2xkb.example/corrections/#its-code",
    },
    # The paper's searches are empty, so that there is nothing to withhold.
    "literature/publications_withheld.html": {
        "corpus": {"slug": "vehicle-to-grid", "name": "Vehicle-to-grid", "summary": {"publications": 1234}}
    },
    "500.html": {},
    "503.html": {},
    # No record of a sound site's start was ever withdrawn.
    "curation/withdrawal.html": {
        "lineage": {"kind": {"name": "project"}, "label": "A project", "address": "/projects/gone/history/"},
        "version": {"number": 3, "revision": REVISION},
        "before": {"number": 2},
        "earlier": 2,
    },
}

# What pages that visitors never see are made from.
OF_CURATORS = ('{% extends "admin/', '{% extends "curation/base.html"', '{% extends "accounts/base.html"')


def page_templates() -> set[str]:
    """Names of the templates that are whole pages of ours, for visitors."""
    names = set()
    for config in apps.get_app_configs():
        root = Path(config.path) / "templates"
        for path in root.rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            is_page = ('{% extends "' in text or "<title>" in text) and not any(base in text for base in OF_CURATORS)
            if "site-packages" not in path.parts and is_page:
                names.add(path.relative_to(root).as_posix())
    # Swagger UI draws all that its page shows.
    # Swagger UI and GraphiQL draw all that their pages show.
    return names - {"base.html", "records/api_docs.html", "records/graphiql.html"}
