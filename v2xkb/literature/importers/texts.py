"""Makes plain text of what databases export: no markup, no entities, no stray spaces or control characters."""

import html
import re
import unicodedata

MARKUP = re.compile(
    r"</?(?:jats:)?(?:i|b|u|em|strong|sub|sup|sc|scp|span|p|title|italic|bold)(?: [^<>]{0,200})?/?>", re.IGNORECASE
)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def plain(text: str) -> str:
    """One line in Unicode's composed form."""
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        return " ".join(text.split())
    text = html.unescape(MARKUP.sub("", text))
    return unicodedata.normalize("NFC", " ".join(CONTROL.sub(" ", text).split()))
