"""What a check finds, and what it needs to know to find it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Generic, TypeVar

from models.activity import Activity
from models.attachment import Attachment
from models.case import Case
from models.notice import Notice
from models.periods import Period
from models.unit import Unit

ACTIVITY, CASE, UNIT = "activity", "case", "unit"  # what a finding can be about


class Severity(Enum):
    """强制 blocks 定稿 and 报送; 提示 can be explained away."""

    HARD = "强制"
    SOFT = "提示"


@dataclass(frozen=True, slots=True)
class Repair:
    """A change the program can make on a click: set `field` to `value`; `label` says so (“改为 126”)."""

    label: str
    field: str
    value: object


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to explain.

    `message` is a whole sentence: what – where – how to fix. `field` is where 〔去填写〕 leads (photos and files are
    the field `photos`); `record_kind` says in what kind of record. `uid` is empty for the unit card.
    `fingerprint` are the values the finding is about; an explanation holds only while they stay the same.
    `explanation` is the clerk's 核实说明, empty while there is none.
    """

    rule_id: str
    severity: Severity
    uid: str
    field: str
    message: str
    fingerprint: str = ""
    repair: Repair | None = None
    title: str = ""
    explanation: str = ""
    record_kind: str = ACTIVITY

    @property
    def open(self) -> bool:
        """Whether something is left to do about it."""
        return not self.explanation


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What rules look at beside the record itself. `today` is never read from the clock in here.

    `previous` gives the last finished activity of the same form and 细分项目 before this one (None: there is none);
    `neighbours` gives the other records that start within a day of this one, `namesakes` those of the same name that
    start in the same month. `is_distinct` tells of two uids whether somebody said “不是重复” about them.
    `attachments` gives the photos and files of a record by its uid, `has_file` whether their bytes are there.
    `linked` gives the activities of a case. What is left out makes its rules silent. `submitting` adds the rules
    that hold only when something is sent (报送时).
    """

    notice: Notice
    unit: Unit
    today: date
    period: Period | None = None
    previous: Callable[[Activity], Activity | None] = lambda _activity: None
    neighbours: Callable[[Activity], list[Activity]] = lambda _activity: []
    namesakes: Callable[[Activity], list[Activity]] = lambda _activity: []
    is_distinct: Callable[[str, str], bool] = lambda _one, _other: False
    attachments: Callable[[str], Sequence[Attachment]] = lambda _uid: ()
    has_file: Callable[[Attachment], bool] = lambda _attachment: True
    linked: Callable[[Case], Sequence[Activity]] = lambda _case: ()
    submitting: bool = False


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of one 逻辑检查 over a period."""

    findings: tuple[Finding, ...]
    records: int

    @property
    def hard(self) -> tuple[Finding, ...]:
        """What must be mended before a submission."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.HARD)

    @property
    def soft(self) -> tuple[Finding, ...]:
        """Hints, explained ones included."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.SOFT)

    @property
    def explained(self) -> tuple[Finding, ...]:
        """Hints somebody has answered with a 核实说明."""
        return tuple(finding for finding in self.soft if finding.explanation)

    @property
    def passed(self) -> bool:
        """逻辑正确: nothing to mend, and every hint answered."""
        return not self.hard and len(self.soft) == len(self.explained)


Subject = TypeVar("Subject", Activity, Case)

# A rule looks at one record and yields (field, message) or (field, message, repair) for each finding.
Found = tuple[str, str] | tuple[str, str, Repair]
Rule = Callable[[Subject, CheckContext], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class RegisteredRule(Generic[Subject]):
    """A rule with its id and what its explanations are about: record fields, or `photos`.

    `on_submission` rules are asked only when something is sent; they never stand in the way of 定稿.
    """

    rule_id: str
    check: Rule[Subject]
    about: tuple[str, ...] = ()
    on_submission: bool = False

    @property
    def severity(self) -> Severity:
        """H ids are hard, S ids soft."""
        return Severity.HARD if self.rule_id.startswith("H") else Severity.SOFT


@dataclass(slots=True)
class RuleBook(Generic[Subject]):
    """The registered rules of one kind of record by id, in the order they were written.

    `blocking` are the hard rules that 定稿 insists on.
    """

    rules: dict[str, RegisteredRule[Subject]] = field(default_factory=dict[str, RegisteredRule[Subject]])
    blocking: list[RegisteredRule[Subject]] = field(default_factory=list[RegisteredRule[Subject]])

    def register(
        self, rule_id: str, *about: str, on_submission: bool = False
    ) -> Callable[[Rule[Subject]], Rule[Subject]]:
        """Decorator: file a rule under its id; `about` is what an explanation depends on."""

        def file(check: Rule[Subject]) -> Rule[Subject]:
            if rule_id in self.rules:
                raise ValueError(f"rule {rule_id} is registered twice")
            rule = self.rules[rule_id] = RegisteredRule(rule_id, check, about, on_submission)
            if rule.severity is Severity.HARD and not on_submission:
                self.blocking.append(rule)
            return check

        return file


ACTIVITY_RULES = RuleBook[Activity]()
CASE_RULES = RuleBook[Case]()
Explanations = Mapping[tuple[str, str], tuple[str, str]]  # (uid, rule id) → (fingerprint, text)
