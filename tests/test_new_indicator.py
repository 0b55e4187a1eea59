"""One more indicator, added by its files alone: every page shows it, and no text keeps the count of before."""

import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from tests.conftest import publish_tiny, reference, revised_tiny
from tests.screens import HEADINGS, INDICATORS, OF_PILLAR, assert_whole, open_page, words_of
from yunnan import settings
from yunnan.data import queries, snapshots
from yunnan.drawing.briefing import rendering, request
from yunnan.words.wording import numeral

NAME = "试加的指标"
ENDS = date(2019, 12, 31)
NUJIANG, LUSHUI = "533300", "533301"
CODE = f"P4-{OF_PILLAR['P4'] + 1:02}"
SCORED = sum(card["scored"] == "yes" for card in queries.folder("indicators"))
WIDER, WIDER_HEADING = f"平台搭建{numeral(OF_PILLAR['P4'] + 1)}项指标", f"{numeral(INDICATORS + 1)}项指标"
COUNTS_OF_TODAY = re.compile(
    rf"(?<!\d)(?:{SCORED}|{INDICATORS})项|{numeral(SCORED)}项|{numeral(INDICATORS)}项"
    rf"|平台搭建{numeral(OF_PILLAR['P4'])}项|每根支柱{numeral(OF_PILLAR['P4'])}项"
)
PAGES = [
    ("pages/province/overview.py", {"measure": "SCORE"}, [f"{SCORED + 1}项"]),
    ("pages/province/scorecard.py", {"pillar": "P4"}, [f"各地区{numeral(OF_PILLAR['P4'] + 1)}项指标", "试加"]),
    ("pages/province/compare.py", {}, [f"{WIDER}对比", NAME]),
    ("pages/province/background.py", {}, [f"{INDICATORS + 1}项指标达标情况", f"共{INDICATORS + 1}项"]),
    ("pages/pillars/platform.py", {}, [WIDER, NAME]),
    ("pages/pillars/party.py", {}, [HEADINGS["P1"]]),
    ("pages/places/prefecture.py", {"place": NUJIANG}, [f"怒江{WIDER_HEADING}", NAME]),
    ("pages/places/county.py", {"place": LUSHUI}, [WIDER_HEADING, NAME]),
    ("pages/trust/changes.py", {}, [f"{INDICATORS + 1}项指标的变化", f"{INDICATORS + 1}项指标中", NAME]),
    ("pages/trust/definitions.py", {"indicator": CODE, "evidence": "true"}, [f"{CODE} {NAME}"]),
]


@pytest.fixture(scope="module")
def widened(tmp_path_factory) -> Iterator[Path]:
    """The tiny province with another indicator that counts what P4-01 counts: its card, rows and targets are all."""
    folder = tmp_path_factory.mktemp("widened")
    shutil.copytree(queries.FOLDER, folder / "queries")
    for kind in ("indicators", "rows"):
        text = (queries.FOLDER / kind / "P4_01.sql").read_text(encoding="utf-8")
        for old, new in (("P4-01", CODE), ("需求对接成功率", NAME), ("-- short 需求对接", "-- short 试加")):
            text = text.replace(old, new)
        text = text.replace("-- leads pillar\n", f"-- valid_to {ENDS}\n")  # one indicator leads a pillar
        (folder / "queries" / kind / f"{CODE.replace('-', '_')}.sql").write_text(text, encoding="utf-8")
    targets = reference("targets")
    own = targets.filter(pc.equal(targets["indicator_code"], "P4-01"))
    own = own.set_column(0, "indicator_code", pa.array([CODE] * len(own)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "FOLDER", folder / "queries")
        patch.setattr(settings, "DATA_DIR", folder)
        wider = {"targets": pa.concat_tables([targets, own])}
        publish_tiny(folder, **wider)
        publish_tiny(folder, revision=2, **wider | revised_tiny())
        yield folder
    queries.load.cache_clear()
    queries.sources.cache_clear()


def everything_on(app: AppTest) -> str:
    alts = [element.proto.alt for element in (*app.dataframe, *app.get("plotly_chart"))]
    options = [option for box in app.selectbox for option in box.options]
    return "\n".join([*words_of(app), *alts, *options])


@pytest.mark.parametrize(("page", "url", "texts"), PAGES, ids=[Path(page).stem for page, *_ in PAGES])
def test_every_page_counts_the_new_indicator(widened, page, url, texts):
    app = open_page(page, period="2019", **url)
    assert_whole(app, "2019年")
    assert [warning.value for warning in app.warning] == []
    words = everything_on(app)
    assert [text for text in texts if text not in words] == []
    assert [line for line in words.splitlines() if COUNTS_OF_TODAY.search(line)] == []


def test_the_new_indicator_equals_the_one_it_was_copied_from_and_its_rows_make_it(widened):
    snapshot = snapshots.find(snapshots.published()[0])
    values = snapshot.table("values/of_place", period="2019", place=NUJIANG).set_index("indicator_code")
    assert list(values.index)[-1] == CODE
    for column in ("value", "target_to_date", "attainment", "status"):
        assert values[column][CODE] == values[column]["P4-01"]
    rows = snapshot.table(queries.rows(CODE), period="2019", place=NUJIANG)
    assert rows.num.sum() / rows.den.sum() == values.value[CODE]


def test_after_its_last_day_the_new_indicator_does_not_apply_and_is_not_scored(widened):
    snapshot = snapshots.find(snapshots.published()[0])
    after = snapshot.table("values/of_place", period="2020H1", place=NUJIANG).set_index("indicator_code")
    assert after.status[CODE] == "不适用"
    assert pd.isna(after.value[CODE])
    assert pd.isna(after.target_value[CODE])
    assert after.status["P4-01"] != "不适用"
    half = snapshot.table("values/of_place", period="2019H1", place=NUJIANG).set_index("indicator_code")
    assert half.status[CODE] == half.status["P4-01"]


@pytest.mark.parametrize(("scope", "url"), [("province", {}), ("pillar", {"pillar": "P4"})])
def test_a_briefing_counts_the_new_indicator(widened, scope, url):
    brief = request.brief(scope, {"period": "2019", **url}, None)
    document = Document(io.BytesIO(rendering.rendered(brief, "docx", date(2020, 7, 15))))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert WIDER in words
    assert [line for line in words.splitlines() if COUNTS_OF_TODAY.search(line)] == []
    cells = {cell.text for table in document.tables for cell in table.columns[0].cells}
    assert any(text.startswith(f"{NAME}\nYN-{CODE.replace('-', '')}-") for text in cells)
