"""Which blocks the model's odds make the post: `choose`."""

from __future__ import annotations

from math import exp, log

from scraper.extract.blocks.block_arrays import LINKED, is_prose
from scraper.extract.blocks.block_features import Landmarks, describe
from scraper.extract.blocks.block_model import score, weights
from scraper.extract.blocks.one_post import of_one_article, shown_once
from scraper.extract.blocks.wholes import (
    around_prose,
    odds_of_lists,
    with_what_belongs,
    without_bare_headings,
    without_lines_outside,
)
from scraper.parse.block import Block
from scraper.parse.html import Document
from scraper.parse.node import Node

ODDS = 0.3  # log odds above which a block is the post's
ODDS_ELSEWHERE = -2.0  # the same, at least, on a page that may be no post, whose text is more often all over the page
SURE = 0.85  # F1 that blocks must promise for ODDS to be asked there all the same
TOO_BOLD = 2.5  # times what odds ought to be on such a page
ODDS_CERTAIN = -0.4  # the same in an element that the platform's own rules call the body
ODDS_AMONG = -4.0  # the same for a paragraph there that stands beside others which are the post's
ODDS_TAUGHT = -3.0  # the same in one of which the blog's own feed taught that it is the body
DOUBTFUL = -1.5  # the same on a page on which nothing else is
HOPELESS = -4.0  # the same of what is most of the page's prose
MUCH = 500  # characters of it
MOST_BLOCKS = 10_000  # that the model weighs; of a page with more all is the post's that is no link and has no label


def choose(
    document: Document, weighed: list[Block], free: list[Block], landmarks: Landmarks, *, is_post: bool, is_taught: bool
) -> list[Block]:
    """Those of the free blocks that the model takes for the post's.

    `weighed` are all that it looks at: of a run of blocks that are taken already, a long thread, one stands for all.
    `is_post` says that the page is one for certain, `is_taught` that the blog's own feed taught which its body is.
    """
    if len(weighed) > MOST_BLOCKS:
        return [block for block in free if block.link_length < LINKED * block.length]
    texts = [block.text() for block in weighed]
    scores = score(describe(document, weighed, texts, landmarks), weights()).tolist()
    odds = dict(zip(map(id, weighed), scores, strict=True)) | odds_of_lists(document, weighed, scores)
    kept = _likely(free, odds, landmarks, is_post=is_post, is_taught=is_taught)
    kept = without_lines_outside(kept, landmarks.named)
    kept = with_what_belongs(document, free, kept)
    kept = kept or [block for block in free if odds[id(block)] > DOUBTFUL and is_prose(block)]
    kept = without_bare_headings(weighed, kept)
    kept = of_one_article(kept, landmarks.title_node)
    kept = shown_once(kept, dict(zip(map(id, weighed), texts, strict=True)))
    return kept or _largest([block for block in free if is_prose(block)], odds)


def _likely(
    free: list[Block], odds: dict[int, float], landmarks: Landmarks, *, is_post: bool, is_taught: bool
) -> list[Block]:
    """The blocks above the odds that are asked where they stand, and paragraphs of the body beside such."""
    named = landmarks.named if landmarks.certain else None
    least = ODDS if is_post else _promising([(odds[id(block)], block.length) for block in free])
    least_named = ODDS_TAUGHT if is_taught else ODDS_CERTAIN

    def is_likely(block: Block) -> bool:
        inside = named is not None and named.contains(block.node)
        return bool(odds[id(block)] > (least_named if inside else least))

    kept = [block for block in free if is_likely(block)]
    if named is None:
        is_menu = not is_post and all(block.link_length == block.length for block in kept)
        return [] if is_menu else kept
    beside = around_prose(kept)
    return [b for b in free if is_likely(b) or (_is_among(b, beside, named) and odds[id(b)] > ODDS_AMONG)]


def _promising(weighed: list[tuple[float, int]]) -> float:
    """The odds above which blocks, given with their own and their lengths, promise the greatest F1 of all choices.

    A block adds to F1 where its chance is more than half of what the choice has (Lipton, Elkan and Narayanaswamy 2014):
    where nothing on a page reads for certain like its text, less likely blocks are worth taking.
    """
    chances = sorted(((1 / (1 + exp(-odds / TOO_BOLD)), length) for odds, length in weighed), reverse=True)
    expected = sum(chance * length for chance, length in chances)
    best = hits = taken = 0.0
    for chance, length in chances:
        hits, taken = hits + chance * length, taken + length
        best = max(best, 2 * hits / (taken + expected))
    return max(TOO_BOLD * log(best / (2 - best)), ODDS_ELSEWHERE) if 0 < best < SURE else ODDS


def _largest(prose: list[Block], odds: dict[int, float]) -> list[Block]:
    """The likeliest of the paragraphs with those beside it, where they are most of what there is to read."""
    likeliest = max(prose, key=lambda block: odds[id(block)], default=None)
    if likeliest is None or odds[id(likeliest)] < HOPELESS:
        return []
    beside = [block for block in prose if block.node.parent is likeliest.node.parent and odds[id(block)] > HOPELESS]
    length = sum(block.length for block in beside)
    return beside if length > MUCH and 2 * length > sum(block.length for block in prose) else []


def _is_among(block: Block, beside: set[int], named: Node) -> bool:
    """Whether a block is a paragraph of the body, beside others that are kept."""
    return id(block.node.parent) in beside and named.contains(block.node) and is_prose(block)
