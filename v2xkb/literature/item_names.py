"""What the items of a map are called: keywords, authors, organisations or countries, each in its own words."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from v2xkb.literature.corpora.documents import OF_TEXTS, Items

# As choices.
LABELS: Mapping[Items, str | Promise] = {
    Items.INDEX_KEYWORDS: gettext_lazy("index terms"),
    Items.KEYWORDS: gettext_lazy("index terms and authors' keywords"),
    Items.AUTHOR_KEYWORDS: gettext_lazy("authors' keywords"),
    Items.AUTHORS: gettext_lazy("authors"),
    Items.ORGANISATIONS: gettext_lazy("organisations"),
    Items.COUNTRIES: gettext_lazy("countries"),
    Items.TITLE_TERMS: gettext_lazy("terms of titles"),
    Items.TERMS: gettext_lazy("terms of titles and abstracts"),
}
# What a map shows, in a sentence.
TOGETHER: Mapping[Items, str | Promise] = {
    **dict.fromkeys(
        (Items.INDEX_KEYWORDS, Items.KEYWORDS, Items.AUTHOR_KEYWORDS),
        gettext_lazy("A map of the keywords that stand together in them."),
    ),
    Items.AUTHORS: gettext_lazy("A map of the authors who wrote them together."),
    Items.ORGANISATIONS: gettext_lazy("A map of the organisations whose people wrote them together."),
    Items.COUNTRIES: gettext_lazy("A map of the countries from which they were written together."),
    **dict.fromkeys(OF_TEXTS, gettext_lazy("A map of the terms that stand together in their texts.")),
}
# As the heading of a column, one in each row.
ONE: Mapping[Items, str | Promise] = {
    **dict.fromkeys((Items.INDEX_KEYWORDS, Items.KEYWORDS, Items.AUTHOR_KEYWORDS), gettext_lazy("Keyword")),
    Items.AUTHORS: pgettext_lazy("heading of a column", "Author"),
    Items.ORGANISATIONS: gettext_lazy("Organisation"),
    Items.COUNTRIES: gettext_lazy("Country"),
    **dict.fromkeys(OF_TEXTS, gettext_lazy("Term")),
}


def counted(items: Items, number: int) -> str:
    """So many of them."""
    match items:
        case Items.AUTHORS:
            told = ngettext("{number} author", "{number} authors", number)
        case Items.ORGANISATIONS:
            told = ngettext("{number} organisation", "{number} organisations", number)
        case Items.COUNTRIES:
            told = ngettext("{number} country", "{number} countries", number)
        case Items.TITLE_TERMS | Items.TERMS:
            told = ngettext("{number} term", "{number} terms", number)
        case _:
            told = ngettext("{number} keyword", "{number} keywords", number)
    return told.format(number=grouped(number))


def grouped(number: int) -> str:
    """With marks between thousands, as the language has them."""
    return number_format(number, force_grouping=True)
