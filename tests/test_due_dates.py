"""When returns are due and from which quarter: settings of the data folder, and what was never due is never late."""

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from tests import office
from tests.command_line import assert_refused, run
from tests.office import FUNDS, GIFT, publish, rows
from tests.screens import open_page, visible_text
from yunnan import settings
from yunnan.data import due_dates, snapshots
from yunnan.data.due_dates import DueDates
from yunnan.front.places import place
from yunnan.front.trust import quality

NUJIANG, KUNMING = "533300", "530100"
OLD_GIFT = ("2023-02-03", *GIFT[1:])


@pytest.fixture
def data(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    monkeypatch.setattr(settings, "DATA_DIR", folder)
    monkeypatch.setattr(settings, "DEADLINE", "")
    return folder


def send(folder: Path, gift: tuple, period: str, received_at: str) -> dict:
    """Receive a gift of a quarter that came on a day; its report."""
    options = ("--period", period, "--received-at", received_at)
    return office.send(folder, FUNDS, gift, file=f"资金{period}.csv", options=options)


@pytest.fixture(scope="module")
def history(tmp_path_factory) -> Iterator[Path]:
    """The snapshot of an office that owes returns from 2026Q1, sent its first a day late, and one of 2023Q1 as well."""
    folder = tmp_path_factory.mktemp("history")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", folder / "data")
        patch.setattr(settings, "DEADLINE", "")
        assert run("deadline", "--due", "20 12:00", "--first", "2026Q1").exit_code == 0
        send(folder, OLD_GIFT, "2023Q1", "2023-06-02T09:00:00")
        send(folder, GIFT, "2026Q1", "2026-04-21T09:00:00")
        yield publish()


def asked(name: str, **params: str) -> pd.DataFrame:
    return snapshots.find(snapshots.published()[0]).table(name, **params)


def lights(place_code: str, period: str):
    found = asked("returns/lights", period=period, place=place_code, published_at="2026-05-02T09:00:00")
    return found[found.period == period].iloc[0]


def test_without_a_setting_every_quarter_is_due_on_the_tenth_and_the_manifest_does_not_speak_of_it(data, tmp_path):
    result = run("deadline")
    assert result.stdout.splitlines() == ["季报在季后次月10日18:00前报到", "每个季度都应报"]
    send(tmp_path, GIFT, "2026Q1", "2026-04-21T09:00:00")
    assert "due_dates" not in json.loads((publish() / "manifest.json").read_bytes())
    assert lights(NUJIANG, "2026Q1").days_late >= 10


def test_a_setting_stays_until_it_is_changed_and_each_half_alone(data):
    run("deadline", "--due", "20 12:00")
    assert run("deadline", "--first", "2026Q1").exit_code == 0
    assert due_dates.read() == DueDates("20 12:00", "2026Q1")
    assert [path.name for path in data.iterdir()] == ["deadline.json"]
    assert "每个季度都应报" in run("deadline", "--first", "无").stdout
    assert due_dates.read() == DueDates("20 12:00")


def test_the_environment_goes_before_the_folders_deadline_and_says_so(data, monkeypatch):
    run("deadline", "--due", "20 12:00", "--first", "2026Q1")
    monkeypatch.setattr(settings, "DEADLINE", "5 09:00")
    assert due_dates.read() == DueDates("5 09:00", "2026Q1")
    assert "季报在季后次月5日09:00前报到（由 YUNNAN_DEADLINE 定" in run("deadline").stdout


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (("--due", "31 18:00"), "季后次月的日（1到28）"),
        (("--due", "10"), "季后次月的日（1到28）"),
        (("--first", "2026"), "如 2026Q1"),
        (("--first", "2026Q5"), "如 2026Q1"),
    ],
)
def test_what_cannot_be_a_deadline_is_one_sentence_and_writes_nothing(options, part, data):
    assert_refused(run("deadline", *options), part)
    assert not data.exists()


UNKNOWN_SENDER = '{"deadline": "10 18:00", "first": null, "senders": ["539999"]}'


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"deadline": "soon", "first": null}', '{"deadline": "10 18:00"}', UNKNOWN_SENDER]
)
def test_a_file_that_was_spoiled_stops_what_needs_it_and_is_mended_by_the_command(text, data, tmp_path):
    data.mkdir()
    (data / "deadline.json").write_text(text)
    way = "python -m yunnan deadline"
    assert_refused(run("ingest", str(tmp_path / "a.csv"), "--period", "2026Q1"), "deadline.json", way)
    assert_refused(run("deadline"), "deadline.json", way)
    assert_refused(run("deadline", "--first", "2026Q1"), way)
    assert run("deadline", "--due", "10 18:00", "--first", "2026Q1").exit_code == 0


def test_a_backfilled_return_is_never_late_and_what_was_not_due_is_not_missing(history):
    backfilled, absent, later = lights(NUJIANG, "2023Q1"), lights(KUNMING, "2023Q1"), lights(NUJIANG, "2026Q1")
    assert pd.isna(backfilled.days_late)
    assert (backfilled.returns_due, backfilled.returns_received, backfilled.returns_backfilled) == (0, 1, 1)
    assert (backfilled.timely_light, backfilled.complete_light) == ("不适用", "不适用")
    assert (backfilled.consistent_light, backfilled.traceable_light) == ("达到", "达到")
    assert [absent[name] for name in quality.LIGHTS] == ["不适用"] * 4
    assert [quality._returns_text(row) for row in (backfilled, absent, later)] == ["补报1张", "不应报", "1/6 逾期12天"]
    assert {quality.SHADES[shade] for shade in quality._shades(pd.DataFrame([backfilled, absent]))} == {
        quality.SHADES["不适用"]
    }


def test_the_matrix_of_a_place_says_the_same(history):
    table = asked("places/returns", period="2026Q1", place=NUJIANG).set_index(["period", "return_name"])
    assert table.loc[("2023Q1", "资金"), "report_status"] == "补报"
    assert table.loc[("2025Q4", "资金"), "report_status"] == "不应报"
    assert pd.isna(table.loc[("2023Q1", "资金"), "days_late"])
    assert tuple(table.loc[("2026Q1", "资金"), ["report_status", "days_late"]]) == ("迟报", 1)
    assert set(table.report_status) <= set(place.REPORTED)


def test_rates_know_only_what_was_due_and_the_rest_is_no_matter_for_attention(history):
    at = {"published_at": "2026-05-02T09:00:00"}
    rates = asked("returns/rates_by_quarter", period="2026Q1", place=NUJIANG, **at).set_index("period")
    assert list(rates.index) == ["2023Q1", "2026Q1"]
    first = rates.loc["2023Q1"]
    assert (first.returns_due, first.accepted_rate) == (0, 1)
    assert pd.isna(first.report_rate)
    assert pd.isna(first.timely_rate)
    matters = asked("attention/of_period", period="2023", **at)
    assert "未收到" not in set(matters.kind)


def test_no_issue_and_no_warning_speaks_of_delay_before_the_first_quarter_due(history):
    late = rows(history, "select batch_id from {quality_issues} where rule_id = 'DQ-26'")
    assert [batch.split("-")[2] for (batch,) in late] == ["2026Q1"]
    assert run("verify").exit_code == 0
    manifest = json.loads((history / "manifest.json").read_bytes())
    assert manifest["due_dates"] == {"deadline": "20 12:00", "first": "2026Q1"}
    assert [warning["rows"] for warning in manifest["warnings"] if warning["rule"] == "return_late"] == [1]


def test_the_due_date_of_the_office_counts_for_what_came_and_for_what_did_not(history):
    due = rows(history, "select distinct due_date::varchar from {snapshot_manifest} where report_period = '2026Q1'")
    assert due == [("2026-04-20 12:00:00",)]
    early = asked("returns/lights", period="2026Q1", place=KUNMING, published_at="2026-04-19T09:00:00")
    assert early.iloc[-1].complete_light == "未到期"


def test_the_receipt_says_that_it_is_backfilled(data, tmp_path):
    run("deadline", "--first", "2026Q1")
    path = tmp_path / "资金.csv"
    path.write_text("\n".join(",".join(line) for line in (FUNDS, OLD_GIFT)), encoding="utf-8-sig")
    assert "2023Q1（补报，迟报不适用）；读到1行" in run("ingest", str(path), "--period", "2023Q1").stdout


def test_the_page_of_data_quality_says_backfilled_and_never_late_of_it(history):
    text = visible_text(open_page("pages/trust/quality.py", period="2023Q1", place=NUJIANG))
    assert "起报期以前补报1张（迟报不适用）" in text
    assert "补报1张" in text
    page = visible_text(open_page("pages/trust/quality.py", period="2023Q1"))
    assert "应报0张表，已报0张，其中迟报0张，起报期以前补报1张" in page
