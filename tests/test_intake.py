"""The last snapshot and the staged returns become a new snapshot: nothing lost, nothing slipped in."""

import functools
import hashlib
import json
import shutil
import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import duckdb
import filelock
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from tests import staged
from tests.staged import ASOF
from yunnan import settings
from yunnan.data import record_selection, search, snapshots
from yunnan.publication import data_nature, durable, merge, publish, staging, verify
from yunnan.words import wording

AT = datetime(2018, 5, 1, 9)
OF_NUJIANG = "{funds} where prefecture_code = '533300'"


@pytest.fixture
def data(thin_data, tmp_path, monkeypatch) -> Path:
    """A private copy of the smallest province, to publish into."""
    shutil.copytree(thin_data, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    return tmp_path


@pytest.fixture
def send(data) -> Callable[..., str]:
    """Stage a return, of 怒江 and 2018Q1 unless told otherwise, received after those of the base."""
    return functools.partial(staged.stage, data)


def publish_now(asof: date = ASOF) -> merge.Outcome:
    return merge.publish_staged(asof, published_at=AT)


def ask(path: Path, sql: str) -> list[tuple]:
    """Rows of a query over the snapshot's files; {table} stands for a table's file."""
    tables = {file.stem: f"read_parquet('{file}')" for file in path.glob("*.parquet")}
    with duckdb.connect() as db:
        return db.execute(sql.format(**tables)).fetchall()


def test_a_newer_return_replaces_the_older_of_the_same_sender_table_and_period(data, send):
    before = data / "snapshots" / "2018-03-31.r1"
    assert ask(before, f"select source_file, count(*) from {OF_NUJIANG} group by all") == [("怒江资金.xlsx", 3)]
    batch = send("funds", [staged.fund(900001, "700.00"), staged.fund(900002, "300.00")], file="怒江补报.xlsx")
    outcome = publish_now()
    assert outcome.path.name == "2018-03-31.r2"
    assert outcome.replaced == {batch: "怒江资金.xlsx"}
    ids = f"select fund_id, source_file, source_row from {OF_NUJIANG} order by 1"
    assert ask(outcome.path, ids) == [("F900001", "怒江补报.xlsx", 2), ("F900002", "怒江补报.xlsx", 3)]
    others = "select * from {funds} where prefecture_code != '533300' order by fund_id"
    assert ask(outcome.path, others) == ask(before, others)
    told = f"select revision, rows_in, sum_amount_ok from {{snapshot_manifest}} where batch_id = '{batch}'"
    assert ask(outcome.path, told) == [(1, 2, 1000)]
    assert [f.text for f in verify.findings(outcome.path) if f.is_fault] == []


def test_what_came_before_is_left_byte_for_byte(data, send):
    before = {file.name: file.read_bytes() for file in (data / "snapshots" / "2018-03-31.r1").iterdir()}
    send("funds", [staged.fund(900001)])
    publish_now()
    assert before == {file.name: file.read_bytes() for file in (data / "snapshots" / "2018-03-31.r1").iterdir()}


def test_the_figures_are_those_of_the_rows_now(data, send):
    value = """select num from {indicator_values} where indicator_code = 'P1-08' and period = '2018Q1'
        and level = 'prefecture' and region_code = '533300'"""
    assert ask(data / "snapshots" / "2018-03-31.r1", value) == [(300,)]
    send("funds", [staged.fund(900001, "700.00"), staged.fund(900002, "300.00")])
    assert ask(publish_now().path, value) == [(1000,)]


def test_a_first_return_of_its_kind_only_adds(data, send):
    count = "select count(*) from {activities} where prefecture_code = '533100' and report_period = '2018Q1'"
    assert ask(data / "snapshots" / "2018-03-31.r1", count) == [(0,)]
    batch = send("activities", [staged.activity(900001, "533100")], prefecture="533100")
    outcome = publish_now()
    assert outcome.replaced == {}
    assert ask(outcome.path, count) == [(1,)]
    assert ask(outcome.path, f"select revision from {{snapshot_manifest}} where batch_id = '{batch}'") == [(0,)]


def test_of_two_staged_returns_of_the_same_kind_the_later_counts_and_both_are_recorded(data, send):
    first = send("funds", [staged.fund(900001)], issues=2, refused=2)
    second = send("funds", [staged.fund(900002)], received_at="2018-04-26T10:00:00")
    path = publish_now().path
    assert ask(path, f"select fund_id from {OF_NUJIANG}") == [("F900002",)]
    assert ask(path, f"select revision from {{snapshot_manifest}} where batch_id = '{second}'") == [(2,)]
    received = f"select count(*) from {{returns_received}} where batch_id in ('{first}', '{second}')"
    assert ask(path, received) == [(2,)]
    assert ask(path, f"select distinct status from {{quality_issues}} where batch_id = '{first}'") == [("已更正",)]


def test_a_return_after_the_day_it_was_due_is_told_of_as_an_issue(data, send):
    late = send("funds", [staged.fund(900001)], issues=1, refused=1)
    in_time = send("activities", [staged.activity(900001)], received_at="2018-04-10T17:00:00")
    path = publish_now().path
    told = "select batch_id, issue_id, message_zh from {quality_issues} where rule_id = 'DQ-26'"
    said = "应于2018年4月10日18:00前报送，2018年4月25日10:00收到"
    assert ask(path, told) == [(late, f"{late}-0002", said)]
    warnings = dict(ask(path, "select batch_id, warnings from {returns_received}"))
    assert (warnings[late], warnings[in_time]) == (1, 0)


def test_issues_of_a_replaced_return_are_mended_and_those_of_the_new_one_are_open(data, send):
    first = send("funds", [staged.fund(900001)], issues=1, refused=1)
    publish_now()
    second = send("funds", [staged.fund(900002)], issues=1, refused=1, received_at="2018-04-26T10:00:00")
    path = publish_now().path
    status = dict(ask(path, "select batch_id, status from {quality_issues}"))
    assert (status[first], status[second]) == ("已更正", "待处理")


def test_organizations_and_projects_of_a_newer_return_take_the_place_of_the_same_ones(data, send):
    before = data / "snapshots" / "2018-03-31.r1"
    row = staged.like("projects", project_name="项目一更名", county_codes="[530627, 530621, 530622]", status="实施中",
                      actual_end_date=None)  # fmt: skip
    send("projects", [row], prefecture="530000")
    outcome = publish_now()
    assert outcome.replaced == {}
    name = "select project_name from {projects} where project_id = 'P00001'"
    assert ask(outcome.path, name) == [("项目一更名",)]
    shares = "select county_code, share::double, is_primary from {project_locations} where project_id = 'P00001'"
    equal = [("530621", 0.3333, False), ("530622", 0.3333, False), ("530627", 0.3334, True)]
    assert sorted(ask(outcome.path, shares)) == equal
    rest = "select * from {project_locations} where project_id != 'P00001' order by all"
    assert ask(outcome.path, rest) == ask(before, rest)


@pytest.mark.parametrize("way", ["one by one", "together", "staged returns gone"])
def test_a_state_that_a_replaced_return_took_over_is_said_again_by_the_older_return_that_stands(data, send, way):
    """Two quarters list three organizations; the second is replaced by a list of one, the two others stay known."""

    def listed(name: str, numbers: tuple[int, ...], receipt: int, period: str) -> None:
        rows = [staged.like("organizations", org_id=f"O{n:06d}", org_name=f"{name}{n}", uscc=None) for n in numbers]
        send("organizations", rows, file=f"{name}.xlsx", receipt=receipt, period=period)
        if way != "together":
            publish_now(date(2018, 6, 30))
        if way == "staged returns gone":
            shutil.rmtree(data / "staging")

    listed("一季", (101, 102, 103), 1, "2018Q1")
    listed("二季", (101, 102, 103, 104), 2, "2018Q2")
    listed("二季改", (101,), 3, "2018Q2")
    if way == "together":
        publish_now(date(2018, 6, 30))
    path = data / "snapshots" / snapshots.published()[0]
    now = ask(path, "select org_name, source_file from {organizations} where org_id > 'O000100' order by org_id")
    assert now == [("二季改101", "二季改.xlsx"), ("一季102", "一季.xlsx"), ("一季103", "一季.xlsx")]


@pytest.mark.parametrize("is_together", [True, False])
def test_a_late_correction_of_an_earlier_period_does_not_take_the_place_of_a_later_state(data, send, is_together):
    def listed(name: str, numbers: tuple[int, ...], receipt: int, period: str) -> None:
        rows = [staged.like("organizations", org_id=f"O{n:06d}", org_name=f"{name}{n}", uscc=None) for n in numbers]
        send("organizations", rows, file=f"{name}.xlsx", receipt=receipt, period=period)

    listed("一季", (101,), 1, "2018Q1")
    listed("二季", (101,), 2, "2018Q2")
    if not is_together:
        publish_now(date(2018, 6, 30))
    listed("一季改", (101, 102), 3, "2018Q1")
    outcome = publish_now(date(2018, 6, 30))
    now = ask(outcome.path, "select org_name from {organizations} where org_id > 'O000100' order by org_id")
    assert now == [("二季101",), ("一季改102",)]
    assert outcome.remarks == ["一季改.xlsx 有1行没有改变登记：2018Q1以后的报表里已有它们更新的状态，以后报的为准"]


OLD, NEW, NEWER = "组织甲基金会", "组织甲新名基金会", "组织甲再改名基金会"


def renamed(send, name: str, month: int = 5) -> Path:
    """The snapshot in which the register calls O000001 so."""
    row = staged.like("organizations", org_name=name)
    send("organizations", [row], file=f"组织{month}.xlsx", received_at=f"2018-{month:02d}-01T10:00:00")
    return publish_now().path


def names(path: Path) -> tuple[str, list[str] | None]:
    ((name, former),) = ask(path, "select org_name, former_names from {organizations} where org_id = 'O000001'")
    return name, former


def test_what_an_organization_was_called_before_stays_with_it_renamed_twice_and_renamed_back(send):
    told = [(OLD, None), (NEW, [OLD]), (OLD, [NEW]), (NEWER, [NEW, OLD])]
    assert [names(renamed(send, name, month)) for month, (name, _) in enumerate(told, 5)] == told


def test_a_renamed_organization_is_sought_by_its_old_name_also_in_snapshots_that_rename_nobody(send):
    renamed(send, NEW)
    send("funds", [staged.fund(900001)])
    path = publish_now().path
    assert names(path) == (NEW, [OLD])
    found = snapshots.find(path.name)
    for typed in (OLD, NEW, "zzjjjh"):
        (jump,) = search.find(found, typed, {})
        assert (jump.address, jump.label) == ({"org": "O000001"}, f"{NEW}，曾用名{OLD}（社会组织）")
        listed = record_selection.read("organizations", {"search": typed})[0]
        (row,) = found.page(listed.query, size=9, **listed.params).itertuples()
        assert (row.org_name, row.former_names) == (NEW, OLD)


def test_a_file_refused_whole_is_recorded_and_counts_as_not_reported(data, send):
    bad = send("beneficiaries", None, file="身份证.xlsx", issues=1, prefecture="533100")
    send("funds", [staged.fund(900001)])
    outcome = publish_now()
    assert [batch.id for batch in outcome.refused] == [bad]
    assert ask(outcome.path, f"select status from {{returns_received}} where batch_id = '{bad}'") == [("整份拒收",)]
    assert ask(outcome.path, f"select count(*) from {{snapshot_manifest}} where batch_id = '{bad}'") == [(0,)]
    assert snapshots.find(outcome.path.name).feedback(bad) == b"PK feedback"


def test_a_return_of_which_every_row_was_refused_does_not_withdraw_what_is_there(data, send):
    send("funds", [], refused=4, issues=4)
    with pytest.raises(publish.Refused, match="没有可入库的行"):
        publish_now()


HOMES = "select county_code from {beneficiaries} where subject_key = '00000000000000aa'"


def test_a_person_whom_a_later_return_puts_into_another_county_counts_once_and_nobody_waits(data, send):
    send("beneficiaries", [staged.helped(900001, "530602")], file="昭通受益.xlsx", prefecture="530600")
    others = [staged.helped(900002, "533301"), staged.helped(900003, "533301", 0xBB)]
    later = send("beneficiaries", others, file="怒江受益.xlsx", received_at="2018-04-26T10:00:00")
    outcome = publish_now()
    (sentence,) = outcome.remarks
    for part in ("怒江受益.xlsx 第2行", "泸水市", "昭通受益.xlsx 第2行", "昭通市昭阳区"):
        assert part in sentence
    assert ask(outcome.path, HOMES) == [("530602",)]
    assert ask(outcome.path, "select count(*) from {beneficiaries} where record_id >= 'B900000'") == [(2,)]
    told = f"select status, rows_accepted, rows_refused from {{returns_received}} where batch_id = '{later}'"
    assert ask(outcome.path, told) == [("部分接收", 1, 1)]
    ((row, message),) = ask(
        outcome.path,
        f"select row_no, message_zh from {{quality_issues}} where batch_id = '{later}' and rule_id = 'DQ-34'",
    )
    assert row == 2
    assert "昭通市2018Q1的报表里常住昭阳区，这一行是泸水市" in message
    assert "昭通受益" not in message
    assert [finding.text for finding in verify.findings(outcome.path) if finding.is_fault] == []


def test_of_many_rows_that_say_another_home_the_desk_reads_the_first_and_how_many_more(data, send):
    people = range(1, wording.MOST_SENTENCES + 4)
    send("beneficiaries", [staged.helped(910000 + n, "530602", n) for n in people], prefecture="530600")
    others = [staged.helped(920000 + n, "533301", n) for n in people]
    later = send("beneficiaries", others, file="怒江受益.xlsx", received_at="2018-04-26T10:00:00")
    outcome = publish_now()
    assert len(outcome.remarks) == wording.MOST_SENTENCES + 1
    assert outcome.remarks[-1].startswith("没有计入 怒江受益.xlsx 另有3行，原因相同")
    told = f"select count(distinct issue_id) from {{quality_issues}} where batch_id = '{later}' and rule_id = 'DQ-34'"
    assert ask(outcome.path, told) == [(wording.MOST_SENTENCES + 3,)]


def test_a_person_is_counted_where_the_later_return_says_once_the_other_office_has_corrected_its_own(data, send):
    send("beneficiaries", [staged.helped(900001, "530602")], prefecture="530600")
    send("beneficiaries", [staged.helped(900002, "533301")], received_at="2018-04-26T10:00:00", file="怒江受益.xlsx")
    publish_now()
    with pytest.raises(publish.Refused, match="没有能改变快照的报表"):
        publish_now()
    send(
        "beneficiaries", [staged.helped(900004, "530602", 0xCC)], prefecture="530600", received_at="2018-04-27T10:00:00"
    )
    outcome = publish_now()
    assert (len(outcome.taken), outcome.remarks) == (1, [])
    assert ask(outcome.path, HOMES) == [("533301",)]
    assert ask(outcome.path, "select rows_refused from {returns_received} where source_file = '怒江受益.xlsx'") == [
        (0,)
    ]


def test_a_return_that_is_judged_anew_must_be_as_it_was_received(data, send):
    send("beneficiaries", [staged.helped(900001, "530602")], prefecture="530600")
    kept = send(
        "beneficiaries", [staged.helped(900002, "533301")], received_at="2018-04-26T10:00:00", file="怒江受益.xlsx"
    )
    publish_now()
    resealed(data / "staging" / kept)
    send(
        "beneficiaries", [staged.helped(900004, "530602", 0xCC)], prefecture="530600", received_at="2018-04-27T10:00:00"
    )
    with pytest.raises(staging.Unreadable, match=f"{kept}.*与收下时不一致"):
        publish_now()


def test_money_that_another_return_reports_in_the_same_words_is_counted_and_both_lines_are_named(data, send):
    """A row that came in time, and late with the next quarter's return again."""
    send("funds", [staged.fund(900001, "77.00"), staged.fund(900002)], file="一.xlsx", receipt=1)
    first = publish_now(date(2018, 6, 30))
    assert first.remarks == []
    send(
        "funds",
        [staged.fund(900003, "77.00"), staged.fund(900004, "78.00")],
        period="2018Q2",
        file="二.xlsx",
        receipt=2,
    )
    send(
        "funds", [staged.fund(900005, "77.00", donor_name="另一家公司")], prefecture="530000", file="省.xlsx", receipt=3
    )
    outcome = publish_now(date(2018, 6, 30))
    (told,) = outcome.remarks
    assert told.startswith("请核对 二.xlsx 第2行与 一.xlsx 第2行：")
    assert ask(outcome.path, "select count(*) from {funds} where amount_yuan = 77") == [(3,)]


def test_a_return_of_a_later_period_waits_and_is_said(data, send):
    later = send("funds", [staged.fund(900003, report_period="2018Q2", event_date="2018-04-20")], period="2018Q2")
    send("funds", [staged.fund(900001)])
    outcome = publish_now()
    assert [(batch.id, why) for batch, why in outcome.waiting] == [(later, "报告期 2018Q2 晚于截至日")]
    outcome = publish_now(date(2018, 6, 30))
    assert (outcome.path.name, outcome.base) == ("2018-06-30.r1", "2018-03-31.r2")
    assert [batch.id for batch in outcome.taken] == [later]


def test_the_same_return_twice_changes_nothing(data, send):
    send("funds", [staged.fund(900001)])
    publish_now()
    with pytest.raises(publish.Refused, match="没有能改变快照的报表"):
        publish_now()
    assert snapshots.published() == ["2018-03-31.r2", "2018-03-31.r1"]


def test_a_return_older_than_the_one_in_the_snapshot_changes_nothing(data, send):
    send("funds", [staged.fund(900001)], received_at="2018-04-01T10:00:00")
    with pytest.raises(publish.Refused, match="已有更新的同一报表"):
        publish_now()


def test_without_a_base_the_staged_returns_alone_make_a_snapshot(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    row = staged.fund(1, "500.00", org_id=None, project_id=None, programme_code=None)
    staged.stage(tmp_path, "funds", [row])
    outcome = publish_now()
    assert (outcome.path.name, outcome.base) == ("2018-03-31.r1", "")
    assert ask(outcome.path, "select fund_id, amount_yuan::double from {funds}") == [("F000001", 500.0)]
    assert [f.text for f in verify.findings(outcome.path) if f.is_fault] == []


def test_with_nothing_staged_the_way_is_said(data):
    with pytest.raises(publish.Refused, match="python -m yunnan ingest"):
        publish_now()


def test_a_row_that_breaks_a_rule_is_named_by_its_file_and_line(data, send):
    send("funds", [staged.fund(900001), staged.fund(900002, event_date="2018-04-05", report_period="2018Q2")],
         file="怒江资金.xlsx")  # fmt: skip
    with pytest.raises(publish.Refused, match=r"日期晚于截至日.*怒江资金\.xlsx 第3行"):
        publish_now()
    assert snapshots.published() == ["2018-03-31.r1"]


def test_an_identifier_that_another_return_has_is_named_by_both_lines(data, send):
    send("funds", [staged.fund(4)], file="补报.xlsx")
    with pytest.raises(publish.Refused, match=r"funds F000004：昭通资金\.xlsx 第2行、补报\.xlsx 第2行"):
        publish_now()


def test_a_value_that_the_contract_does_not_know_is_refused_by_file(data, send):
    send("funds", [staged.fund(900001, stage="到帐")], file="怒江资金.xlsx")
    with pytest.raises(publish.Refused, match=r"怒江资金\.xlsx"):
        publish_now()


def test_two_senders_may_give_their_files_the_same_name(data, send):
    send("funds", [staged.fund(900001)], file="资金.xlsx")
    here = {"prefecture_code": "533400", "county_code": "533401"}
    other = send("funds", [staged.fund(900002, **here)], file="资金.xlsx", prefecture="533400")
    path = publish_now().path
    files = dict(ask(path, "select fund_id, source_file from {funds} where fund_id >= 'F900000'"))
    assert files == {"F900001": "资金.xlsx", "F900002": f"资金（{other[-12:]}）.xlsx"}
    send("funds", [staged.fund(900003)], file="资金.xlsx", received_at="2018-04-26T10:00:00")
    ids = "select fund_id from {funds} where fund_id >= 'F900000' order by 1"
    assert ask(publish_now().path, ids) == [("F900002",), ("F900003",)]


def test_feedback_workbooks_travel_with_the_snapshots_and_are_sealed(data, send):
    first = send("funds", [staged.fund(900001)], feedback=b"one")
    publish_now()
    second = send("activities", [staged.activity(900001)], feedback=b"two")
    path = publish_now().path
    told = json.loads((path / "manifest.json").read_text(encoding="utf-8"))["feedback"]
    assert {name: facts["sha256"] for name, facts in told.items()} == {
        first: hashlib.sha256(b"one").hexdigest(),
        second: hashlib.sha256(b"two").hexdigest(),
    }
    shot = snapshots.find(path.name)
    assert (shot.feedback(first), shot.feedback(second), shot.feedback("../x")) == (b"one", b"two", None)
    elsewhere = snapshots.find(path.name, frozenset({"530100"}))
    assert elsewhere.feedback(first) is None
    for batch, files in ((first, [("报表.xlsx", "2018Q1")]), ("projects-530600-2018Q1-000000000000", []), ("../x", [])):
        rows = shot.table("returns/feedback", batch=batch)
        assert list(zip(rows.source_file, rows.report_period, strict=True)) == files, batch
    assert elsewhere.table("returns/feedback", batch=first).empty
    (path / "feedback" / f"{first}.xlsx").chmod(0o644)
    (path / "feedback" / f"{first}.xlsx").write_bytes(b"other")
    assert list(snapshots.damage(path)) == [f"文件 feedback/{first}.xlsx 的内容与发布时不一致"]


@pytest.mark.parametrize("is_synthetic", [True, False])
def test_a_snapshot_is_of_the_nature_of_its_folder(tmp_path, monkeypatch, is_synthetic):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    for number in (1, 2):
        send_bare(tmp_path, number, is_synthetic)
        assert snapshots.Snapshot(publish_now().path).manifest["is_synthetic"] is is_synthetic


@pytest.mark.parametrize("is_first_synthetic", [True, False])
def test_a_demonstration_and_an_offices_returns_are_never_published_together(tmp_path, monkeypatch, is_first_synthetic):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    send_bare(tmp_path, 1, is_first_synthetic)
    first = publish_now().path
    send_bare(tmp_path, 2, not is_first_synthetic)
    with pytest.raises(data_nature.Mixed, match=r"既有演示数据.*又有真实数据.*demo --remove"):
        publish_now()
    assert snapshots.published() == [first.name]


def send_bare(data: Path, number: int, is_synthetic: bool) -> None:
    """Stage a return that cites nothing, received after those before."""
    bare = {"org_id": None, "project_id": None, "programme_code": None}
    staged.stage(data, "funds", [staged.fund(number, **bare)], synthetic=is_synthetic, file=f"{number}.xlsx",
                 received_at=f"2018-04-{number + 10}T10:00:00")  # fmt: skip


def test_a_damaged_base_is_refused_by_name(data, send):
    send("funds", [staged.fund(900001)])
    file = data / "snapshots" / "2018-03-31.r1" / "funds.parquet"
    file.chmod(0o644)
    file.write_bytes(b"PAR1")
    with pytest.raises(publish.Refused, match=r"底本的快照 2018-03-31\.r1 已损坏.*funds\.parquet"):
        publish_now()


@pytest.mark.parametrize("text", ["{", "{}", '{"format": 2}', "[]", '{"format": 1, "batch_id": "x"}'])
def test_a_staged_folder_that_is_not_whole_is_refused_by_name(data, send, text):
    batch = send("funds", [staged.fund(900001)])
    (data / "staging" / batch / "batch.json").write_text(text, encoding="utf-8")
    with pytest.raises(staging.Unreadable, match=batch):
        publish_now()


@pytest.mark.parametrize(
    ("file", "spoil"),
    [("rows.parquet", Path.unlink), ("batch.json", Path.unlink), ("rows.parquet", lambda file: cut(file))],
    ids=["rows gone", "facts gone", "half of the rows"],
)
def test_what_was_accepted_and_is_not_there_stops_the_publication_by_name(data, send, file, spoil):
    send("activities", [staged.activity(900001)])
    batch = send("funds", [staged.fund(900001)])
    spoil(data / "staging" / batch / file)
    with pytest.raises(staging.Unreadable, match=batch):
        publish_now()
    assert snapshots.published() == ["2018-03-31.r1"]
    assert (data / "staging" / batch).is_dir()


def test_a_staged_list_of_issues_that_is_cut_off_stops_the_publication_by_name(data, send):
    batch = send("funds", [staged.fund(900001)], issues=3)
    cut(data / "staging" / batch / "issues.parquet")
    with pytest.raises(staging.Unreadable, match=f"{batch} 的问题清单 issues.parquet 已损坏"):
        publish_now()
    assert snapshots.published() == ["2018-03-31.r1"]


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def resealed(batch: Path) -> None:
    """The staged rows are no longer those that the batch was sealed with."""
    path = batch / "batch.json"
    facts = json.loads(path.read_text(encoding="utf-8")) | {"format": 2, "rows_sha256": "0" * 64}
    path.write_text(json.dumps(facts), encoding="utf-8")


def test_rows_that_are_not_those_received_are_refused_by_name(data, send):
    batch = send("funds", [staged.fund(900001)])
    resealed(data / "staging" / batch)
    with pytest.raises(staging.Unreadable, match=f"{batch}.*与收下时不一致"):
        publish_now()


def test_the_later_receipt_counts_whatever_the_clock_said(data, send):
    send("funds", [staged.fund(900001)], receipt=7, received_at="2031-01-01T00:00:00")
    publish_now()
    late = send("funds", [staged.fund(900002)], receipt=8, received_at="2018-04-26T10:00:00")
    outcome = publish_now()
    assert [batch.id for batch in outcome.taken] == [late]
    assert ask(outcome.path, f"select fund_id from {OF_NUJIANG}") == [("F900002",)]


def test_what_ingest_has_not_finished_is_not_seen(data):
    (data / "staging" / ".incoming.funds-1").mkdir(parents=True)
    (data / "staging" / ".incoming.funds-1" / "batch.json").write_text("{", encoding="utf-8")
    assert staging.batches() == []


def test_a_second_publisher_waits_and_is_refused_by_a_sentence_when_it_takes_too_long(data, send):
    send("funds", [staged.fund(900001)])
    with filelock.FileLock(data / "snapshots" / ".lock"), pytest.raises(durable.Busy, match=r"已等待 0\.2 秒"):
        merge.publish_staged(ASOF, published_at=AT, wait=0.2)
    lock = filelock.FileLock(data / "snapshots" / ".lock", thread_local=False)
    lock.acquire()
    threading.Timer(0.3, lock.release).start()
    assert merge.publish_staged(ASOF, published_at=AT, wait=30).path.name == "2018-03-31.r2"


def test_the_same_returns_give_the_same_bytes(data, send, thin_data, tmp_path_factory, monkeypatch):
    batch = send("funds", [staged.fund(900001)], issues=1, refused=1)
    one = publish_now().path
    again = tmp_path_factory.mktemp("again")
    shutil.copytree(thin_data, again, dirs_exist_ok=True)
    shutil.copytree(data / "staging" / batch, again / "staging" / batch)
    monkeypatch.setattr(settings, "DATA_DIR", again)
    two = publish_now().path
    files = [file.relative_to(one) for file in one.rglob("*") if file.is_file()]
    assert all((one / file).read_bytes() == (two / file).read_bytes() for file in files)


SENT = st.lists(
    st.tuples(st.sampled_from(["533300", "533400"]), st.integers(1, 4), st.booleans()), min_size=1, max_size=5
)


@budget(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(sent=SENT, together=st.booleans())
def test_whatever_is_sent_and_however_often_it_is_published_the_last_word_of_each_sender_stands(
    thin_data, tmp_path_factory, sent, together
):
    data = tmp_path_factory.mktemp("sent")
    shutil.copytree(thin_data, data, dirs_exist_ok=True)
    last: dict[str, set[str]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", data)
        for turn, (place, count, is_whole) in enumerate(sent):
            ids = [900_000 + turn * 10 + n for n in range(count)]
            county = "533323" if place == "533300" else "533401"
            rows = [staged.fund(n, prefecture_code=place, county_code=county) for n in ids]
            staged.stage(data, "funds", rows if is_whole else None, prefecture=place,
                         received_at=f"2018-04-25T10:{turn:02d}:00")  # fmt: skip
            if is_whole:
                last[place] = {f"F{n:06d}" for n in ids}
            if not together and is_whole:
                publish_now()
        if together and last:
            publish_now()
        path = data / "snapshots" / snapshots.published()[0]
        held = ask(path, "select prefecture_code, fund_id from {funds} where fund_id >= 'F900000'")
    assert {place: {i for p, i in held if p == place} for place in last} == last
    assert len(held) == sum(map(len, last.values()))
