"""`export DB DEST --to FORMAT`: an archive in another form."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import click

from scraper.cli.options import EXISTING_DB, example
from scraper.cli.running import say
from scraper.export.formats import FORMATS_OF_CAPTURES, all_formats
from scraper.text.prose import counted, one_line

_FORMS = {name: form.about for name, form in all_formats().items()} | FORMATS_OF_CAPTURES
_ABOUT = "\n".join(f"  {name:<9} {about}" for name, about in _FORMS.items())
PARTLY = 3  # exit code: done, but some records could not be read


@click.command(
    "export",
    epilog=example(
        "export voices.db - --to jsonl | jq .title",
        "export voices.db site --to html",
        "export voices.db bread.epub --to epub --where \"title LIKE '%bread%'\"",
    ),
    help=f"""Write the archive in another form.

DEST is a file or a folder, as the format has it; it appears when it is whole, and takes the place of an earlier export
in the same format. '-' is stdout, for formats that are one file of text, WARC or WACZ. Pages of other kinds than
posts are exported too, unless --where says otherwise.

\b
Formats:
{_ABOUT}
""",
)
@click.argument("db", type=EXISTING_DB)
@click.argument("dest", type=click.Path(allow_dash=True))
@click.option("--to", "form", type=click.Choice(list(_FORMS)), metavar="FORMAT", required=True, help="The format.")
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
def command(db: Path, dest: str, form: str, where: str | None, pseudonymise: bool, key_file: Path | None) -> int:
    """See `help` above: the formats are a table."""
    from scraper.errors import UsageError
    from scraper.export.exporting import export_archive, export_text

    if form in FORMATS_OF_CAPTURES:
        if pseudonymise or key_file:
            raise UsageError("captures are as they came: there are no pseudonyms in them", f"--to {form}")
        return _export_captures(db, dest, form, where)
    chosen = all_formats()[form]
    if dest == "-" and chosen.makes != "text":
        raise UsageError(f"--to {form} makes a {chosen.makes}; name one", "DEST")
    if key_file and not pseudonymise:
        raise UsageError("only with --pseudonymise", "--key-file")
    key = _key(db, key_file) if pseudonymise else None
    if dest == "-":
        export_text(db, chosen, lambda text: sys.stdout.buffer.write(text.encode()), condition=where, key=key)
        return 0
    number = export_archive(db, Path(dest), chosen, condition=where, key=key)
    click.echo(one_line(f"{dest}: {counted(number, 'post or page', 'posts and pages')}"), err=True)
    captures = db.with_suffix(".warc")
    if form == "sqlite" and captures.is_dir() and captures.resolve().parent != Path(dest).resolve().parent:
        advice = "they have all names" if pseudonymise else f"copy that folder beside {dest}"
        click.echo(one_line(f"its captures stay in {captures}, and `check` misses them; {advice}"), err=True)
    return 0


def _export_captures(db: Path, dest: str, form: str, where: str | None) -> int:
    """The exit code, once the captures are written and those that cannot be read are told of."""
    from scraper.errors import InputError
    from scraper.export.captures import export_captures
    from scraper.export.destination import made_file
    from scraper.run.upkeep.warc_folders import refuse_missing
    from scraper.store.archive import Archive, utc_now

    unread = 0

    def tell(line: str) -> None:
        nonlocal unread
        unread += 1
        click.echo(one_line(line), err=True)

    with Archive(db, readonly=True) as archive:
        refuse_missing(archive, db, say)
    with ExitStack() as stack:
        file: IO[bytes] = sys.stdout.buffer
        if dest != "-":
            file = stack.enter_context(stack.enter_context(made_file(Path(dest), db, form)).open("wb"))
        number = export_captures(db, form, file, now=utc_now(), tell=tell, condition=where)
        if unread and dest != "-" and Path(dest).exists():
            lost = f"{_counted(unread)} cannot be read; name a new file for the others"
            raise InputError(f"the earlier export stays, for {lost}", dest)
    if dest != "-":
        click.echo(one_line(f"{dest}: {_counted(number)}"), err=True)
    return PARTLY if unread else 0


def _counted(captures: int) -> str:
    return f"{captures:,} {'capture' if captures == 1 else 'captures'}"


def _key(db: Path, key_file: Path | None) -> bytes:
    from scraper.export.key_file import kept_key, read_key

    if key_file is not None:
        return read_key(key_file)
    path, is_new, key = kept_key(db)
    if is_new:
        click.echo(one_line(f"{path}: the key of the pseudonyms; keep it, and do not give it away"), err=True)
    return key
