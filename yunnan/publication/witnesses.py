"""Search for witnesses: other tables that are true to all that a reader knows of one (suppress.py)."""

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

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


class Table:
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
        self.of_row = _Groups(row, cell, sign, rows)
        self.of_cell = _Groups(cell, row, sign, len(values))
        self.slack, self.values = slack.tolist(), values.tolist()
        self.least = (-slack).tolist()  # the shift from which on a relation is broken; an equality is by any
        self.rows_of: dict[int, frozenset[int]] = {}  # the relations of a cell, once it was asked for
        dear = 1 if cost is None else 1 + np.asarray(cost)
        self.price = (dear * (4 + np.log2(np.maximum(values, 1)))).tolist()
        self.nodes = 0  # that may yet be searched, set before a search
        self.still: set[int] = set()  # cells that no move may change

    def neighbours(self, cells: Sequence[int]) -> np.ndarray:
        """All cells that share a relation with one of these."""
        rows = {row for cell in cells for row, _ in self.of_cell[cell]}
        return np.array(sorted({c for row in rows for c, _ in self.of_row[row]}), dtype=np.int64)

    def together(self, cell: int) -> list[int]:
        """All cells that hang together with this one, by whatever chain of relations."""
        component, rows, waiting = {cell}, set[int](), [cell]
        while waiting:
            for row, _ in self.of_cell[waiting.pop()]:
                if row not in rows:
                    rows.add(row)
                    new = [one for one, _ in self.of_row[row] if one not in component]
                    component.update(new)
                    waiting += new
        return sorted(component)

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
        is_hidden = memoryview(hidden)  # whose items are ready-made bools, not numbers of numpy
        first = self._moved(({}, {}, [], frozenset()), start, by)
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
            for price, cell, change in self._options(state, start, is_hidden, branches, only_up):
                moved = self._moved(state, cell, change)
                if moved[3] not in seen:
                    seen.add(moved[3])
                    n += 1
                    cost = spent + price + STEP
                    heapq.heappush(heap, (cost + NEAR * len(moved[2]), -n, cost, moved))
        return None

    def _moved(self, state: tuple, cell: int, by: int) -> tuple[dict, dict, list, frozenset]:
        """After one more change: all changes, each relation's shift, the broken ones; the changes as a set."""
        moves, shifts, broken = state[0].copy(), state[1].copy(), state[2].copy()
        before = moves.get(cell, 0)
        moves[cell] = after = before + by
        # Made from the set before: to hash all changes anew took a third of the search.
        changes = state[3] ^ ({(cell, before), (cell, after)} if before else {(cell, after)})
        least, equalities, shifted = self.least, self.equalities, shifts.get
        for row, sign in self.of_cell[cell]:
            shifts[row] = shift = shifted(row, 0) + sign * by
            if shift < least[row] or (shift > 0 and row < equalities):
                if row not in broken:
                    broken.append(row)
            elif row in broken:
                broken.remove(row)
        return moves, shifts, broken, changes

    def _options(self, state: tuple, start: int, hidden, branches: int, only_up: bool) -> list[tuple[float, int, int]]:
        """Ways to mend the first broken relation by one more cell: (price, cell, change), cheapest first."""
        moves, shifts, broken, _ = state
        need = -(self.slack[broken[0]] + shifts[broken[0]])
        others = broken[1:]
        values, prices, still, moved = self.values, self.price, self.still, moves.get
        options = []
        for cell, sign in self.of_row[broken[0]]:
            change, before = need * sign, moved(cell, 0)
            room = values[cell] - 1 + before  # a hidden count stays one or more
            if cell == start or cell in still or before * change < 0 or (change < 0 and (only_up or room <= 0)):
                continue
            price = 0.0 if hidden[cell] or cell in moves else prices[cell]
            if change < -room:
                change, price = -room, price + PARTIAL
            near = 0.0 if self._rows_of(cell).isdisjoint(others) else NEAR
            options.append((price - near, cell, change, price))
        return [(price, cell, change) for _, cell, change, price in sorted(options)[:branches]]

    def _rows_of(self, cell: int) -> frozenset[int]:
        rows = self.rows_of.get(cell)
        if rows is None:
            rows = self.rows_of[cell] = frozenset(row for row, _ in self.of_cell[cell])
        return rows


def _rows(relations: Relations) -> tuple[np.ndarray, np.ndarray, np.ndarray, int, int]:
    parents, indptr, children, larger, smaller, covers, cover_indptr, cover_parts = relations
    equalities, unequal, covered = len(parents), len(larger), len(covers)
    a, b, c = np.split(np.arange(equalities + unequal + covered), [equalities, equalities + unequal])
    row = [a, np.repeat(a, np.diff(indptr)), b, b, np.repeat(c, np.diff(cover_indptr)), c]
    cell = [parents, children, larger, smaller, cover_parts, covers]
    sign = [np.full(len(part), s) for part, s in zip(cell, (1, -1, 1, -1, 1, -1), strict=True)]
    return np.concatenate(row), np.concatenate(cell), np.concatenate(sign), equalities, len(a) + len(b) + len(c)


class _Groups(dict[int, list[tuple[int, int]]]):
    """Key -> its pairs (other, sign), each cut out when it is first asked for: most of 100,000 never are."""

    def __init__(self, keys: np.ndarray, others: np.ndarray, signs: np.ndarray, count: int) -> None:
        order = np.argsort(keys, kind="stable")
        self.ends = np.searchsorted(keys[order], np.arange(count + 1)).tolist()
        self.pairs = list(zip(others[order].tolist(), signs[order].tolist(), strict=True))

    def __missing__(self, key: int) -> list[tuple[int, int]]:
        self[key] = group = self.pairs[self.ends[key] : self.ends[key + 1]]
        return group
