"""Makes the language of every reply a matter of its address alone, so that no reply depends on who asks.

Django's own LocaleMiddleware would add `Vary: Accept-Language` to every page without a prefix, though it decides
nothing there.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import get_resolver
from django.utils import translation

from v2xkb.records.languages import in_data_language, language_of

Answering = Callable[[HttpRequest], HttpResponseBase]


class LanguageMiddleware:
    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response
        with in_data_language():
            # Loaded now: what modules make of labels while they are imported shall not depend on the first request.
            _ = get_resolver().url_patterns

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        with translation.override(language):
            response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
        return response
