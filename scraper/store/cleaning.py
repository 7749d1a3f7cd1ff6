"""Values as SQLite can hold them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")
_INTEGERS = range(-(2**63), 2**63)


def storable(value: T) -> T:
    r"""The value with lone surrogates as U+FFFD and integers of more than 64 bits as None, however deep they stand.

    >>> storable(("a\ud800", 2**70, 3))
    ('a�', None, 3)
    """
    clean: Any = value
    if isinstance(value, str):
        clean = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    elif isinstance(value, int):
        clean = value if value in _INTEGERS else None
    elif isinstance(value, tuple):
        clean = tuple(storable(part) for part in value)
    elif is_dataclass(value) and not isinstance(value, type):
        changes = {part.name: storable(getattr(value, part.name)) for part in fields(value)}
        clean = replace(value, **changes)
    return clean  # type: ignore[no-any-return]
