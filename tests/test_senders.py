"""An office of a few places: they alone owe returns, counted by hand for two prefectures and the province itself."""

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from docx import Document

from tests import office
from tests.command_line import assert_refused, run
from tests.office import FUNDS, GIFT, MONEY, TARGETS, publish, rows
from tests.screens import open_page, visible_text
from yunnan import settings
from yunnan.data import due_dates, snapshots
from yunnan.front.trust import quality

NUJIANG, KUNMING, DEHONG, DALI = "533300", "530100", "533100", "532900"
AT = "2026-05-02T09:00:00"
OTHERS_GIFT = (*GIFT[:5], "德宏州", "芒市", "")
THREE = ("init", "--first", "2026Q1", "--senders", "怒江州，530100,省本级")
LATE = "2026-04-21T09:00:00"  # the deadline was the 10th, 18:00


def send(folder: Path, gift: tuple, file: str, period: str = "2026Q1") -> dict:
    return office.send(folder, FUNDS, gift, file=file, options=("--period", period, "--received-at", LATE))


@pytest.fixture(scope="module")
def three(tmp_path_factory) -> Iterator[Path]:
    """The snapshot of an office whose 怒江 sent money late, whose 昆明 sent none, and 德宏 did though it owes none."""
    folder = tmp_path_factory.mktemp("three")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", folder / "data")
        patch.setattr(settings, "DEADLINE", "")
        assert run(*THREE).exit_code == 0
        send(folder, GIFT, "怒江.csv")
        send(folder, OTHERS_GIFT, "德宏.csv")
        yield publish()


def asked(name: str, period: str = "2026Q1", **params: str) -> pd.DataFrame:
    return snapshots.find(snapshots.published()[0]).table(name, period=period, **params)


def lights(place: str):
    return asked("returns/lights", place=place, published_at=AT).iloc[-1]


def test_who_owes_is_kept_with_the_deadline_and_in_the_manifest(three):
    facts = {"deadline": "10 18:00", "first": "2026Q1", "senders": [KUNMING, NUJIANG, "530000"]}
    assert json.loads((settings.DATA_DIR / "deadline.json").read_bytes()) == facts
    assert json.loads((three / "manifest.json").read_bytes())["due_dates"] == facts
    assert "报送单位3个：昆明市、怒江傈僳族自治州、省本级；其余的不应报" in run("deadline").stdout


def test_places_that_owe_nothing_are_neither_late_nor_missing(three):
    texts = {place: quality._returns_text(lights(place)) for place in (NUJIANG, KUNMING, DEHONG, DALI)}
    assert texts == {NUJIANG: "1/6 逾期22天", KUNMING: "0/6 逾期22天", DEHONG: "另报1张", DALI: "不应报"}
    assert [lights(DALI)[name] for name in quality.LIGHTS] == ["不适用"] * 4
    sent = lights(DEHONG)
    assert pd.isna(sent.days_late)
    assert (sent.returns_due, sent.returns_late, sent.timely_light, sent.complete_light) == (0, 0, "不适用", "不适用")
    assert (sent.consistent_light, sent.traceable_light) == ("达到", "达到")


def test_rates_count_what_the_senders_owe(three):
    row = asked("returns/rates_by_quarter", place="530000", published_at=AT).iloc[-1]
    # two prefectures owe six returns each; one of 怒江 came, late, and one of 德宏 that nobody owed
    assert (row.returns_due, row.returns_received, row.returns_in_time) == (12, 2, 0)
    assert (row.report_rate, row.timely_rate, row.accepted_rate) == (1 / 12, 0, 1)


def test_the_list_of_matters_and_the_notes_on_completeness_name_senders_alone(three):
    matters = asked("attention/of_period", published_at=AT)
    assert sorted(matters[matters.kind == "未收到"].region_code) == [KUNMING, NUJIANG]
    tables = ["funds", "activities"]
    notes = asked("returns/notes", place="530000", tables=tables, published_at=AT)
    found = set(zip(notes.prefecture_code, notes.defect, strict=True))
    assert found == {(KUNMING, "未报送"), (NUJIANG, "缺表"), (NUJIANG, "迟报")}
    returns = asked("party/returns", place="530000").iloc[0]
    assert (returns.quarters_due, returns.quarters_reported) == (3, 2)


def test_a_value_of_a_place_that_owes_nothing_is_not_applicable_and_not_zero(three):
    sql = (
        "select region_code, status, value, quarters_due, quarters_reported from {indicator_values}"
        " where indicator_code = 'P1-08' and period = '2026Q1' and level::varchar in ('province', 'prefecture')"
    )
    held = {code: rest for code, *rest in rows(three, sql)}
    assert held[DALI] == ["不适用", None, 0, 0]
    assert held[KUNMING] == ["未报送", None, 1, 0]
    assert held[NUJIANG] == ["无目标", 300_000, 1, 1]
    assert held[DEHONG] == ["无目标", 300_000, 1, 1]
    assert held["530000"] == ["无目标", 600_000, 3, 2]
    assert sum(status == "未报送" for status, *_ in held.values()) == 1


def test_only_a_senders_delay_is_an_issue_and_a_warning(three):
    late = rows(three, "select batch_id from {quality_issues} where rule_id = 'DQ-26'")
    assert [batch.split("-")[1] for (batch,) in late] == [NUJIANG]
    warnings = {one["rule"]: one["rows"] for one in json.loads((three / "manifest.json").read_bytes())["warnings"]}
    assert (warnings["return_late"], warnings["return_missing"]) == (1, 1)
    assert run("verify").exit_code == 0


def test_the_pages_say_so(three):
    text = visible_text(open_page("pages/trust/quality.py", period="2026Q1"))
    assert "应报12张表，已报1张，其中迟报1张，不应报的单位另报1张（不算迟）" in text
    assert "2个州市中亮灯的" in text
    own = visible_text(open_page("pages/trust/quality.py", period="2026Q1", place=DEHONG))
    assert "不应报的单位另报1张" in own
    table = asked("places/returns", place=DEHONG).set_index("return_name")
    assert (table.loc["资金", "report_status"], table.loc["项目", "report_status"]) == ("另报", "不应报")
    assert pd.isna(table.loc["资金", "days_late"])
    visible_text(open_page("pages/places/prefecture.py", period="2026Q1", place=DEHONG))
    party = visible_text(open_page("pages/pillars/party.py", period="2026Q1", place=DEHONG))
    assert "德宏州本报告期不应报，报来的表不全。缺报表的各项，数字只含已报部分" in party
    assert "怒江州本报告期应报1个季度，缺报1个" in visible_text(
        open_page("pages/pillars/party.py", period="2026Q1", place=NUJIANG)
    )


def test_a_briefing_of_a_place_that_owes_nothing_says_so(three, tmp_path):
    told = {}
    for place in (DEHONG, NUJIANG):
        assert run("brief", "--place", place, "--period", "2026Q1", "--out", str(tmp_path / place)).exit_code == 0
        (file,) = (tmp_path / place).glob("*.docx")
        told[place] = "".join(paragraph.text for paragraph in Document(file).paragraphs)
    assert "本报告期不应报，报来的表不全。" in told[DEHONG]
    assert "本报告期应报1个季度，缺报1个。" in told[NUJIANG]


def test_the_receipt_says_that_it_was_not_owed(office_data, tmp_path):
    run(*THREE)
    path = tmp_path / "德宏.csv"
    path.write_text("".join(",".join(line) + "\n" for line in (FUNDS, OTHERS_GIFT)), encoding="utf-8-sig")
    assert "2026Q1（不应报的单位，照收，不算迟）；读到1行" in run("ingest", str(path), "--period", "2026Q1").stdout


def test_a_list_of_the_province_is_of_senders_in_time_or_late_and_of_others_neither(office_data, tmp_path):
    run(*THREE)
    options = ("--period", "2026Q1", "--prefecture", "530000", "--whole-province", "--received-at", LATE)
    office.send(tmp_path, FUNDS, GIFT, file="全省.csv", options=options)
    publish()
    status = {place: asked("places/returns", place=place).set_index("return_name").report_status["资金"]
              for place in (NUJIANG, DALI)}  # fmt: skip
    assert status == {NUJIANG: "迟报", DALI: "另报"}


def test_all_seventeen_by_name_are_all_and_nothing_of_a_snapshot_changes(tmp_path, monkeypatch):
    manifests = []
    for number, senders in enumerate(((), ("--senders", "，".join(due_dates.everyone().values())))):
        monkeypatch.setattr(settings, "DATA_DIR", tmp_path / str(number))
        assert run("init", "--first", "2026Q1", *senders).exit_code == 0
        send(tmp_path, GIFT, "怒江.csv")
        send(tmp_path, OTHERS_GIFT, "德宏.csv")
        manifests.append(json.loads((publish() / "manifest.json").read_bytes()))
    one, other = manifests
    assert one["due_dates"] == other["due_dates"] == {"deadline": "10 18:00", "first": "2026Q1"}
    assert {name: facts["sha256"] for name, facts in one["tables"].items()} == {
        name: facts["sha256"] for name, facts in other["tables"].items()
    }


def test_senders_are_changed_alone_and_what_is_published_stays(three):
    before = lights(DALI)
    assert run("deadline", "--senders", "大理州").exit_code == 0
    assert due_dates.read() == due_dates.DueDates("10 18:00", "2026Q1", (DALI,))
    assert lights(DALI).equals(before)
    assert run("deadline", "--due", "20 12:00").exit_code == 0
    assert due_dates.read().senders == (DALI,)
    assert run("deadline", "--senders", "全部").exit_code == 0
    assert due_dates.read() == due_dates.DueDates("20 12:00", "2026Q1")
    run("deadline", "--due", "10 18:00", "--first", "2026Q1", "--senders", "怒江州,530100,省本级")


@pytest.mark.parametrize("text", ["大同市", "怒江州,泸水市", "，", "532300,999999"])
def test_a_sender_that_is_no_place_is_one_sentence(text, office_data):
    assert_refused(run("init", "--first", "2026Q1", "--senders", text), "报送单位", "认不出", "--senders")
    assert_refused(run("deadline", "--senders", text), "认不出")
    assert not office_data.exists()


@pytest.mark.parametrize("senders", ['"533300"', '["x"]', "[1]", "{}"])
def test_spoiled_senders_are_mended_by_the_command(senders, office_data):
    office_data.mkdir()
    (office_data / "deadline.json").write_text(f'{{"deadline": "10 18:00", "first": null, "senders": {senders}}}')
    if senders == "{}":
        assert run("deadline").exit_code == 0
        return
    assert_refused(run("deadline"), "deadline.json", "python -m yunnan deadline")


def test_the_provinces_targets_are_divided_among_the_senders(office_data, tmp_path):
    run(*THREE)
    for quarter, day in enumerate(("2025-02-03", "2025-05-03", "2025-08-03", "2025-11-03"), 1):
        for file, (place, county) in {"昆明": ("昆明市", "西山区"), "怒江": ("怒江州", "泸水市")}.items():
            gift = (day, *GIFT[1:5], place, county, "")
            send(tmp_path, gift, f"{file}{quarter}.csv", f"2025Q{quarter}")
    office.send(tmp_path, TARGETS, (*MONEY[:3], "7", *MONEY[4:]), file="目标.csv")
    publish("2025-12-31")
    result = run("targets", "--propose", str(tmp_path / "拆分.xlsx"))
    assert "P1-08 筹集款物总额，全省7元：2个州市合计7元，等于全省目标" in result.stdout


def refused_publication() -> str:
    result = run("publish", "--as-of", "2026-03-31")
    assert result.exit_code == 1
    return result.stderr


def test_new_senders_alone_are_a_reason_to_publish_and_the_same_ones_are_none(office_data, tmp_path):
    assert run(*THREE).exit_code == 0
    send(tmp_path, GIFT, "怒江.csv")
    publish()
    assert "没有能改变快照的报表" in refused_publication()
    assert run("deadline", "--senders", "大理州").exit_code == 0
    assert quality._returns_text(lights(DALI)) == "不应报"
    preview = run("publish", "--as-of", "2026-03-31", "--preview").stdout
    assert "报送期限、起报期或报送单位与底本不同" in preview
    assert "大理白族自治州" in preview
    manifest = json.loads((publish() / "manifest.json").read_bytes())
    assert manifest["note"] == "收到报表0份，报送期限与报送单位有变"
    assert quality._returns_text(lights(DALI)).startswith("0/6 逾期")
    assert quality._returns_text(lights(NUJIANG)) == "另报1张"
    assert "没有能改变快照的报表" in refused_publication()
