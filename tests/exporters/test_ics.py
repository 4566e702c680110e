"""The calendar file, read back by the library and looked at byte by byte: phones are less forgiving than libraries."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from exporters.ics import render_ics, write_ics
from models.activity import Activity, Status
from models.calendar_exchange import own_uid
from models.errors import UserError
from models.notice import builtin_notice
from tests.factories import NOW, an_activity

UID = "01920000-0000-7000-8000-000000000001"


def exported(*activities: Activity) -> bytes:
    return render_ics(activities, builtin_notice(), now=NOW)


def events(content: bytes) -> list[Any]:
    return Calendar.from_ical(content).walk("VEVENT")


def the_event(**values: Any) -> Any:
    (event,) = events(exported(an_activity(**({"uid": UID} | values))))
    assert event.errors == []
    return event


def test_a_whole_day_ends_before_the_next(tmp_path: Path) -> None:
    event = the_event(place="职工书屋", leader="赵芳", number="HD-2025-0007")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2025, 9, 24), date(2025, 9, 25))
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("职工书屋读书分享会", "职工书屋")
    assert str(event["DESCRIPTION"]).splitlines() == [
        "活动形式：强化宣传叫响品牌",
        "宣传教育重点：突出群众性",
        "责任人：赵芳",
        "状态：已完成",
        "记录编号：HD-2025-0007",
    ]
    assert event["CATEGORIES"].to_ical().decode() == "宣传品牌"


def test_several_days_with_a_time_last_whole_days_and_say_the_time() -> None:
    event = the_event(end=date(2025, 9, 26), start_time="8:30", end_time="11:00")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2025, 9, 24), date(2025, 9, 27))
    assert "时间：每天 8:30—11:00" in str(event["DESCRIPTION"])


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        ("08:30", "10:00", ("20250924T083000", "20250924T100000")),
        ("8:30", "", ("20250924T083000", None)),
        ("08:30", "08:00", ("20250924T083000", None)),  # a slip: no end is better than one before the start
        ("25:99", "", ("20250924", "20250925")),
        ("上午", "", ("20250924", "20250925")),
    ],
)
def test_times(begins: str, ends: str, expected: tuple[str, str | None]) -> None:
    event = the_event(start_time=begins, end_time=ends)
    found = tuple(event[key].to_ical().decode() if key in event else None for key in ("DTSTART", "DTEND"))
    assert found == expected
    if "T" in expected[0]:
        assert event["DTSTART"].dt.utcoffset().total_seconds() == 8 * 3600


@pytest.mark.parametrize(
    ("status", "word"),
    [(Status.PLANNED, "TENTATIVE"), (Status.DONE, "CONFIRMED"), (Status.CANCELLED, "CANCELLED")],
)
def test_states(status: str, word: str) -> None:
    assert str(the_event(status=status)["STATUS"]) == word


def test_the_name_of_an_event_never_changes() -> None:
    first = the_event(revision=1, modified_at=datetime(2025, 10, 1, 8))
    later = the_event(title="改了名", start=date(2025, 12, 1), revision=4, modified_at=datetime(2025, 10, 3, 7))
    assert str(first["UID"]) == str(later["UID"]) and own_uid(str(first["UID"])) == UID
    assert (first["SEQUENCE"], later["SEQUENCE"]) == (0, 3)
    assert later["LAST-MODIFIED"].dt == datetime(2025, 10, 2, 23, tzinfo=UTC)  # China is eight hours ahead


def test_the_head_of_the_file() -> None:
    calendar = Calendar.from_ical(render_ics([an_activity(uid=UID)], builtin_notice(), now=NOW, name="2025年10月活动"))
    assert isinstance(calendar, Calendar)
    head = {key: str(calendar[key]) for key in ("VERSION", "METHOD", "PRODID", "X-WR-CALNAME", "X-WR-TIMEZONE")}
    assert head == {
        "VERSION": "2.0",
        "METHOD": "PUBLISH",
        "PRODID": "-//宣教台账//活动日历//ZH",
        "X-WR-CALNAME": "2025年10月活动",
        "X-WR-TIMEZONE": "Asia/Shanghai",
    }
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Asia/Shanghai"


NASTY = "㮾𬭚𫖯喆堃🇨🇳；,;\\n \x07\x00\u2028“引号”: BEGIN:VEVENT"


def test_every_line_is_folded_as_phones_want_it() -> None:
    content = exported(
        *(
            an_activity(uid=UID, title="𬭚" * n + NASTY, summary=NASTY * n + "\n第二行", start_time="08:30")
            for n in range(1, 60)
        )
    )
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"") and b"\r" not in content.replace(b"\r\n", b"")
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert max(len(line) for line in lines) > 70  # folded late, so the test above says something
    for line in lines:
        line.decode()  # no character is cut in two
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", content)


def test_text_comes_back_literally() -> None:
    event = the_event(title="a,b;c\\d “e” <b>&amp; %s {}", summary="第一行\n第二行：,;\\")
    assert str(event["SUMMARY"]) == "a,b;c\\d “e” <b>&amp; %s {}"
    assert str(event["DESCRIPTION"]).splitlines()[-2:] == ["活动简述：第一行", "第二行：,;\\"]
    assert len(events(exported(an_activity(uid=UID, title="x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:假的")))) == 1


def test_figures_and_money_stay_at_home() -> None:
    content = exported(an_activity(uid=UID, people_offline=76543, cost=98765, note="内部")).decode()
    assert not any(word in content for word in ("76543", "98765", "987.65", "内部"))


def test_undated_activities_are_left_out_and_nothing_is_no_file(tmp_path: Path) -> None:
    assert len(events(exported(an_activity(uid=UID), an_activity(uid="x", start=None)))) == 1
    target = tmp_path / "十月.ics"
    with pytest.raises(UserError, match="没有可以导出的活动"):
        write_ics(target, [an_activity(start=None)], builtin_notice(), now=NOW)
    assert not target.exists()
    write_ics(target, [an_activity(uid=UID)], builtin_notice(), now=NOW)
    assert len(events(target.read_bytes())) == 1
    with pytest.raises(UserError, match="没有保存"):
        write_ics(tmp_path / "没有" / "十月.ics", [an_activity(uid=UID)], builtin_notice(), now=NOW)
