"""One file of several quarters becomes a return of each, a workbook of all tables one of each: nothing is lost."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.command_line import assert_refused, run
from tests.office import FUNDS, publish, rows
from yunnan import settings
from yunnan.ingest import file_kinds
from yunnan.publication import staging

YEAR = ("--periods", "2023Q1..2023Q4")
AREA = ("怒江州", "泸水市", "")


def gift(day: str, yuan: str, stage: str = "到账") -> tuple[str, ...]:
    return (day, stage, "社会捐赠", "资金", yuan, *AREA)


LEDGER = (
    gift("2023-02-03", "100"),
    gift("2023-05-03", "200"),
    gift("2023-03-31", "300"),
    gift("", "400"),
    gift("2022-12-31", "500"),
    gift("2023-11-30", "约5万"),
    gift("2023-12-31", "600"),
)


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "data")
    monkeypatch.setattr(settings, "DEADLINE", "")
    return tmp_path / "data"


@pytest.fixture
def send(data, tmp_path):
    """Receive a file of these rows; (output, its reports)."""

    def send(head: tuple, *lines: tuple, file: str = "台账.csv", options: tuple = YEAR) -> tuple[str, list[dict]]:
        text = io.StringIO()
        csv.writer(text).writerows([head, *lines])
        path, report = tmp_path / file, tmp_path / "report.json"
        path.write_text(text.getvalue(), encoding="utf-8-sig")
        result = run("ingest", str(path), "--report", str(report), *options)
        assert result.exit_code in (0, 2, 3), result.output
        told = json.loads(report.read_bytes())
        return result.output, told if isinstance(told, list) else [told]

    return send


def staged() -> dict[str, staging.Batch]:
    """The batches by table and period."""
    return {f"{batch.key[0]} {batch.facts['report_period']}": batch for batch in staging.batches()}


def lines_of(batch: staging.Batch) -> list[tuple[int, float]]:
    table = pq.read_table(batch.path / "rows.parquet").to_pylist()
    return [(row["source_row"], float(row["amount_yuan"])) for row in table]


def test_each_row_goes_to_the_quarter_of_its_date_and_each_quarter_is_a_return(send):
    output, reports = send(FUNDS, *LEDGER, ("合计", "", "", "", "2100", "", "", ""))
    batches = staged()
    assert list(batches) == ["funds 2023Q1", "funds 2023Q2", "funds 2023Q4", "funds "]
    assert lines_of(batches["funds 2023Q1"]) == [(2, 100), (4, 300)]  # the lines of the file as it was sent
    assert lines_of(batches["funds 2023Q2"]) == [(3, 200)]
    assert lines_of(batches["funds 2023Q4"]) == [(8, 600)]
    assert [float(batches[f"funds 2023Q{n}"].facts["sum_amount_ok"]) for n in (1, 2, 4)] == [400, 200, 600]
    assert len({batch.facts["source_sha256"] for batch in batches.values()}) == 1
    assert [report["status"] for report in reports] == ["accepted", "accepted", "partly", "refused"]
    assert (
        "读到7行＝2023Q1 2行＋2023Q2 1行＋2023Q4 2行＋不知是哪一期的2行；2023Q3没有行，等于未报送，不当作零" in output
    )
    assert output.rstrip().endswith("；共接收4行，拒收3行")
    outcome = [(one["accepted"], one["rows_refused"], one["rows_dropped"]) for one in reports]
    assert tuple(map(sum, zip(*outcome, strict=True))) == (4, 3, 1)


def test_a_row_of_no_known_quarter_is_refused_by_its_row_and_its_return_can_never_be_published(send):
    _, reports = send(FUNDS, *LEDGER)
    rest = reports[-1]
    assert [(note["row"], note["rule"]) for note in rest["refused"]] == [(5, "DQ-31"), (6, "DQ-07")]
    assert "2022-12-31不在2023Q1至2023Q4之内" in rest["refused"][1]["message"]
    book = openpyxl.load_workbook(staged()["funds "].path / "feedback.xlsx")
    assert [row[2].value for row in book["问题清单"].iter_rows(min_row=2)][:2] == ["5", "6"]
    snapshot = publish("2023-12-31")
    assert rows(snapshot, "select sum(amount_yuan)::double from {funds}") == [(1200,)]


def test_the_exit_code_of_rows_of_no_quarter_is_that_of_refused_rows(send, tmp_path):
    send(FUNDS, *LEDGER)
    assert run("ingest", str(tmp_path / "台账.csv"), *YEAR, "--dry-run").exit_code == 2


def test_one_quarter_is_replaced_and_the_others_stand(send):
    send(FUNDS, *LEDGER)
    publish("2023-12-31")
    send(FUNDS, gift("2023-05-03", "250"), file="二季更正.csv", options=("--period", "2023Q2", "--replace"))
    snapshot = publish("2023-12-31")
    money = "select report_period, sum(amount_yuan)::double from {funds} group by all order by 1"
    assert rows(snapshot, money) == [("2023Q1", 400), ("2023Q2", 250), ("2023Q4", 600)]
    returns = "select report_period, revision, rows_ok from {snapshot_manifest} order by 1"
    assert rows(snapshot, returns) == [("2023Q1", 0, 2), ("2023Q2", 1, 1), ("2023Q4", 0, 1)]
    source = "select source_row from {funds} where report_period = '2023Q4'"
    assert rows(snapshot, source) == [(8,)]


def test_the_same_file_again_changes_nothing_and_a_corrected_one_is_a_decision(send):
    send(FUNDS, *LEDGER[:3])
    before = list(staged())
    output, _ = send(FUNDS, *LEDGER[:3])
    assert output.count("此前已收下同一份") == 2
    assert list(staged()) == before
    output, reports = send(FUNDS, *LEDGER[:2])
    assert "代替它请加 --replace" in output
    assert {report["status"] for report in reports} == {"refused"}


def test_rows_have_the_ids_that_they_have_when_their_quarter_comes_alone(send, tmp_path):
    _, reports = send(FUNDS, *LEDGER[:2], options=(*YEAR, "--dry-run"))
    _, (alone,) = send(FUNDS, LEDGER[1], options=("--period", "2023Q2", "--dry-run"))
    assert reports[1]["rows"][0]["fund_id"] == alone["rows"][0]["fund_id"]


def test_one_id_in_two_quarters_is_refused_in_both(send):
    head = ("流水号", *FUNDS)
    _, reports = send(head, ("F000001", *LEDGER[0]), ("F000001", *LEDGER[1]), ("F000002", *LEDGER[2]))
    assert [report["accepted"] for report in reports] == [1, 0]
    assert {note["rule"] for report in reports for note in report["refused"]} == {"DQ-16"}


def test_a_date_and_a_period_that_disagree_are_no_guess(send):
    head = ("报告期", *FUNDS)
    _, reports = send(head, ("2023Q1", *LEDGER[0]), ("2023年三季度", *LEDGER[1]), ("2023Q1", *LEDGER[2]))
    assert [report["accepted"] for report in reports] == [2, 0]
    assert "不知记到哪一期" in reports[-1]["refused"][0]["message"]


def test_what_has_no_date_goes_by_its_column_of_the_period(send):
    head = ("报告期", "州市", "指标项", "数值", "单位")
    lines = [(period, "怒江州", "VOL", n, "人") for n, period in enumerate(("2023Q1", "2023年二季度", "2022Q4", ""), 5)]
    _, reports = send(head, *lines)
    assert [(one["period"], one["accepted"]) for one in reports] == [("2023Q1", 1), ("2023Q2", 1), (None, 0)]
    assert [note["row"] for note in reports[-1]["refused"]] == [4, 5]
    _, (refused,) = send(head[1:], *(line[1:] for line in lines), file="没有期.csv")
    assert "请加“报告期”列" in refused["refused"][0]["message"]


def test_a_column_in_two_units_is_refused_though_each_quarter_alone_has_one(send):
    _, (whole,) = send(FUNDS, gift("2023-02-03", "5.5万元"), gift("2023-05-03", "12.5"))
    assert (whole["status"], whole["rows_refused"]) == ("refused", 2)
    assert [batch.has_rows for batch in staging.batches()] == [False]


def test_totals_of_the_year_are_held_against_all_its_rows(send):
    total = ("合计", "", "", "", "601", "", "", "")
    _, reports = send(FUNDS, *LEDGER[:3], total)
    (warning,) = [note for note in reports[0]["warnings"] if note["rule"] == "DQ-25"]
    assert (warning["row"], "写的是601" in warning["message"], "相加是600" in warning["message"]) == (5, True, True)


def test_what_was_received_in_one_quarter_may_be_spent_in_the_next(send):
    head = (*FUNDS, "项目编号")
    lines = [(*gift("2023-02-03", "100"), "P00001"), (*gift("2023-05-03", "80", "支出"), "P00001")]
    _, reports = send(head, *lines)
    assert [note["rule"] for report in reports for note in report["warnings"] if note["rule"] == "DQ-12"] == []


SPENT_TO_THE_LAST = (("02", "1000.1"), ("05", "1000.2"), ("08", "1000.3"))  # as floats more than they are


def test_what_was_received_may_be_spent_to_the_last_fen(send):
    head = (*FUNDS, "项目编号")
    spent = [(*gift(f"2023-{month}-03", yuan, "支出"), "P00001") for month, yuan in SPENT_TO_THE_LAST]
    _, reports = send(head, (*gift("2023-02-03", "3000.6"), "P00001"), *spent)
    assert [note["rule"] for report in reports for note in report["warnings"] if note["rule"] == "DQ-12"] == []


def test_a_cell_merged_over_two_quarters_says_the_same_for_both(data, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (FUNDS, gift("2023-02-03", "100"), gift("2023-05-03", "200")):
        sheet.append(line)
    sheet.merge_cells("G2:G3")
    book.save(tmp_path / "台账.xlsx")
    assert run("ingest", str(tmp_path / "台账.xlsx"), *YEAR).exit_code == 0
    counties = [pq.read_table(batch.path / "rows.parquet")["county_code"].to_pylist() for batch in staging.batches()]
    assert counties == [["533301"], ["533301"]]


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (("--periods", "2023"), "如 2023Q1..2023Q4"),
        (("--periods", "2023Q4..2023Q1"), "前一个不晚于后一个"),
        (("--periods", "2023Q1..2098Q1"), "还没有开始"),
        (("--periods", "2023Q1..2023Q2", "--period", "2023Q1"), "不能合用"),
    ],
)
def test_a_range_that_is_none_is_one_sentence(options, part, data):
    assert_refused(run("ingest", "a.csv", *options), part)


def test_a_file_that_cannot_be_read_is_refused_once_and_is_of_no_quarter(send):
    output, (report,) = send(("完全", "不相干"), ("1", "2"))
    assert (report["status"], report["period"]) == ("refused", None)
    assert "2023Q1" not in output


# One workbook of all tables


FILLED = {
    "社会组织": {
        "org_id": "O000001", "org_name": "怒江峡谷社工中心", "org_type": "社会服务机构", "reg_level": "县级",
        "reg_authority_code": "泸水市", "prefecture_code": "怒江州", "supervising_unit_code": "省民政厅",
        "registered_date": "2018-07-02", "status": "正常", "party_cover_mode": "未覆盖", "rating": "未评估",
    },
    "项目": {
        "project_id": "P00001", "project_name": "峡谷社工服务", "status": "需求发布", "lead_org_id": "O000001",
        "sector": "社工服务", "posted_date": "2026-01-05", "need_amount_yuan": 300000, "prefecture_code": "怒江州",
        "county_codes": "泸水市",
    },
    "资金": {
        "event_date": "2026-02-03", "source": "社会捐赠", "form": "资金", "amount_yuan": 300000,
        "prefecture_code": "怒江州", "project_id": "P00001", "org_id": "O000001",
    },
}  # fmt: skip


@pytest.fixture
def form(data, tmp_path):
    """Fill in the form of all tables: sheet -> its one row, then what is declared by label; where it lies."""

    def form(filled: dict[str, dict], declared: dict[str, int] | None = None) -> Path:
        path = tmp_path / "怒江.xlsx"
        typed = ("template", "--all", "--prefecture", "533300", "--period", "2026Q1", "--out", str(path))
        assert run(*typed).exit_code == 0
        book = openpyxl.load_workbook(path)
        for name, values in filled.items():
            columns = {cell.value: cell.column for cell in book[name][2]}
            for column, value in values.items():
                book[name].cell(4, columns[column], value)
        for row in book["填报说明"].iter_rows(max_row=12):
            if row[0].value in (declared or {}):
                row[1].value = declared[row[0].value]
        book.save(path)
        return path

    return form


def received(path: Path, *options: str) -> tuple[str, list[dict]]:
    report = path.with_suffix(".json")
    result = run("ingest", str(path), "--report", str(report), *options)
    assert result.exit_code in (0, 2, 3), result.output
    told = json.loads(report.read_bytes())
    return result.output, told if isinstance(told, list) else [told]


def test_a_form_of_all_tables_is_a_return_of_each_and_a_sheet_may_cite_another(form, data):
    (data / "snapshots").mkdir(parents=True)
    output, reports = received(form(FILLED))
    assert [(one["table"], one["period"], one["accepted"]) for one in reports] == [
        ("organizations", "2026Q1", 1), ("projects", "2026Q1", 1), ("funds", "2026Q1", 1)
    ]  # fmt: skip
    assert "共6张报表，收到3张；受益、活动、统计数没有填，等于未报送" in output
    assert list(staged()) == ["organizations 2026Q1", "projects 2026Q1", "funds 2026Q1"]
    snapshot = publish("2026-03-31")
    found = rows(snapshot, "select source_file, source_row, org_id, project_id from {funds}")
    assert found == [("怒江.xlsx·资金", 4, "O000001", "P00001")]
    assert rows(snapshot, "select count(distinct source_sha256) from {snapshot_manifest}") == [(1,)]


def test_where_something_is_published_what_a_workbook_brings_itself_may_be_cited(form):
    first = form({"资金": FILLED["资金"] | {"project_id": None, "org_id": None}})
    received(first)
    publish("2026-03-31")
    alone = {"资金": FILLED["资金"]}
    _, (unheard,) = received(form(alone), "--replace", "--dry-run")
    assert {note["rule"] for note in unheard["refused"]} == {"DQ-18"}
    _, reports = received(form(FILLED), "--replace", "--dry-run")
    assert [one["status"] for one in reports] == ["accepted"] * 3


def test_a_faulty_sheet_does_not_take_the_others_down_and_comes_back_alone(form):
    filled = FILLED | {"资金": FILLED["资金"] | {"amount_yuan": "约三十万"}}
    path = form(filled, {"申报行数·统计数": 0, "申报行数·受益": 3})
    output, reports = received(path)
    by_table = {one["table"]: one for one in reports}
    assert by_table["funds"]["status"] == "partly"
    assert (by_table["organizations"]["status"], by_table["projects"]["status"]) == ("accepted", "accepted")
    assert (by_table["reported_stats"]["status"], by_table["reported_stats"]["rows_in"]) == ("accepted", 0)
    assert by_table["beneficiaries"]["status"] == "refused"  # three rows are declared, none is there
    assert "“资金”第4行“金额(元)”" in output
    assert run("ingest", str(path), "--dry-run").exit_code == 3
    books = [openpyxl.load_workbook(batch.path / "feedback.xlsx").sheetnames for batch in staging.batches()]
    assert ["说明", "问题清单", "资金"] in books


def test_what_a_sheet_declares_is_held_against_that_sheet(form):
    _, reports = received(form(FILLED, {"申报行数·资金": 2, "申报行数·项目": 1, "申报金额(元)·资金": 300000}))
    warned = {one["table"]: [note["message"] for note in one["warnings"] if note["rule"] == "DQ-25"] for one in reports}
    assert warned == {"organizations": [], "projects": [], "funds": ["申报2行，实收1行；请核对是否漏行"]}
    facts = staged()["funds 2026Q1"].facts
    assert (facts["declared_rows"], float(facts["declared_amount"])) == (2, 300000)


def test_forms_of_several_tables_put_into_one_workbook_by_hand_are_read_the_same(data, tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in ("资金", "社会组织"):
        sheet = book.create_sheet(f"{table}表")
        sheet.append(list(FILLED[table]))
        sheet.append(list(FILLED[table].values()))
    book.save(tmp_path / "合订.xlsx")
    _, reports = received(tmp_path / "合订.xlsx", "--period", "2026Q1")
    assert [(one["file"], one["accepted"]) for one in reports] == [
        ("合订.xlsx·社会组织表", 1), ("合订.xlsx·资金表", 1)
    ]  # fmt: skip


def test_an_empty_form_of_all_tables_is_refused_once(form):
    _, (report,) = received(form({}))
    assert (report["status"], report["table"]) == ("refused", None)
    assert "本期确无数据的" in report["refused"][0]["message"]


@pytest.mark.parametrize("options", [("--table", "funds"), ("--periods", "2026Q1..2026Q1")])
def test_a_workbook_of_all_tables_does_not_go_with_what_is_for_one(options, form):
    _, (report,) = received(form(FILLED), *options)
    assert options[0] in report["refused"][0]["message"]


def test_a_form_is_of_one_table_or_of_all(data):
    assert_refused(run("template"), "--table funds", "--all")
    assert_refused(run("template", "--all", "--table", "funds"), "两样写一样")


def test_beside_a_workbook_of_all_tables_lies_one_workbook_a_table(form, ask):
    path = form(FILLED)
    answer, _ = ask(path, period=None, feedback=file_kinds.beside(path, ".反馈.xlsx"))
    assert [one["unwritten"] for one in answer["returns"]] == ["", "", ""]
    beside = {other.name for other in path.parent.glob("*.反馈.xlsx")}
    assert beside == {f"怒江.xlsx.{name}.反馈.xlsx" for name in FILLED}
