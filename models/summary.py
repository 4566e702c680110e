"""The summary of a period (表9 主题宣传教育活动总结): drafted from the figures, then the clerk's own words."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """One summary for the period with this code (2025H1). Empty text means that nobody has written there yet.

    The five parts are paragraphs, one per line, in which a figure stands as {name}: it is computed anew each time
    until 定稿, when `figures` keeps the name and text of each as it was. A brace that is no figure is written twice.
    """

    period: str = ""
    title: str = ""
    address: str = ""
    overview: str = ""
    practice: str = ""
    highlights: str = ""
    problems: str = ""
    next_steps: str = ""
    finalised: bool = False
    figures: tuple[tuple[str, str], ...] = ()
    notice_id: str = ""
    form_version: str = ""
    uid: str = ""
    revision: int = 0
    created_at: datetime | None = None
    modified_at: datetime | None = None
    modified_by: str = ""


SUMMARY_PARTS = ("overview", "practice", "highlights", "problems", "next_steps")
DRAFT_KIND = "summary"


def summary_key(period_code: str) -> str:
    """The key under which the draft of this period's summary is kept."""
    return f"{DRAFT_KIND}:{period_code}"
