"""表6 活动分类统计表: how many activities of which kind (焦工文〔2025〕33号 二；总工办发〔2025〕7号 二、三)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from models.activity import HOSTING_ROLES, Activity, Codes, Mode, Role
from models.fields import activity_field
from models.notice import Notice
from models.report import Cell, Chart, Column, Report, Row, Table
from models.reports import counting
from models.reports.basis import ReportBasis
from models.reports.counting import Sum

CODE = "表6"
FILE_STEM = "分类统计"
NOTE_FOCUSES = "一项活动可有两个重点，两栏都计。"
NOTE_CHOICES = "一项活动可选几项，每项都计，各行相加可能大于活动总数；人次为线下与线上之和。"
THEMES = ("brand", "linked_campaigns", "merge_topics")

_NUMBER_WIDTH = 18
_CHOICE_COLUMNS = (Column("活动数", 30, "right"), Column("人次", 30, "right"))
_FOCUS: Callable[[Activity], Codes] = attrgetter("focus")
_MOST_OTHERS = 3
_NO_FORM = "未填活动形式"
_OTHER_FOCUS = "其他重点"


@dataclass(frozen=True, slots=True)
class _Measure:
    """A column of block A: how the activities of a line become its number."""

    title: str
    count: Callable[[Sequence[Activity]], Sum]


def build(basis: ReportBasis) -> Report:
    """Blocks by form, carrier and local task; a fourth by brand, linked campaign and topic where there are any."""
    activities, notice = basis.activities, basis.notice
    blocks = [
        _forms(activities, notice),
        _choices("二、活动载体", "carrier", activities, notice, charts=True),
        _choices("三、服务中心工作", "local_focus", activities, notice),
    ]
    themes = _themes(activities, notice)
    if themes.rows:
        blocks.append(themes)
    return basis.report(CODE, FILE_STEM, "landscape", blocks, measure="项、场、人次")


def _forms(activities: Sequence[Activity], notice: Notice) -> Table:
    """Block A: the notice's forms always stand; what another notice called a form has a line with its code."""
    groups: dict[str, list[Activity]] = {form.code: [] for form in notice.forms}
    for activity in activities:
        groups.setdefault(activity.form, []).append(activity)
    strangers = sorted(set(chain.from_iterable(map(_FOCUS, activities))) - {focus.code for focus in notice.focuses})
    measures = _measures(notice, frozenset(strangers))
    rows: list[Row] = []
    counted: list[list[Sum]] = []
    for code, group in groups.items():
        form = notice.form(code)
        name = form.printed if form else _named(code, notice, "form") or _NO_FORM
        sums = [measure.count(group) for measure in measures]
        counted.append(sums)
        rows.append(Row((Cell(name), *(each.cell(f"活动形式为{name}") for each in sums))))
    totals = [counting.together(column) for column in zip(*counted, strict=True)]
    columns = (Column("活动形式", 46), *(Column(each.title, _NUMBER_WIDTH, "right") for each in measures))
    notes = (
        f"口径：{counting.NOTE_PEOPLE}{counting.note_on_sessions(activities)}{NOTE_FOCUSES}",
        *((f"“{_OTHER_FOCUS}”是现用通知里没有的宣传教育重点：{'、'.join(strangers)}。",) if strangers else ()),
    )
    return Table(
        columns,
        tuple(rows),
        Row((Cell("合　计"), *(each.cell() for each in totals))),
        notes,
        "一、活动形式",
        charts=(Chart("各形式活动数和场次", 0, (1, 2)), Chart("各形式人次", 0, (3, 4))),
    )


def _measures(notice: Notice, strangers: frozenset[str]) -> list[_Measure]:
    """The columns of block A. `strangers` are focuses of another notice: they have a column together."""
    focuses = [_having(focus.label, lambda each, code=focus.code: code in each.focus) for focus in notice.focuses]
    focuses[:1] = [_Measure(f"其中：\n{first.title}", first.count) for first in focuses[:1]]
    if strangers:
        focuses.append(_having(_OTHER_FOCUS, lambda each: not strangers.isdisjoint(each.focus)))
    return [
        _Measure("活动数", counting.number_of),
        _Measure("场次", counting.hosted_sessions),
        _Measure("线下人次", counting.people_offline),
        _Measure("线上人次", counting.people_online),
        *focuses,
        _having("线上线下\n融合数", lambda each: each.held_mode == Mode.BLENDED),
        _having("主办", lambda each: each.role == Role.HOST),
        _having("联合主办", lambda each: each.role == Role.CO_HOST),
        _having("协办、\n组织参加", lambda each: each.role not in HOSTING_ROLES),
    ]


def _having(title: str, holds: Callable[[Activity], bool]) -> _Measure:
    """How many activities are of a kind."""
    return _Measure(title, lambda group: counting.number_of([each for each in group if holds(each)]))


def _choices(title: str, field: str, activities: Sequence[Activity], notice: Notice, *, charts: bool = False) -> Table:
    """Blocks B and C: a line for each option of a multi-choice, chosen or not."""
    label = activity_field(field).label
    rows = tuple(
        Row((Cell(name), *_figures(f"{label}有{name}", group))) for name, group in _by_choice(field, activities, notice)
    )
    columns = (Column(label, 90), *_CHOICE_COLUMNS)
    chart = (Chart(f"各{label}活动数", 0, (1,)),) if charts else ()
    return Table(columns, rows, notes=(NOTE_CHOICES,), title=title, charts=chart)


def _themes(activities: Sequence[Activity], notice: Notice) -> Table:
    """Block D: a line for each brand, campaign and topic that an activity has; the others are not printed."""
    rows = tuple(
        Row((Cell(label), Cell(name), *_figures(f"{label}有{name}", group)))
        for field in THEMES
        for label in (activity_field(field).label,)
        for name, group in _by_choice(field, activities, notice)
        if group
    )
    columns = (Column("类别", 24, "center"), Column("名称", 66), *_CHOICE_COLUMNS)
    return Table(columns, rows, notes=(NOTE_CHOICES,), title="四、品牌、结合活动和融合主题")


def _by_choice(field: str, activities: Iterable[Activity], notice: Notice) -> list[tuple[str, list[Activity]]]:
    """The options of a multi-choice by name, each with the activities that chose it; unknown codes come last."""
    groups: dict[str, list[Activity]] = {option.code: [] for option in notice.options(field)}
    codes_of: Callable[[Activity], Codes] = attrgetter(field)
    for activity in activities:
        for code in codes_of(activity):
            group = groups.setdefault(code, [])
            if not group or group[-1] is not activity:  # a code written twice counts once
                group.append(activity)
    others = notice.other_codes(field)
    names = ((_named(code, notice, field), code, group) for code, group in groups.items())
    return [(name + _spelt_out(field, group) if code in others else name, group) for name, code, group in names]


def _spelt_out(field: str, group: Iterable[Activity]) -> str:
    """What 其他 was, behind the word; of many the first few."""
    texts = list(dict.fromkeys(text for each in group if (text := str(getattr(each, f"{field}_other", "")).strip())))
    more = "等" if len(texts) > _MOST_OTHERS else ""
    return f"（{'、'.join(texts[:_MOST_OTHERS])}{more}）" if texts else ""


def _figures(what: str, group: Sequence[Activity]) -> tuple[Cell, Cell]:
    return counting.number_of(group).cell(what), counting.people(group).cell(what)


def _named(code: str, notice: Notice, field: str) -> str:
    """The wording of a code; that of another notice is shown as it is, with what it is. Empty for no code."""
    known = any(option.code == code for option in notice.options(field))
    return notice.label(field, code) if known or not code else f"{code}（不在现用通知里）"
