"""What is typed into boxes, as the record would hold it."""

from datetime import date

import pytest

from models.activity import Activity, Status
from models.fields import ACTIVITY_FIELDS
from models.notice import builtin_notice
from ui.pages.activity_form_rules import kept_values, visible_fields
from ui.pages.activity_form_state import FormState, typed_in
from ui.pages.activity_form_values import Unread, from_plain, read, to_plain, values_of, written

TODAY = date(2025, 10, 10)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("people_offline", "1260", 1260),
        ("people_offline", "１，２６０", 1260),
        ("people_offline", "1 260", 1260),
        ("people_offline", "126人次", 126),
        ("people_offline", "", None),
        ("people_offline", "-5", -5),
        ("cost", "350.5", 35050),
        ("cost", "1.2万", 1_200_000),
        ("cost", "¥1,200元", 120_000),
        ("start_time", "14：30", "14:30"),
        ("start_time", "1430", "14:30"),
        ("start_time", "下午2点半", "14:30"),
        ("start_time", "9点", "09:00"),
        ("start", "昨天", date(2025, 10, 9)),
        ("title", " 原样 ", " 原样 "),
    ],
)
def test_people_write_numbers_times_and_days_in_many_ways(name: str, text: str, value: object) -> None:
    assert read(name, text, TODAY) == value


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("people_offline", "七十六", "不是数字"),
        ("people_offline", "12.5", "只能填整数"),
        ("people_offline", "9" * 20, "不是数字"),
        ("people_offline", "1,26", "不是数字"),
        ("cost", "1.234", "最多两位小数"),
        ("cost", "NaN", "不是数字"),
        ("cost", "Infinity", "不是数字"),
        ("start_time", "25:00", "没有 25:00"),
        ("start_time", "傍晚", "看不懂"),
        ("start", "2025.13.1", "没有 13 月"),
    ],
)
def test_what_cannot_be_read_is_kept_with_the_reason(name: str, text: str, reason: str) -> None:
    value = read(name, text, TODAY)
    assert isinstance(value, Unread) and value.text == text
    assert reason in value.reason


def test_every_value_goes_to_a_draft_and_back() -> None:
    full = Activity(
        title="读书会",
        start=date(2025, 9, 1),
        end=None,
        form="F1",
        focus=("Q1", "Q2"),
        people_offline=0,
        cost=35050,
        ai_reviewed=True,
        start_time="14:30",
    )
    values = values_of(full)
    assert {name: from_plain(name, to_plain(value), TODAY) for name, value in values.items()} == values
    for name, value in values.items():
        if isinstance(value, int) and not isinstance(value, bool):
            assert read(name, written(name, value), TODAY) == value


def test_an_unreadable_box_leaves_what_the_ledger_had() -> None:
    state = FormState(builtin_notice(), TODAY)
    base = Activity(title="读书会", start=date(2025, 9, 1), people_offline=76)
    for stored, expected in ((True, 76), (False, None)):
        state.open(base, stored=stored)
        state.set("people_offline", Unread("七十六", "不是数字。"))
        assert state.record().people_offline == expected
        assert list(state.unread()) == ["people_offline"]


def test_typing_in_one_box_is_one_step_until_the_box_is_left() -> None:
    state = FormState(builtin_notice(), TODAY)
    state.open(Activity(), stored=False)
    for text in ("读", "读书", "读书会"):
        state.set("title", text, typing=True)
    state.end_typing()
    state.set("title", "读书会二", typing=True)
    assert state.undo() == {"title"} and state.value("title") == "读书会"
    assert state.undo() == {"title"} and state.value("title") == ""
    assert state.undo() == frozenset() and state.redo() and state.value("title") == "读书会"
    state.set("place", "二楼")
    assert not state.can_redo


def test_typing_and_rubbing_out_is_no_step() -> None:
    state = FormState(builtin_notice(), TODAY)
    state.open(Activity(), stored=False)
    state.set("title", "a", typing=True)
    state.set("title", "", typing=True)
    assert not state.can_undo and not state.dirty


def test_a_change_of_day_and_the_status_that_follows_are_one_step() -> None:
    state = FormState(builtin_notice(), TODAY)
    state.open(Activity(start=TODAY), stored=False)
    state.set("start", date(2025, 11, 1))
    assert state.value("status") == Status.PLANNED
    assert state.undo() >= {"start", "status"} and state.value("status") == Status.DONE


def test_the_draft_of_a_stored_record_holds_its_name_and_what_changed() -> None:
    state = FormState(builtin_notice(), TODAY)
    base = Activity(title="读书会", uid="u", start=date(2025, 9, 1))
    state.open(base, stored=True)
    state.set("place", "二楼")
    kept = state.draft()
    assert {name for name in kept if not name.startswith("_")} == {"title", "place"}
    again = FormState(builtin_notice(), TODAY)
    again.open(base, stored=True, typed=typed_in(kept, TODAY))
    assert again.value("place") == "二楼" and again.dirty


def test_themes_and_items_follow_focus_and_form_when_saved() -> None:
    notice = builtin_notice()
    opened = values_of(Activity(form="F1", item="F1-07", focus=("Q1",), focus_sub=("Q1-1",)))
    values = opened | {"form": "F2", "focus": ("Q2",), "focus_sub": ("Q1-1", "Q2-3")}
    kept = kept_values(values, opened, notice)
    assert kept["item"] == "" and kept["focus_sub"] == ("Q2-3",)


def test_codes_of_another_notice_are_never_dropped() -> None:
    notice = builtin_notice()
    opened = values_of(Activity(form="X1", item="X1-3", focus=("X",), focus_sub=("X-1",), carrier=("old",)))
    assert kept_values(opened, opened, notice) == opened


def test_a_guide_that_sends_the_clerk_to_a_field_makes_it_appear() -> None:
    """F1-05: 学校名称写在联合单位里 – though the unit is the host."""
    notice = builtin_notice()
    opened = values_of(Activity(form="F1", item="F1-05"))
    assert "partner_units" in visible_fields(opened, opened, notice)
    plain = values_of(Activity(form="F1", item="F1-08"))
    assert "partner_units" not in visible_fields(plain, plain, notice)


def test_every_field_is_shown_for_some_answers() -> None:
    notice = builtin_notice()
    base = values_of(Activity())
    everything = base | {
        "form": "F9", "focus": ("Q1",), "carrier": ("skills_contest", "other"), "local_focus": ("other",),
        "brand": ("other",), "linked_campaigns": ("other",), "partners": ("other",), "ai_use": ("other",),
        "evaluation": ("data",), "cost": 100, "need_source": "other", "role": "co_host", "mode": "blended",
    }  # fmt: skip
    shown = visible_fields(everything, base, notice) | visible_fields(
        base | {"form": "F1", "item": "F1-07"}, base, notice
    )
    assert shown == {spec.name for spec in ACTIVITY_FIELDS}
