"""`serve DB`: the archive as web pages on this machine."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from scraper.cli.numbers import WholeNumber
from scraper.cli.options import EXISTING_DB, example

LOOPBACK = "127.0.0.1"
PORT = 8001


@click.command("serve", epilog=example("serve voices.db", "serve voices.db --port 8080 --open"))
@click.argument("db", type=EXISTING_DB)
@click.option("--port", type=WholeNumber(0, 65_535), default=PORT, show_default=True, metavar="N", help="0: any.")
@click.option(
    "--host",
    default=LOOPBACK,
    show_default=True,
    metavar="ADDRESS",
    help="Where to listen. Anything but loopback lets others read the whole archive.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="Answer to this host name too, as behind a proxy; repeatable.",
)
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
def command(db: Path, port: int, host: str, names: tuple[str, ...], opens: bool) -> None:
    """Show the archive as web pages: read, search, see where each value comes from.

    Blogs, posts with their threads, people, history and health; and Datasette's tables and SQL behind them. Nothing is
    written, and nothing is loaded from elsewhere. Takes the extra 'web'. Ctrl-C ends it.
    """
    from scraper.web import need_web

    need_web()
    from scraper.web.server import Serving, serve

    serving = Serving(db, host, port, names)

    def tell(address: str) -> None:
        click.echo(address)
        if not serving.is_local:
            click.echo(f"blog-to-sqlite: whoever can reach {host} can read all of {db}", err=True)
        click.echo("Ctrl-C ends it", err=True)
        if opens:
            click.launch(address)

    with contextlib.suppress(KeyboardInterrupt):  # its usual end
        serve(serving, tell)
