"""The hints about a case (FORMS 2.4: S13, S14, S16, S17, S19; S24–S26 are our own)."""

import re
from collections.abc import Iterator

from models.case import PARTS, Case, count_characters
from models.checks.findings import CASE_RULES, CheckContext, Found, Repair
from models.checks.photos import unexplained_photos
from models.checks.texts import Named, personal_findings, wording_findings
from models.fields import CASE_FIELDS, Kind, case_field

soft = CASE_RULES.register

# 871, 八百七十一人, 百分之九十 – not 一是, 二是.
_NUMBER = re.compile(r"\d|百分之|[一二三四五六七八九十百千万两]{2,}多?[个名人次场条项家件堂天年月分小]")
_UNION = re.compile(r"工会(委员会)?$")
_MARKS = re.compile("[《》]")
_EDGES = re.compile(r"^[\s：:—-]+|[\s：:—-]+$")
_WRITTEN = [spec for spec in CASE_FIELDS if spec.kind in (Kind.TEXT, Kind.LONG_TEXT)]
_PROSE = ("title", "summary", *PARTS)
_SHORTEST_NAME = 4  # a shorter unit name is a common word


@soft("S13", *PARTS, "effects")
def no_number(case: Case, _context: CheckContext) -> Iterator[Found]:
    if any(effect.value.strip() for effect in case.effects) or not any(getattr(case, name) for name in PARTS):
        return
    if not any(_NUMBER.search(getattr(case, name)) for name in PARTS):
        yield "practice", "全文没有一个数字。请写出场次、人数、时间等，或在“量化成效”里从活动取数。"


@soft("S14", *PARTS)
def too_long_in_all(case: Case, context: CheckContext) -> Iterator[Found]:
    limit = context.notice.case_max_chars
    if limit and case.characters > limit:
        yield "practice", f"全文 {case.characters} 字，建议 {limit} 字以内。请删去 {case.characters - limit} 字左右。"


@soft("S16", "photos")
def photo_unexplained(case: Case, context: CheckContext) -> Iterator[Found]:
    yield from unexplained_photos(case.uid, context)


@soft("S17", *PARTS, "title", "summary", "reported_before", "effects")
def personal_data(case: Case, _context: CheckContext) -> Iterator[Found]:
    yield from personal_findings(named for named in _texts(case) if named[0] != "phone")


@soft("S19", *_PROSE)
def wording(case: Case, context: CheckContext) -> Iterator[Found]:
    yield from wording_findings((named for named in _texts(case) if named[0] in _PROSE), context.notice)


@soft("S24", "title")
def title_names_the_unit(case: Case, context: CheckContext) -> Iterator[Found]:
    union = context.unit.name.strip()
    for name in (union, _UNION.sub("", union)):
        if len(name) >= _SHORTEST_NAME and name in case.title:
            rest = _EDGES.sub("", case.title.replace(name, ""))
            message = "“案例名称”里有本单位名称。名称只写做法，报送单位另有一栏。"
            yield ("title", message, Repair("删去单位名称", "title", rest)) if rest else ("title", message)
            break
    if _MARKS.search(case.title):
        yield (
            "title",
            "“案例名称”里有书名号《》。请去掉，或改用引号。",
            Repair("去掉书名号", "title", _MARKS.sub("", case.title)),
        )


@soft("S25")
def longer_than_advised(case: Case, _context: CheckContext) -> Iterator[Found]:
    for spec in CASE_FIELDS:
        value = getattr(case, spec.name)
        if spec.kind is Kind.MULTI and len(value) > spec.limit:
            yield spec.name, f"“{spec.label}”有 {len(value)} 项，建议不超过 {spec.limit} 项。"
        elif spec.kind in (Kind.TEXT, Kind.LONG_TEXT) and (length := count_characters(value)) > spec.limit:
            yield spec.name, f"“{spec.label}”有 {length} 字，建议不超过 {spec.limit} 字。"


@soft("S26", "effects")
def figures_have_changed(case: Case, context: CheckContext) -> Iterator[Found]:
    if not any(effect.sources for effect in case.effects):
        return
    from models.case_figures import refresh_figures, refreshed

    changes = refresh_figures(case, context.linked(case), context.notice)
    if changes:
        first = changes[0]
        now = f"按活动记录现在是 {first.new} {first.unit}" if first.new else "关联活动里已经没有这个数"
        more = f"，另有 {len(changes) - 1} 个数也变了" if len(changes) > 1 else ""
        repair = Repair("更新数值", "effects", refreshed(case, changes).effects)
        yield "effects", f"“{first.indicator}”写的是 {first.old} {first.unit}，{now}{more}。", repair


def _texts(case: Case) -> Iterator[Named]:
    for spec in _WRITTEN:
        if text := getattr(case, spec.name):
            yield spec.name, spec.label, text
    for effect in case.effects:
        yield "effects", case_field("effects").label, f"{effect.indicator} {effect.value} {effect.unit}"
