"""What reads like the post and is none of it: other posts on its page (`of_one_article`), a copy (`shown_once`)."""

from __future__ import annotations

from scraper.parse.block import Block
from scraper.parse.node import Node

ALONE = 500  # characters of a post that stands beside others
FAIR_SHARE = 0.1  # of all that reads like a post, which the one with the page's title has
PARAGRAPH = 100  # characters of a text that is not twice on a page by chance
SEVERAL = 2  # of such
COPY = 0.4  # share of a text that is shown twice which its copy has
COPIED = 0.9  # share of the copy that was shown before
LONGEST_IN_ONE = 100_000  # characters of a block that is looked through for the paragraphs of the others


def of_one_article(kept: list[Block], title: Node | None) -> list[Block]:
    """These blocks without those of other posts: an article with a heading of its own, beside the one with the title.

    That one has to read like a post by itself: there are pages on which each piece of a text is an article.
    """
    home = _outermost_article(title) if title is not None else None
    if home is None:
        return kept
    inside = sum(block.length for block in kept if home.contains(block.node))
    if inside < ALONE or inside < FAIR_SHARE * sum(block.length for block in kept):
        return kept
    outside = {id(block.node): block.node for block in kept if not home.contains(block.node)}
    articles = {place: _outermost_article(node) for place, node in outside.items()}
    headed = {id(each) for each in articles.values() if each is not None and each.select_one("h1, h2, h3, h4")}
    return [block for block in kept if id(articles.get(id(block.node))) not in headed]


def shown_once(kept: list[Block], texts: dict[int, str]) -> list[Block]:
    """These blocks without a copy of them: pages hold a text twice, once for wide screens and once for narrow ones.

    A copy is a stretch of which nearly all was shown before, that is nearly half of the whole and has several
    paragraphs. What comes back among other words, a refrain, a heading, a question, is no copy and stays. A single
    block that has the paragraphs of the others in one, for search engines or to be read aloud, is a copy too.
    """
    kept = _without_all_in_one(kept, texts)
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


def _without_all_in_one(kept: list[Block], texts: dict[int, str]) -> list[Block]:
    """These blocks without one that is nearly half of the whole and of which nearly all stands in others."""
    largest = max(kept, key=lambda block: block.length, default=None)
    if largest is None or largest.length < COPY * sum(block.length for block in kept):
        return kept
    whole = texts[id(largest)]
    if len(whole) > LONGEST_IN_ONE:
        return kept
    paragraphs = {texts[id(block)] for block in kept if block is not largest and block.length >= PARAGRAPH}
    held = [text for text in paragraphs if text in whole]
    if len(held) < SEVERAL or sum(map(len, held)) < COPIED * len(whole):
        return kept
    return [block for block in kept if block is not largest]


def _outermost_article(node: Node) -> Node | None:
    return next((up for up in reversed([node, *node.ancestors()]) if up.tag == "article"), None)
