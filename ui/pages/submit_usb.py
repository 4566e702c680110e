"""To a USB stick: what goes along, copied and read back, for somebody else to send."""

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.file_set import file_set
from exporters.progress import ExportCancelled, Progress
from models.errors import UserError
from models.storage_faults import storage_faults

if TYPE_CHECKING:
    from exporters.submission_mail import MailFiles


def copy_to(folder: Path, files: "MailFiles", progress: Progress | None = None) -> Path:
    """Copy attachments and drafts into a folder of their own inside `folder`; returns that.

    They appear together or not at all. Raises UserError for the disk and for a copy that does not read back,
    ExportCancelled when `progress` returns False.
    """
    target = folder / files.folder.name
    sources = [*files.attachments, *(mail.draft for mail in files.mails)]
    with storage_faults(folder):
        target.mkdir(parents=True, exist_ok=True)
        with file_set(target) as written:
            for number, source in enumerate(sources, 1):
                copy = written.path_for(source.relative_to(files.folder).as_posix())
                shutil.copyfile(source, copy)
                if _digest(copy) != _digest(source):
                    raise UserError(f"“{source.name}”存到U盘以后读回来不一样，没有存。请换一个U盘再试。")
                if progress is not None and not progress(number, len(sources)):
                    raise ExportCancelled
    return target


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
