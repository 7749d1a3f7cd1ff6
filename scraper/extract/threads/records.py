"""Where the comments of a page stand: `find_records` gives the nodes, comments.py reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, takewhile
from typing import TypeAlias

from scraper.extract.platforms.generic import DECLARED
from scraper.extract.platforms.rules import CommentRules, Platform, Selectors
from scraper.extract.threads.anchored import find_anchored
from scraper.extract.threads.record import Record, share
from scraper.extract.threads.runs import AUTHOR, LEAST_TEXT, is_likely, kind, shows_time, with_siblings
from scraper.extract.threads.scopes import heads_thread
from scraper.extract.threads.thread_confidence import Basis, Tried
from scraper.extract.threads.traits import COMMENT_WORD, Traits
from scraper.parse.html import Document
from scraper.parse.node import Node

# Forms and lists of comments, posts, and pieces of content, which TYPO3 numbers.
NO_COMMENT = re.compile(
    r" (?:(?:comment[-_]?form|commentform|respond|comment[-_]?list|recent[-_]?comments?|recentcomments|comments"
    r"|hentry|h-entry|type-post|csc-default|csc-frame) |frame-type-)"
)
OWN_THREAD = re.compile(r" (?:comments|respond|comment-?form) ")  # ids that engines give to the post's own comments
# Ids of what is only a part of a comment, or a form below it: 'comment-text-7', 'comment_reply_form_7'.
PART = re.compile(
    r"(?:form|link|title|text|body|author|reply|content|head|foot|meta|avatar|date|time|vote|rating|tools|count)", re.I
)
WRAPPER = re.compile(r"comments|kommentare|commentaires|comentarios|comentários|commenti |reacties|container|wrap")
NUMBERED_ID = re.compile(r"([A-Za-z][A-Za-z_-]*)(\d{1,30})")
CELLS = frozenset({"td", "th"})
NEVER = frozenset("dd input h1 h2 h3 h4 span label button p time img iframe".split())
LONGEST_LINE = 100  # characters of a region that may be no more than a link to a form
ANCHORED = "anchored on times"
WHOLE = 0.6  # share of the page's text; what holds more is no box beside the post
HIDDEN_TEMPLATES = frozenset({"template", "script", "noscript", "form", "textarea"})
LONGEST_FORM = 400  # characters; a longer one is a form only while it holds no more than this share of the page:
FORM_SHARE = 0.5  # some systems put the whole page, or the whole thread, into one form


Group: TypeAlias = tuple[str, list[Record]]  # the rule, and what it found


@dataclass(frozen=True, slots=True)
class Records:
    """The comments' nodes in page order, the rules that found them, and the nodes of the thread as a whole.

    `tried` are the rules that found something, the one that won among them.
    """

    records: tuple[Record, ...]
    rules: CommentRules
    rule: str
    regions: tuple[Node, ...]
    tried: tuple[Tried, ...] = ()


def find_records(document: Document, platforms: tuple[Platform, ...], traits: Traits) -> Records:
    """The thread of the page by the platform whose rules find most of one; without comments only its regions."""
    regions: list[Node] = []
    forms = (form for form in document.body.select("form") if is_mere_form(form))
    recent = {id(node) for node in (*_asides(document, traits["recent"]), *forms)}
    for platform in platforms:
        regions += _regions(document, platform.comments, regions)
    best = max(
        (_by_rules(document, each, recent) for each in platforms[:-1]), key=lambda each: len(each[1]), default=None
    )
    if best is not None and best[1]:
        rules, records, rule = best
        tried = [Tried(rule, "platform", len(records), len(records))]
        return Records(tuple(records), rules, rule, tuple(_with_records(regions, records)), tuple(tried))
    others = tuple(prefix for platform in platforms for prefix in platform.comments.other_ids)
    generic = replace(platforms[-1].comments, other_ids=others)
    beside = cache(lambda: recent | _beside(document, traits["aside"], regions))  # few pages need it
    tried = []
    rule, records = _best_group(document, generic, traits, recent, beside, tried)
    if len(records) < 2 and (_speaks_of_comments(traits, regions) or heads_thread(document)):
        anchored = find_anchored(document, regions, beside())
        if anchored:
            tried.append(Tried(ANCHORED, "times", len(anchored), len(anchored)))
        if len(anchored) > len(records):
            rule, records = ANCHORED, anchored
    return Records(tuple(records), generic, rule, tuple(_with_records(regions, records)), tuple(tried))


def is_mere_form(node: Node) -> bool:
    """Whether an element that looks like a form to write comments holds no more than such a form does."""
    return node.text_length <= max(LONGEST_FORM, FORM_SHARE * node.document.body.text_length)


def _by_rules(document: Document, platform: Platform, recent: set[int]) -> tuple[CommentRules, list[Record], str]:
    """The comments by the first of the platform's rules that finds any."""
    rules = platform.comments
    is_sure = rules.is_topic or rules.is_head  # a heading may be one
    for css in rules.item:
        nodes = [node for node in document.body.select(css) if is_sure or _may_be_record(node, recent)]
        records = _known(nodes, rules) if nodes else []
        if records:
            return rules, records, f"{platform.name}: {css[:60]}"
    return rules, [], ""


def _speaks_of_comments(traits: Traits, regions: list[Node]) -> bool:
    return bool(traits["comment"] or traits["numbered"] or any(region.text_length > LONGEST_LINE for region in regions))


def _regions(document: Document, rules: CommentRules, known: list[Node]) -> list[Node]:
    found: list[Node] = []
    taken = {id(node) for node in known}
    for css in rules.region:
        for node in document.body.select(css):
            if not node.is_within(taken):
                found.append(node)
                taken.add(id(node))
    return found


def _known(nodes: list[Node], rules: CommentRules) -> list[Record]:
    """The nodes that a platform's rules call comments, where they hold what a comment has."""
    records = share(with_siblings(_unnested(nodes, re.compile(rules.identity, re.I)), are_heads=rules.is_head))
    return [record for record in records if _is_known(record, rules)]


def _likely(nodes: list[Node], rules: CommentRules, least: int = LEAST_TEXT) -> list[Record]:
    """The nodes that read as comments: each shows a time of its own, and has words."""
    records = share(with_siblings(_unnested(nodes, re.compile(rules.identity, re.I))))
    likely = [record for record in records if is_likely(record, least)]
    are_others = len(likely) > 1 or all(record.identity is not None for record in records)
    if are_others and 0 < len(likely) < len(records):  # 'Thanks!' is a comment among others
        kinds = {kind(record.node) for record in likely}
        likely = [record for record in records if is_likely(record, 1 if kind(record.node) in kinds else LEAST_TEXT)]
    return likely if len(likely) != 1 or _is_surely_one(likely[0]) else []


def _best_group(
    document: Document,
    rules: CommentRules,
    traits: Traits,
    recent: set[int],
    beside: Callable[[], set[int]],
    tried: list[Tried],
) -> Group:
    """A group of elements that read as comments: by the first generic rule, or the most by a class or numbered id."""
    best = _by_generic_rules(document, rules, recent, tried)
    if len(best[1]) > 1 or not (traits["comment"] or traits["numbered"]):
        return best
    for rule, nodes in _groups(document, traits, rules.other_ids):
        if len(nodes) > len(best[1]):
            nodes = [node for node in nodes if _may_be_record(node, beside())]
        if len(nodes) > len(best[1]) and not _are_columns(nodes):
            records = _likely(nodes, rules)
            tried.append(Tried(rule, "named", len(nodes), len(records)))
            if len(records) > len(best[1]) and _is_thread(rule, records, len(nodes)):
                best = (rule, records)
    return best


def _by_generic_rules(document: Document, rules: CommentRules, recent: set[int], tried: list[Tried]) -> Group:
    """What the first generic rule that finds several finds, else the most."""
    best: Group = ("", [])
    for css in rules.item:
        nodes = [node for node in document.body.select(css) if _may_be_record(node, recent)]
        if "[id^=" in css:
            nodes = [node for node in nodes if not PART.search(node.get("id") or "")]
        if len(nodes) > len(best[1]):
            records = _likely(nodes, rules, 1 if css == DECLARED else LEAST_TEXT)
            rule = f"generic: {css[:60]}"
            basis: Basis = "declared" if css == DECLARED else "named"
            tried.append(Tried(rule, basis, len(nodes), len(records)))
            best = max(best, (rule, records), key=lambda group: len(group[1]))
        if len(best[1]) > 1:
            break
    return best


def _is_thread(rule: str, records: list[Record], alike: int) -> bool:
    """Whether what a class or id found is comments: of as many alike at least half, and not mostly links.

    A single one has to be named for a comment, or to stand in what is.
    """
    if len(records) == 1 and not COMMENT_WORD.search(rule) and not _is_in_thread(records[0].node):
        return False
    return 2 * len(records) >= alike and _own_text(records) > 0.5 * sum(record.text_length for record in records)


def _groups(document: Document, traits: Traits, other_ids: Selectors) -> Iterator[tuple[str, list[Node]]]:
    for word in traits["comment"]:
        yield f"class {word}", document.body.select(f".{word}")
    for prefix in traits["numbered"]:
        if prefix in other_ids:
            continue
        nodes = document.body.select(f'[id^="{prefix}"]')
        yield f"id {prefix}N", [node for node in nodes if (node.get("id") or "").removeprefix(prefix).isdecimal()]


def _are_columns(nodes: list[Node]) -> bool:
    """Whether they are cells of one row: 'c1' and 'c2' are also what the columns of a page are called."""
    return len({id(node.parent) for node in nodes}) == 1 and all(node.tag in CELLS for node in nodes)


def _own_text(records: list[Record]) -> int:
    return sum(record.text_length - record.link_length for record in records)


def _with_records(regions: list[Node], records: list[Record]) -> list[Node]:
    """The regions, and the records that stand outside all of them."""
    known = {id(region) for region in regions}
    return regions + [part for record in records for part in record.parts if not part.is_within(known)]


def _may_be_record(node: Node, asides: set[int]) -> bool:
    if node.tag in HIDDEN_TEMPLATES or node.tag in NEVER or (node.tag == "a") == bool(node.text_length):
        return False  # of links only empty ones: anchors before a comment
    return not NO_COMMENT.search(node.names) and not node.is_within(asides)


def _beside(document: Document, words: list[str], regions: list[Node]) -> set[int]:
    """The boxes beside the post. What some engines call a widget holds the post and its comments."""
    threads = [region for region in regions if OWN_THREAD.search(region.names)]
    asides = _asides(document, words)
    return {id(node) for node in asides if not any(node.contains(thread) for thread in threads)}


def _asides(document: Document, words: list[str]) -> list[Node]:
    """The outermost elements with one of these classes or ids, but for wrappers of the page as a whole."""
    found: list[Node] = []
    for node in document.body.select_named(words):
        if node.tag not in ("body", "main") and not (found and found[-1].contains(node)):
            found.append(node)
    limit = document.body.text_length * WHOLE
    return [node for node in found if node.text_length < limit]


def _identity(node: Node, pattern: re.Pattern[str]) -> str | None:
    for name in ("id", "data-comment-id", "data-post-id", "data-id", "about", "resource", "data-commentid"):
        value = node.get(name)
        if value:
            if value.isdecimal():
                return value
            found = pattern.search(value)
            if found:
                return next(group for group in found.groups() if group)
    return None


def _numbers(nodes: list[Node]) -> list[str | None]:
    """The numbers in the elements' ids, where each has one of its own behind the same letters: 'c7', 'c12'.

    A single one has to have the class of a comment as well.
    """
    found = [NUMBERED_ID.fullmatch(node.get("id") or "") for node in nodes]
    told = {(each[1], each[2]) for each in found if each}
    is_sure = len(told) > 1 or all(" comment " in node.names for node in nodes)
    if not is_sure or len(told) < len(nodes) or len({stem for stem, _ in told}) > 1:
        return [None] * len(nodes)
    return [each[2] for each in found if each]


def _are_places(identities: Sequence[str | None]) -> bool:
    """Whether the numbers of several only count them, from 0 or from 1."""
    numbers = [each and int(each) for each in identities]
    return len(numbers) > 1 and numbers in ([*range(len(numbers))], [*range(1, len(numbers) + 1)])


def _unnested(nodes: list[Node], pattern: re.Pattern[str]) -> list[Record]:
    """One Record a comment: of nested nodes with the same identity, or none of their own, the outermost."""
    records: list[Record] = []
    open_: list[Record] = []
    identities = [_identity(node, pattern) for node in nodes]
    if is_guessed := not any(identities):
        identities = _numbers(nodes)
    for node, identity in zip(nodes, identities, strict=True):
        while open_ and not open_[-1].node.contains(node):
            open_.pop()
        is_same = open_ and identity in (open_[-1].identity, None)
        if is_same and (identity is not None or not _is_answer(node, open_[-1].node)):
            continue
        record = Record(node, identity)
        if open_:
            open_[-1].nested.append(node)
        records.append(record)
        open_.append(record)
    if is_guessed and _are_places(identities):
        for record in records:
            record.identity = None  # it told them from parts of each other
    return records


def _is_in_thread(node: Node) -> bool:
    return any(COMMENT_WORD.search(up.names) for up in islice(node.ancestors(), 3))


def _is_surely_one(record: Record) -> bool:
    """Whether the only record of a page is a comment, and no wrapper of a thread without comments, or of the page."""
    if record.node.select_one("h1") is not None:
        return False
    return record.identity is not None or (not WRAPPER.search(record.node.names) and bool(record.select(AUTHOR)))


def _is_answer(node: Node, outer: Node) -> bool:
    """Whether an element without an id in a comment is another.

    It is where it stands in a list below it, is declared to be the same, or is like it and has a time of its own.
    """
    if node.tag == "li" and any(
        up.tag in ("ul", "ol") for up in takewhile(lambda up: up is not outer, node.ancestors())
    ):
        return True
    if any(node.get(name) and node.get(name) == outer.get(name) for name in ("itemprop", "typeof")):
        return True
    if kind(node) != kind(outer):
        return False
    before = (piece.strip() for each in outer.document.nodes[outer.index : node.index] for piece in each.strings_here)
    return shows_time(before) and shows_time(node.pieces())


def _is_known(record: Record, rules: CommentRules) -> bool:
    """Whether a platform's record holds what a comment has; a template's empty shell does not."""
    if any(record.select(css) for css in (*rules.author[:5], *rules.date[:4])):
        return True
    has_body = any(record.select(css) for css in rules.body) or record.text_length > 20
    return has_body and record.identity is not None
