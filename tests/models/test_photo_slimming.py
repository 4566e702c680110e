"""Whatever picture a clerk brings: upright, small, nothing in it but the picture. What is none is refused by name."""

from __future__ import annotations

import os
import struct
import warnings
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from pillow_heif import open_heif

from models.errors import UserError
from models.photo_slimming import LONGEST_SIDE, MOST_BYTES, SLIM_BYTES, prepare_photo
from models.photo_source import Pasted
from tests.models.photo_samples import (
    SECRETS,
    XMP,
    a_picture,
    corner_colors,
    decoded,
    encoded,
    exif,
    heic,
    noise,
    with_secrets,
)

KINDS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF", "HEIF")
CLOCKWISE = ["red", "green", "blue", "yellow"]
MARKERS = (b"Exif", b"GPS", b"xmp", b"XMP", b"ICC_PROFILE", b"adobe", b"Photoshop", b"8BIM")


def reason(content: bytes | Path, name: str = "现场.jpg") -> str:
    with pytest.raises(UserError) as refused:
        prepare_photo(content) if isinstance(content, Path) else prepare_photo(content, name)
    return refused.value.message


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_is_taken_and_only_the_picture_stays(kind: str) -> None:
    source = with_secrets(kind)
    photo = prepare_photo(source, "现场.jpg", full=True)
    for data in (photo.slim, photo.full):
        image = decoded(data)
        assert (image.size, image.mode) == ((640, 480), "RGB")
        assert corner_colors(image) == CLOCKWISE
        assert not image.getexif() and not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & image.info.keys()
        assert not [marker for marker in MARKERS if marker in data]
        assert not [secret for secret in SECRETS if secret.encode() in data]
    assert (photo.width, photo.height) == (640, 480)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
def test_the_samples_did_hold_the_place_where_they_were_taken(kind: str) -> None:
    assert SECRETS[0].encode() in with_secrets(kind)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_photo_held_any_way_stands_upright(orientation: int, full: bool, kind: str) -> None:
    lying = Image.Transpose
    turned = {
        1: None, 2: lying.FLIP_LEFT_RIGHT, 3: lying.ROTATE_180, 4: lying.FLIP_TOP_BOTTOM,
        5: lying.TRANSPOSE, 6: lying.ROTATE_90, 7: lying.TRANSVERSE, 8: lying.ROTATE_270,
    }[orientation]  # fmt: skip
    picture = a_picture(2400, 1200)
    as_held = picture.transpose(turned) if turned is not None else picture
    photo = prepare_photo(encoded(as_held, kind, exif=exif(orientation)), "现场.jpg", full=full)
    assert (photo.width, photo.height) == (1600, 800)
    assert corner_colors(decoded(photo.slim)) == CLOCKWISE
    if full:
        assert decoded(photo.full).size == (2400, 1200)
        assert corner_colors(decoded(photo.full)) == CLOCKWISE


def test_a_phone_photo_in_heic_is_turned_once_and_not_twice() -> None:
    photo = prepare_photo(heic(a_picture(400, 200), exif=exif(6).tobytes()), "IMG_1.HEIC")
    assert sorted((photo.width, photo.height)) == [200, 400]
    original = open_heif(BytesIO(heic(a_picture(400, 200), exif=exif(6).tobytes())))
    assert (photo.width, photo.height) == original.size


def test_a_large_photo_becomes_small_enough_and_the_full_copy_keeps_its_size() -> None:
    photo = prepare_photo(encoded(noise(4000, 3000), quality=90), "现场.jpg", full=True)
    assert max(photo.width, photo.height) <= LONGEST_SIDE and len(photo.slim) <= SLIM_BYTES
    assert decoded(photo.full).size == (4000, 3000)


def test_noise_at_full_length_still_fits_by_becoming_smaller() -> None:
    photo = prepare_photo(encoded(noise(1600, 1600), "PNG"), "噪点.png")
    assert len(photo.slim) <= SLIM_BYTES
    assert decoded(photo.slim).size == (photo.width, photo.height)


def test_a_small_photo_is_not_blown_up_and_a_thin_one_keeps_a_pixel() -> None:
    assert prepare_photo(encoded(a_picture(30, 20), "PNG"), "小.png").width == 30
    thin = prepare_photo(encoded(Image.new("RGB", (60_000, 1), "red"), "PNG"), "细.png", full=True)
    assert (thin.width, thin.height) == (1600, 1)


def test_what_can_be_seen_through_becomes_white() -> None:
    through = Image.new("RGBA", (100, 80), (255, 0, 0, 0))
    for source in (
        encoded(through, "PNG"),
        encoded(through, "WEBP", lossless=True),
        encoded(through.quantize(8), "PNG"),
        encoded(Image.new("LA", (100, 80), (0, 0)), "PNG"),
        heic(through, quality=-1),
    ):
        pixel = decoded(prepare_photo(source, "徽标.png").slim).getpixel((50, 40))
        assert isinstance(pixel, tuple) and min(pixel) > 250


def test_a_transparent_colour_of_a_plain_png_becomes_white_too() -> None:
    picture = Image.new("RGB", (40, 40), (10, 20, 30))
    pixel = decoded(prepare_photo(encoded(picture, "PNG", transparency=(10, 20, 30)), "徽标.png").slim).getpixel((5, 5))
    assert isinstance(pixel, tuple) and min(pixel) > 250


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_every_depth_of_png_keeps_light_and_dark_apart(mode: str) -> None:
    if mode == "I;16":
        image = Image.new(mode, (60, 20), 0)
        image.paste(65_535, (30, 0, 60, 20))
    else:
        image = Image.new("L", (60, 20), 0)
        image.paste(255, (30, 0, 60, 20))
        image = image.convert(mode)
    seen = decoded(prepare_photo(encoded(image, "PNG"), "灰.png").slim).convert("L")
    assert (seen.getpixel((10, 10)), seen.getpixel((50, 10))) == (pytest.approx(0, abs=6), pytest.approx(255, abs=6))


def test_sixteen_bits_of_grey_keep_their_middle() -> None:
    seen = decoded(prepare_photo(encoded(Image.new("I;16", (40, 40), 32_768), "PNG"), "灰.png").slim).convert("L")
    assert seen.getpixel((20, 20)) == pytest.approx(128, abs=3)


@pytest.mark.parametrize("mode", ["F", "I;16", "I", "CMYK", "LAB", "YCbCr", "1"])
def test_tiff_of_every_colour_model_is_taken(mode: str) -> None:
    if mode == "LAB":
        srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        image = ImageCms.profileToProfile(a_picture(40, 40), srgb, lab, outputMode="LAB")
    elif mode in ("F", "I", "I;16"):
        image = Image.new(mode, (40, 40), 900)
    else:
        image = a_picture(40, 40, mode)
    assert image is not None
    assert prepare_photo(encoded(image, "TIFF"), "扫描.tif").width == 40


def test_a_print_shops_cmyk_jpeg_keeps_its_colours() -> None:
    photo = prepare_photo(encoded(a_picture(mode="CMYK")), "海报.jpg", full=True)
    assert corner_colors(decoded(photo.slim)) == corner_colors(decoded(photo.full)) == CLOCKWISE


def test_colours_of_another_profile_are_brought_over_and_a_broken_profile_does_no_harm() -> None:
    picture = Image.new("RGB", (40, 40), (120, 130, 140))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, lab, b"no profile at all"):
        photo = prepare_photo(encoded(picture, icc_profile=profile), "现场.jpg")
        pixel = decoded(photo.slim).getpixel((20, 20))
        assert isinstance(pixel, tuple) and all(abs(a - b) < 12 for a, b in zip(pixel, (120, 130, 140), strict=True))
        assert b"ICC_PROFILE" not in photo.slim


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_a_moving_picture_the_first_frame_is_taken(kind: str) -> None:
    frames = [Image.new("RGB", (50, 40), color) for color in ("red", "blue", "green")]
    moving = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
    pixel = decoded(prepare_photo(moving, "动图").slim).getpixel((20, 20))
    assert isinstance(pixel, tuple) and pixel[0] > 240 and pixel[2] < 20


def test_broken_exif_is_no_reason_to_refuse_a_photo() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for block in (b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0" + os.urandom(60), b"Exif\0\0"):
            assert prepare_photo(encoded(a_picture(), exif=block), "现场.jpg").width == 640


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_cut_off_anywhere_is_refused_by_name_or_shown_never_a_crash(kind: str) -> None:
    whole = with_secrets(kind, a_picture(160, 120))
    for length in (1, 4, 12, 40, len(whole) // 4, len(whole) // 2, len(whole) * 3 // 4, len(whole) - 40):
        try:
            prepare_photo(whole[:length], "坏了.jpg")
        except UserError as error:
            assert "“坏了.jpg”" in error.message


def test_a_photo_half_copied_from_a_phone_is_said_to_be_broken() -> None:
    whole = encoded(noise(800, 600))
    assert (
        reason(whole[: len(whole) // 2]) == "“现场.jpg”已损坏或没有下载完整，读不出来。请从手机或相机里重新复制一份。"
    )


def test_random_damage_is_refused_or_shown_never_a_crash() -> None:
    import random

    chance = random.Random(7)
    for kind in KINDS:
        whole = with_secrets(kind, a_picture(64, 48))
        for _ in range(12):
            damaged = bytearray(whole)
            for _ in range(chance.randint(1, 20)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            try:
                prepare_photo(bytes(damaged), "坏了.jpg")
            except UserError as error:
                assert "“坏了.jpg”" in error.message


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def test_pixel_bombs_are_refused_before_they_go_off() -> None:
    assert reason(png_header(40_000, 40_000)) == (
        "“现场.jpg”有 40000×40000 像素，超过 1 亿像素的上限，没有添加。请用看图软件缩小，或换一张普通照片。"
    )
    moving = bytearray(encoded(a_picture(10, 10), "GIF"))
    moving[6:10] = struct.pack("<HH", 8000, 8000)
    assert "有 8000×8000 像素，超过 5000 万像素的上限" in reason(bytes(moving))
    bitmap = bytearray(encoded(a_picture(10, 10), "BMP"))
    bitmap[18:26] = struct.pack("<ii", 30_000, 30_000)
    assert "超过 1 亿像素" in reason(bytes(bitmap))


def test_a_jpeg_of_endless_passes_is_refused() -> None:
    whole = encoded(a_picture(64, 64), progressive=True)
    scan = whole.index(b"\xff\xda")
    endless = whole[:scan] + whole[scan : len(whole) - 2] * 80 + whole[-2:]
    assert "存储方式不正常" in reason(endless)


def test_what_is_no_picture_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "说明.jpg").write_text("这是文字", encoding="utf-8")
    assert reason(tmp_path / "说明.jpg").startswith("“说明.jpg”不是能识别的图片。")
    (tmp_path / "空.jpg").touch()
    assert reason(tmp_path / "空.jpg") == "“空.jpg”是空文件，里面没有内容。"
    (tmp_path / "相册").mkdir()
    assert reason(tmp_path / "相册") == "“相册”是文件夹。请打开它，选里面的文件。"
    assert "已经不在原来的地方" in reason(tmp_path / "没有.jpg")
    assert "不能用的字符" in reason(Path("a\0b.jpg"))


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes of POSIX")
def test_links_in_a_circle_and_pipes_are_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "甲.jpg").symlink_to(tmp_path / "乙.jpg")
    (tmp_path / "乙.jpg").symlink_to(tmp_path / "甲.jpg")
    assert reason(tmp_path / "甲.jpg") == "“甲.jpg”是一个指向自己的链接，找不到真正的文件。"
    os.mkfifo(tmp_path / "管道.jpg")
    assert reason(tmp_path / "管道.jpg") == "“管道.jpg”不是普通文件，不能添加。"


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "大.jpg").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert reason(tmp_path / "大.jpg") == "“大.jpg”有 60.0 MB，超过 60 MB 的上限，没有添加。"


def test_a_link_to_a_photo_is_a_photo_and_the_original_stays_as_it_was(tmp_path: Path) -> None:
    original = tmp_path / "原图.jpg"
    original.write_bytes(with_secrets("JPEG"))
    before = (original.read_bytes(), original.stat().st_mtime_ns)
    (tmp_path / "链接.jpg").symlink_to(original)
    assert prepare_photo(tmp_path / "链接.jpg", full=True).name == "链接.jpg"
    assert (original.read_bytes(), original.stat().st_mtime_ns) == before


def test_a_picture_from_the_clipboard_is_made_in_the_workers_own_time() -> None:
    assert prepare_photo(Pasted("粘贴的图片.png", lambda: with_secrets("PNG"))).name == "粘贴的图片.png"


def test_nothing_of_pillows_own_settings_is_changed() -> None:
    before = (Image.MAX_IMAGE_PIXELS, dict(Image.OPEN), list(warnings.filters))
    for kind in KINDS:
        prepare_photo(with_secrets(kind), "现场.jpg")
    after = (Image.MAX_IMAGE_PIXELS, {name: Image.OPEN[name] for name in before[1]}, list(warnings.filters))
    assert after == before and "HEIF" not in Image.OPEN
    assert XMP  # the samples carry it
