"""Pages of the literature."""

from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from v2xkb.literature.citation import publication_item
from v2xkb.literature.documents import ReferenceDocument
from v2xkb.literature.exports import EXPORTS
from v2xkb.literature.filtersets import ReferenceFilterSet
from v2xkb.literature.linked_data import publication_data
from v2xkb.literature.models import Reference
from v2xkb.records.citation_text import Item
from v2xkb.records.documents import Document
from v2xkb.records.linked_data import Data
from v2xkb.records.lists import FacetedListView
from v2xkb.records.models import Record
from v2xkb.records.pages import Page, citing
from v2xkb.records.views import RecordDetailView


class ReferenceListView(FacetedListView):
    filterset_class = ReferenceFilterSet
    rows = Reference.objects.with_record()
    template_name = "literature/list.html"
    extra_context = {"section": "literature"}
    exports = EXPORTS


class ReferenceDetailView(RecordDetailView):
    kind = "reference"
    template_name = "literature/detail.html"
    parents = (("literature:list", _("Literature")),)
    extra_context = {"section": "literature"}

    def beside(self, record: Record) -> dict[str, Any]:
        return {"citing": citing(record)}

    def described(self, page: Page) -> Data:
        return publication_data(page)

    def publication(self, document: Document) -> Item:
        return publication_item(cast(ReferenceDocument, document))
