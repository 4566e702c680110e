"""A whole ledger of invented records, for “先看看示例数据” and for `main.py demo`."""

from datetime import datetime, time
from pathlib import Path

from models.ledger import Ledger
from models.notice import Notice
from models.recording import Clerk, record_many
from models.samples import SAMPLE_DAY, sample_activities, sample_unit
from models.unit_repository import save_unit


def create_sample_ledger(folder: Path, notice: Notice) -> Ledger:
    """Make the sample ledger in `folder` and return it open. Raises UserError as `Ledger.create` does."""
    ledger = Ledger.create(folder)
    try:
        unit = sample_unit()
        clerk = Clerk(notice, datetime.combine(SAMPLE_DAY, time(9, 0)), unit.contact)
        with ledger.transaction("填写单位档案", at=clerk.now, person=clerk.person):
            save_unit(ledger, unit, now=clerk.now, person=clerk.person)
        record_many(ledger, sample_activities(), clerk, "登记示例活动")
    except BaseException:
        ledger.close()
        raise
    return ledger
