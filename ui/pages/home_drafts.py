"""What was typed and not saved, offered on 首页 with the way back to it."""

from collections.abc import Callable

from models.drafts import Draft
from ui.context import Place
from ui.widgets.strips import MessageStrip

PAGES = {"activity": "activities", "sub_record": "activities", "case": "cases", "plan_item": "calendar"}


def draft_strip(draft: Draft, go: Callable[[Place], object]) -> MessageStrip | None:
    """A line with 继续填写; None for a draft that has a place of its own elsewhere."""
    page = PAGES.get(draft.kind)
    if page is None:
        return None
    if draft.kind == "plan_item":  # a line of the plan comes back with its month
        place = Place(page, action="year", field=f"{draft.values.get('month')}-01")
    elif draft.record_uid:
        place = Place(page, uid=draft.record_uid)
    else:
        place = Place(page, action="new")
    title = str(draft.values.get("title") or draft.values.get("name") or "未填名称")
    moment = f"{draft.saved_at.month}月{draft.saved_at.day}日 {draft.saved_at:%H:%M}"
    return MessageStrip("info", f"“{title}”还没有保存，{moment} 填到一半。", [("继续填写", lambda: go(place))])
