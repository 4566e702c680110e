"""Spare the start of the program what PySide6 does at every import.

Once loaded, PySide6 reads the source file of each module imported after it and keeps it in memory, to see whether the
module might use `from __feature__ import …`. Nothing here does. A module it knows nothing of counts for it like one
without features, so that not looking changes nothing. Measured: 10 ms and a few megabytes of a start.
"""

import sys
from importlib import import_module


def read_no_sources() -> None:
    """Stop PySide6 from reading sources. Should a later PySide6 not have this machinery, nothing happens."""
    import_module("PySide6.QtCore")  # brings the machinery
    machinery = sys.modules.get("PySide6.support.feature")
    if hasattr(machinery, "feature_imported"):
        setattr(machinery, "feature_imported", lambda _module: None)  # noqa: B010
