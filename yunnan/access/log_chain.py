"""A log of lines of JSON, each sealed with the hash of the one before it: where it lies, and what is wrong with it.

data/log/exports-2026-11.jsonl, a file a month. end.json beside them names the last line, start.json the last one taken
away by the rule of keeping. With a key that lies elsewhere only its holder can seal a line; without one, whoever may
write the folder can write the whole log anew. The number and hash of each line also go to the journal of the service.
"""

import hashlib
import hmac
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

START = "0" * 64  # what the first line ever has before it
SHOWN = 20  # sentences about one kind of fault
KINDS = {"hash": str, "before": str, "key": str, "seal": str, "half": str, "no": int}
HEAD = re.compile(r'"log": "(\w+)", "no": (\d+), "hash": "([0-9a-f]{64})"')  # as the journal has it

Head = tuple[int | None, str]  # number of a line, if known, and its hash


@dataclass
class Checked:
    """How many lines are as they were written and where they belong; a sentence for each that is not."""

    good: int = 0
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # no faults, but whoever checks must read them
    hashes: dict[int, str] = field(default_factory=dict)  # number -> hash
    last: dict = field(default_factory=dict)
    number: int = 0
    gone: int = 0  # lines taken away by the rule of keeping


@dataclass(frozen=True)
class Chain:
    """One log: its folder, its name, and the keys, the one that seals first."""

    folder: Path
    name: str = "exports"
    keys: Mapping[str, bytes] = field(default_factory=dict)

    def files(self) -> list[Path]:
        """The files of the log, oldest first. Raises OSError where the folder cannot be listed: that is no new log."""
        try:
            names = os.listdir(self.folder)
        except FileNotFoundError:
            return []
        return sorted(self.folder / n for n in names if n.startswith(f"{self.name}-") and n.endswith(".jsonl"))

    def mark(self, which: str) -> Path:
        """The file that names the 'end' or the 'start'."""
        return self.folder / (f"{which}.json" if self.name == "exports" else f"{self.name}-{which}.json")

    @property
    def lock(self) -> Path:
        """The lock of this log's writer; each log has its own, so that none waits for another."""
        return self.folder / f".{self.name}.lock"

    def seal(self, facts: Mapping, without: str = "hash") -> str:
        """The hash of a line, or of a mark, without its own."""
        rest = {key: value for key, value in facts.items() if key != without}
        payload = json.dumps(rest, ensure_ascii=False, sort_keys=True).encode()
        key = self.keys.get(facts["key"], b"") if "key" in facts else b""
        return hmac.new(key, payload, "sha256").hexdigest() if key else hashlib.sha256(payload).hexdigest()

    def sealed(self, facts: dict, name: str = "hash") -> dict:
        """The facts with the key's name and their hash."""
        keyed = facts | ({"key": next(iter(self.keys))} if self.keys else {})
        return keyed | {name: self.seal(keyed, name)}

    def marked(self, which: str) -> dict | None:
        """What the mark says; empty when it was meddled with, None without one."""
        try:
            mark = parsed(self.mark(which).read_text(encoding="utf-8", errors="replace"))
        except FileNotFoundError:
            return None
        if "key" not in mark:
            return mark
        return mark if mark["key"] in self.keys and mark.get("seal") == self.seal(mark, "seal") else {}

    def check(self, heads: Iterable[Head] = ()) -> Checked:
        """Every line, and whether the heads that were kept elsewhere are still in it."""
        start = self.marked("start")
        checked = Checked(last={"hash": (start or {}).get("hash", START)}, number=int((start or {}).get("no", 0)))
        checked.gone = checked.number
        if start is not None and (not start or ("key" in start) < bool(self.keys)):
            complaint = "被改动过，或没有用密钥封存（设密钥以前清理的）：不能确认前面的记录是按期清理的"
            checked.faults.append(
                f"{self.mark('start').name} {complaint}；核对无误后，prune-log --even-faulty 下次清理时重新封存"
            )
        halves: list[tuple[str, str]] = []
        for place, text in self._lines():
            line = parsed(text)
            if "hash" not in line:
                halves.append((place, text))
                continue
            _halves(checked, halves, line)
            self._take(checked, place, line)
        _halves(checked, halves, {})
        self._end(checked)
        _heads(checked, list(heads))
        return checked

    def _lines(self) -> Iterator[tuple[str, str]]:
        for file in self.files():
            # Not splitlines(): a filter may hold one of Unicode's other line ends.
            text = file.read_bytes().decode("utf-8", "replace").removesuffix("\n")
            for number, line in enumerate(text.split("\n") if text else [], 1):
                yield f"{file.name} 第{number}行", line

    def _take(self, checked: Checked, place: str, line: dict) -> None:
        wrong, due = self._wrong(line, checked), checked.number + 1
        checked.number = line.get("no", due)
        if checked.number != due:
            wrong.append(f"编号不衔接，{_lacking(due, checked.number - 1)}")
        if "cut" in line:
            wrong.append(f"写这一行时{_cut(line['cut'])}")
        checked.faults += [f"{place}：{what}" for what in wrong]
        checked.good += not wrong
        checked.hashes[checked.number], checked.last = line["hash"], line

    def _wrong(self, line: dict, checked: Checked) -> list[str]:
        faults = []
        if "key" in line and line["key"] not in self.keys:
            faults.append(f"用密钥“{line['key'][:40]}”封存，没有这把密钥，不能核对")
        elif line["hash"] != self.seal(line):
            faults.append("内容被改动过")
        elif "key" in checked.last and "key" not in line:
            faults.append("没有用密钥封存，前面的有：不是本看板写的，或那时没有设密钥")
        if line.get("before") != checked.last["hash"]:
            faults.append("与上一行不衔接，中间有记录被删除、插入或改动")
        return faults

    def _end(self, checked: Checked) -> None:
        end, name = self.marked("end"), self.mark("end").name
        if end is None:
            checked.faults += [f"缺少 {name}，无法确认末尾是否完整"] if self.files() else []
        elif not end or ("key" in checked.last and "key" not in end):
            checked.faults.append(f"{name} 被改动过，或手头没有它的密钥，无法确认末尾是否完整")
        elif end.get("hash") != checked.last["hash"]:
            lacking = f"（{_lacking(checked.number + 1, end['no'])}）" if end.get("no", 0) > checked.number else ""
            checked.faults.append(f"末行不是 {name} 所记的那一行：末尾有记录被删除、添加或改动{lacking}")
        if self.keys and checked.hashes and "key" not in checked.last:
            checked.faults.append("末行没有用密钥封存：设密钥以后还没有写过，或整个日志被人换过；请与服务日志核对")


def parsed(text: str) -> dict:
    """A line as it was meant; empty when it is none."""
    try:
        line = json.loads(text)
    except ValueError:
        return {}
    is_sound = isinstance(line, dict) and all(isinstance(line[key], kind) for key, kind in KINDS.items() if key in line)
    return line if is_sound else {}


def digest(text: str) -> str:
    """What stands for half a line in the line after it."""
    return hashlib.sha256(text.encode()).hexdigest()


def heads(lines: Iterable[str]) -> list[tuple[str, Head]]:
    """The heads that a journal holds, each with the name of its log; a journal may be longer than the memory."""
    return [(log, (int(no), fingerprint)) for line in lines for log, no, fingerprint in HEAD.findall(line)]


def _halves(checked: Checked, halves: list[tuple[str, str]], line: dict) -> None:
    """Lines that are none: the next one vouches for what a power cut has left."""
    for place, text in halves:
        if line.get("half") == digest(text):
            checked.remarks.append(f"{place}：断电时只写了一半，原样留着，下一行为它作证")
        else:
            checked.faults.append(f"{place}：不是完整的记录")
    halves.clear()


def _heads(checked: Checked, kept: list[Head]) -> None:
    hashes = set(checked.hashes.values())
    if (most := max((no for no, _ in kept if no), default=0)) > checked.number:
        checked.faults.append(
            f"服务日志记到第{most}条，这里只到第{checked.number}条：{_lacking(checked.number + 1, most)}"
        )
    wrong = [
        f"第{no}条不是服务日志当时记下的那一条：被改写过"
        for no, fingerprint in kept
        if no and checked.gone < no <= checked.number and checked.hashes.get(no) != fingerprint
    ]
    wrong += [
        f"没有指纹为 {fingerprint[:12]}… 的记录：末尾被截短或整个日志被换过，现在到第{checked.number}条"
        for no, fingerprint in kept
        if no is None and fingerprint not in hashes
    ]
    checked.faults += wrong[:SHOWN] + ([f"同样的还有{len(wrong) - SHOWN}处"] if len(wrong) > SHOWN else [])


def _lacking(first: int, last: int) -> str:
    if last < first:
        return "编号重复或倒退"
    return f"缺第{first}条" if first == last else f"缺第{first}至{last}条"


def _cut(end: object) -> str:
    mark = end if isinstance(end, dict) else {}
    which_line = f"（它记的是第{mark['no']}条）" if mark.get("no") else ""
    return f"末尾已不是末尾标记所记的那一行{which_line}，或标记不在、被改动过"
