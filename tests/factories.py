"""Building records, ledgers and contexts for tests, with sensible values for everything a test does not care about."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.activity import Activity
from models.case import Case
from models.ledger import FILE_NAME, Ledger
from models.notice import builtin_notice
from models.recording import Clerk, record
from models.sample_ledger import create_sample_ledger
from models.unit import Unit
from models.unit_repository import save_unit

NOW = datetime(2025, 10, 10, 9, 0)
TODAY = NOW.date()


def an_activity(**values: Any) -> Activity:
    """A complete activity of the third quarter of 2025 in which only the given fields are of interest."""
    usual: dict[str, Any] = {
        "title": "职工书屋读书分享会",
        "start": date(2025, 9, 24),
        "form": "F3",
        "focus": ("Q3",),
        "people_offline": 76,
        "place": "职工书屋",
    }
    return Activity(**(usual | values))


def a_unit(**values: Any) -> Unit:
    """A unit card with all that a submission asks for."""
    usual: dict[str, Any] = {
        "name": "焦作市示例机械有限公司工会",
        "code": "4108-TEST-012",
        "superior_type": builtin_notice().superior_types[0].code,
        "area": "410803",
        "contact": "赵芳",
        "phone": "0391-0000000",
        "workers": 860,
        "members": 850,
    }
    return Unit(**(usual | values))


def a_clerk(now: datetime = NOW) -> Clerk:
    """赵芳, at a fixed moment, under the built-in notice."""
    return Clerk(builtin_notice(), now, "赵芳")


def a_ledger(folder: Path, *activities: Activity, unit: Unit | None = None) -> Ledger:
    """A new ledger on disk with a unit card and the given activities."""
    ledger = _copied(folder, _new_ledger())
    with ledger.transaction("填写单位档案", at=NOW):
        save_unit(ledger, unit or a_unit(), now=NOW)
    for activity in activities:
        record(ledger, activity, a_clerk())
    return ledger


def a_sample_ledger(folder: Path) -> Ledger:
    """The sample ledger that the program shows, with the built-in notice."""
    return _copied(folder, _sample_ledger())


@cache
def _new_ledger() -> bytes:
    """The file of a ledger just made. Making its tables takes longer than most tests."""
    return _file_of(Ledger.create)


@cache
def _sample_ledger() -> bytes:
    return _file_of(lambda folder: create_sample_ledger(folder, builtin_notice()))


def _file_of(make: Callable[[Path], Ledger]) -> bytes:
    with TemporaryDirectory() as place:
        make(Path(place) / "台账").close()
        return (Path(place) / "台账" / FILE_NAME).read_bytes()


def _copied(folder: Path, content: bytes) -> Ledger:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE_NAME).touch(mode=0o600, exist_ok=False)
    (folder / FILE_NAME).write_bytes(content)
    return Ledger.open(folder)


def a_case(**values: Any) -> Case:
    """A complete case in which only the given fields are of interest."""
    usual: dict[str, Any] = {
        "title": "班前十分钟微思政课",
        "domain": "D01",
        "problem": "一线职工分散在6个车间、24个班组，集中上课难，听了也记不住。" * 2,
        "practice": "一是把课堂搬到班前会，每天留出10分钟，由职工讲身边的事。" * 5,
        "insight": "小切口才能讲清大道理，别的单位照着做，要先练人再开课。" * 2,
    }
    return Case(**(usual | values))
