"""The home page, which belongs to no single app."""

from typing import Any

from django.views.generic import TemplateView

from barriers.models import Barrier
from projects.models import Collection, Project
from v2xkb.records.models import Record


class HomeView(TemplateView):
    template_name = "site/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            tiers=Project.objects.count_by_tier(),
            kinds=Record.objects.count_by_kind(),
            barriers=Barrier.objects.for_list(),
            collections=Collection.objects.with_address().in_order(),
        )
