"""数字凭证: a short code of a figure, to be printed or read out, that opens exactly this figure again.

    YN-P108-533300-2019-191231r2-Y      figure, place, report period, snapshot (2019-12-31.r2), check character

The check character is that of GB 32100-2015, the one that ends a 统一社会信用代码: 31 characters without I, O, S, V, Z,
weights 3^n mod 31. 31 is prime and neighbours have different weights, so any one wrong character and any two
neighbours that changed places are noticed.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yunnan.words.geography import PROVINCE

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SCORE = "F0"  # 综合得分; F1 to F4 are the scores of the four pillars
EVER = "ALL"  # the period of a list that is not limited to one year
LISTS = dict(
    zip(
        ("R1", "R2", "R3", "R4", "R5", "R6"),
        ("projects", "funds", "beneficiaries", "organizations", "activities", "policies"),
        strict=True,
    )
)
PILLAR_PAGES = {"F1": "party", "F2": "mechanism", "F3": "guidance", "F4": "platform"}
MISREAD = str.maketrans({"O": "0", "I": "1"})  # no code contains these letters
CODE_PATTERN = re.compile(
    r"YN(P[1-4]\d\d|F[0-4]|C\d\d[A-CP]?|R[1-6])(53\d{4})(20\d\d(?:H[12]|Q[1-4]|M9)?|ALL)(\d{6})R([1-9]\d?)([0-9A-Y])",
    re.ASCII,
)
SHAPE = "凭证的样子是 YN-P108-533300-2019-191231r2-Y"


class BadCode(ValueError):
    """The text is not a code; the message is a sentence that says what is wrong with it and what to do."""


class Address(NamedTuple):
    """The address that a code opens: the page's path and parameters, and whether the code's snapshot still exists."""

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
    """The Code of a typed text, in any width, case and punctuation. Raises BadCode."""
    bare = _bare(typed)
    quoted = " ".join(typed.replace("\0", "").split())[:40]
    if not bare:
        raise BadCode(f"没有输入数字凭证。{SHAPE}")
    match = CODE_PATTERN.fullmatch(bare)
    if not match:
        raise BadCode(f"“{quoted}”不是数字凭证：{SHAPE}，请对照原件重新输入")
    if check_character(bare[:-1]) != bare[-1]:
        raise BadCode(f"凭证“{quoted}”与校验字符不符：有字符写错或次序颠倒，请对照原件逐字核对")
    short, place, period, day, revision, _ = match.groups()
    snapshot = f"20{day[:2]}-{day[2:4]}-{day[4:]}.r{revision}"
    return Code(_figure(short), place, period, snapshot)


def check_character(bare: str) -> str:
    """The check character of a code without its last character. Raises ValueError for characters that no code has."""
    total = sum(ALPHABET.index(character) * pow(3, n, 31) for n, character in enumerate(bare))
    return ALPHABET[-total % 31]


def address(code: Code, published: Sequence[str]) -> Address:
    """The address of the page that shows the figure, in the newest snapshot if its own is no longer published.

    published: the ids of all snapshots, the newest first.
    """
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
    """The code's letters and digits: half-width, capitals, without blanks and dashes of any kind."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    kept = (c for c in plain if unicodedata.category(c) not in ("Pd", "Pc", "Zs", "Cf", "Cc") and c not in "ー−─━")
    return "".join(kept).translate(MISREAD)


def _figure(short: str) -> str:
    if short[0] == "P":
        return f"{short[:2]}-{short[2:]}"
    if short[0] == "C":
        return f"CAL-{short[1:3]}{'-places' if short[3:] == 'P' else short[3:].lower()}"
    return short
