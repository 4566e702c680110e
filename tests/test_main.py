"""The command line: the same work for scripts, sentences instead of tracebacks, and exit codes."""

import os
import subprocess
import sys
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from exporters.submission_export import export_again
from importers.package_reading import read_package
from main import main
from models.errors import UserError
from models.ledger import Ledger
from models.recording import record
from models.submission import SubmissionState
from models.submission_repository import list_submissions
from tests.factories import a_clerk, a_ledger, an_activity
from tests.models.submitted import a_ready_ledger


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
        (["submit", "--period", "2025Q3", "--ledger", "{ledger}"], "命令写法不对：“--out”"),
        (["submit", "--period", "2025Q3", "--out", "x", "--ledger", "没有"], "没有找到台账"),
        (["submit", "--period", "Q", "--out", "x", "--ledger", "{ledger}"], "Q"),
        (["submit", "--period", "2025Q3", "--out", "x", "--ledger", "{ledger}", "--forms", "表99"], "没有“表99”"),
        (
            ["submit", "--period", "2025Q3", "--out", "x", "--ledger", "{ledger}", "--password-file", "无"],
            "密码文件“无”",
        ),
    ],
)
def test_a_mistake_gets_a_sentence_and_no_traceback(tmp_path: Path, words: list[str], sentence: str) -> None:
    a_ledger(tmp_path / "台账", an_activity()).close()
    done = run(*(word.format(ledger=tmp_path / "台账") for word in words))
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_help_is_in_chinese_for_every_command() -> None:
    for words in ([], ["demo"], ["export"], ["check"], ["submit"], ["backup"], ["restore"]):
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


def submitting(folder: Path, out: Path, *more: str) -> list[str]:
    """The words of the command for the third quarter."""
    return ["submit", "--period", "2025Q3", "--out", str(out), "--ledger", str(folder), *more]


def test_a_package_is_made_and_noted_without_a_window(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_ready_ledger(tmp_path / "台账").close()
    assert main(submitting(tmp_path / "台账", tmp_path / "出")) == 0
    told = capsys.readouterr().out
    files = sorted(path for path in (tmp_path / "出").rglob("*") if path.is_file())
    assert [path.suffix for path in files] == [".pdf", ".xlsx", ".zip", ".eml"]
    assert all(str(path) in told for path in files)
    package = read_package([files[2]])
    with Ledger.open(tmp_path / "台账") as ledger:
        [logged] = list_submissions(ledger)
        assert logged.state == SubmissionState.GENERATED and logged.submission.made_by == "赵芳"
        again = export_again(ledger, logged.submission, tmp_path / "再")
        assert [path.read_bytes() for path in again] == [files[2].read_bytes()], "the log gives the same zip"
    assert f"回执码：{package.receipt_code}" in told and logged.submission.receipt_code == package.receipt_code
    draft = BytesParser(policy=policy.default).parsebytes(files[3].read_bytes())
    assert draft["Subject"] == logged.submission.subject and package.receipt_code in draft["Subject"]
    assert main(submitting(tmp_path / "台账", tmp_path / "又")) == 2
    assert "完全一样，不用再报" in capsys.readouterr().err and not (tmp_path / "又").exists()


def test_what_must_be_mended_stops_it_and_hints_wait(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "台账"
    with a_ready_ledger(folder) as ledger:
        hint = record(ledger, an_activity(title="百日安全赛", people_offline=9_000), a_clerk())
    assert main(submitting(folder, tmp_path / "出")) == 2
    assert "项提示没有处理" in capsys.readouterr().err
    with Ledger.open(folder) as ledger:
        record(ledger, hint.with_values(people_offline=None), a_clerk())
    assert main(submitting(folder, tmp_path / "出")) == 1
    said = capsys.readouterr()
    assert "强制 H06 百日安全赛" in said.out and "报送包没有生成" in said.err
    with Ledger.open(folder) as ledger:
        assert list_submissions(ledger) == []
    assert not (tmp_path / "出").exists()


def test_only_to_look_at_and_with_a_password(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, secret = tmp_path / "台账", tmp_path / "密码.txt"
    a_ready_ledger(folder).close()
    secret.write_text("\ufeff桃李不言下自成蹊\n第二行", "utf-8")
    words = submitting(folder, tmp_path / "出", "--no-keep", "--forms", "表2，表6", "--password-file", str(secret))
    assert main(words) == 0
    assert "没有记入报送记录" in capsys.readouterr().out
    zips = [path for path in (tmp_path / "出").iterdir() if path.suffix == ".zip"]
    assert [path.suffix for path in (tmp_path / "出").iterdir() if path.suffix == ".pdf"] == [], "a password hides all"
    with pytest.raises(UserError, match="密码"):
        read_package(zips)
    assert {file.title for file in read_package(zips, "桃李不言下自成蹊").files} >= {"表2", "表6"}
    with Ledger.open(folder) as ledger:
        assert list_submissions(ledger) == []
    secret.write_text("短", "utf-8")
    assert main(words) == 2 and "6 到 200 个字符" in capsys.readouterr().err


def test_a_disk_that_refuses_leaves_neither_files_nor_a_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_ready_ledger(tmp_path / "台账").close()
    (tmp_path / "出").write_text("a file where the folder should be")
    assert main(submitting(tmp_path / "台账", tmp_path / "出")) == 2
    assert capsys.readouterr().err
    with Ledger.open(tmp_path / "台账") as ledger:
        assert list_submissions(ledger) == []


def test_the_window_may_have_the_ledger_open(tmp_path: Path) -> None:
    with a_ready_ledger(tmp_path / "台账") as ledger:
        assert main(submitting(tmp_path / "台账", tmp_path / "出")) == 0
        assert len(list_submissions(ledger)) == 1
