"""The command line: the same work for scripts, sentences instead of tracebacks, and exit codes."""

import os
import subprocess
import sys
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from main import main
from tests.factories import a_ledger, an_activity


def run(*words: object) -> subprocess.CompletedProcess[str]:
    """The program as a script starts it."""
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "main.py", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def test_the_demo_makes_a_ledger_and_everything_that_follows_from_it(tmp_path: Path) -> None:
    done = run("demo", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    names = {
        path.suffix: path for path in (tmp_path / "out").iterdir() if path.is_file() and path.name.startswith("表2")
    }
    assert set(names) == {".pdf", ".xlsx", ".eml"}
    assert all(str(path) in done.stdout for path in (tmp_path / "out").iterdir())
    assert "逻辑检查：2025年第三季度" in done.stdout
    assert "强制" in done.stdout and "提示" in done.stdout
    draft = BytesParser(policy=policy.default).parsebytes(names[".eml"].read_bytes())
    assert draft["X-Unsent"] == "1" and "jzghxjwlb@126.com" in draft["To"]


def test_the_demo_can_be_run_again_in_the_same_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", str(tmp_path)]) == 0
    assert main(["demo", str(tmp_path)]) == 0
    assert (tmp_path / "示例台账2" / "ledger.db").is_file()
    assert "示例台账2" in capsys.readouterr().out


def test_exporting_prints_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_ledger(tmp_path / "台账", an_activity()).close()
    words = [
        "export",
        "--ledger",
        str(tmp_path / "台账"),
        "--period",
        "2025Q3",
        "--out",
        str(tmp_path / "出"),
        "--format",
        "xlsx",
    ]
    assert main(words) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert Path(line).is_file() and line.endswith("_2025Q3_v1.xlsx")


@pytest.mark.parametrize(("activity", "code"), [(an_activity(), 0), (an_activity(people_offline=None), 1)])
def test_checking_says_by_its_exit_code_whether_something_must_be_mended(tmp_path: Path, activity, code: int) -> None:
    a_ledger(tmp_path / "台账", activity).close()
    assert main(["check", "--ledger", str(tmp_path / "台账"), "--period", "2025Q3"]) == code


def test_a_sound_period_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_ledger(tmp_path / "台账", an_activity()).close()
    main(["check", "--ledger", str(tmp_path / "台账"), "--period", "2025Q3"])
    assert "逻辑正确" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["export", "--ledger", "没有这个文件夹"], "没有找到台账"),
        (["check", "--ledger", "{ledger}", "--period", "2025Q9"], "2025Q9"),
        (["export", "--ledger", "{ledger}", "--form", "表99"], "没有“表99”这张表"),
        (["export", "--ledger", "{ledger}", "--format", "doc"], "不认识格式“doc”"),
        (["开始"], "命令写法不对：“开始”"),
        (["export"], "命令写法不对：“--ledger”"),
        (["backup", "--ledger", "没有这个文件夹"], "没有找到台账"),
        (["backup", "--ledger", "{ledger}", "--out", "/没有/这个盘"], "找不到备份文件夹"),
        (["restore", "没有.db", "--ledger", "{ledger}"], "找不到"),
    ],
)
def test_a_mistake_gets_a_sentence_and_no_traceback(tmp_path: Path, words: list[str], sentence: str) -> None:
    a_ledger(tmp_path / "台账", an_activity()).close()
    done = run(*(word.format(ledger=tmp_path / "台账") for word in words))
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_help_is_in_chinese_for_every_command() -> None:
    for words in ([], ["demo"], ["export"], ["check"], ["backup"], ["restore"]):
        done = run(*words, "--help")
        assert done.returncode == 0
        assert "显示这段说明" in done.stdout


def test_a_ledger_open_in_the_window_can_still_be_exported(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity()):
        words = ["--ledger", str(tmp_path / "台账"), "--period", "2025Q3", "--out", str(tmp_path), "--format", "pdf"]
        assert main(["export", *words]) == 0


def test_a_ledger_is_backed_up_packed_and_brought_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, package = tmp_path / "台账", tmp_path / "搬家.zip"
    with a_ledger(folder, an_activity()):
        assert main(["backup", "--ledger", str(folder)]) == 0, "the window may have it open"
    assert main(["backup", "--ledger", str(folder), "--package", str(package)]) == 0
    assert capsys.readouterr().out.count("1 条活动") == 2 and package.is_file()
    [made] = (folder / "backups").glob("*.db")
    (folder / "ledger.db").write_bytes(b"broken")
    assert main(["restore", str(made), "--ledger", str(folder), "--look"]) == 0
    assert (folder / "ledger.db").read_bytes() == b"broken"
    assert main(["restore", str(made), "--ledger", str(folder)]) == 0
    assert "已损坏" in capsys.readouterr().out
    assert main(["check", "--ledger", str(folder), "--period", "2025Q3"]) == 0
    assert main(["restore", str(package), "--ledger", str(tmp_path / "新电脑")]) == 0
    assert main(["check", "--ledger", str(tmp_path / "新电脑"), "--period", "2025Q3"]) == 0
