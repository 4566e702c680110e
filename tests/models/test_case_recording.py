"""A case from its first words to what became of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models import case_links, history
from models.activity_repository import delete_activities
from models.case import CASE_TYPED_FIELDS, Case, CaseStage, Effect
from models.case_recording import (
    copy_as_new,
    delete_cases,
    new_case,
    quoted,
    record_case,
    restore_cases,
    set_fate,
)
from models.case_repository import CASES, linked_activities, list_cases_in_period, list_cases_of_activity
from models.drafts import NEW_CASE, activity_key, case_key
from models.errors import UserError
from models.fields import CASE_FIELDS, REQUIRED_LIMIT, case_field
from models.ledger import Ledger
from models.periods import quarter
from models.recording import record
from tests.factories import NOW, a_case, a_clerk, a_ledger, a_unit, an_activity


def last_step(ledger: Ledger) -> str:
    step = history.next_undo(ledger)
    assert step
    return step.label


def test_a_new_case_knows_the_people_of_the_unit_card_and_the_usual_domain(tmp_path: Path) -> None:
    with a_ledger(tmp_path, unit=a_unit(chair="陈立新")) as ledger:
        case = new_case(ledger, a_clerk())
    assert (case.author, case.reviewer, case.phone) == ("赵芳", "陈立新", "0391-0000000")
    assert case.domain == "D01"


def test_at_most_five_answers_of_a_case_are_required() -> None:
    assert sum(spec.required for spec in CASE_FIELDS) == REQUIRED_LIMIT


def test_every_typed_field_of_a_case_is_described() -> None:
    assert {spec.name for spec in CASE_FIELDS} == set(CASE_TYPED_FIELDS)


def test_three_words_can_be_saved_and_are_a_draft(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        saved = record_case(ledger, Case(title=" 微思政课 "), a_clerk())
        assert (saved.title, saved.stage, saved.number) == ("微思政课", CaseStage.DRAFT, "AL-2025-001")
        assert CASES.get(ledger, saved.uid) == saved
        assert last_step(ledger) == "新建案例“微思政课”"


def test_the_name_of_a_step_says_which_part_was_changed(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        saved = record_case(ledger, a_case(title="班前“微思政课”"), a_clerk())
        record_case(ledger, replace(saved, insight=saved.insight + "再补一句。"), a_clerk())
        assert last_step(ledger) == "修改案例“班前‘微思政课’”的经验启示"
        record_case(ledger, replace(saved, insight="", problem="", video="a.mp4"), a_clerk())
        assert last_step(ledger) == "修改案例“班前‘微思政课’”的针对问题等 3 项"


def test_an_incomplete_case_cannot_be_finalised_and_nothing_is_written(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        with pytest.raises(UserError, match="不能定稿"):
            record_case(ledger, a_case(insight="太短"), a_clerk(), finalise=True)
        assert CASES.count(ledger) == 0


def test_a_finalised_case_that_becomes_incomplete_is_a_draft_again(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        final = record_case(ledger, a_case(), a_clerk(), finalise=True)
        assert final.stage == CaseStage.FINAL
        kept = record_case(ledger, replace(final, summary="一句话"), a_clerk())
        assert kept.stage == CaseStage.FINAL
        fallen = record_case(ledger, replace(kept, insight=""), a_clerk())
        assert (fallen.stage, fallen.finalised) == (CaseStage.DRAFT, False)


def test_a_case_goes_out_comes_back_and_is_finalised_again(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        final = record_case(ledger, a_case(secret_checked=True), a_clerk(), finalise=True)
        sent = set_fate(ledger, final, CaseStage.SUBMITTED, a_clerk())
        assert sent.stage == CaseStage.SUBMITTED
        returned = set_fate(ledger, sent, CaseStage.RETURNED, a_clerk(), " 请补充具体数据 ")
        assert (returned.stage, returned.fate_note) == (CaseStage.RETURNED, "请补充具体数据")
        assert last_step(ledger) == f"案例{quoted(final)}标为退回"
        mended = record_case(ledger, replace(returned, summary="补了数据"), a_clerk())
        assert mended.stage == CaseStage.RETURNED
        again = record_case(ledger, mended, a_clerk(), finalise=True)
        assert (again.stage, again.fate, again.fate_note) == (CaseStage.FINAL, "", "")
        history.undo(ledger, now=NOW)
        assert CASES.get(ledger, final.uid) == mended


def test_taking_finalising_back_takes_the_fate_back_too(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        final = record_case(ledger, a_case(secret_checked=True), a_clerk(), finalise=True)
        adopted = set_fate(ledger, final, CaseStage.ADOPTED, a_clerk(), "收入选编")
        assert set_fate(ledger, adopted, "", a_clerk()).stage == CaseStage.FINAL
        opened = record_case(ledger, adopted, a_clerk(), finalise=False)
        assert (opened.stage, opened.fate) == (CaseStage.DRAFT, "")


def test_a_draft_or_an_unchecked_case_cannot_be_marked_as_sent(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        draft = record_case(ledger, a_case(), a_clerk())
        with pytest.raises(UserError, match="还没有定稿"):
            set_fate(ledger, draft, CaseStage.SUBMITTED, a_clerk())
        final = record_case(ledger, draft, a_clerk(), finalise=True)
        with pytest.raises(UserError, match="涉密"):
            set_fate(ledger, final, CaseStage.SUBMITTED, a_clerk())
        assert CASES.get(ledger, final.uid) == final


def test_deleted_cases_come_back(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        cases = [record_case(ledger, a_case(title=f"案例之{word}"), a_clerk()) for word in "甲乙"]
        assert delete_cases(ledger, cases, a_clerk()) == "2 个案例已移到回收站"
        assert CASES.count(ledger) == 0
        assert restore_cases(ledger, cases[:1], a_clerk()) == "案例“案例之甲”已恢复"
        assert [case.title for case in CASES.list_all(ledger)] == ["案例之甲"]
        history.undo(ledger, now=NOW)
        history.undo(ledger, now=NOW)
        assert CASES.count(ledger) == 2


def test_a_copy_starts_anew(tmp_path: Path) -> None:
    effects = (Effect("开展活动", "4", "场", ("u1",)),)
    with a_ledger(tmp_path) as ledger:
        case = a_case(secret_checked=True, publish_ok=True, effects=effects, reported_before="区总工会")
        sent = set_fate(ledger, record_case(ledger, case, a_clerk(), finalise=True), CaseStage.SUBMITTED, a_clerk())
        copy = record_case(ledger, copy_as_new(sent), a_clerk())
    assert (copy.number, copy.stage, copy.effects) == ("AL-2025-002", CaseStage.DRAFT, effects)
    assert not (copy.secret_checked or copy.publish_ok or copy.reported_before)


def test_what_a_case_has_from_its_activities(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        first = record(ledger, an_activity(start=date(2025, 7, 1), form="F1", focus=("Q2", "Q1")), a_clerk())
        second = record(
            ledger,
            an_activity(start=date(2025, 8, 5), end=date(2025, 8, 31), local_focus=("action_345",)),
            a_clerk(),
        )
        case = record_case(ledger, a_case(activities=(second.uid, first.uid)), a_clerk())
        linked = linked_activities(ledger, case)
        assert [each.uid for each in linked] == [second.uid, first.uid]
        assert case_links.period_of(case, linked) == (date(2025, 7, 1), date(2025, 8, 31))
        assert case_links.period_of(replace(case, period_end=date(2025, 9, 9)), linked)[1] == date(2025, 9, 9)
        assert case_links.forms_of(linked) == ("F3", "F1")
        assert case_links.focuses_of(linked) == ("Q1", "Q2", "Q3")
        assert case_links.local_focuses_of(linked) == ("action_345",)
        assert list_cases_of_activity(ledger, first.uid) == [case]
        with ledger.transaction("删除", at=NOW):
            delete_activities(ledger, [second.uid], now=NOW)
        assert [each.uid for each in linked_activities(ledger, case)] == [first.uid]


def test_a_case_is_reported_with_the_period_in_which_it_ended(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        activity = record(ledger, an_activity(start=date(2025, 9, 30)), a_clerk())
        linked = record_case(ledger, a_case(title="由活动写成", activities=(activity.uid,)), a_clerk())
        typed = record_case(ledger, a_case(title="自己写日期", period_end=date(2025, 6, 30)), a_clerk())
        bare = record_case(ledger, a_case(title="只有录入日"), a_clerk())
        found = {number: list_cases_in_period(ledger, quarter(2025, number)) for number in (1, 2, 3, 4)}
    assert found == {1: [], 2: [typed], 3: [linked], 4: [bare]}  # entered on 10 October


def test_drafts_of_cases_do_not_meet_those_of_activities() -> None:
    assert case_key("") == NEW_CASE
    assert len({case_key(""), case_key("u"), activity_key(""), activity_key("u")}) == 4


def test_the_limits_are_those_of_the_form() -> None:
    limits = {name: (case_field(name).minimum, case_field(name).limit) for name in ("title", "problem", "practice")}
    assert limits == {"title": (4, 40), "problem": (50, 600), "practice": (100, 2000)}
