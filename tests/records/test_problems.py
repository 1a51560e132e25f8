"""What somebody's input most likely means is found among however many words, whatever was written."""

from v2xkb.records.problems import LONGEST_COMPARED, MOST_COMPARED_IN_PARTS, likeliest


def test_words_as_long_as_any_are_compared_by_their_beginning() -> None:
    assert likeliest("x" * LONGEST_COMPARED + "parker", ["parker"]) == ""


def test_among_very_many_words_a_whole_one_must_be_like_it() -> None:
    few = [f"energy-institute-{number:05}" for number in range(MOST_COMPARED_IN_PARTS)]
    assert likeliest("energy", few) == few[0]
    assert likeliest("energy", [*few, "zero"]) == ""
    assert likeliest("enery-institute-01234", [*few, "zero"]) == "energy-institute-01234"
