"""What the block model looks at: `describe` gives each block of a page as a row of numbers.

A row says what the text looks like (length, share of links, punctuation, words that tell menus, captions or comments),
where it stands (tags and names of the elements around it, how much prose those hold, how far the title is) and what the
rules said of it. Sums over subtrees and marks of all ancestors are computed for the whole page at once, in numpy.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from scraper.extract.block_words import CUES, NAMES, bits_of, by_first_word
from scraper.extract.chrome import kind_by_name
from scraper.extract.chrome_words import KINDS
from scraper.parse.html import Document
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
HEADING_AROUND = sum(AROUND_BITS[tag] for tag in ("h1", "h2", "h3", "h4"))
HEADINGS = frozenset({"h5", "h6", "dt"})
NAME_BITS = bits_of(NAMES)
KIND_BITS = {kind: 1 << place + len(NAMES) for place, kind in enumerate(KINDS)}
CUE_BITS = bits_of(CUES)
CUES_BY_WORD = by_first_word(CUE_BITS)
CUE_WORDS = frozenset(CUES_BY_WORD)
COMMENTS_CUE = CUE_BITS["comments"]
LABELS = ("comments", "comment_form", "author_box", "byline", "title", "related", "widget", "hidden")
LABEL_CODES = {label: place for place, label in enumerate(LABELS, 1)}
NOT_LETTERS = re.compile(r"[^a-z]+")
DIGIT = re.compile(r"\d")
SENTENCE_END = frozenset('.!?。！？…"”»')
PROSE = 60  # characters; less is hardly a paragraph
LINKED = 0.3  # share of a paragraph's text inside links, at most
SHORT = 14  # words of a label
FIRST = 8  # words of a longer text that are looked at by themselves
HEADING = 8  # words of a heading over comments, at most
BEGINNING = 300  # characters of a text in which its words are looked for
NUMBERS = 65 + len(LABELS)  # columns before those that are 0 or 1 by a word or a tag
WIDTHS = (len(NAMES) + len(KINDS),) * 3 + (len(TAGS), len(TAGS), len(AROUND)) + (len(CUES),) * 3


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What is known of a page before its blocks are told apart.

    `title_node` and `published_node` show the title and the date; `named` is the element that the rules call the
    post's body, `certain` whether they are the platform's own.
    """

    title: str | None
    title_node: Node | None
    published_node: Node | None
    named: Node | None
    certain: bool


def describe(document: Document, weighed: list[Block], texts: list[str], landmarks: Landmarks) -> np.ndarray:
    """One row for each of these blocks of the document, NUMBERS columns and then one for each word kind and tag.

    :param texts: the blocks' texts, white space folded.
    """
    import numpy as np

    blocks, elements = _Blocks(weighed), _Elements(document.nodes)
    lower = [text[:BEGINNING].casefold() for text in texts]
    title = _title_block(weighed, lower, landmarks, elements.tags_around)
    up = [blocks.own]
    for _ in range(4):
        up.append(elements.parent[up[-1]])
    under_heading = (elements.tags_around[blocks.own] & np.uint64(HEADING_AROUND)) != 0
    read, cues = _read(weighed, texts, lower, landmarks.title, under_heading.tolist())
    table = elements.table(blocks)
    numbers = [
        read,
        *(table[at] for at in up[:3]),
        table[up[3], :3],
        table[up[4], :1],
        _columns(_verdicts(blocks, landmarks, title, elements)),
        _columns(_places(document, blocks, up, landmarks, title, elements)),
    ]
    named = elements.named
    masks = [
        named[up[0]],
        named[up[0]] | named[up[1]] | named[up[2]],
        elements.names_around[up[0]],
        elements.tags[up[0]],
        elements.tags[up[1]],
        elements.tags_around[up[0]],
        *cues,
    ]
    return np.concatenate([*numbers, _unpacked(_columns(masks, np.uint64))], 1, dtype=np.float32)


class _Blocks:
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


class _Elements:
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

    def table(self, blocks: _Blocks) -> np.ndarray:
        """A row for each element: its prose, the share of it in its blocks, of links; its blocks, length and likes."""
        import numpy as np

        prose = blocks.size * blocks.prose
        count, paragraphs = self._sums(blocks.own, None), self._sums(blocks.own, blocks.prose)
        shares = (
            self._sums(blocks.own, prose) / max(float(prose.sum()), 1.0),
            paragraphs / (count + 1),
            self.linked,
        )
        return _columns([*shares, np.log1p(count), np.log1p(self.length), self.alike])

    def _sums(self, own: np.ndarray, values: np.ndarray | None) -> np.ndarray:
        """For each element the sum of a value (else 1) over the blocks in it; `own` are the blocks' elements."""
        import numpy as np

        sums = np.zeros(len(self.end) + 1)
        np.cumsum(np.bincount(own, values, len(self.end)), out=sums[1:])
        return np.asarray(sums[self.end] - sums[:-1])


def _columns(arrays: list[np.ndarray], kind: type = float) -> np.ndarray:
    """The arrays side by side."""
    import numpy as np

    side: np.ndarray = np.empty((len(arrays[0]), len(arrays)), kind)
    for place, each in enumerate(arrays):
        side[:, place] = each
    return side


def _verdicts(blocks: _Blocks, landmarks: Landmarks, title: int | None, elements: _Elements) -> list[np.ndarray]:
    """Columns of what the rules said of the blocks."""
    import numpy as np

    labels = elements.labels[blocks.own]
    inside = np.zeros(len(labels), bool)
    if landmarks.named is not None:
        inside = (blocks.own >= landmarks.named.index) & (blocks.own < landmarks.named.end)
    return [
        blocks.closed,
        np.arange(len(labels)) == (-1 if title is None else title),
        blocks.holds_elements,
        inside,
        inside & (labels == 0) & ~blocks.closed,
        inside & landmarks.certain,
        labels != 0,
        *(labels == code for code in range(1, len(LABELS) + 1)),
    ]


def _places(
    document: Document,
    blocks: _Blocks,
    up: list[np.ndarray],
    landmarks: Landmarks,
    title: int | None,
    elements: _Elements,
) -> list[np.ndarray]:
    """Columns of where the blocks stand; `up` are their elements, the parents of those, and so on."""
    import numpy as np

    own, size, prose = blocks.own, blocks.size, blocks.prose
    count = len(own)
    long = size * prose
    total, whole = max(size.sum(), 1.0), max(long.sum(), 1.0)
    place, paragraphs = np.arange(count), max(prose.sum(), 1.0)
    before = np.cumsum(prose) - prose
    away = place - title if title is not None else np.zeros(count)
    near_title = _common(document, blocks.all[title].node if title is not None else None, elements.length)
    near_date = _common(document, landmarks.published_node, elements.length)
    same = np.zeros((count + 1, 2))  # whether a block's parent, and the one around that, is that of the block before
    same[1:-1, 0] = up[1][1:] == up[1][:-1]
    same[1:-1, 1] = up[2][1:] == up[2][:-1]
    return [
        np.log1p(size),
        blocks.linked / np.maximum(size, 1),
        place / count,
        (np.cumsum(size) - size) / total,
        size / total,
        elements.depth[own],
        before / paragraphs,
        before == 0,
        before == paragraphs,
        (np.cumsum(long) - long) / whole,
        away,
        away < 0,
        near_title[own] / total,
        near_date[own] / total,
        np.full(count, count),
        np.full(count, whole / total),
        np.full(count, np.log1p(total)),
        *same[:-1].T,
        *same[1:].T,
    ]


def is_prose(block: Block) -> bool:
    """Whether a block has the length of a paragraph and is not mostly links."""
    return block.length > PROSE and block.link_length < LINKED * block.length and not block.node.is_closed


@lru_cache(maxsize=50_000)
def name_bits(names: str) -> int:
    """The kinds that class names and ids tell: those of NAMES, and the one that chrome.py reads in them."""
    bits = 0
    for word in NOT_LETTERS.split(names):
        bits |= NAME_BITS.get(word, 0)
    found = kind_by_name(names)
    return bits | KIND_BITS[found[0]] if found else bits


def cue_bits(words: list[str], first: int = SHORT) -> tuple[int, int]:
    """The kinds that the first words of a text tell, and those that all tell."""
    of_first = of_all = 0
    for word in CUE_WORDS.intersection(words):
        bits, phrases = CUES_BY_WORD[word]
        place = words.index(word)
        if place < first:
            of_first |= bits
        of_all |= bits
        following = phrases.get(words[place + 1], 0) if phrases and place + 1 < len(words) else 0
        if place + 1 < first:
            of_first |= following
        of_all |= following
    return of_first, of_all


def _read(
    blocks: list[Block], texts: list[str], lower: list[str], title: str | None, under_heading: list[bool]
) -> tuple[np.ndarray, np.ndarray]:
    """What the texts look like: a row of numbers for each, and its cues (its own, its heading's, a long text's)."""
    import numpy as np

    seen = Counter(texts)
    wanted = (title or "")[:BEGINNING].casefold()
    rows, cues = [], []
    since, heading_cues, comment_headings = 0, 0, 0
    for block, text, small, is_heading in zip(blocks, texts, lower, under_heading, strict=True):
        length = block.length
        words = small.split()
        count = len(words) if length < BEGINNING else length / 6
        is_short = len(words) <= SHORT
        bits, all_bits = cue_bits(words, SHORT if is_short else FIRST)
        last = text[-1:]
        is_heading = is_heading or block.node.tag in HEADINGS or (count <= 6 and last == ":")
        if is_heading:
            heading_cues, since = bits, 0
        else:
            since += 1
        if bits & COMMENTS_CUE and count <= HEADING:
            comment_headings += 1
        rows.append(
            (
                math.log1p(count),
                last in SENTENCE_END,
                last in ":：",
                text[:1].islower(),
                text.isupper(),
                DIGIT.search(small, 0, 100) is not None,
                text.count(",") / (count + 1),
                0 if is_short else min(text.count(". ") + text.count("? ") + text.count("! "), 20),
                "|" in small,
                text.endswith("..."),
                seen[text] > 1,
                is_heading,
                since,
                bool(wanted) and small == wanted,
                comment_headings,
            )
        )
        cues.append((bits, heading_cues, 0 if is_short else all_bits))
    return np.array(rows, float), np.array(cues, np.uint64).T


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


def _common(document: Document, node: Node | None, length: np.ndarray) -> np.ndarray:
    """For each node the characters in the smallest element that holds both it and `node`; 0 without one."""
    import numpy as np

    common = np.zeros(len(length))
    if node is not None:
        for up in reversed([node, *node.ancestors()]):
            if up.index < up.end:
                common[up.index : up.end] = length[up.index]
    return common


def _title_block(blocks: list[Block], lower: list[str], landmarks: Landmarks, tags_around: np.ndarray) -> int | None:
    """The place of the block that shows the title: by its element, by its text, else the first in an h1."""
    node, title = landmarks.title_node, (landmarks.title or "")[:BEGINNING].casefold()
    if node is not None:
        for place, block in enumerate(blocks):
            if node.contains(block.node) or (title and title in lower[place] and block.node.contains(node)):
                return place
    if title and title in lower:
        return lower.index(title)
    first = AROUND_BITS["h1"]
    for place, block in enumerate(blocks):
        if int(tags_around[block.node.index]) & first:
            return place
    return None


def _unpacked(masks: np.ndarray) -> np.ndarray:
    """The bits of each mask as columns of 0 and 1, as many of each as WIDTHS says."""
    import numpy as np

    bits = np.unpackbits(masks.astype(np.uint64).view(np.uint8), axis=1, bitorder="little")
    kept = np.concatenate([64 * place + np.arange(width) for place, width in enumerate(WIDTHS)])
    return bits[:, kept].astype(np.float32)
