"""Reads settings from the environment; what is no value of its kind is an error that names it."""

import re
from collections.abc import Collection
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

from v2xkb.numbers import whole_number_in

# Of any setting: databases and waits take as many, and no more.
MOST = 2**31 - 1


class ValuesAndFiles(FileAwareMapping):
    """The environment, where `NAME_FILE` may name a file with the value of `NAME`: so vaults hand out their secrets."""

    def __getitem__(self, name: str) -> str:
        if not (file := self.env.get(f"{name}_FILE")):
            return str(self.env[name])
        if self.env.get(name):
            raise ImproperlyConfigured(f"{name} and {name}_FILE are both set. Leave one of them out.")
        try:
            return str(super().__getitem__(name)).strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it holds no text"
            raise ImproperlyConfigured(f"{name}_FILE is {file!r}, which cannot be read: {reason}.") from None


class Env(environ.Env):
    ENVIRON = ValuesAndFiles(cache=False)


env = Env()


def switch(name: str, *, default: bool) -> bool:
    """On or off; anything else is an error, since a misspelt "on" would quietly mean less safe."""
    match env.str(name, default="").lower():
        case "":
            return default
        case "on" | "true" | "yes" | "1":
            return True
        case "off" | "false" | "no" | "0":
            return False
        case other:
            raise ImproperlyConfigured(f"{name} is {other!r}, which is neither on nor off. Set it to on or off.")


def one_of(name: str, values: Collection[str], *, default: str) -> str:
    value = env.str(name, default="") or default
    if value not in values:
        raise ImproperlyConfigured(f"{name} is {value!r}, which is none. Set it to {' or '.join(values)}.")
    return value


def whole_number(name: str, *, default: int) -> int:
    text = env.str(name, default="") or str(default)
    number = whole_number_in(text, MOST)
    if number is None:
        raise ImproperlyConfigured(f"{name} is {text!r}, which is no whole number. Set it to one, such as {default}.")
    return number


def rate_limits() -> dict[str, int]:
    """Requests a minute by policy; none with RATE_LIMITS=off."""
    if not switch("RATE_LIMITS", default=True):
        return {}
    return {
        "reading": whole_number("RATE_READING", default=600),
        "signed-in": whole_number("RATE_SIGNED_IN", default=1200),
        "expensive": whole_number("RATE_EXPENSIVE", default=300),
        "sending": whole_number("RATE_SENDING", default=120),
    }


def stolen_passwords() -> str:
    """The file of digests that STOLEN_PASSWORDS_FILE names, if any."""
    name = env.str("STOLEN_PASSWORDS_FILE", default="")
    if name:
        try:
            with Path(name).open("rb") as lines:
                first = lines.read(50)
        except OSError as error:
            raise ImproperlyConfigured(f"STOLEN_PASSWORDS_FILE is {name!r}: {error.strerror}.") from None
        if not re.match(rb"[0-9A-Fa-f]{40}(:|\r?\n|$)", first):
            raise ImproperlyConfigured(
                f"STOLEN_PASSWORDS_FILE is {name!r}, which does not begin with a SHA-1 digest. "
                "Name a file with a digest a line, in the order of the digests."
            )
    return name
