"""The form by which a reader suggests a correction: plain fields, and a sealed note of what the reader saw."""

import re
import time
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

SALT = "v2xkb.curation.correction"
# Nobody reads the form and writes into it faster.
QUICKEST_SECONDS = 3
LONGEST_SECONDS = 7 * 24 * 3600
MOST_SHOWN = 1000
MOST_CHARACTERS = 100_000
# Line breaks and tabs are what people write.
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Seen:
    """What the sender had before them when the form was made: sealed, so that nobody can say they saw another."""

    kind: str
    pid: str
    label: str
    version: int
    path: str
    shown: str
    at: float

    @property
    def seal(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)


def opened(seal: str) -> Seen:
    """Raises BadSignature where it is none of ours or too old."""
    try:
        return Seen(**signing.loads(seal, salt=SALT, max_age=LONGEST_SECONDS))
    except (TypeError, ValueError) as error:
        raise signing.BadSignature(str(error)) from error


def without_control_characters(text: str) -> None:
    if found := CONTROL_CHARACTER.search(text):
        name = f"U+{ord(found.group()):04X}"
        message = _("The text holds the control character {name}, which nobody can see. Remove it, or write it anew.")
        raise ValidationError(message.format(name=name))


class PlainText(forms.CharField):
    """Text of several lines, as people write it."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))

    def run_validators(self, value: Any) -> None:
        without_control_characters(value)
        super().run_validators(value)


class CorrectionForm(forms.Form):
    text = PlainText(
        label=gettext_lazy("What is wrong, and what is right?"),
        help_text=gettext_lazy("In your own words, in any language; at most 5,000 characters."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    source = PlainText(
        label=gettext_lazy("How do you know?"),
        help_text=gettext_lazy(
            "An address, a publication, a page of it. Where nothing is published, say how you know: “I led the trial”."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail (may stay empty)"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    # What the seal holds, also where it was sent too soon; None where it is none of ours.
    opened: Seen | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = settings.KEEP_EMAILS_DAYS
        self.fields["email"].help_text = ngettext(
            "Only to tell you the outcome, once. Curators don't see it; it is deleted {days} day after the outcome, "
            "or whenever you like.",
            "Only to tell you the outcome, once. Curators don't see it; it is deleted {days} days after the outcome, "
            "or whenever you like.",
            days,
        ).format(days=days)
        self.fields["text"].error_messages["required"] = _("Say what is wrong, or what is right.")
        self.fields["source"].error_messages["required"] = _("Say how you know: a value here needs a source.")

    def clean_website(self) -> None:
        """People cannot see this field; programs that fill whatever there is can."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("A field that people cannot see was filled in. It is empty now: send once more."))

    def clean_seen(self) -> Seen:
        try:
            self.opened = opened(self.cleaned_data["seen"])
        except signing.BadSignature:
            raise ValidationError(_("This form is no longer good. Send it once more.")) from None
        if time.time() - self.opened.at < QUICKEST_SECONDS:
            raise ValidationError(_("That was quicker than anybody can write. Wait three seconds and send once more."))
        return self.opened
