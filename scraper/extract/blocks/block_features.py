"""What the block model looks at: `describe` gives each block of a page as a row of numbers.

A row says what the text looks like (length, share of links, punctuation, words that tell menus, captions or comments),
where it stands (tags and names of the elements around it, how much prose those hold, how far the title is) and what the
rules said of it. What is the same for all blocks of an element comes from block_arrays.py.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.extract.blocks.block_arrays import AROUND, AROUND_BITS, LABELS, TAGS, Blocks, Elements, columns
from scraper.extract.blocks.block_words import CUES, NAMES, bits_of, by_first_word
from scraper.extract.blocks.chrome_words import KINDS
from scraper.parse.html import Document
from scraper.parse.node import Block, Node

if TYPE_CHECKING:
    import numpy as np

HEADING_AROUND = sum(AROUND_BITS[tag] for tag in ("h1", "h2", "h3", "h4"))
HEADINGS = frozenset({"h5", "h6", "dt"})
CUE_BITS = bits_of(CUES)
CUES_BY_WORD = by_first_word(CUE_BITS)
CUE_WORDS = frozenset(CUES_BY_WORD)
COMMENTS_CUE = CUE_BITS["comments"]
DIGIT = re.compile(r"\d")
SENTENCE_END = frozenset('.!?。！？…"”»')
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

    blocks, elements = Blocks(weighed), Elements(document.nodes)
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
        columns(_verdicts(blocks, landmarks, title, elements)),
        columns(_places(document, blocks, up, landmarks, title, elements)),
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
    return np.concatenate([*numbers, _unpacked(columns(masks, np.uint64))], 1, dtype=np.float32)


def _verdicts(blocks: Blocks, landmarks: Landmarks, title: int | None, elements: Elements) -> list[np.ndarray]:
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
    blocks: Blocks,
    up: list[np.ndarray],
    landmarks: Landmarks,
    title: int | None,
    elements: Elements,
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
