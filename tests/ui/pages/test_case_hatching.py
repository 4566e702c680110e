"""案例孵化 on the real window: from activities to a draft with marks, figures and photos."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from models.attachment import OF_ACTIVITY
from models.attachment_repository import list_attachments
from models.case import gaps_in
from models.photos import add_photos
from tests.factories import a_clerk
from tests.ui.driver import settle
from tests.ui.pages.case_driver import CTRL, Desk, a_desk, focused, summer
from ui.context import Place

SUMMER = (
    summer("领学领读（第一期）", 1, form="F1", summary="劳模带着职工读书"),
    summer("领学领读（第二期）", 8, form="F1", people_offline=24),
    summer("领学领读（第三期）", 15, form="F1", people_offline=50),
)


def test_a_case_is_hatched_from_three_activities_by_keyboard(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, activities=SUMMER)
    desk.press(Qt.Key.Key_Return)  # the empty list offers it
    picker = desk.page.picker()
    assert not picker.go_button.isEnabled() and "至少 1 项" in picker.reason.text()
    desk.press(Qt.Key.Key_Down)  # from the search into what it found
    for _ in SUMMER:
        desk.press(Qt.Key.Key_Space)
        desk.press(Qt.Key.Key_Down)
    assert picker.count.text() == "已选 3 项，最多 5 项"
    desk.press(Qt.Key.Key_Return, CTRL)
    editor = desk.editor
    assert editor.text.title.text() == "领学领读"
    assert len(editor.state.value("activities")) == 3
    assert [line.value.text() for line in editor.links.effects.lines] == ["3", "150"]
    # the keyboard is on the first thing the records do not say, and typing replaces it
    problem = editor.text.parts["problem"].edit
    assert problem.hasFocus() and problem.textCursor().selectedText() == gaps_in(problem.toPlainText())[0]
    marks = len(gaps_in(problem.toPlainText()))
    desk.chinese("职工倒班，集中难")
    assert len(gaps_in(problem.toPlainText())) == marks - 1
    assert desk.cases() == []


def test_what_was_hatched_is_kept_at_once_and_marks_stop_the_end(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, activities=SUMMER)
    desk.page.hatch([desk.uid_of(activity.title) for activity in SUMMER])
    desk.editor.keeper.flush()
    assert desk.draft_keys() == ["case:new"]
    desk.editor.finalise()
    assert any("还没有补上" in text for text in desk.editor.text.messages["problem"].texts())


def test_the_grid_of_activities_can_send_its_selection(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, activities=SUMMER)
    desk.window.show_place(Place("activities"))
    uids = " ".join(desk.uid_of(activity.title) for activity in SUMMER[:2])
    desk.window.show_place(Place("cases", action=f"hatch:{uids}"))
    assert len(desk.editor.state.value("activities")) == 2 and desk.editor.isVisible()
    desk.editor.focus_field("title")
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.current_page() == "activities"


def test_too_many_or_none_are_refused_in_words(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, activities=SUMMER)
    desk.page.hatch([])
    assert "请选 1 到 5 条活动" in desk.wrong[-1]
    assert desk.page.currentIndex() == 0


def test_no_more_than_five_can_be_ticked(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, activities=tuple(summer(f"第{day}讲", day) for day in range(1, 8)))
    desk.page.choose_activities()
    for line in range(7):
        desk.page.picker().list.toggle(line)
    assert len(desk.page.picker().list.chosen()) == 5


def test_a_case_begun_before_is_filed_away_not_lost(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, activities=SUMMER)
    desk.page.new_case()
    desk.write("title", "先写的案例")
    desk.press(Qt.Key.Key_Escape)
    desk.page.hatch([desk.uid_of(SUMMER[0].title)])
    assert [case.title for case in desk.cases()] == ["先写的案例"]
    assert desk.editor.text.title.text() != "先写的案例"


def photographed(desk: Desk, folder: Path, count: int) -> str:
    """An activity with photos; returns its uid."""
    uid = desk.uid_of(SUMMER[0].title)
    paths: list[Path] = []
    for number in range(count):
        image = QImage(320, 240, QImage.Format.Format_RGB32)
        image.fill(QColor(20 * number + 40, 90, 120))
        path = folder / f"照片{number}.png"
        assert image.save(str(path))
        paths.append(path)
    add_photos(desk.ledger, OF_ACTIVITY, uid, paths, a_clerk())
    return uid


def test_photos_of_the_activities_are_offered_and_copied(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path / "ledger", activities=SUMMER)
    uid = photographed(desk, tmp_path, 3)
    desk.page.hatch([uid])
    photos = desk.editor.photos
    assert photos.offered.isVisible() and "3 张照片" in photos.offered.text()
    photos.offered.links()[0].click()
    assert photos.pick and photos.pick.list.hasFocus()
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Space)
    assert photos.pick.take_button.text() == "取用 2 张"
    photos.pick.take_button.click()
    settle()
    (case,) = desk.cases()  # a new case is saved, so that the photos belong to something
    assert len(list_attachments(desk.ledger, case.uid)) == 2
    assert len(list_attachments(desk.ledger, uid)) == 3
    assert "1 张照片" in photos.offered.text()
    assert photos.strip.title.text() == "照片 2"


def test_photos_can_be_declined(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path / "ledger", activities=SUMMER)
    desk.page.hatch([photographed(desk, tmp_path, 1)])
    photos = desk.editor.photos
    photos.offered.links()[0].click()
    assert photos.pick
    photos.pick.close_link.click()
    assert photos.pick is None and not photos.offered.isVisible()


def test_undo_among_the_photos_takes_back_the_photos(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path / "ledger", activities=SUMMER)
    desk.page.hatch([photographed(desk, tmp_path, 1)])
    photos = desk.editor.photos
    photos.offered.links()[0].click()
    desk.press(Qt.Key.Key_Space)
    assert photos.pick
    photos.pick.take_button.click()
    settle()
    assert photos.strip.grid.hasFocus() and focused() is photos.strip.grid
    desk.press(Qt.Key.Key_Z, CTRL)
    settle()
    (case,) = desk.cases()
    assert list_attachments(desk.ledger, case.uid) == [] and photos.strip.title.text() == "照片"
