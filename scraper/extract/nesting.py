"""Who answered whom on one page: `link_replies`."""

from __future__ import annotations

import re
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
    linked: list[Comment] = []
    for index, (comment, depth) in enumerate(zip(comments, _depths(records, rules), strict=True)):
        while open_ and open_[-1][0] >= depth:
            open_.pop()
        parent = by_id.get(comment.parent_ref) if comment.parent_ref else None
        if parent is None and depth > 0:
            above = next((place[id(up)] for up in records[index].node.ancestors() if id(up) in place), None)
            parent = above if above is not None else (open_[-1][1] if open_ else None)
        if parent == index:
            parent = None
        open_.append((depth, index))
        ref = comments[parent].id if parent is not None and comment.parent_ref is None else comment.parent_ref
        below = linked[parent].depth + 1 if parent is not None and parent < index else depth
        linked.append(replace(comment, parent=parent, parent_ref=ref, depth=below))
    return tuple(linked)


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
    stated = [int(found[1]) if (found := DEPTH_CLASS.search(record.node.names)) else 0 for record in records]
    lowest = min(stated, default=0)
    return [depth - lowest for depth in stated]
