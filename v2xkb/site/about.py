"""The pages about the knowledge base itself, declared once: order, address, title, template."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class AboutPage:
    """A page at /about/<slug>/; `lead` says on the hub what it answers."""

    slug: str
    title: str | Promise
    lead: str | Promise

    @property
    def template(self) -> str:
        return f"site/about/{self.slug}.html"


ABOUT_PAGES = (
    AboutPage(
        "methodology", _("Methodology"), _("How a value gets in, what stands behind it, and what to be careful with.")
    ),
    AboutPage(
        "inclusion", _("What is included"), _("Which projects are here, and why our total is not the paper's 159.")
    ),
    AboutPage("counting", _("How we count"), _("What one record is, and why counts are never added up over projects.")),
    AboutPage("roles", _("Actors and roles"), _("How the actors of barriers and the roles of partners match.")),
    AboutPage("dictionary", _("Data dictionary"), _("Every field of every kind of record, as declared.")),
    AboutPage("programs", _("For programs"), _("First steps with downloads, REST, GraphQL and Python.")),
    AboutPage("accessibility", _("Accessibility"), _("What these pages promise readers, and what was not checked.")),
    AboutPage("licence", _("Licence"), _("What you may do with texts, data and code.")),
    AboutPage("citing", _("How to cite"), _("Citing the knowledge base, a record, a list or a source.")),
    AboutPage("privacy", _("Privacy"), _("What is kept of people who read, write and review, why, and how it goes.")),
    AboutPage("security", _("Security"), _("Whom to tell of a weakness.")),
)
