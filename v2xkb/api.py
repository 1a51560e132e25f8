"""Composition of the REST interface: which kind answers under which collection."""

from django.urls import URLPattern, URLResolver, path, re_path
from rest_framework.routers import SimpleRouter

from barriers import api as barriers
from projects import api as projects
from projects.cross_table_api import CrossTableView
from projects.map_api import BarrierMapView
from projects.statistics_api import StatisticsView
from projects.term_usage_api import TermUsageStatisticsView
from v2xkb.curation.api import ProposalsView, ProposalView
from v2xkb.curation.corpus_api import CorpusUploadsView, CorpusUploadView
from v2xkb.literature import api as literature
from v2xkb.literature.corpus_api import CorporaView, CorpusView, PublicationsView
from v2xkb.literature.map_api import KeywordMapsView
from v2xkb.records import registry
from v2xkb.records.api import DocsView, DocumentSchemaView, NoSuchAddressView, RecordViewSet, RootView, SchemaView
from v2xkb.records.changes_api import ChangesView
from v2xkb.records.search_api import SearchView
from v2xkb.taxonomy import api as taxonomy

app_name = "api"

VIEWSETS: list[type[RecordViewSet]] = [
    literature.ReferenceViewSet,
    taxonomy.TermViewSet,
    taxonomy.TermUsageViewSet,
    barriers.BarrierSetViewSet,
    barriers.BarrierViewSet,
    barriers.MeasureViewSet,
    barriers.ResearchTopicViewSet,
    projects.OrganisationViewSet,
    projects.DerivationRuleViewSet,
    projects.ProjectViewSet,
    projects.CollectionViewSet,
    projects.ClaimViewSet,
]

router = SimpleRouter()
for viewset in VIEWSETS:
    router.register(registry.kind(viewset.kind).folder, viewset, basename=viewset.kind)

# What the root names besides the collections.
OTHERS = (
    "search",
    "changes",
    "classification",
    "barrier-map",
    "cross-table",
    "statistics",
    "corpora",
    "keyword-maps",
    "corpus-uploads",
    "term-usage-statistics",
    "proposals",
    "schema",
    "docs",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RootView.as_view(others=OTHERS), name="root"),
    path("search/", SearchView.as_view(), name="search"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("classification/", taxonomy.ClassificationView.as_view(), name="classification"),
    path("barrier-map/", BarrierMapView.as_view(), name="barrier-map"),
    path("cross-table/", CrossTableView.as_view(), name="cross-table"),
    path("statistics/", StatisticsView.as_view(), name="statistics"),
    path("corpora/", CorporaView.as_view(), name="corpora"),
    path("corpora/<slug:slug>/", CorpusView.as_view(), name="corpus"),
    path("corpora/<slug:slug>/publications/", PublicationsView.as_view(), name="publications"),
    path("keyword-maps/", KeywordMapsView.as_view(), name="keyword-maps"),
    path("corpus-uploads/", CorpusUploadsView.as_view(), name="corpus-uploads"),
    path("corpus-uploads/<int:pk>/", CorpusUploadView.as_view(), name="corpus-upload"),
    path("term-usage-statistics/", TermUsageStatisticsView.as_view(), name="term-usage-statistics"),
    path("proposals/", ProposalsView.as_view(), name="proposals"),
    path("proposals/<int:pk>/", ProposalView.as_view(), name="proposal"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    path("schemas/<str:kind>.json", DocumentSchemaView.as_view(), name="document-schema"),
    *router.urls,
    # Ends in a slash, so that an address without one is first led to the same with one.
    re_path(r"^.*/$", NoSuchAddressView.as_view()),
]
