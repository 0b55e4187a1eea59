"""Report periods: years, half-years and quarters, each with the periods it is compared with.

To the end of September a year is compared with a period of its own: the first nine months of the year before.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from yunnan.data import due_dates

MONTHS = {"year": 12, "half": 6, "quarter": 3, "months": 9}
LABELS = {"year": "{y}年", "half": "{y}年{n}半年", "quarter": "{y}年{n}季度", "months": "{y}年（1—9月）"}


@dataclass(frozen=True)
class Period:
    """One row of the contract's table periods; an unfinished period counts up to the as-of date."""

    period: str
    kind: str
    year: int
    start_date: date
    end_date: date
    last_date: date
    is_complete: bool
    label: str
    base_period: str | None
    previous_period: str | None
    quarters: int


QUARTER = due_dates.QUARTER  # the report period of a return, 2020Q2


@dataclass(frozen=True)
class Quarter:
    """The report period of a return, such as 2020Q2."""

    name: str

    @property
    def start(self) -> date:
        return date(int(self.name[:4]), int(self.name[5]) * 3 - 2, 1)

    @property
    def end(self) -> date:
        return _month_end(self.start.year, self.start.month + 2)

    @property
    def before(self) -> "Quarter":
        return quarter_of(self.start - timedelta(days=1))

    def due(self, deadline: str) -> datetime:
        """The day and the hour of a deadline such as '10 18:00' in the month after."""
        day, hour = deadline.split()
        return datetime.combine(self.end + timedelta(days=int(day)), time.fromisoformat(hour))


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(f"{day.year}Q{(day.month + 2) // 3}")


def known_on(asof: date, first_year: int) -> list[Period]:
    """All periods that have begun on the as-of date, by year, then year, halves, quarters, nine months."""
    years = range(first_year, asof.year + 1)
    spans = [span for year in years for span in _of_year(year, asof) if span[2] <= asof]
    codes = {(start, end): code for code, _, start, end in reversed(spans)}
    return [_period(code, kind, start, end, asof, codes) for code, kind, start, end in spans]


def _of_year(year: int, asof: date) -> list[tuple[str, str, date, date]]:
    spans = [(str(year), "year", date(year, 1, 1), date(year, 12, 31))]
    for kind, letter in (("half", "H"), ("quarter", "Q")):
        for n in range(1, 12 // MONTHS[kind] + 1):
            last_month = n * MONTHS[kind]
            start = date(year, last_month - MONTHS[kind] + 1, 1)
            spans.append((f"{year}{letter}{n}", kind, start, _month_end(year, last_month)))
    if asof == date(year + 1, 9, 30):
        spans.append((f"{year}M9", "months", date(year, 1, 1), date(year, 9, 30)))
    return spans


def _period(code: str, kind: str, start: date, end: date, asof: date, codes: dict) -> Period:
    last = min(end, asof)
    is_complete = last == end
    a_year_ago = codes.get((start.replace(year=start.year - 1), _month_end(last.year - 1, last.month)))
    before = (_months_back(start, MONTHS[kind]), start - timedelta(days=1))
    return Period(
        period=code,
        kind=kind,
        year=start.year,
        start_date=start,
        end_date=end,
        last_date=last,
        is_complete=is_complete,
        label=_label(code, kind, start, last, is_complete),
        base_period=a_year_ago if last == _month_end(last.year, last.month) else None,
        previous_period=codes.get(before) if is_complete else None,
        quarters=sum(_month_end(start.year, m) <= last for m in range(start.month + 2, end.month + 1, 3)),
    )


def _label(code: str, kind: str, start: date, last: date, is_complete: bool) -> str:
    n = {"half": "上下", "quarter": "一二三四"}.get(kind, " ")[int(code[-1]) - 1 if kind in ("half", "quarter") else 0]
    name = LABELS[kind].format(y=start.year, n=n)
    if is_complete:
        return name
    months = f"{start.month}—{last.month}月" if start.month != last.month else f"{last.month}月"
    return f"{name}（{months}）"


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _months_back(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
