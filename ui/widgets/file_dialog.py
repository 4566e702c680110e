"""Asking for files. Some words of Qt's own dialog are in no Chinese translation that Qt ships; they are said here."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def file_dialog(parent: QWidget | None, question: str, start: str, kinds: str = "") -> QFileDialog:
    """The system's dialog for files, or Qt's where the system has none. `start`: a folder, or a file in it."""
    path = Path(start)
    is_folder = not start or path.is_dir()
    dialog = QFileDialog(parent, question, start if is_folder else str(path.parent), kinds)
    if not is_folder:
        dialog.selectFile(path.name)
    for label, words in (
        (QFileDialog.DialogLabel.LookIn, "位置："),
        (QFileDialog.DialogLabel.FileType, "类型："),
        (QFileDialog.DialogLabel.FileName, "文件名："),
    ):
        dialog.setLabelText(label, words)
    return dialog


def ask_for_file(parent: QWidget | None, question: str, start: str, kinds: str) -> Path | None:
    """A file that is there; None when the question was left unanswered."""
    dialog = file_dialog(parent, question, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return next(iter(_answer(dialog)), None)


def ask_for_files(parent: QWidget | None, question: str, start: str, kinds: str) -> list[Path]:
    """Several files at once; none when the question was left unanswered."""
    dialog = file_dialog(parent, question, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _answer(dialog)


def ask_for_target(parent: QWidget | None, question: str, start: str, kinds: str = "") -> Path | None:
    """Where to write a file; the dialog asks before an older one is replaced."""
    dialog = file_dialog(parent, question, start, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    return next(iter(_answer(dialog)), None)


def _answer(dialog: QFileDialog) -> list[Path]:
    try:
        return [Path(name) for name in dialog.selectedFiles()] if dialog.exec() else []
    finally:
        dialog.deleteLater()
