"""Whether a ledger can be kept in a folder, in plain words."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from models.disk import is_fixed_local_disk
from models.errors import UserError
from models.ledger import FILE_NAME
from models.storage_faults import storage_faults

LITTLE = 200 << 20  # bytes free below which somebody should look for another disk
OCCUPIED = "这里已经有一个台账，开始后打开的就是它，刚才填的单位信息不会写进去。"
_UNITS = ((1 << 40, "TB"), (1 << 30, "GB"), (1 << 20, "MB"))


@dataclass(frozen=True, slots=True)
class FolderState:
    """`kind`: ok, warn or error. `text` says what was found. `has_ledger`: there is one already."""

    kind: str
    text: str
    has_ledger: bool = False


def look_at(folder: Path) -> FolderState:
    """Try to write where `folder` is or would be made, without leaving anything behind."""
    ground = _existing(folder)
    try:
        with storage_faults(folder), tempfile.TemporaryFile(dir=ground):
            free = shutil.disk_usage(ground).free
    except UserError as error:
        return FolderState("error", error.message)
    space = f"还有 {_size(free)} 空间"
    if (folder / FILE_NAME).exists():
        return FolderState("warn", OCCUPIED, has_ledger=True)
    if free < LITTLE:
        return FolderState("warn", f"可以写入，但只剩 {_size(free)}。照片和备份要占空间，最好换一个磁盘。")
    if not is_fixed_local_disk(ground):
        return FolderState("warn", f"可以写入，{space}。这是U盘或网络盘，拔出前要先退出程序。")
    return FolderState("ok", f"可以写入，{space}。")


def _existing(folder: Path) -> Path:
    """The folder itself, or what is nearest above it: a folder, or a file that stands in the way."""
    return next((each for each in (folder, *folder.parents) if each.exists()), folder)


def _size(count: int) -> str:
    for least, name in _UNITS:
        if count >= least:
            return f"{count / least:.0f} {name}"
    return "不到 1 MB"
