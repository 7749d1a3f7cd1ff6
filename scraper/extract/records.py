"""Where the comments of a page stand: `find_records` gives the nodes, comments.py reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from scraper.extract.platforms.rules import CommentRules, Platform
from scraper.extract.traits import COMMENT_WORD, Traits
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.dates import find_times, read_time

FORM_OR_LIST = re.compile(
    r" (?:comment[-_]?form|commentform|respond|comment[-_]?list|recent[-_]?comments?|recentcomments|comments) "
)
POST = re.compile(r" (?:hentry|h-entry|type-post) ")
NEVER = frozenset("a input h1 h2 h3 h4 span label button p time img iframe".split())
LONGEST_LINE = 100  # characters of a text that is tried as a time
MOST_LOOKED_AT = 12  # short texts with a digit that are tried as a time
DIGIT = re.compile(r"\d")
WHOLE = 0.6  # share of the page's text; what holds more is no box beside the post
HIDDEN_TEMPLATES = frozenset({"template", "script", "noscript", "form", "textarea"})


@dataclass(slots=True)
class Record:
    """One comment's node, with the nodes of comments nested in it."""

    node: Node
    identity: str | None
    nested: list[Node] = field(default_factory=list)

    def select(self, css: str) -> list[Node]:
        """The matches inside this comment that do not belong to a comment nested in it."""
        found = self.node.select(css)
        if not self.nested:
            return found
        return [each for each in found if not any(nested.contains(each) for nested in self.nested)]

    def shows(self, css: str) -> bool:
        """Whether this comment, or something in it, matches."""
        return self.node.matches(css) or bool(self.select(css))


@dataclass(frozen=True, slots=True)
class Records:
    """The comments' nodes in page order, the rules that found them, and the nodes of the thread as a whole."""

    records: tuple[Record, ...]
    rules: CommentRules
    rule: str
    regions: tuple[Node, ...]


def find_records(document: Document, platforms: tuple[Platform, ...], traits: Traits) -> Records:
    """The thread of the page by the first platform whose rules find one; without comments only its regions."""
    regions: list[Node] = []
    recent = {id(node) for node in (*_asides(document, traits["recent"]), *document.body.select("form"))}
    for platform in platforms:
        regions += _regions(document, platform.comments, regions)
    for platform in platforms:
        rules = platform.comments
        for css in rules.item:
            nodes = [node for node in document.body.select(css) if rules.is_topic or _may_be_record(node, recent)]
            records = _records_of(nodes, rules, platform.name != "generic") if nodes else []
            if records:
                return Records(
                    tuple(records), rules, f"{platform.name}: {css[:60]}", tuple(_with_records(regions, records))
                )
    generic = platforms[-1].comments
    if not traits["comment"] and not traits["numbered"]:
        return Records((), generic, "", tuple(regions))
    beside = recent | {id(node) for node in _asides(document, traits["aside"])}
    rule, records = _largest_group(document, generic, traits, beside)
    return Records(tuple(records), generic, rule, tuple(_with_records(regions, records)))


def _regions(document: Document, rules: CommentRules, known: list[Node]) -> list[Node]:
    found: list[Node] = []
    taken = {id(node) for node in known}
    for css in rules.region:
        for node in document.body.select(css):
            if not node.is_within(taken):
                found.append(node)
                taken.add(id(node))
    return found


def _records_of(nodes: list[Node], rules: CommentRules, certain: bool) -> list[Record]:
    """The nodes that read as comments; where the rules are not certain, each must show a time of its own."""
    records = _unnested(nodes, re.compile(rules.identity, re.I))
    return [record for record in records if (_is_known(record, rules) if certain else _is_likely(record))]


def _largest_group(
    document: Document, rules: CommentRules, traits: Traits, asides: set[int]
) -> tuple[str, list[Record]]:
    """The most numerous group of elements whose class or numbered id speaks of comments, if they read as comments."""
    best: tuple[str, list[Record]] = ("", [])
    for rule, nodes in _groups(document, traits):
        nodes = [node for node in nodes if _may_be_record(node, asides)]
        if len(nodes) <= len(best[1]):
            continue
        records = _records_of(nodes, rules, False)
        whole = sum(record.node.text_length for record in records)
        if len(records) == 1 and not COMMENT_WORD.search(rule):
            continue
        if len(records) > len(best[1]) and 2 * len(records) >= len(nodes) and _own_text(records) > 0.5 * whole:
            best = (rule, records)
    return best


def _groups(document: Document, traits: Traits) -> Iterator[tuple[str, list[Node]]]:
    for word in traits["comment"]:
        yield f"class {word}", document.body.select(f".{word}")
    for prefix in sorted({word.rstrip("0123456789") for word in traits["numbered"]}):
        nodes = document.body.select(f'[id^="{prefix}"]')
        numbered = [node for node in nodes if (node.get("id") or "").removeprefix(prefix).isdecimal()]
        yield f"id {prefix}N", [_after_anchor(node) for node in numbered]


def _after_anchor(node: Node) -> Node:
    """The block that an empty anchor stands before, or the node itself."""
    if node.tag != "a" or node.text_length:
        return node
    return next((each for each in islice(node.following(), 3) if each.text_length > 20), node)


def _own_text(records: list[Record]) -> int:
    return sum(record.node.text_length - record.node.link_length for record in records)


def _with_records(regions: list[Node], records: list[Record]) -> list[Node]:
    """The regions, and the records that stand outside all of them."""
    known = {id(region) for region in regions}
    return regions + [record.node for record in records if not record.node.is_within(known)]


def _may_be_record(node: Node, asides: set[int]) -> bool:
    if node.tag in HIDDEN_TEMPLATES or node.tag in NEVER or FORM_OR_LIST.search(node.names) or POST.search(node.names):
        return False
    return not node.is_within(asides)


def _asides(document: Document, words: list[str]) -> list[Node]:
    """The outermost elements with one of these classes or ids, but for wrappers of the page as a whole."""
    css = ",".join(f".{word}, #{word}" for word in words)
    found: list[Node] = []
    for node in document.body.select(css) if css else ():
        if node.tag not in ("body", "main") and not (found and found[-1].contains(node)):
            found.append(node)
    limit = document.body.text_length * WHOLE
    return [node for node in found if node.text_length < limit]


def _identity(node: Node, pattern: re.Pattern[str]) -> str | None:
    for name in ("id", "data-comment-id", "data-post-id", "data-id", "about", "data-commentid"):
        value = node.get(name)
        if value:
            if value.isdecimal():
                return value
            found = pattern.search(value)
            if found:
                return next(group for group in found.groups() if group)
    return None


def _unnested(nodes: list[Node], pattern: re.Pattern[str]) -> list[Record]:
    """One Record a comment: of nested nodes with the same identity, or none of their own, the outermost."""
    records: list[Record] = []
    open_: list[Record] = []
    for node in nodes:
        while open_ and not open_[-1].node.contains(node):
            open_.pop()
        identity = _identity(node, pattern)
        if open_ and identity in (open_[-1].identity, None) and (identity is not None or not _stands_alone(node)):
            continue
        record = Record(node, identity)
        if open_:
            open_[-1].nested.append(node)
        records.append(record)
        open_.append(record)
    return records


def _stands_alone(node: Node) -> bool:
    """Whether a nested node without an id is a comment of its own: it stands in a list below the other."""
    return node.tag == "li" and node.parent is not None and node.parent.tag in ("ul", "ol")


def _is_known(record: Record, rules: CommentRules) -> bool:
    """Whether a platform's record holds what a comment has; a template's empty shell does not."""
    if any(record.select(css) for css in (*rules.author[:5], *rules.date[:4])):
        return True
    has_body = any(record.select(css) for css in rules.body) or record.node.text_length > 20
    return has_body and record.identity is not None


def _is_likely(record: Record) -> bool:
    """Whether an element shows a time of its own (a thread's records are anchored on them), and not only links."""
    node = record.node
    if node.text_length - node.link_length < 12:
        return False
    if record.select("time, abbr[title]"):
        return True
    return any(read_time(text) or find_times(text) for text in islice(_short_strings(record), MOST_LOOKED_AT))


def _short_strings(record: Record) -> Iterator[str]:
    """The short pieces of text with a digit, those of nested comments left out."""
    nested = {id(node) for node in record.nested}
    own = (text for node, text in record.node.short_texts() if not node.is_within(nested))
    pieces = own if nested else record.node.pieces()
    return (text for text in pieces if 3 < len(text) <= LONGEST_LINE and DIGIT.search(text))
