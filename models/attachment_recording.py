"""What happens to the rows of photos and files: added, described, put in order, removed. Each is a step of 撤销."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from models.attachment import FILE, OF_CASE, PHOTO, Attachment
from models.attachment_repository import ATTACHMENTS, list_attachments
from models.errors import UserError
from models.ledger import Ledger
from models.recording import Clerk

CAPTION_LIMIT = 40
NAME_LIMIT = 20
MOST_IN_FORM = {"activity": 9, "case": 5}  # FORMS.md, unless the notice says otherwise
EDITABLE = frozenset(("caption", "photographer", "consent", "file_name"))
_GONE = "这张照片已经不在台账里了，可能刚被移除。"


def attach(
    ledger: Ledger, owner_kind: str, owner_uid: str, attachments: Sequence[Attachment], clerk: Clerk
) -> list[Attachment]:
    """Give a record these stored photos or files, after those it has; one step of 撤销. Returns them as saved.

    Raises UserError when the record is gone.
    """
    if not attachments:
        return []
    owner = owner_words(ledger, owner_kind, owner_uid)
    ends = {kind: _next_position(ledger, owner_uid, kind) for kind in {each.kind for each in attachments}}
    saved: list[Attachment] = []
    with ledger.transaction(f"给{owner}添加{counted(attachments)}", at=clerk.now, person=clerk.person):
        for each in attachments:
            placed = replace(each, owner_kind=owner_kind, owner_uid=owner_uid, position=ends[each.kind])
            ends[each.kind] += 1
            saved.append(ATTACHMENTS.save(ledger, placed, now=clerk.now, person=clerk.person))
    return saved


def describe(ledger: Ledger, uid: str, clerk: Clerk, **values: Any) -> Attachment:
    """Change caption, photographer or consent of a photo (or the name of a file). What is the same is not written.

    Raises UserError when it was removed meanwhile.
    """
    assert values.keys() <= EDITABLE, values
    before = ATTACHMENTS.get(ledger, uid)
    if before is None:
        raise UserError(_GONE)
    after = replace(before, **values)
    if after == before:
        return before
    what = "同意情况" if before.consent != after.consent and len(values) == 1 else "说明"
    label = f"修改照片{quoted(before)}的{what}" if before.kind == PHOTO else f"修改附件{quoted(before)}"
    with ledger.transaction(label, at=clerk.now, person=clerk.person):
        return ATTACHMENTS.save(ledger, after, now=clerk.now, person=clerk.person)


def consent_to_all(ledger: Ledger, photos: Iterable[Attachment], clerk: Clerk) -> int:
    """Tick 已征得同意 of all these photos as one step; returns how many were not ticked before."""
    wanting = [photo for photo in photos if not photo.consent]
    if wanting:
        with ledger.transaction(f"勾选 {len(wanting)} 张照片已征得同意", at=clerk.now, person=clerk.person):
            for photo in wanting:
                ATTACHMENTS.save(ledger, replace(photo, consent=True), now=clerk.now, person=clerk.person)
    return len(wanting)


def reorder(ledger: Ledger, owner_uid: str, kind: str, uids: Sequence[str], clerk: Clerk) -> None:
    """Put a record's photos (or files) into this order; what is not named keeps its order behind them."""
    present = {each.uid: each for each in list_attachments(ledger, owner_uid, kind)}
    named = [uid for uid in dict.fromkeys(uids) if uid in present]
    order = [*named, *(uid for uid in present if uid not in set(named))]
    moved = [(present[uid], place) for place, uid in enumerate(order) if present[uid].position != place]
    if order == list(present):
        return
    noun = "照片" if kind == PHOTO else "附件"
    with ledger.transaction(f"调整{noun}顺序", at=clerk.now, person=clerk.person):
        for each, place in moved:
            ATTACHMENTS.save(ledger, replace(each, position=place), now=clerk.now, person=clerk.person)


def remove(ledger: Ledger, attachments: Sequence[Attachment], clerk: Clerk) -> str:
    """Take photos or files from their record; 撤销 brings them back. Returns what was done, as a toast says it."""
    what = f"照片{quoted(attachments[0])}" if attachments[0].kind == PHOTO else f"附件{quoted(attachments[0])}"
    what = what if len(attachments) == 1 else counted(attachments).strip()
    with ledger.transaction(f"移除{what}", at=clerk.now, person=clerk.person):
        ATTACHMENTS.remove(ledger, [each.uid for each in attachments])
    return f"已移除{what if len(attachments) == 1 else f' {what}'}"


def counted(attachments: Sequence[Attachment]) -> str:
    """5 张照片, with the half space before a number that sentences have."""
    files = sum(each.kind == FILE for each in attachments)
    photos = len(attachments) - files
    parts = [f" {photos} 张照片"] if photos else []
    return "和".join([*parts, *([f" {files} 个附件"] if files else [])])


def quoted(attachment: Attachment) -> str:
    """A photo's or file's name as sentences use it."""
    text = attachment.caption or attachment.file_name or "未命名"
    short = text if len(text) <= NAME_LIMIT else text[:NAME_LIMIT] + "…"
    return f"“{short.replace('“', '‘').replace('”', '’')}”"


def owner_words(ledger: Ledger, owner_kind: str, owner_uid: str) -> str:
    """活动“…” or 案例“…”. Raises UserError when there is no such record."""
    if owner_kind == OF_CASE:
        from models import case_recording
        from models.case_repository import CASES

        case = CASES.get(ledger, owner_uid)
        if case is None:
            raise UserError("这个案例已经不在台账里了，照片和附件没有添加。")
        return f"案例{case_recording.quoted(case)}"
    from models import recording
    from models.activity_repository import get_activity

    activity = get_activity(ledger, owner_uid)
    if activity is None:
        raise UserError("这个活动已经不在台账里了，照片和附件没有添加。")
    return f"活动{recording.quoted(activity)}"


def _next_position(ledger: Ledger, owner_uid: str, kind: str) -> int:
    return max((each.position for each in list_attachments(ledger, owner_uid, kind)), default=-1) + 1
