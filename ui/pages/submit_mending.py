"""What a finding offers to do about it: the change it proposes, or a line of explanation."""

from dataclasses import replace

from models import activity_repository, case_recording
from models.case_repository import CASES
from models.checks import Finding
from models.checks.findings import CASE
from models.explanation_repository import save_explanation
from models.recording import quoted, record
from ui import operations
from ui.context import Context


def repair(context: Context, finding: Finding) -> None:
    """Make the change the finding proposes."""
    ledger, proposed, clerk = context.ledger, finding.repair, context.clerk()
    if proposed is None:
        return
    if finding.record_kind == CASE:
        case = CASES.get(ledger, finding.uid)
        if case is not None:
            mended = replace(case, **{proposed.field: proposed.value})
            words = f"{case_recording.quoted(case)}已{proposed.label}"
            operations.run(context, lambda: case_recording.record_case(ledger, mended, clerk), words)
        return
    activity = activity_repository.get_activity(ledger, finding.uid)
    if activity is not None:
        changed = activity.with_values(**{proposed.field: proposed.value})
        operations.run(context, lambda: record(ledger, changed, clerk), f"{quoted(activity)}已{proposed.label}")


def explain(context: Context, finding: Finding, text: str) -> None:
    """Keep the clerk's answer to a hint; an empty one takes it back. The tick beside it and the count tell so: a
    message would lie over the lines that are still to be written.
    """
    ledger, clerk = context.ledger, context.clerk()

    def save() -> None:
        with ledger.transaction("写核实说明" if text else "删去核实说明", at=clerk.now, person=clerk.person):
            save_explanation(ledger, finding, text, now=clerk.now, person=clerk.person)

    operations.run(context, save)
