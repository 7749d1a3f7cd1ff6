"""Which selectors show a field on a blog's pages: `Ballot` lets each page whose value is known vote on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import ceil

from scraper.model import Taught
from scraper.parse.html import Document
from scraper.parse.node import Node

FEWEST_VOTES = 3
CERTAIN = 0.9  # share of the pages on which a selector matched where it has to be right
MARGIN = 0.2  # values that selectors have to be better by
MOST_SELECTORS = 120  # on a ballot
MOST_AROUND = 4  # elements around one that a selector may speak of
NAME = re.compile(r"[a-z_-]+", re.I)  # without digits: those number posts and columns
Judge = Callable[[Sequence[Node]], float]


@dataclass(slots=True)
class _Standing:
    votes: int = 0
    wrong: int = 0
    merit: float = 0.0
    alone: int = 0  # of the votes, how often it found nothing else besides


@dataclass(slots=True)
class Ballot:
    """The votes for one field's selectors so far.

    `untaught` is how often the value was found without them: only what does better is taught. `most` selectors are
    taught, and no more than all of the value together: a second one adds what the first did not show.
    """

    name: str
    most: int = 3
    joined: bool = False  # whether the values of several selectors are put together
    in_thread: bool = False  # whether it is about comments
    trials: int = 0
    untaught: float = 0.0
    _standings: dict[str, _Standing] = field(default_factory=dict)

    def vote(self, document: Document, proposed: Iterable[str], judge: Judge, untaught: float, trials: int = 1) -> None:
        """One page's vote, on so many values: `judge` says how many of them, or how much, a selector shows; 0: wrong.

        What is proposed first is preferred among equals.
        """
        self.trials += trials
        self.untaught += untaught
        known = list(self._standings)
        for css in dict.fromkeys((*known, *islice(proposed, MOST_SELECTORS))):
            found = [node for node in document.body.select(css) if node.label is None or self.in_thread]
            merit = judge(found) if found else 0.0
            standing = self._standings.get(css)
            if merit and standing is None and len(self._standings) < MOST_SELECTORS:
                standing = self._standings[css] = _Standing()
            if standing is not None and found:
                standing.votes += ceil(merit)
                standing.wrong += trials - ceil(merit)
                standing.merit += merit
                standing.alone += merit > 0 and len(found) == 1

    def taught(self) -> tuple[Taught, ...]:
        """The selectors that were right often enough, the best first; none where the value is found without them."""
        right = [
            (-standing.merit, -standing.alone, place, css)
            for place, (css, standing) in enumerate(self._standings.items())
            if standing.votes >= FEWEST_VOTES and standing.votes >= CERTAIN * (standing.votes + standing.wrong)
        ]
        chosen: list[str] = []
        merit = 0.0
        for *_, css in sorted(right):
            added = self._standings[css].merit
            if len(chosen) < self.most and (not self.joined or merit + added <= 1.05 * self.trials):
                chosen.append(css)
                merit = merit + added if self.joined else max(merit, added)
        if merit < self.untaught + MARGIN:
            return ()
        return tuple(Taught(self.name, css, self._standings[css].votes, self.trials) for css in chosen)


def selectors_for(node: Node) -> Iterator[str]:
    """Selectors that could name this element on other pages too, by its names and those around it."""
    own = list(own_selectors(node))
    yield from own
    last = own[0] if own else node.tag
    for up in islice(node.ancestors(), MOST_AROUND):
        for around in own_selectors(up):
            yield f"{around} {last}"
            if not own and up is node.parent:
                yield f"{around} > {node.tag}"
    if not own and node.tag in ("h1", "time"):
        yield node.tag


def own_selectors(node: Node) -> Iterator[str]:
    """Selectors by the element's own names, the surest first."""
    ident = node.get("id") or ""
    if NAME.fullmatch(ident):
        yield f"#{ident}"
    if NAME.fullmatch(found := node.get("itemprop") or ""):
        yield f"{node.tag}[itemprop={found}]"
    for name in (node.get("class") or "").split()[:5]:
        if NAME.fullmatch(name):
            yield f"{node.tag}.{name}"
    if node.tag == "a" and NAME.fullmatch(rel := (node.get("rel") or "").partition(" ")[0]):
        yield f"a[rel~={rel}]"
