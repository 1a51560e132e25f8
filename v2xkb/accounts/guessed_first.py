"""Passwords that are guessed first: usual ones, runs along a keyboard, words that everybody at this place knows."""

import json
import re
import string
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
# Of a longer one only the beginning is looked at: whoever sends a megabyte shall not keep anybody waiting.
JUDGED = 1_000
# What fingers run along: digits, the alphabet, the rows and columns of English, German and French keyboards.
ROWS = (
    string.digits * 2,
    string.ascii_lowercase,
    *("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm", "wxcvbn"),
    *("1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1qay2wsx3edc4rfv5tgb6zhn7ujm"),
)
# Fewer stand in many a word: first, hijack.
STEPS = 4
RUNS = {row[at : at + STEPS] for line in ROWS for row in (line, line[::-1]) for at in range(len(row) - STEPS + 1)}


class GuessedFirstValidator(CommonPasswordValidator):
    """What is guessed first is no harm in a password where enough is left without it."""

    def __init__(self, kinds: Iterable[str], rest: int = 8) -> None:
        super().__init__()
        self.kinds = list(kinds)
        self.rest = rest

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        written = letters_of(password[:JUDGED])
        others = without(written, words_of_this_place(self.kinds))
        left = self.without_a_usual_one(without_runs(others))
        if left == written or len(left) >= self.rest:
            return
        if others != written:
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
        raise ValidationError(
            ngettext(
                "This password is a usual one or a run such as qwerty or 1234, with little more. Take another, or add "
                "at least %(rest)d letter or digit.",
                "This password is a usual one or a run such as qwerty or 1234, with little more. Take another, or add "
                "at least %(rest)d letters or digits.",
                self.rest,
            )
            % {"rest": self.rest},
            code="password_guessed_first",
        )

    def without_a_usual_one(self, written: str) -> str:
        """Nothing, or the digits before and behind it."""
        usual = next((one for one in (written, written.strip(string.digits)) if one in self.passwords), "")
        return written.replace(usual, "", 1)

    def get_help_text(self) -> str:
        ours = gettext(
            "Nor can it be such a one with little more, a run such as qwerty or 1234, or made of words of this place, "
            "such as V2G or the names of projects."
        )
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


def without_runs(written: str) -> str:
    """Without what a finger runs along, to and fro, and one character again and again."""
    ends = range(STEPS, len(written) + 1)
    found = [end for end in ends for run in [written[end - STEPS : end]] if run in RUNS or run == run[0] * STEPS]
    taken = {end - back for end in found for back in range(1, STEPS + 1)}
    return "".join(one for place, one in enumerate(written) if place not in taken)
