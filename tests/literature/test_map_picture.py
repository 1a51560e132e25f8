"""A map is drawn so that it can be read: labels apart, the heaviest and strongest first, what is left out told."""

import json
from itertools import combinations
from typing import Any

import pytest

from v2xkb.charts.drawing import draw
from v2xkb.charts.theme import titled
from v2xkb.literature.map_charts import View, chart
from v2xkb.literature.map_picture import WIDTH, covers, density, label_box, picture


def held(items: int, links: int = 0, **first: Any) -> dict[str, Any]:
    """A map whose items lie on a spiral, the first the heaviest."""
    made = [
        {
            "id": n,
            "label": f"keyword {n}",
            "x": n * (-1) ** n,
            "y": n % 7,
            "cluster": n % 9 + 1,
            "weights": {"Docs": 2 * items - n},
        }
        for n in range(items)
    ]
    made[0] |= first
    ends = [
        {"source_id": n % items, "target_id": (n + 1 + n // items) % items, "strength": n + 1} for n in range(links)
    ]
    return {"network": {"items": made, "links": ends, "clusters": [{"cluster": 1, "label": "It's one"}]}}


def test_labels_never_cover_each_other_and_the_heaviest_has_one() -> None:
    drawn = picture(held(400), "Docs")
    boxes = [label_box(one.label, one.x, one.y, one.font) for one in drawn.circles if one.label]
    assert 10 < len(boxes) < 400
    assert not any(covers(first, second) for first, second in combinations(boxes, 2))
    assert drawn.circles[0].label == "keyword 0"


def test_everything_lies_inside_and_directions_are_alike() -> None:
    drawn = picture(held(50), "Docs")
    assert all(0 <= one.x <= WIDTH and 0 <= one.y <= drawn.height for one in drawn.circles)
    first, second, third = (drawn.circles[n] for n in (0, 1, 2))
    assert (first.x - second.x) / (second.y - first.y) == pytest.approx(1)
    assert (third.x - first.x) / (third.y - first.y) == pytest.approx(1)


def test_what_is_too_much_to_see_is_left_out_and_told() -> None:
    drawn = picture(held(1200, 3000), "Docs")
    assert (len(drawn.circles), len(drawn.lines), drawn.items, drawn.links) == (1000, 1000, 1200, 3000)
    assert min(one.weight for one in drawn.circles) == 2400 - 999
    assert drawn.lines[-1].share == 1
    assert "1000 of 1200 items and 1000 of 3000 links" in chart(held(1200, 3000), View.NETWORK, "A map", "Docs").note


def test_the_density_is_greatest_where_most_weight_lies() -> None:
    made = held(3)
    made["network"]["items"] = [
        {"id": n, "label": "a", "x": x, "y": 0, "weights": {"Docs": weight}}
        for n, (x, weight) in enumerate([(0, 5), (1, 1)])
    ]
    drawn = picture(made, "Docs")
    left, _low, part = max(density(drawn), key=lambda square: square[2])
    assert part == 1
    assert left <= drawn.circles[0].x <= left + 10


@pytest.mark.parametrize("view", View)
def test_each_view_is_drawn_and_labels_stay_text(view: View) -> None:
    made = held(30, 40, label="<script>alert(1)</script>", scores={"Year": 2020.5})
    spec = titled(chart(made, view, "A map", "Docs", "Year"))
    svg = draw(spec, "svg").decode()
    assert "keyword 29<" in svg
    assert "&lt;script&gt;" in svg
    assert "<script" not in svg


def test_a_table_says_the_same_with_names_of_clusters() -> None:
    told = chart(held(30, scores={"Year": 2020.5}), View.OVERLAY, "A map", "Docs", "Year")
    assert told.columns == ("Item", "Cluster", "Docs", "Year")
    assert told.rows[0] == ("keyword 0", "1 It's one", 60, 2020.5)
    assert told.rows[1] == ("keyword 1", "2", 59, None)
    assert "Colours show “Year”" in told.alt


def test_names_of_clusters_are_no_code_of_the_drawing() -> None:
    made = held(30)
    made["network"]["clusters"] = [{"cluster": 1, "label": "a' + datum.x + 'b\\"}]
    svg = draw(titled(chart(made, View.NETWORK, "A map", "Docs")), "svg").decode()
    assert "1 a&#39; + datum.x + &#39;b\\" in svg or "1 a' + datum.x + 'b\\" in svg
    assert json.dumps(made)
