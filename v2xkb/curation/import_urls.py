"""The addresses of imports, corpora and tokens within the admin: route, view and name of each."""

from collections.abc import Callable
from typing import Any

from v2xkb.curation import corpus_views, import_views, thesaurus_views, token_views

IMPORTING: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("imports/", import_views.importing, "importing"),
    ("imports/templates/<slug:kind>.xlsx", import_views.template_of, "import_template"),
    ("imports/<int:pk>/", import_views.shown, "import"),
    ("imports/<int:pk>/columns/", import_views.columns, "import_columns"),
    ("imports/<int:pk>/again/", import_views.again, "import_again"),
    ("imports/<int:pk>/propose/", import_views.proposing, "import_propose"),
    ("imports/<int:pk>/discard/", import_views.discarding, "import_discard"),
    ("corpora/", corpus_views.corpora, "corpora"),
    ("corpora/uploads/<int:pk>/", corpus_views.uploaded, "corpus_upload"),
    ("corpora/uploads/<int:pk>/again/", corpus_views.again, "corpus_again"),
    ("corpora/<slug:slug>/publish/", corpus_views.publishing, "corpus_publish"),
    ("corpora/<slug:slug>/thesaurus/", thesaurus_views.thesaurus, "thesaurus"),
    ("corpora/<slug:slug>/thesaurus.txt", thesaurus_views.thesaurus_file, "thesaurus_file"),
    ("tokens/", token_views.tokens, "tokens"),
    ("tokens/<int:pk>/revoke/", token_views.revoking, "token_revoke"),
)
