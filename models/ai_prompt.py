"""复制给 AI 的提示词: a request with all the facts of a case, for whatever AI tool the clerk uses.

The program never sends it anywhere: it goes to the clipboard. Names of people and of the unit, phone numbers,
e-mail and web addresses are left out; figures are only those of the records.
"""

from collections.abc import Iterable, Iterator, Sequence

from models.activity import ROLE_LABELS, Activity, Status
from models.case import Case, gaps_in
from models.case_figures import figures
from models.case_links import period_of
from models.dates import format_date, format_range
from models.fields import FieldSpec, activity_field, case_field
from models.masking import UNIT, Mask
from models.notice import Notice
from models.unit import Unit

_CHOSEN = ("carrier", "local_focus", "brand", "linked_campaigns", "merge_topics", "methods", "partners", "ai_use")
_TOLD = ("summary", "effect", "improvement")


def prompt_for(
    case: Case, activities: Sequence[Activity], unit: Unit, notice: Notice, people: Iterable[str] = ()
) -> str:
    """The request in Chinese. `people` are further names to leave out (先进典型, 录入人); those of the unit card, the
    case and the activities are left out anyway. A name that stands only in free text can be missed: the clerk reads
    the text before pasting it, and the first line says so.
    """
    names = (unit.contact, unit.chair, case.author, case.reviewer, *(each.leader for each in activities), *people)
    mask = Mask(unit.name, names)
    parts = (_task(notice), _structure(notice), _rules(), _facts(case, activities, unit, notice), _written(case))
    return mask("\n\n".join(part for part in parts if part)) + "\n"


def _task(notice: Notice) -> str:
    return (
        f"请帮{UNIT}写一篇工会工作创新案例，用于“{notice.campaign}”主题宣传教育活动的案例报送。"
        "读者是上级工会和兄弟单位，要看得懂、学得会。\n"
        "下面的材料来自工会自己的活动台账，人名、单位名称和联系方式已经略去。"
    )


def _structure(notice: Notice) -> str:
    title, summary = case_field("title"), case_field("summary")
    lines = [
        "【要写的内容】",
        f"1. {title.label}：给 3 个备选，每个 {title.minimum}—{title.limit} 字，写做法，不写单位名称，不用书名号《》。",
        f"2. {_part('problem')}：原来是什么情况，难在哪里，职工怎样反映。",
        f"3. {_part('practice')}：用“一是”“二是”“三是”分条，每条先写做法再写怎样落实、谁来做、效果怎样。",
        f"4. {_part('insight')}：做法为什么有效，别的单位照着做要注意什么。",
        f"5. {summary.label}：不超过 {summary.limit} 字。",
    ]
    if notice.case_max_chars:
        lines.append(f"第 2、3、4 项合计不超过 {notice.case_max_chars} 字。")
    return "\n".join(lines)


def _part(name: str) -> str:
    spec: FieldSpec = case_field(name)
    return f"{spec.label}（{spec.minimum}—{spec.limit} 字）"


def _rules() -> str:
    return "\n".join(
        (
            "【要求】",
            "1. 只用下面写出的事实和数字，不得编造、推算或补充任何数字、人名、单位、奖项、引语和领导评价。",
            "2. 材料里没有而又必须写的，原样留下“〔请补充：要补什么〕”，由我们自己填。",
            "3. 数字照抄，不改单位：人次不是人数，浏览量不算参加人次。",
            "4. 语言朴实，多写具体做法，少写口号；不用“圆满成功”“热烈反响”一类套话。",
            "5. 不出现具体人名和单位名称，需要时写“一名职工”“本单位”。",
            "6. 直接给出正文，不要解释写作过程。",
        )
    )


def _facts(case: Case, activities: Sequence[Activity], unit: Unit, notice: Notice) -> str:
    lines = ["【事实材料】"]
    if unit.workers:
        lines.append(f"单位职工人数：{unit.workers} 人")
    if case.domain:
        lines.append(f"案例所属领域：{notice.label('case_domain', case.domain)}")
    start, end = period_of(case, activities)
    if start:
        lines.append(f"实施时间：{format_date(start)}" + (f"—{format_date(end)}" if end and end != start else ""))
    done = [each for each in activities if each.status == Status.DONE]
    effects = case.effects or figures(done, notice)
    shown = [f"{each.indicator} {each.value} {each.unit}".strip() for each in effects if each.value.strip()]
    if shown:
        lines.append(f"量化成效：{'；'.join(shown)}")
    for index, activity in enumerate(done, 1):
        lines += ["", f"活动 {index}：{activity.title}", *_facts_of(activity, notice)]
    return "\n".join(lines)


def _facts_of(activity: Activity, notice: Notice) -> Iterator[str]:
    if activity.start:
        yield f"时间：{activity.start.year}年{format_range(activity.start, activity.end, activity.start.year)}"
    if activity.form:
        yield f"形式：{activity.form_other.strip() or notice.label('form', activity.form)}"
    if activity.item:
        yield f"细分项目：{notice.label('item', activity.item)}"
    yield f"举办角色：{ROLE_LABELS.get(activity.role, activity.role)}"
    yield f"规模：{'，'.join(_amounts(activity, notice))}"
    for name in _CHOSEN:
        other = getattr(activity, f"{name}_other", "").strip()
        chosen = [notice.label(name, code) for code in getattr(activity, name) if code not in notice.other_codes(name)]
        if words := [*chosen, *([other] if other else [])]:
            yield f"{activity_field(name).label}：{'、'.join(words)}"
    if activity.need_source:
        other = activity.need_source in notice.other_codes("need_source")
        source = activity.need_source_other.strip() if other else notice.label("need_source", activity.need_source)
        yield f"需求来源：{source or '其他'}"
    for name in _TOLD:
        if text := getattr(activity, name).strip():
            yield f"{activity_field(name).label}：{text}"


def _amounts(activity: Activity, notice: Notice) -> Iterator[str]:
    item = notice.item(activity.item) if activity.item else None
    yield f"{activity.sessions or 1} 场"
    for value, words in (
        (activity.people_offline, "线下参加 {} 人次"),
        (activity.people_online, "线上参与 {} 人次"),
        (activity.people_active, "其中登台展示职工 {} 人"),
        (activity.quantity, f"成果数量 {{}} {item.unit if item else ''}"),
        (activity.contest_events, "赛项 {} 个"),
        (activity.contest_people, "参赛 {} 人"),
        (activity.contest_certificates, "获证 {} 人"),
        (activity.satisfaction, "满意率 {}%"),
    ):
        if value:
            yield words.format(value).strip()


def _written(case: Case) -> str:
    """What the clerk has written already. A part of which only marks are left is not worth showing."""
    lines: list[str] = []
    for name in ("title", "problem", "practice", "insight", "summary"):
        text = getattr(case, name).strip()
        rest = text
        for mark in gaps_in(text):
            rest = rest.replace(mark, "")
        if rest.strip("，。；：\n "):
            lines.append(f"{case_field(name).label}：{text}")
    return "\n".join(["【已有初稿，可以在它的基础上改】", *lines]) if lines else ""
