"""The parts a notice is made of. Plain values; every code is unique within its list."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal["G", "P", "R"]
Measure = Literal["quantity", "sessions", "people"]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. `other` means: choosing it requires a text in `<field>_other` (H09).

    `clause` is the code of the clause that names the option, or empty.
    """

    code: str
    label: str
    short: str = ""
    other: bool = False
    clause: str = ""

    @property
    def brief(self) -> str:
        """What grids show: the short wording if there is one."""
        return self.short or self.label


@dataclass(frozen=True, slots=True)
class FormItem:
    """A sub-item (细分项目) of an activity form.

    `level`: G a basic union can do it itself; P it can only bring workers to take part, watch or
    recommend; R a national task, shown for reference and never asked of a basic union. `unit` counts
    the quantity (堂, 件 …). `indicator` is the indicator that counts this item itself, or empty; an
    indicator over a whole form (Z7) is not repeated here.
    """

    code: str
    label: str
    level: Level
    unit: str = ""
    indicator: str = ""
    hint: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ActivityForm:
    """A form of activity (活动形式): `label` as in the notice, `radio` on the entry form, `printed` in 表2."""

    code: str
    label: str
    short: str
    radio: str
    printed: str
    clause: str
    suggestions: tuple[str, ...]
    items: tuple[FormItem, ...]
    other: bool = False

    @property
    def brief(self) -> str:
        """What grids show."""
        return self.short or self.label


@dataclass(frozen=True, slots=True)
class Focus:
    """One of the 宣传教育重点 with its sub-themes."""

    code: str
    label: str
    clause: str
    themes: tuple[Option, ...]
    short: str = ""

    @property
    def brief(self) -> str:
        """What grids show: the short wording if there is one."""
        return self.short or self.label


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number of 表5. Adds up `measure` over the done activities with one of `items` or of `forms`.

    `quantity` adds the activity's quantity, `sessions` its sessions, `people` offline plus online
    人次. `hosted_only` leaves out 协办 and 组织参加. `goal` is the national goal, for reference only. What workers
    go to see has a second line for their 人次, called `visitors`; it is empty for the others.
    """

    code: str
    label: str
    unit: str
    goal: str
    measure: Measure
    items: tuple[str, ...]
    forms: tuple[str, ...]
    hosted_only: bool
    visitors: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of a document as it stands there, and how a clerk decides by it (`guide`, 怎么选/怎么填)."""

    code: str
    document: str
    heading: str
    text: str
    guide: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document the notice consists of. `number` is the 文号 with six-angle brackets; dates None if it shows none."""

    code: str
    number: str
    title: str
    issuer: str
    dated: date | None
    printed_on: date | None
    addressed_to: str = ""
    copied_to: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives the reports. `phone` is text, as the notice prints it."""

    union: str
    department: str
    contact: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A day the calendar marks each year. `since` is the year counted from, or None if nobody counts.

    `short` is the wording for the narrow cells of the calendar, empty to use the label.
    """

    month: int
    day: int
    label: str
    since: int | None
    short: str = ""


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """A day as the notice arranges it: off (休), work (班) or none (an ordinary day). `label` may be empty."""

    day: date
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the soft rules begin to ask. People are offline 人次, lengths are characters."""

    safety_people: int
    large_event_people: int
    span_days: int
    summary_min: int
    summary_max: int
    overdue_days: int
    attachment_mb: int
