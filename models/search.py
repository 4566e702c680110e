"""Finding records by any piece of their text, or by the pinyin initials of their title.

Text is normalised (full width to half, case, punctuation and spaces dropped, so that — and —— and
no dash at all find the same) and cut into overlapping pairs of characters: 座谈会 → 座谈 谈会 会. A query
of two or more characters is then one FTS5 phrase over exact pairs, which stays fast however common
the single characters are; one character is the beginning of a pair. The full-text row id is the
record's `sort_id` (day, then order of entry), so hits come out newest first without sorting.

The full-text table keeps no copy of the text (it would double what a save has to write): a record is
taken out of it by the same words it was put in with, read from its row while that still says so.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING

from models.activity_row import SEARCHED_FIELDS

if TYPE_CHECKING:
    import sqlite3

SearchRow = tuple[int, str]  # a record's sort id, and its `index_text`

_SEARCHED = ", ".join(SEARCHED_FIELDS)
_NO_WORD = re.compile(r"[\W_]+")


def normalise(text: str) -> str:
    """Only what counts for finding: letters, digits, ideographs and symbols, in one width and case."""
    words = _words(text)
    folded = unicodedata.normalize("NFKC", words).casefold()
    return words if folded == words else _words(folded)


def _words(text: str) -> str:
    return _NO_WORD.sub(lambda match: _symbols(match[0]), text)


@lru_cache(512)
def _symbols(between_words: str) -> str:
    """What stays of it: accents and symbols outside ASCII; punctuation and spaces go."""
    return "".join(
        character for character in between_words if character > "\x7f" and unicodedata.category(character)[0] in "LNMS"
    )


def pairs(text: str) -> list[str]:
    """Overlapping pairs of the characters of an already normalised text, and the last one by itself.

    So every character begins a token, and no pair reaches over the end of one text into the next.
    """
    return [*map(add, text, text[1:]), text[-1]] if text else []


def index_text(texts: Iterable[str], title_key: str) -> str:
    """What the full-text table is given for a record: the pairs of all its texts and of its title's initials.

    `title_key` is the title as `models.pinyin.sort_key` spells it.
    """
    tokens: list[str] = []
    for text in texts:
        if text:
            tokens += pairs(normalise(text))
    return " ".join(tokens + pairs(_initials(title_key)))


def _initials(title_key: str) -> str:
    """First letters of the syllables of a sort key; Latin words and numbers whole (第3期 → d3q)."""
    return "".join(_initial(word) for word in title_key.split())


def _initial(word: str) -> str:
    if word.startswith("~"):  # a character without a reading
        try:
            return chr(int(word[1:], 16))
        except (ValueError, OverflowError):  # written by another program
            return word
    if word[0].isdigit():
        return word.lstrip("0") or "0"
    return word[0] if word[-1].isdigit() else word


def match_expression(query: str) -> str:
    """The FTS5 expression for what was typed, empty when nothing in it can be searched for.

    Words separated by spaces must all occur. A word of letters may also be the pinyin initials of a
    stretch of the title (dskt → 大思课堂).
    """
    return " AND ".join(_word_expression(text) for word in query.split() if (text := normalise(word)))


def _word_expression(text: str) -> str:
    if len(text) == 1:
        return f'"{text}" *'
    return f'"{" ".join(pairs(text)[:-1])}"'


def write_search_rows(connection: "sqlite3.Connection", rows: Iterable[SearchRow]) -> None:
    """Make records findable. Part of the transaction that saves them."""
    connection.executemany("INSERT INTO activity_search(rowid, body) VALUES (?, ?)", rows)


def write_search_row_again(connection: "sqlite3.Connection", sort_id: int) -> None:
    """Make a record that was taken out findable as its row says now; one in 回收站 stays out."""
    write_search_rows(connection, [(sort_id, text) for text in text_of_row(connection, sort_id)])


def delete_search_row(connection: "sqlite3.Connection", sort_id: int) -> None:
    """Make a record impossible to find, before its row changes: another day, other words, 回收站."""
    delete_search_text(connection, sort_id, text_of_row(connection, sort_id))


def delete_search_text(connection: "sqlite3.Connection", sort_id: int, text: list[str]) -> None:
    """The same once the row has changed; `text` is what `text_of_row` said before."""
    connection.executemany(
        "INSERT INTO activity_search(activity_search, rowid, body) VALUES ('delete', ?, ?)",
        [(sort_id, each) for each in text],
    )


def text_of_row(connection: "sqlite3.Connection", sort_id: int) -> list[str]:
    """What stands in the index for a record, according to its row; nothing if it lies in 回收站 or is not there."""
    rows = connection.execute(
        f"SELECT title_key, {_SEARCHED} FROM activity WHERE sort_id = ? AND deleted_at IS NULL", (sort_id,)
    )
    return [index_text(texts, title_key or "") for title_key, *texts in rows.fetchall()]
