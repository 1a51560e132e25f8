"""Whole numbers as somebody wrote them: whatever was written is a number within bounds, or is none."""

# What a database counts its rows by.
LARGEST_KEY = 2**63 - 1


def whole_number_in(text: str, most: int) -> int | None:
    """The number from 0 to `most` that a text writes in digits from 0 to 9 alone; None for anything else."""
    if not (text.isascii() and text.isdecimal()):
        return None
    digits = text.lstrip("0")
    # Python refuses to read very many digits at once.
    if len(digits) > len(str(most)) or (number := int(digits or "0")) > most:
        return None
    return number
