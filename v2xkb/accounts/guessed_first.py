"""Passwords that are guessed first: the usual ones, and those made of words that everybody at this place knows."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext

from v2xkb.records.folding import fold
from v2xkb.records.models import Record
from v2xkb.taxonomy.classification import PAPER

# Shorter ones are in many passwords by chance, but for those such as V2G.
SHORTEST = 4
ACRONYM = re.compile(r"(?=.*[a-z])(?=.*\d).{3}")


class GuessedFirstValidator(CommonPasswordValidator):
    """A word of this place is no harm where enough is left without it, which nobody guesses first either."""

    def __init__(self, kinds: Iterable[str], rest: int = 8) -> None:
        super().__init__()
        self.kinds = list(kinds)
        self.rest = rest

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        written = letters_of(password)
        left = without(written, words_of_this_place(self.kinds))
        if left != written and (len(left) < self.rest or left in self.passwords):
            raise ValidationError(
                ngettext(
                    "This password is made of words that everybody at this place knows. Take others, or add at least "
                    "%(rest)d letter or digit.",
                    "This password is made of words that everybody at this place knows. Take others, or add at least "
                    "%(rest)d letters or digits.",
                    self.rest,
                )
                % {"rest": self.rest},
                code="password_of_this_place",
            )

    def get_help_text(self) -> str:
        ours = gettext("Your password can’t be made of words of this place, such as V2G or the names of projects.")
        return f"{super().get_help_text()} {ours}"


def words_of_this_place(kinds: list[str]) -> set[str]:
    """Of the site and its hosts, the paper it grew from, the roles, and all names of the records of these kinds."""
    hosts = [*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_ADDRESS).hostname or ""]
    roles = Group.objects.values_list("name", flat=True)
    names = chain([settings.OTP_TOTP_ISSUER, PAPER], hosts, roles, names_of_records(kinds))
    words = {word for name in names for word in re.findall("[a-z0-9]+", fold(name))}
    return {word for word in words if len(word) >= SHORTEST or ACRONYM.fullmatch(word)}


def names_of_records(kinds: list[str]) -> Iterator[str]:
    for text in Record.objects.of_kinds(kinds).texts_by_name():
        document = json.loads(text)
        yield document.get("label") or document.get("name", "")
        yield from document.get("alt_labels", [])


def letters_of(password: str) -> str:
    """Letters and digits alone, folded as names are; letters that fold to nothing stay."""
    return "".join(fold(one) or one for one in password.casefold() if one.isalnum())


def without(written: str, words: set[str]) -> str:
    """Of two words that begin at the same letter the longer one goes."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.sub("|".join(longest_first), "", written)
