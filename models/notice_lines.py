"""Which line of a TOML text a value stands on. tomllib does not tell, and an error without a line helps nobody."""

import re

KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*([A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*')[ \t]*(\.?)""")
_TEXT = re.compile(
    "|".join((r'"{3}(?:\\.|[^\\])*?"{3,5}', r"'{3}.*?'{3,5}", r'"(?:\\.|[^"\\])*"', r"'[^']*'")), re.DOTALL
)
_PLAIN = re.compile(r"[^,\]}#\n]*")


def locate(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, of every table, key and list element of `text`.

    Paths name keys and list positions from 0: `("forms", 1, "items", 0, "level")`. `text` must be
    what tomllib has just accepted, with \\n or \\r\\n at the ends of lines.
    """
    return _Scanner(text).scan()


class _Scanner:
    """One pass over the text. It relies on the text being valid TOML and therefore checks nothing."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lines: dict[KeyPath, int] = {}
        self._lengths: dict[KeyPath, int] = {}  # of the [[arrays]] of tables so far
        self._counted_to = 0
        self._line = 1

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self._skip_blank() < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
        return self._lines

    def _header(self) -> KeyPath:
        is_list = self._text.startswith("[[", self._at)
        line = self._here()
        self._at += 2 if is_list else 1
        *parents, last = self._keys()
        path = (*self._resolve(parents), last)
        self._at += 2 if is_list else 1
        if is_list:
            position = self._lengths.get(path, 0)
            self._lengths[path] = position + 1
            self._lines.setdefault(path, line)
            path = (*path, position)
        self._lines[path] = line
        return path

    def _resolve(self, keys: list[str]) -> KeyPath:
        """The path of a table, where a key that names an array of tables means its latest element."""
        path: KeyPath = ()
        for key in keys:
            path = (*path, key)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _pair(self, table: KeyPath) -> None:
        line = self._here()
        path = table
        for key in self._keys():
            path = (*path, key)
            self._lines.setdefault(path, line)
        self._at += 1  # the =
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._skip_blank()
        opening = self._text[self._at]
        if opening not in "[{":
            self._skip(_TEXT if opening in "\"'" else _PLAIN)
            return
        self._at += 1
        position = 0
        while self._skip_blank() < len(self._text) and self._text[self._at] not in "]}":
            if opening == "{":
                self._pair(path)
            else:
                self._lines[(*path, position)] = self._here()
                self._value((*path, position))
            position += 1
            self._skip_blank()
            self._at += self._text.startswith(",", self._at)
        self._at += 1

    def _keys(self) -> list[str]:
        keys: list[str] = []
        more = "."
        while more and (found := _KEY.match(self._text, self._at)):
            key, more = found.groups()
            keys.append(key[1:-1] if key[0] in "\"'" else key)
            self._at = found.end()
        return keys

    def _skip_blank(self) -> int:
        return self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        if found := pattern.match(self._text, self._at):
            self._at = found.end()
        return self._at

    def _here(self) -> int:
        """The line of the current place. Places only move forward, so each newline is counted once."""
        self._line += self._text.count("\n", self._counted_to, self._at)
        self._counted_to = self._at
        return self._line
