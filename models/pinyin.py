"""Pinyin for searching by initials (dskt → 大思课堂) and for sorting Chinese as a dictionary does.

pypinyin with its phrase dictionary costs 280 ms and 58 MB; without it, 55 ms and 13 MB. Only the latter is
loaded, on first use, and each character is asked for once. Of the readings that phrases would have told apart,
the ones that occur in union work are listed below: few words, checked against the full dictionary by a test.
"""

import os
import re
import unicodedata
from collections.abc import Callable
from functools import cache

# Words in which a character is not read as it is alone, and a character that always sounds like it there.
_RESPELLED = (
    ("长", "常", "长征 长期 长效 长城 长江 长跑 长安 长沙 长春 长葛 长垣 长短 长度 长远 长廊 长卷 长篇 长绳 长假"),
    ("长", "常", "延长 特长 专长 擅长"),
    ("重", "虫", "重温 重阳 重走 重新 重复 重建 重启 重塑 重现 重返 重逢 重组 重庆 双重 多重 二重唱 重唱"),
    ("行", "航", "行业 各行各业 行行 行列 行家 银行 排行榜 太行"),
    ("调", "条", "协调 调解 调整 调节 调试 调休 调控 调配 调适 烹调 空调"),
    ("乐", "月", "音乐 乐器 乐队 乐团 乐曲 乐章 器乐 声乐 民乐 鼓乐 管乐 弦乐 交响乐"),
    ("校", "叫", "校验 校对 校准 校正"),
    ("给", "己", "供给 补给 给水 给予 给养"),
    ("率", "帅", "表率 率先 率领 率队"),
    ("弹", "谈", "弹奏 弹琴 弹唱 弹性 弹簧"),
    ("朝", "招", "朝阳 朝气 朝霞"),
    ("轧", "闸", "轧钢 轧机 轧制 轧辊"),
    ("传", "撰", "传记 自传 工匠人物传"),
    ("降", "祥", "受降 投降"),
    ("刨", "抱", "刨床"),
    ("卡", "洽", "关卡 卡壳 卡脖子"),
    ("曝", "抱", "曝光"),
    ("巷", "航", "巷道"),
    ("伽", "家", "瑜伽"),
    ("会", "快", "会计"),
    ("吁", "玉", "呼吁"),
    ("藏", "葬", "西藏 宝藏"),
    ("厦", "夏", "厦门"),
)  # fmt: skip

# Words whose end would otherwise look like the start of one above: 隆重启动, 学校对口, 工会计划, 进行业务.
_AS_THEY_ARE = (
    "[进举执推实运发践]行 [隆注尊着侧起载严]重 [学高院职技党夜]校 [工大协员晚动班年]会 [娱快欢康]乐 "
    "[成班组厂校部会局处科增家工段队院站链]长 [强曲基]调 [送发献交留带]给 效率"
)


def initials(text: str) -> str:
    """The first letters of the syllables, lower case: “工人大思政课”（第3期） → grdszkd3q.

    Latin letters and digits stay (full width becomes half width), spaces and punctuation go. Characters
    that pypinyin has no reading for stay as they are, so that they can still be found.
    """
    return _plain(text).translate(_table(_initial))


def sort_key(text: str) -> str:
    """ASCII text that sorts as a Chinese dictionary does: by syllable, then by tone, character by character.

    Latin words sort among the syllables, numbers by value (第2期 before 第10期), characters without a reading
    last. Meant to be stored beside the text and compared as bytes.
    """
    spaced = re.sub(r"[a-z]+|[0-9]+", lambda match: match[0].zfill(8 if match[0].isdigit() else 0) + " ", _plain(text))
    return spaced.translate(_table(_syllable)).rstrip()


def _plain(text: str) -> str:
    """One width, one case, every character with the reading it has in its word."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    pattern, respelled = _words()
    return pattern.sub(lambda match: respelled.get(match[0], match[0]), folded)


def _initial(character: str) -> str:
    if not character.isalnum():
        return ""
    return (_reading(character) or character)[0]


def _syllable(character: str) -> str:
    """A word of its own for an ideograph: `zhi2 `. The space sorts before letters, so 西安 before 先."""
    if character.isascii():
        return character if character.isalnum() or character == " " else ""
    if not character.isalnum():
        return ""
    return f"{_reading(character) or f'~{ord(character):06x}'} "


def _reading(character: str) -> str:
    """`zhi2`; empty if there is none. Latin letters are themselves, so this is for ideographs only."""
    found = _library()(character)
    # a few interjections have readings such as ê̄ or ḿ: only their letters and the tone count
    return "".join(part for part in unicodedata.normalize("NFD", found) if part.isascii())


class _Table(dict[int, str]):
    """A translation table that fills itself: a text whose characters were all seen costs microseconds."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        super().__init__()
        self._translate = translate

    def __missing__(self, code: int) -> str:
        self[code] = result = self._translate(chr(code))
        return result


@cache
def _table(translate: Callable[[str], str]) -> _Table:
    return _Table(translate)


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    respelled = {
        word: word.replace(character, homophone) for character, homophone, words in _RESPELLED for word in words.split()
    }
    longest_first = sorted(respelled, key=len, reverse=True)
    return re.compile("|".join([*_AS_THEY_ARE.split(), *longest_first])), respelled


@cache
def _library() -> Callable[[str], str]:
    # pypinyin's documented switches, read only while it is imported: no phrases, no second copy of the characters
    switches = {"PYPINYIN_NO_PHRASES": "true", "PYPINYIN_NO_DICT_COPY": "true"}
    os.environ.update(switches)
    try:
        from pypinyin import Style, lazy_pinyin
    finally:
        for name in switches:
            del os.environ[name]

    def reading(character: str) -> str:
        return "".join(lazy_pinyin(character, style=Style.TONE3, errors="ignore", neutral_tone_with_five=True))

    return reading
