"""`template` and `ingest` as typed: exit codes, report, staging, feedback, one sentence for every mistake."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from tests.ingest.corpus import HEAD, IDENTITY, ONE, TWO, row, text
from yunnan import settings
from yunnan.cli.main import app
from yunnan.ingest import file_kinds, forms
from yunnan.publication import merge

GOOD = text(HEAD, ONE, TWO)
PARTLY = text(HEAD, ONE, row(TWO, 金额="约5万"))
BAD = text(["完全不相干", "的表"], ["1", "2"])


@pytest.fixture
def data(official_data, tmp_path, monkeypatch) -> Path:
    """A data folder of its own with the tiny province's snapshot."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "snapshots").symlink_to(official_data / "snapshots")
    monkeypatch.setattr(settings, "DATA_DIR", folder)
    return folder


@pytest.fixture
def returns(tmp_path) -> dict[str, str]:
    """The three kinds of file, by their exit codes."""
    found = {}
    for code, build in (("0", GOOD), ("2", PARTLY), ("3", BAD)):
        path = tmp_path / f"报表{code}.csv"
        path.write_bytes(build())
        found[code] = str(path)
    return found


def run(*typed: str):
    return CliRunner(env={"COLUMNS": "200"}).invoke(app, typed)


def batches(data: Path) -> list[Path]:
    return sorted(path for path in (data / "staging").glob("*") if path.is_dir())


@pytest.mark.parametrize(
    ("codes", "expected"), [("0", 0), ("2", 2), ("3", 3), ("02", 2), ("023", 3)], ids=lambda value: str(value)
)
def test_the_exit_code_is_that_of_the_worst_file(codes, expected, data, returns, tmp_path):
    report = tmp_path / "report.json"
    result = run(
        "ingest", *(returns[code] for code in codes), "--period", "2020Q2", "--replace", "--report", str(report)
    )
    assert result.exit_code == expected, result.output
    told = json.loads(report.read_bytes())
    assert isinstance(told, list) == (len(codes) > 1)
    assert len(batches(data)) == len(codes)
    assert "Traceback" not in result.output


def test_a_staged_batch_holds_what_the_contract_of_staging_says(data, returns):
    assert (
        run("ingest", returns["2"], "--period", "2020Q2", "--replace", "--received-at", "2020-07-08T09:00:00").exit_code
        == 2
    )
    (batch,) = batches(data)
    sha = hashlib.sha256(Path(returns["2"]).read_bytes()).hexdigest()
    assert batch.name == "funds-533300-2020Q2-000001"
    assert {file.name for file in batch.iterdir()} == {"batch.json", "rows.parquet", "issues.parquet", "feedback.xlsx"}
    facts = json.loads((batch / "batch.json").read_bytes())
    expected = {
        "format": 2,
        "batch_id": batch.name,
        "source_file": "报表2.csv",
        "source_sha256": sha,
        "table_name": "funds",
        "report_period": "2020Q2",
        "prefecture_code": "533300",
        "status": "部分接收",
        "rows_in": 2,
        "rows_accepted": 1,
        "rows_refused": 1,
        "rows_dropped": 0,
        "warnings": 0,
        "has_feedback": True,
        "is_synthetic": False,
        "covers_province": False,
        "received_at": "2020-07-08 09:00:00+08:00",
        "rows_sha256": hashlib.sha256((batch / "rows.parquet").read_bytes()).hexdigest(),
        "due_date": "2020-07-10 18:00:00",
        "rows_ok": 1,
        "rows_warn": 0,
        "rows_reject": 1,
        "sum_amount_ok": "1000.00",
        "declared_rows": None,
        "declared_amount": None,
    }
    assert facts == expected
    (accepted,) = pq.read_table(batch / "rows.parquet").to_pylist()
    assert (accepted["source_file"], accepted["source_row"], str(accepted["amount_yuan"])) == (
        "报表2.csv",
        2,
        "1000.00",
    )
    (issue,) = pq.read_table(batch / "issues.parquet").to_pylist()
    assert issue["issue_id"] == f"{batch.name}-0001"
    assert (issue["rule_id"], issue["severity"], issue["row_no"], issue["raw_value"]) == ("DQ-08", "错误", 3, "约5万")


def test_the_same_file_twice_changes_nothing(data, returns):
    run("ingest", returns["0"], "--period", "2020Q2", "--replace")
    (batch,) = batches(data)
    before = {file.name: (file.stat().st_mtime_ns, file.read_bytes()) for file in batch.iterdir()}
    again = run("ingest", returns["0"], "--period", "2020Q2", "--replace")
    assert (again.exit_code, batches(data)) == (0, [batch])
    assert "此前已收下" in again.output
    assert {file.name: (file.stat().st_mtime_ns, file.read_bytes()) for file in batch.iterdir()} == before


def test_the_same_rows_in_another_file_have_the_same_ids(data, tmp_path, returns):
    other = tmp_path / "另一份.csv"
    other.write_bytes(text(HEAD[::-1], TWO[::-1], ONE[::-1], encoding="gb18030")())
    run("ingest", returns["0"], str(other), "--period", "2020Q2", "--replace")
    ids = [set(pq.read_table(batch / "rows.parquet").column("fund_id").to_pylist()) for batch in batches(data)]
    assert len(ids) == 2
    assert ids[0] == ids[1]
    assert all(re.fullmatch(r"F[0-9]{15}", one) for one in ids[0])


def test_a_dry_run_stages_nothing_and_says_the_same(data, returns, tmp_path):
    report = tmp_path / "report.json"
    result = run("ingest", returns["2"], "--period", "2020Q2", "--replace", "--dry-run", "--report", str(report))
    assert (result.exit_code, json.loads(report.read_bytes())["accepted"]) == (2, 1)
    assert not (data / "staging").exists()


def test_what_an_interrupted_staging_left_is_swept_by_the_next(data, returns):
    (data / "staging" / ".incoming.x").mkdir(parents=True)
    run("ingest", returns["0"], "--period", "2020Q2", "--replace")
    assert [path.name for path in (data / "staging").glob(".incoming*")] == []


def test_without_a_snapshot_references_are_accepted_with_one_warning(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "empty")
    path, report = tmp_path / "a.csv", tmp_path / "report.json"
    path.write_bytes(text(HEAD, row(项目="P99999"), TWO)())
    assert run("ingest", str(path), "--period", "2020Q2", "--replace", "--report", str(report)).exit_code == 0
    assert [note["rule"] for note in json.loads(report.read_bytes())["warnings"]] == ["DQ-18"]


def test_a_project_that_is_staged_may_be_cited_before_it_is_published(data, tmp_path):
    from tests.ingest.corpus import PLAN, PLANS

    plans, funds = tmp_path / "项目.csv", tmp_path / "资金.csv"
    plans.write_bytes(text(PLANS, PLAN)())
    funds.write_bytes(text(HEAD, row(项目=PLAN[0]))())
    assert run("ingest", str(funds), "--period", "2020Q2", "--replace").exit_code == 2
    funds.write_bytes(text(HEAD, row(项目=PLAN[0], 备注="再报"))())
    assert run("ingest", str(plans), "--period", "2020Q2", "--replace").exit_code == 0
    assert run("ingest", str(funds), "--period", "2020Q2", "--replace").exit_code == 0


@pytest.mark.parametrize("dry_run", [[], ["--dry-run"]], ids=["received", "dry run"])
def test_registers_of_the_same_run_are_read_first_and_may_be_cited(data, tmp_path, dry_run):
    from tests.ingest.corpus import ORG, ORGS, PLAN, PLANS

    project = ["P00902", *PLAN[1:3], ORG[0], *PLAN[4:]]
    lines = {
        "1资金": [HEAD, row(项目="P00902")],
        "2项目": [PLANS, project],
        "3组织": [ORGS, ORG],
    }
    for name, rows in lines.items():
        (tmp_path / f"{name}.csv").write_bytes(text(*rows)())
    report = tmp_path / "report.json"
    files = sorted(map(str, tmp_path.glob("[123]*.csv")))
    result = run("ingest", *files, "--period", "2020Q2", "--replace", "--report", str(report), *dry_run)
    assert result.exit_code == 0, result.output
    told = json.loads(report.read_bytes())
    assert [one["file"] for one in told] == ["1资金.csv", "2项目.csv", "3组织.csv"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["ingest"], "没有写报表文件"),
        (["ingest", "a.csv", "--period", "2020-2"], "2020Q2"),
        (["ingest", "a.csv", "--period", "2098Q1"], "还没有开始"),
        (["ingest", "a.csv", "--period", "2020Q2", "--replace", "--table", "money"], "没有名为 money 的报表"),
        (["ingest", "a.csv", "--period", "2020Q2", "--replace", "--prefecture", "999999"], "不在区划目录"),
        (["ingest", "--watch", "no-such-folder"], "没有文件夹"),
        (["ingest", "--watch", "no-such-folder", "--replace"], "不能与 --replace 合用"),
        (["template", "--table", "money"], "没有名为 money 的报表"),
        (["template", "--table", "funds", "--out", "no-such-folder/a.xlsx"], "写不下"),
    ],
)
def test_a_mistake_is_answered_by_one_sentence(typed, said, data):
    result = run(*typed)
    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_is_refused_by_name(data, tmp_path):
    result = run("ingest", str(tmp_path / "没有.xlsx"), "--period", "2020Q2", "--replace")
    assert result.exit_code == 3
    assert "没有.xlsx" in result.output
    assert batches(data) == []


def test_a_full_disk_is_our_own_failure_in_a_sentence(data, returns):
    (data / "staging" / ".receipts").mkdir(parents=True)  # where a file would be written
    result = run("ingest", returns["0"], "--period", "2020Q2", "--replace")
    assert result.exit_code == 1
    assert "写不下结果" in result.output


@pytest.mark.parametrize("table", forms.TABLES)
def test_a_form_that_is_filled_in_is_read_without_being_told_whose_it_is(table, data, tmp_path):
    path, report = tmp_path / "模板.xlsx", tmp_path / "report.json"
    sender = "530000" if table in forms.PROVINCIAL else "533300"
    typed = ["template", "--table", table, "--prefecture", sender, "--period", "2020Q2", "--out", str(path)]
    assert run(*typed).exit_code == 0
    book = openpyxl.load_workbook(path)
    sheet = book[forms.TABLES[table]]
    columns = {cell.value: cell.column for cell in sheet[2]}
    for name, value in FILLED[table].items():
        sheet.cell(4, columns[name], value)
    book["填报说明"]["B3"] = 1
    book.save(path)
    result = run("ingest", str(path), "--report", str(report), "--dry-run", "--replace")
    told = json.loads(report.read_bytes())
    assert (result.exit_code, told["accepted"], told["table"], told["period"]) == (0, 1, table, "2020Q2"), result.output
    assert told["rows"][0]["row"] == 4
    assert [note for note in told["warnings"] if note["rule"] == "DQ-25"] == []


FILLED = {
    "policies": {
        "title": "怒江州关于动员社会组织参与帮扶的通知",
        "issuer": "怒江州民政局",
        "level": "州市级",
        "policy_class": "工作思路",
        "prefecture_code": "怒江州",
    },
    "targets": {
        "indicator_code": "P1-01",
        "year": 2021,
        "region_code": "云南省",
        "target_value": "75%",
        "basis": "年度工作要点",
    },
    "programmes": {
        "programme_code": "PG-ZXJH",
        "name_zh": "乡村振兴专项行动",
        "sector": "产业扶贫",
        "supervising_unit": "省工商联",
    },
    "county_poverty_annual": {
        "region_code": "云南省",
        "year": 2019,
        "poor_population": 442000,
        "certainty": "有出处",
    },
    "code_lists": {
        "list": "业务主管单位",
        "code": "省乡村振兴局",
        "label": "省乡村振兴局",
        "source": "机构改革方案",
    },
    "stages": {
        "stage": "有效衔接",
        "first_quarter": "2021Q1",
        "title": "云南省社会组织参与乡村振兴看板",
        "cause": "乡村振兴",
        "people": "脱贫人口",
        "households": "脱贫户",
        "basis": "有效衔接工作方案",
    },
    "pairings": {
        "region_code": "泸水市",
        "kind": "社会组织结对帮扶",
        "partner": "上海市慈善基金会",
        "valid_from": "2023-06-01",
        "basis": "结对帮扶名单",
    },
    "county_names": {
        "region_code": "泸水市",
        "name_zh": "怒江市",
        "valid_from": "2020-05-01",
        "basis": "政府公告",
    },
    "place_traits": {
        "trait": "国家乡村振兴重点帮扶县",
        "region_code": "泸水市",
        "valid_from": "2021-08-27",
        "basis": "公布的名单",
    },
    "office_figures": {
        "figure_code": "GB-01",
        "label": "筹集款物",
        "published": "约4.4亿元",
        "indicator_code": "P1-08",
        "period": "2019",
        "region_code": "云南省",
        "basis": "2019年工作总结",
    },
    "indicator_spans": {
        "indicator_code": "P4-07",
        "valid_to": "2020-12-31",
        "basis": "2020年工作通知",
    },
    "funds": {
        "event_date": "2020-05-12",
        "source": "自筹",
        "form": "资金",
        "amount_yuan": 10,
        "prefecture_code": "怒江州",
    },
    "projects": {
        "project_id": "P00901",
        "project_name": "新项目",
        "status": "需求发布",
        "sector": "教育扶贫",
        "posted_date": "2020-05-12",
        "need_amount_yuan": 500,
        "prefecture_code": "怒江州",
        "county_codes": "泸水市",
    },
    "beneficiaries": {
        "service_date": "2020-05-12",
        "subject_type": "个人",
        "subject_key": "00000000000000aa",
        "headcount": 1,
        "prefecture_code": "怒江州",
        "county_code": "泸水市",
        "poverty_category": "残疾人",
        "help_type": "助学",
    },
    "organizations": {
        "org_id": "O009001",
        "org_name": "组织新",
        "org_type": "社会团体",
        "reg_level": "州市级",
        "rating": "3A",
        "reg_authority_code": "533300",
        "prefecture_code": "533300",
        "supervising_unit_code": "省民政厅",
        "registered_date": "2015-01-01",
        "status": "正常",
        "party_cover_mode": "未覆盖",
    },
    "activities": {
        "activity_date": "2020-05-12",
        "category": "党建",
        "activity_type": "主题教育",
        "participants": 30,
        "prefecture_code": "怒江州",
    },
    "reported_stats": {"prefecture_code": "怒江州", "item_code": "VOL", "value": 120, "unit": "人"},
}


def test_a_form_without_rows_that_declares_none_is_a_report_of_nothing(data, tmp_path):
    path = tmp_path / "模板.xlsx"
    run("template", "--table", "funds", "--prefecture", "533300", "--period", "2020Q2", "--out", str(path))
    assert run("ingest", str(path), "--replace").exit_code == 3
    book = openpyxl.load_workbook(path)
    book["填报说明"]["B3"] = 0
    book.save(path)
    assert run("ingest", str(path), "--replace").exit_code == 0
    facts = [json.loads((batch / "batch.json").read_bytes()) for batch in batches(data)]
    assert sorted((f["status"], f["rows_in"], f["declared_rows"]) for f in facts)[0] == ("全部接收", 0, 0)


@pytest.mark.parametrize(
    ("key", "value"), [("period", "王某13812345678"), ("prefecture", "../../x"), ("table", "捐款")]
)
def test_a_form_whose_hidden_words_were_changed_is_refused_without_repeating_them(key, value, data, tmp_path):
    path = tmp_path / "模板.xlsx"
    run("template", "--table", "funds", "--prefecture", "533300", "--period", "2020Q2", "--out", str(path))
    book = openpyxl.load_workbook(path)
    for line in book["_报表"].iter_rows(max_col=2):
        if line[0].value == key:
            line[1].value = value
    book.save(path)
    result = run("ingest", str(path))
    assert result.exit_code == 3
    assert "重新下载模板" in result.output
    assert value not in result.output


def test_a_file_name_is_said_short_and_without_numbers_of_persons(data, tmp_path):
    path = tmp_path / f"{'长' * 60}13812345678.csv"
    path.write_bytes(GOOD())
    report = tmp_path / "report.json"
    result = run("ingest", str(path), "--period", "2020Q2", "--replace", "--report", str(report))
    assert result.exit_code == 0
    assert "13812345678" not in result.output + report.read_text("utf-8")
    assert file_kinds.label(Path("a" * 5_000 + ".csv")).endswith(".csv")
    assert len(file_kinds.label(Path("a" * 5_000 + ".csv"))) <= file_kinds.LONGEST_NAME
    assert file_kinds.label(Path("王某.13812345678")) == "王某.〔手机号已隐去〕"
    assert file_kinds.label(Path(os.fsdecode("资金.csv".encode("gbk")))).isprintable()


def test_a_link_to_a_file_is_refused_and_not_followed(data, returns, tmp_path):
    link = tmp_path / "链接.csv"
    link.symlink_to(returns["0"])
    result = run("ingest", str(link), "--period", "2020Q2")
    assert result.exit_code == 3
    assert "链接" in result.output
    assert batches(data) == []


def test_a_sheet_without_a_unit_beside_one_in_ten_thousands_is_not_read_as_yuan(empty, tmp_path):
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("十一月")
    head = ["日期", "资金来源", "捐赠形式", "金额", "州市", "县(市、区)"]
    for sheet, lines in ((first, [["捐赠资金（单位：万元）"], head]), (second, [head])):
        for line in [*lines, ["2018-10-11", "社会捐赠", "资金", 12.5, "昭通市", "昭阳区"]]:
            sheet.append(line)
    book.save(path := tmp_path / "两张表.xlsx")
    result = run("ingest", str(path), "--period", "2018Q4")
    assert result.exit_code == 3
    assert "“十一月”“金额”：表头“金额”没有写单位，同一份文件的别处写的是“万元”" in result.output
    second["A1"].value, second["D1"].value = head[0], "金额(元)"
    book.save(path)
    assert run("ingest", str(path), "--period", "2018Q4").exit_code == 0


def test_a_unit_in_the_name_of_the_file_counts(data, tmp_path):
    path, report = tmp_path / "资金（万元）.csv", tmp_path / "report.json"
    path.write_bytes(text([*HEAD[:4], "金额", *HEAD[5:]], row(金额="12.5"))())
    assert run("ingest", str(path), "--period", "2020Q2", "--replace", "--report", str(report)).exit_code == 0
    assert [one["amount_yuan"] for one in json.loads(report.read_bytes())["rows"]] == [125_000.0]


def test_a_worker_starts_under_a_limit_that_is_lower_than_its_own(data, returns):
    limited = f"ulimit -t 20; exec {sys.executable} -m yunnan ingest {returns['0']} --period 2020Q2 --replace --dry-run"
    environment = os.environ | {"YUNNAN_DATA_DIR": str(data)}
    done = subprocess.run(["bash", "-c", limited], cwd=settings.ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_form_of_another_period_is_refused(data, tmp_path):
    path = tmp_path / "模板.xlsx"
    run("template", "--table", "funds", "--period", "2020Q1", "--out", str(path))
    result = run("ingest", str(path), "--period", "2020Q2", "--replace")
    assert result.exit_code == 3
    assert "报告期矛盾" in result.output


def test_the_same_finding_in_many_rows_is_listed_twenty_times_and_counted(data, tmp_path):
    path = tmp_path / "资金.csv"
    goods = [row(日期=f"2020-05-{day:02d}", 形式="物资") for day in range(1, 31)]
    path.write_bytes(text(HEAD, *goods, row(金额="约5万"))())
    run("ingest", str(path), "--period", "2020Q2", "--replace")
    (batch,) = batches(data)
    book = openpyxl.load_workbook(batch / "feedback.xlsx")
    listed = [[cell.value for cell in line] for line in book["问题清单"].iter_rows(min_row=2)]
    same = [line for line in listed if line[4] == "DQ-10"]
    assert len(same) == 21
    assert same[-1][2] is None
    assert same[-1][5].startswith("同样的还有10处，到第31行为止：物资没有折价依据")
    assert [line[4] for line in listed].count("DQ-08") == 1


def test_the_feedback_workbook_marks_the_bad_cell_and_says_how_to_mend_it(data, tmp_path):
    path = tmp_path / "资金[b].csv"
    path.write_bytes(text(HEAD, row(金额="约5万"), row(TWO, 备注=IDENTITY))())
    run("ingest", str(path), "--period", "2020Q2", "--replace")
    (batch,) = batches(data)
    book = openpyxl.load_workbook(batch / "feedback.xlsx")
    assert book.sheetnames == ["说明", "问题清单", "报表"]
    cell = book["报表"]["E2"]
    assert (cell.value, cell.fill.fgColor.rgb) == ("约5万", "FFF8CBAD")
    assert "请只填数字" in cell.comment.text
    assert book["报表"]["H3"].value == "〔已隐去〕"
    listed = [[cell.value for cell in line] for line in book["问题清单"].iter_rows(min_row=2)]
    assert [line[:5] for line in listed[:2]] == [
        ["错误（拒收）", None, "2", "金额(元)", "DQ-08"],
        ["错误（拒收）", None, "3", "备注", "DQ-20"],
    ]
    assert IDENTITY not in str([[c.value for c in line] for sheet in book for line in sheet.iter_rows()])


def test_the_feedback_workbook_can_be_mended_and_sent_again(data, tmp_path):
    path = tmp_path / "资金.csv"
    header = [*HEAD[:4], "金额", *HEAD[5:]]
    path.write_bytes(text(["怒江州资金表", "单位：万元"], header, row(金额="约5万"), row(TWO, 金额="0.25005"))())
    run("ingest", str(path), "--period", "2020Q2", "--replace")
    (batch,) = batches(data)
    book = openpyxl.load_workbook(batch / "feedback.xlsx")
    book["报表"]["E3"] = 5
    mended = tmp_path / "改好.xlsx"
    book.save(mended)
    report = tmp_path / "report.json"
    assert run("ingest", str(mended), "--period", "2020Q2", "--replace", "--report", str(report)).exit_code == 0
    told = json.loads(report.read_bytes())
    assert [found["amount_yuan"] for found in told["rows"]] == [50000.0, 2500.5]


OLDER, LONG = "怒江资金.csv".encode("gbk"), ("长" * 80 + "abcd.csv").encode()


def test_a_watched_folder_is_read_file_by_file_until_it_is_stopped(tmp_path):
    data = tmp_path / "空的"  # nothing is there that a return could replace
    inbox = tmp_path / "收件"
    inbox.mkdir()
    (inbox / "先来.csv").write_bytes(GOOD())
    typed = [sys.executable, "-m", "yunnan", "ingest", "--watch", str(inbox), "--period", "2020Q2"]
    environment = os.environ | {"YUNNAN_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        typed, cwd=settings.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        until(lambda: (inbox / "先来.csv.反馈.xlsx").exists(), process)
        (inbox / "坏的.xlsx").write_bytes(b"PK\x03\x04 nonsense")
        (inbox / "后到.csv.part").write_bytes(PARTLY())
        (inbox / "后到.csv.part").rename(inbox / "后到.csv")
        until(lambda: (inbox / "坏的.xlsx.反馈.xlsx").exists() and (inbox / "后到.csv.反馈.xlsx").exists(), process)
        for name in (OLDER, LONG):
            Path(os.fsdecode(os.fsencode(inbox) + b"/" + name)).write_bytes(BAD())
        until(lambda: len(list(inbox.glob("*.反馈.xlsx"))) == 5, process)
        until(lambda: len(batches(data)) == 4, process)
        process.send_signal(signal.SIGINT)
        told, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "已停止" in told + errors
    assert "Interrupt" not in told + errors
    assert "Traceback" not in told + errors
    assert "怒江资金.csv  整份拒收" in told
    assert "没有放到旁边" not in errors
    assert (inbox / "先来.csv").read_bytes() == GOOD()


def until(condition, process) -> None:
    """Wait for what another process does."""
    deadline = time.monotonic() + 120
    while not condition():
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < deadline
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)


def test_the_feedback_of_a_long_return_lists_what_is_wrong_and_cannot_be_sent_back(data, tmp_path):
    path = tmp_path / "长.csv"
    path.write_bytes(text(HEAD, *[row(备注=str(n)) for n in range(20_001)], row(TWO, 金额="约5万"))())
    assert run("ingest", str(path), "--period", "2020Q2", "--replace").exit_code == 2
    (batch,) = batches(data)
    book = openpyxl.load_workbook(batch / "feedback.xlsx")
    assert "约5万" in [line[4].value for line in book["报表"].iter_rows()]
    back = tmp_path / "退回.xlsx"
    book.save(back)
    result = run("ingest", str(back), "--period", "2020Q2", "--replace")
    assert result.exit_code == 3
    assert "整份原表" in result.output


@pytest.fixture
def months(tmp_path) -> list[str]:
    """A quarter of 昭通 in three files, one a month."""
    head = "日期,资金来源,捐赠形式,金额(元),州市,县(市、区)"
    paths = []
    for month, yuan in ((10, "1000000.00"), (11, "30000.00"), (12, "500.00")):
        paths.append(tmp_path / f"昭通资金_{month}月.csv")
        line = f"2018-{month}-11,社会捐赠,资金,{yuan},昭通市,昭阳区"
        paths[-1].write_text(f"{head}\n{line}\n", encoding="utf-8")
    return [str(path) for path in paths]


@pytest.fixture
def empty(tmp_path, monkeypatch) -> Path:
    """A data folder where nothing was ever received."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "empty")
    return tmp_path / "empty"


def test_a_second_file_of_the_same_return_is_held_until_somebody_says_what_it_is(empty, months):
    result = run("ingest", *months, "--period", "2018Q4")
    assert result.exit_code == 3
    assert [batch.name for batch in batches(empty)] == ["funds-530600-2018Q4-000001"]
    assert "已收下 昭通资金_10月.csv（批次 funds-530600-2018Q4-000001" in result.output
    assert "--replace" in result.output
    assert "--part 2" in result.output


def test_a_return_in_parts_is_added_up(empty, months):
    assert run("ingest", *months, "--period", "2018Q4", "--part", "1").exit_code == 0
    names = [f"funds-530600-2018Q4-00000{n}-{n}" for n in (1, 2, 3)]
    assert [batch.name for batch in batches(empty)] == names
    outcome = merge.publish_staged(date(2018, 12, 31))
    assert amounts(outcome.path) == [500, 30_000, 1_000_000]


def test_a_part_may_follow_what_came_as_a_whole_and_a_whole_takes_the_place_of_all_parts(empty, months):
    assert run("ingest", months[0], "--period", "2018Q4").exit_code == 0
    assert run("ingest", months[1], "--period", "2018Q4", "--part", "2").exit_code == 0
    assert amounts(merge.publish_staged(date(2018, 12, 31)).path) == [30_000, 1_000_000]
    assert run("ingest", months[2], "--period", "2018Q4", "--part", "2").exit_code == 3
    assert run("ingest", months[2], "--period", "2018Q4", "--part", "2", "--replace").exit_code == 0
    outcome = merge.publish_staged(date(2018, 12, 31))
    assert list(outcome.replaced.values()) == ["昭通资金_11月.csv"]
    assert amounts(outcome.path) == [500, 1_000_000]
    assert run("ingest", months[1], "--period", "2018Q4", "--replace").exit_code == 0
    assert amounts(merge.publish_staged(date(2018, 12, 31)).path) == [30_000]


def test_a_row_that_stands_in_two_parts_is_not_added_up_and_both_lines_are_named(empty, months):
    october = Path(months[0]).read_text("utf-8")
    Path(months[1]).write_text(f"{Path(months[1]).read_text('utf-8')}{october.splitlines()[1]}\n", "utf-8")
    assert run("ingest", *months[:2], "--period", "2018Q4", "--part", "1").exit_code == 0
    result = run("publish", "--as-of", "2018-12-31")
    assert result.exit_code == 1
    assert "昭通资金_10月.csv 第2行、昭通资金_11月.csv 第3行" in result.stderr
    Path(months[1]).write_text("\n".join(Path(months[1]).read_text("utf-8").splitlines()[:2]) + "\n", "utf-8")
    assert run("ingest", months[1], "--period", "2018Q4", "--part", "2", "--replace").exit_code == 0
    assert amounts(merge.publish_staged(date(2018, 12, 31)).path) == [30_000, 1_000_000]


def test_the_first_part_sent_as_the_whole_takes_the_place_of_all_parts(empty, months):
    run("ingest", *months, "--period", "2018Q4", "--part", "1")
    result = run("ingest", months[0], "--period", "2018Q4", "--replace")
    assert "没有改动" not in result.output
    assert "代替 昭通资金_11月.csv（批次 funds-530600-2018Q4-000002-2" in result.output
    assert amounts(merge.publish_staged(date(2018, 12, 31)).path) == [1_000_000]


def test_parts_replaced_by_fewer_are_told_which_part_is_still_added(empty, months):
    run("ingest", *months, "--period", "2018Q4", "--part", "1")
    again = run("ingest", *months, "--period", "2018Q4", "--part", "1", "--replace")
    assert "代替" not in again.output
    Path(months[0]).write_text(Path(months[0]).read_text("utf-8").replace("1000000", "1000001"), "utf-8")
    result = run("ingest", months[0], "--period", "2018Q4", "--part", "1", "--replace")
    assert "代替 昭通资金_10月.csv（批次 funds-530600-2018Q4-000001-1" in result.output
    assert "与 昭通资金_11月.csv（批次 funds-530600-2018Q4-000002-2" in result.output
    assert "昭通资金_12月.csv（批次 funds-530600-2018Q4-000003-3" in result.output


def test_one_file_is_not_taken_as_two_parts(empty, months):
    run("ingest", months[0], "--period", "2018Q4")
    result = run("ingest", months[0], "--period", "2018Q4", "--part", "2")
    assert (result.exit_code, len(batches(empty))) == (3, 1)
    assert "同一个文件" in result.output


def test_an_earlier_file_may_be_sent_again_to_go_back_to_it(empty, months):
    for path in (months[0], months[1], months[0]):
        assert run("ingest", path, "--period", "2018Q4", "--replace").exit_code == 0
        path = merge.publish_staged(date(2018, 12, 31)).path
    assert amounts(path) == [1_000_000]


def test_a_dry_run_says_that_a_return_would_be_held(empty, months):
    run("ingest", months[0], "--period", "2018Q4")
    result = run("ingest", months[1], "--period", "2018Q4", "--dry-run")
    assert (result.exit_code, len(batches(empty))) == (3, 1)
    assert "已收下 昭通资金_10月.csv" in result.output


def test_what_stands_in_a_snapshot_is_asked_about_after_the_staged_return_is_gone(empty, months):
    run("ingest", months[0], "--period", "2018Q4")
    merge.publish_staged(date(2018, 12, 31))
    shutil.rmtree(empty / "staging")
    assert run("ingest", months[1], "--period", "2018Q4").exit_code == 3
    assert run("ingest", months[1], "--period", "2018Q4", "--replace").exit_code == 0
    assert [batch.name for batch in batches(empty)] == ["funds-530600-2018Q4-000002"]
    assert amounts(merge.publish_staged(date(2018, 12, 31)).path) == [30_000]


def test_a_file_that_was_refused_is_judged_anew(empty, months, tmp_path):
    path = Path(months[0])
    good = path.read_bytes()
    path.write_bytes(good.replace(b"11,", b"x1,", 1))
    assert run("ingest", str(path), "--period", "2018Q4").exit_code == 2
    assert run("ingest", str(path), "--period", "2018Q4").exit_code == 2
    path.write_bytes(good)
    assert run("ingest", str(path), "--period", "2018Q4").exit_code == 0
    assert len(batches(empty)) == 3


def test_a_refused_file_of_no_known_period_never_blocks_a_publication(empty, months, returns):
    assert run("ingest", returns["0"]).exit_code == 3
    assert run("ingest", months[0], "--period", "2018Q4").exit_code == 0
    outcome = merge.publish_staged(date(2018, 12, 31))
    assert [batch.file for batch in outcome.unknown] == ["报表0.csv"]
    assert amounts(outcome.path) == [1_000_000]


def amounts(snapshot: Path) -> list[float]:
    return sorted(map(float, pq.read_table(snapshot / "funds.parquet").column("amount_yuan").to_pylist()))
