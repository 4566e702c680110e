"""Frozen dataclasses made fast, where thousands of them are made at once.

The `__init__` of a frozen dataclass sets each field by a call of `object.__setattr__`, most of the time that reading
a year's activities or filling a large form takes. A maker fills an object of a class with the same slots that is not
frozen, and then changes its class: Python allows that between classes of the same layout. What comes out is an object
of the frozen class like any other.
"""

from collections.abc import Callable
from dataclasses import MISSING, field, fields, make_dataclass
from typing import Any, TypeVar

T = TypeVar("T")


def maker_of(made: type[T]) -> Callable[..., T]:
    """What makes objects of `made`, a frozen dataclass with slots and plain defaults, as its constructor does.

    TypeError for a class that is laid out otherwise, or runs code of its own when it is made.
    """
    if hasattr(made, "__post_init__") or any(each.default_factory is not MISSING for each in fields(made)):  # type: ignore[arg-type]
        raise TypeError(made)
    described: list[Any] = [
        each.name if each.default is MISSING else (each.name, Any, field(default=each.default))
        for each in fields(made)  # type: ignore[arg-type]
    ]
    unfrozen: Callable[..., Any] = make_dataclass("_Unfrozen", described, slots=True, eq=False, repr=False)

    def make(*values: Any) -> T:
        filled = unfrozen(*values)
        filled.__class__ = made
        return filled

    return make
