"""What machines ask of a site: where its pages are, what to leave alone, how to search, whom to tell of weaknesses."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from v2xkb.records.models import Record, Revision
from v2xkb.records.prefixes import NOT_FOR_ROBOTS
from v2xkb.records.registry import kind as kind_called
from v2xkb.records.registry import kind_names
from v2xkb.releases.models import Release

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Sitemaps may hold no more.
MOST_ADDRESSES = 50_000
# Pages without a variable part of which there is nothing to find before somebody asks, or that only lead on.
ASKED_FIRST = {"/search/", "/search/suggestions/", "/projects/compare/", "/releases/latest/"}
# Pages of text do not change with the records.
TEXTS = ("/about/", "/terms/classify/")
CONTACT_GOOD_FOR = timedelta(days=180)


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Browsers ask for it on pages that name no icon, such as the admin's."""
    return redirect(static("site/favicon.svg"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in NOT_FOR_ROBOTS), "", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of sitemaps: one of lists and pages, then the records in as many as they need; one query."""
    parts = range(1, -(-Record.objects.count() // MOST_ADDRESSES) + 1)
    addresses = [reverse("sitemap-pages"), *(reverse("sitemap-records", args=[part]) for part in parts)]
    rows = "".join(f"<sitemap><loc>{escape(request.build_absolute_uri(one))}</loc></sitemap>\n" for one in addresses)
    return HttpResponse(f"{opening('sitemapindex')}{rows}</sitemapindex>\n", content_type="application/xml")


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """Lists with the time of the latest revision, which they show; releases; texts without a time. Two queries."""
    _, at = Revision.objects.current_stamp()
    mount = reverse("site:home")
    rows = [
        row(request.build_absolute_uri(mount + path[1:]), None if path.startswith(TEXTS) else at)
        for path in page_paths(get_resolver().url_patterns)
    ]
    releases = Release.objects.made()
    rows += [row(request.build_absolute_uri(one.get_absolute_url()), one.made_at) for one in releases]
    return HttpResponse(f"{opening('urlset')}{''.join(rows)}</urlset>\n", content_type="application/xml")


@require_safe
def sitemap_records(request: HttpRequest, part: int) -> StreamingHttpResponse:
    """Records with the time of the revision that last changed them; one query, written as it is read."""
    first = (part - 1) * MOST_ADDRESSES
    if part < 1 or first >= Record.objects.count():
        raise Http404("There is no such sitemap.")
    slot = "slug-goes-here"
    templates = {
        name: request.build_absolute_uri(reverse(kind_called(name).url_name, args=[slot])) for name in kind_names()
    }

    def lines() -> Iterator[str]:
        yield opening("urlset")
        for kind, slug, at in Record.objects.for_sitemap()[first : first + MOST_ADDRESSES].iterator(chunk_size=2000):
            yield row(templates[kind].replace(slot, slug), at)
        yield "</urlset>\n"

    return StreamingHttpResponse(lines(), content_type="application/xml")


def page_paths(patterns: Sequence[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Every page that has no variable part, in the order of the address tables: a new one needs no second mention."""
    for item in patterns:
        path = f"{prefix}{item.pattern}"
        if isinstance(item, URLResolver):
            # What has no language is no page: the API, the admin.
            if prefix or isinstance(item.pattern, LocalePrefixPattern):
                yield from page_paths(item.url_patterns, path or "/")
        elif prefix and path not in ASKED_FIRST and "<" not in path and "." not in path:
            yield path


def opening(element: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{element} xmlns="{NAMESPACE}">\n'


def row(address: str, at: datetime | None) -> str:
    changed = f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
    return f"<url><loc>{escape(address)}</loc>{changed}</url>\n"


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """How browsers search here from their own box (OpenSearch 1.1), with suggestions."""
    search, suggest = (request.build_absolute_uri(reverse(name)) for name in ("site:search", "site:suggestions"))
    icon = request.build_absolute_uri(static("site/favicon.svg"))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        "<ShortName>v2xkb</ShortName>",
        "<Description>V2X projects, barriers, terms and literature</Description>",
        "<InputEncoding>UTF-8</InputEncoding>",
        f'<Image width="16" height="16" type="image/svg+xml">{escape(icon)}</Image>',
        f'<Url type="text/html" template="{escape(search)}?q={{searchTerms}}"/>',
        f'<Url type="application/x-suggestions+json" template="{escape(suggest)}?format=json&amp;q={{searchTerms}}"/>',
        "</OpenSearchDescription>",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="application/opensearchdescription+xml")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116), where the operator has said so."""
    if not settings.SECURITY_CONTACT:
        raise Http404("The operator of this instance has named no contact.")
    expires = (timezone.now() + CONTACT_GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        f"Policy: {request.build_absolute_uri(reverse('site:security'))}",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
