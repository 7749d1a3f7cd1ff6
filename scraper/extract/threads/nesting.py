"""Who answered whom on one page: `link_replies`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from scraper.extract.platforms.rules import CommentRules
from scraper.extract.threads.record import Record, around
from scraper.model import Comment
from scraper.parse.node import Node

DEPTH_CLASS = re.compile(
    r" (?:depth|level|comment-?depth|comment-?level|reply-level|indent|lvl|threaded-level)[-_]?(\d{1,3}) "
)
# Wrappers around the answers to a comment, where they stand after it.
NEST = re.compile(
    r" (?:(?:(?:comments?|js)[-_])?(?:children|replies|answers|responses)|indented|nested(?:[-_]comments?)?"
    r"|sub[-_]?comments?) "
)
FILLERS = "[class*=level], [class*=depth], [class*=indent], [class*=lvl]"
INDENT = re.compile(r"(?:margin|padding)-left\s*:\s*(\d{1,4})(?:px|em|rem|%)", re.I)
NUMBER = re.compile(r"\d+")
RUNNING = re.compile(r"\d{1,30}")  # a comment's id, where they run on; a page may state longer ones


def link_replies(comments: list[Comment], records: list[Record], rules: CommentRules) -> tuple[Comment, ...]:
    """The comments with parent, parent_ref and depth set: by what they state, else by how they are nested.

    :param records: the comments' nodes, in the same order.
    """
    place = {id(part): index for index, record in enumerate(records) for part in record.parts}
    by_id = {comment.id: index for index, comment in enumerate(comments) if comment.id}
    open_: list[tuple[int, int]] = []  # (depth, index) of the comments that the next one may answer
    parents: list[int | None] = []
    depths = _depths(records, rules)
    below_limit = _below_limit(records)
    flattened = Flattened(comments, records, rules)
    for index, (comment, depth) in enumerate(zip(comments, depths, strict=True)):
        while open_ and open_[-1][0] >= depth:
            open_.pop()
        parent = _stated(comment, by_id)
        parent = below_limit.get(index) if parent is None else parent
        if parent is None and depth > 0:
            above = next((place[id(up)] for up in records[index].node.ancestors() if id(up) in place), None)
            parent = above if above is not None else (open_[-1][1] if open_ else None)
            parent = flattened.answered(index, depth, parent)
        open_.append((depth, index))
        parents.append(parent)
    return tuple(
        replace(comment, parent=parent, parent_ref=comment.parent_ref or _id_of(comments, parent), depth=depth)
        if parent is not None or depth != comment.depth
        else comment
        for comment, (parent, depth) in zip(comments, rooted(parents, depths), strict=True)
    )


class Flattened:
    """What is answered by comments that a theme nests no deeper, and shows behind what they answer.

    There a comment that is marked as answered has no comment inside, and the next one answers it. A later one answers
    the deepest that may be: the answers to one comment stand in the order in which they came.
    """

    def __init__(self, comments: Sequence[Comment], records: Sequence[Record], rules: CommentRules) -> None:
        self._comments = comments
        self._named = [
            bool(rules.answered_class) and f" {rules.answered_class} " in each.node.names for each in records
        ]
        self._holding = around(records) if any(self._named) else set()
        self._records = records
        self._place: tuple[int, int | None] | None = None  # the depth and the parent, as shown, of what is looked at
        self._chain: list[list[int]] = []  # answered comments, from the least deep, each with the last of its answers

    def answered(self, index: int, depth: int, parent: int | None) -> int | None:
        """The comment that this one answers, of those behind which it stands at their depth; else `parent`."""
        if self._place != (depth, parent):
            self._place, self._chain = (depth, parent), []
        while self._chain and len(self._chain[-1]) > 1 and self._came_before(index, self._chain[-1][1]):
            self._chain.pop()
        if self._chain:
            parent = self._chain[-1][0]
            self._chain[-1][1:] = [index]
        if self._named[index] and id(self._records[index].node) not in self._holding:
            self._chain.append([index])
        return parent

    def _came_before(self, one: int, other: int) -> bool:
        first, second = self._comments[one], self._comments[other]
        if first.id and second.id and RUNNING.fullmatch(first.id) and RUNNING.fullmatch(second.id):
            return int(first.id) < int(second.id)
        one_latest = first.published.latest if first.published else None
        other_earliest = second.published.earliest if second.published else None
        return one_latest is not None and other_earliest is not None and one_latest < other_earliest


def _below_limit(records: list[Record]) -> dict[int, int]:
    """For comments on a page that is nested deeper than its tree can be: those around them, by their ids."""
    enclosing = records[0].node.document.enclosing if records else {}
    if not enclosing:
        return {}
    idents = [record.node.get("id") for record in records]
    place = {ident: index for index, ident in enumerate(idents) if ident}
    found: dict[int, int] = {}
    for index, ident in enumerate(idents):
        around = enclosing.get(ident) if ident else None
        while around is not None and around not in place:
            around = enclosing.get(around)
        if around is not None:
            found[index] = place[around]
    return found


def _stated(comment: Comment, by_id: dict[str, int]) -> int | None:
    """The comment that this one says it answers: by its id, or by a number in its address."""
    ref = comment.parent_ref
    if not ref:
        return None
    numbers = (number for number in reversed(NUMBER.findall(ref)) if number != comment.id)
    return by_id.get(ref, next((by_id[number] for number in numbers if number in by_id), None))


def rooted(parents: Sequence[int | None], depths: Sequence[int]) -> list[tuple[int | None, int]]:
    """For each comment its parent and its depth: the parent's and one, or as stated where there is no parent.

    Pages may state a circle (two comments 'in reply to' each other); the one of it that stands first has no parent.

    >>> rooted([None, 0, 3, 2], [0, 0, 0, 0])
    [(None, 0), (0, 1), (None, 0), (2, 1)]
    """
    if parents.count(None) == len(parents):
        return [(None, depth) for depth in depths]
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
    """How deep each comment stands: by enclosing comments, by wrappers of the nest class, or by a class of depth.

    Where there is none of these, by wrappers like the one around each comment.
    """
    nodes = {id(part) for record in records for part in record.parts}
    enclosing = _counts(records, lambda up: id(up) in nodes)
    nest = f" {rules.nest_class} "
    wrapped = _counts(records, lambda up: nest in up.names or bool(NEST.search(up.names)))
    around_all = min(wrapped, default=0)
    depths = [one or other - around_all for one, other in zip(enclosing, wrapped, strict=True)]
    if any(depths):
        return depths
    stated = _stated_depths(records, rules) if rules.depth else []
    if any(stated):
        return stated
    stated = [_depth_class(record.node) for record in records]
    if len(set(stated)) < 2:
        stated = _fillers(records)
    if len(set(stated)) < 2:
        stated = [_indent(record.node) for record in records]
    if len(set(stated)) < 2:
        kinds = {parent and _kind(parent) for parent in {record.node.parent for record in records}}
        usual = kinds.pop() if len(kinds) == 1 else None
        if usual is not None:
            stated = _counts(records, lambda up: _kind(up) == usual)
    lowest = min(stated, default=0)
    return [depth - lowest for depth in stated]


def _counts(records: list[Record], counted: Callable[[Node], bool]) -> list[int]:
    """For each comment how many of the elements around it are to be counted; each element is looked at once."""
    known: dict[Node | None, int] = {None: 0}
    parents = [record.node.parent for record in records]
    for parent in dict.fromkeys(parents):
        above: list[Node] = []
        up = parent
        while up is not None and up not in known:
            above.append(up)
            up = up.parent
        number = known[up]
        for each in reversed(above):
            number += counted(each)
            known[each] = number
    return [known[parent] for parent in parents]


def _depth_class(node: Node) -> int:
    return int(found[1]) if (found := DEPTH_CLASS.search(node.names)) else 0


def _fillers(records: list[Record]) -> list[int]:
    """The depths that empty elements beside a comment or in it say by their class: they move it in."""
    if not records or not DEPTH_CLASS.search(records[0].node.document.names):
        return []
    parents = [record.node.parent for record in records]
    are_own = len({id(parent) for parent in parents}) == len(records)
    places = [(parent if are_own else None) or record.node for parent, record in zip(parents, records, strict=True)]
    return [
        max((_depth_class(each) for each in place.select(FILLERS) if not each.text_length), default=0)
        for place in places
    ]


def _indent(node: Node) -> int:
    """How far a comment is moved in, by its own style or that of an element around it alone."""
    for each in (node, node.parent):
        found = INDENT.search(each.get("style") or "") if each is not None else None
        if found:
            return int(found[1])
    return 0


def _kind(node: Node) -> tuple[str, str]:
    name = next(iter(node.names.split()), "")
    return node.tag, NUMBER.sub("", name) if node.tag == "li" else name  # of answers in lists the items may have ids


def _stated_depths(records: list[Record], rules: CommentRules) -> list[int]:
    """The depths that an attribute states, or that a picture of the indent's width shows."""
    depths: list[int] = []
    for record in records:
        stated = (node.get(name) or "" for css, name in rules.depth for node in record.select(css)[:1])
        depths.append(next((int(value) for value in stated if value.isdecimal() and len(value) < 6), 0))
    return depths
