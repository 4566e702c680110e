"""What kind of disk a folder lies on. SQLite's write-ahead log is only safe on a local, fixed one."""

import os
import sys
from pathlib import Path

# File systems of fixed local disks; USB sticks (vfat, exfat), network shares and everything unknown
# get the rollback journal, which is slower and works everywhere.
_FIXED_FILE_SYSTEMS = frozenset(
    ("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "zfs", "apfs", "overlay", "tmpfs")
)
_WINDOWS_FIXED = 3  # DRIVE_FIXED of GetDriveTypeW


def is_fixed_local_disk(folder: Path) -> bool:
    """Whether `folder` lies on a disk where a write-ahead log can be trusted; False when in doubt."""
    if sys.platform == "win32":
        return _windows_drive_type(folder) == _WINDOWS_FIXED
    if sys.platform == "darwin":
        return True
    return _mounted_file_system(folder) in _FIXED_FILE_SYSTEMS


def _windows_drive_type(folder: Path) -> int:
    import ctypes

    anchor = folder.resolve().anchor
    return int(ctypes.windll.kernel32.GetDriveTypeW(anchor))  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]


def _mounted_file_system(folder: Path) -> str:
    """The type of the file system mounted closest above `folder`, empty when the kernel does not tell."""
    try:
        with open("/proc/self/mounts", encoding="utf-8", errors="replace") as mounts:
            entries = [line.split()[1:3] for line in mounts]
    except OSError:
        return ""
    wanted = os.path.realpath(folder)
    best, kind = "", ""
    for escaped, file_system in entries:
        point = escaped.replace("\\040", " ")
        inside = wanted == point or wanted.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, file_system
    return kind
