"""What the 报表 page offers: the forms of a period, the calendar sheets, and the forms to fill in by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.ledger import Ledger
from models.notice import Notice
from models.report import Report
from models.reports import BUILDERS, CALENDAR_SHEETS, Builder
from models.reports.blank_forms import BLANKS

FORMS, CALENDAR, BLANK = "", "日历", "空白表"

# How each form is called in a list, how its paper lies, and what its lines are counted in.
ABOUT: Mapping[str, tuple[str, str, str]] = {
    "表1": ("活动登记表", "竖版", "份"),
    "表2": ("活动台账", "横版", "条"),
    "表3": ("创新案例报送表", "竖版", "篇"),
    "表4": ("创新案例目录", "横版", "条"),
    "表5": ("“百千万亿”统计表", "竖版", ""),
    "表6": ("活动分类统计表", "横版", ""),
    "表7": ("报道作品统计表", "横版", "条"),
    "表8": ("年度计划及完成情况", "横版", "条"),
    "表9": ("主题活动总结", "公文", ""),
    "表10": ("报送清单（回执）", "竖版", ""),
    "月历": ("活动月历", "横版", ""),
    "年历": ("活动年历", "横版", ""),
}


@dataclass(frozen=True, slots=True)
class Form:
    """Something to choose: `key` is its own, `code` what stands before the name (a blank 表1 has the code of 表1)."""

    key: str
    code: str
    name: str
    title: str
    layout: str
    unit: str
    section: str
    builder: Builder

    @property
    def label(self) -> str:
        """As it is called in a list that opens: 表2 主题宣传教育活动台账."""
        return f"空白{self.code} {self.title}" if self.section == BLANK else f"{self.code} {self.title}"


def offered_forms(notice: Notice) -> dict[str, Form]:
    """Every form there is, by key, in the order of the list."""
    sections = ((FORMS, BUILDERS), (CALENDAR, CALENDAR_SHEETS), (BLANK, _blanks()))
    forms = [_form(notice, section, code, make) for section, makers in sections for code, make in makers.items()]
    return {form.key: form for form in forms}


def _form(notice: Notice, section: str, code: str, builder: Builder) -> Form:
    name, layout, unit = ABOUT.get(code, (notice.report_titles.get(code, code), "", ""))
    if section == BLANK:
        return Form(f"空白{code}", code, name, notice.report_titles.get(code, name), "手填", "", section, builder)
    return Form(code, code, name, notice.report_titles.get(code, name), layout, unit, section, builder)


def _blanks() -> Mapping[str, Builder]:
    return {code: _of_blank(make) for code, make in BLANKS.items()}


def _of_blank(make: Callable[[Ledger, Notice], Report]) -> Builder:
    """A blank form has nothing of a period."""
    return lambda basis: make(basis.ledger, basis.notice)
