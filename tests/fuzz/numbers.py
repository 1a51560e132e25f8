"""How many inputs are made up, for every test that makes some up: few in the tests, many by `make fuzz`.

`FUZZ` says which part of the many: 1 is all of them. Without it the few are tried, which are the same at each run.
"""

import os

PART = float(os.environ.get("FUZZ", "0"))
FUZZING = PART > 0
# For each: in the tests, by `make fuzz`. Parsers ask no database and are tried once, all others on each database.
NUMBERS = {
    "parsers": (1_500, 100_000),
    "requests": (250, 6_000),
    "REST": (200, 2_400),
    "GraphQL": (40, 1_000),
}


def number_of(what: str) -> int:
    few, many = NUMBERS[what]
    return max(1, round(many * PART)) if FUZZING else few
