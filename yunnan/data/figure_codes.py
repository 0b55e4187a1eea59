"""数字凭证: a figure's short code, for print and for speech, that opens exactly this figure again.

    YN-P108-533300-2019-191231r2-Y      what, place, report period, snapshot (2019-12-31.r2), check character

The check character is that of GB 32100-2015, the one that ends a 统一社会信用代码: 31 characters without I, O, S, V, Z,
weights 3^n mod 31. 31 is prime and neighbours have different weights, so any one wrong character and any two
neighbours that changed places are noticed.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PROVINCE = "530000"
SCORE = "F0"  # 综合得分; F1 to F4 are the scores of the four pillars
EVER = "ALL"  # the period of a list that is not cut down to a year
LISTS = dict(
    zip(
        ("R1", "R2", "R3", "R4", "R5", "R6"),
        ("projects", "funds", "beneficiaries", "organizations", "activities", "policies"),
        strict=True,
    )
)
PILLAR_PAGES = {"F1": "party", "F2": "mechanism", "F3": "guidance", "F4": "platform"}
MISREAD = str.maketrans({"O": "0", "I": "1"})  # no code holds these letters
CODE_PATTERN = re.compile(
    r"YN(P[1-4]\d\d|F[0-4]|C\d\d[A-CP]?|R[1-6])(53\d{4})(20\d\d(?:H[12]|Q[1-4]|M9)?|ALL)(\d{6})R([1-9]\d?)([0-9A-Y])",
    re.ASCII,
)
SHAPE = "凭证的样子是 YN-P108-533300-2019-191231r2-Y"


class BadCode(ValueError):
    """The text is not a code: what is wrong with it, and what to do."""


class Address(NamedTuple):
    """Where a code leads: the page by its path, the parameters, and whether the code's own snapshot is still there."""

    page: str
    params: dict[str, str]
    is_kept: bool


@dataclass(frozen=True)
class Code:
    """One figure: what it is, of which place, period and snapshot."""

    figure: str  # 'P1-08' an indicator, 'CAL-05a' a published figure, 'F0' to 'F4' a score, 'R1' to 'R6' a list
    place: str
    period: str
    snapshot: str  # '2019-12-31.r2'

    def __str__(self) -> str:
        day, _, revision = self.snapshot.partition(".r")
        short = self.figure.replace("CAL", "C").replace("-places", "P").replace("-", "").upper()
        body = f"YN-{short}-{self.place}-{self.period}-{day[2:].replace('-', '')}r{revision}"
        return f"{body}-{check_character(_bare(body))}"


def parse(typed: str) -> Code:
    """The figure that a code names, however it was typed. Raises BadCode."""
    bare = _bare(typed)
    quoted = " ".join(typed.replace("\0", "").split())[:40]
    if not bare:
        raise BadCode(f"没有输入数字凭证。{SHAPE}")
    match = CODE_PATTERN.fullmatch(bare)
    if not match:
        raise BadCode(f"“{quoted}”不是数字凭证：{SHAPE}，请对照原件重新输入")
    if check_character(bare[:-1]) != bare[-1]:
        raise BadCode(f"凭证“{quoted}”与校验字符不符：有字符写错或次序颠倒，请对照原件逐字核对")
    what, place, period, day, revision, _ = match.groups()
    snapshot = f"20{day[:2]}-{day[2:4]}-{day[4:]}.r{revision}"
    return Code(_figure(what), place, period, snapshot)


def check_character(bare: str) -> str:
    """The character that ends this code. Raises ValueError for characters that no code has."""
    total = sum(ALPHABET.index(character) * pow(3, n, 31) for n, character in enumerate(bare))
    return ALPHABET[-total % 31]


def address(code: Code, published: Sequence[str]) -> Address:
    """The page that shows the figure; from the newest snapshot when its own is no longer published (newest first)."""
    is_kept = code.snapshot in published
    snapshot = code.snapshot if is_kept or not published else published[0]
    page, chosen = _page(code)
    return Address(page, {"asof": snapshot, "place": code.place, **chosen}, is_kept)


def _page(code: Code) -> tuple[str, dict[str, str]]:
    if code.figure in LISTS:
        return LISTS[code.figure], {} if code.period == EVER else {"year": code.period}
    period = {"period": code.period}
    if code.figure.startswith("P"):
        return "definitions", period | {"indicator": code.figure, "evidence": "true"}
    if code.figure.startswith("CAL"):
        return "reconciliation", period | {"figure": code.figure}
    if code.figure == SCORE:
        return ("scorecard", period) if code.place == PROVINCE else ("prefecture", period)
    return PILLAR_PAGES[code.figure], period


def _bare(typed: str) -> str:
    """The code's characters alone: one width, capitals, no blanks and no dashes of whatever kind."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    kept = (c for c in plain if unicodedata.category(c) not in ("Pd", "Pc", "Zs", "Cf", "Cc") and c not in "ー−─━")
    return "".join(kept).translate(MISREAD)


def _figure(what: str) -> str:
    if what[0] == "P":
        return f"{what[:2]}-{what[2:]}"
    if what[0] == "C":
        return f"CAL-{what[1:3]}{'-places' if what[3:] == 'P' else what[3:].lower()}"
    return what
