"""`import DB PATH...`: saved pages, text dumps, WARCs, exports."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from scraper.cli.options import (
    ArchivePath,
    Manner,
    WriterCommand,
    base_settings,
    example,
    fetched_at_option,
    recipe_option,
    url_option,
    wait_option,
    with_manner,
)
from scraper.cli.running import run_with_progress

EXAMPLES = example(
    "import voices.db saved/ site.warc.gz",
    "import voices.db post.html --url https://blog.example/hello --fetched-at 2024-03-20",
    "import voices.db wordpress.2024-03-20.xml disqus.xml",
    "import voices.db ghost.json --url https://blog.example/",
)


@click.command("import", cls=WriterCommand, epilog=EXAMPLES)
@click.argument("db", type=ArchivePath())
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path, readable=False)
)
@url_option
@fetched_at_option
@click.option(
    "--keep-private",
    is_flag=True,
    help="Keep the mail and IP addresses of who commented, where an export has them; else they never reach a disk.",
)
@recipe_option
@wait_option
@with_manner
def command(
    db: Path,
    paths: tuple[Path, ...],
    url: str | None,
    fetched_at: datetime | None,
    keep_private: bool,
    recipe_file: Path | None,
    wait: int,
    manner: Manner,
) -> int:
    """Read saved pages, text dumps, WARCs and blogs' exports into DB.

    Folders are read whole; what is held already is not stored again. Exports are those of WordPress, Blogger, Movable
    Type, Disqus, Ghost and Substack.

    A page's URL is the one given, else the one that the page states, else its digest. For a folder --url is where the
    site is that it is a mirror of, for an export where the blog is. Without --fetched-at, a file's modification time
    only bounds from above when the page was fetched.
    """
    from scraper.run.importing.files import ImportOptions
    from scraper.run.importing.imports import import_paths
    from scraper.run.recipes import load_recipe

    recipe = load_recipe(recipe_file) if recipe_file else None
    options = ImportOptions(url=url, fetched_at=fetched_at, keep_private=keep_private)
    settings = base_settings(lock_wait=wait)
    return run_with_progress(lambda watcher: import_paths(db, paths, options, settings, watcher, recipe), manner)
