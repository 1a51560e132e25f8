"""Pages of the vocabulary."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.views.generic import TemplateView

from v2xkb.records.models import Record
from v2xkb.records.views import RecordDetailView
from v2xkb.taxonomy.choices import Scheme
from v2xkb.taxonomy.models import Term


@dataclass
class Branch:
    """A term with the terms directly below it."""

    term: Term
    branches: list["Branch"] = field(default_factory=list)


def trees(terms: list[Term]) -> Iterator[tuple[Scheme, list[Branch]]]:
    """Each scheme with its uppermost terms."""
    branches = {term.pk: Branch(term) for term in terms}
    for branch in branches.values():
        if branch.term.broader_id:
            branches[branch.term.broader_id].branches.append(branch)
    for scheme in Scheme:
        yield (
            scheme,
            [branch for branch in branches.values() if branch.term.scheme == scheme and not branch.term.broader_id],
        )


class TermTreeView(TemplateView):
    template_name = "taxonomy/tree.html"
    extra_context = {"section": "terms"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, schemes=list(trees(list(Term.objects.for_tree()))))


class TermDetailView(RecordDetailView):
    kind = "term"
    template_name = "taxonomy/detail.html"
    extra_context = {"section": "terms"}

    def beside(self, record: Record) -> dict[str, Any]:
        return {"narrower": Term.objects.narrower_than(record.pk), "naming": Term.objects.naming(record.pk)}


class TermUsageDetailView(RecordDetailView):
    kind = "term-usage"
    template_name = "taxonomy/usage.html"
    extra_context = {"section": "literature"}
