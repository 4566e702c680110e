"""The innovation case (创新案例): three parts as 全总 publishes them, with the figures that prove them."""

from dataclasses import dataclass
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
        return sum(len("".join(text.split())) for text in (self.problem, self.practice, self.insight))


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
