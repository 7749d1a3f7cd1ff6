"""What other installed packages add: `installed`, by their entry points.

Groups: `blog_to_sqlite.platforms` (a `Platform` each) and `blog_to_sqlite.formats` (a `Format` of an export each).
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TypeVar

from scraper.errors import UsageError

T = TypeVar("T")


def installed(group: str, kind: type[T]) -> tuple[T, ...]:
    """The values that entry points of this group name, in the order of these names.

    UsageError for one that cannot be loaded, or is no `kind`.
    """
    found = []
    for point in sorted(entry_points(group=group), key=lambda each: each.name):
        about = f"plug-in {point.name} ({point.value})"
        try:
            value = point.load()
        except Exception as error:  # another's code, which may raise anything as it is imported
            raise UsageError(f"cannot be loaded: {type(error).__name__}: {error}", about) from error
        if not isinstance(value, kind):
            raise UsageError(f"is a {type(value).__name__}, not a {kind.__name__}", about)
        found.append(value)
    return tuple(found)
