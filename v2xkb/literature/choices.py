"""What kinds of publication there are, how much of one was read, and whether it may be passed on."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReferenceType(TextChoices):
    """CSL item types, as far as the field's sources need them."""

    ARTICLE_JOURNAL = "article-journal", _("journal article")
    PAPER_CONFERENCE = "paper-conference", _("conference paper")
    REVIEW = "review-article", _("review article")
    PREPRINT = "preprint", _("preprint")
    REPORT = "report", _("report")
    THESIS = "thesis", _("thesis")
    BOOK = "book", _("book")
    WEBPAGE = "webpage", _("web page")
    NEWS = "article-newspaper", _("news item")
    STANDARD = "standard", _("standard")
    LEGISLATION = "legislation", _("legislation")


class TextSeen(TextChoices):
    """How much of the publication was read for this knowledge base."""

    FULL = "full", _("full text")
    OPENING = "opening", _("opening pages")
    ABSTRACT = "abstract", _("abstract")
    EXCERPT = "excerpt", _("an excerpt")
    TITLE = "title", _("title only")


class Redistribution(TextChoices):
    """What a source's licence says of passing on what was taken from it; absent where nothing is known to forbid it."""

    FORBIDDEN = "forbidden", _("not to be passed on")
