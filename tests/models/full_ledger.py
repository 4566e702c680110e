"""A ledger with a record of every kind in it, and every way of reading them: what the rough tests work on."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from models import calendar_days, calendar_query, overview, photos, planning
from models.activity import Status
from models.activity_list_repository import list_by_uids
from models.activity_query import ActivityQuery
from models.activity_repository import latest_of_same_kind, page, totals
from models.ai_prompt import prompt_for
from models.attachment import OF_ACTIVITY, OF_CASE
from models.attachment_repository import ATTACHMENTS, count_photos, list_attachments
from models.backup import back_up
from models.bin_repository import list_bin
from models.case_hatching import hatch, photo_candidates
from models.case_recording import record_case
from models.case_repository import CASES, linked_activities, list_cases_in_period
from models.checks import check_period
from models.checks.case_run import check_one_case
from models.duplicates import call_distinct, find_duplicates
from models.file_store import missing, sweep
from models.find_replace import find
from models.history import changes_of
from models.history_words import history_of
from models.ledger import Ledger
from models.notice import Notice, builtin_notice
from models.periods import year
from models.persons import list_persons, save_person
from models.plan_item import MEETING, PlanItem
from models.plan_repository import PLAN_ITEMS, list_of_year
from models.publicity import Exemplar, Work
from models.publicity_recording import EXEMPLAR_KIND, WORK_KIND, save_sub_record
from models.publicity_repository import EXEMPLARS, WORKS
from models.record_repository import RecordTable
from models.recording import delete, record
from models.recurrence import Rule, repeat
from models.report import Report
from models.reports import BUILDERS, CALENDAR_SHEETS
from models.reports.basis import ReportBasis
from models.reports.blank_forms import BLANKS
from models.reports.month_sheet import build_month_sheet
from models.reports.table1 import build_table1
from models.reports.table3 import build_table3
from models.reports.table10 import ListedFile, build_table10
from models.reports.year_sheet import build_year_sheet
from models.small_record_repository import DAY_MARKS, DISTINCT_PAIRS, PERSONS
from models.small_records import Person
from models.summary import Summary
from models.summary_recording import save_summary
from models.summary_repository import SUMMARIES
from models.unit_repository import get_unit
from tests.factories import NOW, TODAY, a_case, a_clerk, a_ledger, an_activity
from tests.models.photo_samples import a_picture, encoded

NOTICE = builtin_notice()
TABLES: dict[str, RecordTable[Any]] = {
    table.name: table
    for table in (CASES, ATTACHMENTS, WORKS, EXEMPLARS, PLAN_ITEMS, DAY_MARKS, PERSONS, DISTINCT_PAIRS, SUMMARIES)
}
Way = Callable[[Ledger], Any]


def a_full_ledger(folder: Path) -> Ledger:
    """Two activities, a repetition, a case made of them, and one or two records of every other kind."""
    ledger, clerk = a_ledger(folder), a_clerk()
    picture = photos.prepare_photo(encoded(a_picture()), "现场.jpg", full=True)
    first = record(ledger, an_activity(summary="读书分享，职工叫好。", leader="王强", item="F3.1"), clerk)
    second = record(ledger, an_activity(start=date(2025, 9, 25)), clerk)
    record(ledger, first.with_values(effect="大家都说好"), clerk)
    repeat(ledger, an_activity(title="每周读报", status=Status.PLANNED), Rule(count=3), clerk)
    kept = photos.store_photo(folder, picture)
    photos.attach(ledger, OF_ACTIVITY, first.uid, [kept], clerk)
    case = record_case(ledger, hatch(a_case(), [first, second], NOTICE, get_unit(ledger)), clerk)
    photos.attach(ledger, OF_CASE, case.uid, [kept], clerk)
    day = date(2025, 9, 26)
    for kind in ("news", "graphic", "calligraphy", "other"):  # one for each block of 表7, and 其他
        work = Work(kind, title="报道", media="焦作日报", day=day, activity_uid=first.uid, views=9, quantity=2)
        save_sub_record(ledger, WORK_KIND, work, clerk)
    save_sub_record(ledger, EXEMPLAR_KIND, Exemplar(name="李娜", times=2, day=day, activity_uid=first.uid), clerk)
    item = planning.save_item(ledger, PlanItem(title="十月读书月", month="2025-10"), clerk)
    planning.to_activity(ledger, item, clerk, date(2025, 10, 20))
    meeting = PlanItem(MEETING, month="2025-09", day=day, host="赵芳", topic="研究部署", title="第三季度研究部署")
    planning.save_item(ledger, meeting, clerk)
    calendar_days.set_day_mark(ledger, day, "off", clerk, "厂休")
    save_person(ledger, Person("赵芳", True, True), now=NOW)
    call_distinct(ledger, first, second, clerk)
    written = "开展活动{activities}项，职工说{{好}}。"
    save_summary(ledger, Summary("2025", "总结", "市总工会：", written, written, written, written, written), clerk)
    gone = record(ledger, an_activity(title="删去的", start=date(2025, 9, 2)), clerk)
    delete(ledger, [gone], clerk)
    return ledger


def ways_to_read(notice: Notice = NOTICE) -> Iterator[Way]:
    """Every list, count, check and form that looks at more than one kind of record."""
    for table in TABLES.values():
        yield table.list_all
        yield table.list_deleted
        yield table.count
    yield list_bin
    yield missing
    yield list_persons
    yield calendar_days.read_marks
    yield lambda ledger: sweep(ledger, NOW)
    yield lambda ledger: page(ledger, ActivityQuery(), 0, 100)
    yield lambda ledger: totals(ledger, ActivityQuery())
    yield lambda ledger: list_cases_in_period(ledger, year(2025))
    yield lambda ledger: list_of_year(ledger, 2025)
    yield lambda ledger: planning.plan_of_year(ledger, 2025, TODAY)
    yield lambda ledger: calendar_query.list_between(ledger, date(2025, 8, 25), date(2025, 11, 2))
    yield lambda ledger: calendar_query.months_of_year(ledger, 2025)
    yield lambda ledger: calendar_query.list_overdue(ledger, TODAY)
    yield lambda ledger: calendar_query.upcoming(ledger, TODAY, 30)
    yield lambda ledger: overview.year_overview(ledger, TODAY)
    yield lambda ledger: overview.clause_coverage(ledger, notice, 2025)
    yield lambda ledger: overview.to_dos(check_period(ledger, notice, year(2025), TODAY))
    yield from builders().values()
    yield find_duplicates
    yield lambda ledger: find(ledger, "读书")
    for uid in ("activity", "case_record"):
        yield from _ways_with_each(uid)


def _ways_with_each(table: str) -> Iterator[Way]:
    def each(way: Callable[[Ledger, str], Any]) -> Way:
        def all_of_them(ledger: Ledger) -> None:
            for (uid,) in ledger.query(f"SELECT uid FROM {table}"):
                way(ledger, uid)

        return all_of_them

    yield each(list_attachments)
    yield each(lambda ledger, uid: count_photos(ledger, [uid]))
    yield each(lambda ledger, uid: history_of(ledger, uid, NOTICE))
    if table == "activity":
        yield each(lambda ledger, uid: [latest_of_same_kind(ledger, one) for one in list_by_uids(ledger, [uid])])
        yield each(_hatched)
    else:
        yield each(_prompted)
        yield each(lambda ledger, uid: check_one_case(ledger, NOTICE, CASES.get(ledger, uid) or a_case()))


def _hatched(ledger: Ledger, uid: str) -> None:
    activities = list_by_uids(ledger, [uid])
    photo_candidates(ledger, activities)
    hatch(a_case(), activities, NOTICE, get_unit(ledger))


def _prompted(ledger: Ledger, uid: str) -> None:
    if case := CASES.get(ledger, uid):
        prompt_for(case, linked_activities(ledger, case), get_unit(ledger), NOTICE)


def builders() -> dict[str, Callable[[Ledger], list[Report]]]:
    """Everything that is ever printed, each from a reading of its own: one that fails does not hide the others."""

    def of_year(make: Callable[[ReportBasis], Report]) -> Callable[[Ledger], list[Report]]:
        return lambda ledger: [make(ReportBasis(ledger, NOTICE, year(2025), TODAY))]

    file = ListedFile("表2_活动台账.pdf", "表2 活动台账", "2页", 1 << 20, "0123456789abcdef")
    return {
        **{code: of_year(make) for code, make in (*BUILDERS.items(), *CALENDAR_SHEETS.items())},
        **{f"空白{code}": lambda ledger, make=make: [make(ledger, NOTICE)] for code, make in BLANKS.items()},
        "表10列文件": of_year(lambda basis: build_table10(basis, [file] * 3, version=2, receipt_code="K7PM3QXA")),
        "一张表1": lambda ledger: [build_table1(ledger, NOTICE, uid) for uid in _uids(ledger, "activity")],
        "一张表3": lambda ledger: [build_table3(ledger, NOTICE, uid) for uid in _uids(ledger, "case_record")],
        "两张月历": lambda ledger: [build_month_sheet(ledger, NOTICE, 2025, month, TODAY) for month in (9, 10)],
        "一张年历": lambda ledger: [build_year_sheet(ledger, NOTICE, 2025, TODAY)],
    }


def _uids(ledger: Ledger, table: str) -> list[str]:
    return [uid for (uid,) in ledger.query(f"SELECT uid FROM {table} WHERE deleted_at IS NULL")]


def ways_to_print(folder: Path) -> Iterator[Way]:
    """The forms, in every format that they have, the calendar file and a backup; written into `folder`."""
    from exporters.ics import write_ics
    from exporters.report_files import FORMATS, export_reports

    for builder in builders().values():
        yield lambda ledger, make=builder: export_reports(make(ledger), folder / "表", FORMATS)
    yield lambda ledger: write_ics(
        folder / "a.ics", calendar_query.list_activities(ledger, date(2025, 1, 1), date(2025, 12, 31)), NOTICE, now=NOW
    )
    yield lambda ledger: back_up(ledger, folder / "备份", NOW)


def ways_to_write() -> Iterator[Way]:
    """Saving again what is there, whatever it is."""
    for table in TABLES.values():
        yield lambda ledger, table=table: _saved_again(ledger, table)
    yield lambda ledger: [
        record(ledger, row.activity.with_values(note="又看了一遍"), a_clerk())
        for row in page(ledger, ActivityQuery(), 0, 100)
    ]
    yield lambda ledger: [record_case(ledger, case, a_clerk()) for case in CASES.list_all(ledger)]
    yield lambda ledger: [planning.save_item(ledger, item, a_clerk()) for item in PLAN_ITEMS.list_all(ledger)]


def _saved_again(ledger: Ledger, table: RecordTable[Any]) -> None:
    with ledger.transaction("再存一次", at=NOW):
        for one in table.list_all(ledger):
            table.save(ledger, one, now=NOW)


def every_history(ledger: Ledger) -> None:
    """修改记录 of every record of the log."""
    for (uid,) in ledger.query("SELECT DISTINCT uid FROM change_log"):
        changes_of(ledger, uid)
        history_of(ledger, uid, NOTICE)
