"""Countries that affiliations end with, under the names that databases use."""

import re
from functools import lru_cache

import pycountry

from v2xkb.records.folding import fold

# What databases call them where ISO's own names differ.
OTHER_NAMES = {
    "england": "GB", "scotland": "GB", "wales": "GB", "north ireland": "GB", "northern ireland": "GB", "uk": "GB",
    "usa": "US", "united states of america": "US", "peoples r china": "CN", "p.r. china": "CN", "hong kong": "HK",
    "macau": "MO", "south korea": "KR", "north korea": "KP", "russia": "RU", "turkey": "TR", "turkiye": "TR",
    "czech republic": "CZ", "iran": "IR", "viet nam": "VN", "vietnam": "VN", "taiwan": "TW", "bolivia": "BO",
    "venezuela": "VE", "tanzania": "TZ", "syria": "SY", "moldova": "MD", "palestine": "PS", "laos": "LA",
    "u arab emirates": "AE", "brunei": "BN", "bosnia & herceg": "BA", "cote ivoire": "CI", "dem rep congo": "CD",
    "north macedonia": "MK", "macedonia": "MK", "swaziland": "SZ", "cape verde": "CV", "kosovo": "XK",
}  # fmt: skip
NAMES = {
    fold(name): country.alpha_2
    for country in pycountry.countries
    for name in (country.name, getattr(country, "common_name", ""), getattr(country, "official_name", ""))
    if name
} | OTHER_NAMES
# In addresses of the United States the state and the postal code stand before the country, without a comma.
AMERICAN = re.compile(r"\bUSA$")


@lru_cache(maxsize=65_536)
def country_of(last: str) -> str:
    """The ISO 3166-1 code of the last part of an affiliation; nothing where it names no country."""
    name = last.strip(" .")
    return NAMES.get(fold(name), "US" if AMERICAN.search(name) else "")


def countries_of(affiliations: list[str]) -> list[str]:
    """The countries in the order in which they come, each once."""
    found = (country_of(text.rpartition(",")[2]) for text in affiliations)
    return list(dict.fromkeys(code for code in found if code))
