"""A table as CSV that a Chinese office opens without a fault: BOM, Chinese headers, CRLF, no formula runs."""

import csv
import unicodedata

import numpy as np
import pandas as pd

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")


def to_csv(table: pd.DataFrame, *, asof: str, nature: str) -> bytes:
    """The table as bytes; the last two columns say as of when and that the data are synthetic, if they are.

    Text is quoted, so that codes stay text wherever a program respects it; numbers are plain.
    """
    told = table.assign(数据截至=asof, 数据性质=nature)
    safe = told.map(neutral).rename(columns=neutral)
    text = safe.to_csv(index=False, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    return text.encode("utf-8-sig")


def file_name(*parts: str, asof: str, revision: int) -> str:
    """'云南模式_筹集款物_怒江州_2019_截至20191231r2.csv'."""
    told = "_".join(part.replace("/", "-") for part in parts if part)
    return f"云南模式_{told}_截至{asof.replace('-', '')}r{revision}.csv"


def neutral(value):
    """Text that a spreadsheet would run as a formula gets an apostrophe; yes and no are said in Chinese."""
    if isinstance(value, bool | np.bool_):
        return "是" if value else "否"
    if not isinstance(value, str):
        return value
    seen = unicodedata.normalize("NFKC", value).lstrip(" \u200b\u200c\u200d\u2060\ufeff\u00a0")
    return f"'{value}" if seen.startswith(DANGEROUS) else value
