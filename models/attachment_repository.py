"""The only SQL about photos and files: dataclass in, dataclass out."""

from collections.abc import Sequence

from models.attachment import Attachment
from models.ledger import Ledger
from models.record_repository import RecordTable

ATTACHMENTS = RecordTable("attachment", Attachment, "附件")


def list_attachments(ledger: Ledger, owner_uid: str, kind: str = "") -> list[Attachment]:
    """What belongs to a record, in its order; only photos or only files if `kind` says so."""
    wanted = {"kind": kind} if kind else {}
    return ATTACHMENTS.list_where(ledger, order="position, created_at, uid", owner_uid=owner_uid, **wanted)


def count_photos(ledger: Ledger, owner_uids: Sequence[str]) -> dict[str, int]:
    """How many photos each of these records has; records without any are left out."""
    counts: dict[str, int] = {}
    for start in range(0, len(owner_uids), 500):
        part = owner_uids[start : start + 500]
        rows = ledger.query(
            "SELECT owner_uid, count(*) FROM attachment WHERE kind = 'photo' AND deleted_at IS NULL"
            f" AND owner_uid IN ({', '.join('?' * len(part))}) GROUP BY owner_uid",
            part,
        )
        counts.update(rows)
    return counts


def digests_in_use(ledger: Ledger) -> set[str]:
    """Every stored file that a row refers to, rows in 回收站 and whatever was ever submitted included."""
    rows = ledger.query("SELECT digest, full_digest FROM attachment UNION ALL SELECT digest, '' FROM submission_file")
    return {digest for row in rows for digest in row if digest}
