"""What becomes of characters that have no shape on paper or no place in XML.

Everything with a shape is printed literally. What has none is handled here, once for all exporters:

* control characters are dropped; tab becomes a space on paper and stays a tab in Excel;
* every kind of line end becomes a line feed;
* marks that only steer the direction or joining of text (RTL marks, zero-width joiner, variation
  selectors, emoji tags) are dropped, so text always prints in the order in which it was typed and a
  family emoji prints as its members, a flag as its two boxed letters;
* every exotic space becomes a space, the full-width one stays;
* a letter followed by a combining accent becomes the accented letter;
* half of a surrogate pair (damaged data) becomes U+FFFD.
"""

import re
import unicodedata

_LINE_END_CLASS = "\r\v\f\x1c-\x1e\x85\u2028\u2029"
_SURROGATE_CLASS = "\ud800-\udfff"
_SPACE_CLASS = "\t\xa0\u1680\u2000-\u200a\u202f\u205f"
_SHAPELESS_CLASS = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ACCENT_CLASS = "\u0300-\u036f"

_LINE_END = re.compile(f"\r\n|[{_LINE_END_CLASS}]")
_SURROGATE = re.compile(f"[{_SURROGATE_CLASS}]")
_SPACE = re.compile(f"[{_SPACE_CLASS}]")
_SHAPELESS = re.compile(f"[{_SHAPELESS_CLASS}]")
_ACCENTED = re.compile(rf"[^\W\d_][{_ACCENT_CLASS}]+")
_NEEDS_WORK = re.compile(f"[{_LINE_END_CLASS}{_SURROGATE_CLASS}{_SPACE_CLASS}{_SHAPELESS_CLASS}{_ACCENT_CLASS}]")
_NOT_XML_CLASS = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"
_NOT_XML = re.compile(f"[{_NOT_XML_CLASS}]")
_NOT_STORABLE = re.compile(f"[\r{_NOT_XML_CLASS}{_SURROGATE_CLASS}]")


def printable(text: str) -> str:
    """`text` as it can be set on paper: only characters with a shape, spaces and line feeds."""
    if _NEEDS_WORK.search(text) is None:  # nearly always, and this is called for every cell
        return text
    text = _LINE_END.sub("\n", text)
    text = _SURROGATE.sub("\ufffd", text)
    text = _SHAPELESS.sub("", _SPACE.sub(" ", text))
    return _ACCENTED.sub(lambda match: unicodedata.normalize("NFC", match.group()), text)


def storable(text: str) -> str:
    """`text` as XML can hold it: typed as it was, less control characters; line ends as line feeds."""
    if _NOT_STORABLE.search(text) is None:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _NOT_XML.sub("", text))
