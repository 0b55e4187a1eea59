"""Personal identifiers (identity cards, mobile numbers, names): detected, and masked before printing or storing."""

import re
from collections.abc import Iterator
from datetime import date

from yunnan import settings
from yunnan.words.text_folding import plain, visible

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
# Eleven digits or more, whatever stands between them, not part of a word such as F13800000000; Tel13800000000 is none.
BETWEEN = r"[ \-\t\r\n._/·•()]*"
RUN = re.compile(
    rf"(?:(?<![0-9A-Za-z])|(?<=[A-Za-z][A-Za-z]))\+?[0-9](?:{BETWEEN}[0-9]){{10,}}(?:{BETWEEN}[Xx])?(?![0-9A-Za-z])"
)
# Three, four and four digits with any signs between them.
GROUPED = re.compile(r"(?<![0-9])1[3-9][0-9](?:[^0-9A-Za-z一-鿿]{1,3}[0-9]{4}){2}(?![0-9])")
IN_WORDS = re.compile("[〇零一二三四五六七八九]{11,}")
WORDS = str.maketrans("〇零一二三四五六七八九", "00123456789")
GROUP = re.compile(r"[0-9]+[Xx]?|[Xx]")
PLACE = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{4}")
CARD = re.compile(r"(?:[3-6][0-9]{15}|6[0-9]{16}|(?:6[0-9]|95)[0-9]{17}|62[0-9]{16})")
MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9][0-9]{9}")
SIGNED = re.compile(
    r"((?:填表|制表|审核|审批|复核|负责|经办|联系|统计|报送|填报)(?:人员|人)?(?:姓名|签字|签名)?[ ]*[:：])[ ]*"
    r"([^\s:：，,；;]{1,12})"
)
TELEPHONE = re.compile(r"((?:电话|手机|传真|电\s*话)[ ]*[:：]?[ ]*)([0-9][0-9 \-－—]{5,}[0-9])")
# What only a word before it tells from other numbers: of a document of travel, a telephone, an account of messages.
# 400 and 800 are lines that everybody may call; a group and a public account (QQ群, 微信公众号) are nobody's own.
TOLD = r"(?:号码|编号|账号|id|号)?[ ]*(?:[:：为是(（、]|no\.?)?[ ]*"  # between the word and what it labels
COUNTED = r"(?![0-9a-z_])(?![ ]*[元人户次张部本条件篇场万名份个台辆])"  # what is counted is nobody's own
DOCUMENT = "(?:护照|通行证|军官证|警官证|士兵证|台胞证|回乡证|证件)"
LABELLED = re.compile(
    rf"(?P<证件号>{DOCUMENT}{TOLD}[a-z]{{1,2}}[ ]?[0-9](?:[ ]?[0-9]){{5,9}}(?![0-9a-z])"
    rf"|{DOCUMENT}(?:号码|编号|号)[ ]*[:：为是]?[ ]*[0-9]{{6,10}}(?![0-9a-z]))"
    rf"|(?P<电话号码>(?:电话|座机|固话|宅电|传真|tel|联系方式){TOLD}(?!\(?[48]00|20[0-9]{{2}})"
    rf"[(+]?[0-9](?:[ \-()./]{{0,2}}[0-9]){{6,12}}{COUNTED})"
    rf"|(?P<通信账号>(?:微信|QQ|wechat)(?:(?:号码|账号|id|号)[ ]*[:：为是(（]?|[:：为是(（])[ ]*"
    rf"[a-z0-9][a-z0-9_\-]{{4,19}}{COUNTED}|QQ[ ]?[0-9]{{5,11}}{COUNTED})",
    re.IGNORECASE,
)
IN_NUMBERS = re.compile(r"[\dA-Za-z０-９Ａ-Ｚａ-ｚ]")  # what most texts do not have, so that they are not searched
SHORTEST = 7  # characters of a word and what it labels
LABEL = re.compile(r"(?:填表|制表|审核|审批|复核|负责|经办|联系|统计|报送|填报)(?:人员|人)|电话|手机|姓名|签字|签名")
NOT_A_NAME = re.compile(
    r"公司|集团|厂|店|会|社|局|厅|委|办|处|院|校|学|所|站|中心|基金|协|联|行|部|团|企|组织|单位|政府|州|市|县|区|乡|镇|村|寺|商|药|业"
)


def kind_of_number(text: str) -> str | None:
    """'身份证号', '手机号', '银行卡号', or what a word before it says it is, when one stands in the text."""
    if len(text) < SHORTEST or (len(text) < 11 and not IN_NUMBERS.search(text)):
        return None
    text = plain(text)
    if len(text) >= 11 and (kind := next((kind for _, _, kind in _numbers(text)), None)):
        return kind
    labelled = LABELLED.search(text) if IN_NUMBERS.search(text) else None
    return labelled.lastgroup if labelled else None


def masked(text: str) -> str:
    """The text with every number of a person, and every name after 填表人 and the like, replaced by a word."""
    text = visible(text)
    if len(text) < 4:
        return text
    plain_text = plain(text)
    spots = list(_numbers(plain_text)) if len(plain_text) >= 11 else []
    signed = SIGNED.search(plain_text) or TELEPHONE.search(plain_text) or LABELLED.search(plain_text)
    if not spots and not signed:
        return text
    for start, end, kind in reversed(spots):
        plain_text = f"{plain_text[:start]}〔{kind}已隐去〕{plain_text[end:]}"
    plain_text = TELEPHONE.sub(r"\1〔已隐去〕", SIGNED.sub(r"\1〔已隐去〕", plain_text))
    return LABELLED.sub(lambda labelled: f"〔{labelled.lastgroup}已隐去〕", plain_text)


def discreet(cells: list[str]) -> list[str]:
    """The cells of a line that is no record: what follows 填表人 or 电话, in its cell or the next, is masked."""
    masked_cells, is_secret = [], False
    for text in cells:
        masked_cells.append("〔已隐去〕" if is_secret and text.strip() else masked(text))
        if text.strip():
            is_secret = bool(LABEL.search(text)) and not re.search(r"[:：]\s*\S", text)
    return masked_cells


def is_identity(number: str) -> bool:
    """18 characters that are an identity card number: a place, a day of birth, a check digit that agrees.

    Of a day from 1930 to 1999 the check digit may be mistyped; later days stand in numbers of contracts too.
    """
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9Xx]", number):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    is_mistyped = bool(PLACE.match(number)) and 1930 <= born.year <= 1999
    return is_mistyped or (born.year >= 1880 and _check_digit(number) == number[17].upper())


def is_old_identity(number: str) -> bool:
    """15 digits that are an identity card number of before 1999: a place, a day of birth from 1930."""
    if not PLACE.match(number) or not 30 <= int(number[6:8]) <= 99:
        return False
    try:
        date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
    except ValueError:
        return False
    return True


def full_identity(number: str) -> str | None:
    """The 18 characters of an identity card number that is certainly one, of 15 digits too; None for any other text.

    Nothing may be mistyped: the place, a day that has come, the check digit.
    """
    if re.fullmatch(r"[0-9]{15}", number) and is_old_identity(number):
        number = f"{number[:6]}19{number[6:]}"
        number += _check_digit(number)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number) or not PLACE.match(number) or not is_identity(number):
        return None
    has_come = number[6:14] <= f"{settings.today():%Y%m%d}"
    return number if has_come and _check_digit(number) == number[17] else None


def _check_digit(number: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    return CHECKS[total % 11]


def is_card(number: str) -> bool:
    """The number of a bank card: its first digits, its length, its check digit (Luhn)."""
    if not CARD.fullmatch(number):
        return False
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(number))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def may_be_a_name(text: str) -> bool:
    """Two to four Chinese characters without a word that only organizations have in their name."""
    return bool(re.fullmatch(r"[一-鿿·]{2,4}(?:先生|女士|同志|老师)?", text)) and not NOT_A_NAME.search(text)


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of each number of a person, in order; what stands between its groups does not hide it."""
    text = IN_WORDS.sub(lambda run: run[0].translate(WORDS), text)
    spots = list(_in_runs(text))
    taken = {at for start, end, _ in spots for at in range(start, end)}
    spots += [(m.start(), m.end(), "手机号") for m in GROUPED.finditer(text) if taken.isdisjoint(range(*m.span()))]
    yield from sorted(spots)


def _in_runs(text: str) -> Iterator[tuple[int, int, str]]:
    for run in RUN.finditer(text):
        groups = [(run.start() + m.start(), run.start() + m.end()) for m in GROUP.finditer(run[0])]
        first = 0
        while first < len(groups):
            last = _kind_from(text, groups, first)
            if last:
                end, kind = last
                yield groups[first][0], groups[end][1], kind
                first = end + 1
            else:
                first += 1


def _kind_from(text: str, groups: list[tuple[int, int]], first: int) -> tuple[int, str] | None:
    digits = ""
    for last in range(first, len(groups)):
        digits += text[slice(*groups[last])]
        if len(digits) > 19:
            return None
        kind = _kind(digits)
        if kind and not _is_decimal(text, groups, first, last):
            return last, kind
    return None


def _kind(digits: str) -> str | None:
    if len(digits) == 18 and is_identity(digits):
        return "身份证号"
    if len(digits) in (11, 13, 15) and MOBILE.fullmatch(digits):
        return "手机号"
    if len(digits) == 15 and is_old_identity(digits):
        return "身份证号"
    return "银行卡号" if is_card(digits) else None


def _is_decimal(text: str, groups: list[tuple[int, int]], first: int, last: int) -> bool:
    """Whether these digits are a number with decimals, or a part of one: one point, and nothing else, within them."""
    (start, _), (_, end) = groups[first], groups[last]
    around = re.match(r"\.[0-9]", text[end:]) or re.search(r"[0-9]\.$", text[:start])
    within = re.fullmatch(r"[0-9]+\.[0-9]+", text[start:end])
    return bool(within) or (bool(around) and first == last)
