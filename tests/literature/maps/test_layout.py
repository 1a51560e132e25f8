"""Layouts come out as theory says, as good as any solver finds, and the same each time."""

from math import pi, sqrt, tan

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.spatial.distance import pdist, squareform

from tests.literature.maps.graphs import clique, of_links, planted, ring, ring_of_cliques, similar, star, two_parts
from v2xkb.literature.maps.beginnings import arranged, beginnings, between_groups, majorised
from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.layout import LayoutRule, lay_out, standardised
from v2xkb.literature.maps.networks import Floats, Network
from v2xkb.literature.maps.normalisation import Normalisation, Similarities
from v2xkb.literature.maps.objective import Forces, balance, quality

USUAL = Forces()
# Each of these has its exact optimum: a straight path, a triangle, a square, and leaves evenly around their centre.
EXACT = [
    ("a path of three", star(2), -2.0),
    ("a triangle", ring(3), -1.0),
    ("a square", ring(4), -((4 + 2 * sqrt(2)) ** 2) / 16),
    *((f"a star of {k}", star(k), -k / 4 * (1 + 1 / tan(pi / (2 * k))) ** 2) for k in (3, 4, 5, 6)),
]


def distances(made: Network, rule: LayoutRule | None = None) -> Floats:
    return np.asarray(squareform(pdist(lay_out(similar(made), rule).places)))


@pytest.mark.parametrize(("made", "best"), [case[1:] for case in EXACT], ids=[case[0] for case in EXACT])
def test_the_objective_reaches_the_value_of_the_drawing_by_hand(made: Network, best: float) -> None:
    assert lay_out(similar(made)).quality == pytest.approx(best, rel=1e-6)


def test_four_items_in_a_ring_are_the_square_drawn_by_hand() -> None:
    side = 6 / (4 + 2 * sqrt(2))
    apart = distances(ring(4))
    assert [apart[0, other] for other in (1, 2, 3)] == pytest.approx([side, side * sqrt(2), side], rel=1e-3)


def test_the_leaves_of_a_star_stand_evenly_around_its_centre() -> None:
    apart = distances(star(5))
    assert apart[0, 1:] == pytest.approx(np.full(5, apart[0, 1:].mean()), rel=1e-2)
    nearest = np.sort(apart[1:, 1:], axis=1)[:, 1:3]
    assert nearest == pytest.approx(np.full((5, 2), apart[0, 1] * 2 * np.sin(pi / 5)), rel=1e-2)


@pytest.mark.parametrize("cliques", [10, 44])
def test_cliques_of_a_ring_stand_apart_and_in_its_order(cliques: int) -> None:
    places = lay_out(similar(ring_of_cliques(cliques, 5)), LayoutRule(starts=2)).places
    centres = places.reshape(cliques, 5, 2).mean(axis=1)
    turned = np.diff(np.unwrap(np.arctan2(centres[:, 1], centres[:, 0])))
    assert (turned > 0).all() or (turned < 0).all()
    own = np.linalg.norm(places.reshape(cliques, 5, 2) - centres[:, None], axis=2).max()
    assert pdist(centres).min() > own


def test_a_large_layout_begins_with_groups_beside_each_other() -> None:
    begun = next(beginnings(similar(ring_of_cliques(44, 5)), USUAL, np.random.default_rng(0))).reshape(44, 5, 2)
    apart = [pdist(clique).max() for clique in begun]
    assert max(apart) < 0.5
    assert pdist(begun.mean(axis=1)).max() > 1


def test_groups_attract_each_other_by_all_that_their_items_do_and_by_what_unconnected_networks_are_given() -> None:
    made = similar(of_links(5, [*clique(0, 3), (3, 4), (0, 3), (1, 4)]))
    groups = np.array([0, 0, 0, 1, 1])
    across = made.values[groups[made.sources] != groups[made.targets]].sum()
    joined = between_groups(made, groups, 2, 0.01)
    assert (joined.sources.tolist(), joined.targets.tolist()) == ([0], [1])
    assert joined.values == pytest.approx([across + 0.01 * 3 * 2])
    assert joined.item_weights.tolist() == [3, 2]
    assert between_groups(made, groups, 2, 0).values == pytest.approx([across])
    apart = between_groups(similar(two_parts(3, 2)), groups, 2, 0.01)
    assert apart.values == pytest.approx([0.06])


def test_groups_end_where_the_objective_of_groups_is_least() -> None:
    made = similar(ring(6))
    _places, values = majorised(made, np.random.default_rng(0).uniform(-1, 1, (20, 6, 2)))
    assert values.min() == pytest.approx(lay_out(made).quality, rel=1e-3)
    best, *others = arranged(made, np.random.default_rng(0).uniform(-1, 1, (20, 6, 2)))
    assert pdist(best).mean() == pytest.approx(1)
    reached = [quality(made, places, USUAL) for places in (best, *others)]
    assert reached == sorted(reached)


def test_topics_of_equal_distance_are_arranged_as_well_as_the_best_of_twenty_starts() -> None:
    made = similar(planted(12, 20, 0.5, 0.1, seed=6)[0])
    best = lay_out(made, LayoutRule(seed=9, starts=20)).quality
    for seed in range(3):
        assert lay_out(made, LayoutRule(seed=seed)).quality <= best + 1e-3 * abs(best)


def test_large_parts_without_a_link_stand_apart_too() -> None:
    for normalisation in Normalisation:
        places = lay_out(similar(two_parts(120, 90), normalisation), LayoutRule(starts=1)).places
        apart = squareform(pdist(places))
        assert apart[:120, 120:].min() > max(apart[:120, :120].mean(), apart[120:, 120:].mean())


def test_parts_without_a_link_stand_apart_as_vosviewer_places_them() -> None:
    made = similar(two_parts(5, 4))
    layout = lay_out(made)
    apart = squareform(pdist(layout.places))
    assert apart[:5, 5:].min() > 2 * max(apart[:5, :5].max(), apart[5:, 5:].max())
    assert layout.quality == pytest.approx(quality(made, layout.places, Forces(everywhere=0.01)))
    assert layout.quality == pytest.approx(best_of_many(made, 0.01, starts=5), rel=1e-3)


def best_of_many(made: Similarities, everywhere: float = 0, starts: int = 20) -> float:
    """The best of many starts of another solver on another way to reckon the objective."""
    items = len(made)
    pulls = squareform(made.matrix().toarray()) + everywhere
    row, column = np.triu_indices(items, 1)

    def objective(flat: Floats) -> tuple[float, Floats]:
        places = flat.reshape(items, 2)
        apart = places[row] - places[column]
        far = np.maximum(np.sqrt((apart**2).sum(axis=1)), 1e-12)
        force = (pulls - 1 / far)[:, None] * apart
        gradient = np.stack(
            [np.bincount(row, force[:, axis], items) - np.bincount(column, force[:, axis], items) for axis in (0, 1)]
        )
        return float((pulls * far**2 / 2 - far).sum()), gradient.T.ravel()

    def reached(seed: int) -> float:
        start = np.random.default_rng(seed).uniform(-1, 1, items * 2)
        ended = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": 300, "ftol": 1e-8})
        far = pdist(ended.x.reshape(items, 2))
        return -float(far.sum() ** 2 / (2 * (pulls * far**2).sum()))

    return min(reached(seed) for seed in range(starts))


def test_no_other_solver_finds_a_layout_better_by_a_thousandth() -> None:
    made = similar(planted(4, 10, 0.5, 0.05, seed=3)[0])
    reached, best_known = lay_out(made).quality, best_of_many(made)
    assert reached == pytest.approx(-2255.905, rel=1e-4)
    assert reached <= best_known + 1e-3 * abs(best_known)


@pytest.mark.parametrize("forces", [(2, 1), (1, 0), (0, -1), (1, -1), (2.5, 0.5), (-1, -2)])
@pytest.mark.parametrize("everywhere", [0, 0.01])
def test_gradients_and_the_best_scale_are_those_of_the_objective(
    forces: tuple[float, float], everywhere: float
) -> None:
    made = similar(planted(2, 4, 0.8, 0.2, seed=1)[0], Normalisation.LINLOG_MODULARITY)
    places = np.random.default_rng(1).uniform(-1, 1, (8, 2))
    rule = Forces(*forces, everywhere)
    now = balance(made, places, rule)
    moved, step = np.zeros((8, 2)), 1e-6
    for index in np.ndindex(8, 2):
        shift = np.zeros((8, 2))
        shift[index] = step
        there, back = balance(made, places + shift, rule), balance(made, places - shift, rule)
        moved[index] = (there.value - back.value) / (2 * step)
    assert now.pull_gradient - now.push_gradient == pytest.approx(moved, rel=1e-5, abs=1e-5)
    assert balance(made, places * now.dilation, rule).value == pytest.approx(now.best_value)
    assert all(balance(made, places * now.dilation * off, rule).value > now.best_value for off in (0.99, 1.01))


@pytest.mark.parametrize(("attraction", "repulsion"), [(1, 0), (1, -1), (0, -1), (2, 0), (3, 1.5), (2, -2)])
def test_other_exponents_end_where_nothing_moves_any_more(attraction: float, repulsion: float) -> None:
    made = similar(planted(3, 8, 0.6, 0.1, seed=2)[0])
    layout = lay_out(made, LayoutRule(attraction, repulsion, starts=3))
    forces = Forces(attraction, repulsion)
    now = balance(made, layout.places, forces)
    best = now.dilated(now.dilation)
    moving = np.abs(best.pull_gradient - best.push_gradient).max()
    assert moving < 5e-3 * np.abs(best.push_gradient).max()
    assert layout.quality == pytest.approx(min(layout.of_starts)) == pytest.approx(now.best_value)
    assert layout.quality < quality(made, np.random.default_rng(0).uniform(-1, 1, (24, 2)), forces)


def test_a_map_is_standardised_as_vosviewer_does() -> None:
    places = lay_out(similar(planted(3, 7, 0.6, 0.1, seed=4)[0])).places
    spread = places.T @ places
    assert places.mean(axis=0) == pytest.approx([0, 0], abs=1e-9)
    assert pdist(places).mean() == pytest.approx(1)
    assert spread[0, 1] == pytest.approx(0, abs=1e-9)
    assert spread[0, 0] > spread[1, 1]
    assert (np.median(places, axis=0) <= 0).all()


def test_turning_mirroring_and_scaling_make_no_other_map() -> None:
    places = np.random.default_rng(7).normal(size=(9, 2)) * [3, 1]
    turned = places @ np.array([[0.6, -0.8], [0.8, 0.6]]) * [1, -1] * 4 + 5
    assert standardised(turned) == pytest.approx(standardised(places))


def test_the_same_seed_is_the_same_map_to_the_last_bit() -> None:
    made = similar(planted(3, 20, 0.4, 0.05, seed=5)[0])
    for exponents in ((2, 1), (1, 0)):
        first, again = (lay_out(made, LayoutRule(*exponents, seed=3, starts=2)) for _time in range(2))
        assert first.places.tobytes() == again.places.tobytes()
        assert first.of_starts == again.of_starts
    assert lay_out(made, LayoutRule(seed=4)).places.tobytes() != lay_out(made, LayoutRule(seed=3)).places.tobytes()


def test_progress_is_told_after_each_start() -> None:
    told: list[tuple[int, int]] = []
    lay_out(similar(ring(5)), LayoutRule(starts=3), progress=lambda done, starts: told.append((done, starts)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(("items", "distance"), [(1, 0), (2, 1)])
def test_one_item_and_two_have_a_map(items: int, distance: float) -> None:
    places = lay_out(similar(of_links(items, [(0, 1)] if items == 2 else []))).places
    assert np.linalg.norm(places[0] - places[-1]) == pytest.approx(distance)


@pytest.mark.parametrize("normalisation", Normalisation)
def test_items_without_links_have_a_place(normalisation: Normalisation) -> None:
    layout = lay_out(similar(of_links(6, [(0, 1), (1, 2), (2, 0)]), normalisation))
    assert np.isfinite(layout.places).all()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"attraction": 1, "repulsion": 1}, r"attraction: it must be greater than the repulsion, 1"),
        ({"attraction": float("nan")}, r"attraction: it is a number from -10 to 10 \(value: nan\)"),
        ({"repulsion": float("-inf")}, r"repulsion: it is a number from -10 to 10"),
        ({"attraction": 11}, r"attraction: it is a number from -10 to 10"),
        ({"starts": 0}, r"starts: it is a number from 1 on"),
        ({"seed": -1}, r"seed: it is a whole number from 0 on"),
    ],
)
def test_a_rule_without_a_map_is_refused(rule: dict[str, float], said: str) -> None:
    with pytest.raises(InvalidMap, match=said):
        LayoutRule(**rule)  # type: ignore[arg-type]


def test_too_many_items_are_refused_before_any_table_is_made() -> None:
    with pytest.raises(InvalidMap, match=r"from 1 to 5,000 items \(value: 5,001 items\)\. Raise the minimum"):
        lay_out(similar(star(5_000)))
    with pytest.raises(InvalidMap, match=r"0 items"):
        lay_out(similar(of_links(0, [])))
