"""The first start: three steps that may be left at any point, and nothing typed is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.fields import UNIT_FIELDS
from models.ledger import FILE_NAME
from models.notice import builtin_notice
from models.preferences import Preferences
from models.unit import Unit
from tests.factories import NOW, a_ledger
from tests.ui.driver import settle, type_chinese
from ui import theme
from ui.pages.first_run import FirstRunPage
from ui.pages.first_run_draft import load_draft
from ui.pages.first_run_folder import look_at
from ui.widgets.base import application

ROOT = Path(__file__).resolve().parents[3]
NAME = "焦作市示例机械有限公司工会"


class Desk:
    """The page, and what it asked for."""

    def __init__(
        self, qtbot: QtBot, folder: Path, last: Path | None = None, size: tuple[int, int] = (1366, 768)
    ) -> None:
        theme.apply(application(), theme.LIGHT, 1.0)
        self.qtbot = qtbot
        self.finished: list[tuple[Path, Unit]] = []
        self.existing: list[Path] = []
        self.samples = 0
        preferences = Preferences(ledger=str(last) if last else "")
        self.page = FirstRunPage(builtin_notice(), folder, preferences, clock=lambda: NOW)
        self.page.finished.connect(lambda where, unit: self.finished.append((where, unit)))
        self.page.existing_requested.connect(self.existing.append)
        self.page.sample_requested.connect(self._count_sample)
        qtbot.addWidget(self.page)
        self.page.resize(*size)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitExposed(self.page)
        settle()

    def type(self, name: str, text: str) -> None:
        box = self.page.fields.boxes[name]
        box.setFocus()
        type_chinese(box, text)

    def click(self, button) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()

    def texts(self) -> str:
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())

    def _count_sample(self) -> None:
        self.samples += 1


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "文档" / "宣教台账"


@pytest.fixture
def desk(qtbot: QtBot, folder: Path) -> Iterator[Desk]:
    yield Desk(qtbot, folder)
    settle()


def test_it_begins_in_the_first_field_and_shows_what_will_be_printed(desk: Desk) -> None:
    assert application().focusWidget() is desk.page.fields.boxes["name"]
    desk.type("name", NAME)
    assert desk.page.printed.text() == f"填报单位：{NAME}　　报送期：2025年10月1日—12月31日"


def test_everything_can_be_typed_with_the_keyboard_alone(desk: Desk) -> None:
    page = desk.page

    def focus() -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    type_chinese(focus(), NAME)
    desk.qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert focus() is page.fields.boxes["area"]
    desk.qtbot.keyClick(focus(), Qt.Key.Key_Down)
    desk.qtbot.keyClick(focus(), Qt.Key.Key_Return)
    type_chinese(focus(), "赵芳")
    desk.qtbot.keyClick(focus(), Qt.Key.Key_Return)
    desk.qtbot.keyClicks(focus(), "0391-0000000")
    for _ in range(20):
        if focus() is page.next_button:
            break
        desk.qtbot.keyClick(focus(), Qt.Key.Key_Tab)
    desk.qtbot.keyClick(focus(), Qt.Key.Key_Space)
    settle()
    unit = page.unit()
    assert (unit.name, unit.contact, unit.phone) == (NAME, "赵芳", "0391-0000000")
    assert unit.area == builtin_notice().areas[0].code
    assert page.steps.currentIndex() == 1


def test_four_fields_are_starred_in_the_first_step_and_the_superior_in_the_second(desk: Desk) -> None:
    assert "带 * 的 4 项" in desk.texts()
    desk.click(desk.page.next_button)
    starred = [spec.name for spec in UNIT_FIELDS if spec.required]
    assert starred == ["name", "area", "contact", "phone", "superior_type"]
    assert "jzghxjwlb@126.com" in desk.texts(), "to whom the reports go"


def test_three_steps_make_a_ledger_with_the_card(desk: Desk, folder: Path) -> None:
    desk.type("name", NAME)
    desk.click(desk.page.next_button)
    desk.page.fields.boxes["superior_type"].set_value("county")  # pyright: ignore[reportAttributeAccessIssue]
    desk.click(desk.page.next_button)
    assert desk.page.next_button.text() == "开始使用"
    desk.click(desk.page.next_button)
    [(where, unit)] = desk.finished
    assert where == folder
    assert (unit.name, unit.superior_type, unit.workers) == (NAME, "county", None)


def test_it_can_be_left_at_once_with_nothing_filled_in(desk: Desk, folder: Path) -> None:
    desk.click(desk.page.later_button)
    assert desk.finished == [(folder, Unit())]


def test_done_steps_can_be_gone_back_to(desk: Desk) -> None:
    desk.click(desk.page.next_button)
    desk.click(desk.page.next_button)
    desk.click(desk.page.back_button)
    assert desk.page.steps.currentIndex() == 1
    desk.page.steppers[0].step_clicked.emit(0)
    assert desk.page.steps.currentIndex() == 0 and not desk.page.back_button.isVisible()


TYPING = """
import sys
from pathlib import Path
from models.notice import builtin_notice
from models.preferences import Preferences
from tests.factories import NOW
from tests.ui.driver import settle, type_chinese
from ui.app import prepare_application
from ui.pages.first_run import FirstRunPage

app = prepare_application(["test"])
page = FirstRunPage(builtin_notice(), Path(sys.argv[1]), Preferences(), clock=lambda: NOW)
page.show()
settle()
type_chinese(page.fields.boxes["name"], "停电前填的工会")
page.fields.boxes["workers"].setText("48o")
page.show_step(1)
while page._keep.isActive():
    app.processEvents()
print("KEPT", flush=True)
app.exec()
"""


def test_what_was_typed_is_there_again_after_the_process_was_killed(qtbot: QtBot, folder: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", TYPING, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    try:
        assert "KEPT" in child.stdout.readline()
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    desk = Desk(qtbot, folder)
    assert desk.page.unit().name == "停电前填的工会"
    assert desk.page.steps.currentIndex() == 1
    assert desk.page.fields.typed()["workers"] == "48o", "even what is no number"
    assert "已填的内容已保存" in desk.texts()


def test_closing_the_window_keeps_what_was_typed_a_moment_ago(qtbot: QtBot, folder: Path) -> None:
    desk = Desk(qtbot, folder)
    desk.type("name", NAME)
    desk.page.close()
    assert load_draft().values["name"] == NAME


def test_what_is_kept_is_forgotten_once_a_ledger_has_it(qtbot: QtBot, folder: Path) -> None:
    desk = Desk(qtbot, folder)
    desk.page.finished.connect(lambda where, unit: a_ledger(where, unit=unit).close())
    desk.type("name", NAME)
    desk.click(desk.page.later_button)
    desk.page.close()
    assert load_draft().values == {}


def test_a_ledger_that_could_not_be_made_leaves_everything_typed(desk: Desk) -> None:
    desk.page.finished.connect(lambda _where, _unit: desk.page.show_problem("磁盘已满。"))
    desk.type("name", NAME)
    desk.click(desk.page.later_button)
    assert "磁盘已满。" in desk.texts()
    desk.page.close()
    assert load_draft().values["name"] == NAME


def test_an_unreadable_draft_is_no_obstacle(qtbot: QtBot, folder: Path, home: Path) -> None:
    kept = home / ".config" / "宣教台账" / "first-run.json"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"\xff{")
    assert Desk(qtbot, folder).page.unit() == Unit()


def test_a_number_that_is_none_is_explained_when_the_field_is_left(desk: Desk) -> None:
    desk.page.fields.boxes["workers"].setFocus()
    desk.qtbot.keyClicks(desk.page.fields.boxes["workers"], "48o")
    assert desk.page.pages[0].form.problem_rows() == []
    desk.page.fields.boxes["name"].setFocus()
    settle()
    [row] = desk.page.pages[0].form.problem_rows("error")
    assert "数字" in row.problem()[1]
    desk.click(desk.page.later_button)
    assert desk.finished, "it does not block starting"


def test_the_folder_is_looked_at_in_plain_words(desk: Desk, tmp_path: Path) -> None:
    desk.page.show_step(2)
    assert desk.page.folder_box.text().endswith("宣教台账")
    assert "可以写入，还有" in desk.page.folder_state.words.text()

    (tmp_path / "别的.txt").write_text("", "utf-8")
    desk.page.ask_folder = lambda _start, _question: tmp_path
    desk.click(desk.page.change_folder)
    assert desk.page.folder == tmp_path / "宣教台账", "a folder of its own among other things"

    a_ledger(tmp_path / "旧的").close()
    desk.page.ask_folder = lambda _start, _question: tmp_path / "旧的"
    desk.click(desk.page.change_folder)
    assert desk.page.folder == tmp_path / "旧的"
    assert "已经有一个台账" in desk.page.folder_state.words.text()


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    assert look_at(tmp_path / "甲" / "乙").kind in ("ok", "warn")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_leads_to_its_step(desk: Desk, tmp_path: Path) -> None:
    blocked = tmp_path / "文件"
    blocked.write_text("", "utf-8")
    desk.page.folder = blocked / "宣教台账" / "里"
    desk.click(desk.page.later_button)
    assert desk.finished == [] and desk.page.steps.currentIndex() == 2
    assert "不是文件夹" in desk.texts()


def test_an_existing_ledger_is_opened(desk: Desk, tmp_path: Path) -> None:
    a_ledger(tmp_path / "旧台账").close()
    desk.page.ask_folder = lambda _start, _question: tmp_path
    desk.click(desk.page.existing_buttons[0])
    assert desk.existing == [] and FILE_NAME in desk.texts()
    desk.page.ask_folder = lambda _start, _question: tmp_path / "旧台账"
    desk.click(desk.page.existing_buttons[0])
    assert desk.existing == [tmp_path / "旧台账"]


def test_the_ledger_used_last_is_one_press_away(qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    a_ledger(tmp_path / "上次").close()
    desk = Desk(qtbot, folder, last=tmp_path / "上次")
    desk.click(desk.page.last_buttons[0])
    assert desk.existing == [tmp_path / "上次"]


def test_sample_data_is_offered(desk: Desk) -> None:
    desk.click(desk.page.sample_buttons[0])
    assert desk.samples == 1


@pytest.mark.parametrize(
    ("size", "scale"), [((1366, 768), 1.0), ((1366, 696), 1.75), ((1024, 560), 1.0), ((1024, 600), 1.75)]
)
def test_the_sheet_fits_the_window(
    qtbot: QtBot, folder: Path, tmp_path: Path, size: tuple[int, int], scale: float
) -> None:
    a_ledger(tmp_path / "上次").close()
    desk = Desk(qtbot, folder, last=tmp_path / "上次", size=size)
    theme.apply(application(), theme.DARK, scale)
    for step in range(3):
        desk.page.show_step(step)
        settle()
        assert desk.page.rect().contains(desk.page.sheet.geometry())
        assert desk.page.pages[step].horizontalScrollBar().maximum() == 0
        right = desk.page.next_button.mapTo(desk.page, desk.page.next_button.rect().topRight()).x()
        assert right < size[0]
        ways = (*desk.page.sample_buttons, *desk.page.existing_buttons, *desk.page.last_buttons)
        assert not [way.text() for way in ways if way.isVisible() and way.width() < way.minimumSizeHint().width()]
    theme.apply(application(), theme.LIGHT, 1.0)
