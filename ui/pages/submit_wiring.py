"""What the parts of the 报送 page announce, and what follows from it."""

from typing import TYPE_CHECKING

from ui.context import Place
from ui.pages.check_panel_place import place_of
from ui.pages.submit_mending import explain, repair
from ui.pages.submit_state import CHECKS

if TYPE_CHECKING:
    from ui.pages.submit import SubmitPage


def connect(page: "SubmitPage") -> None:
    """Connect everything once, when the page is built."""
    context, work = page.context, page.work
    context.changed.connect(lambda: page.follow.start() if page.isVisible() else None)
    page.follow.timeout.connect(page.refresh)
    work.looked.connect(page.take_look)
    work.collected.connect(page.take_collected)
    work.failed.connect(page.fail)
    work.progressed.connect(page.progress.show_step)
    work.ended.connect(page.progress.hide)
    page.progress.stopped.connect(page.packing.stop)
    page.contents.wished.connect(page.take_wish)
    page.contents.case_wanted.connect(lambda uid: context.go_to.emit(Place("cases", uid=uid)))
    page.checks.go.connect(lambda finding: context.go_to.emit(place_of(finding)))
    page.checks.repaired.connect(lambda finding: repair(context, finding))
    page.checks.explained.connect(lambda finding, text: explain(context, finding, text))
    page.checks.typed_changed.connect(lambda: page.keep(typed=page.checks.typed()))
    page.checks.readiness_changed.connect(page.judge)
    page.checks.answered.connect(page.next_button.setFocus)
    for source in (page.contents, page.checks):
        source.last_wanted.connect(page.sending.open)
    page.view.checks_wanted.connect(lambda: page.go(CHECKS))
    page.stepper.step_clicked.connect(page.choose_step)
    page.back_button.clicked.connect(page.back)
    page.next_button.clicked.connect(page.advance)
    page.again_button.clicked.connect(page.check_again)
    page.done_button.clicked.connect(page.sending.finish)
    page.close_button.clicked.connect(page.close_page)
    page.log_button.clicked.connect(lambda: context.go_to.emit(Place("submissions")))
