"""`extract FILE|URL|-`: one page as JSON, no database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import example, fetched_at_option, recipe_option, url_option, with_settings
from scraper.cli.output import print_json

if TYPE_CHECKING:
    from scraper.settings import Settings


@click.command("extract", epilog=example("extract saved.html --url https://blog.example/hello | jq .post.title"))
@click.argument("source", metavar="FILE|URL|-")
@url_option
@fetched_at_option
@recipe_option
@with_settings
def command(
    source: str, url: str | None, fetched_at: datetime | None, recipe_file: Path | None, settings: Settings
) -> None:
    """Write what one page says as JSON.

    That is the post, its people and comments, and what was taken off the page. '-' is standard input. No database is
    touched.
    """
    from scraper.cli.recipe import load_recipe
    from scraper.run.single import read_single

    recipe = load_recipe(recipe_file) if recipe_file else None
    print_json(read_single(source, settings, url=url, fetched_at=fetched_at, recipe=recipe))
