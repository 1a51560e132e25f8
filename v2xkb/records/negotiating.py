"""Pages that can be had in other forms: by what a request accepts, or by what stands behind their address."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django.views.generic.base import View

from v2xkb.records.exports import FORMAT
from v2xkb.records.graphs import as_turtle
from v2xkb.records.languages import DATA_LANGUAGE, in_data_language, language_of, path_in
from v2xkb.records.linked_data import Data, json_ld
from v2xkb.records.openapi_forms import RENDERERS
from v2xkb.records.problems import nearest
from v2xkb.records.reply_headers import HTML

SAFE = ("GET", "HEAD")


@dataclass(frozen=True)
class Form:
    """A form of what a page shows; `suffix` behind the page's address asks for it, as does its type in `Accept`."""

    suffix: str
    content_type: str


JSON = Form("json", "application/json")
CSV = Form("csv", "text/csv")
JSON_LD = Form("jsonld", "application/ld+json")
TURTLE = Form("ttl", "text/turtle")
FORMS = {form.suffix: form for form in (JSON, CSV, JSON_LD, TURTLE)}
# All that is ever chosen among by `Accept`.
TYPES = (HTML, *(form.content_type for form in FORMS.values()), *(form.media_type for form in RENDERERS))


class Negotiated(View):
    """A page whose other forms have addresses of their own: /projects/parker/ also at /projects/parker.ttl.

    `suffix` is what stood behind the address; a page itself has none. Forms are data and speak its language.
    """

    suffix = ""
    forms: Sequence[Form] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = self.asked(request)
        if form is None:
            response = super().dispatch(request, *args, **kwargs)
        else:
            with in_data_language():
                response = self.in_form(form, **kwargs)
        if not self.suffix and self.forms:
            patch_vary_headers(response, ["Accept"])
        return response

    def asked(self, request: HttpRequest) -> Form | None:
        """The form that the address or else the request asks for; None for the page itself, which is for everybody."""
        if self.suffix:
            if self.suffix not in [form.suffix for form in self.forms]:
                offered = [form.suffix for form in self.forms]
                raise Http404(f"There is no .{self.suffix} of this page. {nearest(self.suffix, offered)}")
            return FORMS[self.suffix]
        # What a parameter asks for is asked for more plainly than by a header.
        if request.method not in SAFE or FORMAT in request.GET:
            return None
        types = {form.content_type: form for form in self.forms}
        return types.get(request.get_preferred_type([HTML, *types]) or HTML)

    def in_form(self, form: Form, **kwargs: Any) -> HttpResponseBase:
        raise NotImplementedError

    def alternates(self, page: str, query: str = "") -> Iterator[str]:
        """For the header `Link`: where the other forms of the page at a path are."""
        for form in self.forms:
            address = self.request.build_absolute_uri(f"{in_suffix(page, form.suffix)}{query}")
            yield f'<{address}>; rel="alternate"; type="{form.content_type}"'


def in_suffix(page: str, suffix: str) -> str:
    """/de/projects/parker/ -> /projects/parker.ttl"""
    return f"{path_in(DATA_LANGUAGE, page).rstrip('/')}.{suffix}"


def page_of_form(path: str) -> str:
    """/projects.ttl -> /projects/; the path of a page as it is."""
    plain, dot, suffix = path.rpartition(".")
    return f"{plain}/" if dot and suffix in FORMS else path


def linked(form: Form, data: Data, more: Iterable[Data] = ()) -> HttpResponse:
    """Linked data in one of its two forms; in Turtle with statements that schema.org has no words for."""
    if form == TURTLE:
        return HttpResponse(as_turtle({"@graph": [data, *more]}), content_type=f"{TURTLE.content_type}; charset=utf-8")
    return HttpResponse(json_ld(data), content_type=JSON_LD.content_type)


def by_interface(request: HttpRequest, name: str, arguments: Sequence[str] = ()) -> HttpResponseBase:
    """What the REST interface answers, at this address: the same bytes for the same parameters."""
    match = resolve(reverse(f"api:{name}", args=arguments))
    return match.func(request, *match.args, **match.kwargs)


@require_safe
def suffixed(request: HttpRequest, page: str, suffix: str) -> HttpResponseBase:
    """The page at an address, in the form that stands behind it; data has one address, whatever a page speaks."""
    if language_of(request.path_info) != DATA_LANGUAGE:
        return HttpResponsePermanentRedirect(path_in(DATA_LANGUAGE, request.get_full_path()))
    try:
        match = resolve(f"/{page}/")
    except Resolver404:
        raise Http404("There is no page here that could be had in another form.") from None
    view: Any = getattr(match.func, "view_class", None)
    if view is None or not issubclass(view, Negotiated):
        raise Http404("This page has no other forms.")
    given: Mapping[str, Any] = getattr(match.func, "view_initkwargs", {})
    return view.as_view(**{**given, "suffix": suffix})(request, *match.args, **match.kwargs)
