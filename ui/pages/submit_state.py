"""Where somebody stands in the 报送 wizard: kept in the ledger, so that it can be left at any step and gone on with."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from models.case import Case, CaseStage
from models.errors import UserError
from models.ledger import Ledger
from models.periods import Period, parse_period
from models.settings import get_setting, save_setting
from models.submission import SubmissionState
from models.submission_repository import get_submission

SETTING = "submission-wizard"
PERIOD, CONTENTS, CHECKS, VIEW, PACK, SEND = range(6)
STEPS = ("报送期", "选内容", "逻辑检查", "对方视角", "打包", "寄出")
WAITING = (SubmissionState.GENERATED, SubmissionState.QUEUED, SubmissionState.SENDING)
USUAL_FORMS = ("表2", "表3", "表10")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be submitted, as far as it was said. A password is never in here.

    `cases` holds what somebody said about single cases by uid; the others follow `is_sent`. `recipient` is None for
    the address of the notice. `typed` are explanations that could not be stored yet, by
    record and rule. `submission` is the uid of the package once it is made: from then on it alone counts.
    """

    period: str
    forms: tuple[str, ...] = USUAL_FORMS
    cases: Mapping[str, bool] = field(default_factory=dict[str, bool])
    with_photos: bool = True
    recipient: str | None = None
    step: int = CONTENTS
    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    submission: str = ""

    @property
    def stretch(self) -> Period:
        """The period itself."""
        return parse_period(self.period)

    def is_sent(self, case: Case) -> bool:
        """Whether a case goes along: as somebody said, else every one that is no draft any more."""
        return self.cases.get(case.uid, case.stage != CaseStage.DRAFT)

    def cases_of(self, cases: Iterable[Case]) -> tuple[str, ...]:
        """The uids of those that go along."""
        return tuple(case.uid for case in cases if self.is_sent(case))

    def with_case(self, uid: str, sent: bool) -> "Wish":
        """The same with a word about one case."""
        return replace(self, cases={**self.cases, uid: sent})


def load_wish(ledger: Ledger) -> Wish | None:
    """What was begun and not finished; None when there is nothing, or nothing readable."""
    stored = get_setting(ledger, SETTING)
    if not isinstance(stored, dict) or not isinstance(stored.get("period"), str):
        return None
    try:
        parse_period(stored["period"])
    except UserError:
        return None
    return Wish(
        stored["period"],
        tuple(each for each in _list(stored.get("forms")) if isinstance(each, str)),
        {uid: sent for uid, sent in _dict(stored.get("cases")).items() if isinstance(sent, bool)},
        stored.get("with_photos") is not False,
        stored["recipient"] if isinstance(stored.get("recipient"), str) else None,
        _number(stored.get("step"), SEND),
        {key: text for key, text in _dict(stored.get("typed")).items() if isinstance(text, str)},
        stored["submission"] if isinstance(stored.get("submission"), str) else "",
    )


def is_open(ledger: Ledger, wish: Wish) -> bool:
    """Whether what was begun is worth going on with: not once it was sent."""
    if not wish.submission:
        return True
    logged = get_submission(ledger, wish.submission)
    return logged is not None and logged.state in WAITING


def keep_wish(ledger: Ledger, wish: Wish | None) -> None:
    """Remember, or forget with None. Raises UserError when the disk refuses."""
    save_setting(ledger, SETTING, None if wish is None else asdict(wish))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _number(value: Any, most: int) -> int:
    return value if isinstance(value, int) and 0 <= value <= most else 0
