"""What the writer of an answering mail added to it, without the mail that it answers."""

import html
import re

_QUOTED = re.compile(r"\s*(>|&gt;|＞|\|)")
# From here on it is the mail that is answered, however the mail program introduces it.
_REST = re.compile(
    r"\s*(-{2,}\s*(原始邮件|回复的原邮件|转发|Original Message|Forwarded)|_{10,}|"
    r"(发件人|寄件者|From)\s*[:：]|在\s?.{4,80}(写道|写到)\s*[:：]|On\s.{6,120}\bwrote:|"
    r"(At|于)\s?.{6,120}(wrote|写道)\s*[:：])",
    re.IGNORECASE,
)
_BREAKS = frozenset(("p", "div", "br", "tr", "li", "hr", "table", "h1", "h2", "h3"))
_SILENT = frozenset(("head", "title", "blockquote"))
_NO_TEXT = frozenset(("script", "style"))  # nothing in them is a tag but their own end
# Comments, tags, and whatever else looks like one. Each alternative gives up at the next “<”, so that no text takes
# longer than its length: html.parser takes minutes over some, and stops with an AssertionError at others.
_TOKEN = re.compile(r"<!--|-->|<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>|<[!?/][^<>]*>")


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
    """The text of an HTML mail as lines; quoted mails, comments, scripts and styles are left out."""
    words: list[str] = []
    silent, awaited, last = 0, "", 0
    for token in _TOKEN.finditer(source):
        if not silent and not awaited:
            words.append(_text(source[last : token.start()]))
        last = token.end()
        tag, ends = (token["tag"] or token[0]).lower(), bool(token["end"])
        if awaited:
            awaited = "" if tag == awaited and (ends or tag == "-->") else awaited
        elif tag == "<!--":
            awaited = "-->"
        elif tag in _NO_TEXT and not ends:
            awaited = tag
        elif tag in _SILENT:
            silent = max(0, silent - 1) if ends else silent + 1
        elif tag in _BREAKS and not silent:
            words.append("\n")
    if not silent and not awaited:
        words.append(_text(source[last:]))
    return "".join(words)


def _text(part: str) -> str:
    plain = html.unescape(part)
    return " ".join(plain.split()) if plain.strip() else " " * bool(plain)
