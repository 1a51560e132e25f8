"""Countries by their ISO 3166-1 codes, under the names in common use."""

import pycountry

COUNTRIES: dict[str, str] = {
    country.alpha_2: getattr(country, "common_name", country.name) for country in pycountry.countries
}


def country_name(code: str) -> str:
    """The English name; the code itself where ISO lists none for it."""
    return COUNTRIES.get(code, code)
