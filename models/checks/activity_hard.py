"""The hard rules of an activity: what 定稿 and 报送 insist on (FORMS 2.4, H01–H09)."""

from collections.abc import Iterator

from models.activity import Activity, Status
from models.checks.findings import ACTIVITY_RULES, CheckContext, Found
from models.checks.photos import missing_files
from models.fields import ACTIVITY_FIELDS, Kind, activity_field

hard = ACTIVITY_RULES.register
_NUMBERS = [spec for spec in ACTIVITY_FIELDS if spec.kind in (Kind.INTEGER, Kind.MONEY)]
_OTHERS = [spec for spec in ACTIVITY_FIELDS if spec.other_of]


@hard("H01")
def title_is_missing(activity: Activity, _context: CheckContext) -> Iterator[Found]:
    if len(activity.title.strip()) < activity_field("title").minimum:
        yield "title", "“活动名称”没有填或少于 2 个字。请写明活动叫什么。"


@hard("H02")
def start_is_missing(activity: Activity, _context: CheckContext) -> Iterator[Found]:
    if activity.start is None:
        yield "start", "“活动日期”没有填。请填开始那一天，如 10-9。"


@hard("H03")
def end_before_start(activity: Activity, _context: CheckContext) -> Iterator[Found]:
    if activity.start and activity.end and activity.end < activity.start:
        yield "end", "“结束日期”早于开始日期。请改正其中一个，只有一天的可不填结束日期。"


@hard("H04")
def form_is_missing(activity: Activity, _context: CheckContext) -> Iterator[Found]:
    if not activity.form:
        yield "form", "“活动形式”没有选。请从五种形式中选一种，都不像的选“其他”。"


@hard("H05")
def focus_is_missing(activity: Activity, _context: CheckContext) -> Iterator[Found]:
    if not activity.focus:
        yield "focus", "宣传教育重点一项都没有选。至少选一项才能定稿，现在可以先存草稿。"


@hard("H06")
def people_are_missing(activity: Activity, _context: CheckContext) -> Iterator[Found]:
    if activity.status == Status.DONE and activity.people == 0:
        yield "people_offline", "“线下参加人次”与“线上参与人次”都没有填。已完成的活动至少填一项。"


@hard("H07")
def done_in_the_future(activity: Activity, context: CheckContext) -> Iterator[Found]:
    if activity.status == Status.DONE and activity.start and activity.start > context.today:
        yield "start", "状态是“已完成”，而活动日期晚于今天。请改日期，或把状态改为“计划”。"


@hard("H08")
def number_out_of_range(activity: Activity, _context: CheckContext) -> Iterator[Found]:
    for spec in _NUMBERS:
        value = getattr(activity, spec.name)
        if value is not None and not spec.minimum <= value <= spec.limit:
            limit = spec.limit // 100 if spec.kind is Kind.MONEY else spec.limit
            yield spec.name, f"“{spec.label}”应在 {spec.minimum} 到 {limit} 之间。请核对是否多输了数字。"


@hard("H09")
def other_is_unexplained(activity: Activity, context: CheckContext) -> Iterator[Found]:
    for spec in _OTHERS:
        chosen = getattr(activity, spec.other_of)
        if not chosen:
            continue
        codes = (chosen,) if isinstance(chosen, str) else chosen
        others = context.notice.other_codes(spec.other_of)
        if not others.isdisjoint(codes) and not getattr(activity, spec.name).strip():
            yield spec.name, f"“{activity_field(spec.other_of).label}”选了“其他”而没有写明。请写出是什么。"


@hard("H14", on_submission=True)
def file_is_gone(activity: Activity, context: CheckContext) -> Iterator[Found]:
    yield from missing_files(activity.uid, context)
