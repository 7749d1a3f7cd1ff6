"""What on a page is the site's and not the post's: `label_chrome` marks each block with its kind.

A label on a node says that the node and all below it stay out of the post; where a rule could hit the post itself, the
share of the page's prose that a block holds decides (a wrapper called 'content-sidebar' is no sidebar).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, pairwise

from scraper.extract.blocks.chrome_words import PHRASE_STARTS, WORDS
from scraper.extract.platforms.rules import Platform
from scraper.model import Removal
from scraper.parse.block import Block
from scraper.parse.html import Closed, Document
from scraper.parse.node import SHORT, Node
from scraper.text.prose import excerpt

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
    "menu widget footer related search popup advert cookie_notice share newsletter jobs login_prompt appeal"
    " tool".split()
)
CLOSED_TAGS = frozenset({"nav", "select", "dialog", "menu"})
# What a closed block must not hold: it may be the post's, its author's or the thread's after all.
OPEN_FOR = (
    "h1, article, time, [itemprop], [class*=author], [class*=about], [class*=bio], [id*=author], [id*=about]"
    ", [class*=auteur], [class*=autor], [class*=profile], [class*=omment], [id^=comment], .byline, .date"
    ", .pager, .pageNav, .PageNav, .ipsPagination, .pagelinks, .NumberedPager"
    ", .page-links, .post-page-numbers, [href*=comment-page], p ~ p, nav.tags [rel~=tag], blockquote, .md-tag"
    ", .md-post__meta a"
)
# Blocks of running text: chrome does not stand inside them.
LEAVES = frozenset("p pre h1 h2 h3 h4 h5 h6 blockquote figure dt a span em strong b i small time img button".split())
# Chrome whose short texts still tell something of the post: its time, its author, its counts.
TELLING = frozenset({"byline", "header", "statistics", "template"})
SEPARATORS = "_-:/."
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
CHECKED = frozenset(
    "div section aside ul ol li p span header footer nav table td article form dl h2 h3 h4 h5 a small figure menu"
    " dialog blockquote iframe".split()
)
# What marks an entry as one; its other class names then tell its tags, categories and authors, whatever these are.
ENTRY = frozenset({"hentry", "type-post", "entry-type-post", "status-publish"})
DIGITS = "0123456789"
OF_ENTRY = ("category-", "tag-", "author-", "entry-category-", "entry-tag-", "entry-author-")
KNOWN = PHRASE_STARTS | {word for word in WORDS if " " not in word}
MAJOR = 0.4  # a block that holds more of the page's text than this is hardly chrome
MINOR = 0.25  # the same where the name alone is weaker evidence
HIDDEN_SHARE = 0.2
MOSTLY = 0.7  # share of a block's text inside links
MOST_BODIES = 3  # more are those of a list
LINES = frozenset("p div ul ol dl small footer".split())
LICENCE = "a[rel~=license], a[href*='creativecommons.org/']"
LICENSES = re.compile(r"licen[cs]|copyright|copyleft", re.I)
AROUND_LICENCE = 8  # elements above a link to a licence
LABELLED = 30  # characters beside the links to a post's tags
SMALL_KINDS = frozenset({"byline", "header"})
SMALL = 400  # characters; a header or byline is no longer


@lru_cache(maxsize=4096)
def kind_by_name(names: str) -> tuple[str, str] | None:
    """The kind of chrome that class names and ids tell, and the word that told it.

    >>> kind_by_name(" tag-links "), kind_by_name(" hentry tag-links ")
    (('byline', 'tag links'), None)
    """
    if (alike := numberless(names)) != names:
        return kind_by_name(alike)
    if not ENTRY.isdisjoint(names.split()):
        names = " ".join(name for name in names.split() if not name.startswith(OF_ENTRY))
    for separator in SEPARATORS:
        names = names.replace(separator, " ")
    words = names.split()
    if KNOWN.isdisjoint(words):
        return None
    for pair in pairwise(words):
        if pair[0] in PHRASE_STARTS and (kind := WORDS.get(" ".join(pair))):
            return kind, " ".join(pair)
    for word in words:
        if kind := WORDS.get(word):
            return kind, word
    return None


def numberless(names: str, sign: str = "0") -> str:
    """Names with this sign for the number that ends the last: those of a thread's comments, by ids, are the same.

    >>> numberless(" comment comment-871 "), numberless(" post page2 ")
    (' comment comment-0 ', ' post page2 ')
    """
    stem = names[:-1].rstrip(DIGITS)
    return f"{stem}{sign} " if stem.endswith(("-", "_")) and len(stem) + 1 < len(names) else names


@lru_cache(maxsize=4096)
def is_closed(tag: str, names: str) -> bool:
    """Whether an element of this tag and these names is chrome that no step needs to look into."""
    if tag in CLOSED_TAGS:
        return True
    found = kind_by_name(names) if names and tag in CHECKED else None
    return found is not None and found[0] in CLOSED_KINDS


# Chrome is not even opened where its name is certain: this halves the elements that the steps go through.
CLOSED = Closed(names=is_closed, unless=OPEN_FOR, share=MINOR, longest=200)


@dataclass(frozen=True, slots=True)
class Survey:
    """What of the page was taken off, as it is found; `labels` are short texts in and around the post."""

    labels: list[tuple[Node, str]]
    taken: dict[int, tuple[Node, Removal | None]]

    def take(self, node: Node, kind: str, step: str, rule: str) -> None:
        """Marks one block as taken off; one without text is marked only."""
        node.label = kind
        shows = node.text_length > 0
        self.taken[id(node)] = (
            node,
            Removal(step, kind, rule, node.path, node.text_length, node.excerpt()) if shows else None,
        )

    def take_run(self, block: Block, step: str, rule: str) -> None:
        """Marks a run of text that shares its element with others as taken off: what of it stands in no inline one."""
        text = block.own_text()
        if text:
            self.taken[id(block)] = (
                block.node,
                Removal(step, "outside", rule, block.node.path, len(text), excerpt(text)),
            )

    def spare(self, node: Node) -> None:
        """Takes a mark back."""
        node.label = None
        self.taken.pop(id(node), None)

    @property
    def removals(self) -> list[Removal]:
        return [removal for _, removal in self.taken.values() if removal]


def label_chrome(document: Document, platform: Platform) -> Survey:
    """Labels the page's chrome from the outside in; what is labelled is not looked into."""
    survey = Survey([], {})
    total = max(1, document.body.text_length)
    stated = _stated(document)
    _take_known(document, platform, survey)
    bodies = _around_bodies(document, platform)
    stack = [document.body]
    while stack:
        node = stack.pop()
        if node.label is None and node.tag in CHECKED and id(node) not in bodies:
            reason = _reason(node, total, stated)
            if reason:
                survey.take(node, reason[0], "generic", reason[1])
        if node.label is not None:
            if node.label in TELLING:
                survey.labels.extend(node.short_texts())
            continue
        if node.tag in LEAVES and node.text_length > 2 * SHORT:
            continue
        if node.strings_here and 2 < len(text := node.own_text()) <= SHORT:
            survey.labels.append((node, text))
        if node.below and node.tag not in LEAVES:
            stack.extend(reversed(node.below))
    return survey


def _take_known(document: Document, platform: Platform, survey: Survey) -> None:
    for css, kind in platform.chrome:
        for node in document.body.select(css):
            if not is_labelled(node):
                survey.take(node, kind, "platform", f"{platform.name}: {css[:60]}")
    for node in _terms(document):
        survey.take(node, "taxonomy", "generic", "links to tags and nothing else")
    for node in _licences(document):
        survey.take(node, "licence", "generic", "states the licence")


def _around_bodies(document: Document, platform: Platform) -> set[int]:
    """What a known platform calls the body of a post, and what is around that: no chrome, whatever its name."""
    if platform.name == "generic":
        return set()
    found = next((nodes for css in platform.body if (nodes := document.body.select(css))), [])
    return {id(up) for node in found for up in (node, *node.ancestors())} if len(found) <= MOST_BODIES else set()


def _terms(document: Document) -> Iterator[Node]:
    """Lines of links that the page calls the post's tags, with no words beside them but a label."""
    for link in document.body.select("a[rel~=tag]"):
        line = link.parent
        if line is not None and line.tag in ("li", "span"):
            line = line.parent
        if line is None or line.tag not in LINES or line.text_length - line.link_length > LABELLED or is_labelled(line):
            continue
        yield line


def _licences(document: Document) -> Iterator[Node]:
    """The boxes that state a post's licence, told by their names: they have its title and day, but not its words."""

    @cache
    def says_licence(node: Node) -> bool:
        return LICENSES.search(node.names) is not None

    for link in document.body.select(LICENCE):
        around = islice(link.ancestors(), AROUND_LICENCE)
        named = [up for up in around if up.names and says_licence(up)]
        if named and named[-1].text_length < SMALL and not is_labelled(named[-1]):
            yield named[-1]


def label(node: Node, kind: str, step: str, rule: str, removals: list[Removal]) -> None:
    """Marks one block and records it; a block without text is marked only."""
    node.label = kind
    if node.text_length:
        removals.append(Removal(step, kind, rule, node.path, node.text_length, node.excerpt()))


def is_labelled(node: Node) -> bool:
    """Whether the node or a block around it was taken off already."""
    return node.label is not None or any(up.label for up in node.ancestors())


def _stated(document: Document) -> dict[int, tuple[str, str]]:
    """What roles and styles say of elements: the Node's identity -> kind and rule."""
    stated: dict[int, tuple[str, str]] = {}
    for node in document.select("[role], [style*=none], [style*=hidden]"):
        role = node.get("role") or ""
        if role in ROLES:
            stated[id(node)] = (ROLES[role], f"role={role}")
        elif HIDDEN.search(node.get("style") or ""):
            stated[id(node)] = ("hidden", "style")
    return stated


def _reason(node: Node, total: int, stated: dict[int, tuple[str, str]]) -> tuple[str, str] | None:
    kind = TAGS.get(node.tag)
    if kind and (node.is_closed or node.text_length < MAJOR * total):
        return kind, f"<{node.tag}>"
    said = stated.get(id(node))
    if said and node.text_length < (HIDDEN_SHARE if said[0] == "hidden" else MAJOR) * total:
        return said
    found = kind_by_name(node.names) if node.names else None
    if found is None:
        return None
    kind, word = found
    if kind == "share" and node.select_one("blockquote") is not None:
        return None  # 'social-embed': what somebody said elsewhere, which the post quotes
    if kind in SMALL_KINDS:
        return (kind, word) if node.text_length < SMALL else None
    if node.is_closed:
        return kind, word
    limit = (MAJOR if kind in SURE else MINOR) * total
    return (kind, word) if node.text_length < limit or node.link_length > MOSTLY * node.text_length else None
