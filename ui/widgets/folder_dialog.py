"""Asking for a folder. Two words of Qt's own dialog are in no Chinese translation that Qt ships."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def folder_dialog(parent: QWidget | None, question: str, start: Path) -> QFileDialog:
    """The system's dialog for folders, or Qt's where the system has none."""
    dialog = QFileDialog(parent, question, str(start))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, "位置：")
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, "类型：")
    return dialog


def ask_for_folder(parent: QWidget, question: str, start: Path) -> Path | None:
    """The folder chosen; None when the question was left unanswered."""
    dialog = folder_dialog(parent, question, start)
    try:
        chosen = dialog.selectedFiles() if dialog.exec() else []
        return Path(chosen[0]) if chosen else None
    finally:
        dialog.deleteLater()
