"""Cells: every value that is read is the one that was written, and nothing that is written can break the reading."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunnan.ingest import cells, credit_codes, dates, formats, forms, personal, places, tables
from yunnan.words import text_folding

ANYTHING = st.one_of(
    *(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=40),
        st.dates(),
        st.datetimes(),
        st.times(),
    ),
    *(st.timedeltas(), st.text(alphabet="0123456789.,-+=@年月日万亿元约 ￥１２Ee%（）", max_size=20)),
)
CHOICE = forms.columns("funds")["source"]
READERS = {
    "day": dates.day,
    "amount": cells.amount,
    "amount in 万元": lambda raw: cells.amount(raw, 10_000),
    "count": lambda raw: cells.count(raw, "1-20000"),
    "choice": lambda raw: cells.choice(raw, CHOICE, {}),
    "code": lambda raw: cells.code(raw, "P[0-9]{5,}", "项目编号"),
    "key": cells.key,
    "credit code": cells.credit_code,
    "text": lambda raw: cells.words_of(raw, "80"),
    "prefecture": places.prefecture,
    "county": places.county,
    "region": places.region,
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@settings(max_examples=150, deadline=None)
@given(raw=ANYTHING)
def test_any_cell_is_read_or_refused_with_a_sentence(reader, raw):
    found = reader(raw)
    if found.fault:
        rule, message = found.fault
        assert rule.startswith("DQ-")
        assert any("一" <= character <= "鿿" for character in message)
        assert found.value is None


@settings(max_examples=200, deadline=None)
@given(day=st.dates(date(2000, 1, 1), date(2049, 12, 31)), form=st.sampled_from(range(7)))
def test_a_date_is_read_back_however_it_is_written(day, form):
    written = (
        day,
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        float((day - date(1899, 12, 30)).days),
    )[form]
    assert dates.day(written).value == day


@given(day=st.dates(date(2004, 1, 2), date(2049, 12, 31)))
def test_a_serial_date_of_1904_is_read_by_its_own_calendar(day):
    assert dates.day((day - date(1904, 1, 1)) // timedelta(days=1), from_1904=True).value == day


@settings(max_examples=200, deadline=None)
@given(cents=st.integers(1, 10**14), form=st.sampled_from(range(5)))
def test_an_amount_is_read_back_to_the_cent_however_it_is_written(cents, form):
    amount = Decimal(cents) / 100
    written = (
        float(amount) if cents < 10**13 else str(amount),
        f"{amount:,.2f}",
        f"￥{amount:.2f}元",
        f"{amount / 10_000:f}万元",
        "".join(chr(ord(c) + 0xFEE0) if c in "0123456789." else c for c in f"{amount:.2f}"),
    )[form]
    found = cells.amount(written)
    assert found.value == amount if amount <= cells.MOST else found.fault


@given(amount=st.decimals(min_value=1, max_value=10**6, places=2))
def test_an_amount_that_is_not_certain_is_refused(amount):
    for told in (
        f"约{amount}",
        f"{amount}左右",
        f"{amount}余",
        f"-{amount}",
        f"{amount}%",
        f"({amount})",
        f"{amount}美元",
    ):
        assert cells.amount(told).fault, told


IDENTITIES = st.builds(
    lambda place, day, serial: f"{place}{day:%Y%m%d}{serial:03d}",
    st.sampled_from(["532501", "530102", "110101"]),
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
).map(lambda body: body + personal.CHECKS[sum(int(d) * w for d, w in zip(body, personal.WEIGHTS, strict=True)) % 11])
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
AROUND = st.text(alphabet="受益人电话：，。、（） 的", max_size=8)


@settings(max_examples=200, deadline=None)
@given(number=st.one_of(IDENTITIES, MOBILES), before=AROUND, after=AROUND, data=st.data())
def test_a_personal_number_is_found_and_never_said_however_it_is_spaced(number, before, after, data):
    gaps = data.draw(st.lists(st.integers(0, len(number) - 1), max_size=4))
    sign = data.draw(st.sampled_from(["", " ", "-", "\u200b", "－", "\u3000"]))
    spaced = "".join(c + (sign if at in gaps else "") for at, c in enumerate(number)).rstrip("-－\u200b\u3000 ")
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in spaced)
    for told in (f"{before}{spaced}{after}", f"{before}{wide}{after}"):
        assert personal.kind_of_number(told), told
        plain = personal.plain(personal.masked(told)).replace(" ", "").replace("-", "")
        assert number not in plain


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("身份证532501900101123", "身份证号"),  # of 15 digits
        ("532501.19900101.1239", "身份证号"),
        ("532501/900101/123", "身份证号"),
        ("卡号6222 0212 3456 7890 128", "银行卡号"),
        ("4000-0000-0000-0002", "银行卡号"),
        ("53250119900101123X", "身份证号"),  # its check digit mistyped
        ("138.1234.5678", "手机号"),
        ("１３８。１２３４。５６７８", "手机号"),
        ("138,1234,5678", "手机号"),
        ("138~1234|5678", "手机号"),
        ("一三八一二三四五六七八", "手机号"),
        ("١٣٨١٢٣٤٥٦٧٨", "手机号"),
        ("138·1234·5678", "手机号"),
        ("(138)1234_5678", "手机号"),
        ("138 1234/5678", "手机号"),
        ("Tel13812345678", "手机号"),
        ("138\u202e1234\u200f5678", "手机号"),
        ("护照E12345678", "证件号"),
        ("持护照号码：ＥＡ1234567的专家", "证件号"),
        ("军官证号 1234567", "证件号"),
        ("港澳通行证H12345678", "证件号"),
        ("联系电话0871-63123456", "电话号码"),
        ("固话：（0886）3621234", "电话号码"),
        ("户主宅电 3621 234", "电话号码"),
        ("微信号：lushui_2020", "通信账号"),
        ("加QQ123456789", "通信账号"),
        ("WeChat: abc123", "通信账号"),
        ("电话0871-63123456联系", "电话号码"),
        ("微信（zhangsan_9911）", "通信账号"),
        ("微信为lushui_2020secret", "通信账号"),
        ("QQ账号：99887766", "通信账号"),
        ("联系电话为0886-3629911", "电话号码"),
        ("Tel:0886-3629922", "电话号码"),
        ("传真0886-3629933", "电话号码"),
        ("护照（E12345699）", "证件号"),
        ("港澳通行证：H1234567801", "证件号"),
        ("台胞证号12345678", "证件号"),
    ],
)
def test_every_number_of_a_person_is_found_and_masked(text, kind):
    assert personal.kind_of_number(text) == kind
    assert re.search("[0-9]{4}", personal.masked(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "开通服务电话12345", "全国统一电话400-810-0000", "微信公众号yunnanshzz", "QQ群通知", "微信群转发",
        "电话会议3次", "云民发〔2020〕3号", "证件办理2020", "证书编号E12345678", "电话回访1234户", "QQ会议",
        "微信1000000元捐赠对接会", "微信video号直播带货培训", "电话20260203回访情况", "车辆通行证 123456 张发放",
        "微信10000人次培训", "电话1000000部捐赠", "微信20260315推文", "证件200000本", "电话 30000000 元",
    ],
)  # fmt: skip
def test_what_is_nobodys_own_is_kept(text):
    assert personal.kind_of_number(text) is None


@pytest.mark.parametrize(
    "code", [*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x61C, 0x7, 0x1B]
)
def test_no_sign_that_turns_or_hides_text_is_said_or_stored(code):
    written = f"某{chr(code)}公司"
    assert personal.masked(written) == "某公司"
    stored = cells.words_of(written, "80")
    assert stored.value == "某公司" or stored.fault


def test_a_radical_is_read_as_its_ideograph_everywhere():
    assert places.county("⻰陵县").value == places.county("龙陵县").value
    assert forms.fold("⻢⻰区") == "马龙区"
    assert cells.words_of("⻄⼭（某）公司", "80").value == "西山（某）公司"
    assert text_folding.plain("".join(map(chr, text_folding.RADICALS))) == "".join(
        unicodedata.normalize("NFKC", told) for told in map(chr, text_folding.RADICALS.values())
    )


def test_a_private_character_is_kept_and_said():
    stored = cells.words_of("怒江\ue123公司", "80")
    assert stored.value == "怒江\ue123公司"
    assert stored.warned


@pytest.mark.parametrize(
    "text",
    [
        "F13812345678",
        "51530000YND00RMRXG",
        "91530100MA6K5LU50Q",
        "1381234.56",
        "1381234.5678",
        "13,812,345,678.00",
        "12.13812345678",
        "530102202005120001",
        "2020/05/13-2020/06/30",
        "192.168.13.25",
        "2020-05-12 2020-06-30",
        "P00001;P00002",
    ],
)
def test_what_only_looks_like_a_personal_number_is_left_alone(text):
    assert personal.kind_of_number(text) is None
    assert personal.masked(text) == text


@pytest.mark.parametrize(
    ("code", "digit"),
    [
        ("91350100M0001TGQXM", "1"),
        ("91350211M0000XUF46", "R"),
        ("91350203M0001FUE2P", "J"),
        ("51530000YNDM00013Q", "Q"),
    ],
)
def test_the_check_digit_of_a_credit_code_is_that_of_the_published_vectors(code, digit):
    assert credit_codes.check_digit(code[:17]) == digit


def test_every_name_in_the_list_of_aliases_is_read_as_its_place():
    for row in forms.rows("county_aliases"):
        if row["level"] in ("prefecture", "county") and row["alias"] not in places.ambiguous():
            found = {"prefecture": places.prefecture, "county": places.county}[row["level"]](row["alias"])
            assert found.value == row["canonical_code"], row["alias"]


@pytest.mark.parametrize(
    ("authority", "code"),
    [
        ("昆明市民政局", "530100"),
        ("云南省民政厅", "530000"),
        ("五华区民政局", "530102"),
        ("怒江傈僳族自治州民政局", "533300"),
        ("上海市民政局", "310000"),
        ("泸水市行政审批局", "533301"),
    ],
)
def test_a_registration_authority_is_read_as_its_place_and_that_is_said(authority, code):
    reading = places.region(authority)
    assert (reading.value, reading.fault) == (code, None)
    assert "读作" in reading.change


@pytest.mark.parametrize("authority", ["民政局", "某某民政局"])
def test_an_authority_of_no_place_is_no_place(authority):
    assert places.region(authority).fault[0] == "DQ-02"


def test_the_name_and_code_of_a_county_since_2021_are_no_old_ones():
    for written in ("禄丰市", "532302"):
        reading = places.county(written)
        assert (reading.value, reading.warned) == ("532331", None)
        assert "2021年起" in reading.change
    assert places.county("禄丰县") == ("532331", None, None, None)


def test_the_four_bare_names_of_a_prefecture_and_a_county_are_refused_with_their_choices():
    assert set(places.ambiguous()) == {"红河", "文山", "大理", "楚雄"}
    for name, choices in places.ambiguous().items():
        rule, message = places.county(name).fault
        assert (rule, choices in message) == ("DQ-05", True)
        assert places.prefecture(name).value


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ('0.00"万元"', 12.5, (1, "万元")),
        ("#,##0.00万元", 12.5, (1, "万元")),
        ('0!.0,"万"', 30_000, (10_000, "万元")),
        ("0\\.0,", 30_000, (10_000, "")),
        ("#,##0,", 30_000, (1_000, "")),
        ('[>=10000]0!.0,"万";0"元"', 800, (1, "元")),
        ('0.00,,"百万元"', 5e6, (1_000_000, "百万元")),
        ("0%", 0.5, (1, "%")),
        ('0"00"', 12, (1, "?")),
        ('0"万"0000', 12_345, (1, "?")),
        ("[$$-409]#,##0.00", 5, (1, "?")),
        ('0.0"万人"', 5, (1, "?")),
        ('_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', 5, None),
        ("[$¥-804]#,##0.00", 5, None),
        ("#,##0.00_);[Red](#,##0.00)", 5, None),
        ('yyyy"年"m"月"d"日"', 43_963, None),
        ("General", 5, None),
        ('0"人"', 5, None),
        ("0.00E+00", 5, None),
    ],
)
def test_a_number_format_tells_the_unit_and_the_scale_of_what_is_seen(code, number, shown):
    assert formats.of_code(code, number) == shown


@pytest.mark.parametrize(
    ("line", "factor"),
    [
        ("注：金额单位为万元", 10_000),
        ("单 位： 万 元　　制表人：", 10_000),
        ("（单位：万元、人）", 10_000),
        ("本表计量单位为：万元", 10_000),
        ("货币单位：人民币万元", 10_000),
        ("金额单位：万", 10_000),
        ("资金情况统计表（亿元）", 100_000_000),
        ("2.金额均以万元为单位", 10_000),
        ("说明：以上金额均以万为单位", 10_000),
        ("捐赠资金统计表（金额：万元）", 10_000),
        ("受益群众数以万计", None),
        ("金额：元谋县", None),
        ("金额按元填列", 1),
        ("单位：元", 1),
        ("单位：元、人", 1),
        ("填报单位：元谋县民政局", None),
        ("填报单位：元江县", None),
        ("捐赠单位：万达集团", None),
        ("单位：千禧公司", None),
    ],
)
def test_a_unit_of_money_is_found_in_the_words_around_a_table(line, factor):
    assert tables.units_in(line) == ({factor} if factor else set())


@pytest.mark.parametrize(
    "line",
    ["续表", "续表（一）", "（续）", "（续上表）", "接上页", "转下页", "上接第2页", "第1页，共3页", "第一页", "— 2 —"],
)
def test_the_mark_of_a_page_is_no_row(line):
    assert tables.PAGE.fullmatch(text_folding.plain(line).replace(" ", ""))


@pytest.mark.parametrize("line", ["2020", "12", "续建项目", "第一小学", "接待费", "1.5", "P00001"])
def test_a_cell_of_a_row_is_no_mark_of_a_page(line):
    assert not tables.PAGE.fullmatch(line)
