"""Composition: which app answers under which path."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from v2xkb.records.graphql.views import GraphQLView


def favicon(_request: HttpRequest) -> HttpResponse:
    """Browsers ask for it on pages that name no icon, such as the admin's."""
    return redirect(static("site/favicon.svg"))


urlpatterns = [
    path("admin/", admin.site.urls),
    path("favicon.ico", favicon),
    path("api/v1/", include("v2xkb.api")),
    path("graphql/", GraphQLView.as_view(), name="graphql"),
    # Pages: English ones as they stand here, those of other languages below /<language>/.
    *i18n_patterns(
        path("", include("v2xkb.site.urls")),
        path("", include("projects.urls")),
        path("", include("barriers.urls")),
        path("", include("v2xkb.taxonomy.urls")),
        path("", include("v2xkb.literature.urls")),
        prefix_default_language=False,
    ),
]
