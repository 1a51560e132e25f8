"""What every reply says to browsers: what may be done with it, which other sites may read it, whether to keep it."""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from v2xkb.records.prefixes import CLOSED, GRAPHQL, PRIVATE

Answering = Callable[[HttpRequest], HttpResponseBase]

# What browsers let pages do that none of ours does. Full screen stays: keyword maps have a button for it.
UNUSED = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "sync-xhr", "usb", "web-share", "xr-spatial-tracking",
)  # fmt: skip
# Data is looked at, never run: an SVG or XML that is opened by itself loads nothing and has no rights on this site.
CSP = "Content-Security-Policy"
DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
HTML = "text/html"

ALLOW_ORIGIN = "Access-Control-Allow-Origin"
RESOURCE = "Cross-Origin-Resource-Policy"
# What scripts of other sites may read of a reply, besides the few headers they always may.
EXPOSED = (
    "Allow", "Content-Disposition", "Deprecation", "ETag", "Link", "Location", "RateLimit", "RateLimit-Policy",
    "Retry-After", "Sunset", "X-All-Count", "X-Revision", "X-Total-Count",
)  # fmt: skip
OPEN = {ALLOW_ORIGIN: "*", "Access-Control-Expose-Headers": ", ".join(EXPOSED)}
# A browser asks first whether it may send JSON; sending nothing but queries, it changes nothing.
ASKING = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
READING = ("GET", "HEAD", "OPTIONS")
CACHING, UNSTORED = "Cache-Control", "no-store"


@cache
def always() -> dict[str, str]:
    """What every reply says; read when it is first needed, since commands import this before there are settings."""
    return {
        "Cross-Origin-Opener-Policy": str(settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
    }


class ReplyHeadersMiddleware:
    """Inside the middleware of the policy, which leaves a policy alone that is there, and outside all that answers.

    Data that everybody may read may be read by scripts of other sites as well, such as notebooks in browsers: always
    without cookies, which `*` forbids. Pages may not, and no other site may show or embed what is not data.
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_asking = request.method == "OPTIONS" and request.path_info == GRAPHQL
        is_page = not is_asking and response.headers.get("Content-Type", HTML).startswith(HTML)
        if not is_page:
            response.headers.setdefault(CSP, DATA_POLICY)
        if not is_page and is_open(request):
            for name, value in {**OPEN, **(ASKING if request.path_info == GRAPHQL else {})}.items():
                response.headers.setdefault(name, value)
        for name, value in always().items():
            response.headers.setdefault(name, value)
        response.headers[RESOURCE] = resource_policy(response)
        if is_private(request, response):
            response.headers[CACHING] = UNSTORED
        return response


def is_open(request: HttpRequest) -> bool:
    """Whether everybody may read what is answered, whoever they are."""
    is_read = request.method in READING or request.path_info == GRAPHQL
    return is_read and not request.path_info.startswith(CLOSED)


def is_private(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a session, a token, a form or its sign had a part in what is answered, or might have had.

    What says that it is public is so for whoever is signed in as well.
    """
    if request.path_info.startswith(PRIVATE):
        return True
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    is_sent = request.method == "POST" and request.path_info != GRAPHQL
    is_somebodys = is_sent or "cookie" in varies or "Authorization" in request.headers
    return is_somebodys and "public" not in response.headers.get(CACHING, "")


def resource_policy(response: HttpResponseBase) -> str:
    return "cross-origin" if response.headers.get(ALLOW_ORIGIN) == "*" else "same-origin"


def without_middleware(request: HttpRequest, *, is_open: bool) -> dict[str, str]:
    """What a reply says that is made before any other middleware is asked, but for the policy of its content.

    Where nothing has changed none is said: a browser would put it in place of the one that the page came with.
    """
    said = {**always(), RESOURCE: "cross-origin" if is_open else "same-origin"}
    if settings.SECURE_HSTS_SECONDS and request.is_secure():
        subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        said["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}"
    return {**said, **(OPEN if is_open else {})}
