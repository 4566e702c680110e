"""Photos in a form, with the hands of a clerk: dropped, pasted, described one after the other, moved, removed, seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from models import file_store
from models.attachment import OF_ACTIVITY, OF_CASE
from models.attachment_repository import list_attachments
from models.case import Case
from models.case_repository import CASES
from tests.factories import NOW
from tests.models.photo_samples import a_photo_file, noise
from tests.ui.driver import settle
from tests.ui.widgets.hands import press, type_with_input_method
from tests.ui.widgets.photo_driver import Desk, drag_photos, drop, drop_files
from ui import operations, theme
from ui.widgets.base import tab_stops
from ui.widgets.layouts import column
from ui.widgets.photo_model import NO_CAPTION
from ui.widgets.photo_strip import PhotoStrip

Show = Callable[..., QWidget]
Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    settle()
    desk.ledger.close()


@pytest.fixture
def strip(desk: Desk, show: Show) -> PhotoStrip:
    strip = PhotoStrip(desk.context, OF_ACTIVITY)
    show(strip)
    strip.show_owner(desk.activity)
    return strip


def fill(desk: Desk, strip: PhotoStrip, count: int) -> None:
    strip.add(desk.photos(count))
    settle()
    strip.grid.select(0)


def spoken(strip: PhotoStrip, row: int) -> str:
    return strip.grid.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_five_photos_dropped_from_the_file_manager_are_there_and_can_be_taken_back(
    desk: Desk, strip: PhotoStrip
) -> None:
    counts: list[int] = []
    strip.count_changed.connect(counts.append)
    assert drop_files(strip.grid.viewport(), desk.photos(5))
    assert desk.names(strip) == [f"IMG_{place}.jpg" for place in range(5)] and counts == [5]
    assert desk.praise == ["已添加 5 张照片"] and strip.progress.isHidden()
    assert strip.title.text() == "照片 5" and "5 张缺说明" in strip.hint.text()
    operations.undo(desk.context)
    assert strip.photos() == [] and desk.praise[-1] == "已撤销：给活动“工间操”添加 5 张照片"
    operations.redo(desk.context)
    assert len(strip.photos()) == 5


def test_files_may_be_dropped_anywhere_on_the_strip_but_not_text(desk: Desk, strip: PhotoStrip) -> None:
    assert drop_files(strip, desk.photos(1)) and desk.names(strip) == ["IMG_0.jpg"]
    words = QMimeData()
    words.setText("说明")
    assert not drop(strip, words, QPoint(5, 5)) and not drop(strip.grid.viewport(), words, QPoint(5, 5))


def test_files_and_pictures_are_pasted(desk: Desk, strip: PhotoStrip, qtbot: QtBot) -> None:
    strip.grid.setFocus()
    board = QGuiApplication.clipboard()
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    board.setImage(image)
    qtbot.keyClick(strip.grid, Key.Key_V, CONTROL)
    settle()
    assert [(each.file_name, each.width) for each in strip.photos()] == [("粘贴的图片.png", 60)]
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(path)) for path in desk.photos(2)])
    board.setMimeData(copied)
    qtbot.keyClick(strip.grid, Key.Key_V, CONTROL)
    settle()
    assert len(strip.photos()) == 3
    board.setText("只有文字")
    qtbot.keyClick(strip.grid, Key.Key_V, CONTROL)
    assert len(desk.blame) == 1 and "剪贴板里没有图片" in desk.blame[0]


def test_photos_are_pasted_wherever_the_keyboard_is_in_the_strip_but_not_into_a_caption(
    desk: Desk, strip: PhotoStrip, qtbot: QtBot
) -> None:
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(path)) for path in desk.photos(2)])
    QGuiApplication.clipboard().setMimeData(copied)
    strip.add_button.setFocus()
    qtbot.keyClick(strip.add_button, Key.Key_V, CONTROL)
    settle()
    assert desk.names(strip) == ["IMG_0.jpg", "IMG_1.jpg"]
    QGuiApplication.clipboard().setText("合影")
    strip.words.caption.setFocus()
    qtbot.keyClick(strip.words.caption, Key.Key_V, CONTROL)
    settle()
    assert strip.words.caption.text() == "合影" and len(strip.photos()) == 2 and desk.blame == []


def test_tab_goes_through_the_strip_as_one_reads_it(desk: Desk, strip: PhotoStrip) -> None:
    fill(desk, strip, 2)
    stops = [each for each in tab_stops(strip) if each.isVisible()]
    assert stops[:4] == [strip.add_button, strip.consent_button, strip.grid, strip.words.caption]


def test_what_was_refused_is_scrolled_into_sight(desk: Desk, show: Show) -> None:
    page, area = QWidget(), QScrollArea()
    strip = PhotoStrip(desk.context, OF_ACTIVITY)
    column(600, strip, parent=page)
    area.setWidget(page)
    area.setWidgetResizable(True)
    show(area)
    strip.show_owner(desk.activity)
    bad = desk.folder / "坏了.jpg"
    bad.write_bytes(b"\xff\xd8\xff broken")
    assert strip.visibleRegion().isEmpty()
    drop_files(strip, [bad])
    lowest = strip.refusals.mapTo(area.viewport(), strip.refusals.rect().bottomLeft()).y()
    assert strip.refusals.isVisible() and lowest <= area.viewport().height()


def test_captions_are_written_one_after_the_other_without_the_mouse(
    desk: Desk, strip: PhotoStrip, qtbot: QtBot
) -> None:
    fill(desk, strip, 3)
    strip.grid.setFocus()
    press(qtbot, Key.Key_F2)
    for words in ("领操", "全体做操", "合影<b>"):
        assert QApplication.focusWidget() is strip.words.caption
        type_with_input_method(strip.words.caption, words)
        press(qtbot, Key.Key_Return)
    assert [photo.caption for photo in strip.photos()] == ["领操", "全体做操", "合影<b>"]
    assert QApplication.focusWidget() is strip.grid  # after the last one
    assert strip.grid.model().index(2, 0).data() == "合影<b>"
    operations.undo(desk.context)
    assert strip.photos()[2].caption == "" and strip.words.caption.text() == ""


def test_words_typed_are_kept_when_another_photo_is_clicked_and_given_up_with_esc(
    desk: Desk, strip: PhotoStrip, qtbot: QtBot
) -> None:
    fill(desk, strip, 2)
    strip.words.caption.setFocus()
    type_with_input_method(strip.words.caption, "领操")
    strip.words.photographer.setText("李明")
    strip.grid.select(1)
    first = strip.photos()[0]
    assert (first.caption, first.photographer, strip.words.caption.text()) == ("领操", "李明", "")
    strip.words.caption.setFocus()
    type_with_input_method(strip.words.caption, "写错了")
    press(qtbot, Key.Key_Escape)
    assert strip.words.caption.text() == "" and QApplication.focusWidget() is strip.grid
    strip.words.caption.setText("离开时")
    strip.keep_unsaved()
    assert strip.photos()[1].caption == "离开时"


def test_consent_is_ticked_for_one_or_for_all(desk: Desk, strip: PhotoStrip, qtbot: QtBot) -> None:
    fill(desk, strip, 3)
    qtbot.keyClick(strip.words.consent, Key.Key_Space)
    assert [photo.consent for photo in strip.photos()] == [True, False, False]
    strip.consent_button.click()
    assert all(photo.consent for photo in strip.photos()) and strip.consent_button.isHidden()
    assert desk.praise[-1] == "已勾选 2 张照片已征得同意"
    assert spoken(strip, 1) == f"第 2 张，共 3 张，{NO_CAPTION}，已征得同意"


def test_photos_are_moved_by_dragging(desk: Desk, strip: PhotoStrip) -> None:
    fill(desk, strip, 4)
    drag_photos(strip, [3], 0)
    assert desk.names(strip) == ["IMG_3.jpg", "IMG_0.jpg", "IMG_1.jpg", "IMG_2.jpg"]
    drag_photos(strip, [0, 1], 3, after=True)
    assert desk.names(strip) == ["IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg", "IMG_0.jpg"]
    said = len(desk.praise)
    before = desk.ledger.last_change()
    drag_photos(strip, [2], 2)  # to where it is
    assert desk.ledger.last_change() == before and len(desk.praise) == said


def test_photos_are_moved_by_keyboard_and_the_moved_one_stays_selected(
    desk: Desk, strip: PhotoStrip, qtbot: QtBot
) -> None:
    fill(desk, strip, 3)
    strip.grid.setFocus()
    qtbot.keyClick(strip.grid, Key.Key_Right, CONTROL)
    qtbot.keyClick(strip.grid, Key.Key_Right, CONTROL)
    qtbot.keyClick(strip.grid, Key.Key_Right, CONTROL)  # it is the last now
    assert desk.names(strip) == ["IMG_1.jpg", "IMG_2.jpg", "IMG_0.jpg"] and strip.grid.selected_rows() == [2]
    qtbot.keyClick(strip.grid, Key.Key_Left, CONTROL)
    assert desk.names(strip) == ["IMG_1.jpg", "IMG_0.jpg", "IMG_2.jpg"] and strip.grid.selected_rows() == [1]


def test_arrows_go_along_the_lines_and_shift_selects(desk: Desk, strip: PhotoStrip, qtbot: QtBot) -> None:
    fill(desk, strip, 8)
    grid = strip.grid
    grid.setFocus()
    across = grid.columns()
    assert 1 < across < 8
    for key, row in ((Key.Key_Right, 1), (Key.Key_Down, 1 + across), (Key.Key_Left, across), (Key.Key_Up, 0)):
        press(qtbot, key)
        assert grid.currentIndex().row() == row
    qtbot.keyClick(grid, Key.Key_Right, SHIFT)
    qtbot.keyClick(grid, Key.Key_Right, SHIFT)
    assert grid.selected_rows() == [0, 1, 2] and strip.words.isHidden()
    press(qtbot, Key.Key_End)
    assert grid.currentIndex().row() == 8 and grid.selected_rows() == []  # the tile
    qtbot.keyClick(grid, Key.Key_A, CONTROL)
    assert grid.selected_rows() == list(range(8))


def test_photos_are_removed_and_come_back(desk: Desk, strip: PhotoStrip, qtbot: QtBot) -> None:
    fill(desk, strip, 3)
    strip.grid.setFocus()
    press(qtbot, Key.Key_Right)
    press(qtbot, Key.Key_Delete)
    assert desk.names(strip) == ["IMG_0.jpg", "IMG_2.jpg"] and desk.praise[-1] == "已移除照片“IMG_1.jpg”"
    assert strip.grid.currentIndex().row() == 1
    qtbot.keyClick(strip.grid, Key.Key_A, CONTROL)
    press(qtbot, Key.Key_Delete)
    assert strip.photos() == [] and desk.praise[-1] == "已移除 2 张照片" and strip.words.isHidden()
    operations.undo(desk.context)
    operations.undo(desk.context)
    assert desk.names(strip) == ["IMG_0.jpg", "IMG_1.jpg", "IMG_2.jpg"]
    assert file_store.missing(desk.ledger) == []


def test_what_cannot_be_taken_is_listed_by_name_until_it_is_closed(desk: Desk, strip: PhotoStrip) -> None:
    bad = desk.folder / "坏了.jpg"
    bad.write_bytes(b"\xff\xd8\xff broken")
    folder = desk.folder / "相册"
    folder.mkdir()
    drop_files(strip, [bad, *desk.photos(1), folder])
    assert desk.names(strip) == ["IMG_0.jpg"] and strip.refusals.isVisible()
    text = strip.refusals.text()
    assert text.startswith("有 2 个文件没有添加：") and "“坏了.jpg”" in text and "“相册”是文件夹" in text
    drop_files(strip, desk.photos(1))
    assert strip.refusals.isHidden()


def test_stopping_keeps_what_is_ready_and_says_so(desk: Desk, strip: PhotoStrip, qtbot: QtBot) -> None:
    paths = [a_photo_file(desk.folder, f"大{place}.jpg", noise(1200, 900)) for place in range(4)] * 10
    strip.adding.progressed.connect(lambda done, _total: done >= 2 and strip.progress.stop_button.click())
    strip.add(paths)
    assert strip.progress.isVisible() and strip.progress.text() == "正在添加照片，第 1 / 40 张"
    qtbot.waitUntil(lambda: not strip.adding.busy, timeout=30_000)
    kept = len(strip.photos())
    assert 2 <= kept < 40 and strip.progress.isHidden()
    assert desk.praise == [f"已停止，已加好的 {kept} 张照片留下了，其余 {40 - kept} 张照片没有添加"]


def test_closing_the_window_in_the_middle_keeps_what_is_ready(desk: Desk, strip: PhotoStrip) -> None:
    paths = [a_photo_file(desk.folder, f"大{place}.jpg", noise(1200, 900)) for place in range(3)] * 20
    strip.add(paths)
    strip.add(desk.photos(2))
    strip.window().close()
    assert not strip.adding.busy
    kept = len(list_attachments(desk.ledger, desk.activity))
    assert kept < 60
    settle()  # what was under way when the window closed adds nothing more
    assert len(list_attachments(desk.ledger, desk.activity)) == kept and strip.progress.isHidden()


def test_another_record_may_be_looked_at_meanwhile(desk: Desk, strip: PhotoStrip, qtbot: QtBot) -> None:
    strip.add(desk.photos(6))
    strip.keep_unsaved()
    strip.show_owner("")
    qtbot.waitUntil(lambda: not strip.adding.busy, timeout=30_000)
    assert strip.photos() == [] and desk.praise == ["已添加 6 张照片"]
    strip.show_owner(desk.activity)
    assert len(strip.photos()) == 6


def test_a_stick_pulled_out_is_said_once_and_nothing_waits_for_ever(desk: Desk, strip: PhotoStrip) -> None:
    paths = desk.photos(2)
    desk.ledger.folder.rename(desk.folder / "拔走了")
    strip.add(paths)
    strip.add(paths)
    settle()
    (desk.folder / "拔走了").rename(desk.ledger.folder)
    assert len(desk.blame) == 1 and desk.blame[0].startswith("找不到")
    assert not strip.adding.busy and strip.progress.isHidden() and strip.photos() == []
    strip.add(paths)
    settle()
    assert len(strip.photos()) == 2


def test_two_batches_wait_for_each_other(desk: Desk, strip: PhotoStrip) -> None:
    strip.add(desk.photos(3))
    strip.add([a_photo_file(desk.folder, "后来.jpg")])
    settle()
    settle()
    assert desk.names(strip) == ["IMG_0.jpg", "IMG_1.jpg", "IMG_2.jpg", "后来.jpg"]


def test_a_record_not_saved_yet_is_saved_by_its_first_photo(desk: Desk, show: Show) -> None:
    strip = PhotoStrip(desk.context, OF_ACTIVITY)
    show(strip)
    asked: list[str] = []

    def save() -> str:
        asked.append("save")
        return desk.activity if len(asked) > 1 else ""

    strip.show_owner("", ready=save)
    strip.add(desk.photos(1))
    settle()
    assert asked == ["save"] and strip.photos() == []  # the form could not save it, and has said why
    strip.add(desk.photos(1))
    settle()
    assert asked == ["save", "save"] and len(strip.photos()) == 1
    strip.add(desk.photos(1))
    settle()
    assert len(asked) == 2 and len(strip.photos()) == 2


def test_more_than_the_form_prints_is_a_hint_and_no_wall(desk: Desk, strip: PhotoStrip) -> None:
    fill(desk, strip, 10)
    assert len(strip.photos()) == 10 and strip.hint.text().startswith("表上只印前 9 张，可以调整顺序")
    assert strip.hint.property("tone") == "warn"


def test_a_case_keeps_full_size_copies(desk: Desk, show: Show) -> None:
    with desk.ledger.transaction("新建案例", at=NOW):
        case = CASES.save(desk.ledger, Case(title="班前十分钟"), now=NOW)
    strip = PhotoStrip(desk.context, OF_CASE)
    show(strip)
    strip.show_owner(case.uid)
    strip.add(desk.photos(1))
    settle()
    assert strip.photos()[0].full_digest and strip.hint.text().startswith("最多 5 张，随案例另附文件")


def test_a_photo_is_seen_as_large_as_the_window_and_the_keyboard_stays_there(
    desk: Desk, strip: PhotoStrip, qtbot: QtBot
) -> None:
    fill(desk, strip, 3)
    strip.grid.setFocus()
    press(qtbot, Key.Key_Return)
    view = strip.view
    assert view and view.size() == strip.window().size() and view.which.text() == "第 1 张，共 3 张"
    settle()
    assert view.picture_size().width() == 320
    press(qtbot, Key.Key_Left)  # the first has none before it
    press(qtbot, Key.Key_Right)
    press(qtbot, Key.Key_Right)
    assert view.current == 2 and view.caption.text() == NO_CAPTION
    for _ in range(9):
        press(qtbot, Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused and view.isAncestorOf(focused)
    qtbot.keyClick(view, Key.Key_1)
    assert view.size_button.text() == "适合窗口"
    strip.window().resize(500, 400)
    assert view.size() == strip.window().size()
    qtbot.keyClick(view, Key.Key_Escape)
    settle()
    assert strip.view is None and strip.grid.currentIndex().row() == 2
    assert QApplication.focusWidget() is strip.grid


def test_a_photo_whose_file_is_gone_says_so_and_can_be_removed(desk: Desk, strip: PhotoStrip, qtbot: QtBot) -> None:
    fill(desk, strip, 1)
    photo = strip.photos()[0]
    file_store.path_of(desk.ledger.folder, photo.digest, photo.suffix).unlink()
    strip.grid.viewport().grab()
    strip.open_view(0)
    settle()
    assert strip.view and strip.view.picture_size().isEmpty()
    strip.view.leave()
    settle()
    strip.words.remove_button.click()
    assert strip.photos() == []


def test_a_thousand_photos_cost_no_more_than_those_on_screen(desk: Desk, strip: PhotoStrip) -> None:
    strip.add(desk.photos(1) * 1000)
    settle()
    assert len(strip.photos()) == 1000 and len(strip.grid.findChildren(QWidget)) < 20
    assert strip.grid.height() < 500
    strip.grid.select(999)
    settle()
    assert strip.grid.visualRect(strip.grid.model().index(999, 0)).intersects(strip.grid.viewport().rect())


@pytest.mark.parametrize("scale", theme.SCALES)
def test_everything_has_a_name_and_its_place_at_every_text_size(
    desk: Desk, strip: PhotoStrip, scale: float, qapp: QApplication
) -> None:
    fill(desk, strip, 2)
    theme.apply(qapp, theme.DARK, scale)
    settle()
    words = strip.words
    named = (strip.add_button, strip.grid, words.caption, words.photographer, words.consent, words.remove_button)
    for control in named:
        assert QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
        assert control.width() >= control.minimumSizeHint().width() and control.isVisible()
    assert spoken(strip, 2) == "添加照片"
    first, second = (strip.grid.visualRect(strip.grid.model().index(row, 0)) for row in (0, 1))
    assert not first.intersects(second)
