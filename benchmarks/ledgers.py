"""Generated ledgers, kept between runs: making a hundred thousand records takes half a minute."""

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import benchmarks
import models
from benchmarks.generate import fill
from models.ledger import FILE_NAME

SEED = 1
# What a ledger on disk depends on: one made by other code is not used again.
_MADE_BY = (
    (benchmarks, ("generate.py", "vocabulary.py")),
    (models, ("ledger.py", "migrations.py", "activity_row.py", "activity_repository.py", "search.py", "pinyin.py")),
)


def generated_ledger(records: int) -> Path:
    """The folder of a ledger with so many activities, made if there is none yet. Only to be read."""
    folder = _cache() / f"{records}-{_fingerprint()}"
    if not (folder / FILE_NAME).is_file():
        print(f"Making a ledger of {records} activities in {folder} …", file=sys.stderr)
        for stale in _cache().glob(f"{records}-*"):
            shutil.rmtree(stale, ignore_errors=True)
        unfinished = folder.with_name(folder.name + ".part")
        fill(unfinished, records, SEED)
        unfinished.replace(folder)
    return folder


@contextmanager
def scratch_copy(ledger: Path) -> Iterator[Path]:
    """A copy to write to, on the same disk, gone afterwards."""
    with tempfile.TemporaryDirectory(dir=_cache(), prefix="scratch-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "ledger"
        copy.mkdir()
        shutil.copyfile(ledger / FILE_NAME, copy / FILE_NAME)
        yield copy


def _cache() -> Path:
    """On a disk, unlike many a folder for temporary files: saving durably costs nothing in memory."""
    home = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    folder = Path(home or Path.home() / ".cache") / "xuanjiao-ledger-benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for package, names in _MADE_BY:
        for name in names:
            digest.update((Path(package.__path__[0]) / name).read_bytes())
    return digest.hexdigest()[:12]
