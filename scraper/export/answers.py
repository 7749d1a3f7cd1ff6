"""`in_tree`: a thread in the order in which it is read, each answer below what it answers; no comment is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scraper.store.reader import ThreadComment

DEEPEST = 12  # steps that are shown; answers further down stand on this one


@dataclass(frozen=True, slots=True)
class Placed:
    """A comment with its step, from 0; `answered` is what it answers, `is_below` whether it stands one step below."""

    comment: ThreadComment
    depth: int
    answered: ThreadComment | None
    is_below: bool


def in_tree(comments: Sequence[ThreadComment], deepest: int = DEEPEST) -> Iterator[Placed]:
    """Every comment once. The step grows by one at most from one comment to the next.

    A comment whose parent is not in the thread stands at the top, and one of a circle of answers opens it.
    """
    known = {comment.id: comment for comment in comments}
    answers: dict[int, list[ThreadComment]] = {}
    tops = []
    for comment in comments:
        if comment.parent_id in known and comment.parent_id != comment.id:
            answers.setdefault(known[comment.parent_id].id, []).append(comment)
        else:
            tops.append(comment)
    told: set[int] = set()
    for top in (*tops, *comments):  # the rest are in circles
        left = [(top, 0)]
        while left:
            comment, depth = left.pop()
            if comment.id in told:
                continue
            told.add(comment.id)
            answered = known.get(comment.parent_id) if comment.parent_id is not None else None
            yield Placed(comment, min(depth, deepest), answered, 0 < depth <= deepest)
            left += [(answer, depth + 1) for answer in reversed(answers.get(comment.id, []))]


def nested_list(comments: Sequence[ThreadComment], item: Callable[[Placed], str]) -> Iterator[str]:
    """The thread as nested ordered lists in HTML; `item` makes what stands in an element of a list."""
    level = -1
    for placed in in_tree(comments):
        if placed.depth > level:
            yield '<ol class="thread">'
        else:
            yield "</li>" + "</ol></li>" * (level - placed.depth)
        yield f'<li class="comment" id="comment-{placed.comment.id}">{item(placed)}'
        level = placed.depth
    yield "</li></ol>" + "</li></ol>" * level if level >= 0 else ""
