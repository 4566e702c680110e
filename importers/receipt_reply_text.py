"""What the writer of an answering mail added to it, without the mail that it answers."""

import re
from html.parser import HTMLParser

_QUOTED = re.compile(r"\s*(>|&gt;|＞|\|)")
# From here on it is the mail that is answered, however the mail program introduces it.
_REST = re.compile(
    r"\s*(-{2,}\s*(原始邮件|回复的原邮件|转发|Original Message|Forwarded)|_{10,}|"
    r"(发件人|寄件者|From)\s*[:：]|在\s?.{4,80}(写道|写到)\s*[:：]|On\s.{6,120}\bwrote:|"
    r"(At|于)\s?.{6,120}(wrote|写道)\s*[:：])",
    re.IGNORECASE,
)
_BREAKS = frozenset(("p", "div", "br", "tr", "li", "hr", "table", "h1", "h2", "h3"))
_SILENT = frozenset(("script", "style", "head", "title"))
_QUOTES = ("blockquote",)


def own_words(text: str) -> str:
    """The lines before the quoted mail that are not quoted themselves."""
    own: list[str] = []
    for line in text.splitlines():
        if _REST.match(line[:200]):
            break
        if not _QUOTED.match(line):
            own.append(line)
    return "\n".join(own)


def words_of_html(source: str) -> str:
    """The text of an HTML mail as lines; quoted mails, scripts and styles are left out."""
    reader = _Words()
    reader.feed(source)
    reader.close()
    return "".join(reader.words)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT or tag in _QUOTES:
            self._silent += 1
        elif tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT or tag in _QUOTES:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(" ".join(data.split()) if data.strip() else " ")
