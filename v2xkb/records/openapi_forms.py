"""The description of the REST interface in the forms that it is had in: nothing but code is in it."""

from functools import cache

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)

from v2xkb.records.languages import in_data_language

# The first is for whoever takes any.
RENDERERS = (OpenApiYamlRenderer, OpenApiYamlRenderer2, OpenApiJsonRenderer, OpenApiJsonRenderer2)
FORMS = {renderer.format: renderer for renderer in RENDERERS}


@cache
def written(form: str) -> bytes:
    """Made once in each process, as it takes half a second."""
    with in_data_language():
        content: bytes = FORMS[form]().render(SchemaGenerator().get_schema(public=True))
    return content
