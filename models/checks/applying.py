"""Asking one rule about one record, and putting the clerk's 核实说明 beside what it finds."""

from models.activity import Activity
from models.case import Case
from models.checks.findings import CheckContext, Explanations, Finding, RegisteredRule, Repair, Severity, Subject
from models.checks.photos import PHOTOS, state_of


def apply_rule(
    rule: RegisteredRule[Subject],
    record: Subject,
    context: CheckContext,
    explanations: Explanations,
    record_kind: str,
    title: str,
) -> list[Finding]:
    """What a rule finds; hints with the explanation that was given for the values as they are now."""
    findings: list[Finding] = []
    for found in rule.check(record, context):
        field, message = found[0], found[1]
        repair: Repair | None = found[2] if len(found) > 2 else None
        fingerprint = "|".join(_value(record, name, context) for name in (rule.about or (field,)))
        explained_for, text = explanations.get((record.uid, rule.rule_id), ("", ""))
        findings.append(
            Finding(
                rule.rule_id,
                rule.severity,
                record.uid,
                field,
                message,
                fingerprint,
                repair,
                title,
                text if explained_for == fingerprint and rule.severity is Severity.SOFT else "",
                record_kind,
            )
        )
    return findings


def _value(record: Activity | Case, name: str, context: CheckContext) -> str:
    return state_of(context.attachments(record.uid)) if name == PHOTOS else str(getattr(record, name))
