"""What was typed and not saved, offered on 首页 with the way back to it."""

from collections.abc import Callable

from models.drafts import Draft
from ui.context import Place
from ui.pages.draft_strips import draft_words, go_on_words
from ui.widgets.strips import MessageStrip

PAGES = {
    "activity": "activities",
    "sub_record": "activities",
    "case": "cases",
    "plan_item": "calendar",
    "summary": "reports",
}


def draft_strip(draft: Draft, go: Callable[[Place], object]) -> MessageStrip | None:
    """A line with 继续填写; None for a draft that has a place of its own elsewhere."""
    page = PAGES.get(draft.kind)
    if page is None:
        return None
    if draft.kind == "plan_item":  # a line of the plan comes back with its month
        place = Place(page, action="year", field=f"{draft.values.get('month')}-01")
    elif draft.kind == "summary":  # one for each period, whose code is in the key
        place = Place(page, uid=draft.key.partition(":")[2], action="summary")
    elif draft.record_uid:
        place = Place(page, uid=draft.record_uid)
    else:
        place = Place(page, action="new")
    return MessageStrip("info", draft_words(draft), [(go_on_words(draft), lambda: go(place))])
