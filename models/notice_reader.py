"""Typed reading of a notice pack. Whatever is wrong becomes one sentence with file, line, key and what is expected."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import cast

from models.errors import UserError
from models.notice_lines import KeyPath
from models.notice_source import UNPRINTABLE, NoticeText, harmless, show

MAX_LIST = 500  # elements
MAX_TEXT = 1_000  # characters
MAY_HAVE_LINES = ("text",)  # keys whose text may run over several lines: the clauses

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,4}")


class Table:
    """One table of the pack. Every key is asked for by the type it must have; `finish` refuses the rest."""

    def __init__(self, source: NoticeText, path: KeyPath, data: dict[str, object]) -> None:
        self.source = source
        self.path = path
        self._data = data
        self._asked: list[str] = []

    def has(self, key: str) -> bool:
        """Whether an optional key is there."""
        return key in self._data

    def pairs(self) -> Iterator[tuple[str, str]]:
        """A table whose keys are the author's own: each key with its text."""
        for key in self._data:
            self._checked_text((*self.path, key), key, False)
            yield key, self.text(key)

    def text(self, key: str, *, default: str | None = None) -> str:
        """A text without blanks around it; it may be empty or absent only if there is a `default`."""
        value = self._value(key)
        if value is None and default is not None:
            return default
        return self._checked_text((*self.path, key), self._present(key, value, "一段文字"), default is not None)

    def code(self, key: str = "code", *, taken: dict[str, KeyPath] | None = None) -> str:
        """An ASCII code without blanks: it is stored in records. With `taken`, a code used before is refused."""
        code = self._checked_code((*self.path, key), self._present(key, self._value(key), "一个代码"))
        if taken is not None:
            if code in taken:
                raise self.fault(key, f"‘{code}’重复了，{show(taken[code])} 已经用了这个代码。")
            taken[code] = self.path
        return code

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """One of a few fixed words."""
        value = self._present(key, self._value(key), "、".join(allowed) + "之一")
        if value not in allowed:
            raise self.fault(key, f"只能是 {'、'.join(allowed)}，现在是{_shown(value)}。")
        return cast(str, value)

    def number(self, key: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self._present(key, self._value(key), "一个整数")
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.fault(key, f"应是 {low} 到 {high} 的整数，不加引号，现在是{_shown(value)}。")
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """true or false."""
        value = self._value(key)
        if value is None and default is not None:
            return default
        if not isinstance(value := self._present(key, value, "true 或 false"), bool):
            raise self.fault(key, f"只能是 true 或 false，不加引号，现在是{_shown(value)}。")
        return value

    def day(self, key: str) -> date | None:
        """A date, or None if the key is absent."""
        value = self._value(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.fault(key, f"应是日期，写成 2025-12-31 的样子，不加引号，现在是{_shown(value)}。")
        return value

    def email(self, key: str) -> str:
        """An e-mail address in lower case."""
        value = self.text(key)
        if not EMAIL.fullmatch(value):
            raise self.fault(key, f"应是一个邮箱地址，如 xjb@126.com，现在是{_shown(value)}。")
        return value.lower()

    def texts(self, key: str, *, at_most: int = MAX_LIST) -> tuple[str, ...]:
        """A list of texts, possibly empty."""
        found = self._list(key, "一组文字", at_most)
        return tuple(self._checked_text(path, value, False) for path, value in found)

    def codes(self, key: str) -> tuple[str, ...]:
        """A list of codes, possibly empty."""
        return tuple(self._checked_code(path, value) for path, value in self._list(key, "一组代码", MAX_LIST))

    def table(self, key: str) -> "Table":
        """The table [key]."""
        value = self._present(key, self._value(key), f"一段 [{key}]")
        if not isinstance(value, dict):
            raise self.fault(key, f"应是一段 [{key}]，现在是{_shown(value)}。")
        return Table(self.source, (*self.path, key), cast(dict[str, object], value))

    def tables(self, key: str, *, at_least: int = 0, optional: bool = False) -> Iterator["Table"]:
        """The tables [[key]], or the {…} of a list, in order. With `optional`, none when the key is absent."""
        if optional and not self.has(key):
            self._asked.append(key)
            return
        found = self._list(key, f"一组 {{ … }} 或几段 [[{key}]]", MAX_LIST)
        if len(found) < at_least:
            raise self.fault(key, f"至少要有 {at_least} 项。")
        for path, value in found:
            if not isinstance(value, dict):
                raise self.source.fault(path, f"应是 {{ … }}，现在是{_shown(value)}。")
            yield Table(self.source, path, cast(dict[str, object], value))

    def finish(self) -> None:
        """Refuse keys that nobody asked for: a misspelt key must not pass unnoticed."""
        for key in self._data:
            if key not in self._asked:
                from difflib import get_close_matches  # costs the start two milliseconds and is hardly ever needed

                near = get_close_matches(key, self._asked, 1)
                advice = f"请改成 {near[0]} 或删去" if near else f"这里可以写 {'、'.join(self._asked)}"
                raise self.fault(key, f"不是通知包里的项，{advice}。")

    def fault(self, key: str, sentence: str) -> UserError:
        """The error for one key of this table."""
        return self.source.fault((*self.path, key), sentence)

    def _value(self, key: str) -> object:
        self._asked.append(key)
        return self._data.get(key)

    def _present(self, key: str, value: object, expected: str) -> object:
        if value is None:
            raise self.source.fault(self.path, f"缺少 {key}，应是{expected}。")
        return value

    def _list(self, key: str, expected: str, at_most: int) -> list[tuple[KeyPath, object]]:
        value = self._present(key, self._value(key), expected)
        if not isinstance(value, list):
            raise self.fault(key, f"应是{expected}，现在是{_shown(value)}。")
        found = cast(list[object], value)
        if len(found) > at_most:
            raise self.fault(key, f"最多 {at_most} 项，现在有 {len(found)} 项。")
        return [((*self.path, key, position), element) for position, element in enumerate(found)]

    def _checked_text(self, path: KeyPath, value: object, may_be_empty: bool) -> str:
        if not isinstance(value, str):
            raise self.source.fault(path, f"应是一段文字，用英文双引号括起来，现在是{_shown(value)}。")
        if not value and not may_be_empty:
            raise self.source.fault(path, "是空的，应是一段文字。")
        if len(value) > MAX_TEXT:
            raise self.source.fault(path, f"有 {len(value)} 个字，最多 {MAX_TEXT} 个字。")
        if value != value.strip():
            raise self.source.fault(path, "前后有空格或换行，请删去。")
        if "\n" in value and path[-1] not in MAY_HAVE_LINES:
            raise self.source.fault(path, "要写在一行里，不能换行。")
        if found := UNPRINTABLE.search(value):
            raise self.source.fault(path, f"夹着看不见的控制字符（U+{ord(found.group()):04X}），请删去。")
        return value

    def _checked_code(self, path: KeyPath, value: object) -> str:
        if not isinstance(value, str) or not CODE.fullmatch(value):
            said = "应是代码：英文字母、数字和 _ - .，不能有空格和汉字，用英文双引号括起来，最多 40 个字"
            raise self.source.fault(path, f"{said}，现在是{_shown(value)}。")
        return value


def _shown(value: object) -> str:
    """A wrong value in quotes, cut short; for tables and lists just what they are."""
    if isinstance(value, dict):
        return "一张表"
    if isinstance(value, list):
        return "一个列表"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"‘{harmless(text)}’"
