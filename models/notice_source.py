"""The text of a notice pack: what is read from the file, and errors that point at a line of it."""

import re
import tomllib
from pathlib import Path

from models.errors import UserError
from models.notice_lines import KeyPath, locate

MAX_BYTES = 1_000_000
MAX_LINE = 2_000  # characters
MAX_DOTS = 20  # in one line: tomllib needs quadratic time for a.b.c.d… = 1

# Control characters and the marks that turn the direction of text: they would break forms and mails.
UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]")

# What tomllib says → what a person is told.
_SYNTAX = (
    ("Cannot overwrite a value", "这一项前面已经写过，请删去一个"),
    ("Cannot declare", "这个标题前面已经写过，请删去一个"),
    ("Cannot mutate", "这一项前面已经写过，请删去一个"),
    ("Duplicate inline table key", "花括号里有一项写了两次，请删去一个"),
    ("Expected '='", "名称后面应是英文等号 ="),
    ("Invalid value", "等号右边写得不对。文字要用英文双引号括起来，不能用中文引号"),
    ("Illegal character", "文字没有写完，或者夹着不能用的字符。每段文字写在一行里，前后用英文双引号"),
    ("Unterminated string", "文字后面缺少英文双引号"),
    ("Unclosed array", "方括号 [ ] 没有配对，或两项之间缺少英文逗号"),
    ("Unclosed inline table", "花括号 { } 没有配对，或两项之间缺少英文逗号"),
    ("Expected ']", "标题的方括号没有配对"),
    ("Expected '\"", "文字后面缺少英文双引号"),
    ("Expected \"'", "文字后面缺少英文单引号"),
    ("Found invalid character", "夹着不能用的控制字符，请删去"),
    ("Unescaped '\\'", "反斜杠 \\ 要写成 \\\\"),
    ("Invalid statement", "这一行看不懂。说明文字的前面要加 #"),
    ("Expected newline", "这一行后面多出了内容。文字里面不能有英文双引号"),
    ("Invalid initial character", "名称只能用英文字母、数字、_ 和 -，用别的字要加英文双引号"),
)


def read_text(path: Path) -> tuple[str, bytes]:
    """The text of a pack and the bytes it came from. Raises UserError if it cannot be one."""
    try:
        if not path.is_file():
            raise UserError(f"没有找到通知包 {path.name}。请核对文件还在不在。")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(f"通知包 {path.name} 打不开。请核对文件有没有被别的程序占用。", detail=str(error)) from error
    if len(content) > MAX_BYTES:
        raise UserError(f"通知包 {path.name} 超过 1 MB，这不是通知包。")
    try:
        text = content.decode("utf-8-sig")  # 记事本 may put a mark in front
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        advice = "不是 UTF-8 编码。请用记事本打开，另存为时把编码选为 UTF-8。"
        raise UserError(f"通知包 {path.name} 第 {line} 行：{advice}", detail=str(error)) from error
    return text.replace("\r\n", "\n"), content


class NoticeText:
    """The text of one pack: knows its name and can point at any place in it."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._text = text
        self._lines: dict[KeyPath, int] = {}

    def parse(self) -> dict[str, object]:
        """The whole file. Raises UserError for a line that is no TOML."""
        self._refuse_monsters()
        try:
            return tomllib.loads(self._text)
        except RecursionError:
            raise UserError(f"通知包 {self.name}：括号套得太深，这不是通知包。") from None
        except ValueError as error:  # TOMLDecodeError, and numbers too long for Python
            raise self._syntax_error(str(error)) from error

    def fault(self, path: KeyPath, sentence: str) -> UserError:
        """The error for the value at `path`; `sentence` continues after its name and ends with 。"""
        if not self._lines:
            self._lines = locate(self._text)
        known = path
        while known and known not in self._lines:
            known = known[:-1]
        return self.fault_on_line(self._lines.get(known, 1), f"{show(path)} {sentence}".strip())

    def fault_on_line(self, line: int, sentence: str) -> UserError:
        """The error for a line as such."""
        return UserError(f"通知包 {self.name} 第 {line} 行：{sentence}")

    def _refuse_monsters(self) -> None:
        """Refuse what no notice contains but would keep tomllib busy for minutes."""
        for number, line in enumerate(self._text.split("\n"), 1):
            if len(line) > MAX_LINE:
                raise self.fault_on_line(number, f"这一行超过 {MAX_LINE} 个字，请分开写。")
            if line.count(".") > MAX_DOTS and not line.lstrip().startswith("#"):
                raise self.fault_on_line(number, f"这一行的英文句点超过 {MAX_DOTS} 个，请改写。")

    def _syntax_error(self, said: str) -> UserError:
        found = re.search(r"at line (\d+)", said)
        line = int(found.group(1)) if found else self._text.rstrip("\n").count("\n") + 1
        meaning = next((ours for theirs, ours in _SYNTAX if said.startswith(theirs)), "写法不符合 TOML 格式")
        error = self.fault_on_line(line, f"{meaning}。")
        return UserError(error.message, detail=said)


def show(path: KeyPath) -> str:
    """A path as an author of packs reads it, list positions counted from 1: forms[2].items[1].level."""
    name = ""
    for step in path:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{harmless(step)}" if name else harmless(step)
    return name


def harmless(text: str) -> str:
    """Text of the pack as an error may repeat it: short, and without characters that spoil the sentence."""
    return UNPRINTABLE.sub("?", text.replace("\n", " "))[:30]
