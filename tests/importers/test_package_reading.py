"""A package reads back whole on the other side; whatever was changed, cut or slipped in is noticed and named."""

import hashlib
import io
import json
import random
import warnings
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from exporters.progress import ExportCancelled
from exporters.submission_volumes import PackageFile, PackageLabel, names_of, write_volumes
from importers.package_reading import read_package
from models.errors import UserError
from models.receipt_code import content_digest, receipt_code
from models.submission_data import FORMAT, FORMAT_VERSION, data_bytes

DAY = date(2025, 10, 10)
MB = 1 << 20
STEM = "JZGH_410803_A12345_2025Q3_v1"
DATA = {"format": FORMAT, "format_version": FORMAT_VERSION, "activities": [{"title": "“百年·百书”𰻝<b>&{}"}]}


def photo(number: int, size: int) -> PackageFile:
    content = random.Random(number).randbytes(size)
    return PackageFile(f"照片/AL-2025-001_{number}_师傅讲安全.jpg", "照片", content)


def a_package(*photos: PackageFile) -> list[PackageFile]:
    cover = PackageFile("表10_报送清单.pdf", "表10", b"%PDF cover", "1页")
    form = PackageFile("表2_活动台账_××工会.pdf", "表2", b"%PDF" * 500, "2页")
    return [cover, form, PackageFile("data.json", "数据", data_bytes(DATA)), *photos]


def label(files: list[PackageFile]) -> PackageLabel:
    digest = content_digest(names_of([file for file in files if file.title != "表10"]))
    return PackageLabel(STEM, receipt_code(digest), digest, DAY)


def written(folder: Path, files: list[PackageFile], limit: int = 20 * MB, password: str = "") -> tuple[Path, ...]:
    return write_volumes(files, label(files), folder, limit, password=password)


def test_what_was_packed_is_what_is_read(tmp_path: Path) -> None:
    files = a_package(photo(1, 5000))
    [path] = written(tmp_path, files)
    package = read_package([path])
    assert (package.name, package.receipt_code) == (STEM, label(files).receipt_code)
    assert package.data == DATA
    assert [(each.name, each.title, each.digest) for each in package.files] == [
        (each.name, each.title, each.digest) for each in files
    ]
    assert all(package.read(each.name) == each.read() for each in files)
    with zipfile.ZipFile(path) as archive, warnings.catch_warnings():
        warnings.simplefilter("error")
        assert archive.testzip() is None, "any other program opens it too"


def test_the_same_package_has_the_same_bytes(tmp_path: Path) -> None:
    first, again = (written(tmp_path / name, a_package(photo(1, 5000)))[0] for name in ("一", "二"))
    assert first.read_bytes() == again.read_bytes()


def test_a_hundred_megabytes_of_photos_become_volumes_that_fit_and_read_back_whole(tmp_path: Path) -> None:
    photos = []
    for number in range(1, 51):
        file = tmp_path / f"{number}.jpg"
        file.write_bytes(random.Random(number).randbytes(2 * MB + number))
        photos.append(PackageFile(f"照片/AL-2025-001_{number}_合影.jpg", "照片", file))
    files = a_package(*photos)
    paths = written(tmp_path / "包", files)
    assert len(paths) >= 6 and all(path.stat().st_size <= 20 * MB for path in paths)
    assert [path.name for path in paths[:2]] == [f"{STEM}.zip", f"{STEM}_2.zip"]
    package = read_package(list(reversed(paths)))
    assert [each.digest for each in package.files] == [each.digest for each in files]


def test_a_password_is_needed_and_checked(tmp_path: Path) -> None:
    [path] = written(tmp_path, a_package(), password="焦工-2025")
    assert read_package([path], "焦工-2025").data == DATA
    with pytest.raises(UserError, match="有密码"):
        read_package([path])
    with pytest.raises(UserError, match="密码不对"):
        read_package([path], "焦工-2026")


def test_every_changed_byte_is_noticed(tmp_path: Path) -> None:
    [path] = written(tmp_path, a_package(photo(1, 300)))
    whole = path.read_bytes()
    expected = read_package([path])
    chance = random.Random(7)
    changed = tmp_path / "changed.zip"
    for position in sorted(chance.sample(range(len(whole)), 400)):
        damaged = bytearray(whole)
        damaged[position] ^= 1 << chance.randrange(8)
        changed.write_bytes(damaged)
        try:
            package = read_package([changed])
        except UserError as error:
            assert "changed.zip" in error.message
        else:  # a byte of a time stamp or of padding: nothing that anybody reads
            assert package.data == expected.data
            assert [each.digest for each in package.files] == [each.digest for each in expected.files]
            assert all(package.read(each.name) == expected.read(each.name) for each in expected.files)


@pytest.mark.parametrize("length", [0, 1, 20, 500, -1, -30])
def test_a_package_that_was_cut_off_is_named(tmp_path: Path, length: int) -> None:
    [path] = written(tmp_path, a_package())
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(UserError, match=r"打不开|损坏"):
        read_package([path])


def test_volumes_must_belong_together_and_be_complete(tmp_path: Path) -> None:
    paths = written(tmp_path / "一", a_package(*(photo(number, 400_000) for number in range(6))), limit=MB)
    others = written(tmp_path / "二", a_package(*(photo(number, 400_001) for number in range(6))), limit=MB)
    assert len(paths) == 3
    with pytest.raises(UserError, match="还缺第 3 个"):
        read_package(paths[:2])
    with pytest.raises(UserError, match="没有清单"):
        read_package(paths[1:])
    with pytest.raises(UserError, match="另一次报送"):
        read_package([paths[0], others[1]])
    with pytest.raises(UserError, match="没有清单"):
        read_package([])


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The package with its files changed by somebody who knows how zips are made."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    target = path.with_name("forged.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


def in_manifest(members: dict[str, bytes], **values: object) -> None:
    """List the first file as somebody else."""
    manifest = json.loads(members["manifest.json"])
    manifest["files"][0].update(values)
    members["manifest.json"] = json.dumps(manifest).encode()


def replace_form(members: dict[str, bytes]) -> None:
    """Another form, with a manifest that agrees: only the code tells."""
    name = next(name for name in members if name.startswith("表2"))
    members[name] = b"%PDF forged"
    manifest = json.loads(members["manifest.json"])
    entry = next(entry for entry in manifest["files"] if entry["name"] == name)
    entry.update(size=len(members[name]), sha256=hashlib.sha256(members[name]).hexdigest())
    members["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (replace_form, "回执码与内容不符"),
        (lambda members: members.update({"../evil.exe": b"MZ"}), "多了清单上没有"),
        (lambda members: members.pop("data.json"), "缺少“data.json”"),
        (lambda members: members.update({"manifest.json": b"[]"}), "读不懂"),
        (lambda members: members.update({"manifest.json": b"[" * 100_000}), "读不懂"),
        (lambda members: members.update({"manifest.json": b'{"format_version": 1}'}), "读不懂"),
        (lambda members: in_manifest(members, name="../../表2.pdf"), "不合规的文件"),
        (lambda members: in_manifest(members, name="C:/表2.pdf"), "不合规的文件"),
        (lambda members: in_manifest(members, name="/etc/passwd"), "不合规的文件"),
        (lambda members: in_manifest(members, size=-1), "不合规的文件"),
        (lambda members: in_manifest(members, size=10**12), "不合规的文件"),
        (lambda members: in_manifest(members, volume=9), "不合规的文件"),
        (lambda members: in_manifest(members, sha256=None), "读不懂"),
    ],
)
def test_a_forged_package_is_refused_in_a_sentence(
    tmp_path: Path, change: Callable[[dict[str, bytes]], None], sentence: str
) -> None:
    [path] = written(tmp_path, a_package())
    with pytest.raises(UserError, match=sentence) as raised:
        read_package([rewritten(path, change)])
    assert raised.value.message.isprintable()


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("manifest.json", "w", force_zip64=True) as stream,
    ):
        for _ in range(64):
            stream.write(b"\0" * MB)
    assert path.stat().st_size < MB
    with pytest.raises(UserError, match="太大"):
        read_package([path])


def test_a_zip_with_too_many_or_doubled_names_is_refused(tmp_path: Path) -> None:
    many, doubled = tmp_path / "many.zip", tmp_path / "doubled.zip"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(5_001):
            archive.writestr(str(number), b"")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("manifest.json", b"{}")
        archive.writestr("manifest.jsox", b"{}")
    doubled.write_bytes(buffer.getvalue().replace(b"manifest.jsox", b"manifest.json"))
    with pytest.raises(UserError, match="太多"):
        read_package([many])
    with pytest.raises(UserError, match="同名"):
        read_package([doubled])


def test_giving_up_leaves_no_volume(tmp_path: Path) -> None:
    files = a_package(*(photo(number, 400_000) for number in range(6)))
    with pytest.raises(ExportCancelled):
        write_volumes(files, label(files), tmp_path, MB, progress=lambda done, _total: done < 5)
    assert list(tmp_path.iterdir()) == []


def test_a_photo_that_no_volume_holds_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="师傅讲安全"):
        written(tmp_path, a_package(photo(1, 2 * MB)), limit=MB)
    assert list(tmp_path.iterdir()) == []
