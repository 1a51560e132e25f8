"""What web processes no longer need goes back to the system."""

from v2xkb.memory import SECONDS_BETWEEN, giving_back, trimmer


def test_memory_is_given_back_after_whole_collections_and_not_after_each() -> None:
    clock, given = [100.0], list[int]()
    after = giving_back(given.append, lambda: clock[0])
    for seconds, phase, generation in (
        (0, "stop", 2),
        (SECONDS_BETWEEN, "start", 2),
        (0, "stop", 1),
        (0, "stop", 2),
        (SECONDS_BETWEEN / 2, "stop", 2),
        (SECONDS_BETWEEN / 2, "stop", 2),
    ):
        clock[0] += seconds
        after(phase, {"generation": generation})
    assert len(given) == 2


def test_what_gives_it_back_can_be_called() -> None:
    trim = trimmer()
    assert trim is None or trim(0) in (0, 1)
