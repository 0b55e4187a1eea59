"""Small-cell suppression: hide counts of 1-9, and so many more that none of them can be derived.

What is guaranteed: for every hidden count of 1-9 there is another table, consistent with every shown cell and every
relation a reader knows, in which that count is 10 or more. Such a table is called a witness; it is found by search,
and cells that it moves are hidden. So nobody can conclude, by whatever arithmetic, that the count is small.

What is dear, the province and its prefectures, is hidden last and shown again wherever the small counts can do without.

The work is bounded: each round of search has a number of nodes to spend, there are few rounds, and what is left after
them is hidden with all that hangs together with it. There, a table of ten times as many people is a witness.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from yunnan.publication.witnesses import Relations, Table

Way = tuple[int, int, bool]
# (nodes searched, branches tried at a node, only upwards): cheap first, thorough for the few that are left. Only
# upwards, that is adding people all along, is the way out where so many counts are small that none can be lowered.
PLAN: tuple[Way, ...] = ((60, 3, False), (300, 4, False), (300, 4, True), (3000, 8, False), (3000, 8, True))
QUICK = PLAN[:3]  # tried first for what may be shown again
ROUNDS = 3  # of search, each with more hidden than the one before
BASE, EACH = 10_000, 90  # nodes that a round may search in all: so many, and so many more for each count to protect


class Protection(NamedTuple):
    """Which cells are hidden, and a witness for each small one, as what it changes: {small cell: {cell: change}}."""

    hidden: np.ndarray
    witnesses: dict[int, dict[int, int]]


def protection(
    values: np.ndarray,
    relations: Relations,
    threshold: int = 10,
    cost: np.ndarray | None = None,
    before: np.ndarray | None = None,
    public: np.ndarray | None = None,
) -> Protection:
    """Hide all of 1 to threshold-1 and their protectors; cost says what is dear to hide.

    before are hidden already and stay so; public are known already and are of no use as protectors. What can be
    derived from public cells whatever is hidden now is left as it is. The same input gives the same answer. Zeros are
    never hidden.
    """
    table = Table(values, relations, cost, frozen=public)
    free = (values > 0) if public is None else (values > 0) & ~public
    hidden = _is_small(values, threshold) if before is None else _is_small(values, threshold) | (before & free)
    protected = Protection(hidden, {})
    left = _protectable(table, values, free, threshold)
    for n in range(ROUNDS):
        if n and left:  # crowded out: give the search the whole neighbourhood, and try again
            hidden[table.neighbours(left)] = True
        left = _by_plan(table, protected, left, threshold)
    _by_scale(table, protected, left, threshold, most=len(values))
    if cost is not None:
        able = hidden & ~_staying(table, protected, before, threshold)
        cells = sorted(np.flatnonzero(able).tolist(), key=lambda cell: (-cost[cell], -values[cell], cell))
        again = Table(values, relations, None, frozen=~hidden)
        for ways in (QUICK, PLAN):
            cells = _show_again(again, protected, [(cell, cost[cell] > cost.min()) for cell in cells], threshold, ways)
    return protected


def _staying(table: Table, protected: Protection, before: np.ndarray | None, threshold: int) -> np.ndarray:
    """What is not shown again: small, hidden elsewhere, or hanging together with a small cell without a witness."""
    small = _is_small(np.array(table.values), threshold)
    stays = small.copy() if before is None else small | before
    for one in _components(table, [cell for cell in np.flatnonzero(small).tolist() if cell not in protected.witnesses]):
        stays[one] = True  # nothing protects these: there, all that can be hidden stays so
    return stays


def _show_again(
    table: Table, protected: Protection, cells: list[tuple[int, bool]], threshold: int, ways: Sequence[Way]
) -> list[int]:
    """Show what the small cells can do without: cells, and whether each is dear; return those that stay hidden.

    A cell that no witness changes is shown; a dear one, too, if those that change it have other witnesses.
    """
    hidden, witnesses = protected
    left, table.nodes = [], BASE + EACH * len(cells)
    for cell, is_dear in cells:
        users = [one for one, moves in witnesses.items() if cell in moves and table.values[one] < threshold]
        table.still.add(cell)
        others = {} if not users else _others(table, protected, users, threshold, ways) if is_dear else None
        if others is None:
            table.still.discard(cell)
            left.append(cell)
        else:
            hidden[cell] = False
            witnesses.update(others)
    return left


def _others(
    table: Table, protected: Protection, users: list[int], threshold: int, ways: Sequence[Way]
) -> dict[int, dict[int, int]] | None:
    """Other witnesses for these small cells, and for those that they serve as well; None when one has none."""
    others: dict[int, dict[int, int]] = {}
    for cell in users:
        if cell in others:
            continue
        tried = (table.search(cell, threshold - table.values[cell], protected.hidden, way) for way in ways)
        if (moves := next((one for one in tried if one is not None), None)) is None:
            return None
        others |= {
            c: moves for c, by in moves.items() if table.values[c] + by >= threshold and c in protected.witnesses
        }
    return others


def _by_plan(table: Table, protected: Protection, left: list[int], threshold: int) -> list[int]:
    """Hide what the witnesses of these cells change; return the cells for which none was found."""
    table.nodes = BASE + EACH * len(left)
    for way in PLAN:
        left = _protect(table, protected, left, threshold, way)
    return _by_scale(table, protected, left, threshold, most=len(left))


def _by_scale(table: Table, protected: Protection, left: list[int], threshold: int, most: int) -> list[int]:
    """Hide all that hangs together with these cells, where that is no more than so many cells more."""
    hidden, witnesses = protected
    for together in _components(table, [cell for cell in left if cell not in witnesses]):
        if (~hidden[together]).sum() > most:
            continue
        hidden[together] = True
        scaled = _scaled(table, together, threshold)
        if table.is_witness(scaled, hidden):
            witnesses.update(dict.fromkeys(together, scaled))
    return [cell for cell in left if cell not in witnesses]


def _components(table: Table, cells: Sequence[int]) -> Iterator[list[int]]:
    """All that hangs together with one of these cells, each such whole once."""
    done: set[int] = set()
    for cell in cells:
        if cell not in done:
            together = table.together(cell)
            done.update(together)
            yield together


def _scaled(table: Table, together: Sequence[int], threshold: int) -> dict[int, int]:
    """The changes that make ten times as many people of these cells."""
    return {one: (threshold - 1) * table.values[one] for one in together}


def _protectable(table: Table, values: np.ndarray, free: np.ndarray, threshold: int) -> list[int]:
    """The small cells that have a witness where all that is free is hidden, or for which it is not clear.

    A search that has come to its bound has proved nothing: then ten times as many people are tried.
    """
    small = np.flatnonzero(_is_small(values, threshold)).tolist()
    if free[values > 0].all():
        return small
    lost, table.nodes = small, BASE + EACH * len(small)
    for way in PLAN:
        lost = _protect(table, Protection(free.copy(), {}), lost, threshold, way)
    if table.nodes <= 0:
        return small
    wholes = _components(table, lost)
    saved = {cell for one in wholes if table.is_witness(_scaled(table, one, threshold), free) for cell in one}
    return sorted({*small} - ({*lost} - saved))


def audit(
    values: np.ndarray,
    hidden: np.ndarray,
    relations: Relations,
    threshold: int = 10,
    public: np.ndarray | None = None,
    witnesses: Mapping[int, dict[int, int]] | None = None,
) -> np.ndarray:
    """Small cells without a witness among the hidden cells alone; empty when all is safe.

    A given witness is checked, one that is not given is searched. Those that public cells give away whatever is
    hidden are not among them.
    """
    small = _is_small(values, threshold)
    table = Table(values, relations, None, frozen=~hidden)
    given = witnesses or {}
    holds = {n: table.is_witness(one, hidden) for n, one in {id(one): one for one in given.values()}.items()}
    left: list[int] = [
        cell
        for cell in np.flatnonzero(small & hidden).tolist()
        if cell not in given or not holds[id(given[cell])] or values[cell] + given[cell].get(cell, 0) < threshold
    ]
    if left and public is not None:  # where all is hidden that can be, no more can be done
        most = Table(values, relations, None, frozen=~((values > 0) & ~public))
        done = {cell for one in _components(most, left) if hidden[one].all() for cell in one}
        left = [cell for cell in left if cell not in done]
    left = _by_plan(table, Protection(hidden.copy(), {}), left, threshold)
    if left and public is not None:
        possible = set(_protectable(most, values, (values > 0) & ~public, threshold))
        left = [cell for cell in left if cell in possible]
    return np.array(sorted({*left, *np.flatnonzero(small & ~hidden)}), dtype=np.int64)


def witness(
    values: np.ndarray, hidden: np.ndarray, relations: Relations, cell: int, threshold: int = 10
) -> np.ndarray | None:
    """A table like values in every shown cell, in which this cell is threshold or more; None when none is found.

    It is searched as the audit does: the witness of one count may be that of another too.
    """
    table, protected = Table(values, relations, None, frozen=~hidden), Protection(hidden.copy(), {})
    _by_plan(table, protected, np.flatnonzero(_is_small(values, threshold) & hidden).tolist(), threshold)
    if int(cell) not in protected.witnesses:
        return None
    other, changes = values.copy(), protected.witnesses[int(cell)]
    other[list(changes)] += list(changes.values())
    return other


def _is_small(values: np.ndarray, threshold: int) -> np.ndarray:
    return (values > 0) & (values < threshold)


def _protect(table: Table, protected: Protection, cells: Sequence[int], threshold: int, way: Way) -> list[int]:
    """Hide what the witnesses of these cells change; return the cells for which none was found."""
    hidden, witnesses = protected
    left: list[int] = []
    for cell in cells:
        if cell in witnesses:
            continue
        moves = table.search(cell, threshold - table.values[cell], hidden, way)
        if moves is None:
            left.append(cell)
            continue
        hidden[list(moves)] = True
        witnesses.update((c, moves) for c, by in moves.items() if table.values[c] + by >= threshold)
    return [cell for cell in left if cell not in witnesses]
