"""The innovation case (创新案例): three parts as 全总 publishes them, with the figures that prove them."""

import re
from dataclasses import dataclass, fields
from datetime import date, datetime

from models.activity import Codes


class CaseStage:
    """How far a case has come: the one chip that is shown. 已报送, 已采用 and 退回 follow a submission."""

    DRAFT = "draft"
    FINAL = "final"
    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    RETURNED = "returned"


CASE_STAGE_LABELS = {
    CaseStage.DRAFT: "草稿",
    CaseStage.FINAL: "定稿",
    CaseStage.SUBMITTED: "已报送",
    CaseStage.ADOPTED: "已采用",
    CaseStage.RETURNED: "退回",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One line of 量化成效: what was measured, its value as typed, its unit, and the activities it was added up from.

    `sources` are activity uids; empty when the clerk typed the value.
    """

    indicator: str = ""
    value: str = ""
    unit: str = ""
    sources: Codes = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One case. Empty text, None and () mean “not filled in”; the five answers for 定稿 come first.

    `domain` is a code of the notice pack; `activities` are the uids of linked activities in the order chosen.
    `reported_before` says where it was reported already, empty for nowhere. `fate` is what became of it after
    定稿: empty, submitted, adopted or returned (with the superior's words in `fate_note`).
    """

    title: str = ""
    domain: str = ""
    problem: str = ""
    practice: str = ""
    insight: str = ""
    effects: tuple[Effect, ...] = ()
    summary: str = ""
    period_start: date | None = None
    period_end: date | None = None
    activities: Codes = ()
    author: str = ""
    reviewer: str = ""
    phone: str = ""
    video: str = ""
    publish_ok: bool = False
    reported_before: str = ""
    secret_checked: bool = False
    # kept by the program
    finalised: bool = False
    fate: str = ""
    fate_note: str = ""
    stage: str = CaseStage.DRAFT
    notice_id: str = ""
    form_version: str = ""
    number: str = ""
    uid: str = ""
    revision: int = 0
    created_at: datetime | None = None
    modified_at: datetime | None = None
    modified_by: str = ""

    @property
    def characters(self) -> int:
        """字数 of the three parts together, spaces and line breaks not counted."""
        return sum(count_characters(text) for text in (self.problem, self.practice, self.insight))


# A place that a draft made by rule leaves to the clerk: 〔请补充：原来遇到什么问题〕. 〔2025〕 in a 文号 is none.
_GAP = re.compile(r"〔请补充[^〕\n]*〕?")


def count_characters(text: str) -> int:
    """字数 as the limits count it: every character but spaces and line breaks."""
    return len("".join(text.split()))


def gap(what: str) -> str:
    """The mark for something only the clerk knows; `what` asks for it."""
    return f"〔请补充：{what}〕"


def gaps_in(text: str) -> list[str]:
    """The marks of `gap` still in a text, in reading order."""
    return _GAP.findall(text)


CASE_SYSTEM_FIELDS = frozenset(
    (
        "finalised",
        "fate",
        "fate_note",
        "stage",
        "notice_id",
        "form_version",
        "number",
        "uid",
        "revision",
        "created_at",
        "modified_at",
        "modified_by",
    )
)
CASE_TYPED_FIELDS = tuple(field.name for field in fields(Case) if field.name not in CASE_SYSTEM_FIELDS)
PARTS = ("problem", "practice", "insight")  # the three published parts
