"""A recipe from a file of the user's own Python: `load_recipe`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from scraper.errors import UsageError
from scraper.run.boundary import Mishap, attempt

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from scraper.extract.recipes import Recipe

Result = TypeVar("Result")


def load_recipe(path: Path) -> Recipe:
    """The function `recipe` of the file, which is run. What it raises, now or when called, becomes a UsageError."""
    import runpy  # unlike an import it leaves no __pycache__ beside the user's file, and is never stale

    recipe = _guarded(path, partial(runpy.run_path, str(path))).get("recipe")
    if not callable(recipe):
        raise UsageError("no function `recipe(soup)` in it", str(path))

    @wraps(recipe)
    def guarded(soup: BeautifulSoup) -> Mapping[str, object]:
        found: Mapping[str, object] = _guarded(path, partial(recipe, soup))
        return found

    return guarded


def _guarded(path: Path, work: Callable[[], Result]) -> Result:
    try:
        found = attempt(work)
    except OSError as error:  # a missing file of the recipe's own, or the recipe itself cannot be read
        raise UsageError(f"{type(error).__name__}: {error}", str(path)) from error
    if not isinstance(found, Mishap):
        return found
    lines = re.findall(rf'File "{re.escape(str(path))}", line (\d+)', found.traceback)
    raise UsageError(f"line {lines[-1]}: {found.message}" if lines else found.message, str(path))
