"""The one place that calls HanTa, a library under the LGPL: what kind of word each of a sentence is."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

# The words of titles come again and again, and taking one apart costs more than all the rest.
REMEMBERED = 100_000


@lru_cache(maxsize=1)
def tagger() -> Any:
    """HanTa with the model of English that comes in its package."""
    from HanTa.HanoverTagger import HanoverTagger  # noqa: PLC0415  # heavy

    made = HanoverTagger(str(files("HanTa") / "morphmodel_en.pgz"))
    made.analyze_forward = lru_cache(maxsize=REMEMBERED)(made.analyze_forward)
    return made


def tags(words: Sequence[str]) -> list[str]:
    """The tag of each word of a sentence, none of them empty, from the CLAWS 5 set: NN1, NN2, AJ0, VVN …"""
    return list(tagger().tag_sent(list(words), taglevel=0))


def lemma(plural: str) -> str:
    """What HanTa takes for the singular of a plural noun, in lower case."""
    return str(tagger().analyze(plural, "NN2")[0])
