"""Agendas of meetings: agendas/<name>.toml of the data folder, a title and a list of views. Its only reader.

title = "2019年终总结"
seconds = 30                 # how long each view stays where the agenda runs by itself; 30 without it
notes = "province"           # whom the notes are shown to: province (default): who may see the whole province; or all
[[view]]
page = "overview"            # the page's name in its address
place = "530000"             # the default is the province
period = "2019"
asof = "2019-12-31.r2"
note = "……"                  # for the speaker
with = { measure = "SCORE" } # other parameters of the page's address
"""

import ast
import functools
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from yunnan import settings
from yunnan.access import viewer
from yunnan.data import snapshots
from yunnan.data.view import code_of
from yunnan.words import disk_errors
from yunnan.words.geography import PROVINCE

NEEDED, ALLOWED = ("page", "period", "asof"), ("page", "place", "period", "asof", "note", "with")
READERS = ("province", "all")
SECONDS, FEWEST, MOST = 30, 5, 3600  # of a view where the agenda runs by itself: unless it says otherwise, least, most
WORD = re.compile(r"[a-z][a-z0-9_]{0,30}")


@dataclass(frozen=True)
class Stop:
    """One view of an agenda: the page's name, the parameters of its address, and a note for the speaker."""

    page: str
    address: dict[str, str]
    note: str


@dataclass(frozen=True)
class Agenda:
    """An agenda: its views in order, and its problems: a sentence for each part of its file that cannot be used.

    seconds: how long each view stays where the agenda runs by itself.
    """

    name: str
    title: str
    stops: tuple[Stop, ...] = ()
    problems: tuple[str, ...] = field(default=())
    seconds: int = SECONDS


class Unlisted(Exception):
    """The folder of agendas exists but cannot be listed, so it must not be taken for an empty one."""


def names() -> list[str]:
    """The names of all agendas: their file names without .toml, sorted. Raises Unlisted."""
    try:
        return sorted(path.stem for path in settings.AGENDAS_DIR.iterdir() if path.suffix == ".toml")
    except FileNotFoundError:
        return []
    except OSError as error:
        message = f"议程文件夹 agendas 列不出来（{disk_errors.why(error)}），不知有哪些议程；请管理员检查它的权限"
        raise Unlisted(message) from error


def read(name: str) -> Agenda:
    """The agenda of that name; each view that cannot be shown is one of its problems. Raises KeyError, Unlisted."""
    if name not in names():
        raise KeyError(name)
    path = settings.AGENDAS_DIR / f"{name}.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return Agenda(name, name, problems=(f"议程文件 {path.name} 无法读取（{_why(error)}），请检查文件。",))
    except tomllib.TOMLDecodeError as error:
        return Agenda(
            name, name, problems=(f"议程文件 {path.name} {_line_of_error(error)}不合 TOML 写法，请检查引号与等号。",)
        )
    return _agenda(path, content)


def _agenda(path: Path, content: dict) -> Agenda:
    views = content.get("view")
    title = str(content.get("title") or path.stem)
    if not isinstance(views, list) or not views:
        return Agenda(path.stem, title, problems=(f"议程文件 {path.name} 里没有 [[view]]，请至少写一个画面。",))
    stops, problems = [], []
    readers = content.get("notes", READERS[0])
    if readers not in READERS:
        problems.append(f"议程文件 {path.name} 的 notes 应是 {'、'.join(READERS)} 之一，现按 {READERS[0]} 办。")
    seconds = content.get("seconds", SECONDS)
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not FEWEST <= seconds <= MOST:
        problems.append(f"议程文件 {path.name} 的 seconds 应是{FEWEST}到{MOST}的整数（秒），现按{SECONDS}秒办。")
        seconds = SECONDS
    # Notes for leaders are kept from a viewer who may see only some prefectures.
    may_see = readers == "all" or viewer.scope() is None
    for n, view in enumerate(views, 1):
        if wrong := _wrong(view):
            problems.append(f"议程文件 {path.name} 第{n}个画面：{wrong}，已略过。")
        else:
            address = {name: str(value) for name, value in view.get("with", {}).items()}
            place = code_of(snapshots.find(view["asof"], viewer.scope()), str(view.get("place", PROVINCE)))
            frame = {"asof": view["asof"], "period": str(view["period"]), "place": str(place)}
            stops.append(Stop(view["page"], address | frame, str(view.get("note", "")) if may_see else ""))
    return Agenda(path.stem, title, tuple(stops), tuple(problems), seconds)


def _wrong(view: object) -> str:
    """The reason why a view cannot be shown; empty if it can."""
    if not isinstance(view, dict):
        return "不是一个画面"
    if missing := [name for name in NEEDED if name not in view]:
        return f"缺少 {'、'.join(missing)}"
    if unknown := [name for name in view if name not in ALLOWED]:
        return f"不认识 {'、'.join(unknown)}（可用 {'、'.join(ALLOWED)}）"
    if not isinstance(view.get("with", {}), dict) or not all(map(WORD.fullmatch, view.get("with", {}))):
        return 'with 应写成 { 名 = "值" }'
    if view["page"] not in pages():
        return f"没有“{view['page']}”这个页面"
    return _not_there(str(view["asof"]), str(view["period"]), str(view.get("place", PROVINCE)))


def _not_there(asof: str, period: str, place: str) -> str:
    """Which of snapshot, period and place does not exist, in words; empty if all three exist."""
    try:
        snapshot = snapshots.find(asof, viewer.scope())
    except snapshots.NoSnapshot:
        return f"没有快照“{asof}”"
    except snapshots.Damaged as error:
        return str(error)
    if period not in set(snapshot.table("frame/periods").period):
        return f"快照 {asof} 没有报告期“{period}”"
    return f"没有地区“{place}”" if code_of(snapshot, place) is None else ""


@functools.cache
def pages() -> dict[str, str]:
    """{name of a page in its address: its file, relative to the project's root}."""
    return {path.stem: path.relative_to(settings.ROOT).as_posix() for path in settings.ROOT.glob("pages/*/*.py")}


@functools.cache
def title(page: str) -> str:
    """A page's title: the docstring of its file up to the first ：."""
    doc = ast.get_docstring(ast.parse((settings.ROOT / pages()[page]).read_text(encoding="utf-8"))) or page
    return doc.partition("：")[0]


def _line_of_error(error: tomllib.TOMLDecodeError) -> str:
    match = re.search(r"at line (\d+)", str(error))
    return f"第{match[1]}行" if match else "末尾"


def _why(error: Exception) -> str:
    return "不是 UTF-8 编码" if isinstance(error, UnicodeDecodeError) else "没有读的权限或已不存在"
