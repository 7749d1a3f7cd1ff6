"""What differs between two texts, word by word: `word_changes`, and `shown_changes` as a line to read. Pure."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

MOST_LINES = 2_000  # that are compared with each other; what longer texts have between their ends is one change
MOST_WORDS = 1_000  # likewise, within lines that differ
AROUND = 4  # words shown beside a change

Span = tuple[int, int, int, int]  # from and to in the old text, from and to in the new one

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words that gave way to others, with some of those around them; `skips`: there are words before that are left out.

    None of both may be empty: words were added, or taken out.
    """

    before: tuple[str, ...]  # same words on both sides
    old: tuple[str, ...]
    new: tuple[str, ...]
    after: tuple[str, ...]
    skips: bool


def word_changes(old: str, new: str) -> tuple[WordChange, ...]:
    """The places at which the texts differ, in order; white space does not count.

    >>> [(change.old, change.new) for change in word_changes("the sea is grey", "the sea  is blue today")]
    [(('grey',), ('blue', 'today'))]
    """
    one, other = _WORD.findall(old), _WORD.findall(new)
    spans = list(_operations(old, new)) if one != other else []
    found: list[WordChange] = []
    reached = 0  # in the old text: up to where it is shown
    for place, (start, end, new_start, new_end) in enumerate(spans):
        following = spans[place + 1][0] if place + 1 < len(spans) else len(one)
        first = max(reached, start - AROUND)
        last = min(following, end + AROUND)
        found.append(
            WordChange(
                tuple(one[first:start]),
                tuple(one[start:end]),
                tuple(other[new_start:new_end]),
                tuple(one[end:last]),
                first > reached,
            )
        )
        reached = last
    return tuple(found)


def shown_changes(old: str, new: str) -> str:
    """The differences in one line: what went in [-brackets-], what came in {+braces+}.

    >>> shown_changes("Bread takes its time, as all know.", "Good bread takes its time, as all say.")
    '[-Bread-] {+Good bread+} takes its time, as all [-know.-] {+say.+}'
    """
    return " ".join(_shown(word_changes(old, new)))


def _shown(changes: Sequence[WordChange]) -> Iterator[str]:
    for change in changes:
        if change.skips:
            yield "…"
        yield from change.before
        if change.old:
            yield f"[-{' '.join(change.old)}-]"
        if change.new:
            yield f"{{+{' '.join(change.new)}+}}"
        yield from change.after


def _operations(old: str, new: str) -> Iterator[Span]:
    """Where words differ, as places in the words of both texts: in lines that differ, word by word."""
    lines, others = ([words for line in text.split("\n") if (words := _WORD.findall(line))] for text in (old, new))
    starts, other_starts = _starts(lines), _starts(others)
    for begin, end, new_begin, new_end in _differing([*map(tuple, lines)], [*map(tuple, others)], MOST_LINES):
        one = [word for line in lines[begin:end] for word in line]
        other = [word for line in others[new_begin:new_end] for word in line]
        at, new_at = starts[begin], other_starts[new_begin]
        for span in _differing(one, other, MOST_WORDS):
            yield (span[0] + at, span[1] + at, span[2] + new_at, span[3] + new_at)


def _starts(lines: Sequence[Sequence[str]]) -> list[int]:
    """The place of each line's first word among all words; last the number of these."""
    return [0, *accumulate(map(len, lines))]


def _differing(one: Sequence[Hashable], other: Sequence[Hashable], most: int) -> Iterator[Span]:
    """Where the two differ, as difflib says; more than `most` between their common ends are one difference."""
    shorter = min(len(one), len(other))
    head = next((place for place in range(shorter) if one[place] != other[place]), shorter)
    left = shorter - head
    tail = next((place for place in range(left) if one[-1 - place] != other[-1 - place]), left)
    middle, another = one[head : len(one) - tail], other[head : len(other) - tail]
    if len(middle) + len(another) > most:
        yield (head, head + len(middle), head, head + len(another))
        return
    for kind, *span in SequenceMatcher(None, middle, another).get_opcodes():
        if kind != "equal":
            yield (span[0] + head, span[1] + head, span[2] + head, span[3] + head)
