"""A thirty-seventh indicator, added by its files alone: every page shows it, and no text keeps the count of before."""

import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from tests.conftest import publish_tiny, reference, revised_tiny
from tests.screens import assert_whole, open_page, words_of
from yunnan import settings
from yunnan.data import queries, snapshots
from yunnan.drawing.briefing import rendering, request

NAME = "试加的指标"
NUJIANG, LUSHUI = "533300", "533301"
COUNTS_OF_TODAY = re.compile(r"(?<!\d)(?:26|36)项|二十六项|三十六项|平台搭建九项|每根支柱九项")
PAGES = [
    ("pages/province/overview.py", {"measure": "SCORE"}, ["27项"]),
    ("pages/province/scorecard.py", {"pillar": "P4"}, ["各地区十项指标", "试加"]),
    ("pages/province/compare.py", {}, ["37项指标对比", "平台搭建十项指标", NAME]),
    ("pages/province/background.py", {}, ["37项指标达标情况", "共37项"]),
    ("pages/pillars/platform.py", {}, ["平台搭建十项指标", NAME]),
    ("pages/pillars/party.py", {}, ["党建引领九项指标"]),
    ("pages/places/prefecture.py", {"place": NUJIANG}, ["怒江三十七项指标", NAME]),
    ("pages/places/county.py", {"place": LUSHUI}, ["三十七项指标", NAME]),
    ("pages/trust/changes.py", {}, ["37项指标的变化", "37项指标中", NAME]),
    ("pages/trust/definitions.py", {"indicator": "P4-10", "evidence": "true"}, [f"P4-10 {NAME}"]),
]


@pytest.fixture(scope="module")
def widened(tmp_path_factory) -> Iterator[Path]:
    """The tiny province with P4-10, which counts what P4-01 counts: its card, its rows and its targets are all."""
    folder = tmp_path_factory.mktemp("widened")
    shutil.copytree(queries.FOLDER, folder / "queries")
    for kind in ("indicators", "rows"):
        text = (queries.FOLDER / kind / "P4_01.sql").read_text(encoding="utf-8")
        for old, new in (("P4-01", "P4-10"), ("需求对接成功率", NAME), ("-- short 需求对接", "-- short 试加")):
            text = text.replace(old, new)
        text = text.replace("-- leads pillar\n", "")  # one indicator leads a pillar
        (folder / "queries" / kind / "P4_10.sql").write_text(text, encoding="utf-8")
    targets = reference("targets")
    own = targets.filter(pc.equal(targets["indicator_code"], "P4-01"))
    own = own.set_column(0, "indicator_code", pa.array(["P4-10"] * len(own)))
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
    assert list(values.index)[-1] == "P4-10"
    for column in ("value", "target_to_date", "attainment", "status"):
        assert values[column]["P4-10"] == values[column]["P4-01"]
    rows = snapshot.table(queries.rows("P4-10"), period="2019", place=NUJIANG)
    assert rows.num.sum() / rows.den.sum() == values.value["P4-10"]


@pytest.mark.parametrize(("scope", "url"), [("province", {}), ("pillar", {"pillar": "P4"})])
def test_a_briefing_counts_the_new_indicator(widened, scope, url):
    brief = request.brief(scope, {"period": "2019", **url}, None)
    document = Document(io.BytesIO(rendering.rendered(brief, "docx", date(2020, 7, 15))))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "平台搭建十项指标" in words
    assert [line for line in words.splitlines() if COUNTS_OF_TODAY.search(line)] == []
    cells = {cell.text for table in document.tables for cell in table.columns[0].cells}
    assert any(text.startswith(f"{NAME}\nYN-P410-") for text in cells)
