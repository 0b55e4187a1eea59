"""The log of exports is one unbroken chain; whoever meddles with it is found out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from tests.file_answers import checked, events
from yunnan import settings as house
from yunnan.access import audit_log, sealed_log
from yunnan.access.log_chain import Chain
from yunnan.cli.main import app as command_line
from yunnan.server import startup_checks

WRITER = """
import sys
from pathlib import Path
from yunnan.access import sealed_log
from yunnan.access.log_chain import Chain
for n in range(40):
    sealed_log.append(Chain(Path(sys.argv[1])), {"event": "试", "n": n, "by": sys.argv[2]})
"""


def test_two_processes_that_write_at_once_make_one_chain(tmp_path):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name], cwd=house.ROOT) for name in ("甲", "乙")
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    assert checked(tmp_path) == (80, [])
    assert sorted((event["by"], event["n"]) for event in events(tmp_path)) == [
        (name, n) for name in sorted("甲乙") for n in range(40)
    ]


def test_a_clock_that_was_set_back_does_not_break_the_chain(tmp_path):
    sealed_log.append(Chain(tmp_path), {"event": "一"})
    (file,) = Chain(tmp_path).files()
    file.rename(tmp_path / "exports-2999-12.jsonl")
    sealed_log.append(Chain(tmp_path), {"event": "二"})
    assert [file.name for file in Chain(tmp_path).files()] == ["exports-2999-12.jsonl"]
    assert checked(tmp_path) == (2, [])


def test_a_new_month_is_a_new_file_of_the_same_chain(tmp_path):
    sealed_log.append(Chain(tmp_path), {"event": "一"})
    (file,) = Chain(tmp_path).files()
    file.rename(tmp_path / "exports-2000-01.jsonl")
    sealed_log.append(Chain(tmp_path), {"event": "二"})
    assert len(Chain(tmp_path).files()) == 2
    assert checked(tmp_path) == (2, [])
    (tmp_path / "exports-2000-01.jsonl").unlink()
    assert "不衔接" in "".join(checked(tmp_path)[1])


def test_half_a_line_left_by_a_power_cut_is_kept_and_the_next_line_vouches_for_it(tmp_path):
    for n in range(2):
        sealed_log.append(Chain(tmp_path), {"event": n})
    (file,) = Chain(tmp_path).files()
    file.write_bytes(file.read_bytes() + b'{"at": "2026-11')
    assert checked(tmp_path)[1] == [f"{file.name} 第3行：不是完整的记录"]
    sealed_log.append(Chain(tmp_path), {"event": 2})
    assert file.read_bytes().splitlines()[2] == b'{"at": "2026-11'
    assert checked(tmp_path) == (3, [])
    assert Chain(tmp_path).check().remarks == [f"{file.name} 第3行：断电时只写了一半，原样留着，下一行为它作证"]
    file.write_bytes(file.read_bytes().replace(b"2026-11\n", b"2026-12\n"))
    assert checked(tmp_path)[1] == [f"{file.name} 第3行：不是完整的记录"]


def five_lines(folder: Path) -> tuple[Path, list[bytes]]:
    for n in range(5):
        sealed_log.append(Chain(folder), {"event": "试", "n": n})
    (file,) = Chain(folder).files()
    return file, file.read_bytes().splitlines(keepends=True)


def forged(line: bytes) -> bytes:
    """A line with another content and the hash that fits it."""
    told = json.loads(line) | {"n": 99}
    return (json.dumps(told | {"hash": Chain(Path()).seal(told)}, ensure_ascii=False) + "\n").encode()


MEDDLING = {
    "a word is changed": lambda x: [*x[:2], x[2].replace(b'"n": 2', b'"n": 7'), *x[3:]],
    "a line is forged with its hash": lambda x: [*x[:2], forged(x[2]), *x[3:]],
    "the last line is forged with its hash": lambda x: [*x[:4], forged(x[4])],
    "a line is deleted": lambda x: [*x[:2], *x[3:]],
    "the first line is deleted": lambda x: x[1:],
    "the last line is deleted": lambda x: x[:4],
    "all but the first are deleted": lambda x: x[:1],
    "all lines are deleted": lambda x: [],
    "the last line is cut in the middle": lambda x: [*x[:4], x[4][:40]],
    "a line is doubled": lambda x: [*x[:3], *x[2:]],
    "a line is put at the end": lambda x: [*x, forged(x[4])],
    "two lines change places": lambda x: [x[0], x[2], x[1], *x[3:]],
    "a line is no JSON": lambda x: [*x[:2], b"rubbish\n", *x[3:]],
    "a line is another kind of JSON": lambda x: [*x[:2], b"[1]\n", *x[3:]],
    "a line is not text": lambda x: [*x[:2], b"\xff\xfe\n", *x[3:]],
}  # fmt: skip


@pytest.mark.parametrize("what", MEDDLING)
def test_whoever_meddles_with_the_log_is_found_out(tmp_path, what):
    file, written = five_lines(tmp_path)
    assert checked(tmp_path) == (5, [])
    file.write_bytes(b"".join(MEDDLING[what](written)))
    good, faults = checked(tmp_path)
    assert faults, what
    assert good <= 5
    result = CliRunner(env={"COLUMNS": "300"}).invoke(command_line, ["verify-log", str(tmp_path)])
    assert result.exit_code == 1
    assert all(fault in result.stdout for fault in faults)


def test_a_log_without_its_end_or_without_its_files_is_found_out(tmp_path):
    file, _ = five_lines(tmp_path)
    (tmp_path / "end.json").unlink()
    assert checked(tmp_path) == (5, ["缺少 end.json，无法确认末尾是否完整"])
    sealed_log.append(Chain(tmp_path), {"event": "试"})
    assert "写这一行时末尾已不是" in "".join(checked(tmp_path)[1])  # another export does not heal it
    file.unlink()
    assert "末尾有记录被删除" in "".join(checked(tmp_path)[1])


def test_verify_log_says_how_many_lines_are_good(tmp_path, monkeypatch):
    monkeypatch.setattr(house, "DATA_DIR", tmp_path)
    five_lines(tmp_path / "log")
    result = CliRunner(env={"COLUMNS": "300"}).invoke(command_line, ["verify-log"])
    assert result.exit_code == 0
    told, unsealed = result.stdout.splitlines()
    assert unsealed.startswith("△ 没有设密钥（YUNNAN_LOG_KEYS）")
    assert told == f"✓ {tmp_path / 'log'}：导出日志 1 个文件，5 行完好"


def test_verify_log_is_calm_when_nothing_was_ever_exported(tmp_path, monkeypatch):
    monkeypatch.setattr(house, "DATA_DIR", tmp_path)
    result = CliRunner(env={"COLUMNS": "300"}).invoke(command_line, ["verify-log"])
    assert result.exit_code == 0
    assert "没有导出日志" in result.stdout


def test_a_log_whose_last_line_is_spoilt_takes_no_more_until_it_is_looked_at(tmp_path):
    file, written = five_lines(tmp_path)
    file.write_bytes(b"".join([*written[:4], b"rubbish\n"]))
    with pytest.raises(sealed_log.CannotLog, match="verify-log"):
        sealed_log.append(Chain(tmp_path), {"event": "试"})
    assert file.read_bytes().endswith(b"rubbish\n")


def test_a_lock_that_is_never_released_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(sealed_log, "PATIENCE", 0.1)
    with FileLock(tmp_path / ".exports.lock"), pytest.raises(sealed_log.CannotLog, match="另一个程序"):
        sealed_log.append(Chain(tmp_path), {"event": "试"})


# With a key, and with what the journal has kept

KEY, OTHER = b"k" * 32, b"o" * 32


def sealed(folder: Path, **keys: bytes) -> Chain:
    return Chain(folder, keys=keys or {"2026a": KEY})


def lines_of(chain: Chain, count: int) -> tuple[Path, list[bytes]]:
    for n in range(count):
        sealed_log.append(chain, {"event": "试", "n": n})
    (file,) = chain.files()
    return file, file.read_bytes().splitlines(keepends=True)


def written_anew(folder: Path, lines: list[dict]) -> None:
    """The whole log by somebody who knows how it is made and has no key."""
    for file in (*Chain(folder).files(), Chain(folder).mark("end")):
        file.unlink()
    for line in lines:
        sealed_log.append(Chain(folder), {"event": line["event"], "n": line["n"]})


def test_with_a_key_nobody_else_can_write_a_line_or_the_whole_log_anew(tmp_path):
    file, written = lines_of(sealed(tmp_path), 5)
    assert sealed(tmp_path).check().faults == []
    line = json.loads(written[2])
    told = {key: value for key, value in line.items() if key not in ("hash", "key")} | {"n": 99}
    plain = (json.dumps(told | {"hash": Chain(tmp_path).seal(told)}, ensure_ascii=False) + "\n").encode()
    file.write_bytes(b"".join([*written[:2], plain, *written[3:]]))
    assert "没有用密钥封存" in "".join(sealed(tmp_path).check().faults)
    written_anew(tmp_path, [json.loads(line) for line in written[:4]])
    assert checked(tmp_path) == (4, [])  # as it looks without the key
    assert "末行没有用密钥封存" in "".join(sealed(tmp_path).check().faults)


def test_a_tail_that_was_cut_with_its_mark_is_told_with_the_missing_lines_by_what_was_kept_elsewhere(tmp_path):
    chain = sealed(tmp_path)
    file, written = lines_of(chain, 3)
    before = chain.mark("end").read_bytes()
    file, written = lines_of(chain, 2)
    head = json.loads(written[4])["hash"]
    file.write_bytes(b"".join(written[:3]))
    assert "（缺第4至5条）" in "".join(chain.check().faults)
    chain.mark("end").write_bytes(before)  # rolled back together: the folder alone looks whole
    assert chain.check().faults == []
    assert chain.check([(5, head)]).faults == ["服务日志记到第5条，这里只到第3条：缺第4至5条"]
    assert "末尾被截短或整个日志被换过，现在到第3条" in "".join(chain.check([(None, head)]).faults)


def test_a_tail_that_was_cut_stays_told_after_the_next_export(tmp_path):
    chain = Chain(tmp_path)
    file, written = five_lines(tmp_path)
    file.write_bytes(b"".join(written[:3]))
    sealed_log.append(chain, {"event": "试"})
    (fault, cut) = chain.check().faults
    assert fault == f"{file.name} 第4行：编号不衔接，缺第4至5条"
    assert "它记的是第5条" in cut
    sealed_log.append(chain, {"event": "试"})
    assert len(chain.check().faults) == 2


def test_the_journal_tells_of_a_log_that_was_replaced_as_a_whole(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(house, "DATA_DIR", tmp_path)
    _, written = five_lines(tmp_path / "log")
    journal = tmp_path / "journal.txt"
    journal.write_text("看板已启动\n" + capfd.readouterr().err, encoding="utf-8")
    runner = CliRunner(env={"COLUMNS": "300"})
    assert runner.invoke(command_line, ["verify-log", "--heads", str(journal)]).exit_code == 0
    written_anew(tmp_path / "log", [json.loads(line) | {"n": 7} for line in written[:4]])
    assert runner.invoke(command_line, ["verify-log"]).exit_code == 0
    done = runner.invoke(command_line, ["verify-log", "--heads", str(journal)])
    assert done.exit_code == 1
    assert "✗ 服务日志记到第5条，这里只到第4条：缺第5条" in done.stdout
    assert "✗ 第2条不是服务日志当时记下的那一条：被改写过" in done.stdout
    done = runner.invoke(command_line, ["verify-log", "--head", f"3:{json.loads(written[2])['hash']}"])
    assert (done.exit_code, "✗ 第3条不是" in done.stdout) == (1, True)
    done = runner.invoke(command_line, ["verify-log", "--head", "第三条:abc"])
    assert (done.exit_code, "写成 条号:指纹" in done.output) == (1, True)


def test_keys_that_stand_in_the_setting_itself_may_be_longer_than_a_name_of_a_file(monkeypatch):
    told = ",".join(f"k{n}:{str(n) * 64}" for n in range(5))
    monkeypatch.setattr(house, "LOG_KEYS", told)
    assert audit_log.faults() == []
    assert list(audit_log.seals()) == [f"k{n}" for n in range(5)]


def test_keys_change_and_the_old_one_still_checks_its_lines(tmp_path):
    lines_of(sealed(tmp_path), 2)
    sealed_log.append(sealed(tmp_path, **{"2027a": OTHER, "2026a": KEY}), {"event": "试"})
    assert sealed(tmp_path, **{"2027a": OTHER, "2026a": KEY}).check().good == 3
    (first, *_) = sealed(tmp_path, **{"2027a": OTHER}).check().faults
    assert "用密钥“2026a”封存，没有这把密钥" in first
    assert "内容被改动过" in "".join(sealed(tmp_path, **{"2026a": OTHER, "2027a": KEY}).check().faults)


def test_a_log_begun_without_a_key_goes_on_with_one(tmp_path):
    five_lines(tmp_path)
    assert "设密钥以后还没有写过" in "".join(sealed(tmp_path).check().faults)
    sealed_log.append(sealed(tmp_path), {"event": "试"})
    found = sealed(tmp_path).check()
    assert (found.good, found.faults) == (6, [])


def test_two_logs_in_a_folder_are_two_chains(tmp_path):
    for name in ("exports", "access", "exports"):
        sealed_log.append(Chain(tmp_path, name), {"event": name})
    for name, lines in (("exports", 2), ("access", 1)):
        found = Chain(tmp_path, name).check()
        assert (found.good, found.faults) == (lines, [])


def test_the_key_comes_from_a_file_that_the_log_folder_does_not_hold(tmp_path, monkeypatch):
    monkeypatch.setattr(house, "DATA_DIR", tmp_path)
    key = tmp_path / "log.toml"
    key.write_text(f'2026a = "{"k" * 32}"\n', encoding="utf-8")
    monkeypatch.setattr(house, "LOG_KEYS", str(key))
    key.chmod(0o644)
    assert "本机谁都能读或写" in "".join(startup_checks.faults())
    key.chmod(0o640)
    assert list(startup_checks.faults()) == []
    audit_log.export({"event": "试"})
    assert sealed(tmp_path / "log").check().good == 1
    assert CliRunner().invoke(command_line, ["verify-log"]).stdout.startswith("✓")
    monkeypatch.setattr(house, "LOG_KEYS", str(tmp_path / "none.toml"))
    with pytest.raises(sealed_log.CannotLog, match=r"日志密钥文件.*无法读取"):
        audit_log.export({"event": "试"})
    inside = key.rename(tmp_path / "log" / "key.toml")
    monkeypatch.setattr(house, "LOG_KEYS", str(inside))
    assert "放在日志文件夹里" in "".join(startup_checks.faults())


RUBBISH = [
    b"[1]",
    b'{"hash": 7}',
    b'{"hash": "x", "before": []}',
    b'{"hash": "x", "key": {}}',
    b'{"hash":"x","no":"y"}',
]


@pytest.mark.parametrize("line", RUBBISH)
def test_a_line_of_strange_kinds_is_a_fault_and_no_traceback(tmp_path, line):
    file, written = five_lines(tmp_path)
    file.write_bytes(b"".join([*written[:2], line + b"\n", *written[3:]]))
    assert "不是完整的记录" in "".join(Chain(tmp_path).check([(1, "0" * 64)]).faults)
    Chain(tmp_path).mark("end").write_bytes(line)
    assert Chain(tmp_path).check().faults
