"""One normal form of text for names, codes and searches: text that looks the same becomes the same."""

import re
import unicodedata

# Characters that are not seen: without width, for the direction of text, for a variant of the character before.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0001-\U000e01ef]"
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\ufe58\ufe63\uff0d"), "-")
COMPATIBLE = re.compile("[\u2f00-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")  # radicals of Kangxi, doubled ideographs
OTHER_DIGIT = re.compile(r"(?![0-9])\d")  # Arabic, Tibetan and other digits
# Radicals that Unicode does not decompose, as PDF files give them: EquivalentUnifiedIdeograph.txt, Unicode 14.
RADICALS = str.maketrans(
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵"
    "⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩"
    "⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫"
    "羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄"
    "黾斉齐歯齿竜龙龜亀龟",
)


def plain(text: str) -> str:
    """The text for comparison: half-width, ideographs for radicals, nothing invisible, one kind of dash and digit."""
    if text.isascii():
        return text
    bare = INVISIBLE.sub("", text).translate(RADICALS).translate(DASHES)
    text = unicodedata.normalize("NFKC", bare).translate(DASHES)
    return OTHER_DIGIT.sub(lambda sign: str(unicodedata.decimal(sign[0])), text)


def kept(text: str) -> str:
    """The text as it is stored and searched: ideographs for radicals, nothing invisible; full width stays."""
    if text.isascii():
        return text
    bare = INVISIBLE.sub("", text).translate(RADICALS)
    return COMPATIBLE.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), bare)


def visible(text: str) -> str:
    """The text without invisible characters and without control characters, which a terminal would obey."""
    return CONTROL.sub("", INVISIBLE.sub("", text))
