"""RESULTS.md, of which each comparison writes a section of its own and leaves the others as they are."""

import os
import platform
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE.parent / "RESULTS.md"
HEADING = re.compile(r"^## ", re.MULTILINE)


def fill(template: str, facts: Mapping[str, str]) -> str:
    """A template beside this file with its {names} filled in."""
    text = (HERE / template).read_text(encoding="utf-8")
    for name, value in {**facts, "where": where(), "day": datetime.now(UTC).date().isoformat()}.items():
        text = text.replace("{" + name + "}", value)
    return text


def keep(section: str, path: Path = RESULTS) -> None:
    """Writes a section, which begins with its heading, over the one of that heading, or at the end."""
    head, *sections = parts(path.read_text(encoding="utf-8"))
    title = title_of(section)
    kept = [section if title_of(one) == title else one for one in sections]
    if section not in kept:
        kept.append(section)
    path.write_text("\n\n".join(part.strip() for part in (head, *kept)) + "\n", encoding="utf-8")


def parts(text: str) -> list[str]:
    starts = [found.start() for found in HEADING.finditer(text)]
    return [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def title_of(section: str) -> str:
    return section.strip().splitlines()[0]


def where() -> str:
    """The machine, and how busy it has been for the last quarter of an hour, the measurement included."""
    cpu = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    model = f" of {cpu[1].strip()}" if cpu else ""
    return f"{os.cpu_count()} cores{model} (load {os.getloadavg()[2]:.1f}), Python {platform.python_version()}"
