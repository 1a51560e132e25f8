"""Composition: which app answers under which path."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from v2xkb.curation.notification_views import curator_feed, former_feed
from v2xkb.records.graphql.views import GraphQLView
from v2xkb.records.negotiating import suffixed
from v2xkb.records.prefixes import ADMIN, CURATION, GRAPHQL, REST
from v2xkb.records.views import thing
from v2xkb.releases.views import dcat_catalogue, release_file
from v2xkb.site import cards, plumbing

urlpatterns = [
    path(ADMIN[1:], admin.site.urls),
    path("favicon.ico", plumbing.favicon),
    path("robots.txt", plumbing.robots),
    path("sitemap.xml", plumbing.sitemap, name="sitemap"),
    path("sitemap-pages.xml", plumbing.sitemap_pages, name="sitemap-pages"),
    path("sitemap-records-<int:part>.xml", plumbing.sitemap_records, name="sitemap-records"),
    path("cards/site.png", cards.site_card, name="site-card"),
    path("cards/<str:folder>/<slug:slug>.png", cards.record_card, name="record-card"),
    path("opensearch.xml", plumbing.opensearch, name="opensearch"),
    path(".well-known/security.txt", plumbing.security_txt),
    path(REST[1:], include("v2xkb.api")),
    path(f"{CURATION[1:]}feed.atom", curator_feed, name="curator-feed"),
    path(f"{CURATION[1:]}feeds/<str:secret>.atom", former_feed, name="former-curator-feed"),
    path(GRAPHQL[1:], GraphQLView.as_view(), name="graphql"),
    path("data/catalogue.ttl", dcat_catalogue, name="dcat-catalogue"),
    path("releases/<str:version>/files/<path:path>", release_file, name="release-file"),
    # Pages: English ones as they stand here, those of other languages below /<language>/.
    *i18n_patterns(
        path("", include("v2xkb.site.urls")),
        path("", include("v2xkb.releases.urls")),
        path("", include("v2xkb.curation.urls")),
        path("", include("projects.urls")),
        path("", include("barriers.urls")),
        path("", include("v2xkb.taxonomy.urls")),
        path("", include("v2xkb.literature.urls")),
        prefix_default_language=False,
    ),
    # Behind all that has an address of its own.
    path("id/<slug:pid>/", thing, name="thing"),
    re_path(r"^(?P<page>[a-z0-9][a-z0-9/-]*)\.(?P<suffix>json|csv|jsonld|ttl)$", suffixed),
]

handler404 = "v2xkb.site.errors.not_found"
