"""What waits to be sent is offered once there is a network, and never sent by itself."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from models import mail_queue
from models.ledger import Ledger
from models.mail_queue import Part
from models.submission import EventKind, Submission, SubmissionState
from models.submission_repository import get_submission
from tests.factories import NOW
from tests.models.submitted import a_ready_ledger, submitted
from tests.ui.driver import a_context, settle
from tests.ui.pages.submission_desk import change_one
from ui.context import Context, Place
from ui.main_window import MainWindow
from ui.network import Network, SystemNetwork
from ui.queue_offer import QueueOffer


class Cable(Network):
    """A network that somebody plugs in."""

    def __init__(self, *, plugged: bool) -> None:
        super().__init__()
        self.plugged = plugged

    def is_there(self) -> bool:
        return self.plugged

    def plug_in(self) -> None:
        self.plugged = True
        self.came.emit()


class Desk:
    """The window's strip over a ledger in which something may wait."""

    def __init__(self, qtbot, ledger: Ledger, cable: Cable) -> None:
        self.context: Context = a_context(ledger)
        self.went: list[Place] = []
        self.context.go_to.connect(self.went.append)
        self.asked = 0
        self.cable = cable
        self.offer = QueueOffer(self.context, self._find)
        qtbot.addWidget(self.offer)
        settle()

    def _find(self, _parent: object) -> Network:
        self.asked += 1
        return self.cable

    @property
    def words(self) -> str:
        return self.offer.strip.text() if not self.offer.isHidden() else ""

    def press(self, words: str) -> None:
        next(link for link in self.offer.strip.links() if link.text() == words).click()

    def after_change(self) -> None:
        self.context.changed.emit()
        self.offer._soon.stop()
        self.offer._look()
        settle()


@pytest.fixture
def ledger(tmp_path: Path):
    with a_ready_ledger(tmp_path / "台账") as made:
        yield made


def waiting(ledger: Ledger) -> Submission:
    """A submission that found no network."""
    own = submitted(ledger, sent=False)
    fail(ledger, own)
    return own


def fail(ledger: Ledger, own: Submission) -> None:
    part = mail_queue.begin(ledger, own.uid, 1, "gonghui@126.com", NOW)
    mail_queue.did_not_go(ledger, own.uid, part, "没有联网。", NOW, later=True)


def test_with_nothing_waiting_nobody_asks_for_a_network(qtbot, ledger: Ledger) -> None:
    submitted(ledger, sent=False)
    desk = Desk(qtbot, ledger, Cable(plugged=True))
    assert not desk.words and desk.asked == 0


def test_what_waits_from_another_day_is_offered_at_once_where_there_is_a_network(qtbot, ledger: Ledger) -> None:
    own = waiting(ledger)
    desk = Desk(qtbot, ledger, Cable(plugged=True))
    assert "2025年第三季度 第1版" in desk.words
    links = desk.offer.strip.links()
    desk.after_change()
    assert desk.offer.strip.links() == links, "what has nothing to do with it does not say it again"
    desk.press("去寄出")
    assert desk.went == [Place("submit", uid=own.uid)] and not desk.words
    logged = get_submission(ledger, own.uid)
    assert logged and logged.state == SubmissionState.QUEUED, "nothing was sent by itself"


def test_without_a_network_it_is_offered_when_one_comes(qtbot, ledger: Ledger) -> None:
    own = waiting(ledger)
    desk = Desk(qtbot, ledger, Cable(plugged=False))
    assert not desk.words
    desk.cable.plug_in()
    assert desk.words
    mail_queue.went_out(ledger, own.uid, Part(1, 1), NOW)
    desk.after_change()
    assert not desk.words, "it has gone meanwhile"


def test_what_fails_while_there_is_a_network_is_not_offered_right_after(qtbot, ledger: Ledger) -> None:
    own = submitted(ledger, sent=False)
    desk = Desk(qtbot, ledger, Cable(plugged=True))
    fail(ledger, own)
    desk.after_change()
    assert desk.asked == 1 and not desk.words
    desk.cable.plug_in()
    assert desk.words


def test_put_off_it_comes_back_with_the_next_network(qtbot, ledger: Ledger) -> None:
    waiting(ledger)
    desk = Desk(qtbot, ledger, Cable(plugged=True))
    desk.press("以后再说")
    desk.after_change()
    assert not desk.words
    desk.cable.plug_in()
    assert desk.words


def test_several_are_looked_at_in_the_log(qtbot, ledger: Ledger) -> None:
    waiting(ledger)
    change_one(ledger, 81)
    fail(ledger, submitted(ledger, NOW + timedelta(hours=1), sent=False))
    desk = Desk(qtbot, ledger, Cable(plugged=True))
    assert "2 次报送" in desk.words
    desk.press("去看看")
    assert desk.went == [Place("submissions")]


def test_the_window_has_it_above_the_page(qtbot, ledger: Ledger) -> None:
    waiting(ledger)
    window = MainWindow(a_context(ledger), "activities")
    qtbot.addWidget(window, before_close_func=lambda each: (each.close(), settle()))
    window.show()
    window.offer_what_waits()
    window.offer_what_waits()
    [offer] = window.findChildren(QueueOffer)
    settle()
    offer._offer_all()
    assert offer.isVisible()
    for page, shown in (("submissions", False), ("home", True), ("submit", False), ("activities", True)):
        window.show_place(Place(page))
        assert offer.isVisible() == shown, "报送 and its log say themselves what waits"
    link = offer.strip.links()[1]
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)
    focused = window.focusWidget()
    assert not offer.isVisible() and focused and window.page("activities").isAncestorOf(focused)


def test_the_system_is_asked_without_a_word_from_qt(qtbot) -> None:
    network = SystemNetwork()
    assert network.is_there() in (True, False)
    qtbot.wait(0)


def test_what_is_not_to_be_sent_is_taken_out_of_the_queue(ledger: Ledger) -> None:
    own = waiting(ledger)
    mail_queue.withdraw(ledger, own.uid, NOW)
    logged = get_submission(ledger, own.uid)
    assert logged and logged.events[-1].kind == EventKind.CANCELLED and not mail_queue.due(ledger)
