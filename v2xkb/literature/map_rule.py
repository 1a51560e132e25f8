"""The form that says how a keyword map is made, and what is wrong with what was given."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from v2xkb.literature.corpora.documents import Items
from v2xkb.literature.item_names import LABELS
from v2xkb.literature.keyword_maps import Publications, usual_rule
from v2xkb.records.facet_values import of_value


class Off(forms.CheckboxInput):
    """Says no where it is ticked, and nothing else."""

    def __init__(self) -> None:
        super().__init__(check_test=lambda value: value == "no")

    def format_value(self, value: Any) -> str:
        return "no"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return data.get(name)


class OneOf(forms.ChoiceField):
    """One of a few values, all of which are named where another is given."""

    def validate(self, value: str) -> None:
        offered: Any = self.choices
        known = [str(name) for name, _label in offered]
        if value not in known:
            fault = f"{gettext('is no value of it.')} {gettext('Known: {names}.').format(names=', '.join(known))}"
            raise ValidationError(of_value(value, fault))


class Whole(forms.IntegerField):
    """A whole number; all that it may be is said at once, whatever is wrong with the one that was given."""

    fault = _("is no whole number from {low} to {high}.")

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError as error:
            fault = self.fault.format(low=self.min_value, high=self.max_value)
            raise ValidationError(of_value(str(value), fault)) from error


class Tenths(Whole, forms.DecimalField):
    fault = _("is no number from {low} to {high} in steps of 0.1, such as 0.8.")


class RuleForm(forms.Form):
    """How a map is made; what is left out is as usual."""

    items = OneOf(
        label=_("On the map"),
        choices=[(items.value, label) for items, label in LABELS.items()],
    )
    counting = OneOf(
        label=_("Counting"),
        choices=[("full", _("full")), ("fractional", _("fractional"))],
    )
    minimum = Whole(label=_("In at least so many publications"), min_value=2, max_value=1000)
    # In tenths, so that one map has one address and few are made in vain.
    resolution = Tenths(label=_("Resolution"), min_value=Decimal("0.1"), max_value=5, decimal_places=1)
    smallest = Whole(label=_("Smallest cluster"), min_value=1, max_value=20)
    thesaurus = OneOf(label=_("Without the thesaurus"), choices=[("yes", ""), ("no", "")], widget=Off)

    def __init__(self, publications: Publications, given: Mapping[str, str]) -> None:
        of_all = publications.usual.items
        asked = given.get("items", of_all)
        usual = usual_rule(publications, Items(asked) if asked in publications.offered else of_all)
        self.usual: dict[str, Any] = {**asdict(usual), "items": of_all.value}
        super().__init__({**self.usual, **given})
        items: Any = self.fields["items"]
        items.choices = [(one.value, LABELS[one]) for one in publications.offered]
        if not publications.thesaurus:
            del self.fields["thesaurus"]
