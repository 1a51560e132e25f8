"""Countries by their ISO 3166-1 codes, under the names in common use."""

import gettext

import pycountry
from django.utils import translation

from v2xkb.records.languages import speaks_data_language

COUNTRIES: dict[str, str] = {
    country.alpha_2: getattr(country, "common_name", country.name) for country in pycountry.countries
}


def country_name(code: str) -> str:
    """The name in the language of the page; the code itself where ISO lists none for it."""
    name = COUNTRIES.get(code)
    if name is None or speaks_data_language():
        return name or code
    # The standard library keeps catalogues it has read.
    catalogue = gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=[translation.get_language()], fallback=True
    )
    return catalogue.gettext(name)
