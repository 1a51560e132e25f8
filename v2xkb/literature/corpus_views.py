"""Pages of published corpora."""

from typing import Any

from django.http import Http404
from django.views.generic import TemplateView

from v2xkb.literature.corpora.summarising import summary_of
from v2xkb.literature.corpus_models import Corpus


class CorporaView(TemplateView):
    """All published corpora."""

    template_name = "literature/corpora.html"
    extra_context = {"section": "literature"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        corpora = [(corpus, summary_of(corpus)) for corpus in Corpus.objects.published()]
        return super().get_context_data(**kwargs, corpora=corpora)


class CorpusView(TemplateView):
    """One published corpus, counted."""

    template_name = "literature/corpus.html"
    extra_context = {"section": "literature"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        corpus = Corpus.objects.published().called(self.kwargs["slug"])
        if corpus is None:
            raise Http404("There is no such corpus.")
        added = {"corpus": corpus, "summary": summary_of(corpus), "files": corpus.files.all()}
        return super().get_context_data(**kwargs, **added)
