"""How replies of the REST interface are written."""

from typing import Any

from rest_framework.renderers import JSONRenderer

from v2xkb.records.canonical import dump


class CanonicalRenderer(JSONRenderer):
    """The one way documents are written, so that a reply is the stored text byte for byte."""

    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else dump(data).encode()
