"""Small-cell suppression: hide counts of 1-9, and so many more that none of them can be derived.

What is guaranteed: for every hidden count of 1-9 there is another table, consistent with every shown cell and every
relation a reader knows, in which that count is 10 or more. Such a table is called a witness; it is found by search,
and cells that it moves are hidden. So nobody can conclude, by whatever arithmetic, that the count is small.

The work is bounded: each round of search has a number of nodes to spend, there are few rounds, and what is left after
them is hidden with all that hangs together with it. There, a table of ten times as many people is a witness.
"""

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

# (nodes searched, branches tried at a node, only upwards): cheap first, thorough for the few that are left. Only
# upwards, that is adding people all along, is the way out where so many counts are small that none can be lowered.
PLAN = ((60, 3, False), (300, 4, False), (300, 4, True), (3000, 8, False), (3000, 8, True))
ROUNDS = 3  # of search, each with more hidden than the one before
BASE, EACH = 10_000, 90  # nodes that a round may search in all: so many, and so many more for each count to protect
NEAR = 16.0  # how much a cell is preferred that mends two broken relations at once
STEP = 0.5  # cost of any move, so that short witnesses come first
PARTIAL = 20.0  # cost of a move that mends a relation only in part


class Relations(NamedTuple):
    """What a reader knows about the cells, as indices into the flat array of values.

    parents[i] = sum of children[indptr[i]:indptr[i+1]]; larger[j] >= smaller[j];
    covers[k] <= sum of cover_parts[cover_indptr[k]:cover_indptr[k+1]]. A zero is always shown.
    """

    parents: np.ndarray
    indptr: np.ndarray
    children: np.ndarray
    larger: np.ndarray
    smaller: np.ndarray
    covers: np.ndarray
    cover_indptr: np.ndarray
    cover_parts: np.ndarray


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
    table = _Table(values, relations, cost, frozen=public)
    free = (values > 0) if public is None else (values > 0) & ~public
    hidden = _is_small(values, threshold) if before is None else _is_small(values, threshold) | (before & free)
    found = Protection(hidden, {})
    left = _protectable(table, values, free, threshold)
    for n in range(ROUNDS):
        if n and left:  # crowded out: give the search the whole neighbourhood, and try again
            hidden[table.neighbours(left)] = True
        left = _by_plan(table, found, left, threshold)
    _by_scale(table, found, left, threshold, most=len(values))
    return found


def _by_plan(table: "_Table", found: Protection, left: list[int], threshold: int) -> list[int]:
    """Hide what the witnesses of these cells change; return the cells for which none was found."""
    table.nodes = BASE + EACH * len(left)
    for way in PLAN:
        left = _protect(table, found, left, threshold, way)
    return _by_scale(table, found, left, threshold, most=len(left))


def _by_scale(table: "_Table", found: Protection, left: list[int], threshold: int, most: int) -> list[int]:
    """Hide all that hangs together with these cells, where that is no more than so many cells more."""
    hidden, witnesses = found
    for cell in left:
        if cell in witnesses:
            continue
        together = table.together(cell)
        if (~hidden[together]).sum() > most:
            continue
        hidden[together] = True
        scaled = {one: (threshold - 1) * table.values[one] for one in together}
        if table.is_witness(scaled, hidden):
            witnesses.update(dict.fromkeys(together, scaled))
    return [cell for cell in left if cell not in witnesses]


def _protectable(table: "_Table", values: np.ndarray, free: np.ndarray, threshold: int) -> list[int]:
    """The small cells that have a witness where all that is free is hidden, or for which it is not clear."""
    small = np.flatnonzero(_is_small(values, threshold)).tolist()
    if free[values > 0].all():
        return small
    lost, table.nodes = small, BASE + EACH * len(small)
    for way in PLAN:
        lost = _protect(table, Protection(free.copy(), {}), lost, threshold, way)
    return small if table.nodes <= 0 else [cell for cell in small if cell not in set(lost)]


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
    table = _Table(values, relations, None, frozen=~hidden)
    given = witnesses or {}
    holds = {n: table.is_witness(one, hidden) for n, one in {id(one): one for one in given.values()}.items()}
    left: list[int] = [
        cell
        for cell in np.flatnonzero(small & hidden).tolist()
        if cell not in given or not holds[id(given[cell])] or values[cell] + given[cell].get(cell, 0) < threshold
    ]
    if left and public is not None:  # where all is hidden that can be, no more can be done
        most = _Table(values, relations, None, frozen=~((values > 0) & ~public))
        left = [cell for cell in left if not hidden[most.together(cell)].all()]
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
    table, found = _Table(values, relations, None, frozen=~hidden), Protection(hidden.copy(), {})
    _by_plan(table, found, np.flatnonzero(_is_small(values, threshold) & hidden).tolist(), threshold)
    if int(cell) not in found.witnesses:
        return None
    other, changes = values.copy(), found.witnesses[int(cell)]
    other[list(changes)] += list(changes.values())
    return other


def _is_small(values: np.ndarray, threshold: int) -> np.ndarray:
    return (values > 0) & (values < threshold)


def _protect(table, found: Protection, cells: Sequence[int], threshold: int, way: tuple[int, int, bool]) -> list[int]:
    """Hide what the witnesses of these cells change; return the cells for which none was found."""
    hidden, witnesses = found
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


class _Table:
    """Values and relations arranged for the search: each relation a row with signs, and its slack.

    A relation is sum(sign * value): zero for an equality, zero or more for the others.
    """

    def __init__(self, values, relations: Relations, cost, frozen: np.ndarray | None = None) -> None:
        row, cell, sign, self.equalities, rows = _rows(relations)
        slack = np.bincount(row, weights=sign * values[cell], minlength=rows).astype(np.int64)
        if (slack[: self.equalities] != 0).any() or (slack < 0).any():
            raise ValueError("the values do not satisfy their relations")
        movable = values > 0 if frozen is None else (values > 0) & ~frozen
        keep = movable[cell]
        row, cell, sign = row[keep], cell[keep], sign[keep]
        self.of_row = _grouped(row, cell, sign, rows)
        self.of_cell = _grouped(cell, row, sign, len(values))
        self.slack, self.values = slack.tolist(), values.tolist()
        dear = 1 if cost is None else 1 + np.asarray(cost)
        self.price = (dear * (4 + np.log2(np.maximum(values, 1)))).tolist()
        self.nodes = 4 * sum(nodes for nodes, _, _ in PLAN)  # that may yet be searched

    def neighbours(self, cells: Sequence[int]) -> np.ndarray:
        """All cells that share a relation with one of these."""
        rows = {row for cell in cells for row, _ in self.of_cell[cell]}
        return np.array(sorted({c for row in rows for c, _ in self.of_row[row]}), dtype=np.int64)

    def together(self, cell: int) -> list[int]:
        """All cells that hang together with this one, by whatever chain of relations."""
        found, rows, waiting = {cell}, set[int](), [cell]
        while waiting:
            for row, _ in self.of_cell[waiting.pop()]:
                if row not in rows:
                    rows.add(row)
                    new = [one for one, _ in self.of_row[row] if one not in found]
                    found.update(new)
                    waiting += new
        return sorted(found)

    def is_witness(self, changes: Mapping[int, int], hidden) -> bool:
        """Whether these changes are of hidden cells alone, leave each at one or more, and every relation true."""
        shifts: Counter[int] = Counter()
        for cell, by in changes.items():
            if not hidden[cell] or self.values[cell] + by < 1:
                return False
            for row, sign in self.of_cell[cell]:
                shifts[row] += sign * by
        return all(s == 0 if row < self.equalities else self.slack[row] + s >= 0 for row, s in shifts.items())

    def search(self, start: int, by: int, hidden, way: tuple[int, int, bool]) -> dict[int, int] | None:
        """Moves {cell: change} that raise start and leave every relation true, cheapest first; None when not found."""
        nodes, branches, only_up = way
        first = self._moved(({}, {}, ()), start, by)
        heap: list[tuple] = [(0.0, 0, 0.0, first)]
        seen: set[frozenset] = set()
        n = 0
        for _ in range(min(nodes, self.nodes)):
            if not heap:
                return None
            self.nodes -= 1
            _, _, spent, state = heapq.heappop(heap)
            if not state[2]:
                return state[0]
            for price, cell, change in self._options(state, start, hidden, branches, only_up):
                moved = self._moved(state, cell, change)
                key = frozenset(moved[0].items())
                if key not in seen:
                    seen.add(key)
                    n += 1
                    heapq.heappush(heap, (spent + price + STEP + NEAR * len(moved[2]), -n, spent + price + STEP, moved))
        return None

    def _moved(self, state: tuple, cell: int, by: int) -> tuple[dict, dict, tuple]:
        moves, shifts, broken = dict(state[0]), dict(state[1]), list(state[2])
        moves[cell] = moves.get(cell, 0) + by
        for row, sign in self.of_cell[cell]:
            shift = shifts[row] = shifts.get(row, 0) + sign * by
            is_broken = shift != 0 if row < self.equalities else shift + self.slack[row] < 0
            if is_broken and row not in broken:
                broken.append(row)
            elif not is_broken and row in broken:
                broken.remove(row)
        return moves, shifts, tuple(broken)

    def _options(self, state: tuple, start: int, hidden, branches: int, only_up: bool) -> list[tuple[float, int, int]]:
        """Ways to mend the first broken relation by one more cell: (price, cell, change), cheapest first."""
        moves, shifts, broken = state
        need = -(self.slack[broken[0]] + shifts[broken[0]])
        near = {cell for row in broken[1:] for cell, _ in self.of_row[row]}
        found = []
        for cell, sign in self.of_row[broken[0]]:
            change, before = need * sign, moves.get(cell, 0)
            room = self.values[cell] - 1 + before  # a hidden count stays one or more
            if cell == start or before * change < 0 or (change < 0 and (only_up or room <= 0)):
                continue
            price = 0.0 if hidden[cell] or cell in moves else self.price[cell]
            if change < -room:
                change, price = -room, price + PARTIAL
            found.append((price - (NEAR if cell in near else 0), cell, change, price))
        return [(price, cell, change) for _, cell, change, price in sorted(found)[:branches]]


def _rows(relations: Relations) -> tuple[np.ndarray, np.ndarray, np.ndarray, int, int]:
    parents, indptr, children, larger, smaller, covers, cover_indptr, cover_parts = relations
    equalities, unequal, covered = len(parents), len(larger), len(covers)
    a, b, c = np.split(np.arange(equalities + unequal + covered), [equalities, equalities + unequal])
    row = [a, np.repeat(a, np.diff(indptr)), b, b, np.repeat(c, np.diff(cover_indptr)), c]
    cell = [parents, children, larger, smaller, cover_parts, covers]
    sign = [np.full(len(part), s) for part, s in zip(cell, (1, -1, 1, -1, 1, -1), strict=True)]
    return np.concatenate(row), np.concatenate(cell), np.concatenate(sign), equalities, len(a) + len(b) + len(c)


def _grouped(keys: np.ndarray, others: np.ndarray, signs: np.ndarray, count: int) -> list[list[tuple[int, int]]]:
    order = np.argsort(keys, kind="stable")
    ends = np.searchsorted(keys[order], np.arange(count + 1)).tolist()
    pairs = list(zip(others[order].tolist(), signs[order].tolist(), strict=True))
    return [pairs[start:end] for start, end in pairwise(ends)]
