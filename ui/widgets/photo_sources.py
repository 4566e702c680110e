"""Where photos come from: files dragged or copied in the file manager, pictures on the clipboard, a dialog."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QStandardPaths
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from models.photo_slimming import ACCEPTED_SUFFIXES
from models.photo_source import Pasted, Source
from ui.widgets.file_dialog import ask_for_files

PASTED_NAME = "粘贴的图片.png"


def paths_in(data: QMimeData) -> list[Path]:
    """The files that something dragged or copied stands for."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile() and url.toLocalFile()]


def sources_in(data: QMimeData) -> list[Source]:
    """Files if there are any (WPS and browsers give a picture of them besides), else the picture itself."""
    paths = paths_in(data)
    if paths:
        return list(paths)
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return [Pasted(PASTED_NAME, lambda: _as_png(image))]
    return []


def has_sources(data: QMimeData) -> bool:
    """Whether there is anything in it that may become a photo; cheap enough for every move of a drag."""
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def choose_files(parent: QWidget, question: str, kinds: str, start: str = "") -> list[Path]:
    """The files chosen in the system's dialog, several at once; none when it was left."""
    return ask_for_files(parent, question, start or pictures_folder(), kinds)


def photo_kinds() -> str:
    """What the dialog for photos shows first."""
    return f"照片 ({' '.join(f'*{suffix} *{suffix.upper()}' for suffix in ACCEPTED_SUFFIXES)});;所有文件 (*)"


def pictures_folder() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)


def _as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # pyright: ignore[reportArgumentType, reportCallIssue]
    return bytes(buffer.data().data())
