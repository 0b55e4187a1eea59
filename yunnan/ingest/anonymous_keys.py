"""A roster with identity numbers -> a return of beneficiaries with anonymous keys and nothing personal.

Run where the roster is kept. A key is the beginning of HMAC-SHA256(secret of the province, identity number): the same
person has the same key whoever makes it, and nobody without the secret can find the number by trying all of them.
No sentence, and no file but the roster itself, ever holds what stands in a personal column.
"""

import codecs
import hashlib
import hmac
import io
import os
import re
import secrets
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from yunnan import settings
from yunnan.ingest import cells, file_kinds, forms, headers, personal, reading, sheets, tables, text_files
from yunnan.ingest.headers import CODE, Heading
from yunnan.ingest.notes import Unreadable
from yunnan.ingest.tables import Table
from yunnan.words import disk_errors
from yunnan.words.text_folding import plain

TABLE, KEY, SUBJECT, COUNT = "beneficiaries", "subject_key", "subject_type", "headcount"
LEAST = 32  # bytes of a secret
DIGITS = 16
IDENTITY = re.compile(r"身份证(?:件)?(?:号|号码)?|公民身份号码|证件(?:号|号码|编号)|居民身份证(?:号|号码)?")
ADDED = {SUBJECT: "个人", COUNT: 1}  # of a roster that does not say: its rows are persons
LISTED = 20  # rows that are named of one fault


class NotPossible(Exception):
    """Nothing was written; the sentence says why and what to do, and repeats nothing personal."""


@dataclass(frozen=True)
class Written:
    """What was made of a roster: rows, different keys, the headers or letters of the columns that were left out."""

    path: Path
    rows: int
    keys: int
    left_out: list[str]
    no_rows: list[int]  # of the roster: totals, footers and the like


def new_secret(file: Path) -> None:
    """Write a new secret that only its owner can read; an existing file is never replaced. Raises NotPossible."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as lines:
            lines.write(f"{secrets.token_hex(LEAST)}\n")
            lines.flush()
            os.fsync(lines.fileno())
    except FileExistsError:
        raise NotPossible(f"{file} 已经有了，没有写新的密钥：换了密钥，同一人的键就不同了；请换一个文件名") from None
    except OSError as error:
        raise NotPossible(f"密钥 {file} 写不下：{disk_errors.why(error)}；请核对文件夹的权限与空间") from error


def secret_of(file: Path) -> bytes:
    """The secret in a file, without blanks around it. Raises NotPossible."""
    try:
        mode, secret = file.stat().st_mode & 0o777, file.read_bytes().removeprefix(codecs.BOM_UTF8).strip()
    except OSError as error:
        raise NotPossible(f"密钥文件 {file} 读不了：{disk_errors.why(error)}；请核对 --secret") from error
    if mode & 0o077:
        raise NotPossible(
            f"密钥文件 {file} 别人也能读或写（权限{mode:o}）；请先 chmod 600 {file}，已被别人看过的请报告省里换密钥"
        )
    if len(secret) < LEAST:
        raise NotPossible(
            f"密钥文件 {file} 只有{len(secret)}个字节，至少要{LEAST}个；"
            "请用省里统一的密钥，新的密钥用 python -m yunnan keys --new-secret 文件"
        )
    if file.resolve().is_relative_to(settings.DATA_DIR.resolve()):
        raise NotPossible(
            f"密钥文件 {file} 放在数据文件夹里：能读受益记录的人就能认出是谁；请放到别处，另换一把新的密钥"
        )
    return secret


def check_code(secret: bytes) -> str:
    """Eight digits that are the same wherever the same secret is used, and say nothing of it."""
    return hmac.new(secret, "校验码".encode(), hashlib.sha256).hexdigest()[:8]


def key_of(number: str, secret: bytes) -> str:
    """The anonymous key of a full identity number: 16 hexadecimal digits.

    The first of the digest; the next where those look like a bank card, which no return may hold.
    """
    digest = hmac.new(secret, number.encode(), hashlib.sha256).hexdigest()
    starts = range(0, len(digest), DIGITS)
    return next(key for key in (digest[at : at + DIGITS] for at in starts) if personal.kind_of_number(key) is None)


def write(roster: Path, secret: bytes, out: Path) -> Written:
    """Write the return of a roster, which must not exist yet. Raises NotPossible."""
    if out.exists():
        raise NotPossible(f"{file_kinds.label(out)} 已经有了，没有写；请用 --out 另写一个文件名")
    try:
        table, identity = _table(roster)
    except Unreadable as error:
        raise NotPossible(f"名册读不了：{error}") from None
    except OSError as error:
        raise NotPossible(f"名册读不了：{disk_errors.why(error)}；请核对路径与权限") from None
    kept = [h for h in table.header.headings if _is_kept(h)]
    _refuse_gaps(table, kept)
    keys = _keys(table, identity, secret)
    _refuse_personal(table, kept)
    given = {h.column for h in kept}
    added = {name: value for name, value in ADDED.items() if name not in given}
    columns = [(h.header, table.column(h.index)) for h in kept]
    columns += [(forms.columns(TABLE)[name].label, [value] * len(keys)) for name, value in added.items()]
    columns.append((forms.columns(TABLE)[KEY].label, keys))
    _save(columns, out)
    no_rows = sorted(note.row for note in table.dropped if note.row is not None)
    return Written(out, len(keys), len(set(keys)), _left_out(table, kept), no_rows)


def _table(roster: Path) -> tuple[Table, Heading]:
    """The only sheet with a column of identity numbers, and that column. Raises NotPossible, Unreadable, OSError."""
    kind = file_kinds.kind(roster)
    all_sheets = text_files.read(roster) if kind == "csv" else sheets.read(roster, kind)
    rosters = []
    for sheet in sheets.open_to_rows(all_sheets):
        for header in headers.find(sheet, TABLE)[:1]:
            numbers = [h for h in header.headings if IDENTITY.fullmatch(forms.tidy(h.header))]
            rosters += [(sheet, header, one) for one in numbers]
    if not rosters:
        raise NotPossible("名册里没有认出证件号一列；请把这一列的表头写成“身份证号”，各列表头写在同一行")
    if len(rosters) > 1:
        raise NotPossible("名册里有几列（或几张工作表）都是证件号，不知用哪一列；请一份名册只留一列")
    ((sheet, header, identity),) = rosters
    table = tables.divide(sheet, header, [])
    tables.check(table)
    if not table.indexes:
        raise NotPossible("名册里一行记录也没有；请核对表头以下的内容")
    return table, identity


def _is_kept(heading: Heading) -> bool:
    """Whether a column goes into the return: one of the form's, and not that of keys, which is written anew."""
    name = (heading.column or "").removesuffix(CODE)
    return name in forms.columns(TABLE) and name != KEY


def _refuse_gaps(table: Table, kept: list[Heading]) -> None:
    """Raises NotPossible where the return would lack a column, or a line of text may have been cut off."""
    given = {(h.column or "").removesuffix(CODE) for h in kept} | {KEY, *ADDED}
    missing = [column.label for column in forms.columns(TABLE).values() if column.required and column.name not in given]
    if missing:
        raise NotPossible(
            f"名册缺少必填列：{'、'.join(missing)}；请对照 python -m yunnan template --table {TABLE} 补上"
        )
    if rows := [table.numbers()[at] for at, _, _ in tables.broken(table)]:
        raise NotPossible(f"名册的{_listed(rows)}不完整，文件可能没有传完；请重新导出")


def _keys(table: Table, identity: Heading, secret: bytes) -> list[str]:
    """The key of each row. Raises NotPossible naming the rows that have none, never what stands in them."""
    made = next((h for h in table.header.headings if h.column == KEY), None)
    subject = next((h for h in table.header.headings if h.column == SUBJECT), None)
    numbers, count = table.column(identity.index), len(table.indexes)
    given = table.column(made.index) if made else [""] * count
    subjects = table.column(subject.index) if subject else [""] * count
    keys, faults = [], defaultdict(list)
    for row, number, key, kind in zip(table.numbers(), numbers, given, subjects, strict=True):
        why, text = _key(number, key, cells.text_of(kind).strip(), secret)
        keys.append(text)
        if why:
            faults[why].append(row)
    if faults:
        raise NotPossible(
            "；".join(f"名册{_listed(rows)}{why}" for why, rows in faults.items()) + "。一行也没有写，请改好再来"
        )
    return keys


def _key(number: object, key: object, subject: str, secret: bytes) -> tuple[str, str]:
    """What is wrong with a row, '' for nothing, and its key."""
    is_person = subject in ("", "个人")
    if cells.is_blank(number):
        if is_person or cells.is_blank(key):
            return "没有证件号" if is_person else "是家庭或集体，没有匿名键；请由省里按户编号、学校代码给键", ""
        read = cells.key(key)
        return ("的匿名键不是16位", "") if read.fault else ("", read.value)
    if not cells.is_blank(key):
        return "证件号与匿名键都有，不知用哪一个；请清空匿名键一列", ""
    if not is_person:
        return "不是个人，却有证件号；家庭、集体请由省里按户编号、学校代码给键", ""
    if not isinstance(number, str) and not (isinstance(number, int | float) and abs(number) < 1e15):
        return "的证件号被表格软件改成了数值，末几位已丢失；请把该列设为文本格式重填", ""
    full = personal.full_identity(re.sub(r"[\s'’\-]", "", plain(cells.text_of(number))).upper())
    return ("", key_of(full, secret)) if full else ("的证件号不对（位数、出生日期或校验码）", "")


def _refuse_personal(table: Table, kept: list[Heading]) -> None:
    """Raises NotPossible where a number of a person, or the row's own name, stands in a column that is kept."""
    names = [table.column(h.index) for h in table.header.headings if h.column == forms.PERSONAL]
    for heading in kept:
        kind = forms.columns(TABLE)[(heading.column or "").removesuffix(CODE)].kind
        wrong = []
        for at, raw in enumerate(table.column(heading.index)):
            own = [str(column[at]).strip() for column in names if isinstance(column[at], str)]
            has_name = any(name in str(raw) for name in own if personal.may_be_a_name(name))
            if has_name or reading.personal_number(kind, raw):
                wrong.append(table.numbers()[at])
        if wrong:
            raise NotPossible(f"名册{_listed(wrong)}的“{heading.header}”一列里有个人信息，没有写；请删去它再来")


def _left_out(table: Table, kept: list[Heading]) -> list[str]:
    """The columns that do not come along: by header where it is one of the lists', else by letter."""
    columns = [h for h in table.header.headings if h not in kept and h.column != KEY]
    names = [
        h.header if forms.tidy(h.header) in forms.headers(TABLE) else f"{sheets.letter(h.index)}列" for h in columns
    ]
    return [*names, *sorted({f"{letter}列" for _, letter in tables.strays(table)} - set(names))]


def _save(columns: list[tuple[str, list]], out: Path) -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet, text = book.add_worksheet(forms.TABLES[TABLE]), book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for index, (header, values) in enumerate(columns):
            sheet.write_string(0, index, header)
            sheet.set_column(index, index, 18)
            for row, value in enumerate(values, 1):
                if isinstance(value, str):
                    sheet.write_string(row, index, value, text)
                elif isinstance(value, date | datetime):
                    sheet.write_datetime(row, index, value, day)
                elif isinstance(value, int | float):
                    sheet.write_number(row, index, value)
    made = out.with_name(f".building.{out.name}")
    try:
        made.write_bytes(data.getvalue())
        made.rename(out)
    except OSError as error:
        made.unlink(missing_ok=True)
        raise NotPossible(f"{file_kinds.label(out)} 写不下：{disk_errors.why(error)}；请核对 --out") from error


def _listed(rows: list[int]) -> str:
    more = f"等{len(rows)}行" if len(rows) > LISTED else ""
    return f"第{'、'.join(map(str, rows[:LISTED]))}行{more}"
