"""待发送 offered again once there is a network, above whatever page is in front. Nothing is sent by itself."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from models import mail_queue
from models.submission_log import title_of
from models.submission_repository import LoggedSubmission
from ui import workers
from ui.context import Context, Place
from ui.network import Network, SystemNetwork
from ui.widgets.layouts import column
from ui.widgets.strips import MessageStrip

LOOK_AFTER = 400  # milliseconds after the last change in the ledger


class QueueOffer(QWidget):
    """Looks when it is made, and again whenever the network comes: what failed while there was one is not offered
    before it went away. `find_network` is only called when something waits. `put_off` before the offer goes.
    """

    put_off = Signal()

    def __init__(self, context: Context, find_network: Callable[[QObject], Network] = SystemNetwork) -> None:
        super().__init__()
        self._context, self._find_network = context, find_network
        self._network: Network | None = None
        self._waiting: list[LoggedSubmission] = []
        self._offered: set[str] = set()  # by uid
        self._turn = 0
        self._first, self._quiet = True, False
        self.strip = MessageStrip("info", "")
        column(self.strip, margins=(16, 8), parent=self)
        self.hide()
        self._soon = QTimer(self, singleShot=True, interval=LOOK_AFTER)
        self._soon.timeout.connect(self._look)
        context.changed.connect(self._soon.start)
        self._look()

    def set_quiet(self, quiet: bool) -> None:
        """Where the page in front says itself what waits nothing need be said above it."""
        self._quiet = quiet
        self._show()

    def _look(self) -> None:
        """Read what waits, in the background."""
        self._turn += 1
        turn, ledger = self._turn, self._context.ledger

        def read(_job: workers.Job) -> list[LoggedSubmission]:
            with ledger.reader() as reader:
                return mail_queue.due(reader)

        workers.start(read, lambda found: self._take(turn, found), workers.pass_over)

    def _take(self, turn: int, found: list[LoggedSubmission]) -> None:
        if turn != self._turn:
            return
        self._waiting = found
        if found and self._network is None:
            self._network = self._find_network(self)
            self._network.came.connect(self._offer_all)
        if self._first and self._network is not None and self._network.is_there():
            self._offer_all()
        self._first = False
        self._show()

    def _offer_all(self) -> None:
        self._offered = {each.submission.uid for each in self._waiting}
        self._show()

    def _show(self) -> None:
        offered = [each for each in self._waiting if each.submission.uid in self._offered]
        if offered and self.strip.text() != _words(offered):  # said once, and a link that has the keyboard keeps it
            self.strip.set_message("info", _words(offered), [(_way(offered), self._go), ("以后再说", self._put_off)])
        self.setVisible(bool(offered) and not self._quiet)

    def _go(self) -> None:
        offered = [each.submission.uid for each in self._waiting if each.submission.uid in self._offered]
        self._put_off()
        self._context.go_to.emit(Place("submit", uid=offered[0]) if len(offered) == 1 else Place("submissions"))

    def _put_off(self) -> None:
        self.put_off.emit()
        self._offered.clear()
        self._show()


def _words(offered: Sequence[LoggedSubmission]) -> str:
    which = f"“{title_of(offered[0].submission)}”" if len(offered) == 1 else f" {len(offered)} 次报送"
    return f"现在有网络。“待发送”里的{which}可以发了。"


def _way(offered: Sequence[LoggedSubmission]) -> str:
    return "去寄出" if len(offered) == 1 else "去看看"
