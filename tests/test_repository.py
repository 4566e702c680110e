"""The repository itself: it stands alone, on any machine, and every file in it is in order."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MADE_BY_TOOLS = {".git", ".venv", ".tools", "__pycache__", ".pytest_cache", ".ruff_cache", "build", "dist"}
LARGEST = 20 * 1024 * 1024  # bytes

# Written in two halves so that this file does not find itself.
FORBIDDEN = {
    "the folder beside the repository": ".." + "/shared",
    "a developer's machine": "/" + "work/",
    "a machine's package folder": "/" + "opt/pypi",
    "root's home": "/" + "root/",
}
REGISTRY_HOSTS = re.compile(
    r"(pypi\."
    r"org|pythonhosted\."
    r"org|npmjs\."
    r"(org|com)|deb\.debian\."
    r"org|archive\.ubuntu\."
    r"com"
    r"|mirrors?\.\w+\."
    r"(edu|com)(\.cn)?)"
)


def list_files() -> list[Path]:
    """Files of the repository: git's list where there is git, else all that no tool made."""
    try:
        command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        answer = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        files = [path for path in ROOT.rglob("*") if not MADE_BY_TOOLS.intersection(path.relative_to(ROOT).parts)]
    else:
        files = [ROOT / name for name in answer.stdout.decode("utf-8").split("\0") if name]
    return sorted(path for path in files if path.is_file())


def is_text(path: Path) -> bool:
    return b"\0" not in path.read_bytes()[:8192] and path.suffix != ".pdf"


FILES = list_files()
TEXTS = [path for path in FILES if is_text(path)]


def read(path: Path) -> str:
    """Text with its line ends as they are in the file."""
    return path.read_bytes().decode("utf-8")


def show(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_list_of_files_is_not_empty() -> None:
    assert ROOT / "run" in TEXTS


@pytest.mark.parametrize("meaning", FORBIDDEN)
def test_nothing_points_outside_the_repository(meaning: str) -> None:
    assert [show(path) for path in TEXTS if FORBIDDEN[meaning] in read(path)] == []


def test_no_registry_is_named_outside_the_lock_file() -> None:
    named = [show(path) for path in TEXTS if path.name != "uv.lock" and REGISTRY_HOSTS.search(read(path))]
    assert named == []


def test_the_lock_file_holds_one_index_and_no_machine_path() -> None:
    lock = tomllib.loads(read(ROOT / "uv.lock"))
    sources = {str(package["source"]) for package in lock["package"] if package["name"] != "xuanjiao-ledger"}
    assert len(sources) == 1
    assert sources.pop().startswith("{'registry': 'https://")


def test_every_locked_file_has_a_digest() -> None:
    packages = tomllib.loads(read(ROOT / "uv.lock"))["package"]
    files = [file for package in packages for file in package.get("wheels", [])]
    files += [package["sdist"] for package in packages if "sdist" in package]
    assert files
    assert [file["url"] for file in files if not file["hash"].startswith("sha256:")] == []


def test_no_file_is_too_large_to_carry() -> None:
    assert [show(path) for path in FILES if path.stat().st_size > LARGEST] == []


def test_texts_are_utf8_with_plain_line_ends() -> None:
    """UTF-8 without a mark, LF, a newline at the end; only Windows' own scripts have CRLF."""
    against: list[str] = []
    for path in TEXTS:
        text = read(path)
        ends = "\r\n" if path.suffix == ".cmd" else "\n"
        others = re.findall(r"\r\n|\r|\n", text)
        if text.startswith("\ufeff") or set(others) - {ends} or (text and not text.endswith("\n")):
            against.append(show(path))
    assert against == []


@pytest.mark.parametrize("script", ["run", ".ci/run", "packaging/try_bare.sh"])
def test_scripts_can_be_started(script: str) -> None:
    assert (ROOT / script).stat().st_mode & 0o111
    interpreter = read(ROOT / script).partition("\n")[0].removeprefix("#!").split()
    assert subprocess.run([*interpreter, "-n", ROOT / script], capture_output=True, text=True, check=False).stderr == ""


# ─── what there is to read ───

DOCUMENTS = [path for path in TEXTS if path.suffix == ".md"]
MANUAL = ROOT / "docs" / "使用手册.md"
PICTURES = ROOT / "docs" / "screenshots"
PICTURES_TOGETHER = 6 * 1024 * 1024  # bytes
LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def spell_heading(text: str) -> str:
    """A heading as a link names it."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", text.strip().lower()))


@pytest.mark.parametrize("document", DOCUMENTS, ids=show)
def test_links_and_pictures_lead_somewhere(document: Path) -> None:
    lost: list[str] = []
    for target in LINK.findall(read(document)):
        if re.match(r"https?:|mailto:", target):
            continue
        name, _, heading = target.partition("#")
        file = document.parent / name if name else document
        known = {spell_heading(each) for each in HEADING.findall(read(file))} if heading and file.is_file() else set()
        if not file.exists() or (heading and heading not in known):
            lost.append(target)
    assert lost == []


def test_the_manual_is_full_of_pictures_and_each_is_there_in_the_dark() -> None:
    shown = re.findall(r"!\[[^\]]+\]\((screenshots/[\w-]+\.png)\)", read(MANUAL))
    assert len(shown) >= 15
    dark = [MANUAL.parent / name.replace(".png", "-dark.png") for name in shown]
    assert [show(path) for path in dark if not path.is_file()] == []


def test_the_pictures_do_not_weigh_down_the_repository() -> None:
    assert sum(path.stat().st_size for path in PICTURES.glob("*.png")) < PICTURES_TOGETHER


def test_every_picture_is_one_the_script_takes() -> None:
    scenes = read(ROOT / "packaging" / "screenshot_scenes.py")
    names = set(re.findall(r'^    "([\w-]+)": \w+', scenes, re.MULTILINE))
    taken = {re.sub(r"-(dark|175)$", "", path.stem) for path in PICTURES.glob("*.png")}
    assert taken == names


def test_the_manual_is_in_plain_words() -> None:
    text = read(MANUAL)
    assert [word for word in ("！", "!\n", "您", "数据库", "SQL", "缓存", "渲染") if word in text] == []
    headings = [spell_heading(each) for each in re.findall(r"^## +(.+)$", text, re.MULTILINE)]
    assert len(headings) == len(set(headings)) >= 12


# Words that the screen puts together from two.
COMPOSED = {
    "标记为已报送": ("标记为{", "已报送"),
    "标记为已采用": ("标记为{", "已采用"),
    "标记为退回…": ("标记为{", "退回"),
    "添加作品或报道": ("添加{", "作品或报道"),
    "添加先进典型": ("添加{", "先进典型"),
}


def test_what_the_manual_quotes_is_what_the_screen_says() -> None:
    sources = [path for path in TEXTS if show(path).startswith(("ui/", "models/", "exporters/", "resources/notices/"))]
    on_screen = re.sub("[“”‘’]", "", "".join(read(path) for path in sources))
    quoted = set(re.findall("“([^“”]+)”", read(MANUAL)))
    assert len(quoted) > 60
    wanted = {part for words in quoted for part in COMPOSED.get(words, (re.sub("[‘’]", "", words),))}
    assert sorted(words for words in wanted if words not in on_screen) == []
