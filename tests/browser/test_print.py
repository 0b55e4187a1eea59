"""On paper, A4 landscape: whole figures, whole tables, the date on every sheet."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import whole
from tests.screens import HEADING, HEADINGS
from yunnan import settings
from yunnan.data import snapshots
from yunnan.drawing.charts import themes

A4_LANDSCAPE = (842, 595)  # points


def printed(page: Page, folder: Path, *, wide: int = 1440) -> list[str]:
    """The text of each sheet, as the browser prints the page that is open."""
    page.set_viewport_size({"width": wide, "height": 900})
    page.pdf(path=folder / "page.pdf", prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-layout", folder / "page.pdf", "-"], capture_output=True, check=True).stdout
    return text.decode().split("\f")[:-1]


def size(file: Path) -> tuple[int, int]:
    told = subprocess.run(["pdfinfo", file], capture_output=True, check=True, text=True).stdout
    width, height = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", told).groups()
    return round(float(width)), round(float(height))


def ink_at_the_edge(file: Path, folder: Path) -> list[str]:
    """Sheets with anything within 3 mm of the right edge: there a figure is cut."""
    subprocess.run(["pdftoppm", "-r", "50", "-gray", file, folder / "sheet"], check=True)
    found = []
    for sheet in sorted(folder.glob("sheet*.pgm")):
        _, extent, _, pixels = re.match(rb"(P5)\s+(\d+ \d+)\s+(\d+)\s(.*)", sheet.read_bytes(), re.DOTALL).groups()
        width = int(extent.split()[0])
        if any(min(pixels[row + width - 6 : row + width]) < 200 for row in range(0, len(pixels), width)):
            found.append(sheet.name)
    return found


@pytest.mark.parametrize("wide", [1366, 1920])
def test_the_front_page_prints_whole_with_its_date_on_every_sheet(visit, tmp_path, wide):
    page = visit("/?period=2019")
    sheets = printed(page, tmp_path, wide=wide)
    assert size(tmp_path / "page.pdf") == A4_LANDSCAPE
    for n, sheet in enumerate(sheets, 1):
        for told in ("看板", "全省", "数据截至2020年6月30日（第1版）", "报告期2019年", "演示数据（合成）", "数据来源"):
            assert told in sheet
        assert f"第{n}页，共{len(sheets)}页" in sheet
    whole = "".join(sheets)
    for told in ("总览", "筹集款物109万元", "十六个州市", "西双版纳", "由高到低", "底图来源"):
        assert told in whole
    assert ink_at_the_edge(tmp_path / "page.pdf", tmp_path) == []


def test_a_long_list_prints_to_its_last_row_and_no_button_does(visit, tmp_path, snapshot: snapshots.Snapshot):
    projects = snapshot.table("projects/of_place", period="2019", place="533300")
    page = visit("/prefecture?place=533300&period=2019")
    whole = re.sub(r"\s", "", "".join(printed(page, tmp_path)))
    assert len(projects) > 1
    for code in projects.project_id:
        assert code in whole
    assert f"怒江{HEADING}" in whole
    assert "“三区”“牵手”计划贫困县覆盖率" in whole
    for not_printed in ("下载CSV", "复制链接", "口径与明细"):
        assert not_printed not in whole
    assert ink_at_the_edge(tmp_path / "page.pdf", tmp_path) == []


def test_what_stands_under_one_heading_stays_on_one_sheet_where_it_can(visit, tmp_path):
    sheets = printed(visit("/?period=2019"), tmp_path)
    assert len(sheets) == 2
    for told in ("总览", "筹集款物109万元", "四个突出", "P4 平台搭建"):
        assert told in sheets[0]
    for told in ("十六个州市", "迪庆", "由高到低", "底图来源", "口径："):
        assert told in sheets[1]


def test_a_panel_is_printed_as_the_reader_left_it(visit, tmp_path):
    page = visit("/mechanism?place=533300&period=2019")
    closed = "".join(printed(page, tmp_path))
    assert "数据表：" not in closed
    page.get_by_text(f"数据表：{HEADINGS['P2']}").click()
    expect(page.locator(".paper caption", has_text=HEADINGS["P2"])).to_have_count(2)
    opened = "".join(printed(whole(page), tmp_path))
    assert re.findall("数据表：.*", opened) == [f"数据表：{HEADINGS['P2']}"]
    assert opened.count("P2-02") == closed.count("P2-02") + 1
    assert ink_at_the_edge(tmp_path / "page.pdf", tmp_path) == []


def test_from_the_wall_all_blocks_are_printed_and_not_only_the_one_shown(visit, tmp_path):
    page = visit("/?period=2019&mode=screen&theme=dark")
    whole = "".join(printed(page, tmp_path))
    for told in ("筹集款物109万元", "党建引领", "十六个州市"):
        assert told in whole
    assert "下一屏" not in whole


def dark_share(page: Page, folder: Path) -> float:
    """How much of the paper is printed dark."""
    folder.mkdir()
    printed(page, folder)
    subprocess.run(["pdftoppm", "-r", "50", "-gray", folder / "page.pdf", folder / "sheet"], check=True)
    pixels = b"".join(sheet.read_bytes() for sheet in sorted(folder.glob("sheet*.pgm")))
    return sum(pixel < 128 for pixel in pixels) / len(pixels)


def test_from_the_dark_the_page_is_printed_as_dark_on_light_as_from_the_light(visit, tmp_path):
    light = dark_share(visit("/?period=2019"), tmp_path / "light")
    dark = dark_share(visit("/?period=2019&theme=dark"), tmp_path / "dark")
    assert 0.8 * light < dark < 1.3 * light < 0.2


def test_each_colour_of_a_figure_on_dark_ground_has_another_on_paper():
    printing = (settings.ROOT / "static/dark.css").read_text(encoding="utf-8").partition("@media print")[2]
    for light, dark in themes.ON_DARK.items():
        told = ", ".join(str(int(dark[n : n + 2], 16)) for n in (1, 3, 5))
        for part in ("fill", "stroke"):
            assert f'[style*="{part}: rgb({told})"] {{ {part}: {light} !important; }}' in printing
