"""Pictures made to break what reads them, and a child process that reads one and tells what it cost."""

import json
import struct
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import monotonic

from PIL import Image

from models.errors import UserError
from models.photo_slimming import prepare_photo
from tests.models.photo_samples import a_picture, encoded, heic, noise

_LARGEST = 9_990  # squared just below the limit of pixels


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, colour: int, depth: int, *extra: bytes) -> bytes:
    """A PNG of nothing but zeros, which packs to a thousandth."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    line = bytes(1 + (width * channels * depth + 7) // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    palette = png_chunk(b"PLTE", bytes(3)) if colour == 3 else b""
    chunks = (png_chunk(b"IHDR", head), palette, *extra, png_chunk(b"IDAT", body), png_chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def with_segments(jpeg: bytes, marker: int, body: bytes, count: int = 1) -> bytes:
    segment = struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
    return jpeg[:2] + segment * count + jpeg[2:]


def gps_of_64_kilobytes() -> bytes:
    """An EXIF block as long as one can be, nearly all of it said to be the place."""
    long = 65_000
    ifd = struct.pack("<HHHII", 1, 0x8825, 4, 1, 26) + bytes(4)
    gps = struct.pack("<HHHII", 1, 27, 7, long, 50) + bytes(4)
    return b"Exif\0\0" + b"II*\0\x08\0\0\0" + ifd + gps + b"\0" * 6 + b"G" * long


def ifd_in_a_circle() -> bytes:
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    return b"Exif\0\0" + b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + entry + struct.pack("<I", 8)


def moving(kind: str, frames: int, size: int) -> bytes:
    out = BytesIO()
    pictures = [Image.new("P" if kind == "GIF" else "RGB", (size, size), number % 200) for number in range(frames)]
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:], duration=10)
    return out.getvalue()


def large(mode: str, kind: str, **options: object) -> bytes:
    return encoded(Image.new(mode, (_LARGEST, _LARGEST)), kind, **options)


def tiff_in_a_circle() -> bytes:
    data = bytearray(encoded(a_picture(16, 16), "TIFF"))
    offset = struct.unpack("<I", data[4:8])[0]
    count = struct.unpack("<H", data[offset : offset + 2])[0]
    data[offset + 2 + 12 * count : offset + 6 + 12 * count] = struct.pack("<I", offset)
    return bytes(data)


def bomb() -> bytes:
    """300 KB that unpack to 300 MB."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()


PLAIN = encoded(a_picture(200, 150))
# Each is shown as the picture it is, or refused.
PHOTOS: dict[str, Callable[[], bytes]] = {
    "a zip behind it": lambda: PLAIN + b"PK\x03\x04" + bytes(1000),
    "a page in front": lambda: b"<html><script>x</script>" + PLAIN,
    "a script that says it is a GIF": lambda: b"GIF89a=1;alert(1)//" + bytes(100),
    "a PDF that holds one": lambda: b"%PDF-1.7\n" + PLAIN,
    "the place in 64 KB": lambda: with_segments(PLAIN, 0xE1, gps_of_64_kilobytes()),
    "EXIF in a circle": lambda: with_segments(PLAIN, 0xE1, ifd_in_a_circle()),
    "800 blocks of EXIF": lambda: with_segments(PLAIN, 0xE1, gps_of_64_kilobytes(), 800),
    "800 comments": lambda: with_segments(PLAIN, 0xFE, b"x" * 65_000, 800),
    "800 profiles": lambda: with_segments(PLAIN, 0xE2, b"ICC_PROFILE\0\1\1" + b"x" * 65_000, 800),
    "a TIFF in a circle": tiff_in_a_circle,
    "a long GIF": lambda: moving("GIF", 500, 500),
    "a long WebP": lambda: moving("WEBP", 100, 500),
    "a PNG that moves": lambda: moving("PNG", 100, 300),
    "a text bomb in a PNG": lambda: png(10, 10, 2, 8, png_chunk(b"zTXt", b"a\0\0" + bomb())),
    "a profile bomb in a PNG": lambda: png(10, 10, 2, 8, png_chunk(b"iCCP", b"a\0\0" + bomb())),
    "a thousand texts in a PNG": lambda: png(
        10, 10, 2, 8, *[png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(60_000)))] * 1000
    ),
    "the largest PNG": lambda: png(_LARGEST, _LARGEST, 2, 8),
    "the largest PNG, see-through": lambda: png(_LARGEST, _LARGEST, 6, 8),
    "the largest PNG, 16 bits": lambda: png(_LARGEST, _LARGEST, 6, 16),
    "the largest grey PNG, 16 bits": lambda: png(_LARGEST, _LARGEST, 0, 16),
    "the largest PNG of colours from a list": lambda: png(_LARGEST, _LARGEST, 3, 1, png_chunk(b"tRNS", b"\0")),
    "the thinnest PNG": lambda: png(90_000_000, 1, 0, 1),
    "the largest JPEG": lambda: large("RGB", "JPEG"),
    "the largest JPEG in four colours": lambda: large("CMYK", "JPEG"),
    "the largest JPEG in many passes": lambda: large("RGB", "JPEG", progressive=True),
    "the largest TIFF": lambda: large("RGBA", "TIFF", compression="tiff_lzw"),
    "the largest TIFF in floating point": lambda: large("F", "TIFF", compression="tiff_lzw"),
    "the largest TIFF in four colours": lambda: large("CMYK", "TIFF", compression="tiff_lzw"),
    "the largest WebP": lambda: encoded(Image.new("RGBA", (7000, 7000)), "WEBP", quality=1, method=0),
    "the largest HEIC": lambda: heic(Image.new("RGB", (8000, 8000))),
    "the largest GIF": lambda: encoded(Image.new("P", (7000, 7000)), "GIF"),
    "noise at full length": lambda: encoded(noise(5000, 4000), "PNG", compress_level=1)[: 59 << 20],
}


def main(name: str, full: bool) -> None:
    """Read one in this process; says what came of it, and the seconds and megabytes it took."""
    content = sys.stdin.buffer.read()
    begun = monotonic()
    try:
        photo = prepare_photo(content, name, full=full)
        said = "" if Image.open(BytesIO(photo.slim)).size == (photo.width, photo.height) else "another size"
    except UserError as refusal:
        said = refusal.message
    print(json.dumps({"said": said, "seconds": round(monotonic() - begun, 2), "megabytes": most_memory()}))


def most_memory() -> int:
    """The most that this process has ever held, in megabytes, as Linux tells it."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] == ["full"])
