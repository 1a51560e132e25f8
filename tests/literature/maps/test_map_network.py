"""A network file becomes a map from the shell."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.literature.maps.graphs import ring_of_cliques
from v2xkb.literature.maps.files import vosviewer_text
from v2xkb.literature.maps.keyword_map import KeywordMap


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """A ring of three cliques of four, its ids not in order."""
    file = tmp_path / "net.txt"
    text = vosviewer_text.write_network(KeywordMap(ring_of_cliques(3, 4)))
    file.write_text(text.replace("11", "100"), encoding="utf-8-sig")
    return file


def test_a_network_is_laid_out_and_clustered_with_its_ids(network: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = network.with_name("map.json")
    call_command("map_network", network, out=out)
    held = json.loads(out.read_text(encoding="utf-8"))
    items = {item["id"]: item for item in held["network"]["items"]}
    assert sorted(items) == [*range(11), 100]
    assert items[8]["cluster"] == items[100]["cluster"] != items[0]["cluster"]
    assert items[0]["weights"] == {"Links": 4, "Total link strength": 4}
    assert held["config"]["parameters"] == {"attraction": 2, "repulsion": 1, "resolution": 1, "min_cluster_size": 1}
    said = capsys.readouterr().out
    assert "12 items, 21 links, 1 connected parts" in said
    assert "3 clusters: quality 0.555749" in said
    assert f"wrote {out}" in said


def test_the_same_seed_writes_the_same_file_in_every_form(network: Path) -> None:
    for suffix, ends in ((".json", [".json"]), (".gexf", [".gexf"]), (".txt", ["_map.txt", "_network.txt"])):
        written = []
        for name in ("first", "second"):
            call_command("map_network", network, "--seed=3", f"--out={network.with_name(name + suffix)}", verbosity=0)
            written.append([network.with_name(name + end).read_bytes() for end in ends])
        assert written[0] == written[1]


def test_labels_and_scores_of_a_map_file_stay_and_options_are_followed(network: Path) -> None:
    items = "".join(f"{number}\titem {number}\t{2000 + number}\n" for number in [*range(11), 100])
    map_file = network.with_name("items.txt")
    map_file.write_text("id\tlabel\tscore<Year>\n" + items, encoding="utf-8")
    call_command(
        "map_network", network, f"--map={map_file}", "--attraction=1", "--repulsion=-1", "--resolution=0.01",
        "--min-cluster-size=2", "--normalisation=linlog-modularity", f"--out={network.with_name('new.txt')}",
    )  # fmt: skip
    lines = [line.split("\t") for line in network.with_name("new_map.txt").read_text(encoding="utf-8").splitlines()]
    assert lines[0] == [
        "id",
        "label",
        "x",
        "y",
        "cluster",
        "weight<Links>",
        "weight<Total link strength>",
        "score<Year>",
    ]
    assert lines[12][:2] == ["100", "item 100"]
    assert lines[12][-1] == "2100"
    assert {line[4] for line in lines[1:]} == {"1"}


def test_what_was_made_can_be_made_again_from_its_json(network: Path) -> None:
    out, again = network.with_name("map.json"), network.with_name("again.json")
    call_command("map_network", network, out=out)
    call_command("map_network", out, out=again)
    assert again.read_bytes() == out.read_bytes()


def test_a_map_is_drawn(network: Path) -> None:
    for suffix, begins in ((".svg", b"<svg"), (".png", b"\x89PNG")):
        out = network.with_suffix(suffix)
        call_command("map_network", network, "--view=density", "--size=Links", out=out)
        assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--out=map.csv"],
            r"map\.csv: the form is told by the end of the name\. Use one of \.json, \.gexf, \.txt, \.svg, \.png",
        ),
        (
            ["--out=map.json", "--attraction=1"],
            r"attraction: it must be greater than the repulsion.*Nothing was written",
        ),
        (["--out=map.json", "--resolution=nan"], r"resolution: it is a number from 0 on"),
        (["--out=map.json", "--map=nowhere.txt"], r"nowhere\.txt: No such file or directory\. Choose another file"),
        (["--out=map.svg", "--size=Link"], r"Link: the map has no such value\. Did you mean “Links”\?"),
        (["--out=map.svg", "--view=overlay"], r"--score: the overlay view needs one"),
        (["--out=nowhere/map.json"], r"nowhere/map\.json: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said(network: Path, options: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("map_network", network, *options)


def test_a_fault_in_the_file_is_said_with_its_line(network: Path) -> None:
    network.write_text("1\t2\t1\n2\t3\t-4\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"net\.txt, line 2: the strength is not a number from 0 on \(value: -4\)"):
        call_command("map_network", network, out=network.with_name("map.json"))
    assert not network.with_name("map.json").exists()
