"""What an .xls holds beside its values; its records are read one by one, because no library reports error values."""

import struct
from collections.abc import Iterator
from pathlib import Path

from yunnan.ingest import formats
from yunnan.ingest.notes import Unreadable
from yunnan.ingest.workbook_marks import Broken, Marks

FREE, CHAIN_END = 0xFFFFFFFF, 0xFFFFFFFE
BOF, EOF, BOUNDSHEET, DATEMODE, FORMAT, XF = 0x809, 0x0A, 0x85, 0x22, 0x41E, 0xE0
ROW, COLINFO, BOOLERR, FORMULA, NUMBER, RK, MULRK = 0x208, 0x7D, 0x205, 0x06, 0x203, 0x27E, 0xBD
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
BIFF8 = 0x600


def of_book(path: Path) -> dict[str, Marks]:
    """The marks of each sheet by its name. Raises Broken, and Unreadable for Excel 95 and older."""
    try:
        return _of_stream(_workbook(path.read_bytes()))
    except (struct.error, IndexError, ValueError, RecursionError) as error:
        raise Broken from error


def _of_stream(stream: bytes) -> dict[str, Marks]:
    if struct.unpack_from("<HHH", stream)[0] != BOF or struct.unpack_from("<H", stream, 4)[0] != BIFF8:
        raise Unreadable("DQ-33", "工作簿是 Excel 95 或更旧的格式；请用表格软件打开，另存为 .xlsx 再报")
    sheets: list[tuple[str, int]] = []
    codes, styles, is_1904 = dict(formats.BUILT_IN), list[int](), False
    for kind, data in _records(stream, 0):
        if kind == BOUNDSHEET and data[5] == 0:
            sheets.append((_text(data[8:], data[7] & 1, data[6]), struct.unpack_from("<I", data)[0]))
        elif kind == FORMAT:
            number, length = struct.unpack_from("<HH", data)
            codes[number] = _text(data[5:], data[4] & 1, length)
        elif kind == XF:
            styles.append(struct.unpack_from("<HH", data)[1])
        elif kind == DATEMODE:
            is_1904 = data[0] == 1
    telling = {at: codes[number] for at, number in enumerate(styles) if formats.may_tell(codes.get(number, ""))}
    return {name: _sheet(stream, start, telling, is_1904) for name, start in sheets}


def _sheet(stream: bytes, start: int, telling: dict[int, str], is_1904: bool) -> Marks:
    marks = Marks(from_1904=is_1904)
    for kind, data in _records(stream, start):
        if kind == ROW and struct.unpack_from("<I", data, 12)[0] & 0x20:
            marks.hidden_rows.add(struct.unpack_from("<H", data)[0] + 1)
        elif kind == COLINFO and data[8] & 1:
            first, last = struct.unpack_from("<HH", data)
            marks.hidden_columns.update(range(first, min(last, 511) + 1))
        elif kind in (BOOLERR, FORMULA, NUMBER, RK, MULRK):
            for row, column, style, value in _cells(kind, data):
                _cell(marks, (row + 1, column), telling.get(style), value)
            if kind == FORMULA:
                marks.formulas.add((struct.unpack_from("<H", data)[0] + 1, struct.unpack_from("<H", data, 2)[0]))
    marks.formulas -= set(marks.errors)
    return marks


def _cell(marks: Marks, at: tuple[int, int], code: str | None, value: float | str | None) -> None:
    if isinstance(value, str):
        marks.errors[at] = f"是错误值 {value}"
    elif code and value is not None and (number_format := formats.of_code(code, value)):
        marks.number_formats[at] = number_format


def _cells(kind: int, data: bytes) -> Iterator[tuple[int, int, int, float | str | None]]:
    """(row, column, style, number or name of the error or None) of each cell of a record."""
    row, column, style = struct.unpack_from("<HHH", data)
    if kind == BOOLERR:
        yield row, column, style, ERRORS.get(data[6], "#N/A") if data[7] else None
    elif kind == NUMBER:
        yield row, column, style, struct.unpack_from("<d", data, 6)[0]
    elif kind == RK:
        yield row, column, style, _rk(struct.unpack_from("<I", data, 6)[0])
    elif kind == MULRK:
        for n in range((len(data) - 6) // 6):
            own, number = struct.unpack_from("<HI", data, 4 + n * 6)
            yield row, column + n, own, _rk(number)
    elif data[12:14] == b"\xff\xff":
        yield row, column, style, ERRORS.get(data[8], "#N/A") if data[6] == 2 else None
    else:
        yield row, column, style, struct.unpack_from("<d", data, 6)[0]


def _rk(number: int) -> float:
    whole = number >> 2 if number < 0x80000000 else (number >> 2) - 0x40000000
    value = float(whole) if number & 2 else struct.unpack("<d", struct.pack("<Q", (number & 0xFFFFFFFC) << 32))[0]
    return value / 100 if number & 1 else value


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part, without those of charts that lie in it."""
    depth, at = 0, start
    while True:
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == BOF) - (kind == EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _text(data: bytes, is_wide: int, length: int) -> str:
    return data[: length * 2].decode("utf-16-le") if is_wide else data[:length].decode("latin-1")


def _workbook(data: bytes) -> bytes:
    """The stream that holds the workbook, out of the container of old Office files."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    tables, (following, count) = list(struct.unpack_from("<109I", data, 76)), struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size + 1)):
        more = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        tables, following = [*tables, *more[:-1]], more[-1]
    fat = [n for t in tables if t < CHAIN_END for n in struct.unpack_from(f"<{size // 4}I", data, (t + 1) * size)]
    folder = _chain(data, fat, struct.unpack_from("<I", data, 48)[0], size)
    for at in range(0, len(folder), 128):
        name = folder[at : at + max(struct.unpack_from("<H", folder, at + 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            first, length = struct.unpack_from("<II", folder, at + 116)
            if length < struct.unpack_from("<I", data, 56)[0]:
                return _small(data, fat, folder, first, length, size)
            return _whole(_chain(data, fat, first, size), length)
    raise ValueError


def _small(data: bytes, fat: list[int], folder: bytes, first: int, length: int, size: int) -> bytes:
    """A stream so short that it lies in sectors of 64 bytes within the first entry's stream."""
    blocks = _chain(data, fat, struct.unpack_from("<I", folder, 116)[0], size)
    mini_fat = _chain(data, fat, struct.unpack_from("<I", data, 60)[0], size)
    table = struct.unpack(f"<{len(mini_fat) // 4}I", mini_fat)
    parts, at = list[bytes](), first
    while at < CHAIN_END and len(parts) <= len(table):
        parts.append(blocks[at * 64 : at * 64 + 64])
        at = table[at]
    return _whole(b"".join(parts), length)


def _chain(data: bytes, fat: list[int], first: int, size: int) -> bytes:
    parts, at = list[bytes](), first
    while at < CHAIN_END and len(parts) <= len(fat):
        parts.append(data[(at + 1) * size : (at + 2) * size])
        at = fat[at]
    return b"".join(parts)


def _whole(stream: bytes, length: int) -> bytes:
    if len(stream) < length:
        raise ValueError
    return stream[:length]
