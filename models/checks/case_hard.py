"""The hard rules of a case: what 定稿 insists on (FORMS 2.4: H10, H11), and 报送 (H14, H17)."""

from collections.abc import Iterator

from models.case import PARTS, Case, count_characters, gaps_in
from models.checks.findings import CASE_RULES, CheckContext, Found
from models.checks.photos import missing_files
from models.fields import CASE_FIELDS, Kind, case_field

hard = CASE_RULES.register

_ADVICE = {
    "problem": "写清原来怎样、难在哪里，有数字更好。",
    "practice": "写清分几步、谁来做、怎样保障。",
    "insight": "写清做法为什么有效、别的单位怎样学。",
}
_WRITTEN = [spec for spec in CASE_FIELDS if spec.kind in (Kind.TEXT, Kind.LONG_TEXT)]


@hard("H10")
def part_is_too_short(case: Case, _context: CheckContext) -> Iterator[Found]:
    for name in PARTS:
        spec, length = case_field(name), count_characters(getattr(case, name))
        if not length:
            yield name, f"“{spec.label}”没有填，至少 {spec.minimum} 字。{_ADVICE[name]}"
        elif length < spec.minimum:
            yield name, f"“{spec.label}”还差 {spec.minimum - length} 字。{_ADVICE[name]}"


@hard("H11")
def title_or_domain_is_missing(case: Case, _context: CheckContext) -> Iterator[Found]:
    minimum = case_field("title").minimum
    if count_characters(case.title) < minimum:
        yield "title", f"“案例名称”没有填或少于 {minimum} 个字。请写明做法叫什么。"
    if not case.domain:
        yield "domain", "“所属领域”没有选。请选一个最接近的。"


@hard("H14", on_submission=True)
def file_is_gone(case: Case, context: CheckContext) -> Iterator[Found]:
    yield from missing_files(case.uid, context)


@hard("H17", on_submission=True)
def secrets_are_unchecked(case: Case, _context: CheckContext) -> Iterator[Found]:
    if not case.secret_checked:
        label = case_field("secret_checked").label
        yield "secret_checked", f"还没有勾“{label}”。报送前请通读一遍再勾。"


@hard("H18")
def draft_marks_are_left(case: Case, _context: CheckContext) -> Iterator[Found]:
    for spec in _WRITTEN:
        if gaps := gaps_in(getattr(case, spec.name)):
            more = f"等 {len(gaps)} 处" if len(gaps) > 1 else ""
            yield spec.name, f"“{spec.label}”里的{gaps[0]}{more}还没有补上。请写上内容，或删去这个记号。"
