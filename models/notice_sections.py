"""The plain sections of a notice pack, one function each: a `Table` in, parts of the notice out, or a UserError."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from types import MappingProxyType

from models.activity import TYPED_FIELDS
from models.notice_options import CHOICES, Clauses, Taken
from models.notice_parts import Anniversary, Clause, Document, NoticeDay, Recipient, Thresholds
from models.notice_reader import EMAIL, Table
from models.unit import Unit

REPORTS = tuple(f"表{number}" for number in range(1, 13))

_CASE_FIELDS = ("case_title", "case_problem", "case_practice", "case_insight", "case_summary", "case_publish_ok")
_FIELDS = frozenset((*TYPED_FIELDS, *(field.name for field in fields(Unit)), *CHOICES, *_CASE_FIELDS))
DAY_KINDS = ("off", "work", "none")
_LARGEST = 1_000_000


def read_documents(pack: Table) -> tuple[Document, ...]:
    """[[documents]]: at least the notice itself."""
    taken: Taken = {}
    found: list[Document] = []
    for table in pack.tables("documents", at_least=1):
        document = Document(
            code=table.code(taken=taken),
            number=table.text("number"),
            title=table.text("title"),
            issuer=table.text("issuer"),
            dated=table.day("dated"),
            printed_on=table.day("printed_on"),
            addressed_to=table.text("addressed_to", default=""),
            copied_to=table.text("copied_to", default=""),
        )
        table.finish()
        found.append(document)
    return tuple(found)


def read_clauses(pack: Table, documents: tuple[Document, ...]) -> Clauses:
    """[[clauses]] by code, in the order of the file."""
    taken: Taken = {}
    known = {document.code for document in documents}
    found: dict[str, Clause] = {}
    for table in pack.tables("clauses"):
        clause = Clause(
            code=table.code(taken=taken),
            document=table.code("document"),
            heading=table.text("heading"),
            text=table.text("text"),
            guide=table.text("guide"),
        )
        if clause.document not in known:
            raise table.fault("document", f"‘{clause.document}’不是 documents 里的文件代码。")
        table.finish()
        found[clause.code] = clause
    return MappingProxyType(found)


def read_field_clauses(pack: Table, clauses: Clauses) -> Mapping[str, str]:
    """[field_clauses]: which clause stands beside which field."""
    table = pack.table("field_clauses")
    found = dict(table.pairs())
    for name, code in found.items():
        if name not in _FIELDS:
            raise table.fault(name, "不是程序里的字段名。字段名见 docs/notice-pack.md。")
        if code not in clauses:
            raise table.fault(name, f"指向条文‘{code}’，而 clauses 里没有这个代码。")
    return MappingProxyType(found)


def read_recipient(pack: Table, refused: Mapping[str, str]) -> Recipient:
    """[recipient]."""
    table = pack.table("recipient")
    recipient = Recipient(
        union=table.text("union"),
        department=table.text("department"),
        contact=table.text("contact"),
        phone=table.text("phone"),
        email=table.email("email"),
    )
    if recipient.email in refused:
        raise table.fault("email", "同时写在 refused_addresses 里，请删去一处。")
    table.finish()
    return recipient


def read_refused_addresses(pack: Table) -> Mapping[str, str]:
    """[refused_addresses]: address in lower case → why nothing is sent there."""
    table = pack.table("refused_addresses")
    found: dict[str, str] = {}
    for address, reason in table.pairs():
        if not EMAIL.fullmatch(address):
            raise table.fault(address, "左边应是一个邮箱地址，如 xjb@126.com。")
        found[address.lower()] = reason
    return MappingProxyType(found)


def read_anniversaries(pack: Table) -> tuple[Anniversary, ...]:
    """[[anniversaries]]: days that exist, in a leap year at least."""
    found: list[Anniversary] = []
    for table in pack.tables("anniversaries"):
        month = table.number("month", 1, 12)
        last_day = (date(2000 + month // 12, month % 12 + 1, 1) - date.resolution).day
        found.append(
            Anniversary(
                month=month,
                day=table.number("day", 1, last_day),
                label=table.text("label"),
                since=table.number("since", 1, 9999) if table.has("since") else None,
                short=table.text("short", default=""),
            )
        )
        table.finish()
    return tuple(found)


def read_days(pack: Table) -> Mapping[date, NoticeDay]:
    """[[days]], which may be left out: 休 and 班 as the notice arranges them, each day once."""
    found: dict[date, NoticeDay] = {}
    for table in pack.tables("days", optional=True):
        day = table.day("day")
        if day is None:
            raise table.fault("day", "缺少，应是日期，写成 2026-10-01 的样子，不加引号。")
        if day in found:
            raise table.fault("day", f"{day.isoformat()} 前面已经写过，请删去一段。")
        found[day] = NoticeDay(day, table.one_of("kind", DAY_KINDS), table.text("label", default=""))
        table.finish()
    return MappingProxyType(found)


def read_words(pack: Table) -> Mapping[str, str]:
    """[words]: slip → what it should read. Replacing must remove the slip, or it would be reported for ever."""
    table = pack.table("words")
    found = dict(table.pairs())
    for wrong, right in found.items():
        if wrong in right:
            raise table.fault(wrong, f"右边的‘{right[:20]}’含有左边的字，改了还会再提示。请把左边写长一些。")
    return MappingProxyType(found)


def read_thresholds(pack: Table) -> Thresholds:
    """[thresholds]."""
    table = pack.table("thresholds")
    found = Thresholds(
        safety_people=table.number("safety_people", 1, _LARGEST),
        large_event_people=table.number("large_event_people", 1, _LARGEST),
        span_days=table.number("span_days", 1, 366),
        summary_min=table.number("summary_min", 0, 300),
        summary_max=table.number("summary_max", 1, 300),
        overdue_days=table.number("overdue_days", 0, 366),
        attachment_mb=table.number("attachment_mb", 1, 50),
    )
    if found.summary_min > found.summary_max:
        raise table.fault("summary_min", "比 summary_max 大，应当不大于它。")
    if found.safety_people > found.large_event_people:
        raise table.fault("safety_people", "比 large_event_people 大，应当不大于它。")
    table.finish()
    return found


def read_report_titles(pack: Table) -> Mapping[str, str]:
    """[report_titles]: the title of every form the program makes."""
    table = pack.table("report_titles")
    found = {report: table.text(report) for report in REPORTS}
    table.finish()
    return MappingProxyType(found)
