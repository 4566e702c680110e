"""A guard against a fault of PySide6 6.12 on Python 3.11; it does nothing on 3.12 and later. Drop it with 3.11.

On 3.11 every call into PySide6 6.12.0 that returns None takes one reference from None without having given it. After some
thousand calls (five minutes of work, or `widget.resize(...)` in a loop) None is “freed” and Python aborts with “none_dealloc:
deallocating None”. PySide6 6.11 on 3.11 and 6.12 on 3.12, where None is not counted at all, are sound. Measured with
sys.getrefcount(None) before and after such a call; True, False and small numbers are counted rightly.
"""

import sys

ENOUGH = 1 << 60  # calls; a million a second would take 36,000 years


def keep_none_alive() -> None:
    """Give None more references than PySide6 can ever take. Calling it twice is harmless."""
    if sys.version_info < (3, 12) and sys.getrefcount(None) < ENOUGH:
        from ctypes import c_ssize_t

        c_ssize_t.from_address(id(None)).value += ENOUGH  # the count is the first field of every object
