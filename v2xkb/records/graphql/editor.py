"""The page where people write queries and see what they give."""

from urllib.parse import urlencode

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from v2xkb.records.graphql.examples import EXAMPLES

# The digest of nothing: a style element that is empty, as our script leaves those of dialogs, and no other.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


# GraphiQL's own style sheet carries its fonts and icons within it.
@csp_update({"font-src": ["data:"], "img-src": ["data:"], "style-src": [EMPTY_STYLE]})
def editor(request: HttpRequest) -> HttpResponse:
    """With the query that the address gives, else the first example."""
    first, *_ = EXAMPLES
    context = {
        "examples": [
            {"question": example.question, "address": urlencode({"query": example.query})} for example in EXAMPLES
        ],
        "query": request.GET.get("query") or first.query,
        "variables": request.GET.get("variables", ""),
    }
    return render(request, "records/graphiql.html", context)
