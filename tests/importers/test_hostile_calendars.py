"""Calendar files of ten megabytes, in other people's encodings, or cut anywhere: a sentence or what could be read."""

import random
from pathlib import Path
from time import process_time

import pytest

from importers.ics import read_ics
from importers.ics_matching import compare, take_in
from importers.ics_text import MAX_BYTES
from models.activity_query import ActivityQuery
from models.activity_repository import page
from models.errors import UserError
from models.history import undo
from tests.factories import NOW, TODAY, a_clerk, a_ledger

HEAD, END = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "END:VCALENDAR\r\n"


def an_event(*lines: str) -> str:
    return "\r\n".join(
        ("BEGIN:VEVENT", "UID:a", "SUMMARY:职工大会", "DTSTART:20251016T100000", *lines, "END:VEVENT", "")
    )


def filled(part: str) -> bytes:
    """As much of it as a file may hold, behind an event that is sound."""
    start = (HEAD + an_event()).encode()
    return (start + part.encode() * ((MAX_BYTES - len(start)) // len(part.encode())))[:MAX_BYTES]


BIG = {
    "one line": filled("x"),
    "one line of colons": filled(":"),
    "one line of quotes": filled('"'),
    "one parameter": filled("DTSTART;X=") + b"",
    "folded lines": filled("\r\n "),
    "empty lines": filled("\r\n"[:1] + "abcdefghijklmnopqrstuvwxyz"),
    "beginnings": filled("BEGIN:VEVENT\r\nEND:VEVENT\r\n"),
    "texts": filled("BEGIN:VEVENT\r\nDTSTART:20251016\r\nDESCRIPTION:" + "\\n" * 20_000 + "\r\nEND:VEVENT\r\n"),
    "rules": filled(an_event("RRULE:FREQ=YEARLY;BYMONTH=1,2,3;BYMONTHDAY=" + ",".join("1" * 60))),
    "exceptions": filled(an_event("RRULE:FREQ=DAILY", *["EXDATE:" + ",".join(["20251016T100000"] * 200)] * 20)),
    "zones": filled("BEGIN:VEVENT\r\nDTSTART;TZID=Nowhere/" + "x" * 200 + ":20251016T100000\r\nEND:VEVENT\r\n"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BIG)
def test_ten_megabytes_of_anything_come_to_an_end(name: str) -> None:
    begun = process_time()
    try:
        found = read_ics(BIG[name], TODAY, name="坏.ics")
        assert found.events[0].activity.title
    except UserError as refusal:
        assert "坏.ics" in refusal.message
    assert process_time() - begun < 30


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_encodings_and_line_ends_of_any_program(encoding: str, end: str) -> None:
    content = (HEAD + an_event() + END).replace("\r\n", end).encode(encoding)
    if encoding in ("utf-16-le", "utf-16-be"):  # without its mark nobody can know
        with pytest.raises(UserError, match=r"坏\.ics 不是日历文件"):
            read_ics(content, TODAY, name="坏.ics")
        return
    [event] = read_ics(content, TODAY, name="好.ics").events
    assert event.activity.title == "职工大会"


def test_a_file_cut_anywhere_or_scribbled_over() -> None:
    whole = (
        HEAD + an_event("RRULE:FREQ=WEEKLY;COUNT=5", "LOCATION:会议室") + an_event("RDATE:20251020") + END
    ).encode()
    chance = random.Random(6)
    for _ in range(400):
        spoiled = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.4 else whole)
        for _ in range(chance.randrange(6) if spoiled else 0):
            spoiled[chance.randrange(len(spoiled))] = chance.choice(b'\0\r\n:;=,"\\ \xff\x80AZ09-+')
        try:
            for event in read_ics(bytes(spoiled), TODAY, name="坏.ics").events:
                assert event.activity.start and len(event.activity.title) <= 60
        except UserError as refusal:
            assert "坏.ics" in refusal.message


def test_what_stands_in_it_is_text_and_is_taken_in_as_one_step(tmp_path: Path) -> None:
    title = "=cmd|'/c calc'!A0 <img src=x> {} %s 🇨🇳\u202e"
    content = (HEAD + an_event().replace("职工大会", title) + END).encode()
    with a_ledger(tmp_path) as ledger:
        found = compare(ledger, read_ics(content, TODAY, name="好.ics"))
        take_in(ledger, found.new, found.moves, a_clerk())
        [row] = page(ledger, ActivityQuery(), 0, 10)
        assert row.activity.title == title
        undo(ledger, now=NOW)
        assert page(ledger, ActivityQuery(), 0, 10) == []
