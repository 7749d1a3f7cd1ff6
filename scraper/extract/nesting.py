"""Who answered whom on one page: `link_replies`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scraper.extract.platforms.rules import CommentRules
from scraper.extract.records import Record
from scraper.model import Comment

DEPTH_CLASS = re.compile(
    r" (?:depth|level|comment-depth|comment-level|reply-level|indent|lvl|threaded-level)[-_]?(\d{1,3}) "
)


def link_replies(comments: list[Comment], records: list[Record], rules: CommentRules) -> tuple[Comment, ...]:
    """The comments with parent, parent_ref and depth set: by what they state, else by how they are nested.

    :param records: the comments' nodes, in the same order.
    """
    place = {id(record.node): index for index, record in enumerate(records)}
    by_id = {comment.id: index for index, comment in enumerate(comments) if comment.id}
    open_: list[tuple[int, int]] = []  # (depth, index) of the comments that the next one may answer
    parents: list[int | None] = []
    depths = _depths(records, rules)
    for index, (comment, depth) in enumerate(zip(comments, depths, strict=True)):
        while open_ and open_[-1][0] >= depth:
            open_.pop()
        parent = by_id.get(comment.parent_ref) if comment.parent_ref else None
        if parent is None and depth > 0:
            above = next((place[id(up)] for up in records[index].node.ancestors() if id(up) in place), None)
            parent = above if above is not None else (open_[-1][1] if open_ else None)
        open_.append((depth, index))
        parents.append(parent)
    return tuple(
        replace(comment, parent=parent, parent_ref=comment.parent_ref or _id_of(comments, parent), depth=depth)
        for comment, (parent, depth) in zip(comments, rooted(parents, depths), strict=True)
    )


def rooted(parents: Sequence[int | None], depths: Sequence[int]) -> list[tuple[int | None, int]]:
    """For each comment its parent and its depth: the parent's and one, or as stated where there is no parent.

    Pages may state a circle (two comments 'in reply to' each other); the one of it that stands first has no parent.

    >>> rooted([None, 0, 3, 2], [0, 0, 0, 0])
    [(None, 0), (0, 1), (None, 0), (2, 1)]
    """
    above = _without_circles(parents)
    found: dict[int, int] = {}
    for start in range(len(above)):
        chain: list[int] = []
        place: int | None = start
        while place is not None and place not in found:
            chain.append(place)
            place = above[place]
        depth = found[place] if place is not None else depths[chain[-1]] - 1
        for below, each in enumerate(reversed(chain), 1):
            found[each] = depth + below
    return [(parent, found[place]) for place, parent in enumerate(above)]


def _without_circles(parents: Sequence[int | None]) -> list[int | None]:
    above = list(parents)
    seen: dict[int, int] = {}  # comment -> the walk that came by it first
    for start in range(len(above)):
        place: int | None = start
        while place is not None and place not in seen:
            seen[place] = start
            place = above[place]
        if place is not None and seen[place] == start:
            circle, up = [place], above[place]
            while up is not None and up != place:
                circle.append(up)
                up = above[up]
            above[min(circle)] = None
    return above


def _id_of(comments: Sequence[Comment], place: int | None) -> str | None:
    return comments[place].id if place is not None else None


def _depths(records: list[Record], rules: CommentRules) -> list[int]:
    """How deep each comment stands: by enclosing comments, by wrappers of the nest class, or by a depth class."""
    nodes = {id(record.node) for record in records}
    wrapper = f" {rules.nest_class} " if rules.nest_class else ""
    depths: list[int] = []
    for record in records:
        enclosing = wrapped = 0
        for up in record.node.ancestors():
            enclosing += id(up) in nodes
            wrapped += bool(wrapper) and wrapper in up.names
        depths.append(enclosing or wrapped)
    if any(depths):
        return depths
    stated = _stated_depths(records, rules) if rules.depth else []
    if any(stated):
        return stated
    stated = [int(found[1]) if (found := DEPTH_CLASS.search(record.node.names)) else 0 for record in records]
    lowest = min(stated, default=0)
    return [depth - lowest for depth in stated]


def _stated_depths(records: list[Record], rules: CommentRules) -> list[int]:
    """The depths that an attribute states, or that a picture of the indent's width shows."""
    depths: list[int] = []
    for record in records:
        stated = (node.get(name) or "" for css, name in rules.depth for node in record.select(css)[:1])
        depths.append(next((int(value) for value in stated if value.isdecimal() and len(value) < 6), 0))
    return depths
