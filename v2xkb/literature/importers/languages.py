"""Names and codes of languages, as the two letters that references keep."""

import pycountry

# What LaTeX's own packages call some of them.
LATEX_NAMES = {
    "ngerman": "de",
    "american": "en",
    "british": "en",
    "ukenglish": "en",
    "usenglish": "en",
    "francais": "fr",
}


def language_code(text: str) -> str | None:
    """ISO 639-1: of `en`, `en-GB`, `eng` and `English`; none where no language is meant."""
    word = text.strip().lower().partition("_")[0]
    word = word.partition("-")[0] if len(word.partition("-")[0]) in (2, 3) else word
    if word in LATEX_NAMES:
        return LATEX_NAMES[word]
    # Codes before names: there is a language called En.
    found = (pycountry.languages.get(**{field: word}) for field in ("alpha_2", "alpha_3", "bibliographic", "name"))
    return next((code for language in found if (code := getattr(language, "alpha_2", None))), None)
