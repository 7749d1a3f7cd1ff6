"""What a user knows of one blog, over what was extracted: `with_recipe`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from inspect import unwrap
from typing import TYPE_CHECKING, Any, TypeAlias

from scraper.errors import UsageError
from scraper.extract.layout.render import DROPPED, Rendered, render
from scraper.extract.platforms import platform_named
from scraper.extract.recipe.recipe_comments import recipe_comments
from scraper.extract.recipe.selector_recipe import SelectorRecipe
from scraper.extract.threads.comment_times import Clock
from scraper.model import Byline, Claim, Comment, Page, Post, When
from scraper.parse.decode import decode
from scraper.parse.html import parse_html
from scraper.text.dates import read_time
from scraper.text.prose import excerpt, fold
from scraper.text.urls import resolve

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

Recipe: TypeAlias = "Callable[[BeautifulSoup], Mapping[str, object]]"

LONGEST = 2_000_000  # bytes or characters of a page; BeautifulSoup takes 1.3 s for each million
# What a recipe may return, and the names under which claims speak of it: first the one for the recipe's own.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "subtitle": ("subtitle",),
    "bylines": ("author",),
    "authors": ("author",),
    "published": ("published",),
    "section": ("section",),
    "tags": ("tag", "tags"),
    "categories": ("category", "categories"),
    "body": ("body",),
    "comments": ("comments",),
}
TAG = re.compile(r"</?[a-z][^<>]*>", re.I)  # what tells HTML from text
PROLOG = re.compile(r"\s*<\?xml[^>]*>")  # BeautifulSoup takes a page that begins so for XML, and warns
TABLE_PARTS = frozenset({"tbody", "tfoot", "thead", "tr"})  # which HTML has nowhere but in a table


def with_recipe(
    page: Page,
    html: bytes | str,
    recipe: Recipe,
    *,
    fetched_at: datetime | None = None,
    fetched_before: datetime | None = None,
) -> Page:
    """The page with the fields that the recipe returned in place of those extracted, each with its claim.

    A field that is None or not returned stays; an empty text or list empties it. A page without a post, from plain
    text, longer than LONGEST or of a URL that the recipe is not for stays as it is, with a notice. Raises UsageError,
    naming the recipe's file and the field, for what is no field or cannot be read as one; what the recipe itself
    raises comes through.

    :param html: what `page` was extracted from; the times are those of `extract_page`.
    """
    post, obstacle = page.post, _obstacle(page, html, recipe)
    if post is None or obstacle:
        return replace(page, notices=(*page.notices, f"recipe: not used, {obstacle}"))
    soup = _soup(page, html)
    stated = soup.select_one("base[href]")  # before the recipe changes the soup
    base = (resolve(page.url, str(stated["href"])) if stated else None) or page.url or page.canonical_url
    file, rounding = _file_of(recipe), platform_named(page.platform).rounding
    returned = _returned(recipe(soup), file)
    said = _said(returned, post, base, file, lambda day: Clock(fetched_at, fetched_before, day, rounding))
    won = [claim for claim in said.claims if claim.accepted]
    lost = {field for claim in won for names in FIELDS.values() if claim.field in names for field in names}
    claims = (replace(claim, accepted=False) if claim.field in lost else claim for claim in page.claims)
    comments = page.comments if said.comments is None else said.comments
    answered = _answered(comments, post, said.post, anew=said.comments is not None)
    return replace(page, post=said.post, claims=(*claims, *said.claims), comments=answered)


@dataclass(frozen=True, slots=True)
class _Said:
    """The post with what a recipe says of it, the comments if it says any, and a claim for each value.

    Of a field that the recipe looks for and does not find the claim is not accepted, and stands behind the others.
    """

    post: Post
    comments: tuple[Comment, ...] | None
    claims: tuple[Claim, ...]


def _said(
    returned: Mapping[str, object], post: Post, base: str | None, file: str, clock_of: Callable[[When | None], Clock]
) -> _Said:
    """What these values say; `clock_of` is by what comments are dated, given when the post appeared."""
    comments: tuple[Comment, ...] | None = None
    won: list[Claim] = []
    for name, value in returned.items():
        if value is None:
            continue
        try:
            if name == "comments":
                comments = recipe_comments(value, base, clock_of(post.published), lambda each: _body(each, base))
                shown: tuple[str, ...] = (str(len(comments)),)
            else:
                change, shown = _read(name, value, post, base)
                post = replace(post, **change)
        except ValueError as error:
            raise UsageError(f"{name}: {error}", file) from error
        won += [Claim(FIELDS[name][0], each, "recipe", file, True) for each in shown or ("",)]
    unfound = (Claim(FIELDS[name][0], "", "recipe", file) for name, value in returned.items() if value is None)
    return _Said(post, comments, (*won, *unfound))


def _obstacle(page: Page, html: bytes | str, recipe: Recipe) -> str | None:
    if isinstance(recipe, SelectorRecipe) and not recipe.is_for(page.url):
        return f"{recipe.file} is for {', '.join(recipe.urls)}"
    if page.source == "text":
        return "the page is plain text"
    if page.post is None:
        return "the page has no post"
    return f"the page is longer than {LONGEST} characters" if len(html) > LONGEST else None


def _soup(page: Page, html: bytes | str) -> BeautifulSoup:
    from bs4 import BeautifulSoup

    if isinstance(html, bytes):
        html = decode(html, f"charset={page.encoding}" if page.encoding else None).text
    return BeautifulSoup(PROLOG.sub("", html, count=1) if PROLOG.match(html) else html, "lxml")


def _file_of(recipe: Recipe) -> str:
    if isinstance(recipe, SelectorRecipe):
        return recipe.file
    code = getattr(unwrap(recipe), "__code__", None)
    return code.co_filename if code else type(recipe).__name__


def _returned(found: object, file: str) -> dict[str, object]:
    """What the recipe has something to say of, by names that are known."""
    if not isinstance(found, Mapping):
        raise UsageError(f"the recipe has to return a dict of fields, not {type(found).__name__}", file)
    for name in found:
        if name not in FIELDS:
            raise UsageError(f"{name!r} is no field of a recipe; there are {', '.join(FIELDS)}", file)
    if "bylines" in found and "authors" in found:
        raise UsageError("bylines and authors are the same field: return one of them", file)
    return dict(found)


def _read(name: str, value: object, post: Post, base: str | None) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The post's fields that one returned value sets, and its claims. Raises ValueError for what it cannot be."""
    match name:
        case "body":
            body = _body(value, base)
            parts = {"html": body.html, "text": body.text, "images": body.images, "links": body.links}
            return parts, (excerpt(body.text),)
        case "bylines" | "authors":
            names, known = _texts(value), {byline.name: byline for byline in post.bylines}
            return {"bylines": tuple(known.get(each) or Byline(each) for each in names)}, names
        case "tags" | "categories":
            return {name: _texts(value)}, _texts(value)
        case "published":
            return {name: _time(_text(value))}, (_text(value),)
    return {name: _text(value) or None}, (_text(value),)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"has to be text, not {type(value).__name__}")
    return fold(value)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"has to be a list of texts, not {type(value).__name__} {excerpt(repr(value), 40)}")
    return tuple(dict.fromkeys(text for each in value if (text := fold(each))))


def _time(text: str) -> When | None:
    when = read_time(text)
    if text and (when is None or when.local is None):
        raise ValueError(f"{excerpt(text)!r} cannot be read as a time; ISO 8601 always can")
    return when


def _body(value: object, base: str | None) -> Rendered:
    """The value through our own tree and sanitising, whoever made it."""
    from bs4 import Tag

    if isinstance(value, Tag):  # a whole page may stand in a form: its own element is not what was asked to go
        html = value.decode_contents() if value.name in DROPPED else str(value)
        html = f"<table>{html}</table>" if value.name in TABLE_PARTS else html
    elif isinstance(value, str):
        html = (
            value
            if TAG.search(value)
            else "".join(f"<p>{escape(line)}</p>" for line in value.splitlines() if line.strip())
        )
    else:
        raise ValueError(f"has to be a Tag, HTML or text, not {type(value).__name__}")
    document = parse_html(html)
    body = render(document.body, base)
    document.release()
    return body


def _answered(comments: tuple[Comment, ...], old: Post, new: Post, anew: bool) -> tuple[Comment, ...]:
    """The comments, those of the people who sign now marked as the author's own."""
    if new.bylines == old.bylines and not anew:
        return comments
    before, now = ({fold(byline.name).casefold() for byline in post.bylines} for post in (old, new))
    by = [fold(comment.author or "").casefold() for comment in comments]
    return tuple(
        replace(comment, by_post_author=name in now or (comment.by_post_author and name not in before))
        for comment, name in zip(comments, by, strict=True)
    )
