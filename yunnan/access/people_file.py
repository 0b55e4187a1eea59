"""The file of people and groups: who has which role, sees which prefectures and may take away what.

    [people."zhang.wei"]
    role = "leader"                 # sees everything

    [groups."怒江州民政局"]
    role = "prefecture"             # sees its own prefectures and the province's published totals
    scope = ["533300"]
    exports = "tables"              # may be left out: what each role may take away stands in EXPORTS_OF

Read once, at the start: a file that is not right keeps the server from starting, and the sentence names the line.
"""

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yunnan import settings
from yunnan.words import disk_errors, geography

Scope = frozenset[str] | None

ROLES = ("leader", "staff", "prefecture")
EXPORTS = ("none", "tables", "rows")  # each includes those before it
EXPORTS_OF = {"leader": "tables", "staff": "rows", "prefecture": "rows"}
KEYS = {"role", "scope", "exports"}
CODES = {place.code for place in geography.prefectures()}


class Unusable(Exception):
    """The file cannot be used; the sentence names it, the line, and what to do."""


@dataclass(frozen=True)
class Right:
    """What a person or a group may do: role, the prefectures seen (None: all), what may be taken away."""

    role: str
    scope: Scope
    exports: str


@dataclass(frozen=True)
class People:
    """Everybody who may look."""

    people: Mapping[str, Right]
    groups: Mapping[str, Right]

    def right(self, name: str, groups: Sequence[str] = ()) -> Right | None:
        """A person's own entry, or else what the groups give together; None for whoever has neither.

        Of several groups the narrower role counts, with all the prefectures of those groups and the least of exports.
        """
        if own := self.people.get(plain(name)):
            return own
        given = [self.groups[plain(group)] for group in groups if plain(group) in self.groups]
        if not given:
            return None
        role = max((right.role for right in given), key=ROLES.index)
        scopes = [right.scope for right in given if right.role == role and right.scope is not None]
        scope = frozenset().union(*scopes) if scopes else None
        return Right(role, scope, min((right.exports for right in given), key=EXPORTS.index))


def plain(name: str) -> str:
    """A name as it is compared: A to Z small, as directories do, and nothing else; K (Kelvin) or ſ is no k or s."""
    return "".join(char.lower() if char.isascii() else char for char in name)


def configured() -> People:
    """The file named by YUNNAN_PEOPLE. Raises Unusable."""
    if not settings.PEOPLE:
        raise Unusable("没有人员文件：核对身份时，请用 YUNNAN_PEOPLE 写明文件的位置")
    return read(Path(settings.PEOPLE))


@functools.cache
def read(file: Path) -> People:
    """Everybody in the file. Raises Unusable."""
    try:
        text = file.read_text(encoding="utf-8")
        sections = tomllib.loads(text)
    except OSError as error:
        raise Unusable(
            f"人员文件 {file} 无法读取（{disk_errors.why(error)}）；请核对 YUNNAN_PEOPLE 与文件权限"
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Unusable(f"人员文件 {file} 第{line}行不是 UTF-8；请用 UTF-8 重新保存") from error
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"line (\d+)", str(error))
        place = f"第{match[1]}行" if match else "末尾"
        raise Unusable(f"人员文件 {file} {place}不是正确的 TOML（同一人写了两次，或引号、括号不配对）") from error
    if strange := set(sections) - {"people", "groups"}:
        raise _wrong(file, text, min(strange), "不认识这一节；只有 people 与 groups")
    parts = {part: _rights(file, text, sections.get(part, {})) for part in ("people", "groups")}
    if not any(parts.values()):
        raise Unusable(f"人员文件 {file} 里没有任何人，谁也不能查看；请至少写一人或一组")
    return People(**parts)


def _rights(file: Path, text: str, entries: object) -> dict[str, Right]:
    rights: dict[str, Right] = {}
    for name, facts in entries.items() if isinstance(entries, dict) else ():
        if not isinstance(facts, dict):
            raise _wrong(file, text, name, "后面应是一节，写 role、scope、exports")
        if plain(name) in rights:
            raise _wrong(file, text, name, "写了两次（大小写不算不同）", last=True)
        try:
            rights[plain(name)] = _right(facts)
        except ValueError as error:
            raise _wrong(file, text, name, str(error)) from error
    return rights


def _right(facts: dict) -> Right:
    """One entry. Raises ValueError with what is wrong in words."""
    if strange := set(facts) - KEYS:
        raise ValueError(f"有不认识的项 {min(strange)}；只有 {'、'.join(sorted(KEYS))}")
    role, scope = facts.get("role"), facts.get("scope")
    exports = facts.get("exports", EXPORTS_OF.get(str(role)))
    if role not in ROLES:
        raise ValueError(f"的 role 应是 {'、'.join(ROLES)} 之一")
    if exports not in EXPORTS:
        raise ValueError(f"的 exports 应是 {'、'.join(EXPORTS)} 之一")
    if role != "prefecture":
        if scope is not None:
            raise ValueError(f"自相矛盾：{role} 看全省，不能有 scope")
        return Right(role, None, exports)
    if not isinstance(scope, list) or not scope:
        raise ValueError("自相矛盾：prefecture 必须有 scope，写州市代码")
    if unknown := [code for code in scope if code not in CODES]:
        raise ValueError(f"的 scope 里 {unknown[0]} 不是州市代码")
    return Right(role, frozenset(scope), exports)


def _wrong(file: Path, text: str, name: str, what: str, *, last: bool = False) -> Unusable:
    lines = [n for n, line in enumerate(text.splitlines(), 1) if name in line]
    place = f"第{lines[-1 if last else 0]}行" if lines else "中"
    return Unusable(f"人员文件 {file} {place} {name} {what}")
