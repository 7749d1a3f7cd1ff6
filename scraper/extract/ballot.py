"""Which selectors show a field on a blog's pages: `Ballot` lets each page whose value is known vote on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from scraper.model import Taught
from scraper.parse.html import Document
from scraper.parse.node import Node

FEWEST_VOTES = 3
CERTAIN = 0.9  # share of the pages on which a selector matched where it has to be right
MOST_SELECTORS = 40  # on a ballot
MOST_TAUGHT = 3  # for one field: templates change over the years
NAME = re.compile(r"[a-z_-][a-z_-]*", re.I)  # without digits: those number posts and columns
PLAIN_TAGS = frozenset("div span p li td a article section header h1 h2 h3 time ul".split())
Shows = Callable[[Sequence[Node]], bool]


@dataclass(slots=True)
class _Standing:
    votes: int = 0
    wrong: int = 0
    alone: int = 0  # of the votes, how often it found nothing else besides


@dataclass(slots=True)
class Ballot:
    """The votes for one field's selectors so far; `most` are taught in the end."""

    field: str
    most: int = MOST_TAUGHT
    trials: int = 0
    _standings: dict[str, _Standing] = field(default_factory=dict)

    def vote(self, document: Document, nodes: Sequence[Node], shows: Shows) -> None:
        """One page's vote: `nodes` show the value, `shows` tells whether what a selector finds is the value."""
        self.trials += 1
        proposed = dict.fromkeys(css for node in nodes for css in selectors_for(node))
        for css in (*self._standings, *(css for css in proposed if css not in self._standings)):
            found = [node for node in document.body.select(css) if node.label is None]
            if not found:
                continue
            if shows(found):
                if css in self._standings or len(self._standings) < MOST_SELECTORS:
                    standing = self._standings.setdefault(css, _Standing())
                    standing.votes += 1
                    standing.alone += len(found) == 1
            elif css in self._standings:
                self._standings[css].wrong += 1

    def taught(self) -> tuple[Taught, ...]:
        """The selectors that were right often enough, the best first."""
        right = [
            (standing.wrong - standing.votes, -standing.alone, len(css), css)
            for css, standing in self._standings.items()
            if standing.votes >= FEWEST_VOTES and standing.votes >= CERTAIN * (standing.votes + standing.wrong)
        ]
        return tuple(Taught(self.field, each[3], self._standings[each[3]].votes, self.trials) for each in sorted(right)[: self.most])


def selectors_for(node: Node) -> Iterator[str]:
    """Selectors that could name this element on other pages too, by its names and those around it."""
    own = list(_own(node))
    yield from own
    for _, up in zip(range(3), node.ancestors(), strict=False):
        around = next(_own(up), None)
        if around is not None:
            yield f"{around} {own[0] if own else node.tag}"
            if not own and up is node.parent:
                yield f"{around} > {node.tag}"
            if own or up is not node.parent:
                yield f"{around} {node.tag}"
            break
    if not own and node.tag in ("h1", "time"):
        yield node.tag


def _own(node: Node) -> Iterator[str]:
    ident = node.get("id") or ""
    if NAME.fullmatch(ident):
        yield f"#{ident}"
    for name in (node.get("class") or "").split()[:6]:
        if NAME.fullmatch(name):
            yield f"{node.tag}.{name}"
    if found := node.get("itemprop"):
        if NAME.fullmatch(found):
            yield f"{node.tag}[itemprop={found}]"
    if node.tag == "a" and (rel := (node.get("rel") or "").split()) and NAME.fullmatch(rel[0]):
        yield f"a[rel~={rel[0]}]"
