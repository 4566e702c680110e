"""The bar under the form: what became of the typing, what is left to do, and the two ways to save."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.pages.activity_form_drafts import DraftKeeper, Keeping
from ui.widgets.buttons import FULL, NO_SHORTCUT, button, link
from ui.widgets.frames import Bar
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel
from ui.widgets.layouts import row

_ICONS = {
    Keeping.WAITING: ("time", "ok"),
    Keeping.KEPT: ("checkbox-circle", "ok"),
    Keeping.SAVED: ("checkbox-circle", "ok"),
    Keeping.FAILED: ("error-warning-fill", "error"),
}


class FormFooter(Bar):
    """Nothing here knows the record; the page tells it what to say."""

    save = Signal()
    finalise = Signal()
    next_problem = Signal()
    save_elsewhere = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("footer", parent)
        self._narrow = False
        self._counts = (0, 0, False)
        self._icon = IconLabel("time", "ok")
        self.kept = ElidedLabel(tone="ok")
        self.kept_at = TextLabel(role="hint")
        self.elsewhere_button = button("另存到…", small=True)
        self.hard = TextLabel(role="small")
        self.soft = TextLabel(role="note")
        self.next_link = link("下一处 F8")
        self.save_button = button("保存草稿", "save-3", shortcut_text="Ctrl+S")
        self.final_button = button("定稿", "checkbox-circle", "primary", "Ctrl+Enter")
        for source, signal in (
            (self.save_button, self.save),
            (self.final_button, self.finalise),
            (self.next_link, self.next_problem),
            (self.elsewhere_button, self.save_elsewhere),
        ):
            source.clicked.connect(signal)
        counts = row(self.hard, self.soft, spacing=0)
        row(
            self._icon, self.kept, self.kept_at, self.elsewhere_button, None,
            counts, self.next_link, 8, self.save_button, self.final_button,
            margins=(24, 0), spacing=8, parent=self,
        )  # fmt: skip

    def show_keeping(self, keeper: DraftKeeper) -> None:
        """正在保存, 已自动保存 10:42:16, 已保存, 没能保存：…"""
        state = keeper.state
        known = state in _ICONS
        self._icon.setVisible(known)
        self.kept.setVisible(known)
        self.elsewhere_button.setVisible(state is Keeping.FAILED)
        self.kept_at.setText(f"{keeper.at:%H:%M:%S}" if keeper.at and state in (Keeping.KEPT, Keeping.SAVED) else "")
        self.kept_at.setVisible(bool(self.kept_at.text()) and not self._narrow)
        if known:
            icon, tone = _ICONS[state]
            self._icon.set_icon(icon, tone)
            self.kept.set_tone(tone)
            self.kept.setText(_words(keeper))
            self.kept.setAccessibleDescription(keeper.complaint)
        self.kept.setToolTip(keeper.complaint)

    def show_counts(self, hard: int, soft: int, *, alarmed: bool) -> None:
        """What stands in the way of 定稿, and hints. `alarmed`: an error is on screen, so this may be red too."""
        self._counts = (hard, soft, alarmed)
        self.hard.set_tone("error" if alarmed else "text2")
        self.hard.setText(f"定稿前还要改 {hard} 处" if hard else "")
        self.soft.setText(f"{'，另有' if hard else '有'} {soft} 条提示" if soft else "")
        self._fit_counts()

    def show_finalised(self, finalised: bool) -> None:
        """A finalised record is saved, not put back to a draft."""
        self.save_button.setText("保存" if finalised else "保存草稿")
        self.save_button.set_brevity(NO_SHORTCUT if self._narrow else FULL)

    def fit(self, *, narrow: bool) -> None:
        """Where there is little room, one link says what is left, and buttons show only their words."""
        self._narrow = narrow
        self.save_button.set_icon("" if narrow else "save-3")
        self.final_button.set_icon("" if narrow else "checkbox-circle")
        for each in (self.save_button, self.final_button):
            each.set_brevity(NO_SHORTCUT if narrow else FULL)
        self.kept_at.setVisible(bool(self.kept_at.text()) and not narrow)
        self._fit_counts()

    def _fit_counts(self) -> None:
        hard, soft, _alarmed = self._counts
        self.hard.setVisible(bool(hard) and not self._narrow)
        self.soft.setVisible(bool(soft) and not self._narrow)
        self.next_link.setVisible(bool(hard or soft))
        short = f"还要改 {hard} 处" if hard else f"{soft} 条提示"
        self.next_link.setText(short if self._narrow else "下一处 F8")


def _words(keeper: DraftKeeper) -> str:
    if keeper.state is Keeping.FAILED:
        return f"没能保存：{_reason(keeper.complaint)}"
    return {Keeping.WAITING: "正在保存", Keeping.KEPT: "已自动保存"}.get(keeper.state, "已保存")


def _reason(complaint: str) -> str:
    """The first clause of the sentence; the whole of it is in the tool tip."""
    return complaint.split("。", maxsplit=1)[0].split("，", maxsplit=1)[0]
