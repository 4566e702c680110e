"""Why one cannot go on from a step, in one sentence for the footer."""

from typing import TYPE_CHECKING

from ui.pages.submit_receipt import GONE
from ui.pages.submit_state import CHECKS, PACK, SEND, VIEW

if TYPE_CHECKING:
    from ui.pages.submit import SubmitPage

Reason = tuple[str, str]  # the sentence, and its colour
FREE: Reason = ("", "")


def reason_for(page: "SubmitPage") -> Reason:
    """Empty when the button at the right may be pressed."""
    wish = page.wish
    if wish is None:
        return FREE
    match wish.step:
        case step if step == CHECKS:
            return _of_checks(page)
        case step if step == VIEW:
            if page.parcel is None:
                return _missing(page, "排版")
            return ("收件邮箱不对，改好才能进入下一步", "error") if page.view.blocking() else FREE
        case step if step == PACK:
            if page.parcel is None:
                return _missing(page, "排版")
            problem = page.pack.problem()
            return (problem, "error") if problem else FREE
        case step if step == SEND:
            logged = page.sending.logged
            gone = logged is not None and logged.state in GONE
            return ("", "") if gone else ("可以先关闭，以后在“报送记录”里接着寄", "hint")
        case _:
            return FREE if wish.forms else ("先勾要报的表", "hint")


def _of_checks(page: "SubmitPage") -> Reason:
    found = page.collected
    if found is None:
        return _missing(page, "检查")
    content = found.content
    if content.checks.hard:
        return f"还有 {len(content.checks.hard)} 项必须改，改好才能进入下一步", "error"
    if content.unchanged:
        return "内容没有变化，不用再报", "error"
    waiting = page.checks.unanswered()
    return (f"还有 {waiting} 项提示没有处理，改好或写一句核实说明", "warn") if waiting else FREE


def _missing(page: "SubmitPage", what: str) -> Reason:
    """What is wanted is under way, or could not be made; then the window has said why."""
    return (f"正在{what}", "hint") if page.work.busy else (f"没能{what}。按上方的说明改好，再试一次", "error")
