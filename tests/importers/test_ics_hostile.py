"""Files made to break the reader end in a sentence with the file's name, or in what could be read; never in a hang."""

from datetime import date
from pathlib import Path
from time import process_time

import pytest

from importers.ics import read_ics
from importers.ics_text import MAX_BYTES, MAX_EVENTS
from models.errors import UserError
from tests.factories import TODAY

HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"


def an_event(*lines: str) -> bytes:
    return "\r\n".join(("BEGIN:VEVENT", "UID:a", "SUMMARY:会", *lines, "END:VEVENT", "")).encode()


PLAIN = an_event("DTSTART:20251016T100000")
REFUSED = {
    "nothing": (b"", "不是日历文件"),
    "a picture": (bytes(range(256)) * 100, "不是日历文件"),
    "a web page": (b"<html>BEGIN</html>", "不是日历文件"),
    "no event": (HEAD + b"END:VCALENDAR\r\n", "没有日程"),
    "cut off": (HEAD + PLAIN[:-15], "文件在这里断了"),
    "only broken ones": (HEAD + an_event("DTSTART:xx"), "没有写日期"),
    "too big": (HEAD + b" " * MAX_BYTES, "超过 10 MB"),
    "too many events": (HEAD + PLAIN * (MAX_EVENTS + 1), "超过 5000 个日程"),
    "too many lines": (HEAD + b"\r\n" * 500_000, "行数太多"),
    "too deep": (HEAD + b"BEGIN:VEVENT\r\n" * 100_000, "结构不对"),
    "no encoding": (HEAD + b"X:\xff\xff\x81\r\n" + PLAIN, "文字编码看不懂"),
    "one endless line": (HEAD + b"BEGIN:VEVENT\r\nSUMMARY:" + b"x" * 9_000_000, "文件在这里断了"),
    "days out of range": (HEAD + an_event("DTSTART:00010101T000000Z"), "1990 年到 2100 年"),
    "an endless duration": (HEAD + an_event("DTSTART:20251016T100000Z", "DURATION:P99999999W"), ""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_sentence_that_names_the_file(name: str) -> None:
    content, said = REFUSED[name]
    begun = process_time()
    with pytest.raises(UserError) as caught:
        read_ics(content, TODAY, name="坏.ics")
    assert "坏.ics" in caught.value.message and said in caught.value.message
    assert process_time() - begun < 10


@pytest.mark.parametrize(
    "event",
    [
        an_event("DTSTART:20251016T100000", "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"),
        an_event("DTSTART:20251016T100000", "RRULE:FREQ=DAILY;COUNT=999999999999999999999"),
        an_event("DTSTART:20251016T100000", "RRULE:FREQ=DAILY;INTERVAL=-1"),
        an_event("DTSTART:20251016T100000", "RRULE:FREQ=YEARLY;BYDAY=+54MO"),
        an_event("DTSTART:20251016T100000", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
        an_event("DTSTART:20251016T100000", "RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO"),
        an_event("DTSTART:20251016T100000", "RRULE:FREQ=MONTHLY;BYMONTHDAY=" + ",".join(["1"] * 1000)),
        an_event("DTSTART:20251016T100000", "RRULE:FREQ=DAILY", "RRULE:FREQ=DAILY"),
        an_event("DTSTART:20251016T100000", "DTSTART:20251016T100000", "SUMMARY:又一个"),
        an_event("DTSTART:20251016T100000", "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 1_000_000),
        an_event("DTSTART:20251016T100000", "DESCRIPTION:" + "\\" * 1_000_000),
        an_event("DTSTART:20251016T100000", "SUMMARY;X=" + '"' * 100_000 + ":x"),
        an_event("DTSTART;TZID=../../etc/passwd:20251016T100000"),
        an_event("DTSTART;TZID=" + "a" * 1000 + ":20251016T100000"),
        an_event("DTSTART;TZID=America:20251016T100000"),
        an_event("DTSTART:20251016T100000", *["RDATE:20251016T100000"] * 5000),
        b"BEGIN:VTIMEZONE\r\nTZID:X\r\nRRULE:FREQ=SECONDLY\r\nEND:VTIMEZONE\r\n" + PLAIN,
    ],
)
def test_the_event_is_taken_whatever_hangs_on_it(event: bytes) -> None:
    begun = process_time()
    found = read_ics(HEAD + event + b"END:VCALENDAR\r\n", TODAY)
    assert found.events[0].activity.start == date(2025, 10, 16)
    assert len(found.events) <= 200
    assert process_time() - begun < 10


def test_rules_without_a_day_in_great_number_end_at_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.ics.SECONDS", 1)
    many = an_event("DTSTART:19900101T080000", "RRULE:FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30") * 3000
    begun = process_time()
    found = read_ics(HEAD + PLAIN + many, TODAY, name="坏.ics")
    assert process_time() - begun < 10
    assert len(found.events) == 1
    assert "太复杂" in found.skipped[-1].reason


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有找到日历文件 没有\.ics"):
        read_ics(tmp_path / "没有.ics", TODAY)
    target = tmp_path / "好.ics"
    target.write_bytes(HEAD + PLAIN + b"END:VCALENDAR\r\n")
    assert len(read_ics(target, TODAY).events) == 1


def test_the_text_bomb_of_folded_lines() -> None:
    content = HEAD + b"BEGIN:VEVENT\r\nDTSTART:20251016\r\nSUMMARY:" + b"\r\n x" * 100_000 + b"\r\nEND:VEVENT\r\n"
    (event,) = read_ics(content, TODAY).events
    assert event.activity.title == "x" * 60
