"""How replies of the REST interface are written."""

from typing import Any

from rest_framework.renderers import JSONRenderer

from v2xkb.records.canonical import dump


class CanonicalRenderer(JSONRenderer):
    """The one way documents are written, in lists as alone."""

    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        """A document comes as the text it is stored as, anything else as plain data."""
        if data is None:
            return b""
        return (data if isinstance(data, str) else dump(data)).encode()
