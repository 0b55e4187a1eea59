"""A file that a reader downloads holds what the table on the screen says."""

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from yunnan import words


def download(page: Page, name: str) -> tuple[str, bytes]:
    """File name and bytes of the table of this name."""
    panel = page.get_by_test_id("stExpander").filter(has_text=f"数据表：{name}")
    button = panel.get_by_role("button", name=re.compile("下载 CSV"))
    if not button.is_visible():
        panel.get_by_text(f"数据表：{name}").click()
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def cells(page: Page, name: str, columns: int) -> list[list[str]]:
    """The rows of a table as a screen reader gets them."""
    grid = page.get_by_test_id("stDataFrame").filter(has=page.get_by_role("grid", name=name))
    rows = grid.locator("[role=row]")
    expect(rows.nth(1)).to_be_attached()
    found = [row.locator("[role=gridcell]").all_text_contents() for row in rows.all()]
    return [row for row in found if len(row) == columns]


def test_the_file_of_a_map_has_the_rows_of_its_table(visit):
    page = visit("/?period=2019")
    name, data = download(page, "筹集款物总额")
    assert name == "云南模式_筹集款物总额_2019_截至20200630r1.csv"
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert all(re.search("[一-鿿]", column) and not re.search("[a-z_]", column) for column in header)
    assert header[-2:] == ["数据截至", "数据性质"]
    assert {tuple(row[-2:]) for row in rows} == {("2020-06-30", words.DEMO)}
    assert len(rows) == 17
    at = header.index("数值")
    filed = [[row[0], row[1], words.amount(float(row[at]))] for row in rows]
    shown = [row[:3] for row in cells(page, "筹集款物总额", len(header) - 2)]
    assert len(shown) > 5
    assert shown == filed[: len(shown)]


@pytest.mark.parametrize(
    ("path", "table", "file"),
    [
        ("/scorecard?period=2018", "得分与档次", "云南模式_得分与档次_2018_截至20200630r1.csv"),
        ("/prefecture?place=533300", "资金来源", "云南模式_资金来源_怒江州_2019_截至20200630r1.csv"),
        ("/data_notes?asof=2018-12-31.r1", "报送情况", "云南模式_报送情况_2018_截至20181231r1.csv"),
    ],
)
def test_the_name_of_a_file_says_what_where_when_and_as_of(visit, path, table, file):
    name, data = download(visit(path), table)
    assert name == file
    assert data.startswith(b"\xef\xbb\xbf")
