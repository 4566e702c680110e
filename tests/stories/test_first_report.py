"""From the first start to the mail draft: 赵芳 opens the program, types one activity and sends 表2.

Everything happens on the real windows by keyboard and mouse; files are read back by other libraries.
"""

import subprocess
import sys
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from models import activity_repository, drafts
from models.activity import Stage, Status
from models.activity_query import ActivityQuery
from models.activity_repository import get_stage
from tests.factories import NOW, TODAY
from tests.ui.driver import settle, type_chinese
from ui.app import Desktop
from ui.context import Place
from ui.main_window import MainWindow
from ui.pages.activities import ActivitiesPage
from ui.pages.activity_form import ActivityFormPage
from ui.pages.first_run import FirstRunPage
from ui.pages.recovery import RecoveryPage

CONTROL = Qt.KeyboardModifier.ControlModifier
RARE = "㮾𬭚𫖯喆堃 <b>&=1+1 🎉"
LONG = "职工代表逐个上台讲身边的安全故事，讲完现场答疑。" * 83  # about 2,000 characters


@pytest.fixture
def desktop(qtbot, qapp: QApplication, home: Path) -> Iterator[Desktop]:
    """The program as it starts on a new computer."""
    started = Desktop(qapp, lambda: NOW)
    started.start()
    assert started.window
    started.window.showNormal()
    started.window.resize(1366, 768)  # the test platform's own screen is smaller than any real one
    settle()
    yield started
    settle()
    started.close()
    settle()


def press(qtbot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key goes to whatever has the keyboard, as it does for a person."""
    focused = QApplication.focusWidget()
    assert focused
    qtbot.keyClick(focused, key, modifier)
    settle()


def focused_name() -> str:
    focused = QApplication.focusWidget()
    return focused.accessibleName() if focused else ""


def first_run(qtbot, desktop: Desktop) -> MainWindow:
    page = desktop.window
    assert isinstance(page, FirstRunPage)
    assert "基层工会名称" in focused_name()
    type_chinese(QApplication.focusWidget(), "焦作市示例机械有限公司工会")
    page.fields.boxes["area"].setFocus()
    page.fields.boxes["area"].set_value("410803")  # pyright: ignore[reportAttributeAccessIssue]
    contact, phone = page.fields.boxes["contact"], page.fields.boxes["phone"]
    contact.setFocus()
    type_chinese(contact, "赵芳")
    phone.setFocus()
    qtbot.keyClicks(phone, "0391-0000000")
    assert "填报单位：焦作市示例机械有限公司工会" in page.printed.text()
    for _step in range(3):
        qtbot.mouseClick(page.next_button, Qt.MouseButton.LeftButton)
        settle()
    window = desktop.window
    assert isinstance(window, MainWindow)
    return window


def open_form(qtbot, window: MainWindow) -> ActivityFormPage:
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    settle()
    page = window.page("activities")
    assert isinstance(page, ActivitiesPage)
    form = page.form()
    assert form.isVisible()
    return form


def box(form: ActivityFormPage, name: str) -> QWidget:
    return form._section_with(name).editor(name).widget


def visible_texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_from_the_first_start_to_the_mail_draft(qtbot, desktop: Desktop, tmp_path: Path) -> None:
    window = first_run(qtbot, desktop)
    assert desktop.context
    ledger = desktop.context.ledger
    assert desktop.context.unit().contact == "赵芳"

    # an invalid form: 定稿 leads to what is missing, in words, and nothing is lost
    form = open_form(qtbot, window)
    type_chinese(QApplication.focusWidget(), f"劳模工匠大讲堂 {RARE}")
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert any("没有选" in text for text in visible_texts(form))
    assert activity_repository.count(ledger, ActivityQuery()) == 0

    # the five required answers, by keyboard
    form.focus_field("start")
    start = QApplication.focusWidget()
    start.selectAll()  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    qtbot.keyClicks(start, "10-9")
    press(qtbot, Qt.Key.Key_Return)
    form.focus_field("form")
    press(qtbot, Qt.Key.Key_Space)
    form.focus_field("focus")
    press(qtbot, Qt.Key.Key_Space)
    form.focus_field("people_offline")
    qtbot.keyClicks(QApplication.focusWidget(), "126")
    form.focus_field("summary")
    type_chinese(QApplication.focusWidget(), LONG)

    # a slip, taken back with Ctrl+Z inside the form
    form.focus_field("people_offline")
    qtbot.keyClicks(QApplication.focusWidget(), "0")
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    form.focus_field("people_offline")
    QApplication.focusWidget().selectAll()  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    qtbot.keyClicks(QApplication.focusWidget(), "126")

    press(qtbot, Qt.Key.Key_Return, CONTROL)
    rows = activity_repository.page(ledger, ActivityQuery(), 0, 10)
    assert [row.stage for row in rows] == [Stage.FINAL], "|".join(visible_texts(form))
    saved = rows[0].activity
    assert saved.title == f"劳模工匠大讲堂 {RARE}"
    assert (saved.start and saved.start.isoformat(), saved.people_offline, saved.status) == (
        "2025-10-09",
        126,
        Status.DONE,
    )
    assert saved.summary == LONG
    assert drafts.list_drafts(ledger) == []

    # the ledger grid shows it, the search finds it by pinyin initials
    page = window.page("activities")
    assert isinstance(page, ActivitiesPage)
    assert page.grid.current() == saved
    qtbot.keyClick(page.grid, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(page.filters.search, "lmgj")
    assert page.grid.rows.rowCount() == 1

    # 逻辑检查
    press(qtbot, Qt.Key.Key_F9)
    checks = window.page("checks")
    assert checks.isVisible()
    assert any("活动简述" in text for text in visible_texts(checks))

    # preview, PDF, Excel and the draft
    out = tmp_path / "送出"
    out.mkdir()
    press(qtbot, Qt.Key.Key_5, CONTROL)
    reports = window.page("reports")
    reports.output.ask_folder = lambda _start: out  # pyright: ignore[reportAttributeAccessIssue]
    reports.messages_of.open_file = lambda _path: True  # pyright: ignore[reportAttributeAccessIssue]
    qtbot.waitUntil(lambda: reports.shown is not None, timeout=20_000)  # pyright: ignore[reportAttributeAccessIssue]
    ways = [reports.pdf_button.click, reports.excel_button.click, reports.draft_letter]  # pyright: ignore[reportAttributeAccessIssue]
    for export in ways:
        export()
        qtbot.waitUntil(lambda: not reports.output.busy, timeout=30_000)  # pyright: ignore[reportAttributeAccessIssue]
        settle()
    assert window.strips.message == ""
    check_files(out, saved.title)


def check_files(folder: Path, title: str) -> None:
    """What other programs read in the files."""
    [pdf] = folder.glob("表2_*.pdf")
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    squeezed = "".join(text.split())
    for piece in ("㮾", "𬭚", "𫖯", "喆", "堃", "<b>", "&=1+1", "赵芳", "126", "焦作市示例机械有限公司工会"):
        assert piece in squeezed, piece
    [xlsx] = folder.glob("表2_*.xlsx")
    sheet = load_workbook(xlsx).worksheets[0]
    values = [cell.value for line in sheet.iter_rows() for cell in line]
    assert title in values and 126 in values and any(value and LONG in str(value) for value in values)
    [eml] = folder.glob("表2_*.eml")
    draft = BytesParser(policy=policy.default).parsebytes(eml.read_bytes())
    assert draft["To"] == "jzghxjwlb@126.com"
    assert draft["X-Unsent"] == "1"
    assert draft["Subject"].startswith("【活动台账】焦作市示例机械有限公司工会 2025年10-12月")
    names = [part.get_filename() for part in draft.iter_attachments()]
    assert all(name and name.isascii() for name in names) and {name.rsplit(".")[-1] for name in names if name} == {
        "pdf",
        "xlsx",
    }
    body = draft.get_body()
    assert body and "126" in body.get_content()


TYPING = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.factories import NOW
from tests.ui.driver import settle, type_chinese
from ui.app import Desktop, prepare_application
from ui.context import Place
from pathlib import Path

app = prepare_application(["test"])
desktop = Desktop(app, lambda: NOW)
desktop.start(Path(sys.argv[1]))
desktop.window.show_place(Place("activities", action="new"))
page = desktop.window.page("activities")
settle()
type_chinese(QApplication.focusWidget(), "打到一半的活动，停电了")
form = page.form()
form.focus_field("start")
QApplication.focusWidget().selectAll()
type_chinese(QApplication.focusWidget(), "10月8")
form.keeper.changed.connect(lambda: print(form.keeper.state.name, flush=True))
app.exec()
"""


def test_a_draft_is_there_again_after_the_process_was_killed(
    qtbot, qapp: QApplication, home: Path, tmp_path: Path
) -> None:
    from tests.factories import a_ledger

    folder = tmp_path / "台账"
    a_ledger(folder).close()
    child = subprocess.Popen([sys.executable, "-c", TYPING, str(folder)], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    try:
        for line in child.stdout:  # until the program itself says that the draft is kept
            if line.strip() == "KEPT":
                break
        else:
            pytest.fail("the draft was never kept")
    finally:
        child.kill()
        child.wait()
        child.stdout.close()

    desktop = Desktop(qapp, lambda: NOW)
    desktop.start(folder)
    settle()
    window = desktop.window
    assert isinstance(window, MainWindow) and desktop.context
    qtbot.waitUntil(lambda: any("打到一半的活动" in text for text in visible_texts(window.page("home"))))
    window.show_place(Place("activities"))
    page = window.page("activities")
    assert isinstance(page, ActivitiesPage)
    assert any("打到一半的活动" in text for text in visible_texts(page.draft_strip))
    [kept] = drafts.list_drafts(desktop.context.ledger)
    page._resume(kept.key)
    settle()
    form = page.form()
    assert box(form, "title").text() == "打到一半的活动，停电了"  # pyright: ignore[reportAttributeAccessIssue]
    assert "10月8" in box(form, "start").text()  # pyright: ignore[reportAttributeAccessIssue]
    desktop.close()
    settle()


def test_the_first_run_can_be_left_at_once(qtbot, desktop: Desktop) -> None:
    page = desktop.window
    assert isinstance(page, FirstRunPage)
    qtbot.mouseClick(page.later_button, Qt.MouseButton.LeftButton)
    settle()
    assert isinstance(desktop.window, MainWindow) and desktop.context
    assert desktop.context.unit().name == ""
    assert desktop.preferences.ledger


def test_the_sample_is_looked_at_and_leaves_nothing_behind(qtbot, desktop: Desktop) -> None:
    desktop.open_sample()
    settle()
    assert isinstance(desktop.window, MainWindow) and desktop.context
    assert activity_repository.count(desktop.context.ledger, ActivityQuery()) > 30
    assert desktop.preferences.ledger == ""
    assert desktop.context.clock().date() == TODAY
    final = activity_repository.page(desktop.context.ledger, ActivityQuery(stages=(Stage.FINAL,)), 0, 1)
    assert get_stage(desktop.context.ledger, final[0].activity.uid) == Stage.FINAL


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda file: file.write_bytes(b"x" * 5000), "损坏"),
        (lambda file: file.unlink(), "没有找到台账"),
    ],
    ids=["damaged", "gone"],
)
def test_a_ledger_that_cannot_be_opened_is_said_and_another_way_offered(
    qtbot, qapp: QApplication, home: Path, tmp_path: Path, spoil, sentence: str
) -> None:
    from tests.factories import a_ledger

    a_ledger(tmp_path).close()
    spoil(tmp_path / "ledger.db")
    desktop = Desktop(qapp, lambda: NOW)
    desktop.start(tmp_path)
    settle()
    page = desktop.window
    assert isinstance(page, FirstRunPage | RecoveryPage)
    assert any(sentence in text for text in visible_texts(page))
    desktop.close()
    settle()
