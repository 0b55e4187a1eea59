"""What was received or published can be taken back, with a reason that is kept; nothing is removed."""

import json

import pytest

from tests import office
from tests.command_line import assert_refused, run
from tests.office import FUNDS, GIFT, MONEY, RATE, TARGETS, publish, rows
from tests.screens import open_page
from yunnan.data import snapshot_folders, snapshots
from yunnan.publication import staging, withdrawals

MORE = ("2026-03-01", "到账", "社会捐赠", "资金", "500000", "怒江州", "泸水市", "")
TOTAL = "select sum(amount_yuan)::double from {funds}"
WHY = "捐赠协议没有签"


def newest_batch(table: str = "funds") -> str:
    return max((path.name for path in staging.paths() if path.name.startswith(table)), key=staging.receipt)


def take_back(command: str, name: str, why: str = WHY):
    return run(command, name, "--why", why)


def assert_not_published(*parts: str, options: tuple = ()) -> None:
    result = run("publish", "--as-of", "2026-03-31", *options)
    assert result.exit_code == 1
    for part in parts:
        assert part in result.stderr


def states() -> dict[str, str]:
    """What the command says of each staged return."""
    lines = run("staged").stdout.splitlines()
    return {line.split("  ")[0]: line.rsplit("  ", 1)[1] for line in lines}


def test_a_return_that_is_not_published_yet_never_comes_in_and_stays_where_it_is(office_send):
    office_send(FUNDS, GIFT)
    publish()
    office_send(FUNDS, MORE, options=("--period", "2026Q1"), file="补.csv")
    wrong = newest_batch()
    result = take_back("withdraw", wrong)
    assert result.exit_code == 0
    assert "还没有进入快照" in result.output
    assert states()[wrong] == f"已撤回：{WHY}"
    assert (staging.folder() / wrong / "rows.parquet").is_file()
    assert_not_published("没有能改变快照的报表")


def test_a_persons_number_in_a_reason_or_a_note_is_kept_nowhere(office_send, office_data):
    office_send(FUNDS, GIFT)
    batch, number = newest_batch(), "530102199003071234"
    for typed in (
        ("withdraw", batch, "--why", f"改名 {number}"),
        ("retract", "2026-03-31.r1", "--why", "联系 13888012345"),
        ("publish", "--as-of", "2026-03-31", "--note", f"经办 {number}"),
    ):
        assert_refused(run(*typed), "没有做，也没有保存；请删去号码再运行")
    kept = b"".join(path.read_bytes() for path in office_data.rglob("*") if path.is_file())
    assert number.encode() not in kept
    assert b"13888012345" not in kept
    assert states() == {batch: "待发布"}


def test_a_return_without_an_accepted_row_takes_nothings_place_and_says_so(office_send):
    office_send(FUNDS, GIFT)
    first = newest_batch()
    report = office_send(FUNDS, ("2026-02-03", "到账", "天上", *GIFT[3:]), file="错.csv")
    assert report["accepted"] == 0
    assert "代替" not in json.dumps(report, ensure_ascii=False)
    assert states()[first] == "待发布"


def test_of_two_returns_of_one_quarter_only_the_later_waits_until_it_is_withdrawn(office_send):
    office_send(FUNDS, GIFT)
    first = newest_batch()
    office_send(FUNDS, MORE, file="更正.csv")
    later = newest_batch()
    assert states() == {first: f"由 {later} 代替，不再发布", later: "待发布"}
    take_back("withdraw", later)
    assert states() == {first: "待发布", later: f"已撤回：{WHY}"}


def test_a_published_return_goes_from_the_next_snapshot_and_the_one_before_stands_again(office_send):
    office_send(FUNDS, GIFT)
    publish()
    office_send(FUNDS, MORE, file="更正.csv")
    second = publish()
    assert rows(second, TOTAL) == [(500_000,)]
    assert take_back("withdraw", newest_batch()).exit_code == 0
    third = publish()
    assert rows(second, TOTAL) == [(500_000,)]
    assert rows(third, TOTAL) == [(300_000,)]
    assert rows(third, "select source_file from {snapshot_manifest}") == [("报表.csv",)]
    received = "select source_file, status::varchar from {returns_received} order by 1"
    assert rows(third, received) == [("报表.csv", "全部接收"), ("更正.csv", "已撤回")]
    assert json.loads((third / "manifest.json").read_text())["withdrawn"] == {"更正.csv": WHY}


def test_what_was_withdrawn_may_be_sent_again_and_then_counts(office_send):
    office_send(FUNDS, GIFT)
    publish()
    take_back("withdraw", newest_batch())
    assert rows(publish(), "select count(*) from {funds}") == [(0,)]
    assert office_send(FUNDS, GIFT)["status"] == "accepted"
    assert rows(publish(), TOTAL) == [(300_000,)]


def test_a_register_that_is_taken_back_leaves_what_an_earlier_one_said(office_send):
    office_send(FUNDS, GIFT)
    office_send(TARGETS, MONEY, RATE, options=("--period", "2026Q1"))
    publish()
    office_send(TARGETS, (*RATE[:3], "90%", *RATE[4:]), file="目标二.csv", options=("--period", "2026Q2"))
    values = "select indicator_code, target_value::double from {targets} order by 1"
    assert rows(publish("2026-06-30"), values) == [("P1-01", 0.9), ("P1-08", 1_000_000)]
    take_back("withdraw", newest_batch("targets"))
    assert rows(publish("2026-06-30"), values) == [("P1-01", 0.75), ("P1-08", 1_000_000)]


def test_a_closed_snapshot_is_shown_to_nobody_its_number_is_not_given_again_and_the_former_shows(office_send):
    office_send(FUNDS, GIFT)
    first = publish()
    office_send(FUNDS, MORE, file="更正.csv")
    second = publish()
    result = take_back("retract", second.name)
    assert result.exit_code == 0
    assert f"改看 {first.name}" in result.output
    assert snapshots.published() == [first.name]
    with pytest.raises(snapshot_folders.NoSnapshot, match=f"已关闭：{WHY}"):
        snapshots.find(second.name)
    assert (second / "funds.parquet").is_file()
    assert publish().name == "2026-03-31.r3"


def test_only_the_newest_revision_of_a_date_can_be_closed_and_once(office_send):
    office_send(FUNDS, GIFT)
    first = publish()
    office_send(FUNDS, MORE, file="更正.csv")
    second = publish()
    assert_refused(take_back("retract", first.name), second.name, "只能关闭最新的修订版")
    assert_refused(take_back("retract", "2020-01-01.r1"), "没有发布过")
    take_back("retract", second.name)
    assert_refused(take_back("retract", second.name), "已经关闭过")


def test_a_snapshot_whose_returns_are_nowhere_else_is_not_closed(office_send):
    office_send(FUNDS, GIFT)
    snapshot = publish()
    assert run("prune", "--all-ages").exit_code == 0
    assert staging.paths() == []
    assert_refused(take_back("retract", snapshot.name), "已从暂存里清理", "withdraw")
    (batch,) = (name for (name,) in rows(snapshot, "select batch_id from {snapshot_manifest}"))
    assert take_back("withdraw", batch).exit_code == 0
    assert rows(publish(), "select count(*) from {funds}") == [(0,)]


@pytest.mark.parametrize("command", ["withdraw", "retract"])
def test_nothing_is_taken_back_without_a_reason_or_without_a_thing(command, office_send):
    office_send(FUNDS, GIFT)
    name = newest_batch() if command == "withdraw" else publish().name
    assert_refused(take_back(command, name, "错"), "--why")
    assert_refused(take_back(command, "funds-533300-2026Q1-999999"), "没有")
    assert withdrawals.withdrawn() == {}
    assert snapshot_folders.retracted() == {}


def test_who_took_what_back_and_why_stands_in_the_log_of_access(office_send, office_data):
    office_send(FUNDS, GIFT)
    batch = newest_batch()
    snapshot = publish()
    take_back("withdraw", batch)
    take_back("retract", snapshot.name)
    assert run("verify-log").exit_code == 0
    lines = [
        json.loads(line)
        for file in sorted((office_data / "log").glob("*access*.jsonl"))
        for line in file.read_text().splitlines()
    ]
    acts = [(line["event"], line["taken_back"], line["why"]) for line in lines if "why" in line]
    assert acts == [("withdraw", batch, WHY), ("retract", snapshot.name, WHY)]


def test_a_reason_that_cannot_be_read_stops_publication_by_name_and_keeps_a_snapshot_closed(office_send):
    office_send(FUNDS, GIFT)
    snapshot = publish()
    office_send(FUNDS, MORE, file="更正.csv")
    take_back("withdraw", newest_batch())
    (line,) = staging.withdrawn_folder().glob("*.json")
    line.write_text("")
    assert_not_published("撤回的记录", "备份")
    take_back("retract", snapshot.name)
    (snapshot.parent / f"{snapshot.name}{snapshot_folders.RETRACTED}").write_text("{")
    assert snapshots.published() == []


def test_a_preview_says_what_would_change_where_and_publishes_nothing(office_send, office_data):
    office_send(FUNDS, GIFT)
    office_send(TARGETS, MONEY)
    before = publish()
    office_send(FUNDS, GIFT, MORE, file="更正.csv")
    files = sorted(path.name for path in office_data.rglob("*"))
    result = run("publish", "--as-of", "2026-03-31", "--preview")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in office_data.rglob("*")) == files
    assert office.snapshots() == [before]
    for part in ("收入 更正.csv（2行），代替 报表.csv", "P1-08", "怒江州 30万元 → 80万元", "2026-03-31.r2 没有发布"):
        assert part in result.output, result.output
    after = publish()
    assert rows(after, TOTAL) == [(800_000,)]


def test_a_preview_of_the_first_snapshot_and_of_nothing_says_so(office_send):
    assert_not_published("没有能改变快照的报表", options=("--preview",))
    office_send(FUNDS, GIFT)
    assert "没有底本" in run("publish", "--as-of", "2026-03-31", "--preview").output
    assert office.snapshots() == []


def test_an_address_that_names_a_closed_snapshot_says_why_and_shows_the_former(office_send):
    office_send(FUNDS, GIFT)
    publish()
    office_send(FUNDS, MORE, file="更正.csv")
    take_back("retract", publish().name, "金额多报，*见附件* http://x.cn")
    app = open_page("pages/records/funds.py", asof="2026-03-31.r2")
    (sentence,) = [warning.value for warning in app.warning if "2026-03-31.r2" in warning.value]
    assert "已关闭" in sentence
    assert "金额多报" in sentence
    assert "http://" not in sentence  # a joiner keeps it from becoming a link
    assert app.query_params["asof"] == "2026-03-31.r1"
