"""Names of people in pinyin, as people type them to find somebody.

The readings come from pypinyin; it knows no surnames (it reads 单 as dan, 曾 as ceng), so those
that are read otherwise stand here. The keys are made when a name is saved, not when it is sought.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import Final

MOST_KEYS: Final = 8
"""A name has at most so many readings; the likeliest come first."""


@dataclass(frozen=True)
class NameKeys:
    """How a name is found and where it stands in a list."""

    full: tuple[str, ...]
    """Readings without spaces, the likeliest first: ``("shanwei", "danwei")``; ü is v."""
    initials: tuple[str, ...]
    """Initial letters of the same readings, each once: ``("sw", "dw")``."""
    sort: str
    """The likeliest reading by syllables, then the name itself: ``"shan wei 单伟"``."""


_SURNAMES: Final[dict[str, tuple[str, ...]]] = {
    surname: tuple(readings.split(" / "))
    for surname, readings in {
        # two characters
        "欧阳": "ou yang",
        "太史": "tai shi",
        "端木": "duan mu",
        "上官": "shang guan",
        "司马": "si ma",
        "司徒": "si tu",
        "司空": "si kong",
        "东方": "dong fang",
        "独孤": "du gu",
        "南宫": "nan gong",
        "万俟": "mo qi / wan si",
        "闻人": "wen ren",
        "夏侯": "xia hou",
        "诸葛": "zhu ge",
        "尉迟": "yu chi / wei chi",
        "公羊": "gong yang",
        "公孙": "gong sun",
        "赫连": "he lian",
        "澹台": "tan tai / dan tai",
        "皇甫": "huang fu",
        "宗政": "zong zheng",
        "濮阳": "pu yang",
        "淳于": "chun yu",
        "单于": "chan yu / dan yu",
        "申屠": "shen tu",
        "钟离": "zhong li",
        "长孙": "zhang sun / chang sun",
        "慕容": "mu rong",
        "鲜于": "xian yu",
        "闾丘": "lv qiu",
        "亓官": "qi guan",
        "令狐": "ling hu",
        "宇文": "yu wen",
        "呼延": "hu yan",
        "轩辕": "xuan yuan",
        "拓跋": "tuo ba",
        "乐正": "yue zheng / le zheng",
        # one character, read otherwise than pypinyin's first reading, or in two ways
        "单": "shan / dan",
        "曾": "zeng / ceng",
        "解": "xie / jie",
        "仇": "qiu / chou",
        "查": "zha / cha",
        "翟": "zhai / di",
        "尉": "wei / yu",
        "区": "ou / qu",
        "朴": "piao / pu",
        "盖": "ge / gai",
        "乐": "yue / le",
        "缪": "miao / mou",
        "覃": "qin / tan",
        "员": "yun / yuan",
        "贠": "yun / yuan",
        "冼": "xian",
        "洗": "xian / xi",
        "任": "ren",
        "宁": "ning",
        "葛": "ge",
        "秘": "bi / mi",
        "种": "chong / zhong",
        "重": "chong / zhong",
        "逄": "pang",
        "乜": "nie / mie",
        "折": "she / zhe",
        "召": "shao / zhao",
        "应": "ying",
        "华": "hua",
        "纪": "ji",
        "燕": "yan",
        "哈": "ha",
        "那": "na",
        "过": "guo",
        "要": "yao",
        "晁": "chao",
        "郗": "xi / chi",
        "郇": "xun / huan",
        "隗": "wei / kui",
        "牟": "mu / mou",
        "盛": "sheng",
        "石": "shi",
        "车": "che / ju",
        "谌": "chen / shen",
        "贲": "ben / bi",
        "卜": "bu",
        "藏": "zang / cang",
        "臧": "zang",
        "句": "gou / ju",
        "祭": "zhai / ji",
        "柏": "bai / bo",
        "薄": "bo / bao",
        "都": "du / dou",
        "曲": "qu",
        "万": "wan",
        "叶": "ye",
        "相": "xiang",
        "能": "nai / neng",
        "阚": "kan",
        "繁": "po / fan",
        "降": "jiang / xiang",
        "莘": "shen / xin",
        "费": "fei / bi",
        "角": "jue / jiao",
        "行": "xing / hang",
        "俞": "yu",
        "余": "yu",
        "沈": "shen",
        "阮": "ruan",
        "贾": "jia",
        "强": "qiang / jiang",
        "长": "chang / zhang",
        "幺": "yao",
        "宓": "mi / fu",
        "曹": "cao",
        "隽": "juan / jun",
        "适": "kuo / shi",
        "合": "he / ge",
        "伯": "bo",
        "黑": "he / hei",
    }.items()
}

_GIVEN: Final[dict[str, tuple[str, ...]]] = {
    "长": ("chang", "zhang"),
    "朝": ("zhao", "chao"),
    "曾": ("zeng", "ceng"),
    "茜": ("qian", "xi"),
    "莘": ("xin", "shen"),
    "行": ("xing", "hang"),
    "重": ("chong", "zhong"),
    "乐": ("le", "yue"),
    "单": ("dan", "shan"),
    "朴": ("pu",),
    "娜": ("na", "nuo"),
    "晟": ("sheng", "cheng"),
}
"""Characters of given names whose likeliest reading is not pypinyin's first."""

_SETTLED: Final = frozenset(
    "王吴朱冯于董邓许彭蔡丁潘杜夏汪方姚陆郝白汤尹殷施陶倪温芦焦邢路齐莫庄祝涂谷祁舒詹童甄游裴屈"
    "霍隋甘景包司冉房英洋明超平红浩波莉洁立青淑喜信大有才家和俊月若思传承达兴中少海好石万叶华强提艾"
)
"""Frequent characters whose other readings live only in old books: the first one is enough."""


_SIGN: Final = re.compile(r"[A-Za-z]+|[^\W\d_]")
"""What is read by itself: a Chinese character, or a word in Latin letters."""


def name_keys(name: str) -> NameKeys:
    """Return the keys of ``name``; spaces and dots in it do not count."""
    signs = _SIGN.findall(unicodedata.normalize("NFC", name))
    if not signs:
        return NameKeys((), (), name)
    compound = len(signs) > 2 and "".join(signs[:2]) in _SURNAMES
    surname, given = "".join(signs[: 1 + compound]), signs[1 + compound :]
    choices = [_SURNAMES.get(surname) or _readings(surname)]
    choices += [_GIVEN.get(sign) or _readings(sign) for sign in given]
    spoken = [" ".join(parts) for parts in islice(_likeliest_first(choices), MOST_KEYS)]
    full = dict.fromkeys(reading.replace(" ", "") for reading in spoken)
    initials = dict.fromkeys("".join(part[0] for part in reading.split()) for reading in spoken)
    return NameKeys(tuple(full), tuple(initials), f"{spoken[0]} {name}")


@functools.cache
def _readings(sign: str) -> tuple[str, ...]:
    """Return the readings of one sign, the most frequent first; itself when it has none."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - heavy, on first use

    found = pinyin(sign, style=Style.NORMAL, heteronym=True)[0]
    readings = tuple(dict.fromkeys(reading.lower() for reading in found))
    return readings[:1] if sign in _SETTLED else readings


def _likeliest_first(choices: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield one reading for each place: the first of all, then one place changed, then two."""
    open_places = [place for place, readings in enumerate(choices) if len(readings) > 1]
    for changes in range(len(open_places) + 1):
        for places in combinations(open_places, changes):
            for others in product(*(choices[place][1:] for place in places)):
                picked = [readings[0] for readings in choices]
                for place, other in zip(places, others, strict=True):
                    picked[place] = other
                yield tuple(picked)
