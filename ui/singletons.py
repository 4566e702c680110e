"""A guard against a fault of PySide6 6.12 on Python 3.11. It does nothing on 3.12 and later; drop it with 3.11.

PySide6 6.12.0 returns None, True and False without counting the reference, as is right since Python 3.12, where they
are not counted. On 3.11 each such call takes one reference away, and after some thousand of them (minutes of work, or
`widget.resize(...)` in a loop) Python aborts with “none_dealloc: deallocating None”. 6.11 on 3.11 is sound, and so is
6.12 on 3.12. Measured with sys.getrefcount(None) before and after a call.
"""

import sys

ENOUGH = 1 << 60  # calls; a million a second would take 36,000 years
SINGLETONS = (None, True, False, NotImplemented)


def keep_singletons_alive() -> None:
    """Give them more references than PySide6 can ever take. Calling it twice is harmless."""
    if sys.version_info < (3, 12):
        from ctypes import c_ssize_t

        for singleton in SINGLETONS:
            if sys.getrefcount(singleton) < ENOUGH:
                c_ssize_t.from_address(id(singleton)).value += ENOUGH  # the count is the first field of every object
