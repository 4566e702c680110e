"""Pictures for tests, made by Pillow itself: of every kind, with everything in them that must not stay in."""

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

PLACE = (39.5, 113.25, 12.0)
SECRETS = ("GPS-SECRET-CAMERA", "XMP-SECRET", "COMMENT-SECRET", "拍摄于家中")
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf>XMP-SECRET</rdf></x:xmpmeta>"
CORNERS = {"red": (255, 0, 0), "green": (0, 160, 0), "blue": (0, 0, 255), "yellow": (255, 220, 0)}


def a_picture(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """Four corners of different colours, clockwise red, green, blue, yellow: it shows which way up it is."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    half = (width // 2, height // 2)
    draw.rectangle((0, 0, *half), CORNERS["red"])
    draw.rectangle((half[0], 0, width, half[1]), CORNERS["green"])
    draw.rectangle((*half, width, height), CORNERS["blue"])
    draw.rectangle((0, half[1], half[0], height), CORNERS["yellow"])
    return image.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    """What compresses worst."""
    return Image.effect_noise((width, height), 120).convert("RGB")


def exif(orientation: int = 1) -> Image.Exif:
    """A camera's block: its name, where and when the photo was taken, and how it was held."""
    block = Image.Exif()
    block[ExifTags.Base.Model] = SECRETS[0]
    block[ExifTags.Base.Orientation] = orientation
    block[ExifTags.Base.ImageDescription] = "ImageDescription"
    block.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: PLACE, 3: "E", 4: PLACE})
    block.get_ifd(ExifTags.IFD.Exif).update({ExifTags.Base.DateTimeOriginal: "2025:10:01 08:00:00"})
    return block


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def heic(image: Image.Image, **options: Any) -> bytes:
    from pillow_heif import from_pillow

    out = BytesIO()
    from_pillow(image).save(out, **options)
    return out.getvalue()


def with_secrets(kind: str, image: Image.Image | None = None) -> bytes:
    """A picture of this kind that tells more than it shows."""
    image = image or a_picture()
    if kind == "JPEG":
        return encoded(image, comment=b"COMMENT-SECRET", exif=exif(), xmp=XMP, dpi=(72, 72))
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Comment", "COMMENT-SECRET")
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        return encoded(image, "PNG", exif=exif(), pnginfo=text)
    if kind == "WEBP":
        return encoded(image, "WEBP", exif=exif(), xmp=XMP)
    if kind == "TIFF":
        return encoded(image, "TIFF", exif=exif())
    if kind == "GIF":
        return encoded(image, "GIF", comment=b"COMMENT-SECRET")
    if kind == "HEIF":
        return heic(image, exif=exif().tobytes(), xmp=XMP)
    return encoded(image, kind)


def decoded(data: bytes) -> Image.Image:
    """A JPEG as another reader sees it."""
    image = Image.open(BytesIO(data), formats=["JPEG"])
    image.load()
    return image


def corner_colors(image: Image.Image) -> list[str]:
    """The names of the corners' colours, clockwise from the upper left."""
    width, height = image.size
    rgb = image.convert("RGB")
    places = ((width // 8, height // 8), (width * 7 // 8, height // 8), (width * 7 // 8, height * 7 // 8))
    return [_nearest(rgb.getpixel(place)) for place in (*places, (width // 8, height * 7 // 8))]


def _nearest(color: Any) -> str:
    return min(CORNERS, key=lambda name: sum(abs(a - b) for a, b in zip(CORNERS[name], color, strict=True)))


def a_photo_file(folder: Path, name: str = "IMG_0001.jpg", image: Image.Image | None = None) -> Path:
    """A photo as it comes from a camera, on disk."""
    path = folder / name
    path.write_bytes(with_secrets("JPEG", image))
    return path
