"""An office's own data folder is made in one command, whole or not at all, and is never a demonstration's."""

import json
import shutil
from pathlib import Path

import pytest

from tests.command_line import assert_refused, run
from tests.office import FUNDS, GIFT, publish, rows, send
from yunnan import settings
from yunnan.data import due_dates
from yunnan.data.due_dates import DueDates
from yunnan.publication import data_nature, own_folder, staging

CONTRACT_3 = Path(__file__).parent / "contracts" / "3" / "2020-06-30.r1"
FIRST = ("--first", "2026Q1")
STAGE = "脱贫攻坚"


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("is_there", [True, False], ids=["empty", "absent"])
def test_one_command_makes_the_folder_and_says_what_comes_next(office_data, is_there):
    if is_there:
        office_data.mkdir()
    result = run("init", *FIRST, "--due", "20 12:00")
    assert result.exit_code == 0, result.output
    assert sorted(everything(office_data)) == ["deadline.json", "nature.json"]
    assert due_dates.stored() == DueDates("20 12:00", "2026Q1")
    for part in (f"已建立 {office_data}", "20日12:00前", "从 2026Q1 起应报", "下一步", "docs/start.md", "make run"):
        assert part in result.stdout


def test_what_was_made_takes_returns_and_is_published(office_data, tmp_path):
    run("init", *FIRST)
    assert send(tmp_path, FUNDS, GIFT)["status"] == "accepted"
    manifest = json.loads((publish() / "manifest.json").read_bytes())
    assert (manifest["is_synthetic"], manifest["due_dates"]["first"]) == (False, "2026Q1")


def test_registers_of_the_stage_lie_ready_with_their_source_and_are_not_taken_in(office_data):
    result = run("init", *FIRST, "--with", STAGE)
    folder = office_data / "registers" / STAGE
    files = sorted(folder.iterdir())
    assert [file.stem for file in files] == sorted(
        ["政策文件", "年度目标", "品牌计划", "贫困人口", "代码表", "阶段", "地区名单", "结对", "县名"]
    )
    assert all(file.read_text("utf-8-sig").startswith("来源：") for file in files)
    assert "没有收" in result.stdout
    assert staging.paths() == []
    assert "synthetic" not in (folder / "贫困人口.csv").read_text("utf-8-sig")
    received = run("ingest", *map(str, files), "--period", "2026Q1")
    assert received.exit_code == 0, received.output
    assert received.stdout.count("全部接收") == len(files)
    snapshot = publish()
    counted = "select count(*) from {targets} union all select count(*) from {policies}"
    assert [count > 10 for (count,) in rows(snapshot, counted)] == [True, True]


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (("--first", "2026"), "如 2026Q1"),
        ((*FIRST, "--due", "31 18:00"), "季后次月的日（1到28）"),
        ((*FIRST, "--with", "大同"), "可写 脱贫攻坚"),
    ],
)
def test_what_is_mistyped_is_one_sentence_and_makes_nothing(office_data, options, part):
    assert_refused(run("init", *options), part)
    assert not office_data.exists()


def test_a_second_time_is_refused_with_what_is_there_and_how_to_change_it(office_data):
    run("init", *FIRST)
    before = everything(office_data)
    assert_refused(run("init", "--first", "2027Q1"), "已经建立过", "从 2026Q1 起应报", "python -m yunnan deadline")
    assert everything(office_data) == before


def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(office_data):
    office_data.mkdir()
    (office_data / "年终.docx").write_bytes(b"x")
    assert_refused(run("init", *FIRST), "年终.docx", "YUNNAN_DATA_DIR")
    assert everything(office_data) == {"年终.docx": b"x"}


def test_a_file_and_the_project_itself_are_no_place_for_it(office_data, monkeypatch):
    office_data.write_bytes(b"x")
    assert_refused(run("init", *FIRST), "是文件", "YUNNAN_DATA_DIR")
    monkeypatch.setattr(settings, "DATA_DIR", office_data / "below")
    assert_refused(run("init", *FIRST), "没有建立", "不是文件夹", "YUNNAN_DATA_DIR")
    monkeypatch.setattr(settings, "DATA_DIR", settings.ROOT / "data" / "own")
    assert_refused(run("init", *FIRST), "在项目文件夹里", "YUNNAN_DATA_DIR")
    assert not (settings.ROOT / "data" / "own").exists()


def test_a_folder_that_cannot_be_written_whole_is_not_there(office_data):
    clash = {"registers": b"", "registers/a.csv": b""}  # the disk refuses the second
    with pytest.raises(own_folder.NotPossible, match="什么也没有留下"):
        own_folder.make(own_folder.Plan(DueDates(), clash))
    assert not office_data.exists()
    office_data.mkdir()
    with pytest.raises(own_folder.NotPossible, match="什么也没有留下"):
        own_folder.make(own_folder.Plan(DueDates(), clash))
    assert list(office_data.iterdir()) == []


def test_what_a_killed_run_left_is_no_hindrance(office_data):
    (office_data / ".init").mkdir(parents=True)
    (office_data / ".init" / "deadline.json").write_text("{")
    assert run("init", *FIRST).exit_code == 0
    assert sorted(everything(office_data)) == ["deadline.json", "nature.json"]


def test_a_demonstration_and_an_office_keep_out_of_each_others_folders_by_the_mark_alone(office_data):
    run("init", *FIRST)
    before = everything(office_data)
    assert_refused(run("demo"), "没有生成演示", "真实数据", "nature.json", "YUNNAN_DATA_DIR")
    assert "没有演示数据" in run("demo", "--remove").stdout
    assert everything(office_data) == before | {"snapshots/.lock": b""}
    shutil.rmtree(office_data)
    data_nature.mark(data_nature.INVENTED)
    assert_refused(run("init", *FIRST), "演示数据", "nature.json", "demo --remove")
    assert_refused(run("ingest", "a.csv", "--period", "2026Q1"), "演示数据", "nature.json", "demo --remove")
    assert "nature.json" in run("demo", "--remove").stdout
    assert run("init", *FIRST).exit_code == 0


def test_a_demonstration_of_another_contract_says_how_it_is_made_anew(office_data):
    names = ["2018-12-31.r1", "2019-06-30.r1", "2019-12-31.r1", "2019-12-31.r2", "2020-06-30.r1", "2020-06-30.r2"]
    for name in names:
        manifest = shutil.copytree(CONTRACT_3, office_data / "snapshots" / name) / "manifest.json"
        manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {"is_synthetic": True}))
    data_nature.mark(data_nature.INVENTED)
    *sentences, last = run("demo").stdout.splitlines()
    way = "重新生成请先 python -m yunnan demo --remove，再 python -m yunnan demo"
    assert sentences == [f"{name} 已存在，保留不动；它用的是另一版数据约定，打不开：{way}" for name in names]
    assert last.startswith("演示快照在")
    run("demo", "--remove")
    assert list((office_data / "snapshots").glob("*.r*")) == []


def test_a_spoiled_mark_is_an_offices(office_data):
    office_data.mkdir()
    for text in (b"{", b"[]", b"\xff"):
        (office_data / "nature.json").write_bytes(text)
        assert_refused(run("demo"), "真实数据")


def test_a_demonstration_by_its_snapshots_is_refused_too(office_data, thin_data):
    shutil.copytree(thin_data / "snapshots", office_data / "snapshots")
    assert_refused(run("init", *FIRST), "演示数据", "快照 2018-03-31.r1", "demo --remove")


def test_the_mark_goes_into_the_backup_and_comes_back(office_data, tmp_path, monkeypatch):
    run("init", *FIRST)
    assert run("backup", str(tmp_path / "备份.tar")).exit_code == 0
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "again")
    assert run("restore", str(tmp_path / "备份.tar")).exit_code == 0
    assert data_nature.marked() == data_nature.OWN
    assert due_dates.stored() == DueDates("10 18:00", "2026Q1")
