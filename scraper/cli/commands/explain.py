"""`explain FILE|URL`: what of a page stayed, what went, and why."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import (
    example,
    fetched_at_option,
    json_option,
    recipe_option,
    url_option,
    with_settings,
)
from scraper.cli.output import print_json, print_table, print_text
from scraper.text.prose import excerpt

if TYPE_CHECKING:
    from scraper.model import Page
    from scraper.settings import Settings

ENCODING_SIGNS = {
    "bom": "its byte order mark",
    "header": "the HTTP header",
    "meta": "a meta element",
    "utf-8": "its bytes, which are valid UTF-8",
    "detected": "what its bytes look like",
    "default": "default: nothing says otherwise",
}


@click.command("explain", epilog=example("explain saved.html"))
@click.argument("source", metavar="FILE|URL|-")
@url_option
@fetched_at_option
@recipe_option
@with_settings
@json_option
def command(
    source: str,
    url: str | None,
    fetched_at: datetime | None,
    recipe_file: Path | None,
    settings: Settings,
    as_json: bool,
) -> None:
    """Say what of a page stayed, what went, and why.

    Each block is kept or taken off by a rule, and each field names the candidates for its value and the winner. '-' is
    standard input.
    """
    from scraper.cli.recipe import load_recipe
    from scraper.run.single import read_single

    recipe = load_recipe(recipe_file) if recipe_file else None
    page = read_single(source, settings, url=url, fetched_at=fetched_at, recipe=recipe)
    if as_json:
        names = ("url", "kind", "post_url", "platform", "encoding", "encoding_source", "removals", "claims", "notices")
        print_json({name: getattr(page, name) for name in names})
        return
    _explain(page)


def _explain(page: Page) -> None:
    print_text(f"{page.post_url or page.url or 'no URL'}: {page.kind}, platform {page.platform or 'unknown'}")
    print_text(f"read as {page.encoding or 'text'}, by {ENCODING_SIGNS.get(page.encoding_source or '', 'itself')}")
    print_text("\nKept")
    print_table(("kind", "rule", "size", "text"), _kept(page))
    print_text("\nTaken off")
    print_table(
        ("kind", "step", "rule", "where", "size", "text"),
        [(each.kind, each.step, each.rule, each.where, each.characters, each.excerpt) for each in page.removals],
    )
    print_text("\nFields")
    print_table(
        ("", "field", "value", "source", "where"),
        [
            ("won" if each.accepted else "", each.field, excerpt(each.value), each.source, each.where)
            for each in sorted(page.claims, key=lambda claim: (claim.field, not claim.accepted))
        ],
    )
    for notice in page.notices:
        print_text(f"notice: {notice}")


def _kept(page: Page) -> list[tuple[str, str, int, str]]:
    """The blocks of the post's text, then bios and comments, each with the rule that found it and its length."""
    blocks = [("post", block) for block in page.post.text.split("\n") if block.strip()] if page.post else []
    bios = [("bio", each.bio_text) for each in page.people if each.bio_text]
    comments = [(each.kind, each.text) for each in page.comments]
    bodies = [claim.where or claim.source for claim in page.claims if claim.field == "body" and claim.accepted]
    rows: list[tuple[str, str, int, str]] = []
    for kept, rules in (
        (blocks, bodies),
        (bios, [each.rule for each in page.removals if each.kind == "author_box"]),
        (comments, [each.rule for each in page.removals if each.kind == "comments"]),
    ):
        rule = "; ".join(dict.fromkeys(rules)) or ("text dump: its place" if page.source == "text" else "")
        rows += [(kind, rule, len(text), excerpt(text)) for kind, text in kept]
    return rows
