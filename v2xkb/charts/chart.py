"""What a chart is: a finding, the data behind it as a table, and a description of how to draw it."""

from dataclasses import dataclass
from typing import Any

Cell = str | int | float | None


@dataclass(frozen=True)
class Chart:
    """One chart.

    `name` is the last part of its address; `title` states the finding, `alt` says in words what the drawing shows,
    `note` what it counts. `spec` is a Vega-Lite 5 dictionary whose data stand in it, without title, description and
    config, which every drawing gets alike. `columns` and `rows` are the same data as a table; `links` are the
    addresses of what is behind each row, empty where there is none, and are left out of downloads.
    """

    name: str
    title: str
    alt: str
    spec: dict[str, Any]
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    note: str = ""
    links: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height of the drawing without its title in pixels, where the spec fixes them."""
        width, height = self.spec.get("width"), self.spec.get("height")
        return (width, height) if isinstance(width, int) and isinstance(height, int) else None

    @property
    def linked_rows(self) -> list[tuple[str, tuple[Cell, ...]]]:
        links = self.links or ("",) * len(self.rows)
        return list(zip(links, self.rows, strict=True))
