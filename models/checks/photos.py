"""What rules of activities and of cases say about photos and files (H14, S16)."""

from collections.abc import Iterator, Sequence

from models.attachment import PHOTO, Attachment
from models.checks.findings import CheckContext, Found
from models.ledger import Ledger

PHOTOS = "photos"  # the field that such findings are about


def has_files(ledger: Ledger, attachment: Attachment) -> bool:
    """Whether what a photo or file refers to lies in the ledger's folder, its full-size copy too if it has one."""
    from models.file_store import is_kept  # brings OpenSSL along, which a start can do without

    digests = [attachment.digest, *([attachment.full_digest] if attachment.full_digest else [])]
    return all(is_kept(ledger.folder, digest, attachment.suffix) for digest in digests)


def missing_files(uid: str, context: CheckContext) -> Iterator[Found]:
    """H14: the record names a photo or file whose bytes are gone."""
    lost = [each for each in context.attachments(uid) if not context.has_file(each)] if uid else []
    if lost:
        names = "、".join(f"“{name_of(each)}”" for each in lost[:3])
        more = f"等 {len(lost)} 个文件" if len(lost) > 3 else ""
        yield PHOTOS, f"照片或附件{names}{more}已经不在。请重新添加，或从记录里移除。"


def unexplained_photos(uid: str, context: CheckContext) -> Iterator[Found]:
    """S16: photos without a caption, or without the consent of who is on them."""
    photos = [each for each in context.attachments(uid) if each.kind == PHOTO] if uid else []
    bare = sum(not each.caption.strip() for each in photos)
    unasked = sum(not each.consent for each in photos)
    if bare:
        yield PHOTOS, f"{len(photos)} 张照片里有 {bare} 张没有写说明。请写清谁在做什么，不超过 40 字。"
    if unasked:
        yield PHOTOS, f"{len(photos)} 张照片里有 {unasked} 张没有勾“已征得同意”。请问过照片上的人再勾。"


def state_of(attachments: Sequence[Attachment]) -> str:
    """What an explanation about photos depends on."""
    return ";".join(f"{each.uid},{each.caption},{int(each.consent)}" for each in attachments)


def name_of(attachment: Attachment) -> str:
    """What the clerk knows an attachment by."""
    return attachment.caption.strip() or attachment.file_name or f"{attachment.digest[:8]}{attachment.suffix}"
