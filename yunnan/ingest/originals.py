"""Originals: lists that other systems export, read by an import profile. What they do not know stays unknown.

An original never says no by leaving out: an empty cell of it is null and blanks nothing that another list said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from yunnan.ingest import cells, credit_codes, dates, forms, places, profiles
from yunnan.ingest.cells import Reading
from yunnan.ingest.notes import Note, Notes
from yunnan.ingest.personal import masked
from yunnan.ingest.profiles import Profile
from yunnan.ingest.rows import Rows
from yunnan.ingest.sheets import Sheet
from yunnan.words.geography import PROVINCE

SEARCHED = 60  # rows from the top in which the header is looked for
COUNTRY = "100000"
LISTED = 20  # units that are named
CLOSED = {"注销", "撤销", "吊销"}
# What the contract wants of every organization, in the order in which it is asked for.
NEEDED = (
    *("org_name", "org_type", "reg_level", "reg_authority_code", "prefecture_code", "supervising_unit_code"),
    *("registered_date", "status"),
)


def applied(all_sheets: Iterable[Sheet], written: Iterable[dict]) -> list[Sheet]:
    """The sheets; one whose header a profile knows has that profile, and nothing in the columns that it drops."""
    made = profiles.made(written)
    return [_applied(sheet, made) for sheet in all_sheets]


def _applied(sheet: Sheet, made: list[Profile]) -> Sheet:
    for index, row in enumerate(sheet.rows[:SEARCHED]):
        texts = [forms.tidy(cell) if isinstance(cell, str) else "" for cell in row]
        fitting = [profile for profile in made if profile.fits(set(filter(None, texts)))]
        if fitting:
            profile = max(fitting, key=lambda one: len(one.columns))
            gone = {at for at, text in enumerate(texts) if text in profile.persons | profile.unused}
            below = [["" if at in gone else cell for at, cell in enumerate(line)] for line in sheet.rows[index + 1 :]]
            rows = [*sheet.rows[: index + 1], *below]
            return replace(sheet, rows=_completed(rows, index, profile) if profile.given else rows, profile=profile)
    return sheet


def _completed(rows: list[list], head: int, profile: Profile) -> list[list]:
    """The rows with the columns that the profile gives, to the right of all others."""
    width = max(map(len, rows))
    texts = [forms.tidy(cell) if isinstance(cell, str) else "" for cell in rows[head]]
    spans = [texts.index(header) for header in profile.spans]
    wide = [[*row, *[None] * (width - len(row))] for row in rows]
    wide[head] += list(profile.given)
    for row in wide[head + 1 :]:
        if not any(cells.text_of(cell).strip() for cell in row):
            continue
        for at in spans:
            first, last = dates.span(cells.text_of(row[at])) or (row[at], "")
            row[at] = first
            row.append(last)
        row += profile.constants.values()
    return wide


def remark(sheet: Sheet) -> Notes:
    """What the sheet's profile reads and drops; nothing for a sheet without one."""
    if sheet.profile is None:
        return Notes()
    texts = [cell for row in sheet.rows[:SEARCHED] for cell in row if isinstance(cell, str)]
    named = list(dict.fromkeys(text.strip() for text in texts if forms.tidy(text) in sheet.profile.headers))
    return Notes(changes=[Note(sheet.name, None, None, None, profiles.sentence(sheet.profile, named))])


def unit(codes: dict[str, str], words: dict[str, str], raw: object) -> Reading:
    """A supervising unit: its code where the list has it, else the original's own words, which settle announces."""
    text = forms.fold(cells.text_of(raw))
    if value := codes.get(text) or words.get(text):
        return Reading(value, change=None if cells.text_of(raw).strip() == value else f"读作{value}")
    return cells.words_of(raw, "40")


def settle(rows: Rows) -> None:
    """Fill what follows from code and authority; what the original does not know is null, whatever the default."""
    if rows.profile is None or rows.table != "organizations":
        return
    if "is_social_work_org" not in rows.heads:
        rows.values["is_social_work_org"] = [None] * len(rows)
    for name in NEEDED:
        rows.values.setdefault(name, [None] * len(rows))
    filled: Counter[tuple[str, str]] = Counter()
    for i in range(len(rows)):
        if i not in rows.wrong:
            filled.update(_derived(rows, i))
    for (column, source), count in filled.items():
        _say(rows, column, f"{count:,}行由{source}得出")
    listed = set((forms.labels("supervising_unit") | rows.context.words.get("supervising_unit", {})).values())
    own = Counter(value for value in rows.values["supervising_unit_code"] if value and value not in listed)
    if own:
        named = "、".join(f"{masked(name)}（{count:,}行）" for name, count in own.most_common(LISTED))
        more = f"等{len(own):,}个" if len(own) > LISTED else ""
        _say(rows, "supervising_unit_code", f"不在代码表，照原表的名称收下：{named}{more}")


def _say(rows: Rows, column: str, message: str) -> None:
    sheet = rows.sheets[0] if len(set(rows.sheets)) == 1 else None
    rows.notes.changed(Note(sheet, None, rows.head(column), None, message))


def _derived(rows: Rows, i: int) -> Iterator[tuple[str, str]]:
    """Fill what follows from a row's code and authority; each column that was filled, and from what."""
    uscc = rows.values["uscc"][i]
    own = rows.values["reg_authority_code"][i]
    authority = own or (_authority(uscc) if uscc else None)
    source = "登记机关" if own else "信用代码"
    derived = {"org_type": (credit_codes.kind(uscc) if uscc else None, "信用代码")}
    if authority:
        is_county = authority.startswith("53") and not authority.endswith("00")
        derived |= {
            "reg_authority_code": (authority, source),
            "reg_level": (_level(authority), source),
            "prefecture_code": (f"{authority[:4]}00" if is_county else authority, source),
            "county_code": (authority if is_county else None, source),
        }
    for column, (value, whence) in derived.items():
        if value is not None and rows.values[column][i] is None:
            rows.values[column][i] = value
            yield column, whence


def _authority(uscc: str) -> str | None:
    """The place of the authority that a credit code names in its third to eighth character."""
    code = uscc[2:8]
    is_here = code == PROVINCE or code in places.names("prefecture") or code in places.names("county")
    return code if is_here or code == COUNTRY else None


def _level(authority: str) -> str:
    if authority == COUNTRY:
        return "民政部"
    if not authority.startswith("53"):
        return "省外"
    return "省级" if authority == PROVINCE else "州市级" if authority.endswith("00") else "县级"


def lacks(rows: Rows, column: str) -> bool:
    """Whether the return is an original that has no such column: what would stand there is unknown."""
    return rows.profile is not None and column not in rows.heads


def refuse_unregistered(rows: Rows, i: int) -> None:
    """Refuse a row of an original that would be a new organization and lacks what the contract wants of one."""
    number = rows.values["org_id"][i]
    if rows.profile is None or number is None or number in rows.context.organizations:
        return
    absent = [name for name in NEEDED if rows.values[name][i] is None]
    if absent:
        labels = "、".join(forms.columns(rows.table)[name].label for name in absent)
        message = f"登记册里还没有这个组织，这一行没有{labels}，收不下；请先报有这些内容的登记名册，再报这一份"
        rows.refuse(i, absent[0], "DQ-31", message)


def unknown(rows: Rows) -> None:
    """Warn, in one line each, of what the original leaves unknown and of which indicators that takes the rows out."""
    if rows.profile is None or rows.table != "organizations":
        return
    good = list(rows.good())
    values = rows.values
    undated = [
        i
        for i in good
        if rows.context.meaning("org_status", values["status"][i]) in CLOSED and values["deregistered_date"][i] is None
    ]
    covered = [i for i in good if values["party_cover_mode"][i] not in (None, "未覆盖")]
    without = [i for i in covered if values["party_cover_date"][i] is None]
    for chosen, column, message in (
        (undated, "deregistered_date", "已退出登记而没有注销日期，不知何时退出，不计入在册数；有日期的请补报"),
        (without, "party_cover_date", "有党组织而没有覆盖日期，不知从何时起，不计入覆盖率；有日期的请补报"),
    ):
        if chosen:
            label = forms.columns(rows.table)[column].label
            rows.notes.warnings.append(
                Note(rows.sheets[chosen[0]], None, label, "DQ-31", f"{len(chosen):,}行{message}")
            )
