"""Pictures from anywhere: each ends as the picture it is or in a sentence with its name, within 30 s and 1 GB."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import UserError
from models.photo_slimming import prepare_photo
from tests.importers.hostile_photos import PHOTOS
from tests.models.photo_samples import decoded

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS, MEGABYTES = 30, 1024


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the memory that was used")
@pytest.mark.slow
@pytest.mark.parametrize("full", [False, True], ids=["activity", "case"])
@pytest.mark.parametrize("name", PHOTOS)
def test_it_is_shown_or_refused_and_costs_no_more_than_it_may(name: str, full: bool) -> None:
    command = [sys.executable, "-m", "tests.importers.hostile_photos", "坏.jpg", *(["full"] if full else [])]
    child = subprocess.run(
        command, input=PHOTOS[name](), capture_output=True, cwd=ROOT, check=True, timeout=4 * SECONDS
    )
    found = json.loads(child.stdout)
    assert not found["said"] or "“坏.jpg”" in found["said"]
    assert found["seconds"] < SECONDS
    assert found["megabytes"] < MEGABYTES
    assert b"Traceback" not in child.stderr


@pytest.mark.parametrize("name", ["a zip behind it", "the place in 64 KB", "EXIF in a circle", "800 comments"])
def test_nothing_but_the_picture_is_kept(name: str) -> None:
    photo = prepare_photo(PHOTOS[name](), "现场.jpg", full=True)
    for data in (photo.slim, photo.full):
        assert b"PK\x03\x04" not in data and b"Exif" not in data and b"xxxx" not in data and b"GGGG" not in data
        assert decoded(data).size == (200, 150)
        assert len(data) < 20_000


def test_hundreds_of_blocks_are_refused_at_once() -> None:
    with pytest.raises(UserError, match=r"“现场\.jpg”的存储方式不正常"):
        prepare_photo(PHOTOS["800 blocks of EXIF"](), "现场.jpg")
