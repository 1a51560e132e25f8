"""What kinds of publication there are, and how much of one was read."""

from django.db.models import TextChoices


class ReferenceType(TextChoices):
    """CSL item types, as far as the field's sources need them."""

    ARTICLE_JOURNAL = "article-journal", "journal article"
    PAPER_CONFERENCE = "paper-conference", "conference paper"
    REVIEW = "review-article", "review article"
    PREPRINT = "preprint", "preprint"
    REPORT = "report", "report"
    THESIS = "thesis", "thesis"
    BOOK = "book", "book"
    WEBPAGE = "webpage", "web page"
    NEWS = "article-newspaper", "news item"
    STANDARD = "standard", "standard"
    LEGISLATION = "legislation", "legislation"


class TextSeen(TextChoices):
    """How much of the publication was read for this knowledge base."""

    FULL = "full", "full text"
    OPENING = "opening", "opening pages"
    ABSTRACT = "abstract", "abstract"
    EXCERPT = "excerpt", "an excerpt"
    TITLE = "title", "title only"
