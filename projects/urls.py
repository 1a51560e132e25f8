"""Addresses of projects and of what belongs to them."""

from django.urls import path

from projects import (
    compare_views,
    cross_table_views,
    map_views,
    site_map_views,
    statistics_views,
    term_usage_views,
    views,
)

app_name = "projects"

urlpatterns = [
    path("projects/", views.ProjectListView.as_view(), name="list"),
    # Before the page of a single project, which would take it for a slug.
    path("projects/compare/", compare_views.CompareView.as_view(), name="compare"),
    path("projects/<slug:slug>/", views.ProjectDetailView.as_view(), name="detail"),
    # Before the page of a single barrier, which would take it for a slug.
    path("barriers/map/", map_views.BarrierMapView.as_view(), name="barrier-map"),
    path("barriers/map/chart.<str:form>", map_views.barrier_map_chart, name="barrier-map-chart"),
    # Before the page of a single term, which would take it for a slug.
    path("terms/usage/", term_usage_views.TermUsagePageView.as_view(), name="term-usage"),
    path(
        "terms/usage/charts/<slug:name>.<str:form>",
        term_usage_views.TermUsageChartView.as_view(),
        name="term-usage-chart",
    ),
    path("statistics/cross-table/", cross_table_views.CrossTableView.as_view(), name="cross-table"),
    path("statistics/cross-table/chart.<str:form>", cross_table_views.cross_table_chart, name="cross-table-chart"),
    path("organisations/", views.OrganisationListView.as_view(), name="organisations"),
    path("sites/", site_map_views.SiteMapView.as_view(), name="sites"),
    path("sites/map.svg", site_map_views.SiteMapDrawingView.as_view(), name="sites-drawing"),
    path("organisations/<slug:slug>/", views.OrganisationDetailView.as_view(), name="organisation"),
    path("rules/<slug:slug>/", views.RuleDetailView.as_view(), name="rule"),
    path("collections/", views.CollectionListView.as_view(), name="collections"),
    path("collections/<slug:slug>/", views.CollectionDetailView.as_view(), name="collection"),
    path("statistics/", statistics_views.StatisticsView.as_view(), name="statistics"),
    path(
        "statistics/charts/<slug:name>.<str:form>",
        statistics_views.StatisticsChartView.as_view(),
        name="statistics-chart",
    ),
    path("claims/", views.ClaimListView.as_view(), name="claims"),
    path("claims/<slug:slug>/", views.ClaimDetailView.as_view(), name="claim"),
]
