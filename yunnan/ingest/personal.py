"""Personal identifiers: identity card numbers, mobile numbers, names. Found, and never said again."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\ufe58\ufe63\uff0d"), "-")
# Eleven digits or more, whatever blanks and dashes stand between them, not part of a word such as F13800000000.
RUN = re.compile(r"(?<![0-9A-Za-z.])\+?[0-9](?:[ \-\t\r\n]*[0-9]){10,}(?:[ \-\t\r\n]*[Xx])?(?![0-9A-Za-z]|\.[0-9])")
GROUP = re.compile(r"[0-9]+[Xx]?|[Xx]")
MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9][0-9]{9}")
SIGNED = re.compile(
    r"((?:填表|制表|审核|审批|复核|负责|经办|联系|统计|报送|填报)(?:人员|人)?(?:姓名|签字|签名)?[ ]*[:：])[ ]*"
    r"([^\s:：，,；;]{1,12})"
)
TELEPHONE = re.compile(r"((?:电话|手机|传真|电\s*话)[ ]*[:：]?[ ]*)([0-9][0-9 \-－—]{5,}[0-9])")
NOT_A_NAME = re.compile(
    r"公司|集团|厂|店|会|社|局|厅|委|办|处|院|校|学|所|站|中心|基金|协|联|行|部|团|企|组织|单位|政府|州|市|县|区|乡|镇|村|寺|商|药|业"
)


def plain(text: str) -> str:
    """The text in half width, without invisible characters, with one kind of dash."""
    return unicodedata.normalize("NFKC", text.translate(INVISIBLE).translate(DASHES)).translate(DASHES)


def found(text: str) -> str | None:
    """'身份证号' or '手机号' when one stands in the text."""
    if len(text) < 11:
        return None
    return next((kind for _, _, kind in _numbers(plain(text))), None)


def masked(text: str) -> str:
    """The text with every number of a person, and every name after 填表人 and the like, replaced by a word."""
    if len(text) < 4:
        return text
    told = plain(text)
    spots = list(_numbers(told)) if len(told) >= 11 else []
    signed = SIGNED.search(told) or TELEPHONE.search(told)
    if not spots and not signed:
        return text
    for start, end, kind in reversed(spots):
        told = f"{told[:start]}〔{kind}已隐去〕{told[end:]}"
    return TELEPHONE.sub(r"\1〔已隐去〕", SIGNED.sub(r"\1〔已隐去〕", told))


def is_identity(number: str) -> bool:
    """18 characters that are an identity card number: a place, a day of birth, a check digit that agrees."""
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9Xx]", number):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    return born.year >= 1880 and CHECKS[total % 11] == number[17].upper()


def may_be_a_name(text: str) -> bool:
    """Two to four Chinese characters without a word that only organizations have in their name."""
    return bool(re.fullmatch(r"[一-鿿·]{2,4}(?:先生|女士|同志|老师)?", text)) and not NOT_A_NAME.search(text)


def _numbers(told: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of each number of a person; blanks and dashes between its groups do not hide it."""
    for run in RUN.finditer(told):
        groups = [(run.start() + m.start(), run.start() + m.end()) for m in GROUP.finditer(run[0])]
        first = 0
        while first < len(groups):
            last = _kind_from(told, groups, first)
            if last:
                end, kind = last
                yield groups[first][0], groups[end][1], kind
                first = end + 1
            else:
                first += 1


def _kind_from(told: str, groups: list[tuple[int, int]], first: int) -> tuple[int, str] | None:
    digits = ""
    for last in range(first, len(groups)):
        digits += told[slice(*groups[last])]
        if len(digits) > 18:
            return None
        if len(digits) == 18 and is_identity(digits):
            return last, "身份证号"
        if len(digits) in (11, 13, 15) and MOBILE.fullmatch(digits):
            return last, "手机号"
    return None
