"""作品/报道 and 先进典型: the sub-records that 表7 is made of (总工办发〔2025〕7号 二（二）, 三（四）, 四（一））."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Work:
    """One report, product or account (作品/报道). Choices are codes of the notice pack: `kind` publicity_kind,
    `level` publicity_level, `publicity` publicity_type. `quantity` counts pieces, `views` plays or readings
    (never 人次). `activity_uid` and `case_uid` say what it belongs to; both may be empty.
    """

    kind: str = ""
    kind_other: str = ""
    title: str = ""
    media: str = ""
    account: str = ""
    level: str = ""
    day: date | None = None
    url: str = ""
    quantity: int | None = None
    views: int | None = None
    publicity: str = ""
    note: str = ""
    activity_uid: str = ""
    case_uid: str = ""
    uid: str = ""
    revision: int = 0
    created_at: datetime | None = None
    modified_at: datetime | None = None
    modified_by: str = ""


@dataclass(frozen=True, slots=True)
class Exemplar:
    """One 先进典型 that was publicised: `kind` exemplar_kind, `level` exemplar_level, `times` how often."""

    name: str = ""
    kind: str = ""
    kind_other: str = ""
    level: str = ""
    method: str = ""
    times: int | None = None
    day: date | None = None
    activity_uid: str = ""
    uid: str = ""
    revision: int = 0
    created_at: datetime | None = None
    modified_at: datetime | None = None
    modified_by: str = ""
