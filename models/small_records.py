"""Small records: what the clerk said about a day, a person, or a pair of look-alikes."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DayMark:
    """The clerk's own word on a day: `kind` off (休), work (班), or none (an ordinary day); it overrides all else."""

    day: date | None = None
    kind: str = ""
    label: str = ""
    uid: str = ""
    revision: int = 0
    created_at: datetime | None = None
    modified_at: datetime | None = None
    modified_by: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who enters records (录入人) or reviews them (审核人), or both."""

    name: str = ""
    records: bool = True
    reviews: bool = False
    uid: str = ""
    revision: int = 0
    created_at: datetime | None = None
    modified_at: datetime | None = None
    modified_by: str = ""


@dataclass(frozen=True, slots=True)
class DistinctPair:
    """“不是重复”, said once about two activities; `first_uid` sorts before `second_uid`."""

    first_uid: str = ""
    second_uid: str = ""
    uid: str = ""
    revision: int = 0
    created_at: datetime | None = None
    modified_at: datetime | None = None
    modified_by: str = ""
