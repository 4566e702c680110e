"""What the page says where a form has nothing to show, and the way to what it lacks."""

from dataclasses import dataclass

from models.periods import Period
from models.reports.table8 import plan_year
from ui.context import Place
from ui.pages.report_forms import Form

EDIT_SUMMARY = "summary"  # the action that opens the summary on this page itself


@dataclass(frozen=True, slots=True)
class EmptyWords:
    """A sentence, a hint, and a button that leads to `place`."""

    title: str
    hint: str
    button: str
    place: Place


def words_for(form: Form, period: Period) -> EmptyWords:
    """What to say about a form without records in the period."""
    label = period.label
    match form.code:
        case "表3" | "表4":
            hint = "案例按实施时间归到报送期。挑一到五项活动，程序先写出初稿，再改成自己的话。"
            return EmptyWords(f"{label}还没有案例", hint, "写案例", Place("cases", action="new"))
        case "表7":
            hint = "在活动的“作品、报道和典型”里添一条，这里自动汇总。"
            return EmptyWords(f"{label}没有登记报道、作品和典型", hint, "去活动", Place("activities"))
        case "表8":
            title = f"{plan_year(period)}年还没有计划"
            return EmptyWords(title, "先写下每月打算办什么，办完自动对上。", "排计划", Place("calendar", action="year"))
        case "表9":
            hint = "登记活动以后，程序用本期数字起草；也可以现在就自己写。"
            place = Place("reports", action=EDIT_SUMMARY)
            return EmptyWords(f"{label}还没有活动，没有数字可以起草总结", hint, "起草总结", place)
        case _:
            hint = "记一条只要五项，不到半分钟"
            place = Place("activities", action="new")
            return EmptyWords(f"{label}还没有已完成的活动", hint, "新建活动", place)
