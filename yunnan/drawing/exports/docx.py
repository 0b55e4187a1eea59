"""A Word document from its parts, laid out to GB/T 9704-2012: A4, 22 lines of 28 characters, its fonts, page numbers.

The fonts are named but not embedded: a computer that lacks them uses its own. The document is a draft, without the red
heading, number and seal of an issued one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as AT
from docx.oxml import OxmlElement
from docx.shared import Mm

from yunnan.drawing.exports import layout

MARK = "【草稿】"
ALIGNED = {"l": AT.LEFT, "c": AT.CENTER, "r": AT.RIGHT}


@dataclass(frozen=True)
class Heading:
    """'一、总体情况' (level 1) or '（一）党建引领' (level 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph of the body."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table. Text after a line end in a cell is printed small below the rest; align has one of l, c, r per column."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]  # millimetres
    align: str
    unit: str = ""  # '万元', printed once above the table
    note: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture as wide as the text. Where it could not be drawn, png is None, and why is printed in its place."""

    title: str
    png: bytes | None
    alt: str
    why: str = ""
    note: str = ""


@dataclass(frozen=True)
class Annex:
    """The beginning of an annex, on a new page."""

    title: str


Part = Heading | Text | Table | Picture | Annex


def document(*, title: str, parts: Sequence[Part], dated: date, about: str) -> bytes:
    """The bytes of the document. title: with a line end where it breaks; about: the author in the file's properties."""
    word = Document()
    layout.prepare(word)
    _properties(word, title, about)
    word.add_paragraph(MARK, layout.MARK)
    word.add_paragraph("", layout.BODY)
    _title(word, title)
    annexes = _annexes(parts)
    for part in parts[: len(parts) - len(annexes)]:
        _put(word, part)
    _end(word, [part.title for part in annexes if isinstance(part, Annex)], dated)
    for part in annexes:
        _put(word, part)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def titled(part: Table | Picture, title: str) -> Table | Picture:
    """The same table or picture under another title."""
    return replace(part, title=title)


def _annexes(parts: Sequence[Part]) -> Sequence[Part]:
    first = next((n for n, part in enumerate(parts) if isinstance(part, Annex)), len(parts))
    return parts[first:]


def _properties(word: Word, title: str, about: str) -> None:
    core = word.core_properties
    core.title, core.author, core.last_modified_by, core.language = title.replace("\n", ""), about, about, "zh-CN"
    core.comments, core.revision = "", 1
    core.created = core.modified = datetime(2020, 1, 1)  # the same figures give the same file


def _title(word: Word, title: str) -> None:
    paragraph = word.add_paragraph("", layout.TITLE)
    for n, line in enumerate(title.split("\n")):
        run = paragraph.add_run()
        if n:
            run.add_break()
        run.add_text(line)
    word.add_paragraph("", layout.BODY)


def _end(word: Word, annexes: Sequence[str], dated: date) -> None:
    """Adds the annexes' names and the day of writing below the text; they are never on a page of their own."""
    above = len(word.paragraphs) - 1
    word.add_paragraph("", layout.BODY)
    for n, name in enumerate(annexes, 1):
        number = f"{n}．" if len(annexes) > 1 else ""
        word.add_paragraph(f"{'附件：' if n == 1 else '　　　'}{number}{name}", layout.BODY)
    word.add_paragraph("", layout.BODY)
    for paragraph in word.paragraphs[above:]:
        paragraph.paragraph_format.keep_with_next = True
    word.add_paragraph(f"{dated.year}年{dated.month}月{dated.day}日", layout.DATE)


def _put(word: Word, part: Part) -> None:
    if isinstance(part, Heading):
        word.add_paragraph(part.text, f"Heading {part.level}")
    elif isinstance(part, Text):
        word.add_paragraph(part.text, layout.BODY)
    elif isinstance(part, Table):
        _table(word, part)
    elif isinstance(part, Picture):
        _picture(word, part)
    else:
        word.add_paragraph("附件", layout.ANNEX)
        _title(word, part.title)


def _picture(word: Word, part: Picture) -> None:
    if part.png is None:
        word.add_paragraph(f"（此处应有图：{part.title}。{part.why}。{part.alt}）", layout.BODY)
        return
    shape = word.add_paragraph("", layout.PICTURE).add_run().add_picture(BytesIO(part.png), width=Mm(layout.WIDTH))
    shape._inline.docPr.set("descr", part.alt)  # what a screen reader says
    shape._inline.docPr.set("title", part.title)
    word.add_paragraph(part.title, layout.CAPTION)
    if part.note:
        word.add_paragraph(part.note, layout.NOTE)


def _table(word: Word, part: Table) -> None:
    if part.title:
        word.add_paragraph(part.title, layout.TABLE_TITLE)
    if part.unit:
        word.add_paragraph(f"单位：{part.unit}", layout.UNIT)
    table = word.add_table(1 + len(part.rows), len(part.header), "Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, part.widths, strict=True):
        column.width = Mm(width)
    # A style is looked up once a table: asking for it by name at every cell takes half the time of a document.
    ids = {name: word.styles[name].style_id for name in (layout.TABLE_HEAD, layout.TABLE_TEXT, layout.CODE)}
    rows = [(part.header, layout.TABLE_HEAD), *((row, layout.TABLE_TEXT) for row in part.rows)]
    for row, (texts, style) in zip(table.rows, rows, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for n, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Mm(part.widths[n])
            _cell(cell.paragraphs[0], text, style, "c" if style == layout.TABLE_HEAD else part.align[n], ids)
    for cell in table.rows[-1].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True  # the note below is not left alone
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in table._cells:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    layout.narrow_cells(table)
    word.add_paragraph(part.note, layout.NOTE)


def _cell(paragraph, text: str, style: str, align: str, ids: Mapping[str, str]) -> None:
    large, _, small = text.partition("\n")
    paragraph._p.style = ids[style]
    paragraph.alignment = ALIGNED[align]
    paragraph.add_run(large)
    if small:
        paragraph.runs[0].add_break()
        paragraph.add_run(small)._r.style = ids[layout.CODE]
