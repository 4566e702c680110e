"""The pane beside the grid: what a record says, what the check says about it, and the two ways on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QScrollArea, QWidget

from models.activity import MODE_LABELS, ROLE_LABELS, STAGE_LABELS, Activity
from models.activity_repository import get_stage
from models.dates import format_date
from models.fields import activity_field
from models.notice import Notice
from ui import theme
from ui.context import Context, Place
from ui.pages.activity_detail_submitted import submitted_lines
from ui.pages.ledger_grid import CHIPS
from ui.submission_marks import marks_of
from ui.widgets.base import plain_menu_text
from ui.widgets.buttons import button, icon_button, link
from ui.widgets.chips import Chip
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import column, row, scale
from ui.widgets.strips import MessageStrip

if TYPE_CHECKING:
    from models.checks import Finding
    from ui.widgets.photo_thumbnails import Thumbnails

WIDTH = 360


class ActivityDetail(Bar):
    """Shows one record; rebuilt whenever another one becomes current."""

    opened = Signal(str, str)  # uid, field
    copied = Signal(str)
    deleted = Signal()
    hatched = Signal()
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("detail", parent)
        self._context = context
        self._activity: Activity | None = None
        self._thumbnails: Thumbnails | None = None
        self._stale = True
        context.changed.connect(self._outdate)
        marks_of(context).changed.connect(self._follow_marks)
        self.number = TextLabel(role="tiny", selectable=True)
        self.chip = Chip("draft")
        self.heading = WrapLabel("", "section")
        self._body = QScrollArea()
        self._body.setWidgetResizable(True)
        self._body.setFrameShape(QScrollArea.Shape.NoFrame)
        self._body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = column(self._build_head(), self._body, self._build_foot(), spacing=0, parent=self)
        whole.setStretch(1, 1)
        theme.changed.connect(self._resize)
        self._resize()

    def show_record(self, activity: Activity | None) -> None:
        """Show a record, or nothing. The one that is shown already stays as it is until the ledger changes."""
        if activity is not None and activity == self._activity and not self._stale:
            return
        self._activity, self._stale = activity, False
        if activity is None:
            self.hide()
            return
        stage = get_stage(self._context.ledger, activity.uid)
        self.number.setText(activity.number)
        self.chip.set_state(CHIPS[stage], STAGE_LABELS[stage])
        self.heading.setText(activity.title or "（未填名称）")
        self._body.setWidget(self._build_body(activity))

    def _outdate(self) -> None:
        """Photos, neighbours or answers may have changed, though the record has not."""
        self._stale = True

    def _follow_marks(self) -> None:
        """What was submitted was compared anew."""
        self._stale = True
        if self.isVisible():
            self.show_record(self._activity)

    def _build_head(self) -> QWidget:
        head = Ground("surface")
        close = icon_button("close", "关闭详情", small=True)
        close.clicked.connect(self.closed)
        column(row(self.number, None, self.chip, close), self.heading, margins=(20, 12, 12, 12), parent=head)
        return head

    def _build_foot(self) -> QWidget:
        foot = Bar("footer")
        self.open_button = button("打开编辑", "edit", shortcut_text="Enter")
        self.open_button.clicked.connect(lambda: self._activity and self.opened.emit(self._activity.uid, ""))
        self.copy_button = button("复制为新", "file-copy")
        self.copy_button.clicked.connect(lambda: self._activity and self.copied.emit(self._activity.uid))
        self.more_button = icon_button("more", "更多操作", kind="plain")
        self.more_button.clicked.connect(self._show_menu)
        row(self.open_button, self.copy_button, None, self.more_button, margins=(20, 0, 12, 0), parent=foot)
        return foot

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(plain_menu_text("移到回收站　Delete")).triggered.connect(self.deleted)
        menu.popup(self.more_button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _build_body(self, activity: Activity) -> QWidget:
        body = Ground("surface")
        grid = scale(QGridLayout(), spacing=6)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setColumnStretch(1, 1)
        for line, (label, text) in enumerate(describe(activity, self._context.notice)):
            value = WrapLabel(text, "note")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(TextLabel(label, "note", "hint"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, line, 1)
        strips = [self._strip(finding) for finding in self._findings(activity)]
        column(
            *submitted_lines(self._context, activity.uid),
            grid,
            *strips,
            *self._photos(activity),
            self._further(activity),
            None,
            margins=(20, 12, 16, 16),
            spacing=12,
            parent=body,
        )
        return body

    def _photos(self, activity: Activity) -> list[QWidget]:
        """The record's photos, small, when it has any."""
        from models.attachment import PHOTO
        from models.attachment_repository import list_attachments

        photos = list_attachments(self._context.ledger, activity.uid, PHOTO)
        if not photos:
            return []
        from ui.pages.activity_detail_photos import PhotoLine
        from ui.widgets.photo_thumbnails import Thumbnails

        if self._thumbnails is None:
            self._thumbnails = Thumbnails(self._context.ledger.folder, self)
        head = QWidget()
        change = link("添加", "image-add")
        change.setAccessibleName("添加照片")
        change.clicked.connect(lambda: self.opened.emit(activity.uid, "photos"))
        words = (TextLabel(f"照片 {len(photos)}", "strong"), TextLabel("已去除位置信息", "hint"))
        row(*words, None, change, parent=head)
        return [head, PhotoLine(photos, self._thumbnails)]

    def _further(self, activity: Activity) -> QWidget:
        """Ways on from here that lead to other pages."""
        line = QWidget()
        hatch = link("生成案例", "lightbulb")
        hatch.clicked.connect(self.hatched)
        history = link("修改记录", "history")
        history.clicked.connect(lambda: self._context.go_to.emit(Place("history", uid=activity.uid)))
        row(hatch, history, None, parent=line)
        return line

    def _findings(self, activity: Activity) -> "list[Finding]":
        from models.checks import check_activity
        from models.checks.run import context_for_one
        from models.explanation_repository import list_explanations

        ledger = self._context.ledger
        context = context_for_one(ledger, self._context.notice, self._context.clock().date(), activity)
        findings = check_activity(activity, context, list_explanations(ledger))
        return [finding for finding in findings if finding.open]

    def _strip(self, finding: "Finding") -> MessageStrip:
        from models.checks import Severity

        kind = "error" if finding.severity is Severity.HARD else "warn"
        strip = MessageStrip(kind, finding.message, [("去填写", lambda: self.opened.emit(finding.uid, finding.field))])
        strip.setToolTip(finding.rule_id)
        return strip

    def _resize(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))


def describe(activity: Activity, notice: Notice) -> list[tuple[str, str]]:
    """The filled-in answers as (label, text), in the order of the form; empty ones are left out."""
    lines = [
        ("时间", _when(activity)),
        ("地点", activity.place),
        ("活动形式", _choice(activity, "form", notice)),
        ("细分项目", _item(activity, notice)),
        ("重点", "、".join(notice.label("focus", code) for code in activity.focus)),
        ("人次", _people(activity)),
        ("开展方式", MODE_LABELS.get(activity.held_mode, "")),
        (
            "举办",
            " · ".join(
                part for part in (ROLE_LABELS.get(activity.role, ""), activity.partner_units, _leader(activity)) if part
            ),
        ),
    ]
    lines += [(activity_field(name).label, _choice(activity, name, notice)) for name in _MULTI]
    lines += [(activity_field(name).label, getattr(activity, name)) for name in ("summary", "effect", "safety", "note")]
    return [(label, text) for label, text in lines if text.strip()]


_MULTI = ("carrier", "local_focus", "brand", "linked_campaigns", "merge_topics", "partners", "ai_use")


def _when(activity: Activity) -> str:
    if activity.start is None:
        return ""
    text = format_date(activity.start)
    if activity.end:
        text += f"—{format_date(activity.end)}"
    if activity.start_time:
        text += f" {activity.start_time}"
    return f"{text}（{activity.sessions} 场）" if activity.sessions else text


def _people(activity: Activity) -> str:
    numbers = (("线下", activity.people_offline), ("线上", activity.people_online), ("登台", activity.people_active))
    return " · ".join(f"{word} {number}" for word, number in numbers if number is not None)


def _leader(activity: Activity) -> str:
    return f"责任人 {activity.leader}" if activity.leader else ""


def _item(activity: Activity, notice: Notice) -> str:
    item = notice.item(activity.item) if activity.item else None
    if item is None:
        return activity.item
    return f"{item.label} · {activity.quantity} {item.unit}" if activity.quantity is not None else item.label


def _choice(activity: Activity, field: str, notice: Notice) -> str:
    chosen = getattr(activity, field)
    codes = (chosen,) if isinstance(chosen, str) else chosen
    words = "、".join(notice.label(field, code) for code in codes if code)
    other = getattr(activity, f"{field}_other", "")
    return f"{words}：{other}" if other else words
