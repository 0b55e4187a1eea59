"""The whole installation in one archive, and back: all of it as it was, never a key, nothing from a changed archive."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import filelock
import pytest

from tests import office
from tests.command_line import run
from tests.office import FUNDS, GIFT, TARGETS, rows
from yunnan import settings
from yunnan.access import audit_log
from yunnan.data import snapshot_folders
from yunnan.publication import backup, durable, staging

PEOPLE = '[people."bureau.leader"]\nrole = "leader"\n'
AGENDA = 'title = "例会"\n[[view]]\npage = "overview"\nperiod = "2026Q1"\nasof = "2026-03-31.r1"\n'
SECRET = "0123456789abcdef0123456789abcdef-only-here"
MORE = ("2026-03-01", "到账", "社会捐赠", "资金", "500000", "怒江州", "泸水市", "")


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """An office's installation with something of each kind: data, agendas, people, keys."""
    folder = tmp_path_factory.mktemp("installation")
    (folder / "agendas").mkdir()
    (folder / "agendas" / "例会.toml").write_text(AGENDA, encoding="utf-8")
    (folder / "agendas" / "keys.toml").write_text(f'a = "{SECRET}"\n', encoding="utf-8")
    (folder / "people.toml").write_text(PEOPLE, encoding="utf-8")
    (folder / "keys.toml").write_text(f'a = "{SECRET}"\n', encoding="utf-8")
    (folder / "keys.toml").chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        settled(patch, folder)
        assert run("deadline", "--due", "15 12:00", "--first", "2026Q1").exit_code == 0
        office.send(folder, FUNDS, GIFT)
        office.send(folder, TARGETS, office.MONEY, file="目标.csv")
        office.publish()
        office.send(folder, FUNDS, GIFT, MORE, file="更正.csv")
        office.publish()
        assert run("retract", "2026-03-31.r2", "--why", "金额有误待核").exit_code == 0
        batch = max((path.name for path in staging.paths()), key=staging.receipt)
        assert run("withdraw", batch, "--why", "捐赠协议没有签").exit_code == 0
        (folder / "data" / "profiles").mkdir()
        words = '[values.county_code]\n"德宏芒市经济开发区" = "芒市"\n'
        (folder / "data" / "profiles" / "功能区.toml").write_text(words, encoding="utf-8")
        audit_log.export({"who": "bureau.leader", "rows": 3})
    return folder


def settled(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setattr(settings, "DATA_DIR", folder / "data")
    patch.setattr(settings, "AGENDAS_DIR", folder / "agendas")
    patch.setattr(settings, "PEOPLE", str(folder / "people.toml"))
    patch.setattr(settings, "LOG_KEYS", str(folder / "keys.toml"))


@pytest.fixture
def installation(filled, tmp_path, monkeypatch) -> Path:
    shutil.copytree(filled, tmp_path / "office")
    settled(monkeypatch, tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture
def archive(installation) -> Path:
    """A backup of the installation."""
    file = installation.parent / "备份.tar"
    result = run("backup", str(file))
    assert result.exit_code == 0, result.output
    return file


@pytest.fixture
def empty(archive, tmp_path, monkeypatch) -> Path:
    """The archive's new home, which is not there yet."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "new" / "data")
    return tmp_path / "new" / "data"


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith("lock"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def assert_stopped(result, *parts: str) -> None:
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    sentence = result.stderr.splitlines()[-1]
    for part in parts:
        assert part in sentence


def test_what_was_kept_comes_back_whole_and_verifies(installation, archive, empty):
    result = run("restore", str(archive))
    assert result.exit_code == 0, result.output
    for sentence in ("真实数据", "YUNNAN_AGENDAS_DIR", "YUNNAN_PEOPLE", "密钥不在备份里"):
        assert sentence in result.stdout
    before, after = contents(installation / "data"), contents(empty)
    assert after.pop("people.toml").decode() == PEOPLE
    assert after.pop("agendas/例会.toml").decode() == AGENDA
    log = {name for name in before if name.startswith("log/access")}  # the backup itself has its line since
    assert {name: data for name, data in before.items() if name not in log} == {
        name: data for name, data in after.items() if name not in log
    }
    assert {"deadline.json", "staging/.receipts", "log/end.json"} <= set(after)
    assert "snapshots/2026-03-31.r2.retracted.json" in after
    assert any(name.startswith("staging/.withdrawn/") for name in after)
    assert run("verify").exit_code == 0
    logs = run("verify-log")
    assert logs.exit_code == 0, logs.output
    assert "导出日志 1 个文件，1 行完好" in logs.stdout


def test_the_office_goes_on_where_it_was(archive, empty, tmp_path):
    run("restore", str(archive))
    assert snapshot_folders.published() == ["2026-03-31.r1"]
    sent = office.send(tmp_path, FUNDS, GIFT, MORE, file="再更正.csv")
    assert sent["status"] == "accepted"
    later = office.publish()
    assert later.name == "2026-03-31.r3"
    assert rows(later, "select sum(amount_yuan)::double from {funds}") == [(800_000,)]


def test_no_key_is_in_the_archive_wherever_it_lay(installation, monkeypatch):
    monkeypatch.setattr(settings, "PEOPLE", str(installation / "keys.toml"))
    shutil.copy(installation / "keys.toml", installation / "data" / "snapshots" / "keys.toml")
    shutil.copy(installation / "keys.toml", installation / "data" / "log" / "keys.toml")
    file = installation.parent / "一.tar"
    result = run("backup", str(file))
    assert result.exit_code == 0
    assert "keys.toml（是密钥文件）" in result.stdout
    assert "keys.toml（不是议程）" in result.stdout
    assert SECRET.encode() not in file.read_bytes()
    assert SECRET not in result.output


def test_who_took_a_backup_stands_in_the_log_and_it_is_for_its_owner_alone(installation, archive):
    assert archive.stat().st_mode & 0o777 == 0o600
    (line,) = [
        entry for file in (installation / "data" / "log").glob("access-*.jsonl")
        for entry in map(json.loads, file.read_text(encoding="utf-8").splitlines()) if entry["event"] == "backup"
    ]  # fmt: skip
    assert line["file"] == "备份.tar"
    assert line["who"].startswith("命令行 ")
    assert len(line["sha256"]) == 64


@pytest.mark.parametrize("place", ["备份.tar", "snapshots/2026-03-31.r1/备份.tar"])
def test_a_backup_is_not_written_among_what_it_keeps(installation, place):
    before = contents(installation / "data")
    assert_stopped(run("backup", str(settings.DATA_DIR / place)), "在数据文件夹里", "请写到别处")
    assert contents(installation / "data") == before


def test_a_backup_never_replaces_another_and_nothing_is_no_backup(archive, empty):
    before = archive.read_bytes()
    assert_stopped(run("backup", str(archive)), "已经有了", "换一个文件名")
    assert archive.read_bytes() == before
    assert_stopped(run("backup", str(archive.with_name("另.tar"))), "还没有", "YUNNAN_DATA_DIR")
    assert not archive.with_name("另.tar").exists()
    assert_stopped(run("backup", str(archive.parent / "没有的文件夹" / "一.tar")), "还没有")


def test_a_folder_that_is_not_there_for_the_archive_is_said(installation):
    assert_stopped(run("backup", str(installation / "没有" / "一.tar")), "没有写成", "已不在")


def test_a_snapshot_that_is_damaged_already_is_kept_and_named(installation):
    file = installation / "data" / "snapshots" / "2026-03-31.r1" / "funds.parquet"
    file.chmod(0o644)
    file.write_bytes(b"PAR1")
    result = run("backup", str(installation.parent / "一.tar"))
    assert result.exit_code == 1
    assert "✗ 快照 2026-03-31.r1 的 funds 与发布时不一致" in result.stdout


def test_a_link_among_the_data_is_not_followed(installation):
    (installation / "data" / "staging" / ".withdrawn" / "x.json").symlink_to(installation / "keys.toml")
    assert_stopped(run("backup", str(installation.parent / "一.tar")), "x.json", "是链接或设备")
    assert not (installation.parent / "一.tar").exists()


def test_a_demonstration_and_an_offices_data_are_not_kept_together(installation, tiny_data):
    shutil.copytree(tiny_data / "snapshots" / "2020-06-30.r1", installation / "data" / "snapshots" / "2020-06-30.r1")
    assert_stopped(run("backup", str(installation.parent / "一.tar")), "既有演示数据又有真实数据", "demo --remove")


def test_it_waits_for_who_publishes_receives_or_writes_a_log(installation):
    logs = [backup.Log(dict, installation / "data" / "log" / ".access.lock")]
    for name in ("snapshots/.lock", "staging/.lock", "log/.access.lock"):
        with filelock.FileLock(installation / "data" / name), pytest.raises(durable.Busy, match="已等待 0 秒"):
            backup.write(installation.parent / "一.tar", logs, wait=0)
        assert not (installation.parent / "一.tar").exists()


def test_backups_beside_a_publication_hold_the_snapshot_before_or_after_it(installation, monkeypatch):
    office.send(installation, FUNDS, GIFT, MORE, file="三.csv")
    command = [sys.executable, "-m", "yunnan", "publish", "--as-of", "2026-03-31"]
    where = os.environ | {"YUNNAN_DATA_DIR": str(installation / "data")}
    files = []
    with subprocess.Popen(command, cwd=settings.ROOT, env=where, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as one:
        while one.poll() is None or len(files) < 2:
            files.append(installation.parent / f"{len(files)}.tar")
            backup.write(files[-1])
        assert one.returncode == 0
    for n, file in enumerate((files[0], files[-1])):
        monkeypatch.setattr(settings, "DATA_DIR", installation.parent / f"back{n}")
        assert run("restore", str(file)).exit_code == 0
        assert run("verify").exit_code == 0
    assert snapshot_folders.published()[0] == "2026-03-31.r3"


def test_only_a_folder_with_nothing_in_it_is_restored_into(archive, empty):
    empty.mkdir(parents=True)
    (empty / "一.txt").write_text("我的", encoding="utf-8")
    assert_stopped(run("restore", str(archive)), "里已有 一.txt", "YUNNAN_DATA_DIR")
    assert contents(empty) == {"一.txt": "我的".encode()}
    (empty / "一.txt").unlink()
    empty.chmod(0o700)
    assert run("restore", str(archive)).exit_code == 0
    assert empty.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in empty.parent.iterdir()] == ["data"]


def test_an_archive_that_was_cut_off_anywhere_is_refused(archive, empty):
    data = archive.read_bytes()
    short = archive.with_name("短.tar")
    for part in range(16):
        short.write_bytes(data[: len(data) * part // 16])
        assert_stopped(run("restore", str(short)), "没有恢复，什么也没有放进去")
        assert not empty.exists()
    assert not list(empty.parent.glob(".restoring*"))


def test_an_archive_of_which_one_byte_is_another_is_refused(archive, empty):
    whole = archive.read_bytes()
    with tarfile.open(archive) as tar:
        at = [member.offset_data + member.size // 2 for member in tar][::7]
        at.append(tar.getmember(backup.MANIFEST).offset_data + 200)
    for place in at:
        data = bytearray(whole)
        data[place] ^= 1
        archive.write_bytes(data)
        assert_stopped(run("restore", str(archive)), "没有恢复，什么也没有放进去")
        assert not empty.exists()


def sparse(name: str) -> tarfile.TarInfo:
    """Three bytes that say of themselves to be 200 GB."""
    info = tarfile.TarInfo(name)
    info.size, info.pax_headers = 3, {"GNU.sparse.map": "0,3", "GNU.sparse.size": "200000000000"}
    return info


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    info.size = 3 if kind == tarfile.REGTYPE else 0
    return info


@pytest.mark.parametrize(
    ("info", "why"),
    [
        (member("../外面.txt"), "不是备份会有的文件"),
        (member("snapshots/../../外面.txt"), "不是备份会有的文件"),
        (member("/tmp/外面.txt"), "不是备份会有的文件"),
        (member("keys.toml"), "不是备份会有的文件"),
        (member("snapshots/./一.json"), "不是备份会有的文件"),
        (member("staging/一", tarfile.SYMTYPE, "/etc/passwd"), "不是普通的文件"),
        (member("staging/一", tarfile.LNKTYPE, "people.toml"), "不是普通的文件"),
        (member("staging/一", tarfile.CHRTYPE), "不是普通的文件"),
        (member("staging/一", tarfile.FIFOTYPE), "不是普通的文件"),
        (member("staging", tarfile.DIRTYPE), "不是普通的文件"),
        (sparse("staging/一"), "不是普通的文件"),
        (member("people.toml"), "有两份"),
        (member("staging/多出来的.json"), "与清单不一致"),
    ],
    ids=lambda value: f"{value.name}-{value.type.decode()}" if isinstance(value, tarfile.TarInfo) else "",
)
def test_what_no_backup_holds_is_refused(archive, empty, info, why):
    with tarfile.open(archive, "a") as tar:
        tar.addfile(info, io.BytesIO(b"abc"))
    assert_stopped(run("restore", str(archive)), why, "什么也没有放进去")
    assert not empty.exists()
    assert not (archive.parent / "外面.txt").exists()
    assert not Path("/tmp/外面.txt").exists()


@pytest.mark.parametrize("text", ["{", "[]", '{"format": 1}', '{"format": 1, "files": 3}'])
def test_a_manifest_that_cannot_be_read_is_refused(archive, empty, text):
    with tarfile.open(archive.with_name("一.tar"), "w") as tar:
        info = tarfile.TarInfo(backup.MANIFEST)
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text.encode()))
    assert_stopped(run("restore", str(archive.with_name("一.tar"))), "读不了")


def test_what_is_no_archive_or_of_a_later_format_is_said(archive, empty):
    other = archive.with_name("一.tar")
    assert_stopped(run("restore", str(other)), "已不在")
    other.write_text("不是", encoding="utf-8")
    assert_stopped(run("restore", str(other)), "不是备份")
    other.unlink()
    text = json.dumps({"format": 2, "files": {}}).encode()
    with tarfile.open(other, "w") as tar:
        info = tarfile.TarInfo(backup.MANIFEST)
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
    assert_stopped(run("restore", str(other)), "第2版的格式")


def test_nothing_is_half_done_when_it_is_killed_or_the_disk_is_full(installation):
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.archives", str(installation)],
        cwd=settings.ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["backup"]["trials"] >= 8
    assert seen["restore"]["trials"] >= 30
    assert seen["backup"]["faults"] == seen["restore"]["faults"] == []
