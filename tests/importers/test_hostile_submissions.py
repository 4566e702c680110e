"""What people who mean harm may send as a submission: refused with a sentence, within 30 seconds and little memory."""

import hashlib
import json
import random
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from exporters.submission_volumes import PackageFile
from importers.package_reading import MANIFEST, VOLUME, read_package
from importers.strict_json import read_object
from models.errors import UserError
from models.receipt_code import content_digest, receipt_code
from tests.importers.test_package_reading import MB, STEM, a_package, photo, written

HEAD = '{"format": "xuanjiao-ledger-package", "format_version": 1, "x": '
Members = list[tuple[str, bytes]]


def refused(*paths: Path, password: str = "") -> str:
    """The sentence, which comes in time."""
    begun = process_time()
    with pytest.raises(UserError) as caught:
        read_package(paths, password)
    assert process_time() - begun < 30
    assert caught.value.message.endswith("。") and caught.value.message.isprintable()
    return caught.value.message


def manifest_for(members: Members, lies: dict[str, Any] | None = None) -> bytes:
    """A manifest that fits these files, but for the lies."""
    listed = [
        {"name": name, "title": "表2", "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "volume": 1}
        for name, data in members
    ]
    digest = content_digest((str(each["name"]), str(each["sha256"])) for each in listed)
    values: dict[str, Any] = {"format": "xuanjiao-ledger-manifest", "format_version": 1, "package": STEM}
    values |= {"receipt_code": receipt_code(digest), "digest": digest, "volumes": 1, "files": listed}
    return json.dumps({**values, **(lies or {})}).encode()


def zipped(path: Path, members: Iterable[tuple[str | zipfile.ZipInfo, bytes]], method: int = 8) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def forged(path: Path, members: Members | None = None, *, method: int = 8, **lies: Any) -> Path:
    """A package of these files (of nothing but data.json) with a manifest that fits them, but for the lies."""
    members = members or [("data.json", f"{HEAD}1}}".encode())]
    return zipped(path, [(MANIFEST, manifest_for(members, lies)), *members], method)


def test_what_is_forged_here_would_be_read_without_the_lies(tmp_path: Path) -> None:
    assert read_package([forged(tmp_path / "好.zip")]).data["x"] == 1


@pytest.mark.parametrize(
    ("lies", "sentence"),
    [
        ({"package": "../../x"}, "名字不合规"),
        ({"package": "工会\u202egpj.exe"}, "名字不合规"),
        ({"package": ""}, "名字不合规"),
        ({"volumes": True}, "读不懂"),
        ({"volumes": 101}, "读不懂"),
        ({"format_version": 0}, "读不懂"),
        ({"format_version": True}, "读不懂"),
        ({"format_version": 2}, "更新版本"),
        ({"receipt_code": "2222-2222"}, "回执码与内容不符"),
        ({"files": []}, "多了清单上没有的"),
        ({"files": {}}, "读不懂"),
        ({"files": [{"name": "a", "title": "", "size": True, "sha256": "", "volume": 1}]}, "读不懂"),
        ({"files": [{"name": "a", "title": "", "size": 1, "sha256": "", "volume": 1.0}]}, "读不懂"),
    ],
)
def test_a_manifest_that_lies_is_refused(tmp_path: Path, lies: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(forged(tmp_path / "坏.zip", **lies))


@pytest.mark.parametrize(
    "value",
    [
        *("NaN", "-Infinity", "1e999", '1, "x": 2', '{"a": 1, "a": 1}', '"\\ud800"', "9" * 5000),
        *("[" * 100_000, '{"a":' * 100_000, "[" + "[]," * 1_000_000 + "1]"),
    ],
    ids=lambda text: text[:12],
)
def test_data_that_other_programs_would_read_differently_or_never_end_with(tmp_path: Path, value: str) -> None:
    data = f"{HEAD}{value}}}".encode()
    assert "data.json 读不懂" in refused(forged(tmp_path / "坏.zip", [("data.json", data)]))


def test_ordinary_json_is_read(tmp_path: Path) -> None:
    text = '{"a": [1, -2.5e3, true, null, "“𰻝”\\n\\ud883\\udedd"], "b": {"a": {}}}'
    expected = {"a": [1, -2500.0, True, None, "“𰻝”\n𰻝"], "b": {"a": {}}}
    assert read_object(text.encode()) == read_object(text.encode("utf-8-sig")) == expected
    for other in ("[]", "1", "", "{} {}"):
        with pytest.raises(ValueError):
            read_object(other.encode())


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_may_ask_for_any_memory_are_refused(tmp_path: Path, method: int) -> None:
    assert "已损坏" in refused(forged(tmp_path / "坏.zip", method=method))


def test_a_link_is_no_file(tmp_path: Path) -> None:
    data = f"{HEAD}1}}".encode()
    link = zipfile.ZipInfo("data.json")
    link.external_attr, link.create_system = 0o120777 << 16, 3
    path = zipped(tmp_path / "坏.zip", [(MANIFEST, manifest_for([("data.json", data)])), (link, data)])
    assert "已损坏" in refused(path)


def test_an_honest_bomb_is_not_unpacked(tmp_path: Path) -> None:
    data = f"{HEAD}1}}".encode()
    assert "太大" in refused(forged(tmp_path / "坏.zip", [("data.json", data), ("一.pdf", bytes(60 * MB))]))


def test_a_list_of_millions_of_names_is_not_even_read(tmp_path: Path) -> None:
    path, number = tmp_path / "坏.zip", 1_000_000
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, *[0] * 8, 1, *[0] * 6) + b"a"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(entry * (number // 100))
        size = file.tell()
        file.write(struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, number, number, size, 0))
        file.write(struct.pack("<4sLQL", b"PK\6\7", 0, size, 1))
        file.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))
    begun = process_time()
    assert "太多" in refused(path)
    assert process_time() - begun < 1


def test_a_file_that_stands_in_the_wrong_volume_is_a_stranger(tmp_path: Path) -> None:
    """Unpacked by hand into one folder, it would take the place of the true one."""
    first, second, *_ = written(tmp_path, a_package(*(photo(number, 400_000) for number in range(6))), limit=MB)
    with zipfile.ZipFile(second, "a") as archive:
        archive.writestr("表2_活动台账_××工会.pdf", b"%PDF forged")
    assert "多了清单上没有的“表2" in refused(first, second, *_)


@pytest.mark.parametrize("which", [0, 1])
def test_what_only_one_volume_has_stands_in_no_other(tmp_path: Path, which: int) -> None:
    paths = written(tmp_path, a_package(*(photo(number, 400_000) for number in range(6))), limit=MB)
    with zipfile.ZipFile(paths[which], "a") as archive:
        archive.writestr((VOLUME, MANIFEST)[which], b"{}")
    refused(*paths)


def test_a_file_saved_twice_from_webmail_is_called_so(tmp_path: Path) -> None:
    paths = written(tmp_path, a_package(*(photo(number, 400_000) for number in range(6))), limit=MB)
    for path in paths:
        copy = path.with_name(f"{path.stem}(1).zip")
        copy.write_bytes(path.read_bytes())
        assert "同一个文件的两份" in refused(*paths, copy)
        copy.unlink()
    others = written(tmp_path / "二", a_package(photo(9, 400_001)))
    assert "另一次报送" in refused(*paths, *others)
    assert "太多" in refused(*[tmp_path / f"{number}.zip" for number in range(101)])


def test_a_volume_with_a_number_that_no_volume_has_is_refused(tmp_path: Path) -> None:
    [path] = written(tmp_path, a_package())
    manifest = json.loads(zipfile.ZipFile(path).read(MANIFEST))
    for number in (0, -1, 1, 2, 7, True, "2", None):
        extra = json.dumps({**manifest, "volume": number}).encode()
        refused(path, zipped(tmp_path / "多.zip", [(VOLUME, extra)]))


@pytest.mark.parametrize("caption", ["班前\u3000安全", "班\u00a0前", "㐂𰻝\ue000", "e\u0301", "...", "CON", "a:b\\c/d"])
def test_a_photo_is_read_whatever_its_caption(tmp_path: Path, caption: str) -> None:
    """Chinese spaces and rare characters out of old fonts are ordinary in captions."""
    from models.photo_names import safe_name

    name = f"照片/AL-2025-001_1_{safe_name(caption)}.jpg"
    [path] = written(tmp_path, [*a_package(), PackageFile(name, "照片", b"jpeg")])
    assert read_package([path]).read(name) == b"jpeg"


@pytest.mark.parametrize("name", ["a\u202egpj.exe", "a\nb", "a/ /b", "a//b", "/a", "a/..", "a\\b", "c:a", "\u2028"])
def test_a_name_that_leads_elsewhere_or_hides_what_it_is(tmp_path: Path, name: str) -> None:
    data = f"{HEAD}1}}".encode()
    assert "不合规的文件" in refused(forged(tmp_path / "坏.zip", [("data.json", data), (name, b"x")]))


@pytest.mark.parametrize("password", ["", "焦工-2025"])
def test_scribbled_lists_of_contents_never_end_in_anything_but_a_sentence(tmp_path: Path, password: str) -> None:
    [path] = written(tmp_path, a_package(photo(1, 100)), password=password)
    whole, chance, bad = path.read_bytes(), random.Random(11), tmp_path / "坏.zip"
    marks = [at for at in range(len(whole)) if whole[at : at + 4] in (b"PK\1\2", b"PK\3\4", b"PK\5\6")]
    for _ in range(60 if password else 500):
        spoiled = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            at, size = chance.choice(marks) + chance.randrange(4, 46), chance.choice((1, 2, 4))
            spoiled[at : at + size] = chance.choice((0, 1, 1 << 31, (1 << 32) - 1, chance.randrange(1 << 32))).to_bytes(
                4, "little"
            )[:size]
        bad.write_bytes(spoiled)
        try:
            package = read_package([bad], password)
        except UserError as refusal:
            assert refusal.message.endswith("。") and refusal.message.isprintable()
        else:
            assert package.digest == read_package([path], password).digest


def test_an_encrypted_file_that_does_not_say_how_it_is_encrypted(tmp_path: Path) -> None:
    [path] = written(tmp_path, a_package(), password="焦工-2025")
    data = bytearray(path.read_bytes())
    at = -1
    while (at := data.find(b"PK\1\2", at + 1)) >= 0:
        length = int.from_bytes(data[at + 28 : at + 30], "little")
        data[at + 46 + length] ^= 0xFF  # the kind of the extra field: no longer that of AES
    path.write_bytes(data)
    refused(path, password="焦工-2025")


def test_every_byte_of_every_file_counts(tmp_path: Path) -> None:
    """Each byte of the zip is changed, one at a time: reading refuses it, or finds everything as it was.

    What may change unnoticed is what no file consists of: times and attributes in the headers of the zip.
    """
    [path] = written(tmp_path, a_package(photo(1, 60)))
    whole, bad = path.read_bytes(), tmp_path / "坏.zip"
    expected = [(each.name, each.title, each.digest) for each in read_package([path]).files]
    unnoticed = 0
    for position in range(len(whole)):
        spoiled = bytearray(whole)
        spoiled[position] ^= 1 << position % 8
        bad.write_bytes(spoiled)
        try:
            package = read_package([bad])
        except UserError as refusal:
            assert refusal.message.endswith("。")
        else:
            assert [(each.name, each.title, each.digest) for each in package.files] == expected
            unnoticed += 1
    assert unnoticed < 80 * len(zipfile.ZipFile(path).namelist())
