"""No count of 1 to 9 can be derived from what is shown, however it is done."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.relations import hold
from yunnan.publication.suppress import audit, protection, witness
from yunnan.publication.witnesses import Relations

NONE = np.zeros(0, np.int64)


def hidden_cells(values, known: Relations, **more) -> np.ndarray:
    return protection(values, known, **more).hidden


def relations(equal=(), larger=(), covers=()):
    def packed(pairs):
        ends = np.cumsum([0, *(len(parts) for _, parts in pairs)])
        return np.array([h for h, _ in pairs], int), ends, np.array([p for _, parts in pairs for p in parts], int)

    big, small = (np.array(side, int) for side in zip(*larger, strict=True)) if larger else (NONE, NONE)
    return Relations(*packed(list(equal)), big, small, *packed(list(covers)))


def table(inner: np.ndarray):
    """A two-way table with its margins as flat values and relations: rows, columns, and the total of each."""
    full = np.zeros((inner.shape[0] + 1, inner.shape[1] + 1), np.int64)
    full[1:, 1:] = inner
    full[0, 1:], full[1:, 0], full[0, 0] = inner.sum(0), inner.sum(1), inner.sum()
    cell = np.arange(full.size).reshape(full.shape)
    equal = [(row[0], row[1:]) for row in cell] + [(column[0], column[1:]) for column in cell.T]
    return full.ravel(), relations(equal)


def test_a_lone_small_count_gets_a_partner():
    values, known = np.array([25, 5, 20]), relations([(0, [1, 2])])
    assert hidden_cells(values, known).tolist() == [False, True, True]


def test_a_parent_that_cannot_be_told_from_its_only_child_is_hidden_with_it():
    values, known = np.array([5, 5, 0]), relations([(0, [1, 2])])
    assert hidden_cells(values, known).tolist() == [True, True, False]


def test_zero_is_always_shown_and_nothing_is_hidden_without_need():
    values, known = table(np.array([[0, 40, 12], [30, 0, 11], [99, 10, 0]]))
    assert not hidden_cells(values, known).any()
    values, known = table(np.array([[0, 4, 12], [30, 0, 11], [99, 10, 0]]))
    assert not hidden_cells(values, known)[values == 0].any()


def test_a_total_is_dear_and_is_spared():
    values, known = table(np.array([[3, 40, 25], [30, 20, 11], [99, 10, 33]]))
    hidden = hidden_cells(values, known, cost=np.where(values > 60, 4, 1)).reshape(4, 4)
    assert not hidden[0].any()
    assert not hidden[:, 0].any()


def test_hiding_the_small_ones_alone_is_found_out():
    values, known = table(np.array([[3, 40], [30, 20]]))
    found = audit(values, (values > 0) & (values < 10), known)
    assert values[found].tolist() == [3]


def test_a_small_count_that_is_shown_is_found_out():
    values, known = table(np.array([[3, 40], [30, 20]]))
    assert values[audit(values, np.zeros(len(values), bool), known)].tolist() == [3]


def test_the_distinct_persons_of_a_year_do_not_give_away_a_quarter():
    # year 12, quarters 10 and 4: the year is at most their sum, so the hidden quarter is 2 or more
    values = np.array([12, 10, 4])
    known = relations(larger=[(0, 1), (0, 2)], covers=[(0, [1, 2])])
    hidden = hidden_cells(values, known)
    other = witness(values, hidden, known, 2)
    assert hold(other, known)
    assert other[2] >= 10


def test_a_witness_that_is_given_is_checked():
    values, known = table(np.array([[3, 40], [30, 20]]))
    hidden, witnesses = protection(values, known)
    (small,) = np.flatnonzero((values > 0) & (values < 10)).tolist()
    assert audit(values, hidden, known, witnesses=witnesses).size == 0
    alone = np.arange(len(values)) == small
    for false in (witnesses[small], {small: 7}, {small: 1}, {}):
        assert audit(values, alone, known, witnesses={small: false}).tolist() == [small]


def test_what_no_search_finds_is_hidden_with_all_that_hangs_together_with_it(monkeypatch):
    """No search at all: then ten times as many people are the witness, and what is apart stays shown."""
    monkeypatch.setattr("yunnan.publication.suppress.PLAN", ())
    values, known = np.array([25, 5, 20, 30, 18, 12]), relations([(0, [1, 2]), (3, [4, 5])])
    hidden, witnesses = protection(values, known)
    assert hidden.tolist() == [True, True, True, False, False, False]
    assert audit(values, hidden, known, witnesses=witnesses).size == 0
    other = witness(values, hidden, known, 1)
    assert hold(other, known)
    assert other[1] >= 10


def test_what_no_search_finds_is_protected_also_where_something_else_is_public(monkeypatch):
    """That the search found nothing is no proof that nothing can be done."""
    monkeypatch.setattr("yunnan.publication.suppress.PLAN", ())
    values, known = np.array([25, 5, 20, 30, 18, 12]), relations([(0, [1, 2]), (3, [4, 5])])
    public = np.array([False, False, False, True, True, True])
    small = np.array([False, True, False, False, False, False])
    assert audit(values, small, known, public=public).tolist() == [1]
    hidden, witnesses = protection(values, known, public=public)
    assert hidden.tolist() == [True, True, True, False, False, False]
    assert audit(values, hidden, known, public=public, witnesses=witnesses).size == 0


def test_what_public_cells_give_away_is_left_also_without_a_search(monkeypatch):
    monkeypatch.setattr("yunnan.publication.suppress.PLAN", ())
    values, known = np.array([25, 5, 20]), relations([(0, [1, 2])])
    public = np.array([True, False, True])
    hidden = hidden_cells(values, known, public=public)
    assert hidden.tolist() == [False, True, False]
    assert audit(values, hidden, known, public=public).size == 0


def test_values_that_break_their_relations_are_refused():
    with pytest.raises(ValueError, match="relations"):
        hidden_cells(np.array([9, 5, 5]), relations([(0, [1, 2])]))


tables = st.integers(2, 4).flatmap(
    lambda rows: st.integers(2, 4).flatmap(
        lambda columns: st.lists(st.integers(0, 30), min_size=rows * columns, max_size=rows * columns).map(
            lambda cells: np.array(cells).reshape(rows, columns)
        )
    )
)


@settings(max_examples=300, deadline=None)
@given(tables)
def test_every_small_count_could_as_well_be_ten_or_more(inner):
    values, known = table(inner)
    hidden = hidden_cells(values, known)
    assert audit(values, hidden, known).size == 0
    for cell in np.flatnonzero((values > 0) & (values < 10)):
        assert hidden[cell]
        other = witness(values, hidden, known, cell)
        assert hold(other, known)
        assert (other[~hidden] == values[~hidden]).all()
        assert (other[hidden] >= 1).all()
        assert other[cell] >= 10


def test_what_is_known_already_protects_nothing():
    values, known = np.array([25, 5, 20]), relations([(0, [1, 2])])
    twenty = np.array([False, False, True])
    assert hidden_cells(values, known, public=twenty).tolist() == [True, True, False]


def test_what_is_given_away_already_makes_nothing_else_hidden():
    values, known = np.array([25, 5, 20, 60, 35]), relations([(0, [1, 2]), (3, [0, 4])])
    public = np.array([True, False, True, False, False])
    hidden = hidden_cells(values, known, public=public)
    assert hidden.tolist() == [False, True, False, False, False]
    assert audit(values, hidden, known).tolist() == [1]
    assert audit(values, hidden, known, public=public).size == 0


def test_what_was_hidden_before_stays_hidden():
    values, known = np.array([25, 12, 13]), relations([(0, [1, 2])])
    before = np.array([False, True, False])
    assert hidden_cells(values, known, before=before).tolist() == before.tolist()


def twice(first: np.ndarray, second: np.ndarray):
    """Two versions of a two-way table as one system: a cell that has not changed is the same cell."""
    (one, known), (two, known_again) = table(first), table(second)
    cell = np.where(one == two, np.arange(len(one)), len(one) + np.arange(len(one)))
    values = np.concatenate([one, two])
    pairs = [
        (place[each.parents[i]], place[each.children[each.indptr[i] : each.indptr[i + 1]]])
        for each, place in ((known, np.arange(len(one))), (known_again, cell))
        for i in range(len(each.parents))
    ]
    return values, relations(pairs), one, known


@settings(max_examples=150, deadline=None)
@given(tables, st.data())
def test_a_corrected_table_gives_away_no_small_count_of_either_version(first, data):
    """The first was published alone. In the second, what has not changed and was shown cannot protect."""
    second = first.copy()
    for _ in range(data.draw(st.integers(0, 3))):
        at = tuple(data.draw(st.integers(0, size - 1)) for size in first.shape)
        second[at] = data.draw(st.integers(0, 30))
    values, known, one, alone = twice(first, second)
    shown = ~hidden_cells(one, alone)
    public, before = np.zeros((2, len(values)), bool)
    public[: len(one)], before[: len(one)] = shown, ~shown
    hidden = hidden_cells(values, known, before=before, public=public)
    assert not (hidden & public).any()
    for small in np.flatnonzero((values > 0) & (values < 10)):
        other = witness(values, hidden, known, small)
        if other is None:  # only where nothing could have helped
            assert witness(values, ~public & (values > 0), known, small) is None
            continue
        assert hold(other, known)
        assert (other[~hidden] == values[~hidden]).all()
        assert other[small] >= 10


EVERY = np.stack(np.meshgrid(*[np.arange(26)] * 4, indexing="ij"), -1).reshape(-1, 4)  # all 2 x 2 tables up to 25


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_whoever_tries_all_tables_cannot_pin_a_small_count(cells):
    """Two by two, by brute force: among all tables like the published one, the count is not always below ten."""
    values, known = table(np.array(cells).reshape(2, 2))
    hidden = hidden_cells(values, known)
    a, b, c, d = EVERY.T
    every = np.stack([a + b + c + d, a + c, b + d, a + b, a, b, c + d, c, d], 1)
    like = (every[:, ~hidden] == values[~hidden]).all(1) & (every[:, hidden] >= 1).all(1)
    assert like.any()
    for cell in np.flatnonzero((values > 0) & (values < 10)):
        assert every[like, cell].max() >= 10


def province(cells: list[int]):
    """Two prefectures of three counties, four quarters; a year of distinct persons between its largest and its sum."""
    quarters = np.array(cells).reshape(4, 6)
    year = (quarters.max(0) + quarters.sum(0)) // 2
    by_time = np.vstack([year, quarters])
    full = np.hstack([by_time.sum(1, keepdims=True), by_time.reshape(5, 2, 3).sum(2), by_time])
    cell = np.arange(full.size).reshape(full.shape)
    equal = [(t[0], t[1:3]) for t in cell] + [(t[1], t[3:6]) for t in cell] + [(t[2], t[6:9]) for t in cell]
    larger = [(cell[0, r], cell[q, r]) for q in range(1, 5) for r in range(9)]
    covers = [(cell[0, r], cell[1:, r]) for r in range(9)]
    return full, relations(equal, larger, covers)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=24, max_size=24))
def test_places_categories_and_quarters_together(cells):
    full, known = province(cells)
    values = full.ravel()
    assert hold(values, known)
    hidden = hidden_cells(values, known)
    assert audit(values, hidden, known).size == 0
    assert (hidden == hidden_cells(values, known)).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=24, max_size=24))
def test_a_province_and_a_prefecture_are_shown_wherever_they_can_be(cells):
    """Each of them that is hidden is needed: were it shown with all else as it is, a small count would follow."""
    full, known = province(cells)
    values, cost = full.ravel(), np.broadcast_to([4, 2, 2, 1, 1, 1, 1, 1, 1], full.shape).ravel()
    hidden, witnesses = protection(values, known, cost=cost)
    assert audit(values, hidden, known, witnesses=witnesses).size == 0
    for cell in np.flatnonzero(hidden & (values >= 10) & (cost > 1)):
        without = hidden.copy()
        without[cell] = False
        assert audit(values, without, known).size


def test_many_small_counties_do_not_hide_the_province():
    """A pilot: five persons in each county and quarter. The counties alone protect each other."""
    full, known = province([5] * 24)
    hidden = hidden_cells(full.ravel(), known, cost=np.broadcast_to([4, 2, 2, *[1] * 6], full.shape).ravel())
    assert not hidden.reshape(full.shape)[:, 0].any()
    assert hidden.reshape(full.shape)[1:, 3:].all()
