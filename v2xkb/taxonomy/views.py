"""Pages of the vocabulary."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from v2xkb.records.languages import DATA_LANGUAGE, path_in
from v2xkb.records.linked_data import Data, thing
from v2xkb.records.lists import FacetedListView
from v2xkb.records.models import Record
from v2xkb.records.pages import Page
from v2xkb.records.views import RecordDetailView
from v2xkb.taxonomy.choices import Scheme
from v2xkb.taxonomy.classification import PAPER, TERMS, classify
from v2xkb.taxonomy.filtersets import TermFilterSet, TermUsageFilterSet
from v2xkb.taxonomy.linked_data import term_data
from v2xkb.taxonomy.models import Term, TermUsage
from v2xkb.taxonomy.questions import QUESTIONS, UNKNOWN, Answers, Question, WrongAnswers, read_answers
from v2xkb.taxonomy.skos import concept


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


class TermTreeView(FacetedListView):
    """The vocabulary as trees; with filters, the terms they leave as one list."""

    filterset_class = TermFilterSet
    rows = Term.objects.for_tree()
    page_size = 0
    template_name = "taxonomy/tree.html"
    extra_context = {"section": "terms"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        is_tree = not context["address"].pairs
        return context | {"is_tree": is_tree, "schemes": list(trees(list(context["page"]))) if is_tree else []}


class TermDetailView(RecordDetailView):
    kind = "term"
    template_name = "taxonomy/detail.html"
    parents = (("taxonomy:tree", _("Terms")),)
    extra_context = {"section": "terms"}

    def described(self, page: Page) -> Data:
        return term_data(page, self.request.build_absolute_uri)

    def statements(self, page: Page) -> list[Data]:
        """The term as a SKOS concept; the terms it names are called by their permanent ids too."""
        absolute = self.request.build_absolute_uri
        document: Any = page.document
        slugs = [document.broader, *document.related, *document.crosswalk]
        named = {record.slug: record for record in Record.objects.with_slugs("term", [slug for slug in slugs if slug])}
        scheme = f"{absolute(path_in(DATA_LANGUAGE, reverse('taxonomy:tree')))}#{document.scheme}"
        return [concept(document, thing(page.record, absolute), lambda slug: thing(named[slug], absolute), scheme)]

    def beside(self, record: Record) -> dict[str, Any]:
        return {"narrower": Term.objects.narrower_than(record.pk), "naming": Term.objects.naming(record.pk)}


class TermUsageListView(FacetedListView):
    filterset_class = TermUsageFilterSet
    rows = TermUsage.objects.for_list()
    template_name = "taxonomy/usages.html"
    extra_context = {
        "section": "terms",
        "heading": _("Codings of term usage"),
        "gist": _("How single publications use the terms, each as one reader coded it in the text that was seen."),
    }


class TermUsageDetailView(RecordDetailView):
    kind = "term-usage"
    template_name = "taxonomy/usage.html"
    parents = (("taxonomy:tree", _("Terms")), ("taxonomy:usages", _("Codings")))
    extra_context = {"section": "terms"}


class ClassifyView(TemplateResponseMixin, ContextMixin, View):
    """Questions about a way of charging, and the paper's classes that follow; all answers stand in the address."""

    refuses_unknown = True

    template_name = "taxonomy/classify.html"
    extra_context = {"section": "terms", "paper": PAPER}

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            answers = read_answers(dict(request.GET.lists()))
        except WrongAnswers as error:
            faults = [(name, " ".join(messages)) for name, messages in error.faults.items()]
            context = self.get_context_data(questions=choices(Answers()), faults=faults)
            return self.render_to_response(context, status=400)
        given = {name: value for name, value in sorted(asdict(answers).items()) if value != UNKNOWN}
        context = self.get_context_data(questions=choices(answers), canonical=f"?{urlencode(given)}" if given else "")
        return self.render_to_response(context | (conclusions(answers) if given else {}))


def choices(answers: Answers) -> list[tuple[Question, list[tuple[str, str | Promise, bool]]]]:
    """Each question with its answers: value, label, whether it is the one given."""
    given = asdict(answers)
    return [
        (question, [(value, label, value == given[question.name]) for value, label in question.options.items()])
        for question in QUESTIONS
    ]


def conclusions(answers: Answers) -> dict[str, Any]:
    classification = classify(answers)
    found = {record.slug: record for record in Record.objects.with_slugs("term", list(TERMS))}
    texts = {question.name: question.text for question in QUESTIONS}
    results = [
        (result, *([found[slug] for slug in slugs if slug in found] for slugs in (result.certain, result.possible)))
        for result in classification.results
    ]
    return {
        "results": results,
        "doubts": classification.doubts,
        "worth_asking": [texts[name] for name in classification.worth_asking],
    }
