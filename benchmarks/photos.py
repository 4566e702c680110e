"""P12, without a goal: taking in a photo of 12 million pixels, next to Pillow opening, shrinking and saving it."""

import io
import random
import tempfile
from pathlib import Path

from benchmarks.measure import Figure, Sample, in_turns
from models.photos import prepare_photo, store_photo

SIZE, LONGEST, QUALITY, ROUNDS = (4032, 3024), 1600, 88, 7


def measure(_big: Path) -> list[Figure]:
    """From the bytes of a file to a stored, slimmed picture without traces; the floor does the least with Pillow."""
    content = _photo()
    with tempfile.TemporaryDirectory() as folder:
        ours, floor = in_turns(
            lambda: store_photo(Path(folder), prepare_photo(content, "photo.jpg")),
            lambda: _by_pillow(content, Path(folder, "floor.jpg")),
            rounds=ROUNDS,
        )
    what = "a photo of 12 million pixels, slimmed and stored"
    return [Figure("P12", what, Sample("ours", ours), Sample("Pillow", floor), None)]


def _by_pillow(content: bytes, target: Path) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as image:
        image.thumbnail((LONGEST, LONGEST))
        image.save(target, "JPEG", quality=QUALITY)


def _photo() -> bytes:
    """A made-up picture with as much detail as a photo, and with what a phone writes into it."""
    from PIL import Image

    grain = Image.frombytes("RGB", (504, 378), random.Random(12).randbytes(504 * 378 * 3))
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Maker", 6  # the maker of the camera; lying on its side
    grain.resize(SIZE, Image.Resampling.BICUBIC).save(file, "JPEG", quality=92, exif=exif)
    return file.getvalue()
