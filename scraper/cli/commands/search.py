"""`search DB WORDS`: posts and comments with all the words."""

from __future__ import annotations

from pathlib import Path

import click

from scraper.cli.numbers import WholeNumber
from scraper.cli.options import EXISTING_DB, example, json_option
from scraper.cli.output import print_json, print_text
from scraper.text.prose import fold, one_line

MOST = 1_000_000_000  # hits


EXAMPLES = (
    "search voices.db '\"slow food\" bread'",
    "search voices.db 'yeast -beer in:comments author:\"Ann Lee\" after:2012'",
)


class _SearchCommand(click.Command):
    """A verb whose words may begin with a minus, which its parser takes for an option's."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            hint = "a word that must not be there is put between quotes with the others ('yeast -bread'), or behind --"
            raise click.UsageError(f"{error.format_message().rstrip('.')}; {hint}", ctx) from error


@click.command("search", cls=_SearchCommand, epilog=example(*EXAMPLES))
@click.argument("db", type=EXISTING_DB)
@click.argument("words", nargs=-1, required=True)
@click.option(
    "-n", "--limit", type=WholeNumber(1, MOST), metavar="N", default=20, show_default=True, help="At most so many."
)
@click.option("--offset", type=WholeNumber(0, MOST), metavar="N", default=0, help="Leave out the first so many.")
@json_option
def command(db: Path, words: tuple[str, ...], limit: int, offset: int, as_json: bool) -> None:
    """Find posts and comments by their words.

    All words have to be there; "quoted words" have to stand side by side; -word must not be there. Case and accents do
    not count. To narrow it: author:NAME, tag:NAME, blog:HOST, in:posts, in:comments, after:2012, before:2012-05-14 (a
    year, month or day; up to its beginning); "quotes" hold a name together (author:"Ann Lee"). The best come first,
    without a word the newest.
    """
    from scraper.query.search import count_by_facet, search
    from scraper.query.typed import misread
    from scraper.store.lookup.hits import MOST_RANKED
    from scraper.store.reader import Reader

    with Reader(db) as reader:
        hits = search(reader, " ".join(words), limit, offset)
        found = count_by_facet(reader, " ".join(words)) if len(hits) == limit and not as_json else None
    for note in misread(" ".join(words)):
        click.echo(one_line(f"looked for as a word: {note}"), err=True)
    if as_json:
        print_json(hits)
        return
    if not hits:
        click.echo("no more found" if offset else "nothing found", err=True)
    for hit in hits:
        byline = ", ".join(part for part in (hit.author, hit.published) if part)
        title = hit.title or "(no title)"
        kind = f"{hit.kind} page" if hit.kind in ("about", "other") else hit.kind
        print_text(fold(f"{kind} {hit.comment_id or hit.post_id}: {title} ({byline or 'undated'})"))
        print_text(f"  {hit.url}")
        print_text(f"  {fold(hit.snippet)}")
    if found and found.total > offset + limit:
        number = f"{found.total:,}" if found.is_whole else f"more than {MOST_RANKED:,}"
        click.echo(f"{offset + len(hits):,} of {number}; `--offset {offset + limit}` goes on", err=True)
