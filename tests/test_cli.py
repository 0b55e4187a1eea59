"""The command line: what it lists, what it verifies, what it prints, and one sentence for every mistake."""

import csv
import importlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import staged
from tests.command_line import CHINESE, assert_refused, run
from yunnan import settings
from yunnan.access import sealed_log
from yunnan.access.log_chain import Chain
from yunnan.cli import main as command_line
from yunnan.data import contract, queries, snapshot_folders
from yunnan.publication import durable
from yunnan.server import health
from yunnan.words import wording


@pytest.fixture
def damaged(tiny_data, tmp_path, monkeypatch) -> Path:
    """A private copy of the snapshot, with one bit of a file changed."""
    shutil.copytree(tiny_data, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "snapshots" / "2020-06-30.r1" / "funds.parquet"
    os.chmod(file, 0o644)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    return tmp_path


def test_snapshots_lists_what_is_published(snapshot):
    result = run("snapshots")
    assert result.exit_code == 0
    (row,) = [line for line in result.stdout.splitlines() if "2020-06-30.r1" in line]
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    assert cells == [
        "2020-06-30.r1",
        "2020-06-30",
        "1",
        "演示",
        "2020-07-15T09:00:00",
        "37",
        "47",
        "681",
        "7",
        "0",
        "第9版",
        "手工小样",
    ]


@pytest.mark.parametrize("columns", ["20", "80", "200"])
def test_no_value_of_a_table_is_cut_where_the_terminal_is_narrow(damaged, columns):
    manifest = damaged / "snapshots" / "2020-06-30.r1" / "manifest.json"
    note = "各州市补报以后的第二版[核对] :warning: " + "，".join(f"第{n}次更正" for n in range(30))
    manifest.chmod(0o644)
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {"note": note}), encoding="utf-8")
    result = run("snapshots", columns=columns)
    (row,) = [line for line in result.stdout.splitlines() if "2020-06-30.r1" in line]
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    whole = ["2020-06-30", "2020-07-15T09:00:00", f"第{contract.version()}版", note]
    assert [cells[1], cells[4], *cells[-2:]] == whole


def test_no_value_of_a_query_is_cut_where_the_terminal_is_narrow(snapshot):
    wide, narrow = (run("query", "frame/periods", columns=columns).stdout for columns in ("9999", "80"))
    values = {str(value) for value in snapshot.table("frame/periods").to_numpy().flat}
    assert values == {cell.strip() for line in narrow.splitlines()[3:-2] for cell in line.strip("│").split("│")}
    assert narrow == wide


@pytest.mark.parametrize("command", [["snapshots"], ["verify"], ["query", "frame/periods"]])
def test_without_a_snapshot_the_way_to_make_one_is_said(tmp_path, monkeypatch, command):
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    assert_refused(run(*command), "中没有快照", "make demo")


def test_snapshots_names_a_snapshot_whose_manifest_cannot_be_read(damaged):
    manifest = damaged / "snapshots" / "2020-06-30.r1" / "manifest.json"
    os.chmod(manifest, 0o644)
    manifest.write_text("{", encoding="utf-8")
    result = run("snapshots")
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "2020-06-30.r1" in result.output
    assert "无法读取" in result.output


@pytest.mark.parametrize("which", [[], ["2020-06-30.r1"]])
def test_verify_finds_nothing_wrong_with_what_was_published(snapshot, which):
    result = run("verify", *which)
    assert result.exit_code == 0
    assert "✗" not in result.stdout
    assert "✓ 文件与发布时一致" in result.stdout
    assert f"✓ 通过 {len(queries.folder('checks'))} 条检查规则" in result.stdout
    assert "△ 提示：州市季度报表缺报（1 处）" in result.stdout
    assert len(re.findall(r"CAL-\d", result.stdout)) == len(queries.folder("figures"))


def test_verify_names_a_damaged_file_and_fails(damaged):
    result = run("verify")
    assert result.exit_code == 1
    assert "2020-06-30.r1  ✗ 文件 funds.parquet 的内容与发布时不一致" in result.stdout
    assert "✓" not in result.stdout


def test_verify_fails_on_a_snapshot_that_does_not_exist(snapshot):
    result = run("verify", "2031-01-01.r1")
    assert result.exit_code == 1
    assert "2031-01-01.r1" in result.stdout
    assert CHINESE.search(result.stdout)


def test_query_list_names_every_query_a_page_may_ask(snapshot):
    result = run("query", "list")
    assert result.exit_code == 0
    listed = [line.partition("  ") for line in result.stdout.splitlines()]
    assert [name for name, _, _ in listed] == queries.names()
    assert all(doc for _, _, doc in listed)


def test_query_prints_a_table_with_its_rows_and_its_snapshot(snapshot):
    result = run("query", "funds/by_source", "period=2019", "place=530000")
    assert result.exit_code == 0
    assert re.search(r"社会捐赠 *│ *0\.0 *│ *520000\.0 *│ *70000\.0 *│ *310000\.0", result.stdout)
    assert result.stdout.splitlines()[-1] == "6 行；快照 2020-06-30.r1"


def test_query_prints_a_file_that_an_office_program_opens(snapshot):
    result = run("query", "funds/by_source", "period=2019", "place=533300", "--format", "csv")
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"), newline=""))
    assert header == [*queries.load("funds/by_source").returns, "数据截至", "数据性质"]
    assert [row[:3] for row in rows] == [
        ["社会捐赠", "0.0", "300000.0"],
        ["中央财政", "200000.0", "200000.0"],
        ["福彩公益金", "100000.0", "100000.0"],
    ]
    assert {tuple(row[-2:]) for row in rows} == {("2020-06-30", wording.DEMO)}


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("places/county", "place=532302", "place=532331"),
        ("places/county", "place=禄丰市", "place=532331"),
        ("places/county", "place=532331000000", "place=532331"),
        ("funds/by_source", "place=怒江州", "place=533300"),
        ("funds/by_source", "place=全省", "place=530000"),
        ("funds/totals", "prefectures=怒江傈僳族自治州,530100000", "prefectures=533300,530100"),
    ],
)
def test_query_takes_a_place_by_any_code_or_name_that_pages_understand(snapshot, name, typed, code):
    given = dict.fromkeys(queries.load(name).params, "") | {"start_date": "2018-01-01", "end_date": "2020-06-30"}
    given |= {"period": "2019", "page_size": "9", "page_start": "0"}
    others = [f"{key}={given[key]}" for key in queries.load(name).params if not typed.startswith(f"{key}=")]
    meant, answer = (run("query", name, one, *others, "--format", "csv") for one in (code, typed))
    assert (answer.exit_code, answer.stdout_bytes) == (0, meant.stdout_bytes), answer.stderr
    assert len(meant.stdout.splitlines()) > 1


def test_query_knows_every_parameter_that_is_a_place():
    meanings = {key: text for name in queries.names() for key, text in queries.load(name).params.items()}
    places = {key for key, text in meanings.items() if re.search(r"region|prefecture|count(y|ies)\b", f"{key} {text}")}
    assert places == command_line.PLACES


@pytest.mark.parametrize("given", [["period=2019", "place=没有州"], ["period=2019", "place=999999"]])
def test_query_refuses_a_place_that_there_is_not(snapshot, given):
    assert_refused(run("query", "funds/by_source", *given), given[1].partition("=")[2], "没有名称或代码", "请写全称")


def test_lists_dates_and_numbers_are_understood(snapshot):
    chosen = ["stages=到账,支出", "sources=", "forms=", "programmes=PG-STFP", "prefectures=533100"]
    span = ["start_date=2018-01-01", "end_date=2019-12-31"]
    result = run("query", "funds/rows", *chosen, *span, "page_size=2", "page_start=1", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"), newline="")))
    assert [row["fund_id"] for row in rows] == ["F000014", "F000021"]


def test_query_reads_the_snapshot_that_is_named(snapshot):
    result = run("query", "frame/periods", "--asof", "2020-06-30.r1")
    assert result.stdout.splitlines()[-1].endswith("快照 2020-06-30.r1")


@pytest.mark.parametrize("name", ["funds/nonsense", "indicators/P1_08", "checks/warn_return_late", "schema", "../x"])
def test_an_unknown_query_and_those_of_publication_cannot_be_run(snapshot, name):
    assert_refused(run("query", name), f"没有名为 {name} 的查询", "query list")


MISTAKES = [
    (["funds/by_source", "period=2019"], ["还需要", "place="]),
    (["funds/by_source"], ["还需要", "period=", "place="]),
    (["funds/by_source", "period=2019", "place=530000", "colour=red"], ["没有参数 colour", "period、place"]),
    (["frame/periods", "period"], ["没有参数 period", "（无）"]),
    (["frame/periods", "--asof", "2031-01-01.r1"], ["2031-01-01.r1", "2020-06-30.r1"]),
    (["frame/periods", "--asof", "../2020-06-30.r1"], ["没有编号"]),
]


@pytest.mark.parametrize(("typed", "said"), MISTAKES, ids=lambda v: " ".join(v))
def test_a_mistake_is_answered_by_one_sentence(snapshot, typed, said):
    assert_refused(run("query", *typed), *said)


@pytest.mark.parametrize(("name", "value"), [("end_date", "abc"), ("end_date", "2019-02-30"), ("page_size", "many")])
def test_a_value_of_the_wrong_kind_is_answered_by_one_sentence(snapshot, name, value):
    given = dict.fromkeys(queries.load("funds/rows").params, "")
    given |= {"start_date": "2018-01-01", "end_date": "2019-12-31", "page_size": "10", "page_start": "0", name: value}
    assert_refused(run("query", "funds/rows", *(f"{k}={v}" for k, v in given.items())), name, value)


def test_an_unknown_format_is_not_taken_for_a_table(snapshot):
    result = run("query", "frame/periods", "--format", "xml")
    assert result.exit_code != 0
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit)


def test_a_damaged_snapshot_answers_no_query(damaged):
    assert_refused(run("query", "frame/periods"), "2020-06-30.r1 已损坏", "funds.parquet")


def test_the_program_itself_prints_bytes_and_exit_codes(tiny_data):
    def typed(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "yunnan", *arguments],
            cwd=settings.ROOT,
            env=os.environ | {"YUNNAN_DATA_DIR": str(tiny_data)},
            capture_output=True,
        )

    good = typed("query", "frame/places", "--format", "csv")
    assert (good.returncode, good.stderr) == (0, b"")
    assert good.stdout.startswith(b'\xef\xbb\xbf"place"')
    assert good.stdout.count(b"\r\n") == 147  # header, province, 16, 129
    bad = typed("query", "nonsense")
    assert (bad.returncode, bad.stdout) == (1, b"")
    assert bad.stderr.decode().startswith("没有名为 nonsense 的查询")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["ingest", "--nonsense"], "没有选项 --nonsense"),
        (["demo", "--scale", "abc"], "--scale 的值不对"),
        (["publish"], "缺少 --as-of"),
        (["nonsense"], "命令写得不对"),
    ],
)
def test_a_command_typed_wrong_is_one_chinese_sentence_and_no_exit_code_of_a_return(monkeypatch, capsys, typed, said):
    monkeypatch.setattr(sys, "argv", ["yunnan", *typed])
    with pytest.raises(SystemExit) as stopped:
        command_line.run()
    told = capsys.readouterr()
    assert (stopped.value.code, told.out) == (1, "")
    assert told.err.startswith(f"{said}；")
    assert len(told.err.strip().splitlines()) == 1


@pytest.fixture
def thin(thin_data, tmp_path, monkeypatch) -> Path:
    """A private copy of the smallest province."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    shutil.copytree(thin_data, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_publish_says_what_was_taken_replaced_recorded_and_left_and_the_result(thin):
    staged.stage(thin, "funds", [staged.fund(900001)], file="怒江补报.xlsx")
    staged.stage(thin, "activities", None, file="坏.xlsx")
    staged.stage(thin, "funds", [staged.fund(900002)], period="2018Q2", file="二季度.xlsx")
    result = run("publish", "--as-of", "2018-03-31", "--note", "补报")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "底本 2018-03-31.r1",
        "收入 怒江补报.xlsx（1行），代替 怒江资金.xlsx",
        "只登记 坏.xlsx：没有接收任何一行，等于未报送",
        "留待 二季度.xlsx：报告期 2018Q2 晚于截至日",
        "快照 2018-03-31.r2 已发布",
    ]
    assert "补报" in run("snapshots").stdout
    checked = run("verify", "2018-03-31.r2")
    assert (checked.exit_code, "收到报表 5 份，问题 2 个，反馈工作簿 2 份" in checked.stdout) == (0, True)


def refusals() -> list[tuple[list[str], list[str]]]:
    return [
        (["--as-of", "2018-03-31"], ["没有能改变快照的报表", "ingest"]),
        (["--as-of", "2018年3月"], ["截至日“2018年3月”不对", "2020-06-30"]),
        (["--as-of", "2999-12-31"], ["还没有到"]),
    ]


@pytest.mark.parametrize(("typed", "said"), refusals(), ids=lambda v: " ".join(v))
def test_publish_refuses_in_a_sentence(thin, typed, said):
    result = run("publish", *typed)
    assert (result.exit_code, result.stdout) == (1, "")
    assert all(part in result.stderr.splitlines()[-1] for part in said)


def test_prune_prints_its_policy_what_went_and_why_the_others_stay(thin):
    batch = staged.stage(thin, "funds", [staged.fund(900001)])
    run("publish", "--as-of", "2018-03-31")
    lines = run("prune", "--keep", "1", "--all-ages").stdout.splitlines()
    assert lines[0].startswith("保留：每个截至日的最新版、最新的1个、正在使用的；其余清理")
    assert lines[1:] == [
        "保留 2018-03-31.r2：该截至日的最新版",
        "已清理 2018-03-31.r1：已有更新的版本",
        f"已清理 {batch}：快照中已有它或更新的一份",
        "共清理 2 个，保留 1 个",
    ]
    assert "保留 2018-03-31.r2" in run("prune", "--dry-run").stdout


@pytest.fixture
def unlisted(monkeypatch) -> Iterator[Path]:
    """A data folder with snapshots/ and staging/ that may be written to and not listed, even by whoever is root."""
    data = Path(tempfile.mkdtemp(prefix="unlisted-"))
    monkeypatch.setattr(settings, "DATA_DIR", data)
    for folder in (data / "snapshots", data / "staging"):
        folder.mkdir()
    (data / "snapshots" / ".lock").touch(0o666)
    importlib.import_module("yunnan.ingest.commands")  # nobody may not be allowed to read the library
    importlib.import_module("multiprocessing.pool")
    was = os.geteuid()
    if was == 0:
        for path in (data, *data.rglob("*")):
            os.chown(path, 65534, 65534)
        os.seteuid(65534)
    (data / "snapshots").chmod(0o300)
    yield data
    (data / "snapshots").chmod(0o700)
    (data / "staging").chmod(0o700)
    os.seteuid(was)
    shutil.rmtree(data)


@pytest.mark.parametrize(
    "typed",
    [["publish", "--as-of", "2020-06-30"], ["ingest", "a.csv", "--period", "2020Q2"], ["prune"], ["demo"],
     ["demo", "--remove"]],
    ids=" ".join,
)  # fmt: skip
def test_a_folder_of_snapshots_that_cannot_be_listed_is_not_an_empty_one(unlisted, typed):
    result = run(*typed)
    assert result.exit_code == 1
    assert f"快照文件夹 {unlisted.name}/snapshots 列不出来" in result.stderr
    assert list((unlisted / "staging").iterdir()) == []


def test_returns_that_cannot_be_listed_are_not_none(unlisted):
    (unlisted / "snapshots").chmod(0o700)
    (unlisted / "staging").chmod(0o300)
    for typed in (["publish", "--as-of", "2020-06-30"], ["ingest", "a.csv", "--period", "2020Q2"], ["demo"]):
        assert f"暂存文件夹 {unlisted / 'staging'} 列不出来" in run(*typed).stderr


def test_nothing_is_pruned_while_the_returns_cannot_be_listed(unlisted):
    (unlisted / "snapshots").chmod(0o700)
    manifest = dict.fromkeys(snapshot_folders.WRITTEN) | {"tables": {}, "published_at": "2019-01-01T00:00:00"}
    for name in ("2018-12-31.r1", "2018-12-31.r2"):
        (unlisted / "snapshots" / name).mkdir()
        (unlisted / "snapshots" / name / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (unlisted / "staging").chmod(0o300)
    result = run("prune", "--keep", "1")
    assert (result.exit_code, "暂存文件夹" in result.stderr) == (1, True)
    assert snapshot_folders.published() == ["2018-12-31.r2", "2018-12-31.r1"]
    (unlisted / "staging").chmod(0o700)
    assert run("prune", "--keep", "1").exit_code == 0
    assert snapshot_folders.published() == ["2018-12-31.r2"]


def test_what_was_left_unfinished_where_nothing_can_be_listed_is_not_taken_for_nothing(unlisted):
    (unlisted / "snapshots" / ".building.2018-12-31.r1").mkdir()
    with pytest.raises(snapshot_folders.Unlisted), durable.locked(unlisted / "snapshots"):
        pass


def test_a_log_that_cannot_be_listed_is_not_begun_anew(unlisted):
    sealed_log.append(Chain(unlisted / "log"), {"event": "first"})
    (unlisted / "log").chmod(0o300)
    with pytest.raises(sealed_log.CannotLog, match="导出日志无法写入"):
        sealed_log.append(Chain(unlisted / "log"), {"event": "second"})
    assert "日志无法读取" in run("verify-log").stderr
    (unlisted / "log").chmod(0o700)
    assert Chain(unlisted / "log").check().good == 1


def test_health_says_that_the_snapshots_cannot_be_listed(unlisted):
    assert "列不出来" in health.is_ready().body.decode()
    assert health.lives().status_code == 200


def test_ctrl_c_is_one_sentence_and_130(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "yunnan", "verify-log", str(tmp_path), "--heads", "-"],
        cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # under nohup it is inherited as ignored
    )  # fmt: skip
    with process:
        assert process.stdin
        process.stdin.write(b"x" * (1 << 20))  # more than a pipe holds: when it is written, the command is at work
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        process.stdin.close()  # a signal between two reads is noticed when the second has ended
        assert process.stderr
        told = process.stderr.read().decode().strip()
    assert told == "已停止：没有做完的不算数，已有的数据不受影响。"
    assert process.returncode == 130
