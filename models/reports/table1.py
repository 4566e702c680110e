"""表1 主题宣传教育活动登记表: one activity on a sheet of its own, its photos on the pages behind.

总工办发〔2025〕7号 三 and 四 name what is recorded; the form itself is this project's own (FORMS 2.5). What is optional
and not filled in is left out instead of being printed blank.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models import file_store
from models.activity import MODE_LABELS, Activity, Status
from models.activity_repository import get_activity
from models.attachment import OF_ACTIVITY, PHOTO, Attachment
from models.attachment_repository import ATTACHMENTS, count_photos, list_attachments
from models.errors import UserError
from models.fields import activity_field
from models.ledger import Ledger
from models.notice import Notice
from models.publicity import Work
from models.publicity_repository import WORKS
from models.report import (
    Column,
    Entry,
    FieldGrid,
    Picture,
    PictureSheet,
    Report,
    Signature,
    Table,
    Value,
)
from models.reports import activity_words as words
from models.reports.basis import ReportBasis
from models.reports.quick_cells import new_cell, new_entry
from models.unit import Unit
from models.unit_repository import get_unit

CODE = "表1"
FILE_STEM = "活动登记表"
MOST_PHOTOS = 300  # of one file; a PDF is made in memory, which takes three times their size
SUMMARY_ROOM, EFFECT_ROOM = 6, 4  # lines
WIDE = frozenset(("活动名称", "活动简述", "成效", "宣传报道（媒体、标题、日期）", "备注"))  # the others share a line
EMPTY_COLUMNS = (Column("活动名称", 100), Column("活动时间", 40, "center"), Column("活动地点", 40))
EMPTY_TEXT = "本期没有已完成的活动"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What one sheet is filled from."""

    notice: Notice
    unit: Unit
    activity: Activity
    works: Sequence[Work]
    pictures: tuple[Picture, ...]


def build(basis: ReportBasis) -> Report:
    """The sheets of all activities that took place in the period, with their photos; errors as below."""
    return build_registration(basis, basis.activities)


def build_registration(basis: ReportBasis, activities: Sequence[Activity], *, photos: bool = True) -> Report:
    """The sheets of these activities in their order: the first is the report, the others follow it.

    Without any it is an empty table that says so. Raises UserError when they have more than 300 photos together;
    `photos` False leaves the photo pages out.
    """
    if not activities:
        return basis.report(CODE, FILE_STEM, "portrait", [Table(EMPTY_COLUMNS, (), empty_text=EMPTY_TEXT)])
    works = _works_by_activity(basis.ledger)
    pictures = _pictures_by_activity(basis.ledger, activities if photos else ())
    made = [
        _report(
            _Sheet(basis.notice, basis.unit, each, works.get(each.uid, ()), pictures.get(each.uid, ())),
            basis.today,
            basis.period.code,
        )
        for each in activities
    ]
    return replace(made[0], following=tuple(made[1:]))


def build_table1(
    ledger: Ledger, notice: Notice, activity: Activity | str, today: date | None = None, *, photos: bool = True
) -> Report:
    """The sheet of one activity, given as it stands in the editor (saved or not, complete or not) or by its uid.

    What is required and missing is marked so. `today` is the day of filling, None leaves it to be written by hand.
    Raises UserError when there is no activity of this uid.
    """
    if isinstance(activity, str):
        found = get_activity(ledger, activity)
        if found is None:
            raise UserError("这个活动已经不在台账里了。")
        activity = found
    works: Sequence[Work] = ()
    attached: Sequence[Attachment] = ()
    if activity.uid:
        works = WORKS.list_where(ledger, order="day, created_at, uid", activity_uid=activity.uid)
        attached = list_attachments(ledger, activity.uid, PHOTO) if photos else ()
    pictures = tuple(_picture(ledger, each) for each in attached)
    return _report(_Sheet(notice, get_unit(ledger), activity, works, pictures), today, activity.number)


def _report(sheet: _Sheet, today: date | None, period_code: str) -> Report:
    notice, unit, activity = sheet.notice, sheet.unit, sheet.activity
    grid = FieldGrid(_in_lines(filter(None, _entries(sheet))))
    return Report(
        code=CODE,
        title=notice.report_titles[CODE],
        file_stem=FILE_STEM,
        unit_name=unit.name,
        unit_code=unit.code,
        period_text=_short(activity.title),
        period_code=period_code,
        orientation="portrait",
        blocks=(grid, PictureSheet(sheet.pictures)) if sheet.pictures else (grid,),
        signature=Signature(filler=unit.contact, phone=unit.phone, filled_on=today),
        basis=notice.basis,
        form_version=notice.form_version,
        info=_info(activity, unit),
    )


def _info(activity: Activity, unit: Unit) -> tuple[str, ...]:
    items = (("填报单位", unit.name), ("基层工会统计编码", unit.code), ("记录编号", activity.number))
    return tuple(f"{label}：{value}" for label, value in items if value)


def _short(title: str) -> str:
    """The activity's name for the head of its photo pages and for the outline, at most as long as it should be."""
    name, most = " ".join(title.split()), activity_field("title").limit
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _entries(sheet: _Sheet) -> Iterator[Entry | None]:
    """The fields of the form in their order (FORMS 2.5), None for one that is optional and not filled in."""
    activity, notice = sheet.activity, sheet.notice
    own = (activity.uid,) if activity.uid else ()
    nobody = activity.status == Status.DONE and activity.people == 0

    def entry(label: str, field: str, value: Value, *, missing: bool = False, room: int = 1) -> Entry | None:
        if isinstance(value, str):
            value = value.strip()
        if not missing and (value is None or value == ""):
            return None
        return new_entry(label, new_cell(value, own, missing), field, room)

    title, focus = activity.title, words.choices(activity, "focus", notice)
    yield entry("活动名称", "title", title, missing=not title.strip())
    yield entry("活动时间", "start", words.when(activity), missing=activity.start is None)
    yield entry("活动地点", "place", activity.place)
    yield entry("活动形式", "form", words.form(activity, notice), missing=not activity.form)
    yield entry("细分项目", "item", notice.label("item", activity.item))
    yield entry("宣传教育重点", "focus", focus, missing=not activity.focus)
    yield entry("开展方式", "mode", MODE_LABELS.get(activity.held_mode, ""))
    yield entry("举办角色及联合单位", "role", words.role(activity))
    yield entry("场次", "sessions", activity.sessions)
    yield entry("线下参加人次", "people_offline", activity.people_offline, missing=nobody)
    yield entry("线上参与人次", "people_online", activity.people_online, missing=nobody)
    yield entry("其中登台展示职工数", "people_active", activity.people_active)
    yield entry("活动载体", "carrier", words.carrier(activity, notice))
    yield entry("服务中心工作", "local_focus", words.choices(activity, "local_focus", notice))
    yield entry("成果数量", "quantity", words.quantity(activity, notice))
    yield entry("活动简述", "summary", activity.summary, room=SUMMARY_ROOM)
    yield entry("成效", "effect", activity.effect, room=EFFECT_ROOM)
    yield entry("宣传报道（媒体、标题、日期）", "", words.publicity(sheet.works, notice))
    yield entry("AI应用", "ai_use", words.ai_use(activity, notice))
    yield entry("责任人", "leader", activity.leader)
    yield entry("备注", "note", activity.note)


def _in_lines(entries: Iterable[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Two short entries share a line; one that is left alone has it to itself."""
    lines: list[tuple[Entry, ...]] = []
    waiting: Entry | None = None
    for entry in entries:
        wide = entry.label in WIDE
        if wide and waiting is not None:
            lines.append((waiting,))
            waiting = None
        if wide:
            lines.append((entry,))
        elif waiting is not None:
            lines.append((waiting, entry))
            waiting = None
        else:
            waiting = entry
    if waiting is not None:
        lines.append((waiting,))
    return tuple(lines)


def _works_by_activity(ledger: Ledger) -> Mapping[str, Sequence[Work]]:
    found: defaultdict[str, list[Work]] = defaultdict(list)
    for work in WORKS.list_all(ledger, "day, created_at, uid"):
        found[work.activity_uid].append(work)
    return found


def _pictures_by_activity(ledger: Ledger, activities: Sequence[Activity]) -> Mapping[str, tuple[Picture, ...]]:
    counts = count_photos(ledger, [each.uid for each in activities])
    total = sum(counts.values())
    if total > MOST_PHOTOS:
        raise UserError(
            f"这些活动共有 {total} 张照片，一份登记表最多附 {MOST_PHOTOS} 张。请选短一些的报送期分几次做，或不附照片。"
        )
    found: defaultdict[str, list[Picture]] = defaultdict(list)
    photos = ATTACHMENTS.list_where(
        ledger, order="owner_uid, position, created_at, uid", owner_kind=OF_ACTIVITY, kind=PHOTO
    )
    for photo in photos:
        if photo.owner_uid in counts:
            found[photo.owner_uid].append(_picture(ledger, photo))
    return {uid: tuple(pictures) for uid, pictures in found.items()}


def _picture(ledger: Ledger, photo: Attachment) -> Picture:
    """The slimmed picture; a row that names no file of the store leads to a name that nobody has."""
    try:
        file = file_store.path_of(ledger.folder, photo.digest, photo.suffix)
    except ValueError:
        file = ledger.folder / file_store.FOLDER / "missing.jpg"
    by = f"（摄影：{photo.photographer}）" if photo.photographer else ""
    return Picture(file, f"{photo.caption}{by}", photo.width, photo.height, photo.uid)
