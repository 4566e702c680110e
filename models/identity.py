"""Record identities that sort by the moment they were made."""

import os
import time


def new_uid() -> str:
    """A fresh UUIDv7 (RFC 9562 §5.7) as lower-case text.

    The first 48 bits are the Unix time in milliseconds, so that records made later sort later and
    neighbours in time are neighbours in the primary key. The rest is random.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)  # version 7
    value = (value & ~(0x3 << 62)) | (0x2 << 62)  # variant of RFC 9562
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
