"""Calendar files of phones and of this program become drafts; what is already known is recognised."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from exporters.ics import render_ics
from importers.ics import IcsImport, read_ics
from importers.ics_matching import compare, take_in
from models import history
from models.activity import Activity, Stage, Status
from models.activity_repository import get_activity, get_stage
from models.calendar_query import list_activities, list_between
from models.ledger import Ledger
from models.notice import builtin_notice
from models.recording import delete, record
from tests.factories import NOW, TODAY, a_clerk, a_ledger, an_activity

PHONE = """BEGIN:VCALENDAR
PRODID:-//Apple Inc.//iPhone OS 18.0//EN
VERSION:2.0
X-WR-CALNAME:工会
BEGIN:VTIMEZONE
TZID:Asia/Shanghai
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
{}
END:VCALENDAR
"""


def a_file(*events: str) -> bytes:
    body = "\n".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events)
    return PHONE.format(body).replace("\n", "\r\n").encode()


def read(*events: str) -> IcsImport:
    return read_ics(a_file(*events), TODAY, name="手机.ics")


def the_activity(*lines: str) -> Activity:
    (event,) = read("\n".join(("UID:a", "SUMMARY:读书会", *lines))).events
    return event.activity


def days(found: IcsImport) -> list[str]:
    return [f"{one.activity.start:%m-%d}" for one in found.events]


def test_a_meeting_on_the_phone_becomes_a_plan() -> None:
    activity = the_activity(
        "DTSTART;TZID=Asia/Shanghai:20251016T140000",
        "DTEND;TZID=Asia/Shanghai:20251016T153000",
        "LOCATION:二车间",
        "DESCRIPTION:带上\\n笔记本",
        "BEGIN:VALARM\nTRIGGER:-PT15M\nDESCRIPTION:提醒\nEND:VALARM",
    )
    assert activity == Activity(
        title="读书会",
        start=date(2025, 10, 16),
        start_time="14:00",
        end_time="15:30",
        place="二车间",
        summary="带上\n笔记本",
        status=Status.PLANNED,
    )


@pytest.mark.parametrize(
    ("lines", "start", "end", "times"),
    [
        ("DTSTART;VALUE=DATE:20251016\nDTEND;VALUE=DATE:20251017", (10, 16), None, ("", "")),
        ("DTSTART;VALUE=DATE:20251016\nDTEND;VALUE=DATE:20251019", (10, 16), (10, 18), ("", "")),
        ("DTSTART;VALUE=DATE:20251016", (10, 16), None, ("", "")),
        ("DTSTART;VALUE=DATE:20251016\nDURATION:P2D", (10, 16), (10, 17), ("", "")),
        ("DTSTART:20251016T170000Z\nDURATION:PT1H30M", (10, 17), None, ("01:00", "02:30")),  # UTC
        ("DTSTART;TZID=America/New_York:20251016T200000", (10, 17), None, ("08:00", "")),
        ("DTSTART;TZID=中国标准时间:20251016T080000", (10, 16), None, ("08:00", "")),  # an unknown zone is ours
        ("DTSTART:20251016T200000\nDTEND:20251017T000000", (10, 16), None, ("20:00", "23:59")),
        ("DTSTART:20251016T200000\nDTEND:20251018T100000", (10, 16), (10, 18), ("20:00", "10:00")),
        ("DTSTART:20251016T200000\nDTEND:20251015T100000", (10, 16), None, ("20:00", "")),  # ends before it begins
    ],
)
def test_days_and_times(lines: str, start, end, times) -> None:
    activity = the_activity(lines)
    assert activity.start == date(2025, *start)
    assert activity.end == (date(2025, *end) if end else None)
    assert (activity.start_time, activity.end_time) == times


def test_past_ones_took_place_and_cancelled_ones_are_cancelled() -> None:
    assert the_activity("DTSTART:20251009T080000").status == Status.DONE
    assert the_activity("DTSTART:20251010T080000").status == Status.PLANNED
    assert the_activity("DTSTART:20251016T080000", "STATUS:CANCELLED").status == Status.CANCELLED


def test_a_weekly_meeting_becomes_single_plans_of_one_series() -> None:
    found = read(
        "UID:w\nSUMMARY:工间操\nDTSTART:20251003T100000\nRRULE:FREQ=WEEKLY;COUNT=5\nEXDATE:20251010T100000",
        "UID:w\nSUMMARY:工间操（改）\nDTSTART:20251018T100000\nRECURRENCE-ID:20251017T100000",
    )
    assert days(found) == ["10-03", "10-18", "10-24", "10-31"]
    assert [one.activity.title for one in found.events] == ["工间操", "工间操（改）", "工间操", "工间操"]
    assert len({one.activity.series for one in found.events if one.activity.series}) == 1
    assert [one.activity.status for one in found.events] == [Status.DONE, *[Status.PLANNED] * 3]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;UNTIL=20251012", ["10-10", "10-11", "10-12"]),
        ("FREQ=DAILY;UNTIL=20251011T160000Z", ["10-10", "10-11", "10-12"]),  # UTC: the 12th in China
        ("FREQ=WEEKLY;BYDAY=MO,FR;COUNT=3", ["10-10", "10-13", "10-17"]),
        ("FREQ=MONTHLY;BYDAY=2FR;COUNT=3", ["10-10", "11-14", "12-12"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["10-31", "11-30"]),
        ("FREQ=YEARLY;COUNT=5", ["10-10", "10-10"]),  # within a year from today
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=2", ["10-10", "10-24"]),
    ],
)
def test_rules_of_repetition(rule: str, expected: list[str]) -> None:
    assert days(read(f"UID:r\nSUMMARY:会\nDTSTART:20251010T100000\nRRULE:{rule}")) == expected


def test_an_old_endless_rule_gives_this_year_and_the_next_only() -> None:
    found = read("UID:r\nSUMMARY:例会\nDTSTART:20100104T100000\nRRULE:FREQ=MONTHLY;BYDAY=1MO")
    starts = [one.activity.start for one in found.events]
    assert starts[0] == date(2025, 1, 6) and starts[-1] == date(2026, 10, 5) and len(starts) == 22


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYHOUR=3", "没有", "FREQ=DAILY;COUNT=0"]
)
def test_a_rule_that_is_not_understood_is_taken_once_and_said(rule: str) -> None:
    found = read(f"UID:r\nSUMMARY:会\nDTSTART:20251010T100000\nRRULE:{rule}")
    assert days(found) == ["10-10"]
    assert [(one.title, one.reason, one.partial) for one in found.skipped] == [
        ("会", "重复的规则看不懂，只取了第一次。", True)
    ]


def test_one_bad_event_does_not_spoil_the_others() -> None:
    found = read(
        "UID:1\nSUMMARY:没有日期",
        "UID:2\nSUMMARY:不存在的日子\nDTSTART:20250230T100000",
        "UID:3\nSUMMARY:很久以前\nDTSTART:10660101T100000",
        "UID:4\nSUMMARY:太长\nDTSTART;VALUE=DATE:20200101\nDTEND;VALUE=DATE:20250101",
        "UID:5\nSUMMARY:好的\nDTSTART:20251016T100000",
    )
    assert [one.activity.title for one in found.events] == ["好的"]
    assert {one.title: one.reason for one in found.skipped} == {
        "没有日期": "没有写日期，或者日期不对。",
        "不存在的日子": "没有写日期，或者日期不对。",
        "很久以前": "日期不在 1990 年到 2100 年之间。",
        "太长": "开始和结束相差超过一年。",
    }
    assert found.calendar == "工会"


def test_text_is_cut_and_cleaned_but_never_interpreted() -> None:
    activity = the_activity("DTSTART:20251016T100000", "DESCRIPTION:<b>&\\;\u202e" + "字" * 999, "LOCATION:a\x07b\\nc")
    assert activity.summary.startswith("<b>&;") and len(activity.summary) == 300
    assert activity.place == "ab c"


def test_other_encodings_and_folding_in_the_middle_of_a_character() -> None:
    plain = a_file("UID:g\nSUMMARY:职工书屋\nDTSTART:20251016T100000")
    gbk = plain.decode().encode("gb18030")
    cut = plain.replace("书".encode(), "书".encode()[:1] + b"\r\n " + "书".encode()[1:])
    marked = b"\xef\xbb\xbf" + plain
    utf16 = plain.decode().encode("utf-16")
    for content in (plain, gbk, cut, marked, utf16, plain.replace(b"\r\n", b"\n"), plain.replace(b"\r\n", b"\r")):
        (event,) = read_ics(content, TODAY).events
        assert event.activity.title == "职工书屋"


# ── what the ledger has already ──


def exported(ledger: Ledger) -> bytes:
    activities = list_activities(ledger, date(2025, 1, 1), date(2026, 12, 31))
    return render_ics(activities, builtin_notice(), now=NOW)


def a_plan(**values: Any) -> Activity:
    usual: dict[str, Any] = {"start": date(2025, 10, 16), "status": Status.PLANNED, "people_offline": None}
    return an_activity(**(usual | values))


def test_our_own_file_brings_nothing_new(tmp_path: Path) -> None:
    plans = (a_plan(), a_plan(title="三天", end=date(2025, 10, 18), start_time="9:00"), a_plan(start_time="8:30"))
    with a_ledger(tmp_path, an_activity(), *plans) as ledger:
        plan = compare(ledger, read_ics(exported(ledger), TODAY))
        assert (plan.new, plan.moves, len(plan.known)) == ((), (), 4)
        assert take_in(ledger, plan.new, plan.moves, a_clerk()) == "没有要导入的日程"


def test_a_plan_moved_on_the_phone_is_offered_as_a_move(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(), a_plan(start_time="14:00", leader="李敏")) as ledger:
        content = exported(ledger).replace(b"20251016T140000", b"20251017T150000")
        content = content.replace(b"20250924", b"20250925")  # and what took place was moved as well
        plan = compare(ledger, read_ics(content, TODAY))
        (move,) = plan.moves
        assert plan.new == () and len(plan.known) == 1  # what took place is not moved by a phone
        assert (move.after.start, move.after.start_time, move.after.leader) == (date(2025, 10, 17), "15:00", "李敏")
        assert take_in(ledger, [], plan.moves, a_clerk()) == "已导入日历：改期 1 项"
        moved = get_activity(ledger, move.before.uid)
        assert moved and moved.start == date(2025, 10, 17)
        history.undo(ledger, now=NOW)
        back = get_activity(ledger, move.before.uid)
        assert back and (back.start, back.start_time) == (date(2025, 10, 16), "14:00")


def test_a_phones_file_taken_in_twice_doubles_nothing(tmp_path: Path) -> None:
    content = a_file(
        "UID:a\nSUMMARY:读书会\nDTSTART:20251016T100000",
        "UID:b\nSUMMARY:工间操\nDTSTART:20251017T100000\nRRULE:FREQ=WEEKLY;COUNT=3",
        "UID:c\nSUMMARY:读书会\nDTSTART:20251016T100000",
    )
    with a_ledger(tmp_path) as ledger:
        plan = compare(ledger, read_ics(content, TODAY))
        assert (len(plan.new), len(plan.known)) == (4, 1)
        assert take_in(ledger, plan.new, plan.moves, a_clerk()) == "已导入日历：新增 4 项"
        entries = list_between(ledger, date(2025, 10, 1), date(2025, 10, 31))
        assert [entry.stage for entry in entries] == [Stage.PLANNED] * 4
        again = compare(ledger, read_ics(content, TODAY))
        assert (again.new, len(again.known)) == ((), 5)
        step = history.next_undo(ledger)
        assert step and step.label == "导入日历：新增 4 项"
        history.undo(ledger, now=NOW)
        assert list_between(ledger, date(2025, 10, 1), date(2025, 10, 31)) == []


def test_what_lies_in_the_bin_or_in_another_ledger_is_new(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "a") as ledger:
        plan = record(ledger, a_plan(), a_clerk(datetime(2025, 10, 9, 8)))
        content = exported(ledger)
        delete(ledger, [plan], a_clerk())
        assert len(compare(ledger, read_ics(content, TODAY)).new) == 1
    with a_ledger(tmp_path / "b") as other:
        found = compare(other, read_ics(content, TODAY))
        take_in(other, found.new, [], a_clerk())
        (entry,) = list_between(other, date(2025, 10, 16), date(2025, 10, 16))
        assert get_stage(other, entry.uid) == Stage.PLANNED
