"""回执码: eight symbols that two people can compare over the telephone."""

import hashlib
import unicodedata
from collections.abc import Iterable

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, O, 1 or I: they are mistaken for one another when read out or written down."""

_GROUP = 4
_LENGTH = 8
_BITS = 5  # of each symbol


def content_digest(files: Iterable[tuple[str, str]]) -> str:
    """The SHA-256 over `files`, each its name and the SHA-256 of its bytes, whatever their order."""
    total = hashlib.sha256()
    for name, digest in sorted(files):
        total.update(f"{digest}  {name}\n".encode())
    return total.hexdigest()


def receipt_code(digest: str) -> str:
    """The code of a content, as it is printed: 7KQM-4HXT. `digest` is a SHA-256 in hexadecimal."""
    value = int(digest, 16) >> (256 - _LENGTH * _BITS)
    symbols = "".join(ALPHABET[(value >> shift) & 31] for shift in range((_LENGTH - 1) * _BITS, -1, -_BITS))
    return f"{symbols[:_GROUP]}-{symbols[_GROUP:]}"


def same_code(typed: str, code: str) -> bool:
    """Whether what somebody typed is this code: small letters, full-width ones, spaces and dashes do not matter."""
    return _bare(typed) == _bare(code) != ""


def is_code(typed: str) -> bool:
    """Whether it has the shape of a code at all: eight symbols, none of those that codes do without."""
    bare = _bare(typed)
    return len(bare) == _LENGTH and all(symbol in ALPHABET for symbol in bare)


def _bare(text: str) -> str:
    kept = unicodedata.normalize("NFKC", text).upper()
    return "".join(symbol for symbol in kept if not symbol.isspace() and unicodedata.category(symbol) != "Pd")
