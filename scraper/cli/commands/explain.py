"""`explain FILE|URL`: what of a page stayed, what went, and why."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from scraper.cli.options import (
    Known,
    example,
    fetched_at_option,
    json_option,
    url_option,
    with_known,
    with_settings,
)
from scraper.cli.output import WITHHELD, print_json, print_table, print_text
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
@with_known
@with_settings
@json_option
def command(
    source: str,
    url: str | None,
    fetched_at: datetime | None,
    known: Known,
    settings: Settings,
    as_json: bool,
) -> None:
    """Say what of a page stayed, what went, and why.

    Each block is kept or taken off by a rule, and each field names the candidates for its value and the winner. '-' is
    standard input.
    """
    from scraper.run.importing.single import read_single
    from scraper.run.recipes import load_recipe

    recipe = load_recipe(known.recipe_file) if known.recipe_file else None
    page = read_single(source, settings, url=url, fetched_at=fetched_at, recipe=recipe, archive=known.archive)
    if as_json:
        names = (
            "url",
            "kind",
            "post_url",
            "post_page",
            "post_pages",
            "view",
            "platform",
            "encoding",
            "encoding_source",
        )
        print_json({name: getattr(page, name) for name in (*names, "removals", "claims", "notices")})
        return
    _explain(page)


def _explain(page: Page) -> None:
    print_text(f"{page.post_url or page.url or 'no URL'}: {page.kind}, platform {page.platform or 'unknown'}")
    print_text(f"read as {page.encoding or 'text'}, by {ENCODING_SIGNS.get(page.encoding_source or '', 'itself')}")
    if page.post_page is not None:
        print_text(f"page {page.post_page} of a post that stands on several: {', '.join(page.post_pages)}")
    if page.post and page.post.withheld:
        print_text(f"not all of it: {WITHHELD[page.post.withheld]}")
    print_text("\nKept")
    print_table(("what", "size", "text"), _kept(page))
    for kept, rules in _finders(page):
        print_text(f"the {kept} by {rules}")
    if page.source == "text":
        print_text("each line by its place between the labels of a text dump")
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


def _kept(page: Page) -> list[tuple[str, int, str]]:
    """The blocks of the post's text, then bios and comments, each with its length."""
    rows: list[tuple[str, int, str]] = []
    if page.post:
        rows += [("post", len(block), excerpt(block)) for block in page.post.text.split("\n") if block.strip()]
    rows += [("bio", len(each.bio_text), excerpt(each.bio_text)) for each in page.people if each.bio_text]
    rows += [(each.kind, len(each.text), excerpt(each.text)) for each in page.comments]
    return rows


def _finders(page: Page) -> list[tuple[str, str]]:
    """What is kept, and the rules that found it; nothing of a text dump, where each line is kept by its place."""
    rules = (
        ("post", [each.where or each.source for each in page.claims if each.field == "body" and each.accepted]),
        ("bio", [each.rule for each in page.removals if each.kind == "author_box"]),
        ("comments", [each.rule for each in page.removals if each.kind == "comments"]),
    )
    return [(kept, "; ".join(dict.fromkeys(found))) for kept, found in rules if found]
