"""Rules about the unit card (H12, S01)."""

from models.checks.findings import UNIT, Finding, Severity
from models.fields import UNIT_FIELDS
from models.notice import Notice
from models.unit import Unit

CARD = "单位档案"


def check_unit(unit: Unit, _notice: Notice) -> list[Finding]:
    """What a submission misses on the unit card. Never blocks recording activities."""
    findings = [
        Finding(
            "H12",
            Severity.HARD,
            "",
            f"unit.{spec.name}",
            f"单位档案里的“{spec.label}”没有填。报送前请补上。",
            title=CARD,
            record_kind=UNIT,
        )
        for spec in UNIT_FIELDS
        if spec.required and not str(getattr(unit, spec.name)).strip()
    ]
    if unit.workers is not None and unit.members is not None and unit.members > unit.workers:
        message = f"会员人数 {unit.members} 多于职工人数 {unit.workers}。请核对单位档案。"
        fingerprint = f"{unit.workers}|{unit.members}"
        findings.append(
            Finding("S01", Severity.SOFT, unit.uid, "unit.members", message, fingerprint, title=CARD, record_kind=UNIT)
        )
    return findings
