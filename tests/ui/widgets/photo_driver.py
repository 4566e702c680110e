"""A photo strip on a real ledger with one activity, and hands that drag, drop and paste."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from models.ledger import Ledger
from tests.factories import a_ledger, an_activity
from tests.models.photo_samples import a_photo_file, a_picture
from tests.ui.driver import a_context, settle
from ui.context import Context
from ui.widgets.photo_grid import ROWS_MIME
from ui.widgets.photo_strip import PhotoStrip


class Desk:
    """The ledger, its context, and what was said to the clerk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger: Ledger = a_ledger(folder / "台账", an_activity(title="工间操"))
        self.context: Context = a_context(self.ledger)
        self.activity: str = self.ledger.query("SELECT uid FROM activity")[0][0]
        self.praise: list[str] = []
        self.blame: list[str] = []
        self.context.went_well.connect(lambda text, _undo: self.praise.append(text))
        self.context.went_wrong.connect(self.blame.append)

    def photos(self, count: int) -> list[Path]:
        """Photos on a camera's card."""
        return [a_photo_file(self.folder, f"IMG_{place}.jpg", a_picture(320, 240)) for place in range(count)]

    def names(self, strip: PhotoStrip) -> list[str]:
        return [photo.file_name for photo in strip.photos()]


def drop_files(target: QWidget, paths: Sequence[Path], at: QPoint | None = None) -> bool:
    """Drag files from the file manager and let go; returns whether they were taken when they came in."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return drop(target, data, at or QPoint(5, 5))


def drag_photos(strip: PhotoStrip, rows: Sequence[int], to: int, *, after: bool = False) -> None:
    """Drag photos of the strip to the left (or right) half of another one."""
    data = QMimeData()
    data.setData(ROWS_MIME, " ".join(map(str, rows)).encode())
    cell = strip.grid.visualRect(strip.grid.model().index(to, 0))
    drop(strip.grid.viewport(), data, QPoint(cell.right() - 8 if after else cell.left() + 8, cell.center().y()))


def drop(target: QWidget, data: QMimeData, at: QPoint) -> bool:
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    entered = QDragEnterEvent(QPointF(at), actions, data, left, none)
    entered.ignore()
    QCoreApplication.sendEvent(target, entered)
    if entered.isAccepted():
        QCoreApplication.sendEvent(target, QDropEvent(QPointF(at), actions, data, left, none))
    settle()
    return entered.isAccepted()
