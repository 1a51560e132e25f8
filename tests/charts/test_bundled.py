"""The script that draws in browsers comes out of the installed library, once, and is found as other files are."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from pytest_django import Settings

from v2xkb.charts import bundled
from v2xkb.charts.bundled import SCRIPT, BundleFinder


def test_the_script_is_made_whole_and_only_once(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR_DIR = tmp_path
    found = Path(BundleFinder().find(SCRIPT))
    text = found.read_text(encoding="utf-8")
    assert text.endswith("as default};")
    assert "import " not in text.partition("\n")[0][:200]
    assert [file.name for file in found.parent.iterdir()] == [found.name]
    monkeypatch.setattr(bundled, "PEN", None)
    ((name, storage),) = BundleFinder().list([])
    assert (name, storage.path(name)) == (SCRIPT, str(found))


def test_another_file_is_not_found_there_and_the_script_is_found_by_django() -> None:
    assert not BundleFinder().find("charts/other.js")
    assert BundleFinder().find("charts/other.js", find_all=True) == []
    assert Path(str(finders.find(SCRIPT))).is_file()
