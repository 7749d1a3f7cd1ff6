"""The comments that a page's structured data states, where its markup shows no thread: `declared_comments`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from scraper.extract.threads.comments import Context
from scraper.extract.threads.nesting import rooted
from scraper.model import Comment
from scraper.parse.structured import StructuredComment
from scraper.text.prose import fold
from scraper.text.urls import resolve


def declared_comments(declared: Sequence[StructuredComment], context: Context) -> tuple[Comment, ...]:
    """The comments in their order; what has no words is none, and what answers it answers nobody."""
    kept = [(place, each) for place, each in enumerate(declared) if each.text.strip()]
    place_of = {old: new for new, (old, _) in enumerate(kept)}
    comments = [_as_comment(each, place_of[old], context) for old, each in kept]
    parents = [place_of.get(each.parent) if each.parent is not None else None for _, each in kept]
    places = rooted(parents, [0] * len(comments))
    return tuple(
        replace(each, parent=parent, depth=depth) for each, (parent, depth) in zip(comments, places, strict=True)
    )


def _as_comment(declared: StructuredComment, position: int, context: Context) -> Comment:
    lines = [fold(line) for line in declared.text.split("\n") if line.strip()]
    author = fold(declared.author or "") or None
    return Comment(
        id=declared.id,
        permalink=resolve(context.base, declared.url) if declared.url else None,
        parent=None,
        parent_ref=declared.parent_ref,
        position=position,
        depth=0,
        author=author,
        author_url=resolve(context.base, declared.author_url) if declared.author_url else None,
        avatar_url=None,
        by_post_author=author is not None and author.casefold() in context.post_authors,
        subject=None,
        published=context.clock.read(declared.published) if declared.published else None,
        html="".join(f"<p>{escape(line, quote=False)}</p>" for line in lines),
        text="\n".join(lines),
    )
