"""What the program has to make good for in the release of PySide6 that it is pinned to."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# PySide6 6.12.0 on Python 3.11 takes away a reference to None with every method that returns nothing, and one to True
# with every signal. Unmended, the window ends in “Fatal Python error: deallocating None” after a few clicks.
CALLS = {
    "a method that returns nothing": "thing.setObjectName('x')",
    "a getter that finds nothing": "thing.parent()",
    "a signal": "thing.objectNameChanged.emit('x')",
}


@pytest.mark.parametrize("call", CALLS)
def test_a_long_day_of_calls_into_qt_does_not_end_the_program(call: str) -> None:
    script = f"import ui\nfrom PySide6.QtCore import QObject\nthing = QObject()\nfor _ in range(200_000): {CALLS[call]}"
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
