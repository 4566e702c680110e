"""The keeper of what is typed into a case: the same as for activities, under keys of its own."""

from models.drafts import delete_draft, save_draft
from ui.pages.activity_form_drafts import DraftKeeper

KIND = "case"


class CaseKeeper(DraftKeeper):
    """Writes the draft of the open case, at most three seconds after it was typed."""

    def _write(self) -> bool:
        found = self._collect()
        if found is None:
            delete_draft(self._context.ledger, self._key)
            return False
        self._key, uid, values = found
        save_draft(self._context.ledger, self._key, KIND, uid, values, self._context.clock())
        return True
