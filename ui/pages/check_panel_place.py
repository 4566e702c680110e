"""Where 去填写 leads."""

from models.checks import Finding
from models.checks.findings import CASE
from ui.context import Place

UNIT = "unit."  # how findings name fields of the unit card


def place_of(finding: Finding) -> Place:
    """The field a finding is about: in a record, on the unit card, or a new record when there is none at all."""
    if finding.field.startswith(UNIT):
        return Place("settings", field=finding.field.removeprefix(UNIT))
    if finding.uid:
        page = "cases" if finding.record_kind == CASE else "activities"
        return Place(page, uid=finding.uid, field=finding.field)
    return Place("activities", action="new")
