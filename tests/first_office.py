"""An office made up for tests: 3 prefectures, 40 organizations, 60 projects, 15 quarters, and the files it sends."""

import csv
import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests import office
from yunnan.words import geography

QUARTERS = [f"{year}Q{n}" for year in range(2023, 2027) for n in range(1, 5)][:15]
SENDERS = {"533300": 16, "532600": 14, "533400": 10}  # prefecture -> how many organizations it has
PROJECTS_EACH = 20
HELPED = 60  # people helped by each prefecture in a quarter, others each time
SECTORS = ("产业振兴", "人才振兴", "文化振兴", "生态振兴", "组织振兴")
SOURCES = ("社会捐赠", "公益彩票", "衔接补助", "沪滇协作")
UNITS = ("省民政厅", "省农业农村厅", "省科协")

KINDS = (  # of activities: category, the office's word, what it counts as
    *(("党建", "主题教育", ""), ("党建", "党群活动", ""), ("政策宣传", "政策宣讲", "")),
    *(("培训", "头雁培训", "领头雁培训"), ("业务指导", "协调会议", ""), ("交流推进", "推进会", "")),
    *(("交流推进", "跨省交流", ""), ("协议签署", "协议签署", ""), ("专家行动", "专家行", "牵手计划行动")),
    ("专家行动", "三区计划派遣", ""),
)
LISTS = [
    *(("行业领域", sector, sector, str(n), "乡村振兴规划", "") for n, sector in enumerate(SECTORS, 1)),
    ("对象类别", "脱贫人口", "脱贫人口", "1", "防返贫监测办法", "帮扶人口"),
    ("对象类别", "监测对象", "监测对象", "2", "防返贫监测办法", ""),
    ("帮扶方式", "就业帮扶", "就业帮扶", "1", "乡村振兴规划", "技能培训"),
    ("帮扶方式", "富民贷", "富民贷", "2", "乡村振兴规划", "小额信贷"),
    ("资金来源", "社会捐赠", "社会捐赠", "1", "统计办法", ""),
    ("资金来源", "公益彩票", "公益彩票", "2", "统计办法", "福彩公益金"),
    ("资金来源", "衔接补助", "衔接补助", "3", "统计办法", "中央财政"),
    ("资金来源", "沪滇协作", "沪滇协作", "4", "统计办法", "东西部协作"),
    ("项目状态", "在建", "在建", "1", "统计办法", "实施中"),
    ("项目状态", "已完成", "已完成", "2", "统计办法", ""),
    ("组织状态", "存续", "存续", "1", "统计办法", "正常"),
    ("文件效力", "有效", "有效", "1", "统计办法", "现行"),
    *(
        ("活动小类", word, word, str(n), "统计办法", meaning)
        for n, (_, word, meaning) in enumerate(
            [*KINDS, ("党建", "支部规范化验收", ""), ("交流推进", "文艺下乡", "文艺活动")], 1
        )
    ),
    *(("业务主管单位", unit, unit, str(n), "三定方案", "") for n, unit in enumerate(UNITS, 1)),
]
ORGANIZATIONS = (
    *("组织编号", "组织名称", "组织类型", "登记层级", "登记机关区划", "登记州市", "登记县(市、区)", "业务主管单位"),
    *("成立登记日期", "组织状态", "党组织覆盖方式", "党组织覆盖日期", "党的工作覆盖日期", "支部规范化达标日期"),
    *("登记同步", "年检同步", "评估同步", "年检年度", "年检结论", "评估等级", "评估日期", "慈善组织认定日期"),
    *("公开募捐资格取得日期", "税前扣除资格年度", "税前扣除资格层级", "政策宣传时机", "政策宣传日期", "社工服务机构"),
)
PROJECTS = (
    *(
        "项目编号",
        "项目名称",
        "项目状态",
        "牵头组织编号",
        "合作组织",
        "业务主管单位",
        "行业领域",
        "品牌计划",
        "帮扶类型",
    ),
    *("需求发布日期", "对接日期", "开工日期", "计划完成日期", "需求资金", "获批资金", "主实施州市", "实施县(市、区)"),
    *("省外合作方", "典型案例"),
)
MONEY = ("日期", "环节", "资金来源", "形式", "金额(元)", "受益州市", "受益县(市、区)", "项目编号", "接收组织")
PEOPLE = (
    *("服务日期", "项目编号", "对象类型", "对象匿名键", "人数", "常住州市", "常住县(市、区)", "对象类别", "帮扶方式"),
    *("性别", "年龄段", "民族"),
)
ACTIVITIES = (
    "日期",
    "活动大类",
    "活动小类",
    "主办组织代码",
    "举办州市",
    "参加人数",
    "其中党员",
    "其中本土社工",
    "合作方地区",
)
STATS = ("报告期", "州市", "指标项", "数值", "单位")


def write(folder: Path) -> None:
    """Every file that the office sends, by the name that its commands use."""
    registers = {
        "阶段": (office.STAGES, [office.LINKING]),
        "代码": ((*office.WORDS[:3], "排列顺序", "依据", "指标里算作"), LISTS),
        "目标": (
            office.TARGETS,
            [
                (*row[:1], str(year), *row[2:])
                for row in (office.MONEY, office.RATE)
                for year in (2023, 2024, 2025, 2026)
            ],
        ),
        "文件": (office.DOCUMENTS, [(*paper[:-1], "有效") for paper in (office.NOTICE, office.PLAN)]),
        "名单": (
            office.TRAITS,
            [
                *office.LISTED,
                ("帮扶重点州", "怒江州", "倾斜州市", "2022-01-01", "", "省里的通知"),
                ("边境幸福村所在县", "泸水市", "", "2022-01-01", "", "省里的通知"),
            ],
        ),
        "结对": (
            office.PAIRINGS,
            [office.PAIR, ("怒江州", "东西部协作", "上海市静安区", "2021-06-01", "", "调整结对关系的通知")],
        ),
        "计划": (office.PROGRAMMES, [office.PROGRAMME]),
    }
    for name, (head, rows) in registers.items():
        _write(folder / f"{name}.csv", head, rows)
    for sender in SENDERS:
        tables = {"组织": (ORGANIZATIONS, _organizations), "项目": (PROJECTS, _projects), "资金": (MONEY, _money),
                  "受益": (PEOPLE, _people), "活动": (ACTIVITIES, _activities), "统计": (STATS, _stats)}  # fmt: skip
        for name, (head, rows) in tables.items():
            _write(folder / f"{name}_{sender}.csv", head, list(rows(sender)))


def received(sender: str) -> int:
    """The yuan that a prefecture received in all quarters, from the amounts as they are written into its file."""
    return moved(sender, "到账")


def moved(sender: str, stage: str, *sources: str, year: str = "") -> int:
    """The yuan of a stage, of these sources or of all, in a year or in all quarters, as a prefecture wrote them."""
    rows = (row for row in _money(sender) if row[1] == stage and row[0].startswith(year))
    return sum(int(row[4]) for row in rows if not sources or row[2] in sources)


def _write(file: Path, head: tuple, rows: list[tuple]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as lines:
        csv.writer(lines).writerows([head, *rows])


def _county(sender: str, n: int) -> str:
    counties = geography.counties(sender)
    return counties[n % len(counties)].name_zh


def _name(sender: str) -> str:
    return next(place.name_zh for place in geography.prefectures() if place.code == sender)


def _number(sender: str, n: int) -> str:
    return f"{list(SENDERS).index(sender) + 1}{n:05d}"


def _starts() -> Iterator[tuple[str, date]]:
    for quarter in QUARTERS:
        year, n = int(quarter[:4]), int(quarter[-1])
        yield quarter, date(year, 3 * n - 2, 1)


def _organizations(sender: str) -> Iterator[tuple]:
    for n in range(SENDERS[sender]):
        covered = n % 4 != 3
        day = "2022-06-01" if covered else ""
        charity = "2022-09-05" if n % 5 == 0 else ""
        yield (
            f"O{_number(sender, n)}", f"{_name(sender)}第{n + 1}助农协会", "社会团体", "县级", _county(sender, n),
            _name(sender), _county(sender, n), UNITS[n % len(UNITS)], "2019-03-01", "存续",
            "单独成立" if covered else "未覆盖", day, day, "2023-05-04" if n % 4 == 0 else "", "是",
            "是" if covered else "否", "是" if n % 3 else "", "2025", "合格", "3A" if n % 3 else "未评估",
            "2024-05-06" if n % 3 else "", charity, charity, "2025;2026" if charity else "", "省级" if charity else "",
            "年检", "2025-04-01", "是" if n % 6 == 0 else "否",
        )  # fmt: skip


def _projects(sender: str) -> Iterator[tuple]:
    for n in range(PROJECTS_EACH):
        begun = date(2023, 1, 10) + timedelta(days=60 * n)
        yield (
            f"P{_number(sender, n)}", f"{_name(sender)}{SECTORS[n % 5]}项目{n + 1}", "在建",
            f"O{_number(sender, n % SENDERS[sender])}", f"O{_number(sender, (n + 1) % SENDERS[sender])}",
            UNITS[n % len(UNITS)], SECTORS[n % 5], office.PROGRAMME[0] if n % 7 == 0 else "",
            "就业帮扶;富民贷" if n % 4 == 0 else "就业帮扶", str(begun - timedelta(days=40)),
            str(begun - timedelta(days=20)), str(begun), str(begun + timedelta(days=800)), "800000", "600000",
            _name(sender), _county(sender, n), "上海" if n % 5 == 0 else "无", "是" if n == 3 else "否",
        )  # fmt: skip


def _money(sender: str) -> Iterator[tuple]:
    for n, (_, first) in enumerate(_starts()):
        project, org = f"P{_number(sender, n)}", f"O{_number(sender, n % SENDERS[sender])}"
        place = (_name(sender), _county(sender, n))
        begun = date(2023, 1, 10) + timedelta(days=60 * n)
        day = max(begun, first + timedelta(days=20))
        day = day if day.month <= first.month + 2 and day.year == first.year else first + timedelta(days=80)
        source = SOURCES[n % len(SOURCES)]
        yield (str(first + timedelta(days=10)), "获批", source, "资金", str(300_000 + n), *place, project, org)
        yield (str(day), "到账", source, "资金", str(250_000 + n), *place, project, org)
        yield (str(day + timedelta(days=2)), "支出", source, "资金", str(200_000 + n), *place, project, org)


def _people(sender: str) -> Iterator[tuple]:
    for n, (_, first) in enumerate(_starts()):
        for who in range(HELPED):
            key = hashlib.sha256(f"{sender} {n} {who}".encode()).hexdigest()[:16]
            yield (
                str(first + timedelta(days=30)), f"P{_number(sender, n)}", "个人", key, "1", _name(sender),
                _county(sender, n), "脱贫人口" if who % 4 else "监测对象", "富民贷" if who % 4 == 1 else "就业帮扶",
                "12"[who % 2], "16-59", "汉族",
            )  # fmt: skip


def _activities(sender: str) -> Iterator[tuple]:
    for n, (_, first) in enumerate(_starts()):
        category, kind, _ = KINDS[n % len(KINDS)]
        yield (
            str(first + timedelta(days=15)), category, kind, f"O{_number(sender, n % SENDERS[sender])}", _name(sender),
            "40", "10", "12" if kind == "头雁培训" else "", "上海市" if kind in ("跨省交流", "协议签署") else "",
        )  # fmt: skip


def _stats(sender: str) -> Iterator[tuple]:
    of_half = (("SW_STOCK", "人"), ("SW_CERT", "人"), ("SW_POST", "个"), ("SW_PARTY", "人"))
    for n, (quarter, _) in enumerate(_starts()):
        for item, unit in (("VOL", "人"), *(of_half if quarter[-1] in "24" else ())):
            yield quarter, _name(sender), item, str(100 + n), unit
