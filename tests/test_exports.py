"""Files that open without a fault."""

import csv
import io
import tomllib

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.file_answers import CODE, CODE_WITH_E, NAMES
from yunnan import settings
from yunnan.drawing.exports import csv as ours

TABLE = pd.DataFrame({"地区代码": ["533300"], "名称": ["=1+1"], "金额（元）": [6150000.0], "备注": [None]})


def rows(data: bytes):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_bytes_begin_with_the_mark_that_office_programs_look_for():
    data = ours.to_csv(TABLE, asof="2019-12-31", nature="演示数据")
    assert data[:3] == b"\xef\xbb\xbf"
    assert data.endswith(b"\r\n")


def test_a_file_says_as_of_when_and_that_it_is_synthetic():
    header, row = rows(ours.to_csv(TABLE, asof="2019-12-31", nature="演示数据"))
    assert header == ["地区代码", "名称", "金额（元）", "备注", "数据截至", "数据性质"]
    assert row == ["533300", "'=1+1", "6150000.0", "", "2019-12-31", "演示数据"]


def test_codes_are_quoted_and_numbers_are_not():
    line = ours.to_csv(TABLE, asof="2019-12-31", nature="演示数据").decode("utf-8-sig").splitlines()[1]
    assert line.startswith('"533300","\'=1+1",6150000.0')


def test_the_small_file_under_a_chart_follows_the_rules_of_the_large_ones():
    """Cell by cell the bytes that a list's file would have: formulas, long codes, zeros in front, quotes, line ends."""
    texts = [*NAMES.values(), CODE, CODE_WITH_E, "", "怒江州"]
    small = ours.to_csv(pd.DataFrame({"名称": texts}), asof="2019-12-31", nature="演示数据")
    large = ours.stream(["名称", "数据截至", "数据性质"], [
        ours.line((text, "2019-12-31", "演示数据")).encode() for text in texts
    ])  # fmt: skip
    assert small == b"".join(large)


def test_no_other_download_goes_past_ours():
    """The grid's own would know neither labels nor rules."""
    config = tomllib.loads((settings.ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["client"]["disableDataExport"] is True


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=20))
def test_no_text_begins_like_a_formula(text):
    safe = ours.neutral(text)
    seen = safe.lstrip(" \u200b\u200c\u200d\u2060\ufeff\u00a0")
    assert not seen.startswith(("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠"))
    assert safe in (text, f"'{text}")


def test_the_name_says_what_where_when_and_as_of():
    name = ours.file_name("筹集款物总额", "怒江州", "2019", asof="2019-12-31", revision=2)
    assert name == "云南模式_筹集款物总额_怒江州_2019_截至20191231r2.csv"
