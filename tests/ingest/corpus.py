"""Returns as offices send them: each with its file and what must become of it.

The rows are of the tiny province in tests/snapshot: projects P00001 to P00009, organizations O000001 to O000020.
"""

import csv
import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import openpyxl
import xlsxwriter

HEAD = ["项目编号", "日期", "资金来源", "捐赠形式", "金额(元)", "州市", "县(市、区)", "备注"]
ONE = ["P00001", "2020-05-12", "社会捐赠", "资金", "1000", "怒江州", "泸水市", ""]
TWO = ["P00002", "2020-06-01", "自筹", "资金", "2500.50", "怒江州", "福贡县", "二季度"]
IDENTITY = "532501199001011239"  # made up; its check digit agrees
OLD_IDENTITY = "532501900101123"  # 15 digits
CARD = "6222021234567890128"  # made up; its check digit agrees
MOBILE = "13812345678"
ACCEPT, CHANGED, ROW, FILE = "accept", "accept normalised", "refuse row", "refuse file"


@dataclass(frozen=True, eq=False)
class Case:
    """One file and its fate. rule: of the refusal; good: rows accepted; bad: physical rows refused."""

    name: str
    fate: str
    build: Callable[[], bytes]
    suffix: str = "csv"
    rule: str | None = None
    good: int = 2
    bad: tuple[int, ...] = ()
    said: str = ""  # stands in one of the sentences of the report
    sums: float | None = None  # of amount_yuan
    has: dict = field(default_factory=dict)  # values of the first accepted row
    dropped: int = 0
    warned: str | None = None
    given: dict = field(default_factory=dict)  # of the command line
    converted: str | None = None  # by LibreOffice

    @property
    def folder(self) -> str:
        return "source" if self.converted else "written"

    @property
    def file(self) -> str:
        return f"{self.name}.{self.converted or self.suffix}"

    def write(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        path = folder / f"{self.name}.{self.suffix}"
        path.write_bytes(self.build())
        return path


def text(*rows, encoding: str = "utf-8", delimiter: str = ",") -> Callable[[], bytes]:
    """A CSV of these rows."""

    def built() -> bytes:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
        return out.getvalue().encode(encoding)

    return built


def raw(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def sheets(**tables) -> Callable[[], bytes]:
    """A workbook, a sheet for each table; a callable adds what rows cannot say. Options: _1904."""

    def built() -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"date_1904": tables.get("_1904", False), "strings_to_formulas": False}) as book:
            for name, rows in tables.items():
                if not name.startswith("_"):
                    sheet = book.add_worksheet(name)
                    for number, row in enumerate(rows):
                        fill(book, sheet, number, row)
            if "_more" in tables:
                tables["_more"](book, book.worksheets())
        return out.getvalue()

    return built


def fill(book, sheet, number, row) -> None:
    for column, value in enumerate(row):
        if isinstance(value, date):
            sheet.write_datetime(number, column, value, book.add_format({"num_format": "yyyy-mm-dd"}))
        elif isinstance(value, str):
            sheet.write_string(number, column, value)
        elif value is not None:
            sheet.write(number, column, value)


def opened(change) -> Callable[[], bytes]:
    """A workbook as openpyxl writes it."""

    def built() -> bytes:
        book = openpyxl.Workbook()
        sheet = book.active
        for row in (HEAD, ONE, TWO):
            sheet.append(row)
        change(book, sheet)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return built


def packed(parts: dict[str, bytes], base: Callable[[], bytes] | None = None) -> Callable[[], bytes]:
    """A zip with these parts, added to a workbook or by themselves."""

    def built() -> bytes:
        out = io.BytesIO(base() if base else b"")
        with zipfile.ZipFile(out, "a" if base else "w", zipfile.ZIP_DEFLATED) as pack:
            for name, data in parts.items():
                pack.writestr(name, data)
        return out.getvalue()

    return built


def encrypted() -> bytes:
    """The flag of a packed part says that it is encrypted."""
    data = bytearray(sheets(资金=[HEAD, ONE, TWO])())
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        struct.pack_into("<H", data, at + offset, struct.unpack_from("<H", data, at + offset)[0] | 1)
    return bytes(data)


def compound(*streams: str) -> bytes:
    """An old Office container whose directory names these streams."""
    names = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 64 for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + names.ljust(4096, b"\0")


def row(base=ONE, **changed) -> list:
    """A row with some cells changed, by the header's name."""
    short = {"日期": 1, "来源": 2, "形式": 3, "金额": 4, "州市": 5, "县": 6, "备注": 7, "项目": 0}
    found = list(base)
    for name, value in changed.items():
        found[short[name]] = value
    return found


def bad(name: str, rule: str, said: str = "", **cells) -> Case:
    """A CSV whose first row has one faulty cell and is refused; the second row is accepted."""
    return Case(name, ROW, text(HEAD, row(**cells), TWO), rule=rule, good=1, bad=(2,), said=said, sums=2500.50)


def changed(name: str, has: dict, **cells) -> Case:
    """A CSV whose first row is read although it is not written as the form asks."""
    return Case(name, CHANGED, text(HEAD, row(**cells), TWO), has=has)


def with_column(header: str, *values) -> Callable[[], bytes]:
    return text([*HEAD, header], [*ONE, values[0]], [*TWO, values[-1]])


def hidden_things(book, found) -> None:
    found[0].set_row(1, None, None, {"hidden": True})
    found[0].set_column(7, 7, None, None, {"hidden": True})


def formulas(book, found) -> None:
    found[0].write_formula(1, 4, "=400+600", None, 1000)
    found[0].write_formula(2, 4, "=2500.5", None, 2500.5)


def bomb() -> bytes:
    return packed({"xl/worksheets/sheet9.xml": b"0" * 60_000_000}, sheets(资金=[HEAD, ONE, TWO]))()


def far_cell(book, found) -> None:
    found[0].write_string(1_048_575, 16_383, "x")


def cut(*rows, keep: str) -> Callable[[], bytes]:
    """A CSV that ends after these characters of its last line, as a copy does that was broken off."""

    def built() -> bytes:
        whole = text(*rows)()
        return whole[: whole.rindex(keep.encode()) + len(keep.encode())]

    return built


def shown(code: str, *amounts: float, head: list | None = None) -> Callable[[], bytes]:
    """A workbook whose amounts have this number format."""

    def formatted(book, found) -> None:
        for number, amount in enumerate(amounts, 1):
            found[0].write_number(number, 4, amount, book.add_format({"num_format": code}))

    return sheets(资金=[head or NO_UNIT, ONE, TWO], _more=formatted)


def repeated_in_ods() -> bytes:
    """Four equal rows, which the file writes once; the amount is a number shown in 万元."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    names = f'xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0"'

    def line(cells: list, more: str = "") -> str:
        told = (
            f'<table:table-cell office:value-type="float" office:value="{c}"><text:p>{c:.2f}万元</text:p>'
            if isinstance(c, float)
            else f'<table:table-cell office:value-type="string"><text:p>{c}</text:p>'
            for c in cells
        )
        return f"<table:table-row{more}>{'</table:table-cell>'.join(told)}</table:table-cell></table:table-row>"

    rows = line(NO_UNIT) + line(row(金额=12.5, 备注="x"), ' table:number-rows-repeated="4"')
    body = f'<office:body><office:spreadsheet><table:table table:name="资金">{rows}</table:table>'
    content = f"<office:document-content {names}>{body}</office:spreadsheet></office:body></office:document-content>"
    manifest = f'<manifest:manifest xmlns:manifest="{office}manifest:1.0"/>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()})()


def bare_cells(*lines: str, row: str = "<row>") -> Callable[[], bytes]:
    """A workbook of another program: its cells do not say where they stand."""
    main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/"
    kind = f"{office}officeDocument/2006/relationships"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    overrides = f'<Override PartName="/xl/workbook.xml" ContentType="{types}sheet.main+xml"/>'
    overrides += f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}worksheet+xml"/>'
    links = f'<Relationships xmlns="{office}package/2006/relationships"><Relationship Id="rId1" Type="{kind}'
    body = "".join(f"{row}{line}</row>" for line in lines)
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{office}package/2006/content-types">{overrides}</Types>'.encode(),
            "_rels/.rels": f'{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
            "xl/_rels/workbook.xml.rels": f'{links}/worksheet" Target="worksheets/sheet1.xml"/>'
            f"</Relationships>".encode(),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>'
            f'<sheet name="资金" sheetId="1" r:id="rId1"/></sheets></workbook>'.encode(),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'.encode(),
        }
    )


def bare(cells: list) -> str:
    """The cells of one line; what begins with < stands as it is."""
    return "".join(
        c if c.startswith("<") else f'<c t="inlineStr"><is><t>{c}</t></is></c>' if c else "<c/>" for c in cells
    )


NAMED = [*HEAD, "捐赠人名称", "捐赠人类型"]
IN_WAN = [*HEAD[:4], "金额（万元）", *HEAD[5:]]
PICTURE = '=DISPIMG("ID_61A4C7AEBBCE4C2AB56FC63352E00CBD",1)'
LAST_IS_MONEY = [*HEAD[:4], *HEAD[5:], HEAD[4]]
NO_UNIT = [*HEAD[:4], "金额", *HEAD[5:]]
ORGS = ["组织编号", "统一社会信用代码", "组织名称", "组织类型", "登记层级", "登记机关区划", "登记州市", "业务主管单位"]
ORGS += ["成立登记日期", "组织状态", "党组织覆盖方式", "评估等级"]
ORG = [
    "O009001",
    "51533300MJ0000001T",
    "组织新",
    "社会团体",
    "州市级",
    "怒江州",
    "怒江州",
    "省民政厅",
    "2015-01-01",
    "正常",
    "未覆盖",
    "未评估",
]
HELP = ["服务日期", "对象类型", "对象匿名键", "人数", "常住州市", "常住县", "对象类别", "帮扶方式"]
HELPED = ["2020-05-01", "个人", "00000000000000aa", "1", "怒江州", "泸水市", "建档立卡未脱贫", "助学"]
EVENTS = ["日期", "活动大类", "活动小类", "举办州市", "举办县", "参加人数", "其中党员"]
EVENT = ["2020-05-01", "党建", "党群活动", "怒江州", "泸水市", "60", "20"]
PLANS = [
    "项目编号",
    "项目名称",
    "项目状态",
    "牵头组织代码",
    "行业领域",
    "需求发布日期",
    "开工日期",
    "实际完成日期",
    "需求资金(元)",
    "主实施州市",
    "实施县(市、区)",
]
PLAN = [
    "P00901",
    "新项目",
    "实施中",
    "O000001",
    "教育扶贫",
    "2020-01-01",
    "2020-02-01",
    "",
    "50000",
    "怒江州",
    "泸水市；福贡县",
]
STATS = ["州市", "指标项", "数值", "单位"]
STAT = ["怒江州", "社工人才", "320", "人"]

SHOWN = [
    ("unit-in-the-format", '0.00"万元"', (12.5, 30), NO_UNIT, 425_000.0, None),
    ("unit-in-the-format-xls", '0.00"万元"', (12.5, 30), NO_UNIT, 425_000.0, "xls"),
    ("unit-in-the-format-ods", '0.00"万元"', (12.5, 30), NO_UNIT, 425_000.0, "ods"),
    ("header-and-format-agree", '0.00"万元"', (12.5, 30), IN_WAN, 425_000.0, None),
    ("yuan-shown-as-wan", '0!.0,"万"', (30_000, 45_000), NO_UNIT, 75_000.0, None),
    ("yuan-shown-as-wan-under-wan", "0!.0,", (30_000, 45_000), IN_WAN, 75_000.0, None),
    ("large-ones-shown-as-wan", '[>=10000]0!.0,"万";0"元"', (30_000, 800), HEAD, 30_800.0, None),
]

CASES = [
    # what must be accepted as it stands
    Case(
        "minimal",
        ACCEPT,
        text(HEAD, ONE, TWO),
        sums=3500.50,
        has={"stage": "到账", "county_code": "533301", "prefecture_code": "533300"},
    ),
    Case(
        "minimal-xlsx",
        ACCEPT,
        sheets(资金=[HEAD, [*ONE[:1], date(2020, 5, 12), *ONE[2:4], 1000, *ONE[5:]], row(TWO, 金额=2500.5)]),
        "xlsx",
        sums=3500.50,
    ),
    Case("bom", ACCEPT, text(HEAD, ONE, TWO, encoding="utf-8-sig")),
    Case("gbk", ACCEPT, text(HEAD, ONE, TWO, encoding="gb18030"), has={"source": "社会捐赠"}),
    Case("utf16-le", ACCEPT, raw(b"\xff\xfe" + text(HEAD, ONE, TWO, encoding="utf-16-le")())),
    Case("utf16-be", ACCEPT, raw(b"\xfe\xff" + text(HEAD, ONE, TWO, encoding="utf-16-be")())),
    Case("tabs", ACCEPT, text(HEAD, ONE, TWO, delimiter="\t"), "txt"),
    Case("semicolons", ACCEPT, text(HEAD, ONE, TWO, delimiter=";")),
    Case("old-mac-lines", ACCEPT, raw(text(HEAD, ONE, TWO)().replace(b"\r\n", b"\r"))),
    Case("other-order", ACCEPT, text(HEAD[::-1], ONE[::-1], TWO[::-1]), sums=3500.50),
    Case("cell-of-two-lines", ACCEPT, text(HEAD, row(备注="第一行\n第二行"), TWO)),
    Case(
        "optional-columns",
        ACCEPT,
        text(
            [*HEAD, "流水号", "环节", "接收组织代码", "品牌计划"],
            [*ONE, "F900001", "支出", "O000001", "PG-STFP"],
            [*TWO, "", "", "", ""],
        ),
        has={"fund_id": "F900001", "stage": "支出", "org_id": "O000001", "programme_code": "PG-STFP"},
    ),
    Case(
        "calc-xlsx",
        ACCEPT,
        sheets(资金=[HEAD, [*ONE[:1], date(2020, 5, 12), *ONE[2:4], 1000, *ONE[5:]], TWO]),
        "xlsx",
        converted="xlsx",
    ),
    Case(
        "calc-xls",
        ACCEPT,
        sheets(资金=[HEAD, [*ONE[:1], date(2020, 5, 12), *ONE[2:4], 1000, *ONE[5:]], row(TWO, 金额=2500.5)]),
        "xlsx",
        converted="xls",
        sums=3500.50,
    ),
    Case(
        "calc-ods",
        ACCEPT,
        sheets(资金=[HEAD, [*ONE[:1], date(2020, 5, 12), *ONE[2:4], 1000, *ONE[5:]], row(TWO, 金额=2500.5)]),
        "xlsx",
        converted="ods",
        sums=3500.50,
    ),
    Case("openpyxl", ACCEPT, opened(lambda book, sheet: None), "xlsx"),
    Case(
        "beneficiaries",
        ACCEPT,
        text(HELP, HELPED, row_two := [*HELPED[:2], "00000000000000ab", *HELPED[3:]]),
        has={"times": 1, "headcount": 1},
    ),
    Case("activities", ACCEPT, text(EVENTS, EVENT, ["2020-06-02", *EVENT[1:]]), has={"participants": 60}),
    Case("organizations", ACCEPT, text(ORGS, ORG), good=1, has={"is_yunnan": True, "is_seed_named": False}),
    Case(
        "projects",
        ACCEPT,
        text(PLANS, PLAN),
        good=1,
        has={"county_codes": ["533301", "533323"], "cross_province": "无"},
    ),
    Case(
        "reported-stats", CHANGED, text(STATS, STAT), good=1, has={"item_code": "SW_STOCK", "report_period": "2020Q2"}
    ),
    # titles, headers, totals, footers
    Case(
        "title-and-footer",
        ACCEPT,
        text(
            ["怒江州社会组织参与脱贫攻坚资金统计表"],
            [],
            HEAD,
            ONE,
            TWO,
            ["合计", "", "", "", "3500.5"],
            ["填表人：张某某", "", "审核人：李某"],
        ),
        dropped=2,
        has={"prefecture_code": "533300"},
    ),
    Case(
        "signed-in-cells-of-their-own",
        ACCEPT,
        text(["联系人", "王小明", "电话", MOBILE], HEAD, ONE, TWO, ["填表人", "王小明", "联系电话", "", MOBILE]),
        dropped=1,
    ),
    Case("empty-name-column", ACCEPT, with_column("姓名", ""), warned="DQ-20"),
    Case(
        "title-of-another",
        ACCEPT,
        text(["迪庆州资金表"], HEAD, ONE, TWO),
        warned="DQ-34",
        given={"prefecture": "533300"},
    ),
    Case("rows-on-a-sheet-called-guide", ACCEPT, sheets(说明=[HEAD, ONE, TWO]), "xlsx", sums=3500.50),
    Case(
        "two-line-header",
        ACCEPT,
        sheets(
            资金=[
                ["项目编号", "日期", "款物", None, None, "地区", None, "备注"],
                [None, None, "资金来源", "捐赠形式", "金额(元)", "州市", "县(市、区)", None],
                ONE,
                TWO,
            ],
            _more=lambda book, found: found[0].merge_range(0, 5, 0, 6, "地区"),
        ),
        "xlsx",
    ),
    Case(
        "unit-line-under-header",
        ACCEPT,
        text([*HEAD[:4], "金额", *HEAD[5:]], ["", "", "", "", "（万元）", "", "", ""], row(金额="0.1"), TWO),
        sums=25_006_000.0,
    ),
    Case("numbered-columns", ACCEPT, text(HEAD, ["1", "2", "3", "4", "5", "6", "7", "8"], ONE, TWO), dropped=1),
    Case("repeated-header", ACCEPT, text(HEAD, ONE, HEAD, TWO), dropped=1, sums=3500.50),
    Case(
        "blank-rows-and-columns",
        ACCEPT,
        sheets(资金=[[], [], ["", "", *HEAD], [], ["", "", *ONE], [], ["", "", *TWO]]),
        "xlsx",
    ),
    Case(
        "subtotals",
        ACCEPT,
        text(
            HEAD,
            ONE,
            ["小计", "", "", "", "1000"],
            TWO,
            ["小 计", "", "", "", "2500.50"],
            ["总计", "", "", "", "3500.50"],
        ),
        dropped=3,
        sums=3500.50,
    ),
    Case(
        "wrong-total",
        ACCEPT,
        text(HEAD, ONE, TWO, ["合计", "", "", "", "4500.50"]),
        dropped=1,
        warned="DQ-25",
        said="3,500.50",
    ),
    Case("serial-numbers-only", ACCEPT, text(["序号", *HEAD], ["1", *ONE], ["2", *TWO], ["3"], ["4"]), dropped=2),
    Case("two-sheets", ACCEPT, sheets(一月=[HEAD, ONE], 二月=[HEAD, TWO]), "xlsx", sums=3500.50),
    Case("sheet-without-table", ACCEPT, sheets(封面=[["报送材料"]], 资金=[HEAD, ONE, TWO]), "xlsx", warned="DQ-01"),
    Case(
        "hidden-row-and-column",
        ACCEPT,
        sheets(资金=[HEAD, ONE, TWO], _more=hidden_things),
        "xlsx",
        warned="DQ-35",
        said="第2行",
    ),
    Case(
        "hidden-sheet",
        ACCEPT,
        sheets(资金=[HEAD, ONE], 补充=[HEAD, TWO], _more=lambda book, found: found[1].hide()),
        "xlsx",
        warned="DQ-35",
    ),
    Case(
        "hidden-row-ods",
        ACCEPT,
        sheets(资金=[HEAD, ONE, TWO], _more=hidden_things),
        "xlsx",
        converted="ods",
        warned="DQ-35",
    ),
    Case(
        "merged-place",
        CHANGED,
        sheets(
            资金=[HEAD, ONE, row(TWO, 州市=None)], _more=lambda book, found: found[0].merge_range(1, 5, 2, 5, "怒江州")
        ),
        "xlsx",
        has={"prefecture_code": "533300"},
    ),
    Case(
        "merged-amount",
        ROW,
        sheets(
            资金=[HEAD, ONE, row(TWO, 金额=None)], _more=lambda book, found: found[0].merge_range(1, 4, 2, 4, "1000")
        ),
        "xlsx",
        rule="DQ-34",
        good=0,
        bad=(2, 3),
    ),
    Case(
        "continued-pages",
        ACCEPT,
        text(
            ["怒江州社会组织捐赠资金情况统计表"],
            HEAD,
            ONE,
            ["续表"],
            HEAD,
            TWO,
            ["", "", "", "", "", "", "", "第2页 共3页"],
            ["（续上表）"],
            ["接上页"],
            HEAD,
            row(备注="三"),
            ["以上合计", "", "", "", "4500.50"],
            ["本年累计", "", "", "", "15000"],
            ["— 2 —"],
        ),
        good=3,
        dropped=9,
        sums=4500.50,
    ),
    Case(
        "totals-of-places-and-numbered-notes",
        ACCEPT,
        text(
            HEAD,
            ONE,
            ["泸水市小计", "", "", "", "1000"],
            TWO,
            ["福贡县小计", "", "", "", "2500.50"],
            ["合计", "", "", "", "3500.50"],
            ["1.本表由州民政局填报"],
            ["2.数据截至2020年6月30日"],
        ),
        dropped=5,
        sums=3500.50,
    ),
    Case(
        "unit-below",
        CHANGED,
        text(NO_UNIT, row(金额="12.5"), row(TWO, 金额="3"), ["注：金额单位为万元"]),
        sums=155_000.0,
        dropped=1,
    ),
    Case(
        "unit-as-a-sentence",
        CHANGED,
        text(NO_UNIT, row(金额="12.5"), TWO, ["1.以上金额均以万元为单位。"]),
        sums=25_130_000.0,
        dropped=1,
    ),
    Case(
        "unit-in-the-name-of-the-sheet",
        CHANGED,
        sheets(**{"资金（万元）": [NO_UNIT, row(金额=12.5), row(TWO, 金额=3)]}),
        "xlsx",
        sums=155_000.0,
    ),
    Case(
        "unit-on-another-sheet",
        CHANGED,
        sheets(资金=[NO_UNIT, row(金额=12.5), row(TWO, 金额=3)], 编报说明=[["金额单位：万元"]]),
        "xlsx",
        sums=155_000.0,
    ),
    Case(
        "a-county-that-begins-with-yuan",
        CHANGED,
        text(["填报单位：元阳县民政局"], IN_WAN, row(金额="12.5"), row(TWO, 金额="3")),
        sums=155_000.0,
    ),
    Case("how-to-write-a-date", ACCEPT, text([HEAD[0], "日期(年月日)", *HEAD[2:]], ONE, TWO), sums=3500.50),
    Case(
        "link-in-a-name-that-nothing-uses",
        ACCEPT,
        sheets(资金=[HEAD, ONE, TWO], _more=lambda b, f: b.define_name("单位", "=[1]台账!$A$1")),
        "xlsx",
    ),
    Case(
        "picture-in-a-remark",
        CHANGED,
        sheets(资金=[HEAD, ONE, TWO], _more=lambda b, f: f[0].write_formula(1, 7, PICTURE, None, PICTURE)),
        "xlsx",
        said="图片没有读取",
    ),
    Case("picture-in-a-remark-of-a-text-file", CHANGED, text(HEAD, row(备注=PICTURE), TWO), said="图片没有读取"),
    # cells that are read although people write them their own way
    changed("full-width", {"amount_yuan": 12345.0}, 金额="１２，３４５"),
    changed("thousands", {"amount_yuan": 1234567.89}, 金额="1,234,567.89"),
    Case("unit-in-each-cell", CHANGED, text(NO_UNIT, row(金额="5.5万元"), row(TWO, 金额="300元")), sums=55_300.0),
    *(
        Case(name, CHANGED, shown(code, *amounts, head=head), "xlsx", sums=sums, converted=converted)
        for name, code, amounts, head, sums, converted in SHOWN
    ),
    changed("currency-sign", {"amount_yuan": 800.0}, 金额="￥800元"),
    changed("dots-in-date", {"event_date": "2020-05-12"}, 日期="2020.5.12"),
    changed("chinese-date", {"event_date": "2020-05-12"}, 日期="2020年5月12日"),
    changed("date-in-characters", {"event_date": "2020-05-12"}, 日期="二〇二〇年五月十二日"),
    changed("serial-date", {"event_date": "2020-05-12"}, 日期="43963"),
    changed("bare-place", {"prefecture_code": "533300", "county_code": "533324"}, 州市="怒江", 县="贡山"),
    changed("place-with-its-prefecture", {"county_code": "533325"}, 县="怒江州兰坪县"),
    changed(
        "official-names",
        {"county_code": "533324"},
        州市="云南省怒江傈僳族自治州",
        县="贡山独龙族怒族自治县",
        形式="现金",
    ),
    changed("other-word-for-goods", {"form": "物资"}, 形式="实物"),
    changed("blank-prefecture", {"prefecture_code": "533300"}, 州市=""),
    changed("dash-for-nothing", {"project_id": None}, 项目="—"),
    changed("not-allocated", {"county_code": None}, 县="州本级"),
    Case("codes-of-places", ACCEPT, text(HEAD, row(州市="533300", 县="533301"), TWO), has={"county_code": "533301"}),
    Case("name-and-code-agree", ACCEPT, text([*HEAD, "县代码"], [*ONE, "533301"], [*TWO, "533323"])),
    Case("header-in-wan", CHANGED, text(IN_WAN, row(金额="12.5"), row(TWO, 金额="3")), sums=155_000.0),
    Case("title-in-wan", CHANGED, text(["单位：万元"], NO_UNIT, row(金额="12.5"), row(TWO, 金额="3")), sums=155_000.0),
    Case("no-unit", ACCEPT, text(NO_UNIT, ONE, TWO), warned="DQ-09"),
    Case(
        "serial-1904",
        CHANGED,
        sheets(资金=[HEAD, row(日期=42501.0), TWO], _1904=True),
        "xlsx",
        has={"event_date": "2020-05-12"},
    ),
    Case(
        "date-1904",
        ACCEPT,
        sheets(资金=[HEAD, row(日期=date(2020, 5, 12)), TWO], _1904=True),
        "xlsx",
        has={"event_date": "2020-05-12"},
    ),
    Case(
        "date-with-time",
        CHANGED,
        sheets(
            资金=[HEAD, row(日期=datetime(2020, 5, 12, 8, 30)), TWO],
            _more=lambda b, f: f[0].write_datetime(
                1, 1, datetime(2020, 5, 12, 8, 30), b.add_format({"num_format": "yyyy-mm-dd hh:mm"})
            ),
        ),
        "xlsx",
        has={"event_date": "2020-05-12"},
    ),
    Case("formulas-with-results", CHANGED, sheets(资金=[HEAD, ONE, TWO], _more=formulas), "xlsx", sums=3500.50),
    Case(
        "organization-by-credit-code",
        CHANGED,
        text([*HEAD, "接收组织代码"], [*ONE, "53530000MJ00000016"], [*TWO, ""]),
        has={"org_id": "O000001"},
    ),
    Case("radicals-from-a-pdf", ACCEPT, text(HEAD, row(县="贡⼭县", 形式="资⾦"), TWO), has={"county_code": "533324"}),
    Case("radicals-unicode-does-not-decompose", ACCEPT, text(HEAD, row(州市="保山市", 县="⻰陵县")), good=1),
    changed("signs-of-direction", {"project_id": "P00001"}, 项目="\u200eP00001", 日期="\u202a2020-05-12\u202c"),
    Case(
        "guarded-text",
        ACCEPT,
        text(HEAD, row(项目='="P00001"', 金额='="1000"'), TWO),
        sums=3500.50,
        has={"project_id": "P00001"},
    ),
    Case(
        "hidden-direction-in-a-name",
        CHANGED,
        text(NAMED, [*ONE, "某\u202e有限公司", "企业"], [*TWO, "某商会", ""]),
        has={"donor_name": "某有限公司"},
    ),
    Case(
        "private-character",
        ACCEPT,
        text(NAMED, [*ONE, "怒江\ue123有限公司", "企业"], [*TWO, "某商会", ""]),
        has={"donor_name": "怒江\ue123有限公司"},
        warned="DQ-31",
    ),
    Case(
        "numbers-of-persons-around-a-table",
        ACCEPT,
        sheets(
            资金=[
                [f"怒江州资金表（{MOBILE}）", f"卡{CARD}"],
                HEAD,
                ONE,
                TWO,
                ["合计", f"经手{OLD_IDENTITY}", "", "", 3500.5],
                [f"注：可询{MOBILE}，{IDENTITY}"],
                [f"1.本表由{OLD_IDENTITY}填报"],
            ],
            别的=[[f"账号{CARD}"]],
            _more=lambda b, f: b.define_name(f"_{MOBILE}", "=资金!$A$1"),
        ),
        "xlsx",
        dropped=3,
    ),
    Case("number-in-a-header", FILE, with_column(f"经手{MOBILE}", "一科"), rule="DQ-01", said="已隐去"),
    Case(
        "number-in-a-sheet-name",
        ACCEPT,
        sheets(**{f"王某{MOBILE}": [HEAD, ONE, TWO]}),
        "xlsx",
        warned="DQ-20",
        said="没有保存",
    ),
    Case("own-apostrophe", ACCEPT, text([*HEAD, "捐赠人名称"], [*ONE, "'0123456789012有限公司"], [*TWO, "某有限公司"])),
    # accepted with a doubt
    Case("old-name", ACCEPT, text(HEAD, row(县="泸水县"), TWO), warned="DQ-03", has={"county_code": "533301"}),
    Case("old-code", ACCEPT, text(HEAD, row(县="533321"), TWO), warned="DQ-03", has={"county_code": "533301"}),
    Case("late", ACCEPT, text(HEAD, row(日期="2020-03-31"), TWO), warned="DQ-07", has={"report_period": "2020Q1"}),
    Case("goods-without-basis", ACCEPT, text(HEAD, row(形式="物资"), TWO), warned="DQ-10"),
    Case("very-large", ACCEPT, text(HEAD, row(金额="60000000"), TWO), warned="DQ-11"),
    Case("spent-more", ACCEPT, text([*HEAD, "环节"], [*row(金额="9000000"), "支出"], [*TWO, "到账"]), warned="DQ-12"),
    Case(
        "all-small", ACCEPT, text(HEAD, row(金额="5"), row(TWO, 金额="20"), row(TWO, 金额="44")), good=3, warned="DQ-09"
    ),
    Case("twice-the-same", ACCEPT, text(HEAD, ONE, ONE), warned="DQ-17"),
    Case(
        "several-prefectures-of-the-province",
        ACCEPT,
        text(HEAD, ONE, row(TWO, 州市="迪庆州", 县="德钦县")),
        given={"prefecture": "530000"},
    ),
    Case(
        "prefecture-of-its-counties",
        CHANGED,
        text(HEAD, row(州市=""), row(TWO, 州市="")),
        has={"prefecture_code": "533300"},
    ),
    Case("wrong-check-digit", ACCEPT, text(ORGS, [*ORG[:1], "51533300MJ00000010", *ORG[2:]]), good=1, warned="DQ-14"),
    Case("kind-against-code", ACCEPT, text(ORGS, [*ORG[:3], "基金会", *ORG[4:]]), good=1, warned="DQ-15"),
    Case("gaps", ACCEPT, text(HELP, HELPED), good=1, warned="DQ-23"),
    # rows that are refused
    bad("unknown-county", "DQ-02", "不在区划目录", 县="某某县"),
    bad("development-zone", "DQ-02", "功能区", 县="昆明经开区"),
    bad("new-district", "DQ-02", "功能区", 县="滇中新区"),
    bad("ditto", "DQ-31", "逐格填上", 来源="同上"),
    bad("ditto-sign", "DQ-31", "逐格填上", 州市="〃"),
    bad("picture-as-project", "DQ-31", "图片", 项目=PICTURE),
    bad("unknown-prefecture", "DQ-02", 州市="532900X"),
    bad("county-elsewhere", "DQ-04", "属于丽江市", 县="宁蒗县"),
    Case(
        "ambiguous-county",
        ROW,
        text(HEAD, row(州市="红河州", 县="红河"), TWO),
        rule="DQ-05",
        said="红河县（532529）",
        good=1,
        bad=(2,),
        given={"prefecture": "530000"},
    ),
    bad("ambiguous-pinyin", "DQ-05", "彝良县", 县="Yiliang"),
    bad("impossible-date", "DQ-06", 日期="2020-13-05"),
    bad("date-without-year", "DQ-06", 日期="5月12日"),
    bad("american-date", "DQ-06", 日期="05/12/2020"),
    bad("other-period", "DQ-07", 日期="2019-05-12"),
    bad("future", "DQ-07", 日期="2035-05-12"),
    bad("about-five-wan", "DQ-08", "约5万", 金额="约5万"),
    bad("zero", "DQ-08", 金额="0"),
    bad("negative", "DQ-08", "红冲", 金额="-500"),
    bad("wrong-grouping", "DQ-08", 金额="12,34"),
    bad("blank-amount", "DQ-31", "必填", 金额=""),
    bad("blank-prefecture-and-county", "DQ-31", "必填", 州市="", 县=""),
    Case(
        "blank-prefecture-from-the-province",
        ROW,
        text(HEAD, row(州市="", 县=""), row(TWO, 州市="迪庆州", 县="德钦县")),
        rule="DQ-31",
        good=1,
        bad=(2,),
        given={"prefecture": "530000"},
    ),
    bad("unknown-source", "DQ-31", "可填", 来源="其它"),
    bad("unknown-project", "DQ-18", 项目="P99999"),
    bad("malformed-project", "DQ-31", 项目="一号项目"),
    bad("formula-text", "DQ-29", 备注='=HYPERLINK("http://x")'),
    bad("at-sign", "DQ-29", 备注="@SUM(A1)"),
    bad("identity-in-a-remark", "DQ-20", "身份证号", 备注=f"受益人{IDENTITY}"),
    bad("identity-in-full-width", "DQ-20", "身份证号", 备注="５３２５０１ １９９００１０１ １２３９"),
    bad("old-identity-in-a-remark", "DQ-20", "身份证号", 备注=f"受益人{OLD_IDENTITY}"),
    bad("card-in-a-remark", "DQ-20", "银行卡号", 备注=CARD),
    bad("dotted-mobile", "DQ-20", "手机号", 备注="138.1234.5678"),
    Case(
        "old-identity-as-a-number",
        ROW,
        sheets(资金=[HEAD, row(备注=int(OLD_IDENTITY)), row(TWO, 金额=2500.5)]),
        "xlsx",
        rule="DQ-20",
        good=1,
        bad=(2,),
    ),
    Case(
        "card-as-amount",
        ROW,
        sheets(资金=[HEAD, row(金额=int(OLD_IDENTITY)), TWO]),
        "xlsx",
        rule="DQ-20",
        good=1,
        bad=(2,),
    ),
    Case(
        "bell-in-a-name",
        ROW,
        text(NAMED, [*ONE, "某\a有限公司", "企业"], [*TWO, "某商会", ""]),
        rule="DQ-31",
        good=1,
        bad=(2,),
    ),
    bad("mobile-in-a-remark", "DQ-20", "手机号", 备注="电话138-1234-5678"),
    Case(
        "mobile-as-a-number",
        ROW,
        sheets(资金=[HEAD, row(备注=13812345678), TWO]),
        "xlsx",
        rule="DQ-20",
        good=1,
        bad=(2,),
    ),
    Case(
        "identity-as-a-number",
        ROW,
        sheets(资金=[HEAD, row(备注=532501199001011239), TWO]),
        "xlsx",
        rule="DQ-20",
        good=1,
        bad=(2,),
    ),
    Case(
        "person-as-donor",
        ROW,
        text(NAMED, [*ONE, "王小明", "个人"], [*TWO, "某某有限公司", "企业"]),
        rule="DQ-20",
        good=1,
        bad=(2,),
    ),
    Case(
        "perhaps-a-person",
        ROW,
        text(NAMED, [*ONE, "王小明", ""], [*TWO, "某某商会", ""]),
        rule="DQ-20",
        good=1,
        bad=(2,),
    ),
    Case(
        "unquoted-thousands",
        ROW,
        raw(text(HEAD, ONE, TWO)().replace(b",1000,", b",1,000.00,")),
        rule="DQ-01",
        good=1,
        bad=(2,),
    ),
    Case("cut-in-the-last-line", ROW, cut(HEAD, ONE, TWO, keep=",250"), rule="DQ-33", said="只有5格", good=1, bad=(3,)),
    Case(
        "cut-in-the-last-amount",
        ROW,
        cut(LAST_IS_MONEY, [*ONE[:4], *ONE[5:], "1000"], [*TWO[:4], *TWO[5:], "2500.50"], keep=",250"),
        rule="DQ-33",
        said="没有换行",
        good=1,
        bad=(3,),
        sums=1000,
    ),
    Case(
        "cut-in-the-total",
        ACCEPT,
        cut(HEAD, ONE, TWO, ["合计", "", "", "", "3500.50"], keep="3500"),
        dropped=1,
        warned="DQ-33",
    ),
    Case("short-line", ROW, text(HEAD, ONE[:5], TWO), rule="DQ-33", said="重新导出", good=1, bad=(2,)),
    Case(
        "other-sender",
        ROW,
        text(HEAD, ONE, row(TWO, 州市="迪庆州", 县="德钦县")),
        rule="DQ-04",
        good=1,
        bad=(3,),
        given={"prefecture": "533300"},
    ),
    Case(
        "name-against-code",
        ROW,
        text([*HEAD, "县代码"], [*ONE, "533323"], [*TWO, "533323"]),
        rule="DQ-04",
        good=1,
        bad=(2,),
    ),
    Case(
        "error-value",
        ROW,
        sheets(资金=[HEAD, row(金额=None), TWO], _more=lambda b, f: f[0].write_formula(1, 4, "=1/0", None, "#DIV/0!")),
        "xlsx",
        rule="DQ-32",
        good=1,
        bad=(2,),
    ),
    Case(
        "error-value-ods",
        ROW,
        sheets(资金=[HEAD, row(备注=None), TWO], _more=lambda b, f: f[0].write_formula(1, 7, "=1/0", None, "#DIV/0!")),
        "xlsx",
        rule="DQ-32",
        good=1,
        bad=(2,),
        converted="ods",
    ),
    Case(
        "error-value-xls",
        ROW,
        sheets(资金=[HEAD, row(项目=None), TWO], _more=lambda b, f: f[0].write_formula(1, 0, "=1/0", None, "#DIV/0!")),
        "xlsx",
        rule="DQ-32",
        said="#DIV/0!",
        good=1,
        bad=(2,),
        converted="xls",
    ),
    Case(
        "error-value-in-a-cell-without-a-place",
        ROW,
        bare_cells(bare(HEAD), bare(['<c t="e"><v>#N/A</v></c>', *ONE[1:]]), bare(TWO)),
        "xlsx",
        rule="DQ-32",
        good=1,
        bad=(2,),
    ),
    Case(
        "errors-in-equal-rows-of-an-ods",
        ROW,
        sheets(
            资金=[HEAD, row(备注=None, 金额=5), row(备注=None, 金额=5), TWO],
            _more=lambda b, f: [f[0].write_formula(n, 7, "=1/0", None, "#DIV/0!") for n in (1, 2)],
        ),
        "xlsx",
        rule="DQ-32",
        good=1,
        bad=(2, 3),
        converted="ods",
    ),
    Case("equal-rows-shown-in-wan-ods", CHANGED, repeated_in_ods, "ods", good=4, sums=500_000.0),
    Case(
        "cell-twice",
        FILE,
        bare_cells(bare(HEAD), bare([*ONE[:3], '<c r="D2"><v>5</v></c><c r="D2"><v>6</v></c>', *ONE[5:]])),
        "xlsx",
        rule="DQ-33",
        said="丢数",
    ),
    Case("per-cent-as-amount", ROW, shown("0%", 0.5, 30), "xlsx", rule="DQ-08", said="50%", good=0, bad=(2, 3)),
    Case(
        "formula-without-result",
        ROW,
        opened(lambda book, sheet: sheet.__setitem__("E2", "=500*2")),
        "xlsx",
        rule="DQ-32",
        good=1,
        bad=(2,),
    ),
    Case(
        "dangerous-formula",
        ROW,
        sheets(
            资金=[HEAD, ONE, TWO], _more=lambda b, f: f[0].write_formula(1, 7, '=HYPERLINK("http://x","y")', None, "y")
        ),
        "xlsx",
        rule="DQ-29",
        good=1,
        bad=(2,),
    ),
    Case(
        "key-twice",
        ROW,
        text([*HEAD, "流水号"], [*ONE, "F900001"], [*TWO, "F900001"]),
        rule="DQ-16",
        good=0,
        bad=(2, 3),
    ),
    Case(
        "row-twice-with-key",
        ROW,
        text([*HEAD, "流水号"], [*ONE, "F900001"], [*ONE, "F900001"]),
        rule="DQ-16",
        good=1,
        bad=(3,),
    ),
    Case(
        "destroyed-code",
        ROW,
        sheets(组织=[ORGS, [ORG[0], 5.15333e17, *ORG[2:]]]),
        "xlsx",
        rule="DQ-13",
        said="文本格式",
        good=0,
        bad=(2,),
    ),
    Case(
        "scientific-code",
        ROW,
        text(ORGS, [ORG[0], "5.15333E+17", *ORG[2:]]),
        rule="DQ-13",
        said="文本格式",
        good=0,
        bad=(2,),
    ),
    Case("short-code", ROW, text(ORGS, [ORG[0], "5153330", *ORG[2:]]), rule="DQ-13", good=0, bad=(2,)),
    Case(
        "fundraising-without-charity",
        ROW,
        text([*ORGS, "公开募捐资格取得日期"], [*ORG, "2019-01-01"]),
        rule="DQ-27",
        good=0,
        bad=(2,),
    ),
    Case("more-members-than-people", ROW, text(EVENTS, [*EVENT[:6], "80"]), rule="DQ-28", good=0, bad=(2,)),
    Case(
        "finished-before-begun", ROW, text(PLANS, [*PLAN[:7], "2020-01-15", *PLAN[8:]]), rule="DQ-19", good=0, bad=(2,)
    ),
    Case("finished-without-date", ROW, text(PLANS, [*PLAN[:2], "已完成", *PLAN[3:]]), rule="DQ-19", good=0, bad=(2,)),
    Case(
        "large-household",
        ROW,
        text(HELP, [*HELPED[:1], "家庭", HELPED[2], "48", *HELPED[4:]]),
        rule="DQ-21",
        good=0,
        bad=(2,),
    ),
    Case("two-persons-in-one", ROW, text(HELP, [*HELPED[:3], "2", *HELPED[4:]]), rule="DQ-21", good=0, bad=(2,)),
    Case("two-homes", ROW, text(HELP, HELPED, [*HELPED[:5], "福贡县", *HELPED[6:]]), rule="DQ-34", good=0, bad=(2, 3)),
    Case("identity-as-key", ROW, text(HELP, [*HELPED[:2], IDENTITY, *HELPED[3:]]), rule="DQ-20", good=0, bad=(2,)),
    bad("hidden-in-feedback", "DQ-31", "隐去", 县="〔已隐去〕"),
    # files that are refused
    Case("name-column", FILE, with_column("受益人姓名", "王小明"), rule="DQ-20", said="受益人姓名"),
    Case("identity-column", FILE, with_column("身份证号码", IDENTITY), rule="DQ-20"),
    Case("phone-column", FILE, with_column("联系电话", MOBILE), rule="DQ-20"),
    Case("unknown-column", FILE, with_column("经办科室", "一科"), rule="DQ-01", said="经办科室"),
    Case("missing-column", FILE, text(HEAD[:3] + HEAD[4:], ONE[:3] + ONE[4:]), rule="DQ-01", said="捐赠形式"),
    Case("two-amounts", FILE, text([*HEAD, "捐赠金额(元)"], [*ONE, "5"], [*TWO, "6"]), rule="DQ-34"),
    Case(
        "format-against-header", FILE, shown('0.00"万元"', 12.5, 30, head=HEAD), "xlsx", rule="DQ-34", said="第2、3行"
    ),
    Case(
        "scale-against-header", FILE, shown("0!.0,", 30_000, 45_000, head=HEAD), "xlsx", rule="DQ-34", said="第2、3行"
    ),
    Case("thousands-under-wan", FILE, shown("#,##0,", 30_000, 45_000, head=IN_WAN), "xlsx", rule="DQ-34"),
    Case("dollars-in-the-format", FILE, shown("[$$-409]#,##0.00", 1_000, 2_000), "xlsx", rule="DQ-34", said="单位不明"),
    Case(
        "mixed-units",
        FILE,
        text(NO_UNIT, row(金额="5.5万元"), row(TWO, 金额="1200"), row(TWO, 金额="12.5")),
        rule="DQ-34",
        said="第2行写的或显示的单位是“万元”，第3、4行没有写单位",
    ),
    Case("cell-against-header", FILE, text(HEAD, row(金额="5.5万元"), TWO), rule="DQ-34", said="第2行"),
    Case("units-disagree", FILE, text(["单位：万元"], HEAD, ONE, TWO), rule="DQ-34"),
    Case("no-header", FILE, text(ONE, TWO), rule="DQ-01", said="找不到"),
    Case("header-only", FILE, text(HEAD), rule="DQ-33", said="没有数据行"),
    Case(
        "several-prefectures-of-nobody",
        FILE,
        text(HEAD, ONE, row(TWO, 州市="迪庆州", 县="德钦县")),
        rule="DQ-34",
        said="--prefecture",
    ),
    Case("two-headers", FILE, text(HEAD, ONE, HEAD[::-1], TWO[::-1]), rule="DQ-34"),
    Case("two-tables", FILE, sheets(资金=[HEAD, ONE], 活动=[EVENTS, EVENT]), "xlsx", rule="DQ-34", said="--table"),
    Case("empty", FILE, raw(b""), rule="DQ-33", said="空"),
    Case("blank", FILE, raw(b"\r\n \r\n"), rule="DQ-33"),
    Case(
        "half-and-half", FILE, raw(text(HEAD, ONE)() + text(TWO, encoding="gb18030")()), rule="DQ-33", said="编码混杂"
    ),
    Case("control-characters", FILE, raw(text(HEAD, ONE)().replace(b"1000", b"10\x0000")), rule="DQ-33"),
    Case(
        "stray-quote",
        FILE,
        raw(text(HEAD, ONE, TWO)().replace("自筹".encode(), '"自筹'.encode())),
        rule="DQ-33",
        said="引号",
    ),
    Case(
        "swallowed-rows",
        FILE,
        raw(
            text(HEAD, ONE, TWO, row(TWO, 备注="x"))()
            .replace("社会捐赠".encode(), '"社会捐赠'.encode())
            .replace(b",x", b',x"')
        ),
        rule="DQ-33",
        said="引号",
    ),
    Case("encrypted-zip", FILE, encrypted, "xlsx", rule="DQ-33", said="密码"),
    Case(
        "encrypted-office",
        FILE,
        lambda: compound("EncryptionInfo", "EncryptedPackage"),
        "xlsx",
        rule="DQ-33",
        said="密码",
    ),
    Case(
        "macros", FILE, packed({"xl/vbaProject.bin": b"x"}, sheets(资金=[HEAD, ONE])), "xlsx", rule="DQ-33", said="宏"
    ),
    Case("macros-in-xls", FILE, lambda: compound("Workbook", "_VBA_PROJECT_CUR"), "xls", rule="DQ-33", said="宏"),
    Case(
        "formula-that-reads-another-file",
        FILE,
        sheets(资金=[HEAD, ONE], _more=lambda b, f: f[0].write_formula(1, 4, "=[1]台账!$A$1*2", None, 1000)),
        "xlsx",
        rule="DQ-33",
        said="外部链接",
    ),
    Case(
        "formula-with-a-name-of-another-file",
        FILE,
        sheets(
            资金=[HEAD, ONE],
            _more=lambda b, f: (
                b.define_name("单价", "=[1]台账!$A$1"),
                f[0].write_formula(1, 4, "=单价*2", None, 1000),
            ),
        ),
        "xlsx",
        rule="DQ-33",
        said="外部链接",
    ),
    Case(
        "document-type-in-a-part",
        FILE,
        packed(
            {"docProps/more.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
            sheets(资金=[HEAD, ONE]),
        ),
        "xlsx",
        rule="DQ-33",
        said="DTD",
    ),
    Case(
        "row-number-twice",
        FILE,
        bare_cells(bare(HEAD), bare(ONE), bare(TWO), row='<row r="1">'),
        "xlsx",
        rule="DQ-33",
        said="丢行",
    ),
    Case(
        "unit-on-another-sheet-against-the-header",
        FILE,
        sheets(资金=[HEAD, ONE, TWO], 编报说明=[["本表金额单位：万元"]]),
        "xlsx",
        rule="DQ-34",
    ),
    Case("bomb", FILE, bomb, "xlsx", rule="DQ-33", said="压缩"),
    Case(
        "many-parts", FILE, packed({f"p{n}": b"" for n in range(3_100)}, sheets(资金=[HEAD, ONE])), "xlsx", rule="DQ-33"
    ),
    Case("far-cell", FILE, sheets(资金=[HEAD, ONE], _more=far_cell), "xlsx", rule="DQ-33", said="内存"),
    Case("other-document", FILE, packed({"word/document.xml": b"<x/>"}), "xlsx", rule="DQ-33"),
    Case("xlsx-called-xls", FILE, sheets(资金=[HEAD, ONE]), "xls", rule="DQ-33", said="扩展名"),
    Case("csv-called-xlsx", FILE, text(HEAD, ONE), "xlsx", rule="DQ-33", said="扩展名"),
    Case("xlsx-called-csv", FILE, sheets(资金=[HEAD, ONE]), "csv", rule="DQ-33", said="扩展名"),
    Case(
        "web-page-called-xls",
        FILE,
        raw(b"<html><table><tr><td>x</td></tr></table></html>"),
        "xls",
        rule="DQ-33",
        said="网页",
    ),
    Case("pdf-called-csv", FILE, raw(b"%PDF-1.7"), "csv", rule="DQ-33", said="PDF"),
    Case("macro-extension", FILE, sheets(资金=[HEAD, ONE]), "xlsm", rule="DQ-33", said="扩展名"),
    Case("cut-off", FILE, lambda: sheets(资金=[HEAD, ONE])()[:2_000], "xlsx", rule="DQ-33", said="损坏"),
    Case("cut-off-xls", FILE, lambda: compound("Workbook"), "xls", rule="DQ-33"),
]
