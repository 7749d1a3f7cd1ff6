"""What the block model looks at: `describe` gives each block of a page as a row of numbers.

A row says what the text looks like (length, share of links, punctuation, words that tell menus, captions or comments),
where it stands (tags and names of the elements around it, how much prose those hold, how far the title is) and what the
rules said of it. What is the same for all blocks of an element comes from block_arrays.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from scraper.extract.blocks.block_arrays import AROUND, AROUND_BITS, LABELS, TAG_BITS, TAGS, Blocks, Elements, stacked
from scraper.extract.blocks.block_texts import BEGINNING, read_texts
from scraper.extract.blocks.block_words import CUES, NAMES
from scraper.extract.blocks.chrome_words import KINDS
from scraper.parse.block import Block
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.entities import unescape

if TYPE_CHECKING:
    import numpy as np

HEADINGS_AROUND = sum(AROUND_BITS[tag] for tag in ("h1", "h2", "h3", "h4"))
HEADINGS = sum(TAG_BITS[tag] for tag in ("h5", "h6", "dt"))
NUMBERS = 71 + len(LABELS)  # columns before those that are 0 or 1 by a word or a tag
# The last of these, in the order in which `describe` lays them out:
STATED_IN = slice(NUMBERS - 6, NUMBERS - 4)  # whether a text is in what the page states as the post's, or is not
ODDS = slice(NUMBERS - 4, NUMBERS)  # what single words and names tell
MARKUP = re.compile(r"<[^<>]*>")
NOT_WORDS = re.compile(r"\W+")
LEAST_STATED = 400  # letters and digits of a post's text as the page states it, at least
ALIKE = 60  # of a block's text that are looked for in it
MOST_SEARCHED = 30_000_000  # characters of it times blocks: each block is looked for in all of it
WIDTHS = (len(NAMES) + len(KINDS),) * 3 + (len(TAGS), len(TAGS), len(AROUND)) + (len(CUES),) * 3
FIRST_BITS = (0, 0, 0, 0, 0, len(TAGS), 0, 0, 0)  # where these stand in their masks


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What is known of a page before its blocks are told apart.

    `title_node` and `published_node` show the title and the date; `named` is the element that the rules call the
    post's body, `certain` whether they are the platform's own; `stated` is what the page's structured data says to be
    the post's text, if anything.
    """

    title: str | None
    title_node: Node | None
    published_node: Node | None
    named: Node | None
    certain: bool
    stated: str


def describe(document: Document, weighed: list[Block], texts: list[str], landmarks: Landmarks) -> np.ndarray:
    """One row for each of these blocks of the document, NUMBERS columns and then one for each word kind and tag.

    :param texts: the blocks' texts, white space folded.
    """
    import numpy as np

    blocks, elements = Blocks(weighed), Elements(document.nodes)
    lower = [text[:BEGINNING].casefold() for text in texts]
    title = _title_block(weighed, lower, landmarks, elements.tags_around)
    up = [blocks.own]
    for _ in range(4):
        up.append(elements.parent[up[-1]])
    own, parent, grandparent, *_ = up
    tags, tags_around = elements.tags[own], elements.tags_around[own]
    is_heading = ((tags & np.uint64(HEADINGS)) | (tags_around & np.uint64(HEADINGS_AROUND))) != 0
    looks, cues, odds = read_texts(texts, lower, _beginning(landmarks.title), blocks.size, is_heading)
    table = elements.table(blocks)
    numbers = [
        looks,
        table[:, own],
        table[:, parent],
        table[:, grandparent],
        table[:3, up[3]],
        table[:1, up[4]],
        _verdicts(blocks, landmarks, title, elements),
        _places(document, blocks, up, landmarks, title, elements),
        _stated(texts, landmarks.stated),
        stacked([odds, *elements.odds[:, own]]),
    ]
    named = elements.named
    masks = [
        named[own],
        named[own] | named[parent] | named[grandparent],
        elements.names_around[own],
        tags,
        elements.tags[parent],
        tags_around,
        *cues,
    ]
    rows = np.empty((len(texts), NUMBERS + sum(WIDTHS)), np.float32)
    rows[:, :NUMBERS] = np.concatenate(numbers).T
    rows[:, NUMBERS:] = _unpacked(masks)
    return rows


def _beginning(title: str | None) -> str:
    """The part of the title that is looked for in texts."""
    return (title or "")[:BEGINNING].casefold()


def _verdicts(blocks: Blocks, landmarks: Landmarks, title: int | None, elements: Elements) -> np.ndarray:
    """Rows of what the rules said of the blocks."""
    import numpy as np

    labels = elements.labels[blocks.own]
    inside = np.zeros(len(labels), bool)
    if landmarks.named is not None:
        inside = (blocks.own >= landmarks.named.index) & (blocks.own < landmarks.named.end)
    is_labelled = labels != 0
    rows = [
        blocks.closed,
        np.arange(len(labels)) == (-1 if title is None else title),
        blocks.holds_elements,
        inside,
        inside & ~is_labelled & ~blocks.closed,
        inside & landmarks.certain,
        is_labelled,
        *(labels == np.arange(1, len(LABELS) + 1)[:, np.newaxis]),
    ]
    return stacked(rows)


def _stated(texts: list[str], stated: str) -> np.ndarray:
    """Two rows: which texts stand in the post's as it is stated, and which do not; all 0 where none of use is."""
    import numpy as np

    rows = np.zeros((2, len(texts)))
    whole = _letters(MARKUP.sub(" ", unescape(unescape(stated)))) if stated else ""
    if len(whole) >= LEAST_STATED and len(whole) * len(texts) <= MOST_SEARCHED:
        own = list(map(_letters, texts))
        rows[0] = [len(text) * (text[:ALIKE] in whole) for text in own]
        if 2 * rows[0].sum() >= len(whole):  # else the page shows another text, or hardly any of it
            rows[0] = rows[0] > 0
            rows[1] = [text != "" for text in own] - rows[0]
        else:
            rows[0] = 0
    return rows


def _letters(text: str) -> str:
    return NOT_WORDS.sub("", text.casefold())


def _places(
    document: Document,
    blocks: Blocks,
    up: list[np.ndarray],
    landmarks: Landmarks,
    title: int | None,
    elements: Elements,
) -> np.ndarray:
    """Rows of where the blocks stand; `up` are their elements, the parents of those, and so on."""
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
    same = np.zeros((2, count + 1))  # whether a block's parent, and the one around that, is that of the block before
    same[0, 1:-1] = up[1][1:] == up[1][:-1]
    same[1, 1:-1] = up[2][1:] == up[2][:-1]
    rows = [
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
        count,
        whole / total,
        np.log1p(total),
        *same[:, :-1],
        *same[:, 1:],
    ]
    return stacked(rows)


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
    node, title = landmarks.title_node, _beginning(landmarks.title)
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


def _unpacked(masks: list[np.ndarray]) -> np.ndarray:
    """The bits of each mask as columns of 0 and 1, as many of each as WIDTHS says."""
    import numpy as np

    words = np.ascontiguousarray(stacked(masks, np.uint64).T)
    return np.unpackbits(words.view(np.uint8), axis=1, bitorder="little").take(_kept_bits(), axis=1)


@lru_cache(maxsize=1)
def _kept_bits() -> np.ndarray:
    """Where the columns stand among all bits of the masks."""
    import numpy as np

    parts = enumerate(zip(FIRST_BITS, WIDTHS, strict=True))
    return np.concatenate([64 * place + first + np.arange(width) for place, (first, width) in parts])
