"""A table as CSV that a Chinese office opens without a fault: BOM, Chinese headers, CRLF, no formula runs."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from yunnan.drawing.exports.risky import RISKY

ENCODINGS = {"utf-8": "UTF-8", "gb18030": "GB18030"}


def to_csv(table: pd.DataFrame, *, asof: str, nature: str) -> bytes:
    """The table as bytes; the last two columns say as of when and that the data are synthetic, if they are.

    Text is quoted, so that codes stay text wherever a program respects it; numbers are plain.
    """
    told = table.assign(数据截至=asof, 数据性质=nature)
    safe = told.map(neutral).rename(columns=neutral)
    text = safe.to_csv(index=False, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    return text.encode("utf-8-sig")


def stream(header: Sequence[str], batches: Iterable[bytes], *, encoding: str = "utf-8") -> Iterator[bytes]:
    """A whole file piece by piece: header, then batches of finished lines, which come in UTF-8.

    The header leaves with the first lines: rows that cannot be read are found out before anything has left.
    """
    told = line(header).encode("utf-8-sig" if encoding == "utf-8" else encoding)
    for lines in batches:
        yield told + (lines if encoding == "utf-8" else lines.decode().encode(encoding))
        told = b""
    if told:
        yield told


def line(texts: Iterable[str]) -> str:
    """Texts as a line of quoted cells."""
    return ",".join(cell(text) for text in texts) + "\r\n"


def cell(text: str) -> str:
    """Text as a quoted cell."""
    return '"' + str(neutral(text)).replace('"', '""') + '"'


LONGEST_PART = 40  # characters of a part of a file's name; file systems take 255 bytes of it all


def file_name(*parts: str, asof: str, revision: int, kind: str = "csv") -> str:
    """'云南模式_筹集款物_怒江州_2019_截至20191231r2.csv'."""
    short = (part if len(part) <= LONGEST_PART else f"{part[: LONGEST_PART - 1]}…" for part in parts if part)
    told = "_".join(re.sub(r'[\\/:*?"<>|\s]+', "-", part) for part in short)
    return f"云南模式_{told}_截至{asof.replace('-', '')}r{revision}.{kind}"


def neutral(value):
    """Risky text gets an apostrophe before it; yes and no are said in Chinese."""
    if isinstance(value, bool | np.bool_):
        return "是" if value else "否"
    return f"'{value}" if isinstance(value, str) and RISKY.match(value) else value


def restored(text: str) -> str:
    """The text that neutral() was given."""
    return text.removeprefix("'")
