"""Takes the pictures of the manual and the README: every page, light and dark, at 100 % and 175 % text.

    python packaging/screenshots.py            writes docs/screenshots/*.png

Runs without a screen, on the sample ledger and on its own day, so that the pictures change only with the program.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
HOME = tempfile.mkdtemp(prefix="screenshots-")
os.environ.update(QT_QPA_PLATFORM="offscreen", HOME=HOME, XDG_CONFIG_HOME=HOME, APPDATA=HOME, TZ="CST-8")

from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool  # noqa: E402
from PySide6.QtWidgets import QWidget  # noqa: E402

from models.periods import quarter  # noqa: E402
from models.preferences import Preferences  # noqa: E402
from models.sample_ledger import create_sample_ledger  # noqa: E402
from models.samples import SAMPLE_DAY  # noqa: E402
from models.unit import Unit  # noqa: E402
from ui import theme  # noqa: E402
from ui.app import Desktop, prepare_application  # noqa: E402
from ui.context import Place  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402

OUT = ROOT / "docs" / "screenshots"
PERIOD = quarter(2025, 3)
LOOKS = {"": (theme.LIGHT, 1.0), "-dark": (theme.DARK, 1.0), "-175": (theme.LIGHT, 1.75)}
SIZE = (1366, 768)
FOLDER = Path(tempfile.gettempdir()) / "宣教台账"  # shown in the status bar, so the same each time


def now() -> datetime:
    """A quarter past nine on the day the samples are told."""
    return datetime(SAMPLE_DAY.year, SAMPLE_DAY.month, SAMPLE_DAY.day, 9, 15)


def main() -> int:
    """Take every picture; prints the files it wrote."""
    if len(sys.argv) > 1:
        print(__doc__)
        return 0
    OUT.mkdir(parents=True, exist_ok=True)
    app = prepare_application(["screenshots"])
    desktop = Desktop(app, now)
    folder = FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    create_sample_ledger(folder, desktop.notice).close()
    window = desktop.open_ledger(folder)
    window.showNormal()  # the offscreen platform's screen is smaller than any real one
    window.resize(*SIZE)
    for suffix, (look, scale) in LOOKS.items():
        theme.apply(app, look, scale)
        for name, prepare in PAGES.items():
            prepare(window)
            take(window, f"{name}{suffix}")
        first_run(desktop, suffix)
    desktop.close()
    settle()
    for each in (Path(HOME), folder):
        shutil.rmtree(each, ignore_errors=True)
    return 0


def activities(window: MainWindow) -> None:
    """The third quarter, on a record about which the check has something to say."""
    window.show_place(Place("activities"))
    window.context.set_period(PERIOD)
    page = window.page("activities")
    page.filters.show_period(PERIOD)  # pyright: ignore[reportAttributeAccessIssue]
    page.reload()  # pyright: ignore[reportAttributeAccessIssue]
    settle()
    go_to(window, "收看纪念抗战胜利80周年大会并座谈")


def search(window: MainWindow) -> None:
    """What pinyin initials find."""
    page = window.page("activities")
    page.filters.search.setText("lmgj")  # pyright: ignore[reportAttributeAccessIssue]
    settle()


def form(window: MainWindow) -> None:
    """A draft with an answer missing."""
    page = window.page("activities")
    page.filters.search.setText("")  # pyright: ignore[reportAttributeAccessIssue]
    uid = find(window, "“百年·百书·百名劳模心声”书法作品征集")
    page.open_activity(uid, "people_offline")  # pyright: ignore[reportAttributeAccessIssue]


def form_open(window: MainWindow) -> None:
    """The same form with an optional group opened."""
    page = window.page("activities")
    page.form().focus_field("place")  # pyright: ignore[reportAttributeAccessIssue]


def checks(window: MainWindow) -> None:
    """Everything the check finds in the quarter."""
    window.page("activities").form().back()  # pyright: ignore[reportAttributeAccessIssue]
    window.show_place(Place("checks"))


def reports(window: MainWindow) -> None:
    """表2 in the preview."""
    window.show_place(Place("reports"))
    preview = window.page("reports").preview  # pyright: ignore[reportAttributeAccessIssue]
    for _ in range(500):  # the pages are drawn by threads of QtPdf's own, which cannot be waited for
        settle()
        preview.viewport().grab()
        if preview.pages.sizes() and preview.pages.is_current(0):
            return
    raise RuntimeError("the preview was never drawn")


def settings(window: MainWindow) -> None:
    """The unit card and what else can be set."""
    window.show_place(Place("settings"))


PAGES: dict[str, Callable[[MainWindow], None]] = {
    "activities": activities,
    "search": search,
    "form": form,
    "form-open": form_open,
    "checks": checks,
    "reports": reports,
    "settings": settings,
}


def first_run(desktop: Desktop, suffix: str) -> None:
    """The three steps of the first start, half filled in."""
    from ui.pages.first_run import FirstRunPage

    page = FirstRunPage(desktop.notice, Path("D:/宣教台账"), Preferences(), clock=now)
    page.fields.fill(Unit(name="焦作市云台示例化工有限公司工会", area="410803", contact="赵芳", workers=860))
    page.resize(*SIZE)
    page.show()
    for step in range(3):
        page.show_step(step)
        take(page, f"first-run-{step + 1}{suffix}")
    page.close()
    page.deleteLater()


def find(window: MainWindow, title: str) -> str:
    """The uid of the record with this title in the list that is shown."""
    rows = window.page("activities").grid.rows  # pyright: ignore[reportAttributeAccessIssue]
    return next(rows.record(line).uid for line in range(rows.rowCount()) if rows.record(line).title == title)


def go_to(window: MainWindow, title: str) -> None:
    """Make the record with this title the current one."""
    page = window.page("activities")
    page.grid.show_query(page.grid.rows.query, keep=find(window, title))  # pyright: ignore[reportAttributeAccessIssue]


def take(widget: QWidget, name: str) -> None:
    """Save what the window shows."""
    settle()
    file = OUT / f"{name}.png"
    widget.grab().save(str(file))
    print(file.relative_to(ROOT))


def settle() -> None:
    """Let background work and everything it causes come to its end."""
    for _ in range(6):
        QThreadPool.globalInstance().waitForDone()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


if __name__ == "__main__":
    raise SystemExit(main())
