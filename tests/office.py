"""An office that keeps registers and sends returns: rows of its files, and the commands it types."""

import csv
import io
import json
from pathlib import Path

import duckdb

from tests.command_line import run
from yunnan import settings

TARGETS = ("指标", "年度", "地区", "目标值", "进度口径", "一季度占比", "二季度占比", "三季度占比", "四季度占比", "依据")
DOCUMENTS = (
    "文件编号",
    "文件标题",
    "文号",
    "印发单位",
    "文件层级",
    "文件类别",
    "上级文件编号",
    "地区",
    "印发日期",
    "效力",
)
PROGRAMMES = ("计划代码", "计划名称", "行业领域", "牵头单位")
POVERTY = ("地区", "年末", "未脱贫人口", "贫困发生率", "确定性")
WORDS = ("代码表", "代码", "名称", "依据")
FUNDS = ("日期", "环节", "资金来源", "形式", "金额(元)", "受益州市", "受益县(市、区)", "品牌计划")
UNITS = (
    *("组织编号", "组织名称", "组织类型", "登记层级", "登记机关区划", "登记州市", "业务主管单位"),
    *("成立登记日期", "组织状态", "党组织覆盖方式", "评估等级"),
)

STAGES = (
    "阶段名称",
    "起始季度",
    "截止季度",
    "看板名称",
    "参与的工作",
    "帮扶人口的称呼",
    "帮扶户的称呼",
    "支柱四",
    "依据",
)

FIGURES = ("编号", "名称", "公布写法", "指标", "所属时期", "地区", "依据")

PAIRINGS = ("地区", "结对类别", "结对方", "起始日期", "截止日期", "依据")
NAMES = ("地区", "全称", "简称", "新的区划代码", "起始日期", "依据")
TRAITS = ("名单", "地区", "指标里算作", "起始日期", "截止日期", "依据")

MONEY = ("P1-08", "2026", "云南省", "100万元", "", "25%", "25%", "25%", "25%", "2026年工作要点")
RATE = ("P1-01", "2026", "云南省", "75%", "", "", "", "", "", "2026年工作要点")
NOTICE = (
    *("L1", "关于动员社会组织参与乡村振兴的通知", "云民发〔2022〕12号", "云南省民政厅", "省级", "工作思路", ""),
    *("省本级", "2022-03-01", ""),
)
PLAN = (
    "L2",
    "怒江州实施方案",
    "怒民发〔2022〕30号",
    "怒江州民政局",
    "州市级",
    "工作思路",
    "L1",
    "怒江州",
    "2022-05-01",
    "",
)
PROGRAMME = ("PG-ZXJH", "乡村振兴专项行动", "产业帮扶", "省乡村振兴局")
POOR = ("云南省", "2019", "442000", "1.32%", "有出处")
UNIT = ("业务主管单位", "省乡村振兴局", "省乡村振兴局", "机构改革方案")
LINKING = (
    *("有效衔接", "2021Q1", "2026Q4", "云南省社会组织参与乡村振兴看板", "乡村振兴", "脱贫人口和监测对象", "脱贫户"),
    *("平台共建", "有效衔接工作方案"),
)
RAISED = ("GB-01", "一季度筹集款物", "30万元", "P1-08", "2026Q1", "云南省", "2026年一季度工作通报")
SPANS = ("指标", "起始日期", "截止日期", "依据")
ENDED = ("P4-07", "", "2025-12-31", "2025年工作通知")
PAIR = ("泸水市", "社会组织结对帮扶", "上海市慈善基金会", "2023-06-01", "", "结对帮扶名单")
LISTED = [
    ("国家乡村振兴重点帮扶县", county, "重点县", "2021-08-27", "", "国家乡村振兴局公布的名单")
    for county in ("泸水市", "福贡县", "维西傈僳族自治县")
]
GIFT = ("2026-02-03", "到账", "社会捐赠", "资金", "300000", "怒江州", "泸水市", "")


def send(
    folder: Path, head: tuple, *rows: tuple, file: str = "报表.csv", options: tuple = ("--period", "2026Q1")
) -> dict:
    """Receive a file of these rows, written into the folder; its report."""
    lines = io.StringIO()
    csv.writer(lines).writerows([head, *rows])
    path, report = folder / file, folder / "report.json"
    path.write_text(lines.getvalue(), encoding="utf-8-sig")
    result = run("ingest", str(path), "--replace", "--report", str(report), *options)
    assert result.exit_code in (0, 2, 3), result.output
    return json.loads(report.read_bytes())


def publish(as_of: str = "2026-03-31") -> Path:
    """The folder of the snapshot that is published now."""
    before = set(snapshots())
    result = run("publish", "--as-of", as_of)
    assert result.exit_code == 0, result.output
    (new,) = set(snapshots()) - before
    return new


def snapshots() -> list[Path]:
    """The folders of all snapshots there are."""
    return sorted(path for path in (settings.DATA_DIR / "snapshots").glob("*.r*") if path.is_dir())


def rows(snapshot: Path, sql: str) -> list[tuple]:
    """Rows of a query over a snapshot's files; {table} stands for a table's file."""
    tables = {file.stem: f"read_parquet('{file}')" for file in snapshot.glob("*.parquet")}
    with duckdb.connect() as db:
        return db.execute(sql.format(**tables)).fetchall()
