"""The only SQL about plan items and 研究部署."""

from models.ledger import Ledger
from models.plan_item import PlanItem
from models.record_repository import RecordTable

PLAN_ITEMS = RecordTable("plan_item", PlanItem, "计划")


def list_of_year(ledger: Ledger, year: int) -> list[PlanItem]:
    """The plan and the meetings of a calendar year, by month."""
    return [
        item
        for item in PLAN_ITEMS.list_all(ledger, "month, day, created_at, uid")
        if item.month.startswith(f"{year}-") or (item.day and item.day.year == year)
    ]
