"""Making a picture fit for the ledger: upright, small, plain JPEG, and nothing in it but the picture.

Whatever arrives is decoded to pixels and encoded anew, so that place, time, camera, names, comments, thumbnails and
anything hidden behind the picture stay behind. Everything here works on bytes and may run in any thread.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from models.errors import UserError
from models.photo_names import safe_name
from models.photo_source import Pasted, Source, read_source, source_name

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 60 << 20  # of a file that is taken at all
MOST_PIXELS = 100_000_000
# Of these less is taken: they are held several times over, or four bytes a pixel and twice, while they are read.
_FEWER_PIXELS = {"WEBP": 50_000_000, "GIF": 50_000_000, "TIFF": 80_000_000}
_FEWER_OF_MODE = {"CMYK": 80_000_000, "I;16": 80_000_000, "I;16B": 80_000_000, "I": 60_000_000, "F": 60_000_000}
LONGEST_SIDE = 1600
SLIM_BYTES = 400_000
SUFFIX = ".jpg"
_FULL_SIDE = 65_000  # JPEG ends at 65,535
_FULL_QUALITY = 92
_QUALITIES = (88, 80, 70, 60, 50)
_MOST_SCANS = 60  # a progressive JPEG has about ten; each one more is a pass over all pixels
_SCAN = b"\xff\xda"
_MOST_EXIF = 16  # blocks of 64 KB; a camera writes one, and Pillow puts many together ever more slowly
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_CMYK, _ALPHA_MODES = "CMYK", ("RGBA", "LA", "PA", "RGBa", "La")

ACCEPTED = "JPG、PNG、HEIC、WebP、BMP、GIF、TIFF"
ACCEPTED_SUFFIXES = (
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".heic", ".heif", ".hif"),
    *(".webp", ".bmp", ".dib", ".gif", ".tif", ".tiff"),
)


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """A picture ready to be stored: `slim` and (for cases) `full` are JPEG files; sizes are pixels of `slim`."""

    name: str
    slim: bytes
    width: int
    height: int
    full: bytes = b""


def prepare_photo(source: Source | bytes, name: str = "", *, full: bool = False) -> PreparedPhoto:
    """Read a picture and slim it to 1600 px and 400 KB; with `full` also keep a stripped copy in its own size.

    JPEG, PNG, HEIC/HEIF, WebP, BMP, GIF and TIFF are taken (of several frames the first). Raises UserError with
    the file's name and the reason for anything else, for broken files, and for what would take too long to read.
    """
    if isinstance(source, bytes):
        content, given = source, source
        source = Pasted(name or "照片", lambda: given)
    shown = safe_name(name) if name else source_name(source)
    content = read_source(source, MOST_BYTES)
    try:
        return _prepare(content, shown, full)
    except UserError:
        raise
    except Exception as error:  # what a decoder raises on broken bytes has no common base: each means “broken”
        raise UserError(
            f"“{shown}”已损坏或没有下载完整，读不出来。请从手机或相机里重新复制一份。", detail=repr(error)
        ) from error


def _prepare(content: bytes, name: str, full: bool) -> PreparedPhoto:
    _refuse_endless(content, name)
    image = _opened(content, name)
    fewer = (_FEWER_PIXELS.get(image.format or ""), _FEWER_OF_MODE.get(image.mode))
    _refuse_bombs(image.size, name, min(most or MOST_PIXELS for most in fewer))
    if not full:
        _shrink_while_decoding(image)
    image.load()
    turn = _orientation(image)
    profile = image.info.get("icc_profile")
    large = _plain(image)
    del image
    whole = _encoded(_finished(large, _FULL_SIDE, turn, profile), _FULL_QUALITY) if full else b""
    slim = _finished(large, LONGEST_SIDE, turn, profile)
    del large
    data, size = _slim_bytes(slim)
    return PreparedPhoto(name, data, *size, whole)


def _opened(content: bytes, name: str) -> "Image":
    """The picture, not yet decoded.

    The classes are called by themselves: `Image.open` warns about large pictures, and warnings are the whole
    process's business; the limits below are stricter.
    """
    kind = _kind_of(content)
    if kind == "HEIF":
        return _open_heif(content, name)
    if kind == "JPEG":
        from PIL.JpegImagePlugin import JpegImageFile as Kind
    elif kind == "PNG":
        from PIL.PngImagePlugin import PngImageFile as Kind
    elif kind == "WEBP":
        from PIL.WebPImagePlugin import WebPImageFile as Kind
    elif kind == "BMP":
        from PIL.BmpImagePlugin import BmpImageFile as Kind
    elif kind == "GIF":
        from PIL.GifImagePlugin import GifImageFile as Kind
    elif kind == "TIFF":
        from PIL.TiffImagePlugin import TiffImageFile as Kind
    else:
        raise UserError(f"“{name}”不是能识别的图片。可以添加 {ACCEPTED} 图片。")
    return Kind(BytesIO(content))


def _open_heif(content: bytes, name: str) -> "Image":
    from pillow_heif import open_heif  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

    heif: Any = open_heif(BytesIO(content))  # nothing is decoded yet
    _refuse_bombs(heif.size, name)
    return heif.to_pillow()  # turned upright as the file's own transformation says; its EXIF says it again


_MAGIC = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"BM": "BMP",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
}
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


def _kind_of(content: bytes) -> str:
    """What a file is by its first bytes; its name does not count."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return "HEIF"
    return next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), "")


def _refuse_bombs(size: tuple[int, int], name: str, most: int = MOST_PIXELS) -> None:
    """Refuse, before it is decoded, what would take gigabytes."""
    width, height = size
    if width * height > most:
        limit = f"{most // 100_000_000} 亿" if most >= 100_000_000 else f"{most // 10_000} 万"
        raise UserError(
            f"“{name}”有 {width}×{height} 像素，超过 {limit}像素的上限，没有添加。请用看图软件缩小，或换一张普通照片。"
        )


def _refuse_endless(content: bytes, name: str) -> None:
    """Refuse a JPEG of so many passes over the picture, or blocks about it, that reading it would take minutes."""
    endless = content.count(_SCAN) > _MOST_SCANS or content.count(_EXIF) > _MOST_EXIF
    if content.startswith(b"\xff\xd8") and endless:
        raise UserError(f"“{name}”的存储方式不正常，读它要花太长时间，没有添加。请用看图软件另存一份再添加。")


def _shrink_while_decoding(image: "Image") -> None:
    """JPEG can be decoded at a half, a quarter or an eighth of its size, which is most of the time saved."""
    ratio = LONGEST_SIDE / max(image.size)
    if ratio < 1:
        image.draft(None, (max(1, round(image.width * ratio)), max(1, round(image.height * ratio))))


def _orientation(image: "Image") -> int:
    """The EXIF orientation 1–8; 1 when there is none or the block cannot be read: then it is shown as it lies."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # broken EXIF is no reason to refuse a picture that can be seen
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _plain(image: "Image") -> "Image":
    """The picture in a mode that can be resized and encoded: RGB, L or CMYK; transparent parts become white."""
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    if image.has_transparency_data or image.mode in _ALPHA_MODES:
        from PIL.Image import new

        layer = image if image.mode == "RGBA" else image.convert("RGBA")
        ground = new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image if image.mode in ("RGB", "L", _CMYK) else image.convert("RGB")


def _eight_bits(image: "Image") -> "Image":
    """Grey of sixteen and more bits, or in floating point, brought down to eight."""
    wide: Any = image.convert("F")
    highest = wide.getextrema()[1]
    sixteen = image.mode.startswith("I;16") or (image.mode == "I" and 255 < highest <= 65_535)
    top = 65_535 if sixteen else 255 if image.mode == "I" and highest <= 255 else highest
    scale = 255 / top if top > 0 else 1.0

    def scaled(value: Any) -> Any:
        return value * scale + 0.0

    return wide.point(scaled).convert("L")


def _finished(large: "Image", longest: int, orientation: int, profile: bytes | None) -> "Image":
    """The picture no longer than `longest`, upright, in sRGB, with nothing attached to it."""
    image = large
    if max(large.size) > longest:
        ratio = longest / max(large.size)
        image = _resized(large, (max(1, round(large.width * ratio)), max(1, round(large.height * ratio))))
    image = _in_srgb(_upright(image, orientation), profile)
    image.info = {}  # the encoder writes comments, profile and resolution from here
    return image


def _resized(image: Any, size: tuple[int, int]) -> "Image":
    from PIL.Image import Resampling

    return image.resize(size, Resampling.LANCZOS, reducing_gap=2.0)


def _upright(image: "Image", orientation: int) -> "Image":
    from PIL.Image import Transpose

    turn = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(orientation)
    return image if turn is None else image.transpose(turn)


def _in_srgb(image: "Image", profile: bytes | None) -> "Image":
    """Colours as sRGB has them. A profile that is broken or of another kind of picture is passed over."""
    if profile:
        from PIL import ImageCms

        cms: Any = ImageCms
        try:
            given = cms.ImageCmsProfile(BytesIO(profile))
            converted = cms.profileToProfile(image, given, cms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


def _slim_bytes(image: "Image") -> tuple[bytes, tuple[int, int]]:
    """The picture as JPEG of at most SLIM_BYTES: coarser first, then smaller."""
    while True:
        for data in _ever_coarser(image):
            if len(data) <= SLIM_BYTES:
                return data, image.size
        image = _resized(image, (max(1, image.width * 4 // 5), max(1, image.height * 4 // 5)))


def _ever_coarser(image: "Image") -> Iterator[bytes]:
    for quality in _QUALITIES:
        yield _encoded(image, quality)


def _encoded(image: "Image", quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
