"""A text file -> one sheet of cells, by physical lines. Strict: what could be two things is refused."""

import codecs
import csv
import io
import re
from pathlib import Path

from yunnan.drawing.exports.risky import RISKY
from yunnan.ingest import headers
from yunnan.ingest.notes import Unreadable
from yunnan.ingest.sheets import Sheet

DELIMITERS = ",\t;"
# What no text holds that was decoded rightly; any other sign that cannot be shown costs its row.
DAMAGED = re.compile("[\x00\x80-\x9f\ufffd\ufffe\uffff]")
GUARDED = re.compile(r'="((?:[^"]|"")*)"')  # a text that a program keeps from being taken for a number: ="00123"
SAVE = "请用表格软件打开，另存为“CSV UTF-8”再报"
HEAD = 40  # records by which the delimiter is chosen


def read(path: Path) -> list[Sheet]:
    """The file as its only sheet, which has no name. Raises Unreadable."""
    text = decoded(path.read_bytes())
    if not text.strip():
        raise Unreadable("DQ-33", "文件里没有内容；请检查后重新导出再报")
    records, numbers = _records(text, _delimiter(text))
    restored = [[_restored(cell) for cell in record] for record in records]
    last = numbers[-1] if numbers and not text.endswith(("\n", "\r")) else None
    return [Sheet(name=None, rows=restored, numbers=numbers, open_line=last)]


def decoded(data: bytes) -> str:
    """The text: UTF-8 with or without BOM, GB18030, UTF-16 by its BOM. Raises Unreadable when it is none of them."""
    text = _decoded(data).removesuffix("\x1a")
    if damage := DAMAGED.search(text):
        line = text.count("\n", 0, damage.start()) + 1
        raise Unreadable("DQ-33", f"第{line}行有不能显示的字符（编码不对，或文件已损坏）；{SAVE}", row=line)
    return text


def _decoded(data: bytes) -> str:
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise Unreadable(
                    "DQ-33", f"编码混杂：文件开头说是 {encoding.removesuffix('-sig').upper()}，后面不是；{SAVE}"
                ) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if _mixed(data):
            raise Unreadable("DQ-33", f"编码混杂：一部分是 UTF-8，一部分是 GBK；{SAVE}") from None
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable("DQ-33", f"第{line}行的编码既不是 UTF-8 也不是 GB18030；{SAVE}", row=line) from None


def _mixed(data: bytes) -> bool:
    """Whether some words are clearly UTF-8 Chinese although the file as a whole is not UTF-8."""
    for word in set(re.split(rb"[,;\t\r\n\"]+", data)):
        if len(word) >= 6 and max(word) > 0x7F:
            try:
                utf8_text = word.decode("utf-8")
            except UnicodeDecodeError:
                continue
            if len(re.findall("[一-鿿]", utf8_text)) >= 2 and not re.search("[\u0080-\u2fff\uac00-\ufaff]", utf8_text):
                return True
    return False


def _delimiter(text: str) -> str:
    """The delimiter by which most headers are known. Raises Unreadable when two are equally good."""
    head = "".join(text.splitlines(keepends=True)[: HEAD * 2])
    scores = {delimiter: _score(head, delimiter) for delimiter in DELIMITERS}
    best = max(scores.values())
    if best == 0:
        return max(DELIMITERS, key=head.count)
    best_delimiters = [delimiter for delimiter, score in scores.items() if score == best]
    if len(best_delimiters) > 1:
        raise Unreadable("DQ-34", "看不出各列用什么符号分开；请用逗号分隔，并保留表头")
    return best_delimiters[0]


def _score(head: str, delimiter: str) -> int:
    best = 0
    try:
        for n, record in enumerate(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)):
            best = max(best, headers.recognized(record) if len(record) > 1 else 0)
            if n == HEAD:
                break
    except csv.Error:
        pass
    return best


def _records(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    records, numbers, before = [], [], 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for record in reader:
            if reader.line_num > before + 1:
                _whole(record, delimiter, before + 1)
            records.append(record)
            numbers.append(before + 1)
            before = reader.line_num
    except csv.Error:
        line = before + 1
        raise Unreadable(
            "DQ-33", f"从第{line}行起引号不成对，后面的行会被吞掉；请检查第{line}行的双引号，或{SAVE}", row=line
        ) from None
    return records, numbers


def _whole(record: list[str], delimiter: str, line: int) -> None:
    """A cell of several lines is fine, unless one of its lines looks like a row that a stray quote has swallowed."""
    inner = [part for cell in record for part in re.split(r"[\r\n]+", cell)[1:]]
    if any(part.count(delimiter) >= 3 for part in inner):
        raise Unreadable("DQ-33", f"第{line}行的一个格子里包着后面的整行，多半是双引号不成对；请检查后再报", row=line)


def _restored(cell: str) -> str:
    """Without the apostrophe that our own files put before risky text, any other stays; the text of ="text"."""
    if guarded := GUARDED.fullmatch(cell):
        return guarded[1].replace('""', '"')
    return cell[1:] if cell.startswith("'") and RISKY.match(cell[1:]) else cell
