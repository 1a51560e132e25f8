"""Pages about one's own account speak the language that the browser asks for: their addresses have none."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

View = Callable[..., Any]


def in_own_language(view: View) -> View:
    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response: HttpResponse = view(request, *args, **rest)
            # Otherwise it would be made when the language is another one again.
            if isinstance(response, TemplateResponse):
                response.render()
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language"])
        return response

    return spoken
