"""Briefings and slides: laid out as an office expects them, and every figure in them is a query's and can be cited."""

import hashlib
import io
import json
import re
import subprocess
import sys
import threading
import zipfile
from datetime import date
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from PIL import Image
from pptx import Presentation

from tests.command_line import assert_refused, run
from tests.conftest import publish_tiny, read_tiny
from tests.file_answers import Client, name_of
from tests.screens import HEADINGS, PLACE, html, open_page
from yunnan import settings
from yunnan.access import viewer
from yunnan.access.log_chain import Chain
from yunnan.data import citations, figure_codes, queries, snapshots, targets
from yunnan.data.view import View
from yunnan.drawing import pictures
from yunnan.drawing.briefing import rendering, request, slide_deck, word_document
from yunnan.drawing.charts import maps
from yunnan.drawing.findings import sentences
from yunnan.words import geography, palette, wording

DAY = date(2020, 7, 15)
CODE = re.compile(r"YN-[0-9A-Z]+-\d{6}-\w+-\d{6}r\d+-\w")
WANTED = {
    "province": ("province", {"period": "2019"}),
    "prefecture": ("prefecture", {"place": "533300", "period": "2019"}),
    "late": ("prefecture", {"place": "533100", "period": "2020H1"}),
    "pillar": ("pillar", {"pillar": "P3", "period": "2019"}),
}
MONEY = {"元": 10_000}  # what 单位：万元 divides by
AGENDA = [  # as an agenda has its views: page, place, what else the address holds, the speaker's note
    ("overview", "530000", {}, "先看全省"),
    ("party", "533300", {}, ""),
    ("guidance", "530000", {"indicator": "P3-02", "aspect": "units"}, ""),
    ("prefecture", "533300", {"peers": "sqsz"}, "再看怒江"),
    ("scorecard", "530000", {}, ""),
    ("county", "533323", {}, "福贡县"),
    ("platform", "530000", {"indicator": "P4-05"}, ""),
    ("reconciliation", "530000", {}, "数从哪里来"),
]


@pytest.fixture(scope="session")
def made(tiny_data, tmp_path_factory) -> Path:
    """A folder with every kind of briefing of the tiny province, and what LibreOffice makes of each."""
    folder = tmp_path_factory.mktemp("briefings")
    before = settings.DATA_DIR
    settings.DATA_DIR = tiny_data
    try:
        for name, (scope, told) in WANTED.items():
            one = request.brief(scope, told, None)
            (folder / f"{name}.docx").write_bytes(rendering.rendered(one, "docx", DAY))
            (folder / f"{name}_slides.pptx").write_bytes(rendering.rendered(one, "pptx", DAY))
        (folder / "agenda_slides.pptx").write_bytes(slide_deck.document(agenda()))
    finally:
        settings.DATA_DIR = before
    office = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", folder, *sorted(folder.glob("*.*x"))], check=True, capture_output=True)
    return folder


def agenda() -> slide_deck.Deck:
    frame = {"asof": "2020-06-30.r1", "period": "2019"}
    views = [
        slide_deck.agenda_view(page, frame | {"place": place} | more, note, None) for page, place, more, note in AGENDA
    ]
    return slide_deck.Deck("年终总结", views)


@pytest.fixture
def province(made):
    return Document(str(made / "province.docx"))


def asked(name: str) -> request.Brief:
    return request.brief(*WANTED[name], None)


def words_of(document) -> str:
    return "\n".join(p.text for p in document.paragraphs)


def cells(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def titled(document, title: str) -> list[list[str]]:
    """The rows of the table under this title."""
    body = list(document.iter_inner_content())
    titles = [n for n, part in enumerate(body) if getattr(part, "text", "").endswith(title)]
    assert titles, f"no paragraph of the document ends with {title!r}"
    tables = [part for part in body[titles[0] :] if hasattr(part, "rows")]
    assert tables, f"no table follows {title!r}"
    return cells(tables[0])


def pdf(file: Path, *options: str) -> str:
    return subprocess.run(["pdftotext", "-raw", *options, file, "-"], check=True, capture_output=True, text=True).stdout


# the page


def test_the_page_is_that_of_the_standard(province):
    section = province.sections[0]
    size = (section.page_width, section.page_height)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in (*size, *margins)] == [210, 297, 37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert int(225 / 25.4 * 1440 / int(grid.get(qn("w:linePitch")))) == 22
    pitch = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert int(156 / 25.4 * 72 / pitch + 1e-3) == 28


def test_lines_and_characters_keep_the_pitch_without_the_grid(province):
    body = province.styles["Normal"]
    assert body.font.size == Pt(16)
    assert int(225 * 72 / 25.4 / body.paragraph_format.line_spacing.pt) == 22
    closer = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert int(156 * 72 / 25.4 / (16 + closer)) == 28


@pytest.mark.parametrize(
    ("name", "font", "size"),
    [
        ("公文标题", "方正小标宋简体", 22),
        ("Normal", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("页码", "宋体", 14),
    ],
)
def test_each_kind_of_line_names_its_font(province, name, font, size):
    kind = province.styles[name]
    fonts = kind.element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == font
    assert not [key for key in fonts.attrib if "Theme" in key]
    assert (kind.font.size, kind.font.bold) == (Pt(size), False)


def test_body_lines_begin_two_characters_in(province):
    for name in ("Normal", "Heading 1", "Heading 2"):
        assert province.styles[name].element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_page_numbers_stand_between_dashes_outside(made, province):
    assert province.settings.odd_and_even_pages_header_footer
    section = province.sections[0]
    sides = {"right": section.footer, "left": section.even_page_footer}
    for side, footer in sides.items():
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert " PAGE " in [code.text for code in paragraph._p.iter(qn("w:instrText"))]
        assert paragraph.alignment.name == side.upper()
    pages = pdf(made / "province.pdf").split("\f")[:-1]
    assert [f"— {n} —" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)


def test_a_full_line_of_the_body_has_28_characters(made):
    """As LibreOffice breaks them, with whatever fonts there are."""
    lines = [line.strip() for line in pdf(made / "province.pdf", "-f", "1", "-l", "1").splitlines()]
    wide = [line for line in lines if re.fullmatch(r"[^\x00-\x7f]+", line)]
    assert 26 <= max(map(len, wide)) <= 28


def test_it_is_a_draft_without_head_number_or_seal(province):
    assert province.paragraphs[0].text == "【草稿】"
    assert [p.text for p in province.sections[0].header.paragraphs if p.text] == []
    assert "〔" not in words_of(province)
    colours = {c.get(qn("w:val")) for c in province.styles.element.iter(qn("w:color"))}
    assert "FF0000" not in {colour.upper() for colour in colours}
    assert "2020年7月15日" in words_of(province)


def test_it_can_be_edited(made):
    for file in made.glob("*.docx"):
        with zipfile.ZipFile(file) as packed:
            body = packed.read("word/document.xml").decode()
        assert "txbxContent" not in body
        used = set(re.findall(r'<w:pStyle w:val="([^"]+)"', body))
        assert used <= {kind.style_id for kind in Document(str(file)).styles}


def test_the_head_of_a_table_repeats_and_no_row_is_cut(province):
    for table in province.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


# Word refuses a file whose elements stand in another order than the format's schema has them.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl snapToGrid spacing ind jc outlineLvl rPr",
    "rPr": "rStyle rFonts b bCs i iCs color spacing sz szCs lang",
    "tblPr": "tblStyle tblW jc tblLayout tblCellMar tblLook",
    "tcPr": "tcW vAlign",
}


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footer1.xml"])
def test_elements_stand_in_the_order_of_the_format(made, part):
    from lxml import etree

    with zipfile.ZipFile(made / "province.docx") as packed:
        tree = etree.fromstring(packed.read(part))
    for kind, names in ORDER.items():
        order = names.split()
        for element in tree.iter(qn(f"w:{kind}")):
            children = [etree.QName(child).localname for child in element]
            places = [order.index(name) for name in children if name in order]
            assert places == sorted(places), children


# what it says


@pytest.mark.parametrize("name", WANTED)
def test_the_summary_is_the_finding_of_the_page(made, snapshot, name):
    brief = asked(name)
    text = words_of(Document(str(made / f"{name}.docx")))
    assert sentences.plain(word_document.finding(brief)) in text


def test_the_main_table_is_the_query(province, snapshot):
    values = snapshot.table("values/of_place", period="2019", place="530000").set_index("indicator_code")
    header, *rows = titled(province, "主要指标")
    assert header == ["指标", "本期", "同比", "本期目标", "完成率", "状态"]
    assert {row[0].partition("\n")[0] for row in rows} == set(queries.headlines().values())
    for row in rows:
        code = figure_codes.parse(row[0].partition("\n")[2]).figure
        told = values.loc[code]
        assert row[1] == wording.headline(told.value, told.unit, told.published, told.status)
        assert row[2] == wording.change(told.value, told.base_value, told.unit)
        assert row[3] == targets.of_period(told)
        assert row[4] == wording.attained(told.attainment)
        assert row[5] == wording.light(told.status)


def test_the_table_by_place_is_in_one_unit_and_adds_up(province, snapshot):
    assert "单位：万元" in words_of(province)
    _, whole, *places = titled(province, "（分地区）")
    told = snapshot.table("measures/by_prefecture", measure="P1-08", period="2019")
    names = [row[0].partition("\n")[0] for row in places]
    assert names == list(told.region_name)
    assert len(names) == 17
    shown = [float(row[1].replace(",", "")) * MONEY["元"] for row in places if not row[1].startswith("（")]
    assert shown == list(told.value.dropna())
    assert float(whole[1].replace(",", "")) * MONEY["元"] == sum(shown)


def test_a_prefectures_counties_and_what_no_county_holds_are_the_prefecture(made, snapshot):
    _, whole, *counties = titled(Document(str(made / "prefecture.docx")), "（分地区）")
    told = View(snapshot, "2019", "533300").by_county("P1-08")
    assert [row[0].partition("\n")[0] for row in counties] == list(told.region_name)
    amounts = [float(row[1].replace(",", "")) for row in counties if not row[1].startswith("（")]
    assert float(whole[1].replace(",", "")) == sum(amounts) == 60


def test_all_four_pillars_have_their_own_indicators(province, snapshot):
    values = snapshot.table("values/of_place", period="2019", place="530000")
    for pillar, heading in HEADINGS.items():
        _, *rows = titled(province, heading)
        assert [figure_codes.parse(row[0].partition("\n")[2]).figure for row in rows] == list(
            values[values.pillar_code == pillar].indicator_code
        )


def test_an_incomplete_place_is_compared_nowhere_on_its_page_in_its_document_or_on_its_slides(made, snapshot):
    values = snapshot.table("values/of_place", place="533100", period="2020H1")
    assert not values.is_comparable.any(), "indicators that are only observed neither"
    assert values.base_value.notna().any()
    *tables, _ = Document(str(made / "late.docx")).tables
    for header, *rows in map(cells, tables):
        if "同比" in header:
            own = [row[header.index("同比")] for row in rows]
            assert set(own) == {"—"}, header
    slides = "".join(map(words_on, Presentation(str(made / "late_slides.pptx")).slides))
    page = open_page(PLACE, place="533100", period="2020H1")
    told = slides + "".join(e.value for kind in (page.markdown, page.html) for e in kind)
    assert not re.search("同比[增下提降]", told)
    assert not [m.label for m in page.metric if m.delta]


@pytest.mark.parametrize("name", WANTED)
def test_every_code_in_a_briefing_leads_to_the_figure_it_stands_at(made, snapshot, name):
    found = 0
    for table in Document(str(made / f"{name}.docx")).tables:
        for cell, value, *_ in cells(table)[1:]:
            code = cell.partition("\n")[2]
            if not CODE.fullmatch(code):
                continue
            cited = citations.figure(snapshot, figure_codes.parse(code))
            if cited.unit == "元" and "元" not in value and not value.startswith("（"):  # a table in 万元
                assert float(value.replace(",", "")) == round(cited.value / MONEY["元"], 1)
            else:
                assert value in (cited.written, cited.written.removesuffix(cited.unit))
            found += 1
    assert found >= 10


def test_the_annex_defines_every_indicator_shown(made, snapshot):
    cards = snapshot.table("definitions/cards").set_index("indicator_code")
    indicators = queries.folder("indicators")
    of_pillar = [card for card in indicators if card["pillar"] == "P3"]
    for name, many in (("province", len(indicators)), ("pillar", len(of_pillar))):
        document = Document(str(made / f"{name}.docx"))
        annex = cells(document.tables[-1])[1:]
        assert len(annex) == many
        for title, definition, *_ in annex:
            assert definition == cards.loc[title.partition("\n")[2]].definition
        assert "附件：指标口径" in words_of(document)


def test_missing_returns_are_said(made):
    text = words_of(Document(str(made / "late.docx")))
    assert "应报2份季报，缺1份，各数只含已报部分" in text
    assert "应报2个季度，缺报1个" in text


def test_every_file_says_that_the_data_are_synthetic_and_as_of_when(made):
    for file in made.glob("*.pdf"):
        text = pdf(file).replace("\n", "")
        assert "演示数据" in text
        assert "2020年6月30日" in text.replace(" ", "")


# pictures


def test_pictures_are_there_with_words_for_who_cannot_see_them(province):
    shapes = province.inline_shapes
    assert len(shapes) == 3
    assert all(round(shape.width.mm) == 156 for shape in shapes)
    described = [shape._inline.docPr.get("descr") for shape in shapes]
    assert "怒江：60万元" in described[0]
    text = words_of(province)
    assert "图1　2019年筹集款物总额分布图" in text
    assert geography.SOURCE_LINE in text


def test_a_map_has_the_screens_classes_and_colours(snapshot):
    table = snapshot.table("measures/by_prefecture", measure="P1-08", period="2019")
    card = snapshot.table("measures/of_period", period="2019").set_index("measure").loc["P1-08"]
    breaks = [50_000, 100_000, 300_000, 500_000]
    drawn = pictures.choropleth(table, unit=card.unit, breaks=breaks, footnote="演示数据")
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    counted = {f"#{r:02X}{g:02X}{b:02X}": n for n, (r, g, b) in image.getcolors(1 << 24)}
    classes = {maps.class_of(value, breaks) for value in table[table.region_code != "530000"].value}
    keys = 3_000  # pixels: a shape is larger, its key in the legend smaller
    for n, colour in enumerate(palette.BLUES):
        assert (counted.get(colour.upper(), 0) > keys) == (n in classes), (colour, classes)
    assert (counted.get(palette.NO_DATA.upper(), 0) > keys) == (-1 in classes)


def test_pictures_drawn_at_the_same_time_are_those_drawn_one_by_one(snapshot):
    import matplotlib

    before = dict(matplotlib.rcParams)
    quarters = snapshot.table("values/by_quarter", place="533300")
    several = [quarters[quarters.indicator_code == code] for code in ("P1-08", "P1-07", "P3-02", "P4-07")]
    draw = [lambda rows=rows: pictures.trend(rows, unit="元", footnote="演示数据") for rows in several]
    alone = [one() for one in draw]
    together: dict[int, bytes] = {}
    threads = [threading.Thread(target=lambda n=n: together.__setitem__(n, draw[n]())) for n in range(len(draw))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[n] for n in range(len(draw))] == alone
    assert dict(matplotlib.rcParams) == before


def test_without_a_chinese_font_the_file_is_made_and_says_what_to_do(snapshot, monkeypatch):
    monkeypatch.setattr(pictures, "FAMILIES", ("没有这种字体",))
    brief = asked("prefecture")
    document = Document(io.BytesIO(rendering.rendered(brief, "docx", DAY)))
    assert len(document.inline_shapes) == 0
    told = [p.text for p in document.paragraphs if p.text.startswith("（此处应有图")]
    assert len(told) == 3
    assert "服务器上没有中文字体" in told[0]
    assert "福贡县" in told[0]
    slides = Presentation(io.BytesIO(rendering.rendered(brief, "pptx", DAY))).slides
    assert "服务器上没有中文字体" in "".join(s.text_frame.text for s in slides[1].shapes if s.has_text_frame)


def test_the_dashboard_starts_without_what_draws_pictures_and_writes_documents():
    script = (
        "import sys, yunnan.server.app, yunnan.front.kit.sections, yunnan.drawing.findings.page_findings; "
        "yunnan.server.app.warm_up(); "
        "print([n for n in ('matplotlib', 'geopandas', 'docx', 'pptx') if n in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=settings.ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


# as an office program shows it


@pytest.mark.parametrize(("name", "least", "most"), [("province", 9, 14), ("prefecture", 8, 13), ("pillar", 4, 8)])
def test_pages_are_as_many_as_the_words_need(made, name, least, most):
    assert least <= len(pdf(made / f"{name}.pdf").split("\f")) - 1 <= most


@pytest.mark.parametrize("name", WANTED)
def test_every_word_of_the_document_is_on_paper_in_an_embedded_font(made, name):
    printed = re.sub(r"\s", "", pdf(made / f"{name}.pdf"))
    assert "\ufffd" not in printed
    document = Document(str(made / f"{name}.docx"))
    for paragraph in document.paragraphs:
        if 4 < len(paragraph.text) < 25:  # longer ones may run over a page's end
            assert re.sub(r"\s", "", paragraph.text) in printed
    fonts = subprocess.run(["pdffonts", made / f"{name}.pdf"], check=True, capture_output=True, text=True).stdout
    rows = fonts.splitlines()[2:]
    assert rows
    assert all(re.search(r"\byes\b", row) for row in rows)
    assert [row for row in rows if "CJK" in row]


# slides


def words_on(slide) -> str:
    return "".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)


def charts(presentation):
    return {n: s.chart for n, slide in enumerate(presentation.slides) for s in slide.shapes if s.has_chart}


def test_a_slide_has_one_finding_one_chart_or_picture_and_one_line_of_sources(made):
    for file in made.glob("*.pptx"):
        first, *slides = Presentation(str(file)).slides
        assert "演示数据" in words_on(first)
        for slide in slides:
            assert len(slide.shapes.title.text_frame.text) > 10
            shown = [s for s in slide.shapes if s.has_chart or s.shape_type == 13]
            (source,) = [
                s.text_frame.text for s in slide.shapes if s.has_text_frame and "数字凭证" in s.text_frame.text
            ]
            assert source.startswith("口径：")
            assert "演示数据（合成）　数据截至2020年6月30日（第1版）" in source
            assert figure_codes.parse(CODE.search(source)[0])
            described = slide.shapes._spTree.xpath(".//p:cNvPr[@descr and not(@descr='')]")
            in_words = "本报告期没有可计算" in words_on(slide) or "首项" in source
            assert len(shown) == len(described) == (0 if in_words else 1)


def test_native_charts_hold_the_querys_values(made, snapshot):
    found = charts(Presentation(str(made / "province_slides.pptx")))
    bars, line = found[2].plots[0], found[3].plots[0]
    told = snapshot.table("measures/by_prefecture", measure="P1-08", period="2019").set_index("region_name").value
    named = {name.partition("（")[0]: value for name, value in zip(bars.categories, bars.series[0].values, strict=True)}
    assert {name: None if v is None else v * MONEY["元"] for name, v in named.items()} == {
        name: None if wording.is_none(v) else v for name, v in told.items()
    }
    assert bars.series[0].name == "筹集款物总额（万元）"
    quarters = snapshot.table("values/by_quarter", place="530000")
    own = quarters[quarters.indicator_code == "P1-08"]
    assert list(line.categories) == list(own.period_label)
    assert [v * MONEY["元"] for v in line.series[0].values] == list(own.value)


def test_a_pillars_slide_shows_how_far_its_indicators_are(made, snapshot):
    found = charts(Presentation(str(made / "pillar_slides.pptx")))
    plot = found[1].plots[0]
    values = snapshot.table("values/of_place", period="2019", place="530000")
    own = values[(values.pillar_code == "P3") & values.attainment.notna()].set_index("indicator_name")
    told = dict(zip(plot.categories, plot.series[0].values, strict=True))
    assert {name: wording.attained(value) for name, value in told.items()} == {
        name: wording.attained(value) for name, value in own.attainment.items()
    }


def test_an_agendas_slides_follow_its_views_with_the_speakers_notes(made, snapshot):
    deck_ = Presentation(str(made / "agenda_slides.pptx"))
    slides = list(deck_.slides)
    assert slides[0].shapes.title.text_frame.text == "年终总结"
    notes = [slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else "" for slide in slides[1:]]
    assert notes == [note for *_, note in AGENDA]
    found = charts(deck_)
    assert sorted(found) == [2, 3, 4, 5, 6, 7]  # the first view is a map, the last a list
    assert len(found[7].plots[0].categories) == 10  # told of the province alone: over the quarters
    assert found[6].plots[0].series[0].name == "筹集款物总额（万元）"
    assert all(figure["label"] in words_on(slides[8]) for figure in queries.folder("figures"))
    assert found[3].plots[0].series[0].name == "在实施帮扶项目数（个）"
    assert found[5].plots[0].series[0].name == "综合得分（分）"


# the command line


def test_the_command_writes_the_file_into_the_folder(snapshot, tmp_path):
    out = tmp_path / "周报" / "一"
    result = run("brief", "--place", "533300", "--period", "2019", "--out", str(out))
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip() == str(out / "云南模式_简报_怒江州_2019_截至20200630r1.docx")
    assert [file.name for file in out.iterdir()] == ["云南模式_简报_怒江州_2019_截至20200630r1.docx"]
    assert "怒江州" in words_of(Document(str(next(out.iterdir()))))


@pytest.mark.parametrize(
    ("place", "name"),
    [("怒江傈僳族自治州", "怒江州"), ("533300000000", "怒江州"), ("云南省", "全省"), ("全省", "全省")],
)
def test_the_command_and_the_address_take_a_place_by_any_code_or_name_of_it(snapshot, front, tmp_path, place, name):
    result = run("brief", "--place", place, "--period", "2019", "--out", str(tmp_path / "简报"))
    assert result.exit_code == 0, result.stderr
    file = f"云南模式_简报_{name}_2019_截至20200630r1.docx"
    assert [one.name for one in (tmp_path / "简报").iterdir()] == [file]
    scope = "province" if name == "全省" else "prefecture"
    assert name_of(front.get(f"/brief/{scope}.docx?place={place}&period=2019")) == file


def test_the_command_replaces_the_file_whole(snapshot, tmp_path):
    file = tmp_path / "云南模式_幻灯片_全省_机制建设_2019_截至20200630r1.pptx"
    file.write_bytes(b"old")
    with file.open("rb") as open_before:
        assert run("brief", "--pillar", "P2", "--period", "2019", "--slides", "--out", str(tmp_path)).exit_code == 0
        assert open_before.read() == b"old"
    assert zipfile.is_zipfile(file)
    assert list(tmp_path.iterdir()) == [file]


MISTAKES = [
    (["--pillar", "P9"], "没有“P9”这个支柱"),
    (["--place", "533323"], "县（市、区）请选它所在的州市"),
    (["--place", "999999"], "没有名称或代码为“999999”的地区"),
    (["--period", "2031"], "没有报告期“2031”"),
    (["--asof", "2031-01-01.r1"], "2020-06-30.r1"),
]


@pytest.mark.parametrize(("typed", "said"), MISTAKES, ids=lambda v: " ".join(v))
def test_a_mistake_is_answered_by_one_sentence_and_no_file(snapshot, tmp_path, typed, said):
    assert_refused(run("brief", *typed, "--out", str(tmp_path)), said)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(snapshot, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert_refused(run("brief", "--pillar", "P2", "--slides", "--out", str(tmp_path / "file")), "没有生成")


# pages


@pytest.mark.parametrize(
    ("page", "told", "link"),
    [
        ("pages/province/overview.py", {"place": "533300"}, "./brief/province.docx?asof=2020-06-30.r1&amp;period=2019"),
        (PLACE, {"place": "533323"}, "./brief/prefecture.pptx?asof=2020-06-30.r1&amp;period=2019&amp;place=533300"),
        ("pages/pillars/platform.py", {"place": "533300"}, "&amp;place=533300&amp;pillar=P4"),
    ],
)  # fmt: skip
def test_a_page_links_to_its_briefing(snapshot, page, told, link):
    assert link in "".join(html(open_page(page, period="2019", **told), "files"))


@pytest.mark.parametrize(
    "page", ["pages/province/overview.py", "pages/records/funds.py", "pages/pillars/platform.py", PLACE]
)
def test_started_by_streamlits_own_command_a_page_offers_no_file_and_says_why(snapshot, monkeypatch, page):
    monkeypatch.setitem(sys.modules, "streamlit.web.cli", ModuleType("cli"))
    app = open_page(page, period="2019", place="533300")
    assert html(app, "files") == []
    assert "由 streamlit run 启动" in "".join(info.value for info in app.info)


def test_nothing_is_offered_for_a_county(snapshot):
    app = open_page("pages/pillars/platform.py", period="2019", place="533323")
    assert "./brief/" not in "".join(html(app, "files"))


# the address


@pytest.fixture
def front(tiny_data, tmp_path, monkeypatch) -> Client:
    """The server's front over the tiny province, with a log that is still empty."""
    (tmp_path / "snapshots").symlink_to(tiny_data / "snapshots")
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    return Client()


@pytest.fixture
def logged(front, tmp_path) -> Path:
    """The folder of the log."""
    return tmp_path / "log"


def test_an_address_answers_with_the_briefing_and_the_log_knows_of_it(front, logged):
    answer = front.get("/brief/prefecture.docx?asof=2020-06-30.r1&period=2019&place=533300")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == rendering.KINDS["docx"]
    assert name_of(answer) == "云南模式_简报_怒江州_2019_截至20200630r1.docx"
    assert "怒江州" in words_of(Document(io.BytesIO(answer.content)))
    begin, end = [json.loads(line) for line in Chain(logged).files()[0].read_text(encoding="utf-8").splitlines()]
    assert (begin["event"], end["event"]) == ("begin", "end")
    assert begin["view"] == "brief/prefecture"
    assert begin["filters"] == {"period": "2019", "place": "533300"}
    assert end["sha256"] == hashlib.sha256(answer.content).hexdigest()


def test_slides_of_a_pillar_have_an_address_too(front):
    answer = front.get("/kanban/brief/pillar.pptx?pillar=P2&period=2019")
    assert name_of(answer) == "云南模式_幻灯片_全省_机制建设_2019_截至20200630r1.pptx"
    assert len(Presentation(io.BytesIO(answer.content)).slides) == 6


def test_a_head_request_makes_no_file_and_no_line(front, logged):
    answer = front.ask("HEAD", "/brief/province.docx")
    assert (answer.status_code, answer.content) == (200, b"")
    assert not Chain(logged).files()


REFUSED = [
    ("county.docx", 400, "没有“county”的简报"),
    ("pillar.docx", 400, "没有写明支柱"),
    ("pillar.docx?pillar=P7", 400, "没有“P7”这个支柱"),
    ("prefecture.docx", 400, "没有写明州市"),
    ("prefecture.docx?place=533323", 400, "请选它所在的州市"),
    ("prefecture.docx?place=999999", 400, "没有名称或代码为“999999”的地区"),
    ("province.docx?period=1999", 400, "没有报告期“1999”"),
    ("province.docx?colour=red", 400, "不认识的参数：colour"),
    ("province.docx?period=2019&period=2018", 400, "重复的参数"),
    ("province.docx?asof=2031-01-01.r1", 404, "2031-01-01.r1"),
]


@pytest.mark.parametrize(("path", "status", "said"), REFUSED, ids=lambda v: str(v)[:40])
def test_an_address_of_no_briefing_is_refused_in_a_sentence(front, logged, path, status, said):
    answer = front.get(f"/brief/{path}")
    assert answer.status_code == status
    assert said in answer.text
    assert "Traceback" not in answer.text
    assert not Chain(logged).files()


def test_without_a_log_there_is_no_briefing(front, logged):
    logged.write_text("", encoding="utf-8")  # a file where the log's folder should be
    answer = front.get("/brief/pillar.pptx?pillar=P2")
    logged.unlink()
    assert answer.status_code == 503
    assert "没有导出日志就不能导出" in answer.text


# an agenda's file


@pytest.fixture
def agenda_file(tmp_path, monkeypatch) -> Path:
    """A folder of agendas with one that shows something and one that shows nothing."""
    folder = tmp_path / "agendas"
    folder.mkdir()
    view = '[[view]]\npage = "{}"\nperiod = "2019"\nasof = "2020-06-30.r1"\nnote = "{}"\nwith = {{ measure = "{}" }}\n'
    views = view.format("overview", "先说结论", "P1-07") + view.format("scorecard", "", "没有这个")
    (folder / "月会.toml").write_text(f'title = "十二月月会"\n{views}', encoding="utf-8")
    (folder / "空.toml").write_text('title = "空"\n', encoding="utf-8")
    monkeypatch.setattr(settings, "AGENDAS_DIR", folder)
    return folder


def test_an_agendas_slides_are_written_by_the_command(snapshot, agenda_file, tmp_path):
    out = tmp_path / "out"
    assert run("brief", "--agenda", "月会", "--out", str(out)).exit_code == 0
    slides = list(Presentation(str(out / "云南模式_幻灯片_十二月月会_截至20200630r1.pptx")).slides)
    assert slides[0].shapes.title.text_frame.text == "十二月月会"
    assert slides[1].notes_slide.notes_text_frame.text == "先说结论"
    names = {n: chart.plots[0].series[0].name for n, chart in charts(Presentation(str(next(out.iterdir())))).items()}
    assert names == {1: "参与脱贫攻坚社会组织数（个）", 2: "综合得分（分）"}


def test_an_agendas_slides_have_an_address(front, agenda_file, logged):
    answer = front.get("/brief/agenda.pptx?agenda=月会")
    assert name_of(answer) == "云南模式_幻灯片_十二月月会_截至20200630r1.pptx"
    (begin, _) = [json.loads(line) for line in Chain(logged).files()[0].read_text(encoding="utf-8").splitlines()]
    assert (begin["filters"], begin["snapshot"]) == ({"agenda": "月会"}, "2020-06-30.r1")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("agenda.pptx", "没有名为“”的议程，可用：月会、空"),
        ("agenda.pptx?agenda=空", "请至少写一个画面"),
        ("agenda.docx?agenda=月会", "议程只有幻灯片"),
        ("agenda.pptx?agenda=月会&place=533300", "不认识的参数：place"),
    ],
)
def test_an_agenda_that_cannot_be_made_is_said(front, agenda_file, logged, path, said):
    answer = front.get(f"/brief/{path}")
    assert answer.status_code == 400
    assert said in answer.text
    assert not Chain(logged).files()


def test_the_section_on_returns_names_who_lacks_any_table_and_not_only_money(tmp_path, monkeypatch):
    """Of 怒江 the activities of a quarter are taken away; its money is there."""
    lost = "2019Q4-533300-activities"
    tables = read_tiny()
    manifest = tables["snapshot_manifest"].to_pandas()
    (file,) = manifest[manifest.batch_id == lost].source_file

    def without(name: str, column: str, value: str) -> pa.Table:
        rows = tables[name].to_pandas()
        assert (rows[column] == value).any() or name == "activities"
        return pa.Table.from_pandas(rows[rows[column] != value], preserve_index=False, schema=tables[name].schema)

    changed = {name: without(name, "batch_id", lost) for name in ("snapshot_manifest", "returns_received")}
    publish_tiny(tmp_path, activities=without("activities", "source_file", file), **changed)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    snapshot = snapshots.find("2020-06-30.r1")
    money = snapshot.table("measures/by_prefecture", measure="P1-08", period="2019Q4").set_index("region_code").status
    assert money["533300"] not in ("未报送", "数据不全")
    lacking = snapshot.table("returns/lacking", period="2019Q4").set_index("region_code")
    assert lacking.status["533300"] == "数据不全"
    brief = request.brief("province", {"period": "2019Q4"}, viewer.WHOLE_PROVINCE)
    written = words_of(Document(io.BytesIO(word_document.document(brief, DAY))))
    assert re.search("本报告期应报而.*数据不全的有[0-9]+个：[^。]*怒江", written)
    assert "均已报送" not in written
