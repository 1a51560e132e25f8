"""Loading files is all or nothing, says what is wrong, and comes back byte for byte."""

import filecmp
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.records import made
from tests.tally import tally
from v2xkb.records import canonical, doctor
from v2xkb.records.files import load
from v2xkb.records.models import Origin, Record, Revision

pytestmark = pytest.mark.django_db


def write(folder: Path, plain: dict[str, Any], name: str | None = None) -> Path:
    folders = {"term": "terms", "project": "projects", "reference": "references"}
    file = folder / folders[plain["kind"]] / f"{name or plain['slug']}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(canonical.dump(plain), encoding="utf-8")
    return file


def errors_of_load(capsys: pytest.CaptureFixture[str], *paths: Path) -> str:
    before = list(Record.objects.values_list("pid", "version")), Revision.objects.count()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("load", *paths)
    assert (list(Record.objects.values_list("pid", "version")), Revision.objects.count()) == before
    return capsys.readouterr().err


@pytest.mark.usefixtures("knowledge_base")
def test_what_was_loaded_is_dumped_byte_for_byte(tmp_path: Path) -> None:
    call_command("dump", "--to", tmp_path / "dump")
    for folder in sorted(path.name for path in settings.FIXTURES_DIR.iterdir()):
        names = [file.name for file in (settings.FIXTURES_DIR / folder).iterdir()]
        assert sorted(names) == sorted(file.name for file in (tmp_path / "dump" / folder).iterdir())
        _, differing, missing = filecmp.cmpfiles(
            settings.FIXTURES_DIR / folder, tmp_path / "dump" / folder, names, shallow=False
        )
        assert (differing, missing) == ([], [])


@pytest.mark.usefixtures("knowledge_base")
def test_the_second_load_changes_nothing_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    before = Revision.objects.current()
    call_command("load")
    assert capsys.readouterr().out.startswith("0 changes: 0 new, 0 changed,")
    assert Revision.objects.current() == before


@pytest.mark.usefixtures("knowledge_base")
def test_the_loaded_knowledge_base_is_whole() -> None:
    assert list(doctor.examine()) == []
    assert set(Record.objects.values_list("origin", flat=True)) == {Origin.FIXTURES}


@pytest.mark.usefixtures("knowledge_base")
def test_dump_refuses_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "precious").touch()
    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("dump", "--to", tmp_path)


@pytest.mark.usefixtures("empty_database")
class TestFaultyFiles:
    """Each fault is named by file, path, value and remedy, and stops the whole load."""

    def test_all_problems_of_all_files_are_listed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write(tmp_path, made.project_data("good"))
        write(tmp_path, made.project_data("bad-date", start={"value": "2019-13"}))
        write(tmp_path, made.project_data("bad-key") | {"conectors": []})
        said = errors_of_load(capsys, tmp_path)
        assert "bad-date.json: start/value: " in said
        assert "2019-13" in said
        assert "bad-key.json: conectors: " in said
        assert "“connectors”" in said
        assert "good.json" not in said

    def test_a_file_cut_short_is_refused(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = write(tmp_path, made.project_data("cut"))
        file.write_text(file.read_text()[:100])
        assert "cut.json: this is no JSON" in errors_of_load(capsys, file)

    def test_a_line_of_50_megabytes_is_refused_without_being_read(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = write(tmp_path, made.project_data("huge"))
        file.write_text('{"name": "' + "x" * 50_000_000 + '"}')
        assert "huge.json: the document is too large" in errors_of_load(capsys, file)

    def test_a_nul_character_is_refused(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write(tmp_path, made.project_data("nul", summary="a\x00b"))
        assert "nul.json: the document holds a NUL character" in errors_of_load(capsys, tmp_path)

    def test_a_slug_in_two_files_is_refused(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write(tmp_path / "one", made.project_data("twin"))
        write(tmp_path / "two", made.project_data("twin") | {"id": made.project_data("other")["id"]})
        assert "project/twin: slug: two documents of the set have this slug" in errors_of_load(capsys, tmp_path)

    def test_an_unknown_slug_is_refused(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write(tmp_path, made.term_data("chademo", "connector"))
        write(tmp_path, made.project_data("lost", connectors=["chadmo"]))
        said = errors_of_load(capsys, tmp_path)
        assert "project/lost: connectors/chadmo: there is no term of this name (value: chadmo)" in said
        assert "“chademo”" in said

    def test_a_value_without_a_basis_is_refused(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        plain = made.project_data("baseless")
        del plain["basis"]["summary"]
        write(tmp_path, plain)
        assert "baseless.json: summary: the value has no basis" in errors_of_load(capsys, tmp_path)

    def test_a_file_under_another_name_than_its_slug_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write(tmp_path, made.project_data("right"), name="wrong")
        assert "wrong.json: slug: the slug is not the file's name" in errors_of_load(capsys, tmp_path)

    def test_a_folder_of_no_kind_is_refused(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "projekts").mkdir()
        (tmp_path / "projekts" / "a.json").write_text("{}")
        assert "Did you mean “projects”?" in errors_of_load(capsys, tmp_path)

    def test_a_document_in_the_folder_of_another_kind_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = write(tmp_path, made.project_data("moved"))
        (tmp_path / "terms").mkdir()
        file.rename(tmp_path / "terms" / file.name)
        assert "moved.json: kind: a term is expected here (value: project)" in errors_of_load(capsys, tmp_path)

    def test_a_path_that_is_not_there_is_refused(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert "there is no such file or folder" in errors_of_load(capsys, tmp_path / "nowhere")

    def test_nothing_stays_of_the_good_files_beside_a_bad_one(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write(tmp_path, made.project_data("good"))
        file = write(tmp_path, made.project_data("bad") | {"tier": "V3X"})
        errors_of_load(capsys, tmp_path)
        assert not Record.objects.exists()
        file.unlink()
        assert load([tmp_path]).created == ["project/good"]


@pytest.mark.usefixtures("knowledge_base")
def test_the_tally_of_the_database_is_that_of_the_files() -> None:
    stored = tally(record.data for record in Record.objects.all())
    files = sorted(settings.FIXTURES_DIR.rglob("*.json"))
    assert stored == tally(canonical.read_object(file.read_bytes()) for file in files)
