"""Tells the encoding of a text file from its first bytes."""

import codecs

# So many bytes are enough.
SAMPLE = 2000


def encoding_of(sample: bytes) -> tuple[str, str]:
    """(name, codec); UTF-8 unless something else shows, and no codec for an encoding that nobody means to use."""
    if sample.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32", ""
    if sample.startswith(codecs.BOM_UTF8):
        return "UTF-8", "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16", "utf-16"
    if found := _unmarked_utf16(sample):
        return "UTF-16", found
    return "UTF-8", "utf-8"


def _unmarked_utf16(sample: bytes) -> str:
    """A quarter of NUL bytes, all on one side, is a text of two bytes a character without a mark."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 4 < len(sample) or min(even, odd):
        return ""
    return "utf-16-be" if even else "utf-16-le"
