"""Leads items from where they are to a local optimum of the layout."""

from math import sqrt
from typing import Any

import numpy as np
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize

from v2xkb.literature.maps.networks import Floats
from v2xkb.literature.maps.normalisation import Similarities
from v2xkb.literature.maps.objective import Forces, balance, between_all

MOST_STEPS = 1_000
# A step that betters the objective by less, relative to it, is the last.
ENOUGH = 1e-7


def factor_of(similar: Similarities, everywhere: float) -> Floats:
    """The upper Cholesky factor of the matrix of attraction."""
    factor: Floats = cholesky(laplacian(similar, everywhere), overwrite_a=True, check_finite=False)
    return factor


def laplacian(similar: Similarities, everywhere: float) -> Floats:
    """What attraction by squares is made of, as a full matrix that moving all items alike does not make singular."""
    items = len(similar)
    matrix: Floats = -similar.matrix().toarray() - everywhere
    np.fill_diagonal(matrix, 0)
    totals = -matrix.sum(axis=1)
    np.fill_diagonal(matrix, totals)
    matrix += totals.mean() / items
    return matrix


def descend(
    similar: Similarities, forces: Forces, places: Floats, factor: Floats | None, enough: float = ENOUGH
) -> Floats:
    """L-BFGS from the best scale of the start, with the objective in units of what it is made of there.

    Where attraction grows with the square, `factor` is the upper one of its matrix: in the coordinates factor x places
    attraction pulls alike in all directions, a tenth of the steps does, and it is the sum of their squares.
    """
    places = places * balance(similar, places, forces).dilation
    begun = balance(similar, places, forces)
    unit = max(begun.pull, begun.push)
    scale = mean_distance(places) if factor is None else sqrt(unit)

    def of(flat: Floats) -> Floats:
        moved: Floats = flat.reshape(-1, 2) * scale
        return moved if factor is None else solve_triangular(factor, moved, check_finite=False)

    def objective(flat: Floats) -> tuple[float, Floats]:
        if factor is None:
            now = balance(similar, of(flat), forces)
            return now.value / unit, (now.pull_gradient - now.push_gradient).ravel() * scale / unit
        push, log_push, slope = between_all(similar.item_weights, of(flat), forces.repulsion)
        pushed = push / forces.repulsion if forces.repulsion else log_push
        slope = solve_triangular(factor, slope, trans=1, check_finite=False)
        return float(flat @ flat) / 2 - pushed / unit, flat - slope.ravel() * scale / unit

    start = (places if factor is None else factor @ places).ravel() / scale
    options = {"maxiter": MOST_STEPS, "maxfun": 2 * MOST_STEPS, "maxcor": 20, "ftol": enough, "gtol": 1e-9}
    ended: Any = minimize(objective, start, jac=True, method="L-BFGS-B", options=options)
    return of(np.asarray(ended.x, dtype=np.float64))


def mean_distance(places: Floats) -> float:
    """Over all pairs."""
    total = 0.0
    for number in range(1, len(places)):
        apart = places[number:] - places[number - 1]
        total += float(np.sqrt((apart * apart).sum(axis=1)).sum())
    return total / (len(places) * (len(places) - 1) / 2)
