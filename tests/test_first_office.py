"""From an empty machine to pages that stand, for years after the article's: an office's own files and few commands."""

import json
import shlex
from pathlib import Path

import pytest

from tests import first_office
from tests.command_line import run
from tests.first_office import QUARTERS, SENDERS
from tests.office import rows
from tests.screens import PAGES, open_page, words_of
from yunnan import settings
from yunnan.data import snapshots
from yunnan.data.view import View
from yunnan.drawing.cockpit import resource
from yunnan.drawing.findings import attention

REGISTERS = ("阶段.csv", "代码.csv", "目标.csv", "文件.csv", "计划.csv", "名单.csv", "结对.csv")
OF_QUARTERS = ("资金", "受益", "活动", "统计")
MOST_COMMANDS = 15
# What belongs to the demonstration or to the article, and may stand on no page of this office.
LEFTOVERS = ("演示", "脱贫攻坚", "国务院扶贫办", "2017—2020年", "415万", "扶老救孤", "科技扶贫")
LEFTOVERS += ("文艺扶贫", "建档立卡", "贫困人口", "贫困县", "三区三州")


def commands() -> list[str]:
    """What the office types, in its order."""
    of_senders = {
        name: " ".join(f"{name}_{sender}.csv" for sender in SENDERS) for name in ("组织", "项目", *OF_QUARTERS)
    }
    return [
        'init --first 2026Q3 --due "10 18:00" --senders 怒江州,文山州,迪庆州',
        f"ingest {' '.join(REGISTERS)} --period 2023Q1",
        f"ingest {of_senders['组织']} --period {QUARTERS[-1]}",
        f"ingest {of_senders['项目']} --period {QUARTERS[-1]}",
        f"ingest {' '.join(of_senders[name] for name in OF_QUARTERS)} --periods {QUARTERS[0]}..{QUARTERS[-1]}",
        "publish --as-of 2026-09-30 --preview",
        "publish --as-of 2026-09-30",
        "verify",
    ]


@pytest.fixture(scope="module")
def office_data(tmp_path_factory) -> Path:
    """The office's data folder after its commands, each of which did what it was typed for."""
    folder = tmp_path_factory.mktemp("first_office")
    first_office.write(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", folder / "data")
        patch.chdir(folder)
        for command in commands():
            result = run(*shlex.split(command))
            assert result.exit_code == 0, f"{command}\n{result.output}"
            assert "拒收" not in result.output.replace("拒收0", ""), f"{command}\n{result.output}"
    return folder / "data"


@pytest.fixture
def snapshot(office_data, monkeypatch) -> snapshots.Snapshot:
    monkeypatch.setattr(settings, "DATA_DIR", office_data)
    monkeypatch.setattr(settings, "AGENDAS_DIR", office_data / "agendas")  # those that ship are of the demonstration
    return snapshots.find("2026-09-30.r1")


def test_it_takes_few_commands():
    assert len(commands()) <= MOST_COMMANDS


def test_every_row_that_was_sent_is_there(snapshot):
    def counted(table: str) -> int:
        ((number,),) = rows(snapshot.path, f"select count(*) from {{{table}}}")
        return number

    assert (counted("organizations"), counted("projects")) == (40, 60)
    assert counted("funds") == 3 * len(QUARTERS) * len(SENDERS)
    assert counted("beneficiaries") == first_office.HELPED * len(QUARTERS) * len(SENDERS)
    received = rows(
        snapshot.path,
        "select region_code, sum(num)::integer from {indicator_values} where indicator_code = 'P1-08'"
        " and level = 'prefecture' and length(period) = 4 and num > 0 group by all order by all",
    )
    assert received == sorted((sender, first_office.received(sender)) for sender in SENDERS)


def test_every_indicator_is_fed_in_a_whole_year(snapshot):
    table = snapshot.table("values/of_place", period="2025", place="530000")
    assert len(table) == 36
    without = {
        row.indicator_code: row.status for row in table.itertuples() if row.value is None or row.value != row.value
    }
    assert without == {}


def test_indicators_count_sources_states_and_kinds_of_activity_by_what_the_office_says_they_are(snapshot):
    table = snapshot.table("values/of_place", period="2025", place="530000").set_index("indicator_code")

    def moved(stage: str, *sources: str) -> int:
        return sum(first_office.moved(sender, stage, *sources, year="2025") for sender in SENDERS)

    assert table.value["P4-03"] == moved("获批", "衔接补助") > 0
    assert table.value["P4-04"] == moved("获批", "公益彩票") > 0
    trained = "select sum(participants)::integer from {activities} where activity_type = '头雁培训'"
    by_year = [
        snapshot.table("values/of_place", period=str(year), place="530000").set_index("indicator_code").value["P2-09"]
        for year in range(2023, 2027)
    ]
    assert rows(snapshot.path, trained) == [(sum(by_year),)]
    by_source = snapshot.table("grants/channels", period="2025", place="530000").set_index("source")
    assert list(by_source.index) == ["衔接补助", "公益彩票", "沪滇协作", "社会捐赠"]
    assert list(by_source.approved_yuan) == [moved("获批", source) for source in by_source.index]
    overdue = snapshot.table(
        "attention/of_period", period="2026", published_at=snapshot.manifest["published_at"]
    ).set_index("kind")
    assert set(overdue.statuses.get("逾期", ())) == {"在建"}


def test_the_counties_that_count_are_those_of_the_list_that_is_valid_and_have_its_name(snapshot):
    listed = "select short_zh from {counties} where is_poverty_county order by county_code"
    assert [name for (name,) in rows(snapshot.path, listed)] == ["泸水市", "福贡县", "维西县"]
    assert rows(snapshot.path, "select count(*) from {counties} where is_deep_poverty or exit_date is not null") == [
        (0,)
    ]
    assert rows(snapshot.path, "select count(*) from {counties} where is_border") == [(25,)]
    names = dict(rows(snapshot.path, "select indicator_code, name_zh from {indicators}"))
    assert names["P4-08"] == "“三区”“牵手”计划国家乡村振兴重点帮扶县覆盖率"
    county = snapshot.table("places/traits", period="2025", place="533301")
    assert list(county.trait) == ["国家乡村振兴重点帮扶县", "边境县", "边境幸福村所在县"]
    page = "\n".join(words_of(open_page("pages/places/county.py", place="533301", period="2025")))
    assert ">国家乡村振兴重点帮扶县</span>" in page
    assert "边境幸福村所在县" in page
    layers = "\n".join(words_of(open_page("pages/province/background.py", part="counties", period="2025")))
    assert "国家乡村振兴重点帮扶县3个、边境县25个" in layers
    assert "最困难县" not in layers  # no list is registered: that is no zero


def test_whom_a_place_is_paired_with_is_what_the_office_says_of_the_time(snapshot):
    places = snapshot.table("pairing/places", period="2025", place="530000").set_index("region_name")
    assert places.pairing["怒江"] == "上海市静安区"
    assert places.pairing.dropna().index.tolist() == ["怒江"]
    prefecture = snapshot.table("places/pairings", period="2025", place="533300")
    assert list(prefecture.itertuples(index=False, name=None)) == [("东西部协作", "上海市静安区")]
    pairs = snapshot.table("places/pairings", period="2025", place="533301")
    assert list(pairs.itertuples(index=False, name=None)) == [("社会组织结对帮扶", "上海市慈善基金会")]
    assert snapshot.table("places/pairings", period="2023Q1", place="533301").empty  # it began in June
    page = "\n".join(words_of(open_page("pages/places/county.py", place="533301", period="2025")))
    assert "社会组织结对帮扶：上海市慈善基金会" in page


def test_places_that_do_not_send_are_missed_by_nobody(snapshot):
    table = snapshot.table("values/of_place", period="2026Q3", place="530000")
    assert (table.quarters_due == table.quarters_reported).all()


def test_quarters_before_the_office_began_are_late_for_nobody(snapshot):
    view = View(snapshot, "2025", "530000")
    assert attention.of_view(view) == []
    lights = snapshot.table(
        "returns/lights", period="2025", place="530000", published_at=snapshot.manifest["published_at"]
    )
    assert (int(lights.returns_due.sum()), int(lights.returns_late.sum())) == (0, 0)


def test_the_first_screen_says_nothing_of_another_time(snapshot):
    text = json.dumps(resource.resource(snapshot), ensure_ascii=False)
    assert [word for word in LEFTOVERS if word in text] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_and_says_nothing_of_another_time(snapshot, page):
    app = open_page(page, place="533300")
    assert not app.exception
    assert not app.error
    text = "\n".join(words_of(app))
    assert [word for word in LEFTOVERS if word in text] == []
