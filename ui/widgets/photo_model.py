"""The photos of one record as a list model, with the tile for adding as its last row."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.attachment import Attachment
from ui.fonts import ensure_glyphs
from ui.widgets.base import plain_tip

NO_CAPTION = "缺说明"
TILE = "拖到这里添加"
PHOTO_ROLE = Qt.ItemDataRole.UserRole

AnyIndex = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()


class PhotoModel(QAbstractListModel):
    """`photos` in their order. Rows that stay the same stay, so that selection and scrolling do."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.photos: list[Attachment] = []

    def show(self, photos: Sequence[Attachment]) -> bool:
        """Show these photos; returns whether rows came, went or moved (selection is lost then)."""
        ensure_glyphs("".join(photo.caption for photo in photos))
        if [photo.uid for photo in photos] == [photo.uid for photo in self.photos]:
            changed = [row for row, photo in enumerate(photos) if photo != self.photos[row]]
            self.photos = list(photos)
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
            return False
        self.beginResetModel()
        self.photos = list(photos)
        self.endResetModel()
        return True

    def photo(self, row: int) -> Attachment | None:
        """The photo in a row; None for the tile and beyond."""
        return self.photos[row] if 0 <= row < len(self.photos) else None

    def row_of(self, uid: str) -> int:
        """Where a photo is; -1 when it is not shown."""
        return next((row for row, photo in enumerate(self.photos) if photo.uid == uid), -1)

    def rowCount(self, parent: AnyIndex = _INVALID) -> int:
        return 0 if parent.isValid() else len(self.photos) + 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if self.photo(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        photo = self.photo(index.row())
        if role == PHOTO_ROLE:
            return photo
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if photo is None:
                return "添加照片" if role == Qt.ItemDataRole.AccessibleTextRole else TILE
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(index.row(), photo)
            return photo.caption or NO_CAPTION
        if role == Qt.ItemDataRole.ToolTipRole and photo:
            return plain_tip(photo.caption or photo.file_name)
        return None

    def spoken(self, row: int, photo: Attachment) -> str:
        """What a screen reader says of a photo."""
        consent = "已征得同意" if photo.consent else "没有勾已征得同意"
        return f"第 {row + 1} 张，共 {len(self.photos)} 张，{photo.caption or NO_CAPTION}，{consent}"
