"""Markup that stands hundreds of times in a page, written without a template; every text in it is escaped as there.

A template's variable costs several times what it says, and `format_html` asks of each text whether it is lazy. Forms
are our own: constants with a place `{}` for each text.
"""

from collections.abc import Iterable
from html import escape

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

# What a place of a form takes: markup as it is, all else as text.
Text = str | int | float | Promise


def written(form: str, *texts: Text) -> SafeString:
    """As Django's `format_html`."""
    return mark_safe(form.format(*map(escaped, texts)))  # noqa: S308 - every text is escaped


def each(form: str, rows: Iterable[Iterable[Text]], between: str = "") -> SafeString:
    """As Django's `format_html_join`: the form once for each row; what stands between two is ours, too."""
    return mark_safe(between.join(form.format(*map(escaped, row)) for row in rows))  # noqa: S308 - every text is escaped


def escaped(text: Text) -> str:
    """The text as it may stand in an element or in a quoted attribute."""
    return text if isinstance(text, SafeString) else escape(str(text))
