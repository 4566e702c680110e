"""In the pane beside the grid: that a record was submitted, and whether it has been changed since."""

from PySide6.QtWidgets import QWidget

from models.submission_log_repository import last_sent_of
from ui.context import Context, Place
from ui.submission_marks import marks_of
from ui.widgets.buttons import link
from ui.widgets.labels import ElidedLabel, IconLabel
from ui.widgets.layouts import row
from ui.widgets.strips import MessageStrip


def submitted_lines(context: Context, uid: str) -> list[QWidget]:
    """Nothing for a record that was never sent; a strip with the way to 更正报送 when it says something else now."""
    mark = marks_of(context).marks.get(uid)
    if mark is not None:
        from models.submission_log import title_of

        own = mark.submission
        correct, look = Place("submit", field=own.period, action="new"), Place("submissions", uid=own.uid)
        ways = [("更正报送", lambda: context.go_to.emit(correct)), ("查看报送", lambda: context.go_to.emit(look))]
        return [MessageStrip("warn", f"已报送（{title_of(own)}），报后有改动。", ways)]
    sent = last_sent_of(context.ledger, uid)
    if not sent:
        return []
    line = QWidget()
    show = link("查看报送")
    show.clicked.connect(lambda: context.go_to.emit(Place("submissions", uid=sent)))
    words = row(IconLabel("lock", "hint"), spacing=8, parent=line)
    words.addWidget(ElidedLabel("已报送，报后没有改动", "hint"), 1)
    words.addWidget(show)
    return [line]
