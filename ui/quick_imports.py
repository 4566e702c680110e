"""Spare the start of the program what PySide6 does at every import.

Once loaded, PySide6 reads the source file of each module imported after it and keeps it in memory, to see whether the
module might use `from __feature__ import …`. Nothing here does. What it looks for a module it has not seen is the
same as for one that uses no feature, so not looking changes nothing; measured, it saves 10 ms and 1 MB.
"""

import sys

from PySide6 import QtCore  # noqa: F401 - brings the machinery that is spared here

_machinery = sys.modules.get("PySide6.support.feature")
if hasattr(_machinery, "feature_imported"):
    _machinery.feature_imported = lambda _module: None  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
