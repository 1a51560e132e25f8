"""What is kept of a reply."""

from django.http.response import HttpResponseBase

from v2xkb.site.request_log import HEADER


def headers(reply: HttpResponseBase) -> dict[str, str]:
    """All but the name of the request, which each has for itself."""
    return {name: value for name, value in reply.headers.items() if name != HEADER}
