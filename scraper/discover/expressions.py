r"""Whether an expression is found in a text, in time proportional to both: `Expression`.

`re` tries one way after another, and a URL that somebody made for it can keep it busy for years. Here all ways are
followed at once (Thompson, 1968), for the part of the syntax that needs no more: characters, `.`, classes, groups,
`|`, `* + ? {m,n}`, and the places `^ $ \A \Z \b \B`. What looks ahead, back or refers back is refused.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from functools import lru_cache

MOST_STATES = 500
MOST_REPEATS = 200
DEEPEST = 50

_ATOM = re.compile(
    r"\\[AZbBdDsSwWfnrtv]|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^A-Za-z0-9]"
    r"|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\\[\](){}*+?|]",
    re.DOTALL,
)
_REPEAT = re.compile(r"(?:([*+?])|\{(\d*)(?:(,)(\d*))?\})\??")
_PLACES = {"^", "$", r"\A", r"\Z", r"\b", r"\B"}


class BadExpression(ValueError):
    """What is wrong with an expression, in a few words."""


@dataclass(slots=True)
class _State:
    """A step: over a character that `test` matches, at a place that it matches (`is_place`), or free (no test)."""

    test: re.Pattern[str] | None = None
    is_place: bool = False
    following: list[int] = field(default_factory=list)


class Expression:
    r"""A regular expression of the linear kind. Raises BadExpression for what is none or asks for more.

    >>> Expression(r"/20(10|11)/.*\.html$").is_in("https://example.org/2011/05/hello.html")
    True
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._states: list[_State] = []
        start, ends = self._choice(0)
        if self._at < len(text):
            raise BadExpression(f"unexpected {text[self._at]!r}")
        self._start = start
        self._end = self._add(_State())
        self._join(ends, self._end)

    def is_in(self, text: str) -> bool:
        """Whether the expression matches anywhere in the text, as `re.search` has it."""
        current: set[int] = set()
        for at in range(len(text) + 1):
            current.add(self._start)
            current = self._spread(current, text, at)
            if self._end in current:
                return True
            if at < len(text):
                current = self._step(current, text[at])
        return False

    def _step(self, current: set[int], character: str) -> set[int]:
        reached: set[int] = set()
        for number in current:
            state = self._states[number]
            if state.test is not None and not state.is_place and state.test.match(character):
                reached.update(state.following)
        return reached

    def _spread(self, current: set[int], text: str, at: int) -> set[int]:
        """The states reached without a character from these ones."""
        found = set(current)
        waiting = list(current)
        while waiting:
            state = self._states[waiting.pop()]
            if state.test is None or (state.is_place and state.test.match(text, at)):
                new = [number for number in state.following if number not in found]
                found.update(new)
                waiting.extend(new)
        return found

    # ---- reading: each part gives its first state, and the states that lead out of it

    def _choice(self, depth: int) -> tuple[int, list[int]]:
        if depth > DEEPEST:
            raise BadExpression("groups nested too deep")
        start, ends = self._sequence(depth)
        while self._take("|"):
            other, other_ends = self._sequence(depth)
            start = self._add(_State(following=[start, other]))
            ends = ends + other_ends
        return start, ends

    def _sequence(self, depth: int) -> tuple[int, list[int]]:
        start = self._add(_State())
        ends = [start]
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            begin = self._at
            first, last = self._part(depth)
            after = self._at
            repeat = _REPEAT.match(self._text, after)
            if repeat is None or repeat[0] in ("{}", "{}?"):
                self._join(ends, first)
                ends = last
                continue
            low, high = _bounds(repeat)
            ends = self._repeated(ends, begin, (low, high), depth)
            self._at = repeat.end()
            if self._text.startswith(("*", "+", "?"), self._at):
                raise BadExpression("a repeat of a repeat")
        return start, ends

    def _repeated(self, ends: list[int], begin: int, bounds: tuple[int, int | None], depth: int) -> list[int]:
        """The part that stands at `begin`, once for each time it must or may come."""
        low, high = bounds
        skips: list[int] = []
        for count in range(high if high is not None else low + 1):
            self._at = begin
            first, last = self._part(depth)
            if count >= low:
                skips = skips + ends
            self._join(ends, first)
            ends = last
        if high is None:
            loop = self._add(_State())
            self._join(ends, loop)
            self._join([loop], first)
            ends = [loop]
        return ends + skips

    def _part(self, depth: int) -> tuple[int, list[int]]:
        if self._take("("):
            if self._text.startswith("?", self._at) and not self._take("?:"):
                raise BadExpression("groups that look ahead or back, or have names or flags, are not known")
            start, ends = self._choice(depth + 1)
            if not self._take(")"):
                raise BadExpression("a group without its ')'")
            return start, ends
        atom = _ATOM.match(self._text, self._at)
        if atom is None:
            raise BadExpression(f"unexpected {self._text[self._at : self._at + 2]!r}")
        self._at = atom.end()
        number = self._add(_State(_compiled(atom[0]), atom[0] in _PLACES))
        return number, [number]

    def _take(self, mark: str) -> bool:
        if not self._text.startswith(mark, self._at):
            return False
        self._at += len(mark)
        return True

    def _add(self, state: _State) -> int:
        if len(self._states) >= MOST_STATES:
            raise BadExpression("too long")
        self._states.append(state)
        return len(self._states) - 1

    def _join(self, ends: list[int], target: int) -> None:
        for number in ends:
            self._states[number].following.append(target)


def _bounds(repeat: re.Match[str]) -> tuple[int, int | None]:
    if repeat[1]:
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[repeat[1]]
    low = int(repeat[2] or 0)
    high = low if not repeat[3] else int(repeat[4]) if repeat[4] else None
    if max(low, high or 0) > MOST_REPEATS or (high is not None and (high < low or high == 0)):
        raise BadExpression(f"bad repeat {repeat[0]}")
    return low, high


@lru_cache(maxsize=256)
def _compiled(atom: str) -> re.Pattern[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)  # '[[a]': what may be read in another way one day
            return re.compile(atom)
    except (re.error, FutureWarning) as error:
        raise BadExpression(str(error)) from error
