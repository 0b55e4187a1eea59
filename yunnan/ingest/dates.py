"""A raw cell -> a date, with the year first; what could be two dates is refused."""

import calendar
import re
from datetime import date, datetime, time, timedelta

from yunnan.ingest.cells import Reading, text_of
from yunnan.ingest.personal import masked, plain

DAY = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?:[ T]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
PACKED = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
# 2024年3月—12月, 2024年3月1日至2025年2月28日
SPAN = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?[-—–－~～至到]{1,2}(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?")
DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
SERIALS = (36_526, 54_788)  # days from 1900: 2000-01-01 to 2049-12-31
LEAP_1904 = 1_462  # days between the two calendars of Excel


def day(raw: object, from_1904: bool = False) -> Reading:
    """A date: as Excel keeps it, as text with the year first, as a serial number."""
    if isinstance(raw, datetime):
        return Reading(raw.date(), change=None if raw.time() == time() else "去掉时刻，只取日期")
    if isinstance(raw, date):
        return Reading(raw)
    if isinstance(raw, bool | time | timedelta):
        return _no_day(raw)
    text = plain(text_of(raw)).strip()
    if match := DAY.fullmatch(re.sub(r"\s*([-/.年月日])\s*", r"\1", text)):
        return _a_day(raw, match, None if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(raw)) else "")
    if match := PACKED.fullmatch(text):
        return _a_day(raw, match, "")
    if "年" in text and (digits := _chinese_day(text)):
        return _a_day(raw, digits, "")
    return _serial(raw, text, from_1904)


def span(text: str) -> tuple[date, date] | None:
    """First and last day of '2024年3月—12月', of months from their first to their last; None for what is no span."""
    match = SPAN.fullmatch(re.sub(r"\s", "", plain(text)))
    if not match:
        return None
    year, month, first, last_year, last_month, last = match.groups()
    end_year, end_month = int(last_year or year), int(last_month)
    try:
        end_of_month = calendar.monthrange(end_year, end_month)[1]
        begins = date(int(year), int(month), int(first or 1))
        ends = date(end_year, end_month, int(last or end_of_month))
    except ValueError:  # no such month or day
        return None
    return (begins, ends) if begins <= ends else None


def _a_day(raw: object, parts: re.Match | tuple[str, ...], change: str | None) -> Reading:
    year, month, number = parts.groups() if isinstance(parts, re.Match) else parts
    try:
        calendar_day = date(int(year), int(month), int(number))
    except ValueError:
        return Reading(None, ("DQ-06", f"日期“{masked(text_of(raw))}”不存在；请改成如2020-05-12"))
    return Reading(calendar_day, change=None if change is None else f"读作{calendar_day}")


def _no_day(raw: object) -> Reading:
    return Reading(None, ("DQ-06", f"日期“{masked(text_of(raw))}”认不出；请写年、月、日，如2020-05-12"))


def _chinese_day(text: str) -> tuple[str, str, str] | None:
    match = re.fullmatch(
        r"([〇零一二三四五六七八九0-9]{4})年([一二三四五六七八九十0-9]{1,3})月([一二三四五六七八九十0-9]{1,3})[日号]",
        text,
    )
    if not match:
        return None
    month, number = _up_to_99(match[2]), _up_to_99(match[3])
    return (match[1].translate(DIGITS), month, number) if month and number else None


def _up_to_99(text: str) -> str:
    """'二十一' as '21'; '' when it is no such number."""
    if "十" not in text:
        return text.translate(DIGITS) if len(text) <= 2 else ""
    if not re.fullmatch(r"[一二三四五六七八九]?十[一二三四五六七八九]?", text):
        return ""
    tens, _, ones = text.partition("十")
    return str(int(tens.translate(DIGITS) or 1) * 10 + int(ones.translate(DIGITS) or 0))


def _serial(raw: object, text: str, from_1904: bool) -> Reading:
    number = re.fullmatch(r"([0-9]{5})(?:\.[0-9]+)?", text)
    days = int(number[1]) + (LEAP_1904 if from_1904 else 0) if number else 0
    if not SERIALS[0] <= days <= SERIALS[1]:
        return _no_day(raw)
    calendar_day = date(1899, 12, 30) + timedelta(days=days)
    return Reading(calendar_day, change=f"日期序列值，{'按1904日期系统' if from_1904 else ''}读作{calendar_day}")
