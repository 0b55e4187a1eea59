"""What rows of funds must keep: donors are no persons, goods have a basis, amounts are likely, nothing twice."""

from collections import Counter
from decimal import Decimal

from yunnan.ingest import personal, places
from yunnan.ingest.rows import Rows

LARGE = Decimal(50_000_000)


def check(rows: Rows) -> None:
    """Donors, valuations and amounts of each row (DQ-09, DQ-10, DQ-11, DQ-20)."""
    before = rows.context.received_in(rows.quarter.start.year - 1)
    amounts, forms_, bases = rows.column("amount_yuan"), rows.column("form"), rows.column("valuation_basis")
    stages, projects = rows.column("stage"), rows.column("project_id")
    donors, kinds = rows.column("donor_name"), rows.column("donor_type")
    for i in range(len(rows)):
        if donors[i]:
            _donor(rows, i, donors[i], kinds[i])
        if forms_[i] == "物资" and not bases[i]:
            rows.warn(i, "valuation_basis", "DQ-10", "物资没有折价依据；请补发票、评估、市场价或捐赠方声明")
        if amounts[i] is not None:
            _large(rows, i, amounts[i], before)
        if stages[i] == "支出" and not projects[i]:
            rows.warn(i, "project_id", "DQ-18", "支出没有写项目编号；请补上")
    _units(rows, amounts, kinds)


def _donor(rows: Rows, i: int, name: str, kind: str | None) -> None:
    named = rows.sheets[i], rows.numbers[i], rows.head("donor_name")
    if kind == "个人":
        rows.secrets.add(named)
        rows.refuse(i, "donor_name", "DQ-20", "个人捐赠人的名称不得报送；请清空这一格再报（内容没有保存）")
    elif kind in (None, "港澳台同胞", "海外侨胞") and personal.may_be_a_name(name):
        rows.secrets.add(named)
        rows.refuse(
            i, "donor_name", "DQ-20", "像是个人姓名；个人请清空这一格，单位请写全称或填捐赠人类型（内容没有保存）"
        )


def _large(rows: Rows, i: int, amount: Decimal, before: dict[str, float]) -> None:
    last_year = before.get(rows.values["prefecture_code"][i] or "", 0.0)
    if amount > LARGE:
        rows.warn(i, "amount_yuan", "DQ-11", f"单笔{amount:,}元，超过5000万元；请核对单位与小数点")
    elif last_year > 0 and float(amount) > last_year / 2:
        rows.warn(i, "amount_yuan", "DQ-11", f"单笔{amount:,}元，超过本州市上年到账总额的一半；请核对单位与小数点")


def _units(rows: Rows, amounts: list, kinds: list) -> None:
    """A column of yuan that is small throughout, or one of 万元 with a million in it, is probably in the other unit."""
    given = [amount for amount in amounts if amount is not None]
    if len(given) >= 3 and max(given) < 1_000:
        first = amounts.index(given[0])
        message = "整列金额都不到1000元，疑似把万元填在以元为单位的列里；请核对单位"
        rows.warn(first, "amount_yuan", "DQ-09", message)
    for i, amount in enumerate(amounts):
        if amount is not None and amount >= 10_000_000_000:
            rows.warn(i, "amount_yuan", "DQ-09", "一笔在100亿元以上，疑似把元填在以万元为单位的列里；请核对单位")
        elif amount is not None and amount < 100 and amount == int(amount) and kinds[i] == "企业":
            rows.warn(i, "amount_yuan", "DQ-09", "企业捐赠不到100元，疑似把万元填在以元为单位的列里；请核对单位")


def repeated(rows: Rows) -> None:
    """The same organization, date, amount and project twice is probably the same money twice."""
    columns = [rows.column(name) for name in ("org_id", "event_date", "amount_yuan", "project_id", "stage", "form")]
    marks = list(zip(*columns, strict=True))
    seen: dict[tuple, int] = {}
    for i in rows.good():
        first = seen.setdefault(marks[i], i)
        if first != i and not rows.column("is_reversal")[i]:
            rows.warn(
                i,
                "amount_yuan",
                "DQ-17",
                f"与第{rows.numbers[first]}行的组织、日期、金额、项目都相同，疑似重复；请核对",
            )


def overspent(rows: Rows) -> None:
    """More spent than received on a project, over all time, with this return's rows."""
    balances = rows.context.balance((rows.sender or places.PROVINCE, rows.quarter.name))
    received: Counter = Counter({project: sums[0] for project, sums in balances.items()})
    spent: Counter = Counter({project: sums[1] for project, sums in balances.items()})
    last: dict[str, int] = {}
    columns = zip(
        rows.column("project_id"),
        rows.column("stage"),
        rows.column("amount_yuan"),
        rows.column("is_reversal"),
        strict=True,
    )
    for i, (project, stage, amount, is_reversal) in enumerate(columns):
        if i in rows.wrong or not project:
            continue
        signed = -amount if is_reversal else amount
        if stage == "到账":
            received[project] += signed
        elif stage == "支出":
            spent[project] += signed
            last[project] = i
    for project, i in last.items():
        if spent[project] > received[project]:
            rows.warn(
                i,
                "amount_yuan",
                "DQ-12",
                f"项目{project}支出累计{spent[project]:,.2f}元，大于到账累计{received[project]:,.2f}元；请核对",
            )


def count(rows: Rows) -> None:
    """Let the context know what a return received and spent, instead of what stood of its sender and quarter."""
    context, quarter = rows.context, rows.quarter.name
    standing = context.balances
    context.balances = [one for one in standing if one[2] != quarter or rows.sender not in (places.PROVINCE, one[1])]
    names = ("project_id", "prefecture_code", "stage", "amount_yuan", "is_reversal")
    lines = list(zip(*map(rows.column, names), strict=True))
    for project, place, stage, amount, is_reversal in (lines[i] for i in rows.good()):
        yuan = float(-amount if is_reversal else amount)
        context.balances.append((project, place, quarter, yuan * (stage == "到账"), yuan * (stage == "支出")))
