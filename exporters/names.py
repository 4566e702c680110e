"""File names that every computer on the way accepts: Windows, UOS, USB sticks, webmail."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from models.report import Report

MAX_NAME = 80  # characters, suffix included
MAX_NAME_BYTES = 240  # a name may hold 255 bytes on Linux; rare characters take four
SHORT_UNIT = 16

_FORBIDDEN = set('\\/:*?"<>|')
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # a reversed-text mark can disguise the suffix
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
_NOT_CODE = re.compile(r"[^0-9A-Za-z-]")


def safe_part(text: str) -> str:
    """`text` without anything that a file name cannot hold; may come out empty."""
    kept = (
        character
        for character in unicodedata.normalize("NFC", text)
        if character not in _FORBIDDEN and unicodedata.category(character) not in _INVISIBLE
    )
    return " ".join("".join(kept).split()).strip(" .")


def safe_name(stem: str, suffix: str) -> str:
    """A file name of at most 80 characters: `stem` cleaned and cut, `suffix` (“.xlsx”) kept whole."""
    stem = safe_part(stem) or "未命名"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    while len(stem) + len(suffix) > MAX_NAME or len((stem + suffix).encode()) > MAX_NAME_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .") + suffix


def short_unit_name(name: str) -> str:
    """The unit's name as it appears in file names: at most 16 characters (FORMS.md 2.5)."""
    return safe_part(name)[:SHORT_UNIT].rstrip(" .")


def report_file_name(report: Report, suffix: str) -> str:
    """e.g. 表2_活动台账_焦作市××化工有限公司工会_2025H1_v1.xlsx; `suffix` with its dot.

    A code that the name begins with (更正, of 更正说明) is not said twice.
    """
    parts = (
        "" if report.file_stem.startswith(report.code) else report.code,
        report.file_stem,
        short_unit_name(report.unit_name),
        report.period_code,
        f"v{report.version}",
    )
    return safe_name("_".join(part for part in map(safe_part, parts) if part), suffix)


def book_name(reports: Sequence[Report], suffix: str) -> str:
    """The name of one file with several forms, after the period most of them are about: 报表_××工会_2025H1_v1.xlsx."""
    first = reports[0]
    period, _ = Counter(report.period_code for report in reports).most_common(1)[0]
    parts = ("报表", short_unit_name(first.unit_name), safe_part(period), f"v{first.version}")
    return safe_name("_".join(part for part in parts if part), suffix)


def attachment_name(
    *, area_code: str, unit_code: str, unit_uid: str, period_code: str, version: int, suffix: str
) -> str:
    """e.g. JZGH_410802_A12345_2025H1_v1.pdf: ASCII only, because QQ and 126 webmail garble the rest.

    A unit without 基层工会统计编码 goes by the last 8 characters of its uid: the first ones of a
    UUIDv7 are a clock, the same for units that were set up in the same minute.
    """
    code = _NOT_CODE.sub("", unit_code)[:30] or _NOT_CODE.sub("", unit_uid)[-8:]
    parts = ("JZGH", _NOT_CODE.sub("", area_code), code, _NOT_CODE.sub("", period_code), f"v{version}")
    return "_".join(part for part in parts if part) + suffix
