"""Tells Django that the curators' site is the admin; apart, as nothing here may import models yet."""

from django.contrib.admin.apps import AdminConfig


class CurationAdminConfig(AdminConfig):
    default_site = "v2xkb.curation.admin_site.CurationSite"
