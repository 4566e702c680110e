"""P1 and P2: from the start of the process to the first painted window, and the memory that takes by then."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Figure, Sample
from models.preferences import FOLDER_NAME, Preferences, save_preferences

ROUNDS = 15
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from one start to the first paint; bytes of memory, the most and its own (0: the system does not tell).

    `answered` are the seconds until 首页 says what is due, read in the background; the bare window has nothing to say.
    """

    seconds: float
    peak: int
    own: int
    answered: float


def measure(ledger_folder: Path) -> list[Figure]:
    """The program and the bare window in turns; the first start of each only fills the caches."""
    ours: list[Start] = []
    bare: list[Start] = []
    with tempfile.TemporaryDirectory() as home:
        save_preferences(Preferences(ledger=str(ledger_folder)), Path(home, FOLDER_NAME))
        for number in range(ROUNDS + 1):
            pair = (_start(home, "program_window"), _start(home, "bare_window"))
            if number:
                ours.append(pair[0])
                bare.append(pair[1])
    seconds = (
        Sample("program", [each.seconds for each in ours]),
        Sample("bare window", [each.seconds for each in bare]),
    )
    figures = [Figure("P1", "process start to the first painted, usable window", *seconds, 1.5)]
    answered = Sample("program", [each.answered for each in ours])
    figures.append(Figure("P1", "… until 首页 says what is due (read in the background)", answered, seconds[1], None))
    for what, of in (("peak", "peak"), ("own, shared pages shared out", "own")):
        sizes = [[float(getattr(each, of)) for each in starts] for starts in (ours, bare)]
        if all(map(all, sizes)):
            samples = Sample("program", sizes[0], "MB"), Sample("bare window", sizes[1], "MB")
            figures.append(Figure("P2", f"memory at the first paint ({what})", *samples, 1.4))
    return figures


def _start(home: str, module: str) -> Start:
    """Run one of the two programs to its first rows, with a home folder of its own and its bytecode kept in there."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= dict.fromkeys(("HOME", "APPDATA", "XDG_CONFIG_HOME", "PYTHONPYCACHEPREFIX"), home)
    command = [sys.executable, "-m", f"benchmarks.{module}"]
    began = time.monotonic_ns()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}")
    reports = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    (ended, peak, own), (answered, *_) = reports[0], reports[-1]
    return Start((ended - began) / 1e9, peak, own, (answered - began) / 1e9)
