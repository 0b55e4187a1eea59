"""The demo's returns are real files, read and published as any others: from 2020-06-30.r1 to r2."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest

import demo
from demo import sent
from yunnan import settings
from yunnan.cli import publishing
from yunnan.data import snapshots
from yunnan.publication import verify

RULES = {f"DQ-{n:02d}" for n in (3, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17, 19, 20, 21, 25, 26, 29)}


@pytest.fixture(scope="module")
def tables():
    *_, newest = demo.snapshots()
    return newest.tables


@pytest.fixture(scope="module")
def revised(demo_data, tables, tmp_path_factory) -> Path:
    """The data folder after the demo's returns were received and published."""
    folder = tmp_path_factory.mktemp("revised")
    shutil.copytree(demo_data, folder, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DATA_DIR", folder)
        publishing._revise(tables)
    return folder


@pytest.fixture
def ask(revised, monkeypatch):
    monkeypatch.setattr(settings, "DATA_DIR", revised)

    def rows(sql: str, snapshot: str = "2020-06-30.r2") -> list[tuple]:
        files = (revised / "snapshots" / snapshot).glob("*.parquet")
        with duckdb.connect() as db:
            return db.execute(sql.format(**{f.stem: f"read_parquet('{f}')" for f in files})).fetchall()

    return rows


def test_there_are_ten_good_returns_and_one_for_each_rule(tables):
    names = [letter.file for letter in sent.all_letters(tables)]
    rules = re.findall(r"DQ-\d\d", " ".join(names))
    assert len(names) == len(set(names)) == 27
    assert (len(rules), set(rules)) == (17, RULES)
    assert {name.rpartition(".")[2] for name in names} == {"xlsx", "csv", "txt"}


def test_the_same_files_are_written_each_time(tables, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        for letter in sent.all_letters(tables):
            letter.save(tmp_path / folder)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_each_faulty_return_is_found_to_break_its_rule(ask):
    found = ask(
        """select distinct source_file, rule_id from {returns_received} inner join {quality_issues} using (batch_id)
        where source_file like '%DQ-%'"""
    )
    for file in {file for file, _ in found}:
        assert (file, re.search(r"DQ-\d\d", file)[0]) in found
    assert len({file for file, _ in found}) == len(RULES)


def test_the_return_with_identity_numbers_is_refused_whole_and_none_of_them_is_kept(ask, revised):
    ((status, accepted),) = ask("select status, rows_accepted from {returns_received} where source_file like '%DQ-20%'")
    assert (status, accepted) == ("整份拒收", 0)
    assert ask("select count(*) from {quality_issues} where raw_value like '%00000000%'") == [(0,)]


def test_every_published_figure_still_comes_out_exactly(ask):
    assert ask("select figure_code from {published_figures} where holds is distinct from true") == []


def test_what_was_known_of_2018_and_2019_has_not_changed(ask):
    values = """select indicator_code, period, level, region_code, value, status from {indicator_values}
        where period < '2020' order by all"""
    assert ask(values) == ask(values, "2020-06-30.r1")


def test_dehong_has_reported_and_is_ranked(ask):
    count = """select count(distinct table_name) from {snapshot_manifest}
        where prefecture_code = '533100' and report_period = '2020Q2'"""
    assert (ask(count, "2020-06-30.r1"), ask(count)) == ([(0,)], [(6,)])
    rank = """select rank is not null from {scores} where pillar_code = 'ALL' and period = '2020H1'
        and region_code = '533100'"""
    assert (ask(rank, "2020-06-30.r1"), ask(rank)) == ([(False,)], [(True,)])


def test_the_wrong_unit_of_kunming_was_replaced_by_its_correction(ask):
    money = """select sum(amount_yuan) from {funds} where prefecture_code = '530100' and report_period = '2020Q2'"""
    assert ask(money) == ask(money, "2020-06-30.r1")
    status = """select distinct q.status from {quality_issues} as q inner join {returns_received} using (batch_id)
        where source_file like '%DQ-09%'"""
    assert ask(status) == [("已更正",)]


def test_every_new_return_has_its_feedback_workbook(ask):
    batches = ask("select batch_id from {returns_received} where has_feedback")
    assert len(batches) == 27
    shot = snapshots.find("2020-06-30.r2")
    assert all(shot.feedback(batch).startswith(b"PK") for (batch,) in batches)
    assert [finding.text for finding in verify.findings(shot.path) if finding.is_fault] == []


def test_what_dehong_sent_late_hides_no_number_of_people_of_the_whole_province(ask):
    counts = "from {people_counts} where level = 'province' and dimension in ('all', 'registered_poor')"
    ((all_told, hidden),) = ask(f"select count(*), count(*) filter (is_hidden) {counts}")
    assert all_told == 54
    assert hidden == 0, "fewer than ten in one county of 德宏 would hide the quarter of the province"
