"""查找替换 in the texts of records: every place is shown with what stands around it, and ticked ones are one step."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models import activity_list_repository
from models.activity import Activity
from models.activity_query import ActivityQuery
from models.bulk import assert_unchanged
from models.errors import UserError
from models.field_texts import TEXT_FIELDS
from models.fields import Kind, activity_field
from models.ledger import Ledger
from models.recording import Clerk, record_many

MOST_HITS = 2000  # as many as a person may look through
AROUND = 16  # characters shown either side of a place


@dataclass(frozen=True, slots=True)
class Hit:
    """One place: `activity.field[start:end]`. `before` and `after` are the text around it, shortened with …."""

    activity: Activity
    field: str
    start: int
    end: int

    @property
    def found(self) -> str:
        """The text as it stands there; its case may differ from what was looked for."""
        return getattr(self.activity, self.field)[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands in front of it."""
        text = getattr(self.activity, self.field)[: self.start]
        return _flat(text if len(text) <= AROUND else "…" + text[-AROUND:])

    @property
    def after(self) -> str:
        """What stands behind it."""
        text = getattr(self.activity, self.field)[self.end :]
        return _flat(text if len(text) <= AROUND else text[:AROUND] + "…")

    def context(self, text: str) -> str:
        """The place with `text` in it, in one line."""
        return f"{self.before}{_flat(text)}{self.after}"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought up; `more` is True when there were more places than `MOST_HITS`."""

    hits: tuple[Hit, ...]
    more: bool = False


def find(
    ledger: Ledger,
    text: str,
    fields: Sequence[str] = TEXT_FIELDS,
    query: ActivityQuery | None = None,
    go_on: Callable[[], bool] = lambda: True,
) -> Found:
    """Every place at which `text` stands in these fields of the records of a list, in its order.

    Upper and lower case count as the same. `go_on` is asked now and then whether anybody still wants to know.
    Raises UserError for an empty text and for fields that hold no text.
    """
    if not text:
        raise UserError("请先填要查找的文字。")
    if strange := [name for name in fields if name not in TEXT_FIELDS]:
        raise UserError(f"“{activity_field(strange[0]).label}”不是文字，不能查找替换。")
    pattern = re.compile(re.escape(text), re.IGNORECASE)
    hits: list[Hit] = []
    for activity in activity_list_repository.each(ledger, query or ActivityQuery()):
        for hit in _hits_in(activity, fields, pattern):
            if len(hits) == MOST_HITS:
                return Found(tuple(hits), more=True)
            hits.append(hit)
        if not go_on():
            break
    return Found(tuple(hits))


def replaced_text(hit: Hit, replacement: str) -> str:
    """What will stand in the place: in a field of one line, line breaks become spaces."""
    return replacement if activity_field(hit.field).kind is Kind.LONG_TEXT else _flat(replacement)


def apply(ledger: Ledger, hits: Sequence[Hit], text: str, replacement: str, clerk: Clerk) -> str:
    """Replace these places as one step; returns what was done, as a toast says it.

    Raises UserError, and writes nothing, when one of the records was changed since they were found.
    """
    if not hits:
        raise UserError("没有勾选要替换的地方。")
    by_record: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_record[hit.activity.uid].append(hit)
    assert_unchanged(ledger, [places[0].activity for places in by_record.values()])
    changed = [_replace_in(places, replacement) for places in by_record.values()]
    what = f"把“{_short(text)}”替换为“{_short(replacement)}”" if replacement else f"删去“{_short(text)}”"
    record_many(ledger, changed, clerk, f"{what}，{len(changed)} 条活动")
    return f"已在 {len(changed)} 条活动里{what}，共 {len(hits)} 处"


def _hits_in(activity: Activity, fields: Sequence[str], pattern: re.Pattern[str]) -> Iterator[Hit]:
    for name in fields:
        for match in pattern.finditer(getattr(activity, name)):
            yield Hit(activity, name, match.start(), match.end())


def _replace_in(places: Sequence[Hit], replacement: str) -> Activity:
    """The record with its places replaced from the last to the first, so that the positions stay true."""
    texts: dict[str, str] = {}
    for hit in sorted(places, key=lambda hit: hit.start, reverse=True):
        text: str = texts.get(hit.field) or getattr(hit.activity, hit.field)
        texts[hit.field] = text[: hit.start] + replaced_text(hit, replacement) + text[hit.end :]
    return places[0].activity.with_values(**texts)


def _flat(text: str) -> str:
    return "".join(" " if unicodedata.category(character).startswith("C") else character for character in text)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 10 else plain[:10] + "…"
