"""Styles and page settings of a Word document as GB/T 9704-2012 demands them."""

from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as AT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

# Font sizes by their Chinese names (ER is 二号), in points.
ER, SAN, SI, XIAO_SI, WU, XIAO_WU, XIAO_LIU = 22, 16, 14, 12, 10.5, 9, 6.5
FANG_SONG, HEI, KAI, XIAO_BIAO_SONG, SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
IN_TABLE = 10  # points: the text in a table's cells
LATIN = "Times New Roman"
WIDTH, HEIGHT = 156, 225  # the text area in millimetres
LINES, CHARACTERS = 22, 28
TWIPS = 1440 / 25.4  # in a millimetre
LINE = int(HEIGHT * TWIPS / LINES)  # 579
TIGHTER = round((WIDTH * TWIPS / 20 / CHARACTERS - SAN) * 4096)  # change of each character's width, in 1/4096 point

BODY, MARK, TITLE, DATE, ANNEX = "Normal", "草稿标记", "公文标题", "成文日期", "附件标记"
TABLE_TITLE, UNIT, TABLE_HEAD, TABLE_TEXT, NOTE = "表题", "表单位", "表头", "表文", "表注"
PICTURE, CAPTION, PAGE, CODE = "图", "图题", "页码", "凭证"


def prepare(word: Word) -> None:
    """Set the page, the styles and the page numbers of an empty document."""
    _page(word)
    _styles(word)
    _page_numbers(word)


def narrow_cells(table: Table) -> None:
    """Set the space between a table's lines and its text to one millimetre instead of two."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        width = OxmlElement(f"w:{side}")
        width.set(qn("w:w"), str(round(TWIPS)))
        width.set(qn("w:type"), "dxa")
        margins.append(width)
    table._tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def _page(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)  # the number stands 7 mm below the text
    grid = section._sectPr.find(qn("w:docGrid"))
    for name, value in (("type", "linesAndChars"), ("linePitch", LINE), ("charSpace", TIGHTER)):
        grid.set(qn(f"w:{name}"), str(value))


def _styles(word: Word) -> None:
    _write(word.styles["Normal"], FANG_SONG, SAN, at=AT.JUSTIFY, indent=2, line=LINE)
    _defaults(word)
    _write(word.styles["Heading 1"], HEI, SAN, indent=2, line=LINE, keeps=True)
    _write(word.styles["Heading 2"], KAI, SAN, indent=2, line=LINE, keeps=True)
    _write(_new(word, MARK), HEI, SAN, line=LINE)
    _write(_new(word, TITLE), XIAO_BIAO_SONG, ER, at=AT.CENTER, line=2 * LINE * ER // SAN // 2)
    _write(_new(word, DATE), FANG_SONG, SAN, at=AT.RIGHT, line=LINE, right=4)
    _write(_new(word, ANNEX), HEI, SAN, line=LINE, new_page=True)
    _write(_new(word, TABLE_TITLE), HEI, XIAO_SI, at=AT.CENTER, above=6, keeps=True)
    _write(_new(word, UNIT), FANG_SONG, WU, at=AT.RIGHT, keeps=True)
    _write(_new(word, TABLE_HEAD), HEI, WU, at=AT.CENTER, keeps=True)
    _write(_new(word, TABLE_TEXT), FANG_SONG, IN_TABLE, above=1)
    _write(_new(word, NOTE), FANG_SONG, XIAO_WU, below=6)
    _write(_new(word, PICTURE), FANG_SONG, SAN, at=AT.CENTER, above=6, keeps=True)
    _write(_new(word, CAPTION), HEI, XIAO_SI, at=AT.CENTER, below=4)
    _write(_new(word, PAGE), SONG, SI)
    code = word.styles.add_style(CODE, WD_STYLE_TYPE.CHARACTER)
    code.font.size = Pt(XIAO_LIU)
    _fonts(code, FANG_SONG)


def _new(word: Word, name: str):
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = None
    return style


def _write(
    style, font: str, size: float, *, at: AT = AT.LEFT, indent: int = 0, right: int = 0, line: int = 0,
    above: float = 0, below: float = 0, keeps: bool = False, new_page: bool = False,
) -> None:  # fmt: skip
    """Set a style's font, its size in points, indents in characters, line pitch in twips (0: as high as the font)."""
    _fonts(style, font)
    style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    form = style.paragraph_format
    form.alignment, form.space_before, form.space_after = at, Pt(above), Pt(below)
    form.keep_with_next, form.widow_control, form.page_break_before = keeps, False, new_page
    form.line_spacing = Pt(line / 20) if line else 1
    _indents(style, size, indent, right)
    if size == SAN:
        _tighten(style)
    # Lines and characters have the grid's pitch without snapping to it: with snapping, LibreOffice would give a
    # character of 16 points two squares of 15.8.
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    style.element.get_or_add_pPr().insert_element_before(snap, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _tighten(style) -> None:
    """Take a quarter point off after each character: 28 characters of 16 points are wider than the text area."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-5")
    style.element.get_or_add_rPr().insert_element_before(spacing, "w:sz", "w:szCs", "w:lang")


def _indents(style, size: float, first: int, right: int) -> None:
    """Set the indents in characters, as the standard counts them, and in points for programs that cannot."""
    form = style.paragraph_format
    form.first_line_indent, form.right_indent = Pt(first * size), Pt(right * size)
    indents = style.element.pPr.find(qn("w:ind"))
    indents.set(qn("w:firstLineChars"), str(first * 100))
    indents.set(qn("w:rightChars"), str(right * 100))


def _fonts(style, east: str) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):  # the template's theme fonts would win
        del fonts.attrib[name]
    for name, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", east)):
        fonts.set(qn(f"w:{name}"), font)


def _defaults(word: Word) -> None:
    """Set size and language of text without a style: programs count the characters of a line by this size."""
    for size in word.styles.element.iterfind(f".//{qn('w:docDefaults')}//{qn('w:sz')}"):
        size.set(qn("w:val"), str(2 * SAN))
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")


def _page_numbers(word: Word) -> None:
    """Add page numbers, '— 1 —': on the right of odd pages, on the left of even ones, one character from the edge."""
    word.settings.odd_and_even_pages_header_footer = True
    section = word.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        paragraph.style = PAGE
        paragraph.alignment = AT.RIGHT if side == "right" else AT.LEFT
        setattr(paragraph.paragraph_format, f"{side}_indent", Pt(SI))
        _number(paragraph)


def _number(paragraph: Paragraph) -> None:
    paragraph.add_run("— ")
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)
    paragraph.add_run(" —")
