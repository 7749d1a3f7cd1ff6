"""What on a page is the site's and not the post's: `label_chrome` marks each block with its kind.

A label on a node says that the node and all below it stay out of the post; where a rule could hit the post itself, the
share of the page's prose that a block holds decides (a wrapper called 'content-sidebar' is no sidebar).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from scraper.extract.chrome_words import PHRASE_STARTS, WORDS
from scraper.extract.platforms.rules import Platform
from scraper.model import Removal
from scraper.parse.html import Closed, Document, Node

SURE = frozenset({"skip_link", "comments", "search", "login_prompt", "share", "cookie_notice"})
TAGS = {"nav": "menu", "footer": "footer", "aside": "widget", "menu": "menu", "dialog": "popup", "form": "form"}
ROLES = {
    "navigation": "menu",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "widget",
    "search": "search",
    "dialog": "popup",
    "alert": "notice",
}
CLOSED_KINDS = frozenset(
    "menu widget footer related search popup advert cookie_notice share newsletter jobs login_prompt appeal tool".split()
)
CLOSED_TAGS = frozenset({"nav", "select", "dialog", "menu", "svg"})
# What a closed block must not hold: it may be the post's, its author's or the thread's after all.
OPEN_FOR = "h1, article, time, [itemprop], [class*=author], [class*=about], [class*=omment], [id^=comment], .byline, .date"
SEPARATORS = str.maketrans("_-:/.", "     ")
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
CHECKED = frozenset(
    "div section aside ul ol li p span header footer nav table td article form dl h2 h3 h4 h5 a small figure menu"
    " dialog blockquote iframe".split()
)
MAJOR = 0.4  # a block that holds more of the page's text than this is hardly chrome
SMALL = 400  # characters; a header or byline is no longer


@lru_cache(maxsize=20_000)
def kind_by_name(names: str) -> tuple[str, str] | None:
    """The kind of chrome that class names and ids tell, and the word that told it."""
    words = names.translate(SEPARATORS).split()
    for pair in pairwise(words):
        if pair[0] in PHRASE_STARTS and (kind := WORDS.get(" ".join(pair))):
            return kind, " ".join(pair)
    for word in words:
        if kind := WORDS.get(word):
            return kind, word
    return None


def is_closed(tag: str, names: str) -> bool:
    """Whether an element of this tag and these names is chrome that no step needs to look into."""
    if tag in CLOSED_TAGS:
        return True
    found = kind_by_name(names) if names and tag in CHECKED else None
    return found is not None and found[0] in CLOSED_KINDS


# Chrome is not even opened where its name is certain: this halves the elements that the steps go through.
CLOSED = Closed(names=is_closed, unless=OPEN_FOR, share=0.25)


def label_chrome(document: Document, platform: Platform) -> list[Removal]:
    """Labels the page's chrome, and returns one Removal for each block so labelled, outermost first."""
    removals: list[Removal] = []
    body = document.body
    total = max(1, body.text_length)
    stated = _stated(document)
    for css, kind in platform.chrome:
        for node in body.select(css):
            if not is_labelled(node):
                label(node, kind, "platform", f"{platform.name}: {css[:60]}", removals)
    index, nodes = body.index + 1, document.nodes
    while index < body.end:
        node = nodes[index]
        if node.label is not None:
            index = node.end
            continue
        reason = _reason(node, total, stated) if node.tag in CHECKED else None
        if reason:
            label(node, reason[0], "generic", reason[1], removals)
            index = node.end
        else:
            index += 1
    return removals


def label(node: Node, kind: str, step: str, rule: str, removals: list[Removal]) -> None:
    """Marks one block and records it; a block without text is marked only."""
    node.label = kind
    if node.text_length:
        removals.append(Removal(step, kind, rule, node.path, node.text_length, node.excerpt()))


def is_labelled(node: Node) -> bool:
    """Whether the node or a block around it was taken off already."""
    return node.label is not None or any(up.label for up in node.ancestors())


def _stated(document: Document) -> dict[int, tuple[str, str]]:
    """What roles and styles say of elements: node index -> kind and rule."""
    stated: dict[int, tuple[str, str]] = {}
    for node in document.select("[style*=none], [style*=hidden]"):
        if HIDDEN.search(node.get("style") or ""):
            stated[node.index] = ("hidden", "style")
    for node in document.select("[role]"):
        role = node.get("role") or ""
        if role in ROLES:
            stated[node.index] = (ROLES[role], f"role={role}")
    return stated


def _reason(node: Node, total: int, stated: dict[int, tuple[str, str]]) -> tuple[str, str] | None:
    share = node.text_length / total
    kind = TAGS.get(node.tag)
    if kind and share < MAJOR:
        return kind, f"<{node.tag}>"
    said = stated.get(node.index)
    if said and share < (0.2 if said[0] == "hidden" else MAJOR):
        return said
    found = kind_by_name(node.names) if node.names else None
    if found is None:
        return None
    kind, word = found
    if kind == "byline":
        return (kind, word) if node.text_length < SMALL else None
    if kind == "header" and node.text_length > SMALL:
        return None
    limit = MAJOR if kind in SURE else 0.25
    return (kind, word) if share < limit or node.link_length > 0.7 * node.text_length else None
