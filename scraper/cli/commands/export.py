"""`export DB DEST --to FORMAT`: an archive in another form."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scraper.cli.options import EXISTING_DB, example
from scraper.export.formats import FORMATS
from scraper.text.prose import one_line

_ABOUT = "\n".join(f"  {form.name:<9} {form.about}" for form in FORMATS.values())


@click.command(
    "export",
    epilog=example(
        "export voices.db - --to jsonl | jq .title",
        "export voices.db site --to html",
        "export voices.db bread.epub --to epub --where \"title LIKE '%bread%'\"",
    ),
    help=f"""Write the archive in another form.

DEST is a file or a folder, as the format has it; it appears when it is whole, and takes the place of an earlier export.
'-' is stdout, for formats that are one text. Pages of other kinds than posts are exported too, unless --where says
otherwise.

\b
Formats:
{_ABOUT}
""",
)
@click.argument("db", type=EXISTING_DB)
@click.argument("dest", type=click.Path(allow_dash=True))
@click.option("--to", "form", type=click.Choice(list(FORMATS)), metavar="FORMAT", required=True, help="The format.")
@click.option(
    "--where",
    metavar="SQL",
    help="Only posts for which this holds, over the columns of posts and post_summary: \"kind = 'post'\".",
)
@click.option(
    "--pseudonymise", is_flag=True, help="Replace the names, addresses and pictures of who commented by pseudonyms."
)
@click.option(
    "--key-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The key of the pseudonyms; else one is made and kept beside DB.",
)
def command(db: Path, dest: str, form: str, where: str | None, pseudonymise: bool, key_file: Path | None) -> None:
    """See `help` above: the formats are a table."""
    from scraper.errors import UsageError
    from scraper.export.exporting import export_archive, export_text

    chosen = FORMATS[form]
    if dest == "-" and chosen.makes != "text":
        raise UsageError(f"--to {form} makes a {chosen.makes}; name one", "DEST")
    if key_file and not pseudonymise:
        raise UsageError("only with --pseudonymise", "--key-file")
    key = _key(db, key_file) if pseudonymise else None
    if dest == "-":
        export_text(db, chosen, lambda text: sys.stdout.buffer.write(text.encode()), condition=where, key=key)
        return
    number = export_archive(db, Path(dest), chosen, condition=where, key=key)
    click.echo(one_line(f"{dest}: {number:,} {'post' if number == 1 else 'posts'}"), err=True)


def _key(db: Path, key_file: Path | None) -> bytes:
    from scraper.export.key_file import kept_key, read_key

    if key_file is not None:
        return read_key(key_file)
    path, is_new, key = kept_key(db)
    if is_new:
        click.echo(one_line(f"{path}: the key of the pseudonyms; keep it, and do not give it away"), err=True)
    return key
