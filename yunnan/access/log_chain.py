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
    remarks: list[str] = field(default_factory=list)  # what is no fault and must be known
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
        """Held by whoever writes; each log has its own, so that none waits for another."""
        return self.folder / f".{self.name}.lock"

    def seal(self, facts: Mapping, without: str = "hash") -> str:
        """The hash of a line, or of a mark, without its own."""
        rest = {key: value for key, value in facts.items() if key != without}
        told = json.dumps(rest, ensure_ascii=False, sort_keys=True).encode()
        key = self.keys.get(facts["key"], b"") if "key" in facts else b""
        return hmac.new(key, told, "sha256").hexdigest() if key else hashlib.sha256(told).hexdigest()

    def sealed(self, facts: dict, name: str = "hash") -> dict:
        """The facts with the key's name and their hash."""
        told = facts | ({"key": next(iter(self.keys))} if self.keys else {})
        return told | {name: self.seal(told, name)}

    def marked(self, which: str) -> dict | None:
        """What the mark says; empty when it was meddled with, None without one."""
        try:
            told = parsed(self.mark(which).read_text(encoding="utf-8", errors="replace"))
        except FileNotFoundError:
            return None
        if "key" not in told:
            return told
        return told if told["key"] in self.keys and told.get("seal") == self.seal(told, "seal") else {}

    def check(self, heads: Iterable[Head] = ()) -> Checked:
        """Every line, and whether the heads that were kept elsewhere are still in it."""
        start = self.marked("start")
        found = Checked(last={"hash": (start or {}).get("hash", START)}, number=int((start or {}).get("no", 0)))
        found.gone = found.number
        if start is not None and (not start or ("key" in start) < bool(self.keys)):
            told = "被改动过，或没有用密钥封存（设密钥以前清理的）：不能确认前面的记录是按期清理的"
            found.faults.append(
                f"{self.mark('start').name} {told}；核对无误后，prune-log --even-faulty 下次清理时重新封存"
            )
        halves: list[tuple[str, str]] = []
        for where, text in self._lines():
            line = parsed(text)
            if "hash" not in line:
                halves.append((where, text))
                continue
            _halves(found, halves, line)
            self._take(found, where, line)
        _halves(found, halves, {})
        self._end(found)
        _heads(found, list(heads))
        return found

    def _lines(self) -> Iterator[tuple[str, str]]:
        for file in self.files():
            # Not splitlines(): a filter may hold one of Unicode's other line ends.
            text = file.read_bytes().decode("utf-8", "replace").removesuffix("\n")
            for number, line in enumerate(text.split("\n") if text else [], 1):
                yield f"{file.name} 第{number}行", line

    def _take(self, found: Checked, where: str, line: dict) -> None:
        wrong, due = self._wrong(line, found), found.number + 1
        found.number = line.get("no", due)
        if found.number != due:
            wrong.append(f"编号不衔接，{_lacking(due, found.number - 1)}")
        if "cut" in line:
            wrong.append(f"写这一行时{_cut(line['cut'])}")
        found.faults += [f"{where}：{what}" for what in wrong]
        found.good += not wrong
        found.hashes[found.number], found.last = line["hash"], line

    def _wrong(self, line: dict, found: Checked) -> list[str]:
        told = []
        if "key" in line and line["key"] not in self.keys:
            told.append(f"用密钥“{line['key'][:40]}”封存，没有这把密钥，不能核对")
        elif line["hash"] != self.seal(line):
            told.append("内容被改动过")
        elif "key" in found.last and "key" not in line:
            told.append("没有用密钥封存，前面的有：不是本看板写的，或那时没有设密钥")
        if line.get("before") != found.last["hash"]:
            told.append("与上一行不衔接，中间有记录被删除、插入或改动")
        return told

    def _end(self, found: Checked) -> None:
        end, name = self.marked("end"), self.mark("end").name
        if end is None:
            found.faults += [f"缺少 {name}，无法确认末尾是否完整"] if self.files() else []
        elif not end or ("key" in found.last and "key" not in end):
            found.faults.append(f"{name} 被改动过，或手头没有它的密钥，无法确认末尾是否完整")
        elif end.get("hash") != found.last["hash"]:
            lacking = f"（{_lacking(found.number + 1, end['no'])}）" if end.get("no", 0) > found.number else ""
            found.faults.append(f"末行不是 {name} 所记的那一行：末尾有记录被删除、添加或改动{lacking}")
        if self.keys and found.hashes and "key" not in found.last:
            found.faults.append("末行没有用密钥封存：设密钥以后还没有写过，或整个日志被人换过；请与服务日志核对")


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
    return [(log, (int(no), told)) for line in lines for log, no, told in HEAD.findall(line)]


def _halves(found: Checked, halves: list[tuple[str, str]], line: dict) -> None:
    """Lines that are none: the next one vouches for what a power cut has left."""
    for where, text in halves:
        if line.get("half") == digest(text):
            found.remarks.append(f"{where}：断电时只写了一半，原样留着，下一行为它作证")
        else:
            found.faults.append(f"{where}：不是完整的记录")
    halves.clear()


def _heads(found: Checked, kept: list[Head]) -> None:
    known = set(found.hashes.values())
    if (most := max((no for no, _ in kept if no), default=0)) > found.number:
        found.faults.append(f"服务日志记到第{most}条，这里只到第{found.number}条：{_lacking(found.number + 1, most)}")
    wrong = [
        f"第{no}条不是服务日志当时记下的那一条：被改写过"
        for no, told in kept
        if no and found.gone < no <= found.number and found.hashes.get(no) != told
    ]
    wrong += [
        f"没有指纹为 {told[:12]}… 的记录：末尾被截短或整个日志被换过，现在到第{found.number}条"
        for no, told in kept
        if no is None and told not in known
    ]
    found.faults += wrong[:SHOWN] + ([f"同样的还有{len(wrong) - SHOWN}处"] if len(wrong) > SHOWN else [])


def _lacking(first: int, last: int) -> str:
    if last < first:
        return "编号重复或倒退"
    return f"缺第{first}条" if first == last else f"缺第{first}至{last}条"


def _cut(end: object) -> str:
    told = end if isinstance(end, dict) else {}
    known = f"（它记的是第{told['no']}条）" if told.get("no") else ""
    return f"末尾已不是末尾标记所记的那一行{known}，或标记不在、被改动过"
