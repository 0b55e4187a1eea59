"""Numbers as people read them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunnan.words import published_numbers, wording


@pytest.mark.parametrize(
    ("value", "qualifier", "unit", "said"),
    [
        (440_000_000, "约", "元", "约4.4亿元"),
        (420_000, "准确", "人", "42万人"),
        (80_860_000, "多", "元", "8000多万元"),
        (35_960_000, "近", "元", "近3600万元"),
        (6_487, "近", "名", "近6500名"),
        (6_150_000, "准确", "元", "615万元"),
        (27, "准确", "个", "27个"),
        (11, "准确", "州市", "11个州（市）"),
        (20, "准确", "县市", "20个县（市）"),
        (None, "约", "元", "—"),
        (0, "多", "元", "0元"),
        (-40_000, "多", "元", "-4万元"),
        (-12_345_600.5, "约", "元", "-1234.56005万元"),
    ],
)
def test_a_number_is_said_in_the_articles_words(value, qualifier, unit, said):
    assert published_numbers.written(value, qualifier, unit) == said


@pytest.mark.parametrize(
    ("text", "unit", "number", "agreeing", "differing"),
    [
        ("约4.4亿元", "元", 440_000_000, 441_234_567, 446_000_000),
        ("约 3000万元", "元", 30_000_000, 30_400_000, 31_000_000),
        ("8000多万元", "元", 80_000_000, 80_860_000, 79_999_999),
        ("8200余万元", "元", 82_000_000, 82_900_000, 83_000_000),
        ("超过8000万元", "元", 80_000_000, 80_860_000, 79_999_999),
        ("近3600万元", "元", 36_000_000, 35_960_000, 36_010_000),
        ("615万元", "元", 6_150_000, 6_149_600, 6_156_000),
        ("4,150,000元", "元", 4_150_000, 4_150_000, 4_150_001),
        ("1200家", "个", 1200, 1200, 1160),
        ("6500余名", "人", 6500, 6501, 6600),
        ("85.2%", "%", Decimal("85.2"), Decimal("85.24"), Decimal("85.3")),
        ("0场", "场", 0, 0, 1),
    ],
)
def test_a_published_number_agrees_with_what_is_written_the_same_way(text, unit, number, agreeing, differing):
    published = published_numbers.read(text, unit)
    assert published is not None
    assert published.number == number
    assert published_numbers.agrees(agreeing, published)
    assert not published_numbers.agrees(differing, published)
    assert not published_numbers.agrees(0 if number else 5, published)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("几百万元", "元"), ("约近300万元", "元"), ("约8000多万元", "元"), ("300万", "元"), ("85%", "元"),
        ("85.2", "%"), ("85万%", "%"), ("300万元", "个"), ("300—400万元", "元"), ("三百个", "个"), ("300", "个"),
        ("-3个", "个"),
    ],
)  # fmt: skip
def test_what_is_no_certain_number_in_its_unit_is_not_read(text, unit):
    assert published_numbers.read(text, unit) is None


@pytest.mark.parametrize(
    ("yuan", "said"),
    [
        (440_000_000, "4.40亿元"),
        (99_999_999, "10,000万元"),
        (6_150_000, "615万元"),
        (35_965_000, "3,596.5万元"),
        (820, "820元"),
        (0, "0元"),
        (None, "—"),
    ],
)
def test_an_amount_takes_the_unit_that_suits_it(yuan, said):
    assert wording.amount(yuan) == said


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [(0.5, 0, "1"), (2.5, 0, "3"), (0.125, 2, "0.13"), (-0.4, 0, "0"), (1234.5, 0, "1,235")],
)
def test_a_half_is_rounded_up_and_never_to_even(value, places, said):
    assert wording.fixed(value, places) == said


@pytest.mark.parametrize(
    ("count", "numeral"),
    [(0, "零"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (36, "三十六"), (99, "九十九"), (100, "100")],
)
def test_a_count_is_written_in_chinese_up_to_a_hundred(count, numeral):
    assert wording.numeral(count) == numeral


@pytest.mark.parametrize(
    ("value", "base", "unit", "said"),
    [
        (440, 361.5, "元", "增长21.7%"),
        (80, 100, "个", "下降20.0%"),
        (0.72, 0.60, "%", "提高12.0个百分点"),
        (0.60, 0.72, "%", "降低12.0个百分点"),
        (0.50001, 0.5, "%", "持平"),
        (100, 0, "元", "—"),
        (0, 0, "个", "持平"),
        (0, 0, "%", "持平"),
        (None, 0, "个", "—"),
        (100, None, "元", "—"),
        (None, 100, "元", "—"),
        (0.5, 0, "%", "—"),
    ],
)
def test_a_change_has_its_verb_its_unit_and_no_base_no_change(value, base, unit, said):
    assert wording.change(value, base, unit) == said


@given(st.floats(0, 1, exclude_max=True, allow_nan=False))
def test_an_attainment_below_one_never_reads_as_met(rate):
    assert wording.attained(rate) != "100.0%"


def test_classes_leave_no_gap():
    assert wording.classes([5e6, 15e6], "元") == ["500万元以下", "500万元—1,500万元", "1,500万元及以上"]


@given(st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=2))
def test_fixed_is_the_decimal_rounding_half_up(value):
    assert Decimal(wording.fixed(value, 1).replace(",", "")) == value.quantize(Decimal("0.1"), "ROUND_HALF_UP")


def test_every_status_has_a_light_and_words_say_why_a_value_is_missing():
    assert wording.light("达标") == "● 达标"
    assert wording.measured(None, "元", "未报送") == "（未报送）"
    assert wording.named_value("德宏", 4_900_000, "元", "数据不全") == "德宏：490万元（数据不全）"
    assert wording.band(3, 5) == "第3—5名"
    assert wording.band(None, None) == "不排名"


@pytest.mark.parametrize("name", ["www.example.org", "https://example.org/x", "who@example.org", "HTTP://example.org"])
def test_a_name_that_is_an_address_becomes_no_link(name):
    shown = re.sub(r"\\(.)", r"\1", wording.literal(name))  # as Markdown reads it, before it looks for addresses
    assert shown.replace("\u2060", "") == name
    assert not re.search(r"(?i)https?://|www\.|[-.\w+]@[-\w]", shown)
