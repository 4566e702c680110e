"""表7 宣传报道、新媒体和文艺作品统计表 (总工办发〔2025〕7号 二（二）, 二（三）, 三（四）, 四（一）).

What stands in which block, and how it is counted, says models/reports/publicity_counting. 一、报道 has a line for
each report; 二、账号和作品 one for each platform and account; 三、先进典型 one for each person, where the same name,
kind and level are one; 四、报送作品 one for each kind.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from models.notice import Notice
from models.publicity import Exemplar, Work
from models.publicity_period import PeriodRecords
from models.report import Cell, Column, Report, Row, Table
from models.reports.basis import ReportBasis
from models.reports.publicity_counting import PIECES, TIMES, VIEWS, pieces, sorted_out, times, views

CODE = "表7"
FILE_STEM = "报道和作品统计"
TITLES_SHOWN = 5  # works named in one remark

REPORT_COLUMNS = (
    Column("序号", 11, "center"),
    Column("标题", 76),
    Column("媒体（平台）", 46),
    Column("级别", 18, "center"),
    Column("日期", 28, "center"),
    Column("宣传类型", 24, "center"),
    Column("链接", 64),
)
ACCOUNT_COLUMNS = (
    Column("平台", 52),
    Column("账号名称", 56),
    Column("发布条数", 24, "right"),
    Column("播放（阅读）量", 32, "right"),
    Column("备注", 103),
)
EXEMPLAR_COLUMNS = (
    Column("姓名", 40),
    Column("类别", 54, "center"),
    Column("称号级别", 34, "center"),
    Column("宣传方式", 115),
    Column("次数", 24, "right"),
)
WORK_COLUMNS = (
    Column("项目", 60),
    Column("件数", 24, "right"),
    Column("备注", 183),
)

Kept = TypeVar("Kept", Work, Exemplar)


def build(basis: ReportBasis) -> Report:
    """The 作品/报道 and 先进典型 of a period in four blocks."""
    works, exemplars, notice = basis.works, basis.exemplars, basis.notice
    reports, published, sent_in = sorted_out(works.records)
    tables = (
        _reports(reports, notice),
        _accounts(published, notice),
        _exemplars(exemplars.records, notice),
        _works(sent_in, notice, (*_day_notes(works, "作品和报道"), *_day_notes(exemplars, "先进典型"))),
    )
    return basis.report(CODE, FILE_STEM, "landscape", tables, measure="件、条、次")


# ───────── 一、报道 ─────────


def _reports(works: Sequence[Work], notice: Notice) -> Table:
    rows = tuple(_report_row(number, work, notice) for number, work in enumerate(works, 1))
    return Table(REPORT_COLUMNS, rows, _report_total(works), _report_notes(works, notice), title="一、报道")


def _report_row(number: int, work: Work, notice: Notice) -> Row:
    several = f"（{work.quantity}件）" if work.quantity not in (None, 1) else ""
    account = f"（{work.account}）" if work.media and work.account else work.account
    values = (
        number,
        f"{work.title}{several}",
        f"{work.media}{account}",
        notice.brief("publicity_level", work.level),
        work.day,
        notice.brief("publicity_type", work.publicity),
        work.url,
    )
    cells = [Cell(value, (work.uid,)) for value in values]
    if not work.title:
        cells[1] = Cell(several, (work.uid,), missing=True)
    return Row(tuple(cells), work.uid)


def _report_total(works: Sequence[Work]) -> Row | None:
    if not works:
        return None
    count = pieces(works)
    cells = [Cell() for _column in REPORT_COLUMNS]
    cells[1] = Cell("合　计")
    cells[2] = Cell(f"{count.value} 件", count.sources, rule=f"报道件数：{PIECES}。")
    return Row(tuple(cells))


def _report_notes(works: Sequence[Work], notice: Notice) -> tuple[str, ...]:
    """How many of each 级别 and 宣传类型, in the order of the notice; and how often they were read."""
    if not works:
        return ()
    parts = (
        ("按级别", "publicity_level", [(work.level, work) for work in works]),
        ("按宣传类型", "publicity_type", [(work.publicity, work) for work in works]),
    )
    note = "；".join(f"{words}：{_counts(field, pairs, notice)}" for words, field, pairs in parts)
    read = views(works)
    return (f"{note}。播放（阅读）量共 {read.value} 次。" if read.sources else f"{note}。",)


def _counts(field: str, pairs: Sequence[tuple[str, Work]], notice: Notice) -> str:
    order = [option.code for option in notice.options(field)]
    codes = dict.fromkeys((*order, *sorted({code for code, _work in pairs if code}), ""))
    found = ((code, pieces(work for own, work in pairs if own == code)) for code in codes)
    return "、".join(
        f"{notice.brief(field, code) or '未填'} {count.value} 件" for code, count in found if count.sources
    )


# ───────── 二、账号和作品 ─────────


def _accounts(works: Sequence[Work], notice: Notice) -> Table:
    groups = _grouped((work.media.strip(), work.account.strip(), work) for work in works)
    rows = tuple(_account_row(group, notice) for group in groups)
    total = None
    if works:
        cells = (Cell("合　计"), Cell(), *_account_numbers(works), Cell())
        total = Row(cells)
    return Table(ACCOUNT_COLUMNS, rows, total, title="二、账号和作品")


def _account_row(works: Sequence[Work], notice: Notice) -> Row:
    uids, first = tuple(work.uid for work in works), works[0]
    of_kinds = _grouped((_kind(work, notice), "", work) for work in works)
    kinds = "、".join(f"{_kind(group[0], notice) or '类别未填'} {pieces(group).value} 条" for group in of_kinds)
    remark = "；".join(part for part in (kinds, _titles(works), _notes(works)) if part)
    cells = (Cell(first.media.strip(), uids), Cell(first.account.strip(), uids), *_account_numbers(works))
    return Row((*cells, Cell(remark, uids)), _alone(uids))


def _account_numbers(works: Sequence[Work]) -> tuple[Cell, Cell]:
    count, seen = pieces(works), views(works)
    return (
        Cell(count.value, count.sources, rule=f"发布条数：{PIECES}。"),
        Cell(seen.value if seen.sources else None, seen.sources, rule=f"播放（阅读）量：{VIEWS}。"),
    )


# ───────── 三、先进典型 ─────────


def _exemplars(exemplars: Sequence[Exemplar], notice: Notice) -> Table:
    people: dict[tuple[str, str, str, str], list[Exemplar]] = {}
    for each in exemplars:
        key = (each.name.strip(), each.kind, each.kind_other.strip(), each.level)
        if not key[0]:  # nobody knows whether two nameless ones are the same
            key = (each.uid, *key[1:])
        people.setdefault(key, []).append(each)
    rows = tuple(_exemplar_row(group, notice) for group in people.values())
    total = None
    if exemplars:
        uids = tuple(each.uid for each in exemplars)
        rule = "先进典型人数：同名、同类别、同级别的合为一人。"
        cells = (Cell("合　计"), Cell(f"{len(rows)} 人", uids, rule=rule), Cell(), Cell(), _times_cell(exemplars))
        total = Row(cells)
    return Table(EXEMPLAR_COLUMNS, rows, total, title="三、先进典型")


def _exemplar_row(group: Sequence[Exemplar], notice: Notice) -> Row:
    uids, first = tuple(each.uid for each in group), group[0]
    kind = _explained(notice.brief("exemplar_kind", first.kind), first.kind_other)
    methods = "、".join(dict.fromkeys(each.method.strip() for each in group if each.method.strip()))
    cells = (
        Cell(first.name.strip(), uids, missing=not first.name.strip()),
        Cell(kind, uids, missing=not kind),
        Cell(notice.brief("exemplar_level", first.level), uids),
        Cell(methods, uids),
        _times_cell(group),
    )
    return Row(cells, _alone(uids))


def _times_cell(exemplars: Iterable[Exemplar]) -> Cell:
    count = times(exemplars)
    return Cell(count.value, count.sources, rule=f"次数：{TIMES}。")


# ───────── 四、报送作品 ─────────


def _works(works: Sequence[Work], notice: Notice, day_notes: Sequence[str]) -> Table:
    order = [option.code for option in notice.options("publicity_kind")]
    in_order = sorted(works, key=lambda work: order.index(work.kind) if work.kind in order else len(order))
    groups = _grouped((work.kind, work.kind_other.strip(), work) for work in in_order)
    rows = tuple(_work_row(group, notice) for group in groups)
    total = Row((Cell("合　计"), _pieces_cell(works), Cell())) if works else None
    rule = f"口径：件（条）数为{PIECES}；播放（阅读）量另列，不计入人次。图文和填了账号或播放量的作品列入第二部分。"
    return Table(WORK_COLUMNS, rows, total, (rule, *day_notes), title="四、报送作品")


def _work_row(works: Sequence[Work], notice: Notice) -> Row:
    uids = tuple(work.uid for work in works)
    kind, seen = _kind(works[0], notice), views(works)
    seen_words = f"播放（阅读）量 {seen.value} 次" if seen.sources else ""
    remark = "；".join(part for part in (_titles(works), seen_words, _notes(works)) if part)
    cells = (Cell(kind, uids, missing=not kind), _pieces_cell(works), Cell(remark, uids))
    return Row(cells, _alone(uids))


def _pieces_cell(works: Iterable[Work]) -> Cell:
    count = pieces(works)
    return Cell(count.value, count.sources, rule=f"件数：{PIECES}。")


# ───────── words ─────────


def _kind(work: Work, notice: Notice) -> str:
    return _explained(notice.brief("publicity_kind", work.kind), work.kind_other)


def _explained(label: str, other: str) -> str:
    return "：".join(part for part in (label, other.strip()) if part)


def _titles(works: Sequence[Work]) -> str:
    titles = list(dict.fromkeys(work.title.strip() for work in works if work.title.strip()))
    more = f"等 {len(titles)} 项" if len(titles) > TITLES_SHOWN else ""
    return "、".join(titles[:TITLES_SHOWN]) + more


def _notes(works: Sequence[Work]) -> str:
    return "；".join(dict.fromkeys(work.note.strip() for work in works if work.note.strip()))


def _day_notes(found: PeriodRecords[Kept], what: str) -> tuple[str, ...]:
    """What was counted by another day than its own, and what was not counted."""
    notes: list[str] = []
    if found.by_owner or found.by_entry:
        of_owner = f"{len(found.by_owner)} 项按所属活动或案例的日期计入" if found.by_owner else ""
        of_entry = f"{len(found.by_entry)} 项按登记日期计入" if found.by_entry else ""
        notes.append(f"{what}没有填日期的：{'，'.join(part for part in (of_owner, of_entry) if part)}。")
    if found.left_out:
        notes.append(f"另有{what} {len(found.left_out)} 项，所属活动或案例已删除，没有计入。")
    return tuple(notes)


# ───────── groups ─────────


def _grouped(keyed: Iterable[tuple[str, str, Work]]) -> list[list[Work]]:
    """The works with the same two words together, in the order in which they first come."""
    groups: dict[tuple[str, str], list[Work]] = {}
    for first, second, work in keyed:
        groups.setdefault((first, second), []).append(work)
    return list(groups.values())


def _alone(uids: Sequence[str]) -> str:
    """The record that a line shows, if it shows one."""
    return uids[0] if len(uids) == 1 else ""
