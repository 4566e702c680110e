"""Which activities a page shows, and in which order – as a value that can be compared and remembered."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.activity_row import sort_id_range
from models.search import match_expression

Condition = tuple[str, tuple[object, ...]]  # SQL and what is bound to it

DATE = "date"
# What the grid can be sorted by → the indexed column behind it (besides the day itself).
SORT_COLUMNS = {
    "title": "title_key",
    "form": "form",
    "focus": "focus",
    "people_offline": "people_offline",
    "people_online": "people_online",
    "stage": "stage",
}


@dataclass(frozen=True, slots=True)
class ActivityQuery:
    """Filters (all of them must hold) and the order. `start`/`end` bound the first day, both included.

    `text` is what was typed into the search box; `focus` asks for one of a record's focuses;
    `stages` is empty for any; `without_people` asks for done activities without any 人次.
    """

    text: str = ""
    start: date | None = None
    end: date | None = None
    form: str = ""
    focus: str = ""
    stages: tuple[str, ...] = ()
    without_people: bool = False
    sort: str = DATE
    descending: bool = True

    @property
    def filtered(self) -> bool:
        """Whether anything but the period narrows the list (then an empty list offers 清除筛选)."""
        return bool(self.text.strip() or self.form or self.focus or self.stages or self.without_people)


@dataclass(frozen=True, slots=True)
class Clauses:
    """The pieces of SQL a query becomes. `source` yields (sort_id) rows of table alias `a`, or of the search."""

    source: str
    where: str
    order: str
    parameters: tuple[Any, ...]
    key: str


def clauses(query: ActivityQuery) -> Clauses:
    """Translate a query. Values are always bound, never written into the text."""
    conditions, parameters = _row_conditions(query)
    direction = "DESC" if query.descending else "ASC"
    expression = match_expression(query.text)
    if not expression and query.text.strip():
        conditions.append("0")  # something was typed that no text can contain: nothing is found
    if expression and query.sort == DATE:
        return _search_clauses(query, expression, conditions, parameters, direction)
    if expression:
        # the plus keeps SQLite walking the list in its order, instead of looking up and sorting all that was found
        conditions.append("+a.sort_id IN (SELECT rowid FROM activity_search WHERE activity_search MATCH ?)")
        parameters.append(expression)
    if query.start and query.end:
        conditions.append("a.sort_id BETWEEN ? AND ?")
        parameters += sort_id_range(query.start, query.end)
    order = f"a.sort_id {direction}"
    if query.sort != DATE:
        order = f"a.{SORT_COLUMNS[query.sort]} {direction}, {order}"
    return Clauses(
        "activity a", " AND ".join(["a.deleted_at IS NULL", *conditions]), order, tuple(parameters), "a.sort_id"
    )


def stands_before(query: ActivityQuery, key: str, value: object, sort_id: int) -> list[Condition]:
    """Which records of a list stand before the one with this value in the column it is sorted by (none: by day).

    The conditions exclude each other and each is one stretch of the column's index. NULL sorts below every value,
    as SQLite has it. `key` is that of the query's clauses.
    """
    sign = ">" if query.descending else "<"
    if query.sort == DATE:
        return [(f"{key} {sign} ?", (sort_id,))]
    column = f"a.{SORT_COLUMNS[query.sort]}"
    if value is None:
        rest = [(f"{column} IS NOT NULL", ())] if query.descending else []
        return [(f"{column} IS NULL AND a.sort_id {sign} ?", (sort_id,)), *rest]
    rest = [] if query.descending else [(f"{column} IS NULL", ())]
    return [(f"({column}, a.sort_id) {sign} (?, ?)", (value, sort_id)), *rest]


def _row_conditions(query: ActivityQuery) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    parameters: list[Any] = []
    if query.form:
        conditions.append("a.form = ?")
        parameters.append(query.form)
    if query.focus:
        conditions.append("instr(' ' || a.focus || ' ', ?) > 0")
        parameters.append(f" {query.focus} ")
    if query.stages:
        conditions.append(f"a.stage IN ({', '.join('?' * len(query.stages))})")
        parameters += query.stages
    if query.without_people:
        conditions.append("a.status = 'done' AND coalesce(a.people_offline, 0) + coalesce(a.people_online, 0) = 0")
    return conditions, parameters


def _search_clauses(
    query: ActivityQuery, expression: str, conditions: list[str], parameters: list[Any], direction: str
) -> Clauses:
    """Search in date order: the full-text table yields its row ids in that order by itself."""
    where = ["activity_search MATCH ?"]
    bound: list[Any] = [expression]
    if query.start and query.end:
        where.append("activity_search.rowid BETWEEN ? AND ?")
        bound += sort_id_range(query.start, query.end)
    source = "activity_search"
    if conditions:
        source += " CROSS JOIN activity a ON a.sort_id = activity_search.rowid"
        where += conditions
        bound += parameters
    return Clauses(
        source, " AND ".join(where), f"activity_search.rowid {direction}", tuple(bound), "activity_search.rowid"
    )
