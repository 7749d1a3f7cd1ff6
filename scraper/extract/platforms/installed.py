"""Platforms that other installed packages describe: plug-ins, found by their entry points."""

from __future__ import annotations

from importlib.metadata import entry_points

from scraper.errors import UsageError
from scraper.extract.platforms.rules import Platform

GROUP = "blog_to_sqlite.platforms"


def installed_platforms() -> tuple[Platform, ...]:
    """Those of all plug-ins, by the names of their entry points; UsageError for one that is no `Platform`."""
    found = []
    for point in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        about = f"plug-in {point.name} ({point.value})"
        try:
            platform = point.load()
        except Exception as error:
            raise UsageError(f"cannot be loaded: {type(error).__name__}: {error}", about) from error
        if not isinstance(platform, Platform):
            raise UsageError(f"is a {type(platform).__name__}, not a Platform", about)
        found.append(platform)
    return tuple(found)
