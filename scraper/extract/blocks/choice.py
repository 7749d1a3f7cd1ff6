"""Which blocks the model's odds make the post: `choose`."""

from __future__ import annotations

from itertools import islice
from math import exp, log

from scraper.extract.blocks.block_arrays import LINKED, is_prose
from scraper.extract.blocks.block_features import Landmarks, describe
from scraper.extract.blocks.block_model import score, weights
from scraper.extract.blocks.footnotes import find_footnotes
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
MUCH = 500  # characters of it, and of a post that stands beside others
FAIR_SHARE = 0.1  # of all that reads like a post, which the one with the page's title has
MOST_BLOCKS = 10_000  # that the model weighs; of a page with more all is the post's that is no link and has no label
PARAGRAPH = 100  # characters of a text that is not twice on a page by chance
SEVERAL = 2  # of such
COPY = 0.4  # share of a text that is shown twice which its copy has
COPIED = 0.9  # share of the copy that was shown before
SAMPLES = frozenset("pre table caption thead tbody tfoot tr td th".split())
MOST_CELLS = 400  # elements of a table that a post shows beside its text


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
    odds = dict(zip(map(id, weighed), scores, strict=True))
    named = landmarks.named if landmarks.certain else None
    least = ODDS if is_post else _promising([(odds[id(block)], block.length) for block in free])
    least_named = ODDS_TAUGHT if is_taught else ODDS_CERTAIN

    def is_likely(block: Block) -> bool:
        inside = named is not None and named.contains(block.node)
        return bool(odds[id(block)] > (least_named if inside else least))

    kept = [block for block in free if is_likely(block)]
    if not is_post and all(block.link_length == block.length for block in kept):
        kept = []  # a menu
    beside = {id(block.node.parent) for block in kept if is_prose(block)}
    if named is not None:  # a paragraph among others of the body
        kept = [b for b in free if is_likely(b) or (_is_among(b, beside, named) and odds[id(b)] > ODDS_AMONG)]
    samples = _samples(free, beside)
    notes = find_footnotes(document, free, kept)
    if samples or notes:  # code and figures read like no post, and stand in one; so do references
        before = set(map(id, kept))
        kept = [b for b in free if id(b) in samples or (notes and b.node.is_within(notes)) or id(b) in before]
    kept = kept or [block for block in free if odds[id(block)] > DOUBTFUL and is_prose(block)]
    kept = _of_one_article(kept, landmarks.title_node)
    kept = _shown_once(kept, dict(zip(map(id, weighed), texts, strict=True)))
    return kept or _largest([block for block in free if is_prose(block)], odds)


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


def _of_one_article(kept: list[Block], title: Node | None) -> list[Block]:
    """These blocks without those of other posts: an article with a heading of its own, beside the one with the title.

    That one has to read like a post by itself: there are pages on which each piece of a text is an article.
    """
    home = _outermost_article(title) if title is not None else None
    if home is None:
        return kept
    inside = sum(block.length for block in kept if home.contains(block.node))
    if inside < MUCH or inside < FAIR_SHARE * sum(block.length for block in kept):
        return kept
    outside = {id(block.node): block.node for block in kept if not home.contains(block.node)}
    articles = {place: _outermost_article(node) for place, node in outside.items()}
    headed = {id(each) for each in articles.values() if each is not None and each.select_one("h1, h2, h3, h4")}
    return [block for block in kept if id(articles.get(id(block.node))) not in headed]


def _outermost_article(node: Node) -> Node | None:
    return next((up for up in reversed([node, *node.ancestors()]) if up.tag == "article"), None)


def _shown_once(kept: list[Block], texts: dict[int, str]) -> list[Block]:
    """These blocks without a copy of them: pages hold a text twice, once for wide screens and once for narrow ones.

    A copy is a stretch of which nearly all was shown before, that is nearly half of the whole and has several
    paragraphs. What comes back among other words, a refrain, a heading, a question, is no copy and stays.
    """
    own = [texts[id(block)] for block in kept]
    if len(set(own)) == len(own):
        return kept
    first = {text: place for place, text in reversed(list(enumerate(own)))}
    is_again = [first[text] < place for place, text in enumerate(own)]
    long = [place for place, block in enumerate(kept) if is_again[place] and block.length >= PARAGRAPH]
    if len({own[place] for place in long}) < SEVERAL:
        return kept
    begin = long[0]
    while is_again[begin - 1]:  # the first block never is
        begin -= 1
    stretch = range(begin, long[-1] + 1)
    again = sum(kept[place].length for place in stretch if is_again[place])
    if again < COPIED * sum(kept[place].length for place in stretch):
        return kept
    if again < COPY * sum(block.length for block in kept):
        return kept
    return [block for place, block in enumerate(kept) if not (is_again[place] and place in stretch)]


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


def _samples(free: list[Block], beside: set[int]) -> set[int]:
    """The blocks, by their `id()`, of code and tables of data whose parent is among `beside`."""
    found = [block for block in free if block.node.tag in SAMPLES]
    hold_data: dict[int, bool] = {}  # the tables that were looked at
    samples: set[int] = set()
    for block in found:
        table = next((up for up in (block.node, *islice(block.node.ancestors(), 4)) if up.tag == "table"), None)
        if table is not None and id(table) not in hold_data:
            hold_data[id(table)] = _holds_data(table)
        outer = table if table is not None and hold_data[id(table)] else block.node
        if id(outer.parent) in beside:
            samples.add(id(block))
    return samples


def _holds_data(table: Node) -> bool:
    """Whether it is a table of headed columns."""
    if table.end - table.index > MOST_CELLS or table.select_one("table, form, p ~ p") is not None:
        return False
    return table.select_one("th") is not None
