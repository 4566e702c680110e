"""LibreOffice as a second opinion on the files we write, printing with the fonts the program brings along.

A machine that builds the program has no Chinese fonts, and whatever it has must not change what a test sees. So
LibreOffice gets a font configuration of its own, in which the names that our files ask for (宋体, 黑体 …) are the
bundled fonts that stand for them on paper.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import resources

SOFFICE = shutil.which("soffice")
LONGEST = 600  # seconds for all files of a call

needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")

TITLES = "方正小标宋简体"  # bold without being asked to be; a second name of a bundled file, so a link to it
# Bundled file → the family it takes part in and its weight there, then the names that stand for this family.
_FACES = {
    "NotoSerifSC-Light": ("宋体", "regular"),
    "NotoSerifSC-Bold": ("宋体", "bold"),
    "NotoSansSC-Regular": ("黑体", "regular"),
    "NotoSansSC-Bold": ("黑体", "bold"),
    "FandolFang-Regular": ("仿宋", "regular"),
    "LedgerKai-Regular": ("楷体", "regular"),
    TITLES: (TITLES, "regular"),
}
_ALIASES: Mapping[str, tuple[str, ...]] = {
    "宋体": ("SimSun", "NSimSun", "新宋体", "Noto Serif SC", "serif"),
    "黑体": ("SimHei", "Noto Sans SC", "微软雅黑", "Calibri", "Arial", "sans-serif"),
    "仿宋": ("FangSong", "仿宋_GB2312", "FandolFang R"),
    TITLES: ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "小标宋体"),
    "楷体": ("KaiTi", "楷体_GB2312", "Ledger Kai"),
}


def convert_to_pdf(files: Sequence[Path], folder: Path) -> list[Path]:
    """Print each of `files` (xlsx, docx; names must differ) to a PDF in `folder`, in the order given.

    LibreOffice is started once for all, which takes it 5 to 10 seconds. Fails the test when it prints none.
    """
    return convert(files, folder, "pdf")


def convert(files: Sequence[Path], folder: Path, to: str) -> list[Path]:
    """Save each of `files` as `to`, a file name suffix or that and a filter (xlsx, "txt:Text (encoded):UTF8")."""
    assert SOFFICE is not None, "mark the test with needs_office"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [folder / f"{file.stem}.{to.partition(':')[0]}" for file in files]
    assert len(set(wanted)) == len(wanted), "two files of the same name"
    with tempfile.TemporaryDirectory(prefix="office") as temporary:
        profile = f"-env:UserInstallation={Path(temporary, 'profile').as_uri()}"
        command = [SOFFICE, profile, "--headless", "--convert-to", to, "--outdir", str(folder), *map(str, files)]
        with office_fonts() as variables:
            done = subprocess.run(
                command, env={**os.environ, **variables}, capture_output=True, timeout=LONGEST, check=False
            )
    for path in wanted:
        assert path.exists(), f"LibreOffice did not write {path.name}: {done.stderr.decode(errors='replace')}"
    return wanted


@contextmanager
def office_fonts() -> Iterator[dict[str, str]]:
    """The environment variables under which a program finds the bundled fonts and no others."""
    with tempfile.TemporaryDirectory(prefix="fonts") as folder:
        configuration = Path(folder, "fonts.conf")
        Path(folder, f"{TITLES}.ttf").symlink_to(resources.path("fonts/NotoSerifSC-Bold.subset.ttf"))
        configuration.write_text(_configuration(Path(folder)), encoding="utf-8")
        yield {"FONTCONFIG_FILE": str(configuration)}


def _configuration(folder: Path) -> str:
    fonts, own = (escape(str(path)) for path in (resources.path("fonts"), folder))
    lines = ["<fontconfig>", f"<dir>{fonts}</dir>", f"<dir>{own}</dir>", f"<cachedir>{own}/cache</cachedir>"]
    for file, (family, weight) in _FACES.items():
        # Regular and bold are files of different families: LibreOffice shall see one family with both.
        lines.append(
            f'<match target="scan"><test name="file" compare="contains"><string>{file}</string></test>'
            f'<edit name="family" mode="assign"><string>{family}</string></edit>'
            f'<edit name="weight" mode="assign"><const>{weight}</const></edit></match>'
        )
    for family, names in _ALIASES.items():
        for name in names:
            lines.append(
                f'<alias binding="same"><family>{name}</family><prefer><family>{family}</family></prefer></alias>'
            )
    return "\n".join([*lines, "</fontconfig>"])
