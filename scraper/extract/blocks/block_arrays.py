"""A page's elements and blocks as arrays: `Elements`, with sums over subtrees and marks of all around, and `Blocks`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from scraper.extract.blocks.block_words import NAMES, bits_of
from scraper.extract.blocks.chrome import kind_by_name
from scraper.extract.blocks.chrome_words import KINDS
from scraper.parse.node import Block, Node

if TYPE_CHECKING:
    import numpy as np

TAGS = (
    "p h1 h2 h3 h4 h5 h6 li td div span pre blockquote dt dd figcaption th button label article section center a"
    " caption summary address body font"
).split()
AROUND = (
    "ul ol table figure blockquote form aside header footer nav section article main td dl address details p a button"
    " h1 h2 h3 h4 center fieldset tr li"
).split()
TAG_BITS = {tag: 1 << place for place, tag in enumerate(TAGS)}
AROUND_BITS = {tag: 1 << place for place, tag in enumerate(AROUND)}
NAME_BITS = bits_of(NAMES)
KIND_BITS = {kind: 1 << place + len(NAMES) for place, kind in enumerate(KINDS)}
LABELS = ("comments", "comment_form", "author_box", "byline", "title", "related", "widget", "hidden")
LABEL_CODES = {label: place for place, label in enumerate(LABELS, 1)}
NOT_LETTERS = re.compile(r"[^a-z]+")
PROSE = 60  # characters; less is hardly a paragraph
LINKED = 0.3  # share of a paragraph's text inside links, at most


class Blocks:
    """What is known of each of the blocks, as arrays over `all`."""

    def __init__(self, blocks: list[Block]) -> None:
        import numpy as np

        self.all = blocks
        counted = np.array(
            [
                (block.node.index, block.length, block.link_length, block.node.is_closed, len(block.node.below))
                for block in blocks
            ]
        )
        self.own = counted[:, 0]  # its element's place in Document.nodes
        self.size = counted[:, 1].astype(float)
        self.linked = counted[:, 2].astype(float)
        self.closed = counted[:, 3] != 0
        self.holds_elements = counted[:, 4] != 0
        is_prose = (self.size > PROSE) & (self.linked < LINKED * self.size) & ~self.closed
        self.prose = is_prose.astype(float)


class Elements:
    """What is known of each of a page's elements that show text, as arrays over `Document.nodes`."""

    def __init__(self, nodes: list[Node]) -> None:
        import numpy as np

        looks: dict[tuple[str, str], int] = {}
        look_of = looks.setdefault
        counted = np.array(
            [
                (node.end, node.text_length, node.link_length, look_of((node.tag, node.names), len(looks)))
                for node in nodes
            ]
        )
        look = counted[:, 3]
        marks = np.array(
            [(name_bits(names), TAG_BITS.get(tag, 0), AROUND_BITS.get(tag, 0)) for tag, names in looks], np.uint64
        )
        labels = np.zeros(len(nodes), np.int64)  # the nearest around: its place in LABELS from 1, or one more
        for node in nodes:
            if node.label is not None:
                labels[node.index : node.end] = LABEL_CODES.get(node.label, len(LABELS) + 1)
        self.labels = labels
        self.parent = np.array([0, *[node.parent.index for node in nodes[1:] if node.parent]])
        self.end = counted[:, 0]
        self.length = counted[:, 1].astype(float)
        self.linked = counted[:, 2] / (self.length + 1)
        self.alike = np.log(np.bincount(look)[look])
        self.named, self.tags, around = marks[look].T
        self.depth, (self.names_around, self.tags_around) = _inherited(self.parent, (self.named, around))

    def table(self, blocks: Blocks) -> np.ndarray:
        """A row for each element: its prose, the share of it in its blocks, of links; its blocks, length and likes."""
        import numpy as np

        prose = blocks.size * blocks.prose
        count, paragraphs = self._sums(blocks.own, None), self._sums(blocks.own, blocks.prose)
        shares = (
            self._sums(blocks.own, prose) / max(float(prose.sum()), 1.0),
            paragraphs / (count + 1),
            self.linked,
        )
        return columns([*shares, np.log1p(count), np.log1p(self.length), self.alike])

    def _sums(self, own: np.ndarray, values: np.ndarray | None) -> np.ndarray:
        """For each element the sum of a value (else 1) over the blocks in it; `own` are the blocks' elements."""
        import numpy as np

        sums = np.zeros(len(self.end) + 1)
        np.cumsum(np.bincount(own, values, len(self.end)), out=sums[1:])
        return np.asarray(sums[self.end] - sums[:-1])


def columns(arrays: list[np.ndarray], kind: type = float) -> np.ndarray:
    """The arrays side by side."""
    import numpy as np

    side: np.ndarray = np.empty((len(arrays[0]), len(arrays)), kind)
    for place, each in enumerate(arrays):
        side[:, place] = each
    return side


@lru_cache(maxsize=4096)
def name_bits(names: str) -> int:
    """The kinds that class names and ids tell: those of NAMES, and the one that chrome.py reads in them."""
    bits = 0
    for word in NOT_LETTERS.split(names):
        bits |= NAME_BITS.get(word, 0)
    found = kind_by_name(names)
    return bits | KIND_BITS[found[0]] if found else bits


def _inherited(parent: np.ndarray, marks: tuple[np.ndarray, ...]) -> tuple[np.ndarray, list[np.ndarray]]:
    """The nodes' depths, and for each array of bits those of a node and all around it: by doubling the step up."""
    import numpy as np

    depth = np.ones(len(parent))
    depth[0] = 0
    marks_around = list(marks)
    step = parent
    while step.any():
        depth = depth + depth[step]
        marks_around = [each | each[step] for each in marks_around]
        step = step[step]
    return depth, marks_around


def is_prose(block: Block) -> bool:
    """Whether a block has the length of a paragraph and is not mostly links."""
    return block.length > PROSE and block.link_length < LINKED * block.length and not block.node.is_closed
