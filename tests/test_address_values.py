"""What an address holds that cannot be used is said in a sentence, and said again after a reload."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.screens import DEFINITIONS, FRONT, PAGES, PLACE, open_page
from yunnan import settings
from yunnan.access import signed_links
from yunnan.data import record_selection
from yunnan.front.address import navigation, parameter_names
from yunnan.words import wording

COMPARE, CHANGES, FUNDS = "pages/province/compare.py", "pages/trust/changes.py", "pages/records/funds.py"
EVIDENCE = {"indicator": "P1-08", "evidence": "true"}
# name -> a page where it means something, and what else its address needs
PAGE_OF: dict[str, tuple[str, dict[str, str]]] = {
    **dict.fromkeys(("asof", "period", "place", "measure", "part"), (FRONT, {})),
    **dict.fromkeys(("mode", "theme", "notes", "agenda", "auto", "paper", "tables", "code"), (FRONT, {})),
    "view": (FRONT, {"agenda": "年终总结"}),
    "pillar": ("pages/province/scorecard.py", {"part": "heat"}),
    **dict.fromkeys(("indicator", "evidence", "bars"), (DEFINITIONS, {})),
    "page": (DEFINITIONS, EVIDENCE),
    "asof2": (COMPARE, {"mode2": "snapshots"}),
    "period2": (COMPARE, {"mode2": "periods"}),
    **dict.fromkeys(("mode2", "with"), (COMPARE, {})),
    "aspect": ("pages/pillars/guidance.py", {}),
    "field": ("pages/pillars/guidance.py", {"aspect": "units", "part": "projects"}),
    "topic": ("pages/pillars/platform.py", {}),
    "layer": ("pages/province/background.py", {"part": "counties"}),
    "peers": (PLACE, {"place": "533300", "part": "peers"}),
    "batch": ("pages/trust/quality.py", {"part": "files"}),
    "file": ("pages/trust/data_notes.py", {"part": "files"}),
    "figure": ("pages/trust/reconciliation.py", {}),
    **dict.fromkeys(("items", "cause"), (CHANGES, {"part": "rows"})),
    "project": ("pages/places/project.py", {}),
    "org": ("pages/places/organization.py", {}),
    "tile": (FRONT, {}),
    **dict.fromkeys(("sort", "columns", "stage", "by_funds", "page_funds"), (FUNDS, {})),
}
ALONE = {"tile"}  # what changes all of the page
ANY_TEXT = {"search"}  # every value of it means something: what is not in the rows finds none
OF_ROWS = {name for table in record_selection.TABLES for name in record_selection.facets(table)}


@pytest.fixture
def revised(revised_data, monkeypatch) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", revised_data)


def opened(page: str, params: Mapping[str, str | list[str]]):
    """The page as this address opens it."""
    url = {name: value if isinstance(value, str) else value[0] for name, value in params.items()}
    return open_page(page, **{"part": "", "tables": ""} | url)


def said(app) -> list[str]:
    """The names whose nonsense is spoken of, as often as it is."""
    return sorted(name for text in sentences(app) for name in re.findall(r"zzz(\w+)", text.replace("\\", "")))


def sentences(app) -> list[str]:
    return [e.value for kind in (app.warning, app.info, app.caption) for e in kind if "zzz" in e.value]


def views() -> dict[str, tuple[str, dict[str, str], list[str]]]:
    """Page with what else its address needs -> the names that are tried there at once; some only one by one."""
    made: dict[str, tuple[str, dict[str, str], list[str]]] = {}
    for name, (page, more) in sorted(PAGE_OF.items()):
        key = name if name in ALONE else f"{Path(page).stem} {urlencode(more)}"
        made.setdefault(key, (page, more, []))[2].append(name)
    return made


@pytest.mark.parametrize("view", views())
def test_nonsense_is_said_on_every_run_and_after_a_reload(revised, view):
    page, more, names = views()[view]
    app = opened(page, more | {name: f"zzz{name}" for name in names})
    assert said(app) == sorted(names)
    app.run()
    assert said(app) == sorted(names)
    app = opened(page, app.query_params)
    assert said(app) == sorted(names), "after a reload"


def test_every_name_that_an_address_may_hold_is_tried():
    names = {*navigation.CARRIED, *parameter_names.OF_PAGES, *parameter_names.OF_LISTS, *parameter_names.FLAGS}
    # embed is read by Streamlit, which shows it to nobody; plan is on pages of another stage: tests/test_stages.py
    assert names - ANY_TEXT - {"embed", "plan"} <= set(PAGE_OF)
    assert all(signed_links.FREE.fullmatch(name) or name in PAGE_OF for name in ("bars", "page", "page_funds"))
    assert {page for page, _ in PAGE_OF.values()} <= set(PAGES)


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "9999999", "三"])
def test_a_page_of_rows_that_is_not_there_is_the_first_and_said(snapshot, number):
    app = open_page(FUNDS, page_funds=number)
    (warning,) = app.warning
    assert f"网址中的第几页“{wording.literal(number)}”不存在（共1页），已改用第1页。" == warning.value


@pytest.mark.parametrize("page", [page for page in PAGES if page != FRONT])
def test_a_part_that_a_page_does_not_have_is_said(snapshot, page):
    app = open_page(page, part="zzz")
    assert not app.exception
    assert len(sentences(app)) == 1
