"""What the block model looks at: `describe` gives each block of a page as a row of numbers.

A row says what the text looks like (length, share of links, punctuation, words that tell menus, captions or comments),
where it stands (tags and names of the elements around it, how much prose those hold, how far the title is) and what the
rules said of it. Sums over subtrees and marks of all ancestors are computed for the whole page at once, in numpy.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from scraper.extract.block_words import CUES, NAMES, bits_of
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
PHRASE_STARTS = frozenset(word.split()[0] for word in CUE_BITS if " " in word)
CUE_WORDS = frozenset(CUE_BITS) | PHRASE_STARTS
COMMENTS_CUE = CUE_BITS["comments"]
LABELS = ("comments", "comment_form", "author_box", "byline", "title", "related", "widget", "hidden")
NOT_LETTERS = re.compile(r"[^a-z]+")
DIGIT = re.compile(r"\d")
SENTENCE_END = (".", "!", "?", "。", "！", "？", "…", '"', "”", "»")
PROSE = 60  # characters; less is hardly a paragraph
LINKED = 0.3  # share of a paragraph's text inside links, at most
SHORT = 14  # words of a label, all of which are looked at; of a longer text the first eight are, too
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


def describe(document: Document, texts: list[str], landmarks: Landmarks) -> np.ndarray:
    """One row for each block of the document, NUMBERS columns and then one for each word kind and tag.

    :param texts: the blocks' texts, white space folded.
    """
    import numpy as np

    nodes, blocks = document.nodes, document.blocks
    lower = [text[:BEGINNING].casefold() for text in texts]
    parent = np.array([0, *(node.parent.index for node in nodes[1:] if node.parent)])
    end = np.array([node.end for node in nodes])
    start = np.arange(len(nodes))
    length = np.array([node.text_length for node in nodes], float)
    linked = np.array([node.link_length for node in nodes], float) / (length + 1)
    likes = Counter((node.tag, node.names) for node in nodes)
    alike = np.log(np.array([likes[node.tag, node.names] for node in nodes], float))
    named = np.array([name_bits(node.names) if node.names else 0 for node in nodes], np.uint64)
    tags = np.array([TAG_BITS.get(node.tag, 0) for node in nodes], np.uint64)
    around = np.array([AROUND_BITS.get(node.tag, 0) for node in nodes], np.uint64)
    depth, (names_around, tags_around) = _inherited(parent, (named, around))

    own = np.array([block.node.index for block in blocks])
    size = np.array([block.length for block in blocks], float)
    prose = np.array([is_prose(block) for block in blocks], float)
    total, whole = max(size.sum(), 1.0), max(float(size @ prose), 1.0)

    def below(values: np.ndarray) -> np.ndarray:
        """For each node the sum of a value over the blocks in it."""
        sums = np.concatenate([[0.0], np.cumsum(np.bincount(own, values, len(nodes)))])
        return np.asarray(sums[end] - sums[start])

    prose_in, blocks_in, paragraphs_in = below(size * prose) / whole, below(np.ones(len(blocks))), below(prose)
    title = _title_block(blocks, lower, landmarks, tags_around)
    rows, cues = _rows(blocks, texts, lower, landmarks, title, tags_around[own])
    up = [own]
    for _ in range(4):
        up.append(parent[up[-1]])
    before = np.cumsum(prose) - prose
    paragraphs = max(prose.sum(), 1.0)
    place = np.arange(len(blocks))
    near_title = _common(document, blocks[title].node if title is not None else None, length)
    near_date = _common(document, landmarks.published_node, length)
    same = [np.concatenate([[0.0], (at[1:] == at[:-1]).astype(float)]) for at in (up[1], up[2])]
    columns = [
        place / len(blocks),
        (np.cumsum(size) - size) / total,
        size / total,
        depth[own],
        before / paragraphs,
        before == 0,
        before == paragraphs,
        (np.cumsum(size * prose) - size * prose) / whole,
        place - title if title is not None else np.zeros(len(blocks)),
        place < title if title is not None else np.zeros(len(blocks)),
        near_title[own] / total,
        near_date[own] / total,
        np.full(len(blocks), len(blocks)),
        np.full(len(blocks), whole / total),
        np.full(len(blocks), np.log1p(total)),
        *(prose_in[at] for at in up),
        *(np.log1p(blocks_in[at]) for at in up[:3]),
        *(paragraphs_in[at] / (blocks_in[at] + 1) for at in up[:4]),
        *(linked[at] for at in up[:4]),
        *(np.log1p(length[at]) for at in up[:3]),
        *(alike[at] for at in up[:3]),
        *same,
        *(np.append(each[1:], 0.0) for each in same),
    ]
    numbers = np.column_stack([rows, *columns])
    masks = np.column_stack(
        [
            named[own],
            named[own] | named[up[1]] | named[up[2]],
            names_around[own],
            tags[own],
            tags[up[1]],
            tags_around[own],
            *cues.T,
        ]
    )
    return np.concatenate([numbers.astype(np.float32), _unpacked(masks)], 1)


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


def cue_bits(words: list[str]) -> int:
    """The kinds that the words of a text tell."""
    if CUE_WORDS.isdisjoint(words):
        return 0
    bits = 0
    for place, word in enumerate(words):
        bits |= CUE_BITS.get(word, 0)
        if word in PHRASE_STARTS:
            bits |= CUE_BITS.get(" ".join(words[place : place + 2]), 0)
    return bits


def _rows(
    blocks: list[Block],
    texts: list[str],
    lower: list[str],
    landmarks: Landmarks,
    title: int | None,
    tags_around: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """What is looked at block by block: a row of numbers, and cues (its own, its heading's, those of a long text)."""
    import numpy as np

    seen = Counter(texts)
    named = landmarks.named
    wanted = (landmarks.title or "")[:BEGINNING].casefold()
    under_heading = (tags_around & np.uint64(HEADING_AROUND)) != 0
    rows, cues = [], []
    since, heading_cues, comment_headings = 0, 0, 0
    for place, (block, text, small) in enumerate(zip(blocks, texts, lower, strict=True)):
        node, length = block.node, block.length
        words = small.split()
        count = len(words) if length < BEGINNING else length / 6
        is_short = len(words) <= SHORT
        bits = cue_bits(words if is_short else words[:8])
        is_heading = under_heading[place] or node.tag in HEADINGS or (count <= 6 and text[-1:] == ":")
        if is_heading:
            heading_cues, since = bits, 0
        else:
            since += 1
        if bits & COMMENTS_CUE and count <= HEADING:
            comment_headings += 1
        said = _label_of(node)
        inside = named is not None and named.contains(node)
        rows.append(
            (
                length,
                block.link_length / max(length, 1),
                count,
                text.endswith(SENTENCE_END),
                text[-1:] in ":：",
                text[:1].islower(),
                text.isupper(),
                DIGIT.search(small, 0, 100) is not None,
                text.count(",") / (count + 1),
                min(text.count(". ") + text.count("? ") + text.count("! "), 20),
                "|" in small,
                text.endswith("..."),
                seen[text] > 1,
                is_heading,
                since,
                node.is_closed,
                place == title,
                bool(wanted) and small == wanted,
                len(node.below) > 0,
                comment_headings,
                inside,
                inside and said is None and not node.is_closed,
                inside and landmarks.certain,
                said is not None,
                *(said == kind for kind in LABELS),
            )
        )
        cues.append((bits, heading_cues, 0 if is_short else cue_bits(words)))
    table = np.array(rows, float)
    table[:, 0] = np.log1p(table[:, 0])
    table[:, 2] = np.log1p(table[:, 2])
    return table, np.array(cues, np.uint64)


def _label_of(node: Node) -> str | None:
    """What an earlier step took the block for, or the outermost block around it that has a label."""
    at: Node | None = node
    while at is not None and at.label is None:
        at = at.parent
    return at.label if at else None


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
