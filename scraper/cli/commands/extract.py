"""`extract FILE|URL|-`: one page as JSON, no database."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from scraper.cli.options import Known, example, fetched_at_option, url_option, with_known, with_settings
from scraper.cli.output import print_json

if TYPE_CHECKING:
    from scraper.settings import Settings


@click.command("extract", epilog=example("extract saved.html --url https://blog.example/hello | jq .post.title"))
@click.argument("source", metavar="FILE|URL|-")
@url_option
@fetched_at_option
@with_known
@with_settings
def command(
    source: str,
    url: str | None,
    fetched_at: datetime | None,
    known: Known,
    settings: Settings,
) -> None:
    """Write what one page says as JSON.

    That is the post, its people and comments, and what was taken off the page. '-' is standard input. No database is
    changed.
    """
    from scraper.run.importing.single import read_single
    from scraper.run.recipes import load_recipe

    recipe = load_recipe(known.recipe_file) if known.recipe_file else None
    print_json(read_single(source, settings, url=url, fetched_at=fetched_at, recipe=recipe, archive=known.archive))
