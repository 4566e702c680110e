"""Finding records by any piece of their text, or by the pinyin initials of their title.

Text is normalised (full width to half, case, punctuation and spaces dropped, so that — and —— and
no dash at all find the same) and cut into overlapping pairs of characters: 座谈会 → 座谈 谈会. A query
of two or more characters is then one FTS5 phrase over exact pairs, which stays fast however common
the single characters are; one character is looked up in a column of its own. The full-text row id is
the record's `sort_id` (day, then order of entry), so hits come out newest first without sorting.
"""

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

GAP = "¶"  # stands between fields, so that no phrase reaches over the end of one into the next


def normalise(text: str) -> str:
    """Only what counts for finding: letters, digits, ideographs and symbols, in one width and case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        character
        for character in folded
        if (character > "\x7f" and unicodedata.category(character)[0] in "LNMS") or character.isalnum()
    )


def pairs(text: str) -> list[str]:
    """Overlapping pairs of the characters of an already normalised text; a lone character is itself."""
    if len(text) < 2:
        return [text] if text else []
    return [first + second for first, second in zip(text, text[1:], strict=False)]


def index_columns(texts: Iterable[str], title: str) -> tuple[str, str, str]:
    """What the full-text table stores for a record: pairs of all texts, single letters, title initials."""
    from models.pinyin import initials

    cleaned = [normalise(text) for text in texts if text]
    body = f" {GAP} ".join(" ".join(pairs(text)) for text in cleaned)
    letters = " ".join(sorted(set("".join(cleaned))))
    return body, letters, " ".join(pairs(initials(title)))


def match_expression(query: str) -> str:
    """The FTS5 expression for what was typed, empty when nothing in it can be searched for.

    Words separated by spaces must all occur. A word of ASCII letters only may also be the pinyin
    initials of a stretch of the title (dskt → 大思课堂).
    """
    return " AND ".join(_word_expression(word) for word in query.split() if normalise(word))


def _word_expression(word: str) -> str:
    text = normalise(word)
    if len(text) == 1:
        return f'letters:"{text}"'
    phrase = " ".join(pairs(text))
    if text.isascii() and text.isalpha():
        return f'(body:"{phrase}" OR initials:"{phrase}")'
    return f'body:"{phrase}"'


def write_search_row(connection: "sqlite3.Connection", sort_id: int, columns: tuple[str, str, str]) -> None:
    """Store what a record is found by. Called inside the transaction that saves the record."""
    connection.execute(
        "INSERT INTO activity_search(rowid, body, letters, initials) VALUES (?, ?, ?, ?)", (sort_id, *columns)
    )


def delete_search_row(connection: "sqlite3.Connection", sort_id: int) -> None:
    """Make a record impossible to find: it moved to another day, to 回收站, or its text changed."""
    connection.execute("DELETE FROM activity_search WHERE rowid = ?", (sort_id,))
