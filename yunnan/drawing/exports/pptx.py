"""A file of slides, each with one finding, one editable chart or one picture, and one line of sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page
from pptx.util import Emu, Inches, Length, Pt

FONT = "微软雅黑"
WIDE, HIGH, MARGIN = Inches(13.333), Inches(7.5), Inches(0.6)
TEXT = Emu(WIDE - 2 * MARGIN)  # width of the text
RED, INK, MUTED, BLUE = (RGBColor.from_string(colour) for colour in ("B5202A", "1F2933", "5B6673", "3F79AE"))
TITLE_ONLY = 5  # number of the layout "title only" in python-pptx's own template


@dataclass(frozen=True)
class Chart:
    """A chart of one series: bars, the first name on top, or a line. A value of None has no bar; its name says why."""

    kind: str  # 'bars' or 'line'
    names: Sequence[str]
    values: Sequence[float | None]
    series: str  # '筹集款物总额（万元）'
    number: str  # how Excel writes a value: '#,##0.0'
    chosen: str = ""  # the name drawn in red


@dataclass(frozen=True)
class Slide:
    """One slide: a finding as its title, below it a chart, else a picture, else text."""

    finding: str
    source: str
    chart: Chart | None = None
    png: bytes | None = None
    alt: str = ""
    text: str = ""
    note: str = ""  # for the speaker


def document(title: str, subtitle: str, slides: Sequence[Slide], *, about: str) -> bytes:
    """The bytes of the file: a page with the title, then the slides. about: the author in the file's properties."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    _in_chinese(deck)
    core = deck.core_properties
    core.title, core.author, core.last_modified_by, core.language = title.replace("\n", ""), about, about, "zh-CN"
    core.created = core.modified = datetime(2020, 1, 1)  # the same figures give the same slides
    _front(_page(deck, title, Inches(2.2), Inches(1.9), 38), subtitle)
    for slide in slides:
        _slide(deck, slide)
    file = BytesIO()
    deck.save(file)
    return file.getvalue()


def _page(deck: Deck, title: str, top: Length, height: Length, size: int) -> Page:
    page = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    box = page.shapes.title
    box.left, box.top, box.width, box.height = MARGIN, top, TEXT, height
    box.text_frame.word_wrap, box.text_frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    _say(box.text_frame, title, size, INK, is_bold=True)
    rule = page.shapes.add_shape(1, MARGIN, top + height + Inches(0.05), TEXT, Pt(2.5))
    rule.fill.solid()
    rule.fill.fore_color.rgb = RED
    rule.line.fill.background()
    rule.shadow.inherit = False
    return page


def _front(page: Page, subtitle: str) -> None:
    box = page.shapes.add_textbox(MARGIN, Inches(4.4), TEXT, Inches(1.2))
    box.text_frame.word_wrap = True
    _say(box.text_frame, subtitle, 20, MUTED)


def _slide(deck: Deck, slide: Slide) -> None:
    page = _page(deck, slide.finding, Inches(0.3), Inches(1.25), _size(slide.finding))
    top, height = Inches(1.75), Inches(5.1)
    if slide.chart:
        _chart(page, slide.chart, slide.alt, top, height)
    elif slide.png:
        picture = page.shapes.add_picture(BytesIO(slide.png), MARGIN, top, height=height)
        picture.left = Emu((WIDE - picture.width) // 2)
        _describe(picture, slide.alt)
    else:
        box = page.shapes.add_textbox(MARGIN, top, TEXT, height)
        box.text_frame.word_wrap = True
        _say(box.text_frame, slide.text, 22 if len(slide.text) < 300 and slide.text.count("\n") < 9 else 15, INK)
    foot = page.shapes.add_textbox(MARGIN, Inches(6.9), TEXT, Inches(0.5))
    foot.text_frame.word_wrap = True
    _say(foot.text_frame, slide.source, 11, MUTED)
    notes = page.notes_slide.notes_text_frame if slide.note else None
    if notes:
        notes.text = slide.note


def _chart(page: Page, spec: Chart, alt: str, top: Length, height: Length) -> None:
    data = CategoryChartData(number_format=spec.number)
    data.categories = list(spec.names)
    data.add_series(spec.series, list(spec.values))
    kind = XL_CHART_TYPE.BAR_CLUSTERED if spec.kind == "bars" else XL_CHART_TYPE.LINE_MARKERS
    frame: Any = page.shapes.add_chart(kind, MARGIN, top, TEXT, height, data)  # type: ignore[arg-type]
    _describe(frame, alt)
    chart = frame.chart
    chart.has_legend, chart.has_title = False, True
    _say(chart.chart_title.text_frame, spec.series, 13, MUTED)
    chart.font.size, chart.font.name, chart.font.color.rgb = Pt(12), FONT, INK
    plot = chart.plots[0]
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = spec.number, False
    labels.font.size, labels.font.name = Pt(11), FONT
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    (_bars if spec.kind == "bars" else _line)(chart, plot, labels, spec)


def _describe(shape: Any, alt: str) -> None:
    """Set the text that a screen reader reads for this shape."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def _bars(chart, plot, labels, spec: Chart) -> None:
    plot.gap_width = 45
    chart.category_axis.reverse_order = True  # the first name on top
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = BLUE
    for n, name in enumerate(spec.names):
        if name == spec.chosen:
            point = series.points[n].format.fill
            point.solid()
            point.fore_color.rgb = RED


def _line(chart, plot, labels, spec: Chart) -> None:
    labels.position = XL_LABEL_POSITION.ABOVE
    chart.value_axis.minimum_scale = 0
    series = plot.series[0]
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = BLUE, Pt(2.5)
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = BLUE


def _say(frame, text: str, size: int, colour: RGBColor, *, is_bold: bool = False) -> None:
    frame.text = text
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, FONT
            run.font.color.rgb = colour
            run.font.language_id = 2052  # Chinese, so that lines break as Chinese lines do


def _size(finding: str) -> int:
    """The font size, in points, in which a finding fits into two or three lines."""
    return 26 if len(finding) <= 60 else 22 if len(finding) <= 110 else 18


def _in_chinese(deck: Deck) -> None:
    """Name a Chinese font in the theme, for all text that has no font of its own."""
    theme = deck.slide_masters[0].part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme.blob = theme.blob.replace(b'<a:ea typeface=""/>', f'<a:ea typeface="{FONT}"/>'.encode())
