"""How large the attachments of one mail may be: what somebody chose for this ledger, else what the notice pack says."""

from models.errors import UserError
from models.ledger import Ledger
from models.notice import Notice
from models.settings import get_setting, save_setting

KEY = "mail_limit_mb"
LEAST_MB, MOST_MB = 1, 1024


def chosen_limit_mb(ledger: Ledger) -> int | None:
    """The megabytes chosen in this ledger, None when the notice pack decides."""
    stored = get_setting(ledger, KEY)
    return stored if type(stored) is int and LEAST_MB <= stored <= MOST_MB else None


def limit_mb(ledger: Ledger, notice: Notice) -> int:
    """The megabytes that the attachments of one mail may have."""
    return chosen_limit_mb(ledger) or notice.thresholds.attachment_mb


def save_limit_mb(ledger: Ledger, megabytes: int | None) -> None:
    """Choose, or leave it to the notice pack with None. Raises UserError out of range and for the disk."""
    if megabytes is not None and not LEAST_MB <= megabytes <= MOST_MB:
        raise UserError(f"“每封附件大小”应是 {LEAST_MB} 到 {MOST_MB} 之间的数，单位是 MB。")
    save_setting(ledger, KEY, megabytes)
