"""Offering an export costs nothing: the heavy libraries load when somebody exports."""

from __future__ import annotations

import subprocess
import sys


def test_importing_the_exporters_loads_no_heavy_library() -> None:
    code = (
        "import sys, exporters.pdf, exporters.xlsx, exporters.eml, exporters.names, exporters.atomic;"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'reportlab', 'openpyxl', 'PIL', 'lxml'}))"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert found.strip() == "[]"
