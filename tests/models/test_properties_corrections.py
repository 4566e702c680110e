"""更正, whatever was edited: exactly the records and fields that differ, what each was and is, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from models.activity import ROLE_LABELS, STATUS_LABELS, Activity, Role, Status
from models.activity_repository import get_activity, list_in_period
from models.case import Case, Effect
from models.case_recording import delete_cases, record_case
from models.case_repository import CASES
from models.ledger import Ledger
from models.notice import builtin_notice
from models.recording import delete, record, record_many
from models.reports.basis import ReportBasis
from models.submission import Submission
from models.submission_changes import changed_since_submission, marks
from models.submission_data import submission_data
from models.submission_differences import ADDED, CHANGED, REMOVED, differences
from models.submission_photos import photos_of_cases
from tests.factories import NOW, TODAY, a_case, a_clerk, a_ledger
from tests.models.random_activities import CARRIERS, FOCUSES, FORMS, random_activities
from tests.models.submitted import THIRD, submitted

NOTICE = builtin_notice()
LATER = NOW + timedelta(hours=1)
Words = Callable[[Any], str]


def number_of(unit: str) -> Words:
    return lambda value: "未填" if value is None else f"{value} {unit}".strip()


def labels_of(kind: str) -> Words:
    return lambda codes: "、".join(NOTICE.label(kind, code) for code in codes) or "未填"


def text(value: str) -> str:
    return value or "未填"


def day(value: date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else "未填"


def figures(effects: Sequence[Effect]) -> str:
    return "、".join(f"{each.indicator} {each.value}{each.unit}" for each in effects) or "未填"


@dataclass(frozen=True)
class Edited:
    """A field of a record: what it is called, how its values are said here, and the values it may get."""

    label: str
    words: Words
    values: Sequence[Any]


TEXTS = ("", "职工书屋", "一车间；二车间", "“五一”口号\n第二行", "=1+1", "🎉𠮷")
ONE_LINE = tuple(" ".join(each.split()) for each in TEXTS)
DAYS = tuple(THIRD.start + timedelta(days=number) for number in range(0, 140, 7))  # some of them in the next quarter
ACTIVITY: dict[str, Edited] = {
    "title": Edited("活动名称", text, ("读书会", "“大思政课”开讲", "<b>粗</b>")),
    "start": Edited("活动日期", day, DAYS),
    "form": Edited("活动形式", lambda code: NOTICE.label("form", code) if code else "未填", FORMS),
    "focus": Edited("宣传教育重点", labels_of("focus"), FOCUSES),
    "carrier": Edited("活动载体", labels_of("carrier"), CARRIERS),
    "people_offline": Edited("线下参加人次", number_of("人次"), (None, 0, 7, 120)),
    "people_online": Edited("线上参与人次", number_of("人次"), (None, 0, 9)),
    "online_views": Edited("浏览量", number_of("次"), (None, 0, 5)),
    "quantity": Edited("成果数量", number_of(""), (None, 0, 3)),
    "sessions": Edited("场次", number_of("场"), (None, 1, 4)),
    "role": Edited("举办角色", lambda role: ROLE_LABELS[role], tuple(ROLE_LABELS)),
    "status": Edited("状态", lambda status: STATUS_LABELS[status], (Status.DONE, Status.DONE, Status.CANCELLED)),
    "place": Edited("地点", text, ONE_LINE),
    "summary": Edited("活动简述", lambda value: text(" ".join(value.split())), TEXTS),
    "cost": Edited("经费", lambda cents: "未填" if cents is None else f"{cents / 100:.2f} 元", (None, 0, 5, 12345)),
    "note": Edited("备注", text, ONE_LINE),
}
CASE: dict[str, Edited] = {
    "title": Edited("案例名称", text, ("班前十分钟", "流动课堂进车间")),
    "domain": Edited("所属领域", lambda code: NOTICE.label("case_domain", code), ("D01", "D02")),
    "author": Edited("执笔人", text, ("", "赵芳", "李娜")),
    "effects": Edited(
        "量化成效",
        figures,
        ((), (Effect("参加", "30", "人"),), (Effect("参加", "31", "人"), Effect("场次", "2", "场"))),
    ),
}


@dataclass
class Desk:
    """A ledger with a submitted quarter. `before` has the records as they were submitted."""

    ledger: Ledger
    chance: random.Random
    kept: Submission
    before: dict[str, Activity | Case] = field(default_factory=dict[str, "Activity | Case"])

    def records(self) -> dict[str, Activity | Case]:
        """What a package of the quarter would hold now, by uid."""
        basis = ReportBasis(self.ledger, NOTICE, THIRD, TODAY)
        return {each.uid: each for each in (*basis.activities, *basis.cases)}

    def edit(self, activity: Activity) -> None:
        some = self.chance.sample(list(ACTIVITY), self.chance.randrange(1, 5))
        values = {name: self.chance.choice(ACTIVITY[name].values) for name in some}
        record(self.ledger, activity.with_values(**values), a_clerk(LATER))

    def edit_case(self, case: Case) -> None:
        some = self.chance.sample(list(CASE), self.chance.randrange(1, 4))
        values: dict[str, Any] = {name: self.chance.choice(CASE[name].values) for name in some}
        record_case(self.ledger, replace(case, **values), a_clerk(LATER))

    def step(self) -> None:
        """One thing that a clerk may do after it was sent."""
        activity = self.chance.choice(list_in_period(self.ledger, THIRD))
        cases = CASES.list_all(self.ledger)
        match self.chance.randrange(8):
            case 0 | 1 | 2:
                self.edit(activity)
            case 3:
                record(self.ledger, activity, a_clerk(LATER))
            case 4:
                delete(self.ledger, [activity], a_clerk(LATER))
            case 5:
                new = replace(activity, uid="", number="", revision=0, title="补登的", created_at=None)
                record(self.ledger, new, a_clerk(LATER))
            case 6 if cases:
                self.edit_case(self.chance.choice(cases))
            case 7 if cases and self.chance.random() < 0.5:
                delete_cases(self.ledger, [self.chance.choice(cases)], a_clerk(LATER))
            case _:
                record_case(self.ledger, a_case(title="新写的案例", period_end=date(2025, 9, 1)), a_clerk(LATER))


def expected(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[str, set[tuple[str, str, str]]]]:
    """uid → how it changed, and (field, old, new): counted again from the records themselves."""
    found: dict[str, tuple[str, set[tuple[str, str, str]]]] = {}
    for uid in before | after:
        if uid not in before or uid not in after:
            found[uid] = (REMOVED if uid in before else ADDED, set())
            continue
        old, new = before[uid], after[uid]
        names = ACTIVITY if isinstance(new, Activity) else CASE
        fields = {
            (known.label, known.words(getattr(old, name)), known.words(getattr(new, name)))
            for name, known in names.items()
            if getattr(old, name) != getattr(new, name)
        }
        if fields:
            found[uid] = (CHANGED, fields)
    return found


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Desk:
    chance = random.Random(request.param)
    monkeypatch.setattr("models.submitting.require_ready", lambda _content: None)  # random records are never ready
    ledger = a_ledger(tmp_path / "台账")
    request.addfinalizer(ledger.close)
    own = [
        replace(each, start=THIRD.start + timedelta(days=chance.randrange(92)), role=each.role or Role.HOST)
        for each in random_activities(request.param, 40)
    ]
    record_many(ledger, own, a_clerk(), "登记")
    for number in range(4):
        case = a_case(title=f"案例{number}", period_end=date(2025, 8, 1), effects=(Effect("参加", str(number), "人"),))
        record_case(ledger, case, a_clerk(NOW - timedelta(days=1)))
    made = Desk(ledger, chance, submitted(ledger))
    made.before = made.records()
    return made


@pytest.mark.parametrize("desk", range(30), indirect=True)
def test_exactly_what_was_edited_is_told(desk: Desk) -> None:
    assert len(desk.before) > 15
    for _ in range(desk.chance.randrange(1, 25)):
        desk.step()
    after = desk.records()
    found = changed_since_submission(desk.ledger, NOTICE, THIRD, TODAY)
    assert found is not None
    told = {
        each.uid: (each.change, {(one.label, one.old, one.new) for one in each.fields}) for each in found.found.changes
    }
    assert len(told) == found.count, "each record once"
    assert told == expected(desk.before, after)
    marked = {uid for uid, (change, _fields) in told.items() if change == CHANGED}
    assert set(marks(desk.ledger, NOTICE, TODAY)) == marked


@pytest.mark.parametrize("desk", range(3), indirect=True)
def test_putting_everything_back_leaves_nothing_to_correct(desk: Desk) -> None:
    """Edited several times, then typed back as it was, and saved once more."""
    for activity in list_in_period(desk.ledger, THIRD):
        if activity.uid in desk.before:
            desk.edit(activity)
    found = changed_since_submission(desk.ledger, NOTICE, THIRD, TODAY)
    assert found and found.count > 10
    for uid, old in desk.before.items():
        if isinstance(old, Activity) and (now := get_activity(desk.ledger, uid)):
            record(desk.ledger, now.with_values(**{name: getattr(old, name) for name in ACTIVITY}), a_clerk(LATER))
    found = changed_since_submission(desk.ledger, NOTICE, THIRD, TODAY)
    assert found and found.count == 0 and marks(desk.ledger, NOTICE, TODAY) == {}


@pytest.mark.parametrize("desk", range(3), indirect=True)
def test_another_order_is_no_change(desk: Desk) -> None:
    basis = ReportBasis(desk.ledger, NOTICE, THIRD, TODAY)
    data = submission_data(basis, 1, ["表2", "表3"], basis.cases, photos_of_cases(desk.ledger, basis.cases))
    turned = {
        key: desk.chance.sample(value, len(value)) if isinstance(value, list) else value for key, value in data.items()
    }
    assert turned != data and differences(data, turned, NOTICE).changes == ()
