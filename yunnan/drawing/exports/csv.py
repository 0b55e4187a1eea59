"""CSV files that Chinese office programs open correctly: BOM, Chinese headers, CRLF, no text that runs as a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from yunnan.drawing.exports.risky import RISKY

ENCODINGS = {"utf-8": "UTF-8", "gb18030": "GB18030"}


def to_csv(table: pd.DataFrame, *, asof: str, nature: str) -> bytes:
    """The table as the bytes of a CSV file, with two columns added at the end: as-of date, and nature of the data.

    Text is quoted, so that programs which respect quotes keep codes as text; numbers are not quoted.
    """
    labelled = table.assign(数据截至=asof, 数据性质=nature)
    safe = labelled.map(neutral).rename(columns=neutral)
    text = safe.to_csv(index=False, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    return text.encode("utf-8-sig")


def stream(header: Sequence[str], batches: Iterable[bytes], *, encoding: str = "utf-8") -> Iterator[bytes]:
    """A whole file in pieces: the header, then batches of finished lines, given in UTF-8 and returned in encoding.

    The header is part of the first piece: if no row can be read, the error is raised before any piece is returned.
    """
    header_line = line(header).encode("utf-8-sig" if encoding == "utf-8" else encoding)
    for lines in batches:
        yield header_line + (lines if encoding == "utf-8" else lines.decode().encode(encoding))
        header_line = b""
    if header_line:
        yield header_line


def line(texts: Iterable[str]) -> str:
    """The texts as one line of quoted cells, with its line end."""
    return ",".join(cell(text) for text in texts) + "\r\n"


def cell(text: str) -> str:
    """The text as a quoted cell, made harmless by neutral()."""
    return '"' + str(neutral(text)).replace('"', '""') + '"'


LONGEST_PART = 40  # characters of one part of a file's name; file systems allow 255 bytes for the whole name


def file_name(*parts: str, asof: str, revision: int, kind: str = "csv") -> str:
    """'云南模式_筹集款物_怒江州_2019_截至20191231r2.csv'."""
    short = (part if len(part) <= LONGEST_PART else f"{part[: LONGEST_PART - 1]}…" for part in parts if part)
    stem = "_".join(re.sub(r'[\\/:*?"<>|\s]+', "-", part) for part in short)
    return f"云南模式_{stem}_截至{asof.replace('-', '')}r{revision}.{kind}"


def neutral(value):
    """A cell's value made harmless: risky text gets an apostrophe before it, a boolean becomes 是 or 否."""
    if isinstance(value, bool | np.bool_):
        return "是" if value else "否"
    return f"'{value}" if isinstance(value, str) and RISKY.match(value) else value


def restored(text: str) -> str:
    """The text as it was before neutral()."""
    return text.removeprefix("'")
