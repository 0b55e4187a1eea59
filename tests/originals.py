"""Originals as other systems export them: made-up files of the same columns as the real ones."""

from pathlib import Path

import openpyxl

from yunnan.ingest import credit_codes

PERSON, HOME = "段无名", "某某镇虚构路七号"
REGISTER = (
    *("社会组织名称", "登记管理机关", "业务主管单位", "法定代表人", "成立登记日期", "注册资金", "登记状态"),
    *("社会组织类型", "证书有效期", "住所", "业务范围"),
    *("异常活动名录_序号", "异常活动名录_列入时间", "异常活动名录_列入事由", "异常活动名录_移出时间"),
    *("异常活动名录_移出事由", "严重违法失信名单_序号", "严重违法失信名单_列入时间", "严重违法失信名单_列入事由"),
    *("严重违法失信名单_移出时间", "严重违法失信名单_移出事由", "统一社会信用代码"),
)
CUT = ("社会组织名称", "统一社会信用代码", "登记管理机关", "业务主管单位", "法定代表人", "成立登记日期", "登记状态")
CHARITIES = (
    *("慈善组织名称", "统一社会信用代码", "登记管理机关", "成立时间", "法定代表人", "是否具有公开募捐资格"),
    "认定时间",
)
LEDGER = (
    *("序号", "统一社会信用代码", "社会组织名称", "社会组织类型", "登记管理机关", "业务主管单位", "法定代表人"),
    *("住所", "成立日期", "登记状态", "评估等级", "年检结论", "是否慈善组织", "党组织情况", "党员人数"),
)
COUNTY = (
    *("组织编号", "统一社会信用代码", "组织名称", "组织类型", "登记层级", "登记机关", "登记州市", "登记县(市、区)"),
    *("业务主管单位", "成立登记日期", "组织状态", "党组织覆盖方式", "评估等级"),
)


def code(kind: str, place: str, number: int) -> str:
    """A credit code of civil affairs: kind 1, 2 or 3, the authority's place, a number."""
    body = f"5{kind}{place}MJ{number:07d}"
    return body + credit_codes.check_digit(body)


def registered(number: int, name: str, state: str = "正常", unit: str = "怒江州农业农村局") -> tuple:
    """A line of the public register."""
    last = (*("",) * 10, code("1", "533300", number))
    return (
        *(name, "怒江傈僳族自治州民政局", unit, PERSON, "2016-03-08", "3万元", state, "社会团体"),
        *("2023-03-08至2028-03-08", HOME, f"咨询服务，联系人{PERSON}", *last),
    )


def write(path: Path, head: tuple, *rows: tuple) -> Path:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (head, *rows):
        sheet.append([cell if cell != "" else None for cell in row])
    book.save(path)
    return path
