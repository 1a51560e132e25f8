"""Which language is spoken where: pages speak that of their address, data the one they were written in."""

from contextlib import AbstractContextManager

from django.conf import settings
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Records, API, schemas and downloads; its pages are those without a prefix.
DATA_LANGUAGE = settings.LANGUAGE_CODE
UNSAID, SAID = mark_safe(""), format_html(' lang="{}"', DATA_LANGUAGE)


class DataText(str):
    """Words of a record, in the data's language wherever they are shown."""

    __slots__ = ()


def language_of(path: str) -> str:
    """The language of the page at a path, which nothing but the path decides: /de/projects/ -> de."""
    prefix = path.removeprefix("/").partition("/")[0]
    return prefix if prefix in dict(settings.LANGUAGES) and prefix != DATA_LANGUAGE else DATA_LANGUAGE


def path_in(language: str, path: str) -> str:
    """The address of the same page in another language: de, /projects/ -> /de/projects/."""
    spoken = language_of(path)
    rest = path if spoken == DATA_LANGUAGE else path.removeprefix(f"/{spoken}")
    # With two slashes before it, a path would be read as the name of another host.
    plain = f"/{rest.lstrip('/')}"
    return plain if language == DATA_LANGUAGE else f"/{language}{plain}"


def speaks_data_language() -> bool:
    return translation.get_language() in (DATA_LANGUAGE, None)


def in_data_language() -> AbstractContextManager[None]:
    """For what is data even where a page of another language asks for it, such as downloads."""
    return translation.override(DATA_LANGUAGE)


def in_sentence(label: object) -> str:
    """A label within a sentence: small in English; German nouns keep their capitals."""
    return str(label).lower() if speaks_data_language() else str(label)


def lang_of(text: object) -> SafeString:
    """The attribute of an element that holds a text, empty for words of the page itself."""
    return data_lang() if isinstance(text, DataText) else UNSAID


def data_lang() -> SafeString:
    """The attribute that elements holding data carry, wherever the page around them speaks another language."""
    return UNSAID if speaks_data_language() else SAID
