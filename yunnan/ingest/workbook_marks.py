"""What a workbook says beside its values: hidden rows and columns, formulas, errors, the calendar it counts by.

The reader of cells shows an error and a formula without a result as an empty cell; here they are found in the XML.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath

from lxml import etree

from yunnan.ingest import formats
from yunnan.ingest.formats import NumberFormat
from yunnan.ingest.notes import Unreadable
from yunnan.ingest.personal import masked

CHUNK, OVERLAP = 8_000_000, 64
# What only a few sheets have: without any of it a sheet of 400,000 rows need not be parsed a second time.
WORTH = re.compile(rb"""<(?:\w+:)?f[ >/]|t=["']e["']|hidden=["'](?:1|true)""")
DANGER = re.compile(
    r"HYPERLINK|WEBSERVICE|FILTERXML|DDE|CALL\(|REGISTER|EXEC\(|IMAGE\(|RTD\(|\[\d+\]|\||file:|http", re.IGNORECASE
)
OUTSIDE = re.compile(r"\[\d+\]")  # a reference into another file
CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]+\d+)["']""")
Book = tuple[dict[str, str], re.Pattern]  # style -> number format; what refers to another file
ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\sr=["'](\d+)["']""")
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_REL = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class Broken(Exception):
    """The workbook's parts do not fit together."""


@dataclass
class Marks:
    """Of one sheet; rows count from 1, columns from 0. Whoever reads the file's records fills it, one by one."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # cell -> what is wrong with it
    dangers: set[tuple[int, int]] = field(default_factory=set)  # formulas that fetch or run something
    formulas: set[tuple[int, int]] = field(default_factory=set)  # formulas with a result
    number_formats: dict[tuple[int, int], NumberFormat] = field(default_factory=dict)  # cell -> what its format adds
    pictures: set[tuple[int, int]] = field(default_factory=set)  # cells that hold a picture
    has_links: bool = False  # whether a formula reads another file
    merged: list = field(default_factory=list)
    from_1904: bool = False

    def repeat(self, at: tuple[int, int], others: list[tuple[int, int]]) -> None:
        """What is known of one cell holds for these, which the file writes only once."""
        if at in self.errors:
            self.errors |= dict.fromkeys(others, self.errors[at])
        if at in self.number_formats:
            self.number_formats |= dict.fromkeys(others, self.number_formats[at])
        for marked in (self.formulas, self.dangers):
            if at in marked:
                marked |= set(others)


def of_book(path: Path, kind: str) -> dict[str, Marks]:
    """The marks of each sheet of an .xlsx or .ods by its name."""
    try:
        with zipfile.ZipFile(path) as pack:
            return dict(_excel(pack) if kind == "xlsx" else _open_document(pack))
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, KeyError, EOFError) as error:
        raise Broken from error


def _excel(pack: zipfile.ZipFile) -> Iterator[tuple[str, Marks]]:
    book = _tree(pack, "xl/workbook.xml")
    targets = {r.get("Id"): r.get("Target") for r in _tree(pack, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")}
    properties = book.find("{*}workbookPr")
    names = [name.get("name") or "" for name in book.iter("{*}definedName") if OUTSIDE.search(name.text or "")]
    outside = re.compile("|".join([OUTSIDE.pattern, *(rf"\b{re.escape(name)}\b" for name in names if name)]))
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    telling = _telling(pack)
    for sheet in book.iter("{*}sheet"):
        target = targets.get(sheet.get(REL) or sheet.get(STRICT_REL)) or ""
        part = target.lstrip("/") if target.startswith("/") else normpath(join(dirname("xl/workbook.xml"), target))
        marks = Marks(from_1904=from_1904)
        if part in pack.namelist():
            _ascend(pack, part)
        if part in pack.namelist() and _is_worth_it(pack, part, telling):
            _excel_sheet(pack, part, marks, (telling, outside))
            if marks.has_links:
                message = "公式引用了别的文件（外部链接），数值不可靠；请断开链接、粘贴为数值后再报"
                raise Unreadable("DQ-33", message, masked(sheet.get("name") or ""))
        yield sheet.get("name"), marks


def _tree(pack: zipfile.ZipFile, part: str):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    with pack.open(part) as stream:
        return etree.parse(stream, parser).getroot()


def _telling(pack: zipfile.ZipFile) -> dict[str, str]:
    """Style -> number format, of the styles whose format may add a unit or a scale to a number."""
    if "xl/styles.xml" not in pack.namelist():
        return {}
    book = _tree(pack, "xl/styles.xml")
    codes: dict[str | None, str] = {str(number): code for number, code in formats.BUILT_IN.items()}
    codes |= {one.get("numFmtId"): one.get("formatCode") or "" for one in book.iterfind("{*}numFmts/{*}numFmt")}
    used = (codes.get(style.get("numFmtId"), "") for style in book.iterfind("{*}cellXfs/{*}xf"))
    return {str(at): code for at, code in enumerate(used) if formats.may_tell(code)}


def _is_worth_it(pack: zipfile.ZipFile, part: str, telling: dict[str, str]) -> bool:
    if "0" in telling:  # the style of every cell that names none
        return True
    styles = "|".join(telling).encode() or b"none"
    worth, rest = re.compile(WORTH.pattern + rb"""|s=["'](?:""" + styles + rb""")["']"""), b""
    with pack.open(part) as stream:
        while chunk := stream.read(CHUNK):
            if worth.search(rest + chunk):
                return True
            rest = chunk[-OVERLAP:]
    return False


def _excel_sheet(pack: zipfile.ZipFile, part: str, marks: Marks, book: Book) -> None:
    row = column = 0
    for event, element in _elements(pack, part, ("{*}row", "{*}c", "{*}col")):
        name = etree.QName(element).localname
        if event == "start":
            if name == "row":
                row, column = int(element.get("r") or row + 1), 0
                if element.get("hidden") in ("1", "true"):
                    marks.hidden_rows.add(row)
            continue
        if name == "col" and element.get("hidden") in ("1", "true"):
            first, last = int(element.get("min")) - 1, min(int(element.get("max")), 512)
            marks.hidden_columns.update(range(first, last))
        if name == "c":
            if reference := element.get("r"):
                column = _column(reference)
            _excel_cell(element, (row, column), marks, book)
            column += 1
        element.clear()


def _excel_cell(cell, at: tuple[int, int], marks: Marks, book: Book) -> None:
    telling, outside = book
    formula, value = cell.find("{*}f"), cell.find("{*}v")
    code = telling.get(cell.get("s") or "0")
    number = value.text if value is not None and cell.get("t") in (None, "n") else None
    if code and number and (number_format := formats.of_code(code, float(number))):
        marks.number_formats[at] = number_format
    if formula is not None and "DISPIMG(" in (formula.text or ""):
        marks.pictures.add(at)
    elif cell.get("t") == "e":
        marks.errors[at] = f"是错误值 {(value.text if value is not None else '') or '#N/A'}"
    elif formula is not None:
        is_text = cell.get("t") == "str" and value is not None
        if not is_text and (value is None or not value.text):
            marks.errors[at] = "是公式，却没有存下结果"
        else:
            marks.formulas.add(at)
        if DANGER.search(formula.text or ""):
            marks.dangers.add(at)
    if formula is not None and outside.search(formula.text or ""):
        marks.has_links = True


def _ascend(pack: zipfile.ZipFile, part: str) -> None:
    """Raise Unreadable where a row comes again or goes back, or a cell does: a reader of cells loses one of the two."""
    before, rest = 0, b""
    with pack.open(part) as stream:
        while chunk := stream.read(CHUNK):
            data = rest + chunk
            end = data.rfind(b"<")  # a tag may be cut in two
            for number in map(int, ROW.findall(data, 0, end)):
                if number <= before:
                    message = f"第{number}行在文件里出现两次或次序颠倒，读取会丢行；请用表格软件打开，重新保存再报"
                    raise Unreadable("DQ-33", message, None, number)
                before = number
            places = CELL.findall(data, 0, end)
            if len(set(places)) < len(places):
                message = "有单元格在文件里出现两次，读取会丢数；请用表格软件打开，重新保存再报"
                raise Unreadable("DQ-33", message)
            rest = data[end:]


def _column(reference: str) -> int:
    number = 0
    for character in reference:
        if not character.isalpha():
            break
        number = number * 26 + ord(character.upper()) - 64
    return number - 1


def _open_document(pack: zipfile.ZipFile) -> Iterator[tuple[str, Marks]]:
    marks, name, row, column = Marks(), "", 0, 0
    marked: list[int] = []  # columns of the row whose cells have a mark
    for event, element in _elements(
        pack, "content.xml", ("{*}table", "{*}table-row", "{*}table-cell", "{*}covered-table-cell")
    ):
        tag = etree.QName(element).localname
        attributes = {etree.QName(key).localname: value for key, value in element.attrib.items()}
        if event == "start":
            if tag == "table":
                marks, name, row = Marks(), attributes.get("name", ""), 0
            elif tag == "table-row":
                column = 0
            continue
        if tag == "table":
            yield name, marks
        elif tag == "table-row":
            repeated = int(attributes.get("number-rows-repeated", 1))
            if attributes.get("visibility") in ("collapse", "filter") and repeated < 100_000:
                marks.hidden_rows.update(range(row + 1, row + 1 + repeated))
            for column in marked if repeated < 100_000 else ():
                marks.repeat((row + 1, column), [(row + 1 + n, column) for n in range(1, repeated)])
            row, marked = row + repeated, []
            element.clear()
        else:
            wide = int(attributes.get("number-columns-repeated", 1))
            if _open_cell(element, attributes, (row + 1, column), marks):
                columns = range(column, column + min(wide, 512))
                marks.repeat((row + 1, column), [(row + 1, other) for other in columns[1:]])
                marked.extend(columns)
            column += wide


def _open_cell(element, attributes: dict[str, str], at: tuple[int, int], marks: Marks) -> bool:
    """Note what the cell says beside its value; whether it says anything."""
    cell_text = "".join(element.itertext()).strip()
    formula, number = attributes.get("formula"), attributes.get("value")
    added = formats.of_text(_own_text(element), float(number)) if number else None
    if added:
        marks.number_formats[at] = added
    is_error = _is_error(element, cell_text)
    if is_error:
        marks.errors[at] = f"是错误值 {cell_text or '#N/A'}"
    elif formula:
        marks.formulas.add(at)
        if DANGER.search(formula):
            marks.dangers.add(at)
    return bool(added or is_error or formula)


def _own_text(element) -> str:
    """What the cell shows, without its comment."""
    return "".join("".join(line.itertext()) for line in element.iterfind("{*}p")).strip()


def _is_error(element, cell_text: str) -> bool:
    kinds = [value for key, value in element.attrib.items() if etree.QName(key).localname == "value-type"]
    return "error" in kinds or bool(re.fullmatch(r"#(?:N/A|DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!)|Err:\d+", cell_text))


def _elements(pack: zipfile.ZipFile, part: str, tags: tuple[str, ...]) -> Iterator:
    with pack.open(part) as stream:
        yield from etree.iterparse(
            stream, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True, huge_tree=True
        )
