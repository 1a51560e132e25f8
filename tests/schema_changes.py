"""Whether CHANGELOG.md tells of the present GraphQL schema: each change of it has a line there that names its digest.

`python -m tests.schema_changes` is part of `make check`.
"""

import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "docs" / "reference" / "schema.graphql"
CHANGELOG = ROOT / "CHANGELOG.md"
HEADING = "### GraphQL schema"


def digest(schema: str) -> str:
    return hashlib.sha256(schema.encode()).hexdigest()[:12]


def fault(schema: str, changelog: str) -> str:
    """What is wrong, with the remedy; nothing where the latest line of the newest such section names the schema."""
    _, found, section = changelog.partition(f"{HEADING}\n")
    lines = re.findall(r"^- `(\w+)`: \S", re.split(r"^##", section, maxsplit=1, flags=re.MULTILINE)[0], re.MULTILINE)
    present = digest(schema)
    if found and lines[-1:] == [present]:
        return ""
    told = f"Its last line names {lines[-1]}" if lines else "It has no line"
    return (
        f"CHANGELOG.md does not tell of the GraphQL schema as it is, {present}. {told} under “{HEADING}”. "
        f"Add one at its end that says what changed for those who query: “- `{present}`: …”."
    )


def main() -> int:
    told = fault(SCHEMA.read_text(encoding="utf-8"), CHANGELOG.read_text(encoding="utf-8"))
    if told:
        sys.stderr.write(f"{told}\n")
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main())
