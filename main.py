"""宣教台账. Without arguments it opens the window; the sub-commands do the same work for scripts."""

import argparse
import itertools
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from models.errors import UserError

if TYPE_CHECKING:
    from models.checks import CheckResult
    from models.ledger import Ledger
    from models.periods import Period

DONE, FOUND_PROBLEMS, REFUSED = 0, 1, 2
FORMATS = ("pdf", "xlsx", "docx", "eml")
ALL_FORMS = "全部"
MAIL_FORMATS = ("pdf", "xlsx", "eml")
PERIODS = "2025Q3、2025H1、2025-07、2025、2025S 或 20250701-20250815"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code: 0 done, 1 逻辑检查 found 强制 items, 2 refused with a sentence."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    # without words, as every day, the parser is not even built: that takes a fiftieth of the start
    options = _parser().parse_args(words) if words else argparse.Namespace(act=open_window, ledger="")
    try:
        return int(options.act(options))
    except UserError as error:
        print(error.message, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        return REFUSED


def open_window(options: argparse.Namespace) -> int:
    """Show the window, on the given ledger or the one used last."""
    import gc

    gc.disable()  # nothing made while starting is garbage, and looking for some takes a tenth of it; ui.app turns it on
    from ui.quick_imports import read_no_sources

    read_no_sources()  # before everything else of the window is loaded
    from ui.app import run

    return run(sys.argv[:1], Path(options.ledger) if options.ledger else None)


def demo(options: argparse.Namespace) -> int:
    """Make the sample ledger in a folder and everything that the main job yields from it."""
    from models.notice import builtin_notice
    from models.periods import quarter_of
    from models.sample_ledger import create_sample_ledger
    from models.samples import SAMPLE_DAY

    folder = Path(options.folder)
    ledger_folder = next(path for path in _numbered(folder / "示例台账") if not path.exists())
    with create_sample_ledger(ledger_folder, builtin_notice()) as ledger:
        period = quarter_of(SAMPLE_DAY).previous()
        print(f"示例台账：{ledger_folder}")
        _print_check(_check(ledger, period, SAMPLE_DAY))
        for path in _export(ledger, ["表2"], period, SAMPLE_DAY, folder, MAIL_FORMATS):
            print(f"已生成：{path}（{path.stat().st_size / 1024:.0f} KB）")
    print("邮件草稿双击即可用邮件程序打开，核对后再发送。打开窗口看示例：")
    print(f"  ./run --ledger {ledger_folder}")
    return DONE


def _numbered(path: Path) -> Iterator[Path]:
    """The path, then the same with 2, 3, … behind it."""
    yield path
    yield from (path.with_name(f"{path.name}{number}") for number in itertools.count(2))


def export(options: argparse.Namespace) -> int:
    """Write standard forms of a ledger in the formats asked for."""
    formats = tuple(dict.fromkeys(options.format.split(",")))
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise UserError(f"不认识格式“{unknown[0]}”。可用的有：{'、'.join(FORMATS)}，几种用英文逗号隔开。")
    forms = tuple(dict.fromkeys(options.form.replace("，", ",").split(",")))
    with _open(options.ledger) as ledger:
        for path in _export(ledger, forms, _period(options.period), _today(), Path(options.out), formats):
            print(path)
    return DONE


def submit(options: argparse.Namespace) -> int:
    """Build the package of a period as 报送 does, and note it in the log. Hard findings stop it: exit code 1."""
    from exporters.submission_making import collect_usual, make_submission, read_password
    from importers.package_reading import read_package
    from models.notice_installing import current_notice
    from models.persons import current_person
    from models.preferences import load_preferences
    from models.reports import BUILDERS

    preferences = load_preferences()
    password = read_password(Path(options.password_file)) if options.password_file else ""
    forms = [form for form in options.forms.replace("，", ",").split(",") if form]
    with _open(options.ledger or preferences.ledger) as ledger:
        period, notice = _period(options.period), current_notice(ledger)
        wanted = list(BUILDERS) if ALL_FORMS in forms else forms
        content = collect_usual(ledger, notice, period, datetime.now(), wanted)
        print(f"逻辑检查：{period.label}（{period.range_text}）")
        _print_check(content.checks)
        if content.checks.hard:
            print("报送包没有生成。请把上面写着“强制”的改好，再运行一次。", file=sys.stderr)
            return FOUND_PROBLEMS
        who = current_person(ledger, preferences, content.basis.unit)
        made = make_submission(
            ledger,
            content,
            Path(options.out),
            lambda zips, secret: read_package(zips, secret).digest,
            keep=options.keep,
            password=password,
            person=who,
        )
    print(*made.told(), sep="\n")
    return DONE


def check(options: argparse.Namespace) -> int:
    """Run 逻辑检查 over a period and print what it found."""
    with _open(options.ledger) as ledger:
        result = _check(ledger, _period(options.period), _today())
    _print_check(result)
    return FOUND_PROBLEMS if result.hard else DONE


def backup(options: argparse.Namespace) -> int:
    """Make a verified backup of a ledger, also while the window has it open; or one .zip for another computer."""
    from models.backup import back_up, default_folder, thin_out
    from models.backup_words import count_words
    from models.restore_package import write_package

    with _open(options.ledger) as ledger:
        if options.package:
            target = Path(options.package)
            manifest = write_package(ledger, target, datetime.now())
        else:
            folder = Path(options.out) if options.out else default_folder(ledger.folder)
            made = back_up(ledger, folder, datetime.now())
            thin_out(folder, datetime.now(), made.manifest.unit_uid)
            target, manifest = made.path, made.manifest
    lost = f"，有 {manifest.missing} 个附件没有找到" if manifest.missing else ""
    print(f"已备份并核对：{target}（{count_words(manifest.counts)}{lost}）")
    return DONE


def restore(options: argparse.Namespace) -> int:
    """Bring a ledger back from a backup, a package or another ledger's folder; what is there now is put aside."""
    from models.backup_words import count_words
    from models.restore import inspect
    from models.restore import restore as bring_back

    source, folder = Path(options.source), Path(options.ledger)
    info = inspect(source)
    if not info.verified:
        raise UserError(info.problem)
    when = f"{info.made_at:%Y-%m-%d %H:%M} " if info.made_at else ""
    print(f"备份：{when}{info.unit}，{count_words(info.counts)}")
    if options.look:
        return DONE
    done = bring_back(source, folder, datetime.now())
    if done.aside:
        before = f"（{count_words(done.before)}）" if done.before is not None else "（已损坏）"
        print(f"原来的台账{before}留在：{done.aside}")
    lost = f"，有 {done.missing} 个附件没有找到" if done.missing else ""
    print(f"已恢复到：{folder}（{count_words(done.after)}{lost}）")
    return DONE


def _export(
    ledger: "Ledger", forms: Sequence[str], period: "Period", today: date, folder: Path, formats: Sequence[str]
) -> list[Path]:
    """Write the forms; 全部 stands for all of them. The mail draft is about the first one."""
    from exporters.report_files import attachment_names, export_letter, export_reports
    from models.letters import compose_letter
    from models.notice_installing import current_notice
    from models.reports import BUILDERS, build_all
    from models.unit_repository import get_unit

    notice, unit = current_notice(ledger), get_unit(ledger)
    reports = list(build_all(list(BUILDERS) if ALL_FORMS in forms else forms, ledger, notice, period, today))
    files = [name for name in formats if name != "eml"]
    written = list(export_reports(reports, folder, files).files) if files else []
    if "eml" in formats:
        names = attachment_names(reports[0], unit)
        letter = compose_letter(notice, unit, period, reports[:1], names)
        written.append(export_letter(letter, reports[0], unit, notice, folder))
        written += [folder / name for name in names]  # beside the draft, for dragging into webmail
    return written


def _check(ledger: "Ledger", period: "Period", today: date) -> "CheckResult":
    from models.checks import check_period
    from models.notice_installing import current_notice

    print(f"逻辑检查：{period.label}（{period.range_text}）")
    return check_period(ledger, current_notice(ledger), period, today)


def _print_check(result: "CheckResult") -> None:
    for finding in result.findings:
        answered = f"（已说明：{finding.explanation}）" if finding.explanation else ""
        print(f"  {finding.severity.value} {finding.rule_id} {finding.title}：{finding.message}{answered}")
    if result.passed:
        print("  逻辑正确。")
    else:
        print(
            f"  共 {result.records} 条记录，强制 {len(result.hard)} 项，提示 {len(result.soft)} 项，"
            f"已说明 {len(result.explained)} 项。"
        )


def _open(folder: str) -> "Ledger":
    from models.ledger import Ledger

    if not folder:
        raise UserError("还不知道用哪个台账。请用 --ledger 写明台账所在的文件夹。")
    return Ledger.open(Path(folder), exclusive=False)


def _period(code: str) -> "Period":
    from models.periods import parse_period, quarter_of

    return parse_period(code) if code else quarter_of(_today())


def _today() -> date:
    return date.today()


class _Parser(argparse.ArgumentParser):
    """An argument parser that says in Chinese what is wrong with a command."""

    def error(self, message: str) -> NoReturn:
        # argparse words its complaint in English; the clerk's script needs to know which word it stumbled over
        quoted = [word for word in re.findall(r"'([^']*)'|(--\w+)|: (\S+)$", message) for word in word if word]
        print(f"命令写法不对{f'：“{quoted[0]}”' if quoted else ''}。", file=sys.stderr)
        print(f"用 {self.prog} --help 查看写法。", file=sys.stderr)
        raise SystemExit(REFUSED)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="main.py", description="宣教台账：不带参数打开窗口，下面的命令供脚本使用。", add_help=False)
    _add_help(parser)
    parser.add_argument("--ledger", metavar="文件夹", help="打开这个文件夹里的台账")
    parser.set_defaults(act=open_window)
    add_command = parser.add_subparsers(title="命令", metavar="").add_parser
    one = _command(add_command, "demo", demo, "建一个示例台账，做逻辑检查，生成表2的PDF、Excel和邮件草稿")
    one.add_argument("folder", metavar="文件夹", help="放示例的文件夹")
    one = _command(add_command, "export", export, "导出一张或几张表")
    one.add_argument("--ledger", metavar="文件夹", required=True, help="台账所在的文件夹")
    one.add_argument(
        "--form", metavar="表号", default="表2", help="哪张表，几张用英文逗号隔开，全部表写“全部”，默认表2"
    )
    one.add_argument("--period", metavar="报送期", default="", help=f"{PERIODS}，默认本季度")
    one.add_argument("--out", metavar="文件夹", default=".", help="导出到哪个文件夹，默认当前文件夹")
    one.add_argument("--format", metavar="格式", default="pdf,xlsx", help="pdf、xlsx、docx、eml，几种用英文逗号隔开")
    one = _command(add_command, "check", check, "做逻辑检查，有强制项时退出码为 1")
    one.add_argument("--ledger", metavar="文件夹", required=True, help="台账所在的文件夹")
    one.add_argument("--period", metavar="报送期", default="", help=f"{PERIODS}，默认本季度")
    one = _command(add_command, "submit", submit, "生成一个报送期的报送包并记入报送记录，有强制项时不生成，退出码为 1")
    one.add_argument("--period", metavar="报送期", required=True, help=PERIODS)
    one.add_argument("--out", metavar="文件夹", required=True, help="报送包放在哪里，邮件草稿在它下面的“邮件草稿”里")
    one.add_argument("--ledger", metavar="文件夹", default="", help="台账所在的文件夹，默认窗口上次打开的台账")
    one.add_argument("--forms", metavar="表号", default="表2,表3,表10", help="哪些表，默认表2,表3,表10，全部表写“全部”")
    one.add_argument("--password-file", metavar="文件", default="", help="第一行是压缩包密码的文本文件")
    one.add_argument("--keep", action=argparse.BooleanOptionalAction, default=True, help="是否记入报送记录，默认记")
    one = _command(add_command, "backup", backup, "备份台账并核对，窗口开着也可以")
    one.add_argument("--ledger", metavar="文件夹", required=True, help="台账所在的文件夹")
    one.add_argument("--out", metavar="文件夹", default="", help="备份放在哪里，默认台账里的 backups")
    one.add_argument("--package", metavar="文件", default="", help="生成换电脑用的搬家包（一个 .zip 文件）")
    one = _command(add_command, "restore", restore, "从备份、搬家包或另一个台账文件夹恢复，原来的内容留在旁边")
    one.add_argument("source", metavar="备份", help="备份文件、搬家包或台账文件夹")
    one.add_argument("--ledger", metavar="文件夹", required=True, help="恢复到哪个台账文件夹")
    one.add_argument("--look", action="store_true", help="只看备份里有什么，不恢复")
    return parser


def _command(
    add_command: Callable[..., argparse.ArgumentParser], name: str, act: object, text: str
) -> argparse.ArgumentParser:
    parser = add_command(name, help=text, description=text, add_help=False)
    _add_help(parser)
    parser.set_defaults(act=act)
    return parser


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser._positionals.title = "内容"
    parser._optionals.title = "选项"
    parser.add_argument("-h", "--help", action="help", help="显示这段说明")


if __name__ == "__main__":
    raise SystemExit(main())
