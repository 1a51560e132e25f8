"""Made-up projects are valid, the same every time, plainly not real, and can be removed."""

import io

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from projects.filtersets import ProjectFilterSet
from projects.generation import BUNDLES, made_up
from projects.models import Project
from v2xkb.records.canonical import to_text
from v2xkb.records.doctor import examine
from v2xkb.records.models import Record, Revision

pytestmark = pytest.mark.usefixtures("knowledge_base")


def run(*arguments: str) -> str:
    out, errors = io.StringIO(), io.StringIO()
    call_command("generate", *arguments, stdout=out, stderr=errors)
    return out.getvalue() + errors.getvalue()


def generated() -> dict[str, str]:
    records = Record.objects.of_kind("project")
    return {record.slug: record.document for record in records if record.slug.startswith("generated-")}


def test_as_many_as_asked_are_made_and_say_that_they_are_not_real() -> None:
    said = run("--projects", "30", "--i-know")
    assert "30 made-up projects, 30 of them new or changed" in said
    assert "This database now holds data that are not real." in said
    assert sorted(generated()) == [f"generated-{number:06}" for number in range(1, 31)]
    for record in Record.objects.of_kind("project"):
        if record.slug.startswith("generated-"):
            data = record.data
            assert data["name"].endswith("(made up)")
            assert data["summary"] in data["notes"]
            assert data["summary"].startswith("Made up for tests and benchmarks")
    assert ProjectFilterSet().total == Project.objects.count() == 238
    assert list(examine()) == []


def test_a_second_run_changes_nothing_and_another_seed_gives_others() -> None:
    run("--projects", "12", "--i-know")
    first, revision = generated(), Revision.objects.current()
    assert "0 of them new or changed" in run("--projects", "12", "--i-know")
    assert (generated(), Revision.objects.current()) == (first, revision)
    run("--projects", "14", "--i-know")
    assert {slug: text for slug, text in generated().items() if slug in first} == first
    run("--projects", "14", "--seed", "1", "--i-know")
    assert generated().keys() > first.keys()
    assert all(generated()[slug] != text for slug, text in first.items())


def test_what_one_project_says_together_stays_together_with_its_basis() -> None:
    real = [record.data for record in Record.objects.of_kind("project")]
    document = made_up(7, 0, real).content()
    for bundle in BUNDLES:
        values = {name: document[name] for name in bundle if name in document}
        basis = {path: entries for path, entries in document["basis"].items() if path.split("/")[0] in bundle}
        assert any(
            values == {name: data[name] for name in bundle if name in data}
            and basis == {path: entries for path, entries in data["basis"].items() if path.split("/")[0] in bundle}
            for data in real
        ), bundle
    assert to_text(made_up(7, 0, real)) == to_text(made_up(7, 0, real))


def test_they_can_be_removed_and_real_ones_stay() -> None:
    real = set(Record.objects.slugs_of("project"))
    run("--projects", "20", "--i-know")
    assert "20 made-up projects removed." in run("--remove")
    assert set(Record.objects.slugs_of("project")) == real
    assert "0 made-up projects removed." in run("--remove")
    assert "5 of them new or changed" in run("--projects", "5", "--i-know")
    assert list(examine()) == []


def test_real_records_are_not_mixed_with_made_up_ones_by_accident(settings: Settings) -> None:
    with pytest.raises(CommandError, match="nothing was done"):
        run("--projects", "3")
    assert not generated()
    settings.DEBUG = True
    run("--projects", "3")
    assert len(generated()) == 3


@pytest.mark.parametrize(
    "arguments", [["--projects", "0"], ["--projects", "1000000"], [], ["--projects", "3", "--remove"]]
)
def test_a_wrong_call_does_nothing(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        run(*arguments, "--i-know")
    assert not generated()


def test_without_real_projects_there_is_nothing_to_recombine() -> None:
    Record.objects.of_kind("project").delete()
    with pytest.raises(CommandError, match="There are no projects"):
        run("--projects", "3", "--i-know")
