"""From the form to the ledger: the record and the 核实说明 that came with it, as one step of 撤销."""

from models import activity_repository, recording
from models.activity import Activity
from models.checks.run import context_for_one
from models.drafts import Draft, activity_key, delete_draft, save_draft
from models.explanation_repository import save_explanation
from models.identity import new_uid
from ui.context import Context
from ui.pages.activity_form_checks import settle_answers
from ui.pages.activity_form_drafts import KIND
from ui.pages.activity_form_state import UID, FormState, typed_in


def begin_new(context: Context) -> Activity:
    """An empty record with its future uid: a draft left over from a crash right after saving is then recognised."""
    return recording.new_activity(context.ledger, context.clerk()).with_values(uid=new_uid())


def save(context: Context, state: FormState, *, finalise: bool | None) -> Activity:
    """Record what stands in the form. Hints answered here are answered in the ledger by the same step.

    Raises UserError, and then nothing is changed. Answers to hints that no longer arise are dropped.
    """
    clerk, ledger, record = context.clerk(), context.ledger, state.record()
    if not state.answers:
        return recording.record(ledger, record, clerk, finalise=finalise)
    before = activity_repository.get_activity(ledger, record.uid)
    with ledger.transaction(recording.describe_change(before, record), at=clerk.now, person=clerk.person):
        saved = recording.record(ledger, record, clerk, finalise=finalise)
        checks = context_for_one(ledger, context.notice, clerk.today, saved)
        for finding, text in settle_answers(saved, checks, state.answers):
            save_explanation(ledger, finding, text, now=clerk.now, person=clerk.person)
    return saved


def is_leftover(context: Context, draft: Draft) -> bool:
    """Whether the new record that this draft is about was saved after all (the program died before deleting it)."""
    uid = draft.values.get(UID)
    return (
        not draft.record_uid
        and isinstance(uid, str)
        and activity_repository.get_activity(context.ledger, uid) is not None
    )


def file_away(context: Context, draft: Draft) -> Activity:
    """Make a record of a draft that has none, because its place is needed; unreadable boxes stay as its draft."""
    state = FormState(context.notice, context.clock().date())
    state.open(Activity(uid=new_uid()), stored=False, typed=typed_in(draft.values, context.clock().date()))
    saved = save(context, state, finalise=None)
    state.after_saving(saved)
    if state.unread():
        save_draft(context.ledger, activity_key(saved.uid), KIND, saved.uid, state.draft(), context.clock())
    delete_draft(context.ledger, draft.key)
    return saved
