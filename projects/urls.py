"""Addresses of projects and of what belongs to them."""

from django.urls import path

from projects import views

app_name = "projects"

urlpatterns = [
    path("projects/", views.ProjectListView.as_view(), name="list"),
    path("projects/<slug:slug>/", views.ProjectDetailView.as_view(), name="detail"),
    path("organisations/<slug:slug>/", views.OrganisationDetailView.as_view(), name="organisation"),
    path("rules/<slug:slug>/", views.RuleDetailView.as_view(), name="rule"),
    path("collections/<slug:slug>/", views.CollectionDetailView.as_view(), name="collection"),
    path("claims/", views.ClaimListView.as_view(), name="claims"),
    path("claims/<slug:slug>/", views.ClaimDetailView.as_view(), name="claim"),
]
