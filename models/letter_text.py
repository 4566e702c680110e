"""What every letter with forms says in the same words: the figures of 表2, who writes, and nothing but one line."""

from datetime import date

from models.dates import format_date
from models.report import Report
from models.unit import Unit

_NAME = "活动名称"  # of a form with a line for each activity; others have these sums too
_SESSIONS, _OFFLINE, _ONLINE = "场次", "线下人次", "线上人次"


def totals_sentence(report: Report) -> str:
    """The activities of a form in one sentence, read from its own total line; empty for another form."""
    for table in report.tables:
        if table.total is None:
            continue
        sums = {column.title: cell.value for column, cell in zip(table.columns, table.total.cells, strict=True)}
        if {_NAME, _SESSIONS, _OFFLINE, _ONLINE} <= sums.keys():
            sessions, offline, online = (_number(sums[title]) for title in (_SESSIONS, _OFFLINE, _ONLINE))
            return (
                f"本期共有活动{len(table.rows)}项，主办和联合主办{sessions}场，"
                f"参加{offline + online}人次，其中线下{offline}人次、线上{online}人次。"
            )
    return ""


def closing(unit: Unit, day: date | None) -> str:
    """The end of a letter: the unit, whom to ask, the day. What the unit card does not say is left out."""
    lines = (
        one_line(unit.name),
        f"联系人：{one_line(unit.contact)}" if unit.contact.strip() else "",
        f"联系电话：{one_line(unit.phone)}" if unit.phone.strip() else "",
        format_date(day) if day else "",
    )
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """Without line breaks and other control characters: a header field must not become two."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
