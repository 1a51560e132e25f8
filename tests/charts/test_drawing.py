"""Drawing charts: by a process apart, once each, from data that stand in the spec."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from v2xkb.charts import drawing
from v2xkb.charts.drawing import LONGEST_SPEC, PEN, CannotDraw, Pen, draw

POINT = '{"mark": "point", "data": {"values": [{}]}}'
PNG_START = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(autouse=True)
def own_cache(settings: Settings, tmp_path: Path) -> None:
    drawings = settings.CACHES["drawings"] | {"LOCATION": str(tmp_path / "drawings")}
    settings.CACHES = settings.CACHES | {"drawings": drawings}


@pytest.fixture
def pen() -> Iterator[Pen]:
    own = Pen()
    yield own
    own.put_down()


def bars(**counts: int) -> dict[str, Any]:
    return {
        "data": {"values": [{"what": what, "records": count} for what, count in counts.items()]},
        "mark": "bar",
        "encoding": {"y": {"field": "what", "type": "nominal"}, "x": {"field": "records", "type": "quantitative"}},
    }


def running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.is_file() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_spec_becomes_svg_and_png() -> None:
    svg, png = draw(bars(ccs=2, chademo=3), "svg"), draw(bars(ccs=2, chademo=3), "png")
    assert svg.startswith(b"<svg ")
    assert b">chademo</text>" in svg
    assert png.startswith(PNG_START)


def test_a_drawing_holds_no_script_and_leads_nowhere() -> None:
    svg = draw(bars(ccs=2), "svg").decode()
    for outward in ("<script", "href=", "url(http", "@import", "<foreignObject", "onload", "style="):
        assert outward not in svg


def test_a_second_drawing_comes_from_the_cache_whatever_the_order_of_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    first = draw(bars(ccs=2), "svg")
    monkeypatch.setattr(drawing, "PEN", None)
    assert draw(dict(reversed(bars(ccs=2).items())), "svg") == first
    with pytest.raises(AttributeError):
        draw(bars(ccs=3), "svg")


def test_forms_and_engines_are_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    assert draw(bars(ccs=2), "svg") != draw(bars(ccs=2), "png")
    monkeypatch.setattr(drawing, "ENGINE", "another version")
    monkeypatch.setattr(drawing, "PEN", None)
    with pytest.raises(AttributeError):
        draw(bars(ccs=2), "svg")


@pytest.mark.parametrize("key", ["url", "href"])
def test_a_spec_that_leads_elsewhere_is_refused(key: str) -> None:
    spec = bars(ccs=2) | {"layer": [{"mark": {"type": "image", key: "https://v2xkb.example/"}}]}
    with pytest.raises(CannotDraw, match=f"leads elsewhere by “{key}”"):
        draw(spec, "svg")


def test_a_spec_beyond_bounds_is_refused() -> None:
    with pytest.raises(CannotDraw, match=f"at most {LONGEST_SPEC}"):
        draw(bars(**{"c" * LONGEST_SPEC: 1}), "svg")


def test_a_spec_that_means_nothing_is_refused_and_the_next_is_drawn() -> None:
    with pytest.raises(CannotDraw, match="conversion failed"):
        draw({"mark": {"type": "no such mark"}, "data": 7}, "svg")
    assert draw(bars(ccs=4), "svg").startswith(b"<svg ")


def test_a_drawing_process_that_was_killed_is_replaced(pen: Pen) -> None:
    assert pen.draw(POINT, "svg").startswith(b"<svg ")
    assert pen.process is not None
    first = pen.process.pid
    os.kill(first, signal.SIGKILL)
    assert pen.draw(POINT, "svg").startswith(b"<svg ")
    assert pen.process.pid != first


def test_a_drawing_process_ends_when_nobody_holds_its_other_end(pen: Pen) -> None:
    pen.draw(POINT, "svg")
    assert pen.process is not None
    assert pen.connection is not None
    pen.connection.close()
    pen.process.wait(timeout=20)
    assert pen.process.returncode == 0
    assert pen.draw(POINT, "svg").startswith(b"<svg ")


def test_what_takes_too_long_is_given_up(pen: Pen, monkeypatch: pytest.MonkeyPatch) -> None:
    pen.draw(POINT, "svg")
    assert pen.process is not None
    pid = pen.process.pid
    os.kill(pid, signal.SIGSTOP)
    monkeypatch.setattr(drawing, "SECONDS_TO_DRAW", 0.2)
    began = time.monotonic()
    with pytest.raises(CannotDraw, match="Not drawn within"):
        pen.draw(POINT, "svg")
    assert time.monotonic() - began < 5
    assert not running(pid)


def test_many_threads_each_get_their_own_drawing() -> None:
    with ThreadPoolExecutor(8) as pool:
        drawings = list(pool.map(lambda number: draw(bars(**{f"bar{number}": number}), "svg").decode(), range(1, 25)))
    for number, svg in enumerate(drawings, start=1):
        assert f">bar{number}</text>" in svg


def test_the_engine_is_not_loaded_into_the_process_that_asks() -> None:
    draw(bars(ccs=5), "svg")
    maps = Path("/proc/self/maps").read_text()
    assert "vl_convert" not in maps
    assert PEN.process is not None
    assert "vl_convert" in Path(f"/proc/{PEN.process.pid}/maps").read_text()
