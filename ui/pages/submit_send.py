"""Step 6: the ways to send what lies ready, and what each of them needs."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from models.reports.table3 import size_text
from models.submission import Way
from ui.pages.submit_mail import Outgoing
from ui.widgets.base import announce
from ui.widgets.buttons import Button, button, link
from ui.widgets.chips import Chip
from ui.widgets.choices import ChoiceBox
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import column, row, scale
from ui.widgets.strips import Links, MessageStrip
from ui.widgets.way_card import WayCard

if TYPE_CHECKING:
    from exporters.submission_mail import Mail
    from models.submission_letter import SubmissionLetter

BODY_SHOWN = 60
DRAFT_HINT = "收件人、主题、正文和附件都已写好，打开后看一遍，点“发送”。"
SMTP_HINT = "需要联网和邮箱授权码。授权码只放在系统钥匙串里，不写入台账。"
NOT_OPENED = "没有弹出写信窗口，请改用第二种。"


class SendStep(QWidget):
    """Emits what is wanted; copying it does itself and says so with `copied`."""

    draft_wanted = Signal(object)  # Mail
    folder_wanted = Signal()
    usb_wanted = Signal()
    print_wanted = Signal()
    send_wanted = Signal()  # by this program
    resize_wanted = Signal()  # in mails of another size
    way_chosen = Signal(str)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("寄出")
        self._outgoing: Outgoing | None = None
        self._copied_from: SubmissionLetter | None = None
        self._way = Way.DRAFT
        self.summary = WrapLabel(role="hint")
        self.resize_link = link("改附件大小")
        self.mail_box = ChoiceBox(chars=8)
        self.mail_box.setAccessibleName("第几封")
        self._group = group = QButtonGroup(self)
        self.smtp_chip = Chip("neutral", "未设置", "lock")
        self.cards = {
            Way.DRAFT: WayCard("打开邮件草稿", Chip("neutral", "Foxmail、Outlook 等"), DRAFT_HINT, group),
            Way.WEBMAIL: WayCard("网页邮箱：复制内容，拖入附件", Chip("neutral", "126、QQ 网页邮箱"), "", group),
            Way.SMTP: WayCard("由本程序直接发送", self.smtp_chip, SMTP_HINT, group),
        }
        self.draft_button = button("打开邮件草稿", "mail-open", "primary")
        self.values: dict[str, ElidedLabel] = {}
        self.copy_buttons: dict[str, Button] = {}
        self.folder_button = button("打开附件文件夹", "folder-open", small=True)
        self.send_button = button("发送", "mail-send", small=True)
        self.stop_button = button("停止", small=True)
        self.settings_link = link("去设置")
        self.sending = WrapLabel(role="hint")
        self.state = MessageStrip("info", "")
        self.state.hide()
        self.usb_link, self.print_link = link("存到U盘由他人代寄"), link("打印邮寄")
        self._lay_out()
        self._connect()
        self.set_sending(False)
        self.cards[Way.DRAFT].choose()

    def show_outgoing(self, outgoing: Outgoing) -> None:
        """Show what lies ready."""
        self._outgoing = outgoing
        all_mails, files = outgoing.files.mails, len(outgoing.files.attachments)
        mails = f"，分成 {len(all_mails)} 封" if len(all_mails) > 1 else ""
        self.summary.setText(f"报送包已生成并核对，{size_text(outgoing.byte_count)}，{files} 个附件{mails}")
        self._mail_line.setVisible(len(all_mails) > 1)
        self.mail_box.set_options([(str(mail.part.number), f"第{mail.part.number}封") for mail in all_mails])
        self.mail_box.set_value("1")
        self.show_mail(outgoing.files.mails[0])

    def show_mail(self, mail: "Mail") -> None:
        """Show one of the mails."""
        names = [path.name for path in mail.attachments]
        more = f" 等 {len(names)} 个" if len(names) > 1 else ""
        shown = {
            "收件人": mail.letter.recipient,
            "主题": mail.letter.subject,
            "正文": " ".join(mail.letter.body.split())[:BODY_SHOWN] + "……",
            "附件": f"{names[0] if names else ''}{more}",
        }
        for name, text in shown.items():
            self.values[name].setText(text)
        if mail.letter != self._copied_from:
            self._copied_from = mail.letter
            self._mark_copied("")  # what lies in the clipboard is out of another mail
        hint = f"逐项复制到网页邮箱，再把打开的文件夹里的 {len(names)} 个文件拖进去。"
        if mail.part.count > 1:
            hint = f"逐项复制到网页邮箱，再从打开的文件夹里拖下面这 {len(names)} 个文件，其余的属于另外几封。"
        self.cards[Way.WEBMAIL].hint.setText(hint)
        part = mail.part
        several = f"一共 {part.count} 封，这是第 {part.number} 封，每封都要寄。" if part.count > 1 else ""
        self.cards[Way.DRAFT].hint.setText(several + DRAFT_HINT)

    def mail(self) -> "Mail | None":
        """The mail that is shown."""
        if self._outgoing is None:
            return None
        return self._outgoing.files.mails[int(self.mail_box.value() or 1) - 1]

    def way(self) -> str:
        """How it is sent, as far as was said: a card, or the last of the other ways that was used."""
        return self._way

    def way_by_hand(self) -> str:
        """How it left when a person says that it did. What this program sends it notes itself: then nobody knows."""
        return "" if self._way == Way.SMTP else self._way

    def set_way(self, way: str) -> None:
        """Say by which way it goes. One that has no card leaves none of the cards chosen."""
        if way in self.cards:
            self.cards[way].choose()
        else:
            self._group.setExclusive(False)
            for card in self.cards.values():
                card.radio.setChecked(False)
            self._group.setExclusive(True)
        self._way = way

    def show_account(self, address: str) -> None:
        """Show whether this program may send, and from which mailbox."""
        self.smtp_chip.set_state("ok" if address else "neutral", address or "未设置", "check" if address else "lock")
        self.send_button.setVisible(bool(address))
        self.settings_link.setText("改设置" if address else "去设置")

    def set_sending(self, sending: bool) -> None:
        """While a mail is on its way nothing else can be started. The keyboard goes to 停止 and back, not elsewhere."""
        taken, given = (self.send_button, self.stop_button) if sending else (self.stop_button, self.send_button)
        had = taken.hasFocus()
        given.setEnabled(True)
        self.stop_button.setVisible(sending or had)
        if had:
            given.setFocus()
        self.send_button.setEnabled(not sending)
        self.settings_link.setEnabled(not sending)
        self.stop_button.setVisible(sending)
        self.sending.setVisible(sending)
        if sending:
            self.sending.setText("正在连接邮件服务器")
            self.state.hide()

    def show_sending(self, number: int, count: int, done: int, total: int) -> None:
        """Say how far a mail is; `done` and `total` in bytes."""
        which = f"第 {number} / {count} 封，" if count > 1 else ""
        self.sending.setText(f"正在发送，{which}{size_text(done)} / {size_text(total)}")

    def show_state(self, kind: str, text: str, links: Links) -> None:
        """What became of the last attempt; an empty kind says nothing."""
        self.state.setVisible(bool(kind))
        if kind:
            self.state.set_message(kind, text, links)

    def take_keyboard(self) -> None:
        """The keyboard starts at the usual way, or at the one it has begun to leave by."""
        sends = self.cards[Way.SMTP].is_chosen() and self.send_button.isVisible() and self.send_button.isEnabled()
        (self.send_button if sends else self.draft_button).setFocus()

    def _copy(self, name: str) -> None:
        mail = self.mail()
        if mail is None:
            return
        letter = mail.letter
        text = {"收件人": letter.recipient, "主题": letter.subject, "正文": letter.body}[name]
        QGuiApplication.clipboard().setText(text)
        self.cards[Way.WEBMAIL].choose()
        self._mark_copied(name)
        announce(self.copy_buttons[name], f"已复制{name}")
        self.copied.emit(name)

    def _mark_copied(self, name: str) -> None:
        for each, copier in self.copy_buttons.items():
            copier.setText("已复制" if each == name else "复制")
            copier.setAccessibleName(f"{copier.text()}{each}")
            copier.set_icon("check" if each == name else "file-copy")

    def _choose(self, way: str) -> None:
        self._way = way
        self.way_chosen.emit(way)

    def _connect(self) -> None:
        for way, card in self.cards.items():
            card.chosen.connect(lambda way=way: self._choose(way))
        self.draft_button.clicked.connect(lambda: self._with_mail(self.draft_wanted.emit))
        self.folder_button.clicked.connect(self._open_folder)
        self.usb_link.clicked.connect(self.usb_wanted)
        self.print_link.clicked.connect(self.print_wanted)
        self.send_button.clicked.connect(self.send_wanted)
        self.resize_link.clicked.connect(self.resize_wanted)
        self.mail_box.value_changed.connect(lambda _number: self._with_mail(self.show_mail))
        for name, copier in self.copy_buttons.items():
            copier.clicked.connect(lambda _checked=False, name=name: self._copy(name))

    def _open_folder(self) -> None:
        self.cards[Way.WEBMAIL].choose()
        self.folder_wanted.emit()

    def _with_mail(self, act: "Callable[[Mail], object]") -> None:
        mail = self.mail()
        if mail is not None:
            act(mail)

    def _lay_out(self) -> None:
        head = row(TextLabel("怎样寄出", "section"), spacing=8)
        head.addWidget(self.summary, 1)
        head.addWidget(self.resize_link)
        head.addWidget(self._build_mails())
        draft = self.cards[Way.DRAFT].body
        line = row(self.draft_button, spacing=8)
        line.addWidget(WrapLabel(NOT_OPENED, "hint"), 1)
        draft.addLayout(line)
        self.cards[Way.WEBMAIL].body.addLayout(self._build_webmail())
        smtp = self.cards[Way.SMTP].body
        line = row(self.send_button, self.stop_button, spacing=8)
        line.addWidget(self.settings_link)
        line.addWidget(self.sending, 1)
        line.addStretch(0)
        smtp.addLayout(line)
        smtp.addWidget(self.state)
        other = row(IconLabel("usb"), TextLabel("没有网络？", "hint"), self.usb_link, self.print_link, None, spacing=8)
        whole = column(head, *self.cards.values(), margins=(24, 16), spacing=12, parent=self)
        whole.addLayout(other)

    def _build_mails(self) -> QWidget:
        self._mail_line = QWidget()
        self._mail_line.setLayout(row(self.mail_box))
        self._mail_line.hide()
        return self._mail_line

    def _build_webmail(self) -> QGridLayout:
        grid = scale(QGridLayout(), 0, 4)
        for line, name in enumerate(("收件人", "主题", "正文", "附件")):
            self.values[name] = ElidedLabel(role="small")
            grid.addLayout(row(TextLabel(name, "hint"), margins=(0, 0, 12, 0)), line, 0)
            if name == "附件":  # its button is wider than the others, which leave that room to the words
                grid.addWidget(self.values[name], line, 1)
                grid.addWidget(self.folder_button, line, 2, 1, 2)
                continue
            side = self.copy_buttons[name] = button("复制", "file-copy", small=True)
            side.setAccessibleName(f"复制{name}")
            grid.addWidget(self.values[name], line, 1, 1, 2)
            grid.addWidget(side, line, 3)
        grid.setColumnStretch(1, 1)
        return grid
