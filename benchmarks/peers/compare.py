"""What `make bench-peers` runs: the comparisons named, in turn; each writes its part of RESULTS.md."""

import os
import sys

import django

from benchmarks.peers import knowledge_bases, results

os.environ |= knowledge_bases.environment("")
django.setup()

# Only importable once Django is set up.
from benchmarks.peers import graphs, keyword_networks, lists, pages  # noqa: E402

COMPARISONS = {
    "datasette": lists.compare,
    "postgraphile": graphs.compare,
    "pybibx": keyword_networks.compare,
    "pages": pages.compare,
}


def main(names: list[str]) -> int:
    if unknown := [name for name in names if name not in COMPARISONS]:
        print(f"There is no comparison with {', '.join(unknown)}, only with {', '.join(COMPARISONS)}.", file=sys.stderr)
        return 2
    for name in names or COMPARISONS:
        results.keep(COMPARISONS[name]())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
