"""The outer shape of a calendar file: cutting it into events, cheaply and within limits, before a parser sees any.

Only the properties that an activity has a place for are passed on: attachments, alarms, invitations and time zone
definitions of a stranger are never parsed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.errors import UserError

MAX_BYTES = 10_000_000
MAX_EVENTS = 5_000
MAX_LINES = 400_000
_MAX_LINE = 4_000  # characters of one property after unfolding; a longer text is cut, anything else left out
_MAX_PROPERTIES = 400  # of one event
_MAX_DEPTH = 20

_WANTED = frozenset(
    ("UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "LOCATION", "DESCRIPTION", "STATUS", "RRULE", "RDATE", "EXDATE",
     "RECURRENCE-ID")
)  # fmt: skip
_TEXTS = frozenset(("SUMMARY", "DESCRIPTION", "LOCATION"))
_FOLD = re.compile(rb"\n[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]{1,60}")


@dataclass
class Block:
    """One event as it stands in the file: its wanted lines, unfolded. `closed` is False when the file breaks off.

    `depth` is how many components it lies in, itself counted: lines of deeper ones (alarms) are not its own.
    """

    depth: int
    lines: list[str] = field(default_factory=list[str])
    closed: bool = False


def decode(content: bytes, name: str) -> str:
    """The text of a calendar file, unfolded, lines ended by a line feed. Raises UserError when it is none."""
    if len(content) > MAX_BYTES:
        raise UserError(
            f"日历文件 {name} 超过 {MAX_BYTES // 1_000_000} MB，没有导入。请在手机或邮箱里只导出需要的日历。"
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    plain = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if plain.count(b"\n") > MAX_LINES:
        raise UserError(f"日历文件 {name} 行数太多，没有导入。请在手机或邮箱里只导出需要的日历。")
    plain = _FOLD.sub(b"", plain)  # before decoding: some programs fold in the middle of a character
    if b"\0" in plain or b"BEGIN:VCALENDAR" not in plain[:4096].upper():
        raise UserError(f"{name} 不是日历文件（.ics），没有导入。请重新选择。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return plain.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(f"日历文件 {name} 的文字编码看不懂，没有导入。请重新导出一次再试。")


def events_in(text: str, name: str) -> Iterator[Block]:
    """The events of a calendar file, one after the other. Raises UserError when there are too many."""
    for count, block in enumerate(_blocks(text, name), 1):
        if count > MAX_EVENTS:
            raise UserError(f"日历文件 {name} 超过 {MAX_EVENTS} 个日程，没有导入。请分几次导出。")
        yield block


def _blocks(text: str, name: str) -> Iterator[Block]:
    depth = 0
    block: Block | None = None
    for line in text.split("\n"):
        key, _colon, value = line.partition(":")
        key, value = key.strip().upper(), value.strip().upper()
        if key == "BEGIN":
            depth += 1
            if depth > _MAX_DEPTH:
                raise UserError(f"日历文件 {name} 的结构不对，没有导入。请重新导出一次再试。")
            if value == "VEVENT" and block is None:
                block = Block(depth)
        elif key == "END":
            if block and depth == block.depth:
                block.closed = value == "VEVENT"
                yield block
                block = None
            depth = max(depth - 1, 0)
        elif block and depth == block.depth and (kept := _wanted(line)) and len(block.lines) < _MAX_PROPERTIES:
            block.lines.append(kept)
    if block:
        yield block


def calendar_name(text: str) -> str:
    """What the file calls its calendar (X-WR-CALNAME), empty when it does not say."""
    head = text[:20_000]
    found = re.search(r"^(?:X-WR-CALNAME|NAME)(?:;[^:\n]{0,200})?:(.{1,100})", head, re.MULTILINE | re.IGNORECASE)
    return found[1].strip() if found else ""


def _wanted(line: str) -> str:
    """The line as the parser gets it, empty when it is none for it."""
    found = _NAME.match(line)
    name = found[0].upper() if found else ""
    if name not in _WANTED or (len(line) > _MAX_LINE and name not in _TEXTS):
        return ""
    return line[:_MAX_LINE]
