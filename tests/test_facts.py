"""Every fact of the article has its place: each of the 105 is shown on the page, by the query, in the words named here.

tests/facts/*.csv: one row a fact, where it is shown and what the rendered page must say on the demo snapshot.
"""

import csv
from pathlib import Path

import pytest

from tests import reads
from tests.screens import open_page, words_of
from yunnan import settings
from yunnan.data import snapshots

RANGES = ((1, 8), (10, 28), (30, 51), (60, 89), (100, 125))
IDS = [f"S{n:03d}" for first, last in RANGES for n in range(first, last + 1)]
FILES = sorted((Path(__file__).parent / "facts").glob("*.csv"))
FACTS = [row for file in FILES for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())]
VIEWS = sorted({(fact["page"], fact["url"]) for fact in FACTS})


@pytest.fixture(scope="module")
def shown(demo_data) -> dict[tuple[str, str], str]:
    """All that each page says under the parameters named, on the newest demo snapshot."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", demo_data)
        return {view: said(*view) for view in VIEWS}


def said(page: str, url: str) -> str:
    app = open_page(page, **dict(part.split("=", 1) for part in url.split("&") if part))
    assert [(e.message, e.stack_trace) for e in app.exception] == [], page
    return "\n".join(words_of(app))


def test_the_facts_are_the_articles_105_each_once():
    assert len(IDS) == 105
    assert sorted(fact["id"] for fact in FACTS) == IDS


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["id"])
def test_a_fact_is_shown_where_it_should_be(shown, fact):
    told = shown[fact["page"], fact["url"]]
    texts = fact["texts"].split("|")
    assert all(texts), "an empty text is always found"
    assert [text for text in texts if text not in told] == []


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["id"])
def test_the_page_of_a_fact_reads_the_query_named(fact):
    page = settings.ROOT / fact["page"]
    assert fact["query"] in reads.asked_by(page) | reads.named_by(page)


def test_a_published_figure_is_said_in_the_articles_words(demo_data, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", demo_data)
    figures = snapshots.find(snapshots.published()[0]).table("definitions/published_figures")
    assert figures.holds.all()
    by_id = {fact["id"]: fact["texts"] for fact in FACTS}
    figures = figures[~figures.figure_code.str.endswith("places")]
    assert [
        (row.figure_code, row.computed)
        for row in figures.itertuples()
        if not any(row.computed in by_id.get(fact, "") for fact in row.seed_fact.split())
    ] == []
