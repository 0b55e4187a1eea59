"""A file that a reader downloads holds what the table on the screen says."""

import csv
import io
import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.screens import download, opened
from yunnan.words import wording


def shown(panel: Locator) -> list[list[str]]:
    """The rows on the screen, as a screen reader gets them: the grid itself is a picture."""
    rows = panel.locator("canvas tbody tr")
    expect(rows.nth(5)).to_be_attached()
    return [row.locator("td").all_text_contents() for row in rows.all()]


def test_the_file_of_a_map_has_the_rows_of_its_table(visit):
    page = visit("/?period=2019&part=places")
    panel = opened(page, "筹集款物总额")
    name, data = download(page, panel)
    assert name == "云南模式_筹集款物总额_2019_截至20200630r1.csv"
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert all(re.search("[一-鿿]", column) and not re.search("[a-z_]", column) for column in header)
    assert header[-2:] == ["数据截至", "数据性质"]
    assert {tuple(row[-2:]) for row in rows} == {("2020-06-30", wording.DEMO)}
    assert len(rows) == 17
    at = header.index("数值")
    filed = [[*row[:at], float(row[at])] for row in rows]
    on_screen = [[*row[:at], float(row[at])] for row in shown(panel)]
    assert on_screen == filed[: len(on_screen)]


@pytest.mark.parametrize(
    ("path", "table", "file"),
    [
        ("/scorecard?period=2018", "得分与档次", "云南模式_得分与档次_2018_截至20200630r1.csv"),
        ("/prefecture?place=533300&part=money", "资金来源", "云南模式_资金来源_怒江州_2019_截至20200630r1.csv"),
        ("/quality?asof=2018-12-31.r1", "报送四灯", "云南模式_报送四灯_2018_截至20181231r1.csv"),
    ],
)
def test_the_name_of_a_file_says_what_where_when_and_as_of(visit, path, table, file):
    page = visit(path)
    name, data = download(page, opened(page, table))
    assert name == file
    assert data.startswith(b"\xef\xbb\xbf")
