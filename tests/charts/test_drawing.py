"""Drawing charts: by a process apart, once each, from data that stand in the spec."""

import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pytest_django import Settings

from v2xkb.charts import drawing
from v2xkb.charts.drawing import LONGEST_SPEC, PEN, CannotDraw, Pen, draw, png_of_svg

POINT = '{"mark": "point", "data": {"values": [{}]}}'
PNG_START = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(autouse=True)
def own_cache(settings: Settings, tmp_path: Path) -> None:
    own = {name: settings.CACHES[name] | {"LOCATION": str(tmp_path / name)} for name in ("drawings", "cards")}
    settings.CACHES = settings.CACHES | own


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


@pytest.fixture
def fragile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A drawing process that ends over every spec it takes, and notes in this file that it took one."""
    taken = tmp_path / "taken"
    program = (
        "import json, os, sys\n"
        "from multiprocessing.connection import Connection\n"
        "connection = Connection(int(sys.argv[-1]))\n"
        "asked = json.loads(connection.recv_bytes())\n"
        f"open({str(taken)!r}, 'a').write('x')\n"
        "connection.send_bytes(b'?' + asked['number'].to_bytes(8))\n"
        "os._exit(134)\n"
    )
    monkeypatch.setattr(drawing, "DRAWER", ["-c", program])
    return taken


def test_a_spec_over_which_the_process_ends_is_not_drawn_twice(pen: Pen, fragile: Path) -> None:
    with pytest.raises(CannotDraw, match="ended over this"):
        pen.draw(POINT, "svg")
    assert fragile.read_text() == "x"
    assert pen.process is None


class Interrupted(BaseException):
    """What a server raises in a thread that takes too long."""


def test_after_an_interruption_nobody_gets_the_drawing_of_another(pen: Pen, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        hear, heard = Pen._hear, []

        def interrupted(self: Pen, until: float) -> tuple[bytes, bytes]:
            heard.append(until)
            if len(heard) == 2:
                raise Interrupted
            return hear(self, until)

        patched.setattr(Pen, "_hear", interrupted)
        with pytest.raises(Interrupted):
            pen.draw(json.dumps(bars(first=1)), "svg")
    svg = pen.draw(json.dumps(bars(second=1)), "svg")
    assert b">second</text>" in svg
    assert b">first</text>" not in svg


def test_an_answer_to_another_question_is_none(pen: Pen) -> None:
    pen.draw(POINT, "svg")
    assert pen.connection is not None
    pen.connection.send_bytes(json.dumps({"number": 7, "spec": POINT, "format": "svg"}).encode())
    with pytest.raises(CannotDraw, match="another question"):
        pen.draw(POINT, "svg")
    assert pen.draw(POINT, "svg").startswith(b"<svg ")


def test_who_waits_too_long_for_other_drawings_is_told(pen: Pen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "SECONDS_TO_WAIT", 0.05)
    with pen.lock, pytest.raises(CannotDraw, match="Other drawings"):
        pen.draw(POINT, "svg")
    assert pen.draw(POINT, "svg").startswith(b"<svg ")


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_characters_that_no_svg_can_hold_are_left_out(character: str) -> None:
    svg = draw(bars(**{f"c{character}cs": 1}) | {"title": f"{character}Title"}, "svg").decode()
    assert ">ccs</text>" in svg
    assert ">Title</text>" in svg
    ET.fromstring(svg)  # noqa: S314
    text = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{character}</text></svg>'
    assert png_of_svg(text).startswith(PNG_START)


def test_cards_do_not_crowd_out_charts(settings: Settings) -> None:
    draw(bars(ccs=2), "svg")
    charts = set(Path(settings.CACHES["drawings"]["LOCATION"]).iterdir())
    png_of_svg('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    assert set(Path(settings.CACHES["drawings"]["LOCATION"]).iterdir()) == charts
    assert len(list(Path(settings.CACHES["cards"]["LOCATION"]).iterdir())) == 1


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
