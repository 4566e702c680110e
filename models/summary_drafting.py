"""A first draft of 表9, by rule – no AI and no network (FORMS.md 2.5).

Sentences are put together from the figures and from what the records say; what no record holds is asked for by a mark
(`models.case.gap`). Nothing is judged or praised, and nothing is measured against the goals of the whole country.
"""

from collections.abc import Sequence

from models.activity import Activity
from models.case import gap
from models.dates import format_range
from models.periods import Period
from models.reports.basis import ReportBasis
from models.summary import Summary
from models.summary_examples import (
    examples_of,
    listed,
    methods_words,
    quoted,
    told,
    told_brand,
    told_case,
    told_improvement,
)
from models.summary_figures import Figures, figures_of, form_codes
from models.summary_names import scoped
from models.summary_records import Intention, final_cases, intentions_of, meetings_of
from models.summary_text import literal, token

CODE = "表9"
ORDINALS = "一二三四五六七八九十"
NEW_BRAND, SPORT_AND_MORE = "F3-09", "F5-07"  # 创新打造…新品牌, “文体+”模式
MOST_CASES, MOST_PLANS, MOST_NAMED, MOST_MEETINGS = 3, 5, 3, 3


def draft_summary(basis: ReportBasis, figures: Figures | None = None) -> Summary:
    """The summary of the period as the records tell it. `figures` are those of `figures_of(basis)`, if known."""
    writer = _Writer(basis, figures if figures is not None else figures_of(basis))
    return Summary(
        period=basis.period.code,
        title=f"{basis.period.label}{basis.notice.report_titles[CODE]}",
        address=basis.notice.greeting,
        overview=writer.part("overview"),
        practice=writer.part("practice"),
        highlights=writer.part("highlights"),
        problems=writer.part("problems"),
        next_steps=writer.part("next_steps"),
        notice_id=basis.notice.id,
        form_version=basis.notice.form_version,
    )


def period_words(period: Period) -> str:
    """The period as a sentence begins with it: 2025年1—6月, 2025年7月, 2025年, 2024年10月—2025年9月."""
    start, end = period.start, period.end
    if period.kind == "year":
        return f"{start.year}年"
    if period.kind == "range":
        return format_range(start, end, year=0)
    if period.kind == "month":
        return period.label
    if start.year != end.year:
        return f"{start.year}年{start.month}月—{end.year}年{end.month}月"
    return f"{start.year}年{start.month}—{end.month}月"


class _Writer:
    """Writes the five parts, a list of paragraphs each."""

    def __init__(self, basis: ReportBasis, figures: Figures) -> None:
        self._basis, self._notice, self._figures = basis, basis.notice, figures

    def part(self, name: str) -> str:
        """One part, at least one paragraph."""
        parts = {
            "overview": self._overview,
            "practice": self._practice,
            "highlights": self._highlights,
            "problems": lambda: [f"{gap('工作中还有哪些问题和不足，原因是什么')}。"],
            "next_steps": self._next_steps,
        }
        return "\n".join(parts[name]())

    # ─── 一、总体情况 ───

    def _overview(self) -> list[str]:
        notice, unit = self._notice, self._basis.unit.name.strip() or "本工会"
        theme = f"围绕“{literal(notice.campaign)}”主题开展宣传教育活动"
        opening = f"{period_words(self._basis.period)}，{literal(unit)}按照{literal(notice.basis)}要求，{theme}"
        if not self._basis.activities:
            return [f"{opening}。{gap('本期开展了哪些活动，参加了多少人')}。"]
        paragraphs = [f"{opening}，{self._counted('')}。{self._focuses()}"]
        paragraphs.append("".join((self._partners(), self._meetings())))
        return [paragraph for paragraph in paragraphs if paragraph]

    def _counted(self, scope: str) -> str:
        """开展活动3项12场，参加职工960人次，其中线上120人次 – without full stop; what is nought is not said."""
        number = self._number
        together = "共" if number("activities", scope) > 1 else ""
        facts: list[str] = []
        if number("hosted", scope):
            sessions = f"{self._token('sessions', scope)}场" if number("sessions", scope) else ""
            facts.append(f"{together}开展活动{self._token('hosted', scope)}项{sessions}")
        if number("joined", scope):
            lead = "另协办或组织职工参加活动" if facts else f"{together}协办或组织职工参加活动"
            facts.append(f"{lead}{self._token('joined', scope)}项")
        offline, online = number("people_offline", scope), number("people_online", scope)
        if offline and online:
            facts.append(
                f"参加职工{self._token('people', scope)}人次，其中线上{self._token('people_online', scope)}人次"
            )
        elif online:
            facts.append(f"线上参加职工{self._token('people_online', scope)}人次")
        elif offline:
            facts.append(f"参加职工{self._token('people', scope)}人次")
        return "，".join(facts)

    def _focuses(self) -> str:
        present = [each for each in self._notice.focuses if self._number("activities", each.code)]
        if not present:
            return ""
        parts = [f"{literal(each.label)}的{self._token('activities', each.code)}项" for each in present]
        note = "（一项活动有几个重点的，分别计入）" if len(present) > 1 else ""
        return f"按宣传教育重点分，{'，'.join(parts)}{note}。"

    def _partners(self) -> str:
        if not self._number("partner_activities"):
            return ""
        used = {code for each in self._basis.activities for code in each.partners}
        other = self._notice.other_codes("partners")
        known = [one.label for one in self._notice.options("partners") if one.code in used - other]
        more = bool(used & other) or any(each.partner_units.strip() for each in self._basis.activities)
        whom = literal("、".join(known)) + ("等" if more else "") if known else "有关单位"
        return f"与{whom}协作开展活动{token('partner_activities')}项。"

    def _meetings(self) -> str:
        held = meetings_of(self._basis)
        if not held:
            return ""
        year = self._basis.period.end.year
        named = [
            f"{format_range(item.day, year=year)}，{literal(topic.rstrip('。；'))}"
            for item in held[:MOST_MEETINGS]
            if item.day and (topic := " ".join((item.topic or item.title).split()))
        ]
        topics = f"：{'；'.join(named)}" if named else ""
        return f"研究部署宣传教育工作{token('meetings')}次{topics}。"

    # ─── 二、主要做法 ───

    def _practice(self) -> list[str]:
        activities = self._basis.activities
        forms: list[tuple[str, list[Activity]]] = []
        for code in form_codes(activities, self._notice):
            if own := [each for each in activities if each.form == code]:
                forms.append((code, own))
        if not forms:
            return [f"{gap('本期主要做了哪些工作，怎样做的')}。"]
        found: list[str] = []
        for index, (code, own) in enumerate(forms):
            form = self._notice.form(code)
            heading = form.label if form and not form.other else "开展其他宣传教育活动"
            found += [f"（{ORDINALS[index % len(ORDINALS)]}）{literal(heading)}", *self._form(code, own)]
        return found

    def _form(self, code: str, activities: Sequence[Activity]) -> list[str]:
        examples = examples_of(activities)
        methods = methods_words(activities, self._notice)
        opening = f"{self._counted(code)}。{self._results(code)}" + (f"注重{literal(methods)}。" if methods else "")
        told_of = {each.uid for each in examples}  # by uid: comparing whole records takes longer than all the rest
        rest = [each.title for each in activities if each.uid not in told_of and each.title.strip()]
        if not examples:
            named = f"组织了{listed(rest, MOST_NAMED)}活动。" if rest else ""
            return [f"{opening}{named}{gap('这方面具体怎样做的，有什么成效')}。"]
        year = self._basis.period.end.year
        last = [f"还组织了{listed(rest, MOST_NAMED)}活动。"] if rest else []
        return [opening, *(told(each, year) for each in examples), *last]

    def _results(self, code: str) -> str:
        """What the notice counts about the items of this form: 制作推出“大思政课”7堂，培育宣讲骨干12名."""
        form = self._notice.form(code)
        items = {item.code for item in form.items} if form else set[str]()
        parts = [
            f"{literal(one.label)}{self._token(one.measure, one.code)}{literal(one.unit)}"
            for one in self._notice.indicators
            if one.measure == "quantity" and items.issuperset(one.items) and self._number(one.measure, one.code)
        ]
        return f"{'，'.join(parts)}。" if parts else ""

    # ─── 三、特色亮点和创新案例 ───

    def _highlights(self) -> list[str]:
        own = [*self._cases(), *self._brands()]
        if not own:
            own = [f"{gap('有什么特色做法、创新案例')}。"]
        return [*own, *(line for line in (self._works(), self._exemplars(), self._ai()) if line)]

    def _cases(self) -> list[str]:
        cases = final_cases(self._basis)
        if not cases:
            return []
        adopted = f"，其中被上级采用{token('cases_adopted')}个" if self._number("cases_adopted") else ""
        return [f"总结形成创新案例{token('cases')}个{adopted}。", *(told_case(case) for case in cases[:MOST_CASES])]

    def _brands(self) -> list[str]:
        found: list[str] = []
        for item, lead in ((NEW_BRAND, "打造工作品牌"), (SPORT_AND_MORE, "探索“文体+”模式，开展")):
            own = [each for each in self._basis.activities if each.item == item]
            found += [told_brand(each, lead) for each in own[:MOST_NAMED]]
        return found

    def _works(self) -> str:
        if not self._number("works"):
            return ""
        kinds = [each for each in self._notice.options("publicity_kind") if self._number(f"works.{each.code}")]
        parts = "、".join(f"{literal(each.label)}{token(scoped('works', each.code))}件" for each in kinds)
        if len(kinds) == 1:
            return f"刊发、报送{parts}。"
        return f"刊发、报送宣传报道和作品{token('works')}件，其中{parts}。" if kinds else ""

    def _exemplars(self) -> str:
        names = list(dict.fromkeys(each.name.strip() for each in self._basis.exemplars.records if each.name.strip()))
        if not names:
            return ""
        some = literal("、".join(names[:MOST_NAMED]))
        return f"宣传{some}{'等' if len(names) > 1 else ''}先进典型{token('exemplars')}人。"

    def _ai(self) -> str:
        using = [each for each in self._basis.activities if each.ai_use]
        if not using:
            return ""
        used = {code for each in using for code in each.ai_use} - self._notice.other_codes("ai_use")
        uses = [option.label for option in self._notice.options("ai_use") if option.code in used]
        uses += [text for each in using if (text := each.ai_use_other.strip())]
        words = f"，用于{literal('、'.join(dict.fromkeys(uses)))}" if uses else ""
        reviewed = "，内容经过人工审核" if all(each.ai_reviewed for each in using) else ""
        return f"在{token('ai_activities')}项活动中使用AI工具{words}{reviewed}。"

    # ─── 五、下步打算 ───

    def _next_steps(self) -> list[str]:
        found: list[str] = []
        if plans := intentions_of(self._basis):
            listing = "、".join(f"{quoted(each.title)}（{self._due(each)}）" for each in plans[:MOST_PLANS])
            rest = "等" if len(plans) > MOST_PLANS else ""
            found.append(f"按照{plans[0].year}年度计划，还要开展{token('plans_open')}项活动：{listing}{rest}。")
        better = [each for each in self._basis.activities if each.improvement.strip()]
        found += [told_improvement(each) for each in better[-MOST_NAMED:]]
        return [*found, f"{gap('下一步打算怎样改进，重点做什么')}。"]

    def _due(self, plan: Intention) -> str:
        today = self._basis.today
        return f"{'原定' if (plan.year, plan.month) < (today.year, today.month) else ''}{plan.month}月"

    def _number(self, name: str, scope: str = "") -> int:
        figure = self._figures.get(scoped(scope, name))
        return int(figure.text) if figure else 0

    def _token(self, name: str, scope: str) -> str:
        return token(scoped(scope, name))
