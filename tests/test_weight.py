"""What a page weighs, in counts that no machine changes: elements, their bytes, queries; a closed table has nothing."""

import shutil
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from tests.screens import FRONT, PAGES, PARTED, PLACE, html, open_page
from yunnan import settings
from yunnan.data import snapshots
from yunnan.front.address import menu
from yunnan.front.address.appearance import ALL_PARTS
from yunnan.front.address.navigation import COUNTY_PAGE

WITH_PERIOD = sorted(page.file for page in menu.PAGES.values() if page.has_period)
PLACES = {PLACE: "533300", COUNTY_PAGE: "533323"}  # the place without which a page has nothing to show
CLOSED = "数据表："  # how the title of a table that is closed at first begins


class Bar(NamedTuple):
    """The most that a page may have: elements, bytes of all of them, queries at a change of the report period."""

    elements: int
    size: int
    queries: int


FIRST_SCREEN = Bar(10, 10_000, 0)  # what it draws comes as one resource, and it chooses without the server
HEAD_AND_PART = Bar(50, 40_000, 8)
PLACE_HEAD = Bar(50, 40_000, 10)  # the lists that a place is on, and its pairs, are of the period too
RECORDS = Bar(30, 40_000, 0)
WHOLE = Bar(60, 55_000, 8)


def bar_of(page: str) -> Bar:
    """The bar of a page's kind."""
    if page == FRONT:
        return FIRST_SCREEN
    if page in PARTED:
        return PLACE_HEAD if page in PLACES else HEAD_AND_PART
    return RECORDS if page.startswith("pages/records/") else WHOLE


@pytest.fixture
def queries_run(tiny_data, tmp_path, monkeypatch) -> list[str]:
    """The SQL of each query from here on, on a copy of the tiny province of which nobody has asked anything yet."""
    shutil.copytree(tiny_data, tmp_path / "data")
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "data")
    run, answer = [], snapshots.answer

    def counted(cursor, sql: str, params: dict):
        run.append(sql)
        return answer(cursor, sql, params)

    monkeypatch.setattr(snapshots, "answer", counted)
    return run


def opened(page: str, **url: str) -> AppTest:
    """The page as a reader first meets it: of its parts the first, its tables closed."""
    app = open_page(page, **{"part": "", "tables": "", "period": "2019", "place": PLACES.get(page, "")} | url)
    assert not app.exception
    return app


def turned(app: AppTest, **url: str) -> AppTest:
    """The same reader's page after a choice."""
    for name, value in url.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def leaves(block) -> Iterator:
    """The elements in a block that hold no others."""
    return (element for element in block if not hasattr(element, "children"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_few_elements_of_few_bytes_and_nothing_in_a_closed_table(page, snapshot):
    app, bar = opened(page), bar_of(page)
    assert len(list(leaves(app.main))) <= bar.elements
    assert sum(element.proto.ByteSize() for element in leaves(app.main)) <= bar.size
    twins = [box for box in app.expander if box.label.startswith(CLOSED)]
    assert [box.label for box in twins if list(leaves(box))] == []


def test_a_table_that_was_asked_for_is_there(snapshot):
    twins = [box for box in opened(PLACE, tables="true").expander if box.label.startswith(CLOSED)]
    assert twins
    assert all(list(leaves(box)) for box in twins)


@pytest.mark.parametrize("page", WITH_PERIOD)
def test_another_period_asks_little_of_the_database_and_one_seen_before_nothing(page, queries_run):
    app = opened(page)
    assert queries_run, "the copy is new: whatever is read must be counted"
    queries_run.clear()
    assert "报告期 2018年" in html(turned(app, period="2018"), "foot")[0]
    assert len(queries_run) <= bar_of(page).queries
    queries_run.clear()
    assert "报告期 2019年" in html(turned(app, period="2019"), "foot")[0]
    assert queries_run == []


@pytest.mark.parametrize("page", sorted({*PAGES} - {*WITH_PERIOD} | PARTED))
def test_what_was_seen_before_asks_nothing_of_the_database(page, queries_run):
    url = {"part": ALL_PARTS} if page in PARTED else {}
    opened(page, **url)
    assert queries_run
    queries_run.clear()
    opened(page, **url)
    assert queries_run == []
