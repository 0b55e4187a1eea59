"""Unified social credit codes (GB 32100-2015): how they are written, and their check digit."""

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I O S V Z
WRITTEN = re.compile(f"[{ALPHABET}]{{18}}")
KINDS = {"1": "社会团体", "2": "社会服务机构", "3": "基金会"}  # the second character of a code of civil affairs


def check_digit(body: str) -> str:
    """The 18th character that belongs to the first 17. Valid codes of the first years do not all keep it."""
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return ALPHABET[-total % 31]


def kind(code: str) -> str | None:
    """The kind of organization that a code of civil affairs states; None for other codes."""
    return KINDS.get(code[1]) if code[0] == "5" else None
