"""How replies of the REST interface are written."""

from typing import Any

from pydantic_core import to_json
from rest_framework.renderers import JSONRenderer


class CanonicalRenderer(JSONRenderer):
    """The one way documents are written, in lists as alone."""

    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        """A document comes as the text it is stored as, anything else as plain data, which is written the same way.

        Python's own writer takes as long for a list with its facets as everything else that the list is made by.
        """
        if data is None:
            return b""
        return data.encode() if isinstance(data, str) else to_json(data, indent=2) + b"\n"
