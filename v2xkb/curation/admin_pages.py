"""A page of curation within the admin's frame."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(
    request: HttpRequest, template_name: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(
        request, template_name, {**admin.site.each_context(request), "title": title, **context}, status=status
    )
