"""Recipes from files and from an archive, and which of them a page is read with."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from scraper.errors import UsageError
from scraper.model import Page, RecipeText
from scraper.run.boundary import Mishap, attempt

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from scraper.extract.recipe.recipes import Recipe
    from scraper.run.reading import Source

Result = TypeVar("Result")
FAILED = "recipe failed: "  # how the notice begins of a page that was read without its recipe


@dataclass(frozen=True, slots=True)
class LoadedRecipe:
    """A recipe as its text, and ready to be used."""

    text: RecipeText
    recipe: Recipe
    given: bool = True  # for this run; else it is the archive's

    def is_for(self, url: str | None) -> bool:
        """Whether pages of this URL are read with it. One of the archive's has to say which pages it is for."""
        from scraper.extract.recipe.selector_recipe import SelectorRecipe

        if not isinstance(self.recipe, SelectorRecipe):
            return self.given
        return self.recipe.is_for(url) and (self.given or bool(self.recipe.urls and url))


def load_recipe(path: Path) -> LoadedRecipe:
    """The recipe in the file: selectors if its name ends in .toml, else the function `recipe` of Python that is run.

    Raises UsageError with the file, and the line or key, for one that is none. What the function raises when it is
    called becomes a UsageError too.
    """
    kind: Literal["toml", "python"] = "toml" if path.suffix.lower() == ".toml" else "python"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{type(error).__name__}: {error}", str(path)) from error
    known = RecipeText(path.name, kind, text, hashlib.sha256(text.encode()).hexdigest())
    return LoadedRecipe(known, _selectors(text, str(path)) if kind == "toml" else _function(path))


def stored_recipes(texts: Iterable[RecipeText]) -> tuple[LoadedRecipe, ...]:
    """Those of an archive's recipes that are selectors: Python out of a database is never run."""
    return tuple(
        LoadedRecipe(each, _selectors(each.text, each.name), given=False) for each in texts if each.kind == "toml"
    )


def read_with(recipes: Iterable[LoadedRecipe], page: Page, source: Source) -> Page:
    """The page, by the first recipe that is for it; a page on which that goes wrong stays, with a notice."""
    from scraper.extract.recipe.recipes import with_recipe

    if page.post is None:
        return page
    found = next((each for each in recipes if each.is_for(page.url)), None)
    if found is None:
        return page
    times = {"fetched_at": source.fetched_at, "fetched_before": source.fetched_before}
    try:
        made = with_recipe(page, source.payload, found.recipe, **times)
    except UsageError as error:
        return replace(page, notices=(*page.notices, f"{FAILED}{error}"))
    return made if made.post is page.post else replace(made, recipe=found.text.sha256)


def _selectors(text: str, file: str) -> Recipe:
    from scraper.extract.recipe.selector_recipe import parse_recipe

    return parse_recipe(text, file)


def _function(path: Path) -> Recipe:
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
