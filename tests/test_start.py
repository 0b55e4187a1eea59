"""docs/start.md, typed as it is written: each command is taken, and answers what the guide says it answers."""

import csv
import re
import shlex

import pytest

from tests import office
from tests.command_line import run
from tests.office import DOCUMENTS, FUNDS, GIFT, MONEY, NOTICE, PLAN, PROGRAMME, PROGRAMMES, RATE, TARGETS, UNIT, UNITS
from tests.originals import CUT, code
from yunnan import settings

MORE = ("2026-03-01", "到账", "社会捐赠", "资金", "500000", "怒江州", "泸水市", "")
ORGANIZATION = (
    *("O000001", "怒江峡谷社工中心", "社会服务机构", "县级", "泸水市", "怒江州", "省乡村振兴局"),
    *("2018-07-02", "正常", "未覆盖", "未评估"),
)
PUBLIC = ("云南示例协会", code("1", "530000", 1), "云南省民政厅", "省民政厅", "某某某", "2016-03-08", "正常")
FILES = {
    "目标.csv": (TARGETS, MONEY, RATE),
    "文件.csv": (DOCUMENTS, NOTICE, PLAN),
    "计划.csv": (PROGRAMMES, PROGRAMME),
    "单位.csv": (office.WORDS, UNIT),
    "阶段.csv": (office.STAGES, office.LINKING),
    "组织.csv": (UNITS, ORGANIZATION),
    "资金.csv": (FUNDS, GIFT),
    "资金更正.csv": (FUNDS, GIFT, MORE),
    "公示.csv": (CUT, PUBLIC),
    "台账.csv": (FUNDS, ("2025-02-03", *GIFT[1:]), ("2025-08-03", *GIFT[1:])),
}


def typed() -> list[tuple[str, list[str]]]:
    """Each command of the guide with the lines of its answer."""
    text = (settings.ROOT / "docs" / "start.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    commands: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith("$ "):
            commands.append((line.removeprefix("$ python -m yunnan "), []))
        else:
            commands[-1][1].append(line)
    return commands


def to_stand() -> list[tuple[str, list[str]]]:
    """The commands up to the first snapshot."""
    first = next(n for n, (command, _) in enumerate(typed(), 1) if re.match("publish(?!.*--preview)", command))
    return typed()[:first]


@pytest.fixture
def office_folder(tmp_path, monkeypatch):
    """An empty data folder, and beside it the files that the guide names."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    for name, rows in FILES.items():
        with (tmp_path / name).open("w", encoding="utf-8-sig", newline="") as lines:
            csv.writer(lines).writerows(rows)
    return tmp_path


def test_the_guide_is_true_from_the_first_command_to_the_last(office_folder):
    assert len(to_stand()) <= 13  # an office needs no more
    for command, answer in typed():
        result = run(*shlex.split(command))
        assert result.exit_code == 0, f"{command}\n{result.output}"
        for line in answer:
            assert line in result.stdout, f"{command}\n{result.stdout}"


def test_what_the_guide_publishes_is_the_offices_and_nothing_else(office_folder):
    for command, _ in to_stand():
        run(*shlex.split(command))
    (snapshot,) = office.snapshots()
    assert office.rows(snapshot, "select org_name from {organizations}") == [("怒江峡谷社工中心",)]
    assert office.rows(snapshot, "select count(*) from {targets}") == [(2,)]
    assert '"is_synthetic": false' in (snapshot / "manifest.json").read_text(encoding="utf-8")
