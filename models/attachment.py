"""A photo or file that belongs to an activity or a case. Its bytes lie in the ledger's `photos` folder."""

from dataclasses import dataclass
from datetime import datetime

PHOTO, FILE = "photo", "file"
OF_ACTIVITY, OF_CASE = "activity", "case"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One photo or file.

    `digest` is the SHA-256 (hex) of the stored bytes and so their name on disk, `suffix` their type (.jpg).
    `full_*` is the full-size copy that cases keep of a photo, empty otherwise. `width` and `height` are pixels
    of the slimmed picture, 0 for files. `file_name` is the clerk's own name of it, without folders.
    """

    owner_kind: str = ""
    owner_uid: str = ""
    kind: str = PHOTO
    position: int = 0
    digest: str = ""
    suffix: str = ""
    byte_count: int = 0
    full_digest: str = ""
    full_byte_count: int = 0
    width: int = 0
    height: int = 0
    file_name: str = ""
    caption: str = ""
    photographer: str = ""
    consent: bool = False
    uid: str = ""
    revision: int = 0
    created_at: datetime | None = None
    modified_at: datetime | None = None
    modified_by: str = ""
