"""Import profiles: what the columns of an original are, one TOML file each, and the words that an office adds.

data/profiles/*.toml come with the program; YUNNAN_DATA_DIR/profiles/*.toml are the office's, and one of the same file
name takes the other's place.

name = "社会组织公示平台"           # without table and columns the file only adds words
table = "organizations"
may_lack = ["业务主管单位"]         # of the columns below those that a file need not have
persons = ["法定代表人", "住所"]    # read and dropped, never stored
unused = ["业务范围"]               # the same, of what no table keeps
[columns]
"社会组织名称" = "org_name"         # header of the original = column of data/reference/return_columns.csv
[values.status]
"已成立" = "正常"                   # word of the original = value of the column
[spans]
"实施时间" = "valid_to"             # a header of the columns that holds two days, 2024年3月—12月 = column of the last
[constants]
kind = "社会组织结对帮扶"           # column that the original has not = what stands in each of its rows
"""

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from yunnan import settings
from yunnan.ingest import forms, places
from yunnan.words import disk_errors

FOLDER = "profiles"
PLACES = {
    "prefecture": places.prefecture, "county": places.county, "counties": places.county, "region": places.region,
    "area": places.area,
}  # fmt: skip
KEYS = {"name", "table", "columns", "may_lack", "persons", "unused", "values", "spans", "constants"}
UNIT = re.compile(r"\(((?:亿|千万|百万|十万|万|千|百)?元)\)$")
FACTORS = {"亿元": 100_000_000, "千万元": 10_000_000, "百万元": 1_000_000, "十万元": 100_000, "万元": 10_000}
FACTORS |= {"千元": 1_000, "百元": 100, "元": 1}


class Faulty(Exception):
    """A profile cannot be used; the sentence names the file, what is wrong and what to do."""


@dataclass(frozen=True)
class Profile:
    """What an original's columns are; headers as forms.tidy leaves them, words as forms.fold does."""

    name: str
    table: str
    columns: dict[str, str]
    may_lack: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    unused: frozenset[str] = frozenset()
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    spans: dict[str, str] = field(default_factory=dict)  # header of a first day -> column of the last
    constants: dict[str, str] = field(default_factory=dict)  # column -> what each row has

    @property
    def given(self) -> dict[str, str]:
        """Label -> why a column that the original has not is there: the end of a span, or the same in each row."""
        columns = forms.columns(self.table)
        ends = {columns[column].label: f"“{header}”的末尾" for header, column in self.spans.items()}
        return ends | {columns[column].label: f"每行都填“{text}”" for column, text in self.constants.items()}

    @cached_property
    def headers(self) -> dict[str, tuple[str, int]]:
        """Header -> (column, factor to yuan), as forms.headers has them; '' for what is dropped."""
        named = {header: (column, _factor(header)) for header, column in self.columns.items()}
        return named | dict.fromkeys(self.persons | self.unused, (forms.NOTHING, 0))

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Every header that a file of this kind may have."""
        nothing = {text for text, (column, _) in forms.headers(self.table).items() if column == forms.NOTHING}
        return frozenset(self.headers) | nothing

    @property
    def needed(self) -> frozenset[str]:
        """The headers without which a file is not of this kind."""
        return frozenset(self.columns) - self.may_lack | frozenset(self.spans)

    def fits(self, texts: Collection[str]) -> bool:
        """Whether these are the headers of such a file: none of the needed ones is missing, none is unheard of."""
        return self.needed <= set(texts) <= self.allowed


def read(data: Path) -> list[dict]:
    """The profiles of the program and of a data folder as they are written, checked. Raises Faulty."""
    files: dict[str, Path] = {}
    for folder in (settings.ROOT / "data" / FOLDER, data / FOLDER):
        try:
            files |= {path.name: path for path in sorted(folder.glob("*.toml"))}
        except OSError as error:
            raise Faulty(f"导入方案的文件夹 {folder} 读不了：{disk_errors.why(error)}；请检查权限") from error
    written = {path: _checked(path) for path in files.values()}
    if twice := _read_two_ways(written):
        raise Faulty(twice)
    return list(written.values())


def made(written: Iterable[dict]) -> list[Profile]:
    """The profiles that have columns, of what read gives."""
    return [_profile(one) for one in written if "table" in one]


def words(written: Iterable[dict], profile: Profile | None, column: str) -> dict[str, str]:
    """Folded word -> value of a column: the program's, the office's, and those of the sheet's own profile."""
    office = {
        forms.fold(word): value
        for one in written
        if "table" not in one
        for word, value in one.get("values", {}).get(column, {}).items()
    }
    return forms.words(column) | office | (profile.values.get(column, {}) if profile else {})


def sentence(profile: Profile, headers: Collection[str]) -> str:
    """What the profile makes of a file with these headers: what is read, what is dropped and why."""
    tidied = {forms.tidy(header): header for header in headers}
    persons, unused = ([tidied[text] for text in tidied if text in one] for one in (profile.persons, profile.unused))
    parts = [f"按导入方案“{profile.name}”读"]
    parts += [f"{'、'.join(persons)}涉及个人，没有读取，也没有保存"] if persons else []
    parts += [f"{'、'.join(unused)}不是登记的内容，没有读取"] if unused else []
    parts += [f"{label}是方案给的：{why}" for label, why in profile.given.items()]
    return "；".join(parts)


def _read_two_ways(written: dict[Path, dict]) -> str:
    """Which word two files without a table of their own read as two values; '' where none is."""
    first: dict[tuple[str, str], tuple[Path, str]] = {}
    for path, one in written.items():
        for column, pairs in ({} if "table" in one else one.get("values", {})).items():
            for word, value in pairs.items():
                before, other = first.setdefault((column, forms.fold(word)), (path, value))
                if other != value:
                    pair = f"{before} 读作“{other}”，{path} 读作“{value}”"
                    return f"导入方案里 values.{column} 的“{word}”有两个读法：{pair}；请只留一个"
    return ""


def _factor(header: str) -> int:
    unit = UNIT.search(header)
    return FACTORS[unit[1]] if unit else 0


def _profile(written: dict) -> Profile:
    texts = {key: frozenset(map(forms.tidy, written.get(key, ()))) for key in ("may_lack", "persons", "unused")}
    values = {
        column: {forms.fold(word): value for word, value in pairs.items()}
        for column, pairs in written.get("values", {}).items()
    }
    columns, spans = (
        {forms.tidy(header): column for header, column in written.get(key, {}).items()} for key in ("columns", "spans")
    )
    constants = written.get("constants", {})
    return Profile(written["name"], written["table"], columns, **texts, values=values, spans=spans, constants=constants)


def _checked(path: Path) -> dict:
    """The profile in a file. Raises Faulty."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Faulty(f"导入方案 {path} 读不了：{disk_errors.why(error)}；请检查权限") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Faulty(f"导入方案 {path} 不是写对的 TOML（UTF-8）；请照 data/profiles 里的样子改，或移走它") from error
    if fault := _fault(written):
        raise Faulty(f"导入方案 {path} 里{fault}；请照 data/profiles 里的样子改，或移走它")
    return written


def _fault(written: dict) -> str:
    """What is wrong with a profile; '' for one that can be used."""
    if strange := sorted(set(written) - KEYS):
        return f"有不认识的“{strange[0]}”"
    if ("table" in written) != ("columns" in written):
        return "table 与 columns 只写了一样"
    if "table" not in written and {"spans", "constants"} & set(written):
        return "spans、constants 要与 table、columns 一起写"
    lists = [written.get(key, []) for key in ("may_lack", "persons", "unused")]
    if not all(isinstance(one, list) and all(isinstance(text, str) for text in one) for one in lists):
        return "may_lack、persons、unused 不是一列文字"
    maps = [written.get(key, {}) for key in ("columns", "spans", "constants")] + _pairs(written.get("values", {}))
    if not all(isinstance(one, dict) and all(isinstance(text, str) for text in one.values()) for one in maps):
        return "columns、spans、constants 或 values 不是“原表的字 = 登记的字”"
    if "table" in written:
        if written["table"] not in forms.TABLES:
            return f"table 写的“{written['table']}”不是报表"
        if not isinstance(written.get("name"), str) or not written["columns"]:
            return "没有 name，或 columns 是空的"
        allowed = forms.columns(written["table"])
        for key in ("columns", "spans"):
            if wrong := next((one for one in written.get(key, {}).values() if one not in allowed), None):
                return f"{key} 写的“{wrong}”不是 {written['table']} 的列"
    return _fault_of_given(written) or _fault_of_values(written)


def _fault_of_given(written: dict) -> str:
    """What is wrong with the columns that a profile gives itself; '' for nothing."""
    allowed = forms.columns(written["table"]) if "table" in written else {}
    if strange := next((header for header in written.get("spans", {}) if header not in written["columns"]), None):
        return f"spans 写的“{strange}”不在 columns 里"
    for column, text in written.get("constants", {}).items():
        if column not in allowed or column in written["columns"].values():
            return f"constants 写的“{column}”不是 columns 以外的一列"
        if allowed[column].kind == "choice" and text not in allowed[column].values:
            return f"constants.{column} 写的“{text}”不是可填的值"
    return ""


def _pairs(values: object) -> list:
    return list(values.values()) if isinstance(values, dict) else [values]


def _fault_of_values(written: dict) -> str:
    tables = [written["table"]] if "table" in written else list(forms.TABLES)
    for column, pairs in written.get("values", {}).items():
        declared = [forms.columns(table)[column] for table in tables if column in forms.columns(table)]
        if not declared and column != "is_yes":
            return f"values 写的“{column}”不是一列"
        choices = {value for one in declared for value in one.values if one.kind in ("choice", "choices")}
        if wrong := next((value for value in pairs.values() if choices and value not in choices), None):
            return f"values.{column} 写的“{wrong}”不是可填的值"
        readers = [PLACES[one.kind] for one in declared if one.kind in PLACES]
        if wrong := next((value for value in pairs.values() if any(read(value).fault for read in readers)), None):
            return f"values.{column} 写的“{wrong}”不在区划目录；请写州市、县的全称或6位代码"
        if wrong := next((word for word in pairs if any(not read(word).fault for read in readers)), None):
            return f"values.{column} 写的“{wrong}”本来就是一个地区，不能读作别的；请删去这一行"
    return ""
