"""Record identities that sort by the moment they were made."""

import os
import threading
import time

_RANDOM_BITS = 74  # of a UUIDv7; the rest is the time, the version and the variant


class _Stamps:
    """Hands out the time with random bits behind it, each time more than before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def take(self) -> int:
        milliseconds = time.time_ns() // 1_000_000
        fresh = (milliseconds << _RANDOM_BITS) | (int.from_bytes(os.urandom(10), "big") >> (80 - _RANDOM_BITS))
        step = 1 + int.from_bytes(os.urandom(4), "big")
        with self._lock:
            later = fresh >> _RANDOM_BITS > self._last >> _RANDOM_BITS
            self._last = fresh if later else self._last + step
            return self._last


_STAMPS = _Stamps()


def new_uid() -> str:
    """A fresh UUIDv7 (RFC 9562 §5.7) as lower-case text, greater than every earlier one of this process.

    The first 48 bits are the Unix time in milliseconds, so that records made later sort later and
    neighbours in time are neighbours in the primary key. The rest is random; within a millisecond, or
    when the clock was set back, it counts on from the last one (§6.2, method 2), so that records saved in
    one go keep their order.
    """
    stamp = _STAMPS.take()
    high, low = stamp >> 62, stamp & ((1 << 62) - 1)  # 48 bits of time with 12 random ones, and 62 random ones
    value = ((high >> 12) << 80) | (0x7 << 76) | ((high & 0xFFF) << 64) | (0b10 << 62) | low
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
