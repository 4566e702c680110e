"""通知包 in a ledger: which there are, which is current, and what a new one changes.

Packs lie in the ledger's `notices` folder, so that they move with it. Records keep the id of the notice they were
entered under; changing the current one changes no record.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from models.errors import UserError
from models.ledger import Ledger
from models.notice import Notice, Option, builtin_notice, installed_notices, load_notice
from models.notice_options import CHOICES
from models.settings import get_setting, save_setting
from models.storage_faults import storage_faults

log = logging.getLogger(__name__)

FOLDER, KEY = "notices", "notice"
_MOST_NAMED = 8

_LISTS = {
    "form": "活动形式", "item": "细分项目", "focus": "宣传教育重点", "focus_sub": "重点细目", "area": "县（市、区）",
    "superior_type": "上级工会类型", "org_type": "组织类型", "chain": "产业链群", "carrier": "活动载体",
    "local_focus": "服务中心工作", "brand": "工作品牌", "linked_campaigns": "结合活动", "merge_topics": "融合主题",
    "methods": "五个“人”", "partners": "协作部门", "ai_use": "AI应用", "evaluation": "评估方式",
    "cost_source": "经费来源", "need_source": "需求来源", "tags": "标签", "case_domain": "案例领域",
    "publicity_kind": "作品和报道类型", "publicity_level": "媒体级别", "publicity_type": "宣传类别",
    "exemplar_kind": "典型类别", "exemplar_level": "典型级别",
}  # fmt: skip
_THRESHOLDS = {
    "safety_people": "要写安全措施的人次", "large_event_people": "大型活动人次", "span_days": "跨天提醒天数",
    "summary_min": "简述最少字数", "summary_max": "简述最多字数", "overdue_days": "计划逾期提醒天数",
    "attachment_mb": "附件大小（MB）",
}  # fmt: skip
_RECIPIENT = {
    "union": "报给", "department": "部门", "contact": "联系人", "phone": "电话", "email": "邮箱",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pack:
    """One notice that can be made current. `file` is its name in the folder, empty for the one of the program."""

    notice: Notice
    file: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the preview: what it is about, and what was there and what comes; one of them may be empty."""

    subject: str
    old: str
    new: str


def list_packs(ledger: Ledger) -> tuple[list[Pack], list[UserError]]:
    """The packs that can be used, the program's own first, and why others in the folder cannot."""
    packs, faults = [Pack(builtin_notice())], list[UserError]()
    for path in installed_notices(ledger.folder / FOLDER):
        try:
            packs.append(Pack(load_notice(path), path.name))
        except UserError as error:
            faults.append(error)
    return packs, faults


def current_notice(ledger: Ledger) -> Notice:
    """The notice that is in force; the program's own when the chosen one is gone or cannot be read (then logged)."""
    chosen = get_setting(ledger, KEY, "")
    if not isinstance(chosen, str) or not chosen:
        return builtin_notice()
    path = ledger.folder / FOLDER / Path(chosen).name
    try:
        return load_notice(path)
    except UserError as error:
        log.warning("the chosen notice cannot be used: %s", error.message)
        return builtin_notice()


def choose_notice(ledger: Ledger, pack: Pack) -> None:
    """Make a pack the current one. What is on screen follows when the ledger is opened again."""
    save_setting(ledger, KEY, pack.file)


def install(ledger: Ledger, path: Path) -> Pack:
    """Check a pack and copy it into the ledger, in the place of an older one with the same id and version.

    Raises UserError for anything that is not a whole notice pack, and for one the program brings along.
    """
    notice = load_notice(path)
    if notice.digest == builtin_notice().digest:
        raise UserError(f"“{notice.form_version}”就是程序自带的通知包，不用安装。")
    name = re.sub(r"[^\w.-]", "-", f"{notice.id}_{notice.form_version}").strip(".-")[:80] + ".toml"
    target = ledger.folder / FOLDER / name
    with storage_faults(target.parent):
        target.parent.mkdir(exist_ok=True)
        partial = target.with_name(target.name + ".part")
        try:
            partial.write_bytes(notice.content)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    return Pack(load_notice(target), name)


def uninstall(ledger: Ledger, pack: Pack) -> None:
    """Take an installed pack out of the ledger. Raises UserError for the current one and the program's own."""
    if not pack.file or get_setting(ledger, KEY, "") == pack.file:
        raise UserError("正在使用的通知包和程序自带的通知包不能删除。请先改用另一个。")
    with storage_faults(ledger.folder / FOLDER):
        (ledger.folder / FOLDER / pack.file).unlink(missing_ok=True)


def preview(old: Notice, new: Notice) -> list[Difference]:
    """What changes for the clerk when `new` takes the place of `old`; empty when nothing does."""
    found = [
        Difference(subject, before, after)
        for subject, before, after in (
            ("通知", old.title, new.title),
            ("文号", old.basis, new.basis),
            *((word, getattr(old.recipient, name), getattr(new.recipient, name)) for name, word in _RECIPIENT.items()),
            ("截止日期", _day(old), _day(new)),
            ("案例字数上限", _number(old.case_max_chars), _number(new.case_max_chars)),
            ("照片张数上限", _number(old.photo_max), _number(new.photo_max)),
            *((_THRESHOLDS[name], *_threshold(name, old, new)) for name in _threshold_names()),
        )
        if before != after
    ]
    for name in ("form", "item", "focus", "focus_sub", "area", "superior_type", "org_type", "chain", *CHOICES):
        found += _compare_options(_LISTS[name], old.options(name), new.options(name))
    for title in sorted({*old.report_titles, *new.report_titles}):
        before, after = old.report_titles.get(title, ""), new.report_titles.get(title, "")
        if before != after:
            found.append(Difference(f"{title}标题", before, after))
    return found


def _compare_options(subject: str, old: Sequence[Option], new: Sequence[Option]) -> list[Difference]:
    before, after = {each.code: each.label for each in old}, {each.code: each.label for each in new}
    lines = [
        Difference(f"{subject}改名", before[code], after[code])
        for code in before
        if code in after and before[code] != after[code]
    ]
    if gone := [label for code, label in before.items() if code not in after]:
        lines.append(Difference(f"{subject}减少 {len(gone)} 项", _some(gone), ""))
    if come := [label for code, label in after.items() if code not in before]:
        lines.append(Difference(f"{subject}增加 {len(come)} 项", "", _some(come)))
    return lines


def _some(labels: list[str]) -> str:
    more = f"等 {len(labels)} 项" if len(labels) > _MOST_NAMED else ""
    return "、".join(labels[:_MOST_NAMED]) + more


def _day(notice: Notice) -> str:
    last = notice.deadline
    return f"{last.year}年{last.month}月{last.day}日" if last else "没有规定"


def _number(value: int) -> str:
    return str(value) if value else "没有规定"


def _threshold_names() -> list[str]:
    return [each.name for each in fields(type(builtin_notice().thresholds))]


def _threshold(name: str, old: Notice, new: Notice) -> tuple[str, str]:
    return str(getattr(old.thresholds, name)), str(getattr(new.thresholds, name))
