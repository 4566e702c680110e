"""The notice pack (通知包): everything that a notice names, as data. This is the door; the rooms are notice_*.py."""

from models.notice_loader import builtin_notice, installed_notices, load_notice
from models.notice_pack import Notice
from models.notice_parts import (
    ActivityForm,
    Anniversary,
    Clause,
    Document,
    Focus,
    FormItem,
    Indicator,
    NoticeDay,
    Option,
    Recipient,
    Thresholds,
)

__all__ = [
    "ActivityForm",
    "Anniversary",
    "Clause",
    "Document",
    "Focus",
    "FormItem",
    "Indicator",
    "Notice",
    "NoticeDay",
    "Option",
    "Recipient",
    "Thresholds",
    "builtin_notice",
    "installed_notices",
    "load_notice",
]
