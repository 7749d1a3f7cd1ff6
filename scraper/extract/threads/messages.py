"""The messages of a topic in a forum of any software: `find_messages`.

They are found by their times, not by bodies that look alike: of the elements around the page's times, those that
recur, show a name each and hold most of the page's words between them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TypeAlias

from scraper.extract.blocks.block_arrays import is_prose
from scraper.extract.platforms import GENERIC
from scraper.extract.threads.comment_times import Clock
from scraper.extract.threads.comment_words import PROFILE_LINK
from scraper.extract.threads.commenters import Commenter, find_commenter
from scraper.extract.threads.record import Record, number_of
from scraper.extract.threads.records import Records
from scraper.extract.threads.runs import shows_time
from scraper.extract.threads.thread_confidence import Tried
from scraper.parse.html import Document
from scraper.parse.metadata import Claims
from scraper.parse.node import Node
from scraper.text.urls import path_of, resolve, same_site

FORUM_ADDRESS = re.compile(
    r"(?:^|[/.-])(?:[a-z]*forums?|boards?|bbs|community|discuss|discussions?|threads?|topics?|questions?|answers|talk)"
    r"(?:$|[/.?])|/t/|view(?:topic|thread)|show(?:topic|thread)|[?&](?:topic|thread)=",
    re.I,
)
FORUM_TYPES = frozenset({"discussionforumposting", "qapage"})
FORUM_ITEMS = "[itemtype$='/DiscussionForumPosting'], [itemtype$='/QAPage']"
TIMES = "time, abbr[title], [data-timestamp], [data-time], [itemprop=datePublished], [itemprop=dateCreated]"
AUTHORS = (
    "[itemprop=author] [itemprop=name], [itemprop=author] a",
    "a.username, .username a, .username, a.author, .author a, a.bigusername, a.user, .user-name a, .user-name",
    "a[href*='/profile'], a[href*='/user'], a[href*='/member'], a[href*='memberlist'], a[href*='/u/'], a[href*='u=']",
    *GENERIC.comments.author,
)
LINES = "b, i, a, td, dt, dd, li, h2, h3, h4, header, footer"  # in which a time may stand
VARIANT = re.compile(r"odd|even|alt|first|last|new|unread|o(?:n|ff)line|starter|(?:bg|row|color)?", re.I)
DIGITS = re.compile(r"\d+")
IDENTIFIER = re.compile(r"[A-Za-z_][\w-]*")
IDENTITY = (
    r"(?:^|[-_#/=])(?:p|post|posting|pid|msg|message|reply|entry|answer|comment|beitrag|c|m)[-_=]?(?:id[-_=]?)?(\d+)$"
)
LONGEST_TIME = 100  # characters
MOST_TIMES = 20_000  # elements that are a time
MOST_LINES = 2_000  # lines with a digit that are read as one
MOST_GROUPS = 8  # groups of elements that are tried as the messages
MOST_BEFORE = 20  # elements before them that are tried as the opening one
MOST_AROUND = 3  # elements around a message in whose ids its number may stand
HIGHEST = 12  # elements above a time that may be its message
LEAST_OPENING = 120  # characters of an opening message that is not marked up as the others, without its links
LEAST = 2  # messages of a topic
MANY = 4  # messages
MOST_LINKS = 500  # of a lone message that are looked at
MANY_ROWS = 3  # topics in a list of them
LITTLE = 300  # characters of prose that such a list may have
LEAST_TEXT = 25  # characters of a message without its links, on the average
SIGNED = 0.75  # share of the messages that must show a name
WHOLE = 0.6  # share of the page's prose that the messages must hold
ALL = 0.95  # the same for the only message
LED_ON = 0.5  # share of elements whose headings lead to other pages: more are a listing
BODIES = 0.7  # share of the messages that must have a body of the same name
Key: TypeAlias = tuple[str, str]  # the tag of an element, and what its class or id begins with


def find_messages(document: Document, url: str | None, claims: Claims) -> Records | None:
    """The messages of a topic, with the rules to read them; None on a page that is no topic for certain."""
    if not _is_forum(document, url, claims):
        return None
    times = _times(document)
    groups = []
    for key, nodes in _candidates(times, url)[:MOST_GROUPS]:
        opening = _before(document, nodes[0], times)
        if _holds_most(document, [*opening, *nodes]):
            groups.append((key, opening, [*(Record(node, number_of(node)) for node in opening), *_records(nodes)]))
    for lines in ((), times):  # names by their elements, if they show none so by lines with a time
        for key, opening, records in groups:
            signed = _signed(records, lines)
            if len(signed) >= SIGNED * len(records):
                return _messages(f"messages: {'.'.join(key)}", opening, records, signed)
    return None


def find_lone_message(document: Document, url: str | None, claims: Claims) -> Records | None:
    """The only message of a topic that nobody answered, with the rules to read it.

    It is the element with a number for its id that shows a name, no second person's, and the page's first time, and
    holds all of its prose.
    """
    times = _times(document) if _is_forum(document, url, claims) else []
    for node in islice(times[0].ancestors(), HIGHEST) if times else ():
        number = number_of(node)
        if number is None or node.tag in ("body", "html", "main") or not _holds_most(document, [node], ALL):
            continue
        record = Record(node, number)
        if len(_people(record, url)) < 2 and (signed := _signed([record], ())):
            return _messages("the only message", (), [record], signed)
    return None


def _people(record: Record, url: str | None) -> set[str]:
    """Where the links to members' own pages on this site lead."""
    hrefs = (link.get("href") or "" for link in record.select("a[href]")[:MOST_LINKS])
    found = (resolve(url, href) for href in hrefs if PROFILE_LINK.search(href))
    return {path_of(each) for each in found if each and (url is None or same_site(url, each))}


def lists_topics(document: Document, url: str | None, claims: Claims) -> bool:
    """Whether a forum's page lists its topics: hardly any prose, and rows that show a time and lead to a page each."""
    if not _is_forum(document, url, claims):
        return False
    if sum(block.length for block in document.blocks if is_prose(block)) > LITTLE:
        return False
    for _, rows in _candidates(_times(document), url)[:MOST_GROUPS]:
        led = {path for row in rows if (path := _led_to(row)) is not None}
        if len(led) >= MANY_ROWS and 2 * len(led) > len(rows):
            return True
    return False


def _led_to(row: Node) -> str | None:
    """The page that the first link of a row leads to, but for members' own and places on a page."""
    links = ((link, link.get("href") or "") for link in row.select("a[href]") if link.text_length)
    href = next((href for _, href in links if not PROFILE_LINK.search(href)), "#")
    return None if "#" in href else path_of(href)


def _records(nodes: Sequence[Node]) -> list[Record]:
    """The messages with their numbers: their own, else those of the elements around each alone."""
    around = list(nodes)
    for _ in range(MOST_AROUND):
        numbers = [number_of(node) for node in around]
        if all(numbers):
            return [Record(node, number) for node, number in zip(nodes, numbers, strict=True)]
        parents = {up.index: up for node in around if (up := node.parent) is not None}
        if len(parents) < len(nodes):
            break
        around = list(parents.values())
    return [Record(node, number_of(node)) for node in nodes]


def _messages(rule: str, opening: Sequence[Node], records: list[Record], signed: Sequence[Commenter]) -> Records:
    """The records that have a body as most have, with the rules to read them."""
    body = _body(records[len(opening) :], [each.node for each in signed])
    kept = [record for record in records if record.node in opening or record.select(body[0])] if body else records
    generic = GENERIC.comments
    rules = replace(
        generic,
        is_topic=True,
        identity=IDENTITY,
        author=AUTHORS,
        date=(*generic.date, LINES),
        body=(*body, *generic.body),
    )
    return Records(tuple(kept), rules, rule, (), (Tried(rule, "times", len(records) - len(opening), len(kept)),))


def _signed(records: Sequence[Record], times: Sequence[Node]) -> list[Commenter]:
    """Who wrote the messages, as far as they show it: by names of elements, of many also by a line with one of `times`.

    Of many not one name in all: that is a button's, more often than somebody's who talks to himself.
    """
    clock = Clock(None, None, None, "calendar")
    if times and len(records) < MANY:
        return []
    fields = ((record, _first_within(record.node, times)) for record in records)
    found = [each for each in (find_commenter(record, AUTHORS, clock, time) for record, time in fields) if each]
    return [] if times and len({each.name for each in found}) == 1 else found


def _before(document: Document, first: Node, times: Sequence[Node]) -> list[Node]:
    """The opening message where it is not marked up as the others are: it stands before them, with a time and prose."""
    around = {id(up) for up in first.ancestors()}
    tops: dict[Node, int] = {}
    for time in times:
        if time.index >= first.index or len(tops) == MOST_BEFORE:
            break
        node = time
        for up in time.ancestors():
            if id(up) in around:
                break
            node = up
        tops[node] = node.text_length - node.link_length
    with_prose = {node: own for node, own in tops.items() if own > LEAST_OPENING and _shows_prose(document, node)}
    return [max(with_prose, key=lambda node: with_prose[node])] if with_prose else []


def _shows_prose(document: Document, node: Node) -> bool:
    return any(is_prose(block) and node.contains(block.node) for block in document.blocks)


def _is_forum(document: Document, url: str | None, claims: Claims) -> bool:
    if url and FORUM_ADDRESS.search(url):
        return True
    if any(claim.value.lower() in FORUM_TYPES for claim in claims.of("type")):
        return True
    return document.select_one(FORUM_ITEMS) is not None


def _times(document: Document) -> list[Node]:
    """The elements that show or state a time, in page order."""
    found = dict.fromkeys(document.body.select(TIMES)[:MOST_TIMES])
    lines = ((block.node, block.text()) for block in document.blocks if block.length <= LONGEST_TIME)
    for node, text in islice((line for line in lines if DIGITS.search(line[1])), MOST_LINES):
        if shows_time([text]):
            found[node] = None
    within = (node for node in document.nodes if node.owner is not node and node.text_length <= LONGEST_TIME)
    for node in islice((each for each in within if any(map(DIGITS.search, each.strings_here))), MOST_LINES):
        if node.owner not in found and shows_time([node.own_text()]):
            found[node] = None
    return sorted(found, key=lambda node: node.index)


def _first_within(node: Node, times: Sequence[Node]) -> Sequence[Node]:
    """The first of the times that stands in an element, if any does."""
    place = bisect_left(times, node.index, key=lambda each: each.index)
    return times[place : place + 1] if place < len(times) and node.contains(times[place]) else ()


def _candidates(times: Iterable[Node], url: str | None) -> list[tuple[Key, list[Node]]]:
    """Groups of elements of one key that hold a time each, none inside another, those with most text first.

    Entries of a listing are none: more of those may stand beside a topic than it has messages.
    """
    groups: dict[Key, dict[Node, None]] = defaultdict(dict)
    for time in times:
        for up in islice(chain((time,), time.ancestors()), HIGHEST):
            if up.tag in ("body", "html", "main"):
                break
            groups[_key(up)][up] = None
    found = []
    entries: list[Node] = []
    for key, nodes in groups.items():
        kept = _outermost(nodes)
        own = sum(node.text_length - node.link_length for node in kept)
        if len(kept) >= LEAST and own >= LEAST_TEXT * len(kept):
            if _leads_on(kept, url):
                entries += kept
            else:
                found.append((own, len(kept), key, kept))
    outer = _outermost(entries)
    found = [each for each in found if not _stands_in(outer, each[3][0])]
    most = max((count for _, count, _, _ in found), default=0)
    found = [each for each in found if 2 * each[1] >= most]
    return [(key, nodes) for _, _, key, nodes in sorted(found, key=lambda each: (-each[0], -each[1]))]


def _outermost(nodes: Iterable[Node]) -> list[Node]:
    """Those of the elements that are inside none of the others, in page order."""
    kept: list[Node] = []
    for node in sorted(nodes, key=lambda node: node.index):
        if not kept or not kept[-1].contains(node):
            kept.append(node)
    return kept


def _stands_in(outer: Sequence[Node], node: Node) -> bool:
    """Whether an element is one of these, which are in page order and none inside another, or inside one of them."""
    place = bisect_right(outer, node.index, key=lambda each: each.index)
    return place > 0 and outer[place - 1].contains(node)


def _key(node: Node) -> Key:
    for name in ("class", "id"):
        for word in (node.get(name) or "").split():
            stem = DIGITS.sub("", word)
            if not VARIANT.fullmatch(stem.strip("-_")):
                return node.tag, stem.lower()
    parent = node.parent
    stated = (parent.get("class") or parent.get("id") or "") if parent is not None else ""
    return node.tag, "<" + DIGITS.sub("", stated).lower()


def _holds_most(document: Document, nodes: Sequence[Node], least: float = WHOLE) -> bool:
    """Whether most of the page's prose stands in these elements: at least this share."""
    inside = outside = 0
    spans = iter([*((node.index, node.end) for node in nodes), (len(document.nodes) + 1, 0)])
    first, end = next(spans)
    for block in document.blocks:
        if not is_prose(block):
            continue
        while block.node.index >= end and end:
            first, end = next(spans)
        if first <= block.node.index < end:
            inside += block.length
        else:
            outside += block.length
    return 0 < inside >= least * (inside + outside)


def _leads_on(nodes: Sequence[Node], url: str | None) -> bool:
    """Whether these are entries of a listing: each with a heading that is a link to another page."""
    own = path_of(url or "")
    led = 0
    for node in nodes:
        links = node.select("h1 a[href], h2 a[href], h3 a[href], h4 a[href]")[:1]
        led += any(
            not (link.get("href") or "").startswith("#") and path_of(link.get("href") or "").strip("./") not in own
            for link in links
            if not PROFILE_LINK.search(link.get("href") or "")
        )
    return led > LED_ON * len(nodes)


def _body(records: Sequence[Record], names: Sequence[Node]) -> tuple[str, ...]:
    """The selector of the messages' bodies: of what recurs and shows neither name nor time, what has most text."""
    named = {id(up) for name in names for up in (name, *islice(name.ancestors(), HIGHEST))}
    texts: dict[str, int] = defaultdict(int)
    counts: dict[str, int] = defaultdict(int)
    for record in records:
        seen: set[str] = set()
        for node in record.node.subtree()[1:]:
            css = _selector(node)
            if css and css not in seen and id(node) not in named and not _shows_time(node):
                seen.add(css)
                texts[css] += node.text_length - node.link_length
                counts[css] += 1
    usual = [css for css in texts if counts[css] >= BODIES * len(records)]
    best = max(usual, key=lambda css: texts[css], default=None)
    whole = sum(record.node.text_length - record.node.link_length for record in records)
    return (best,) if best and 3 * texts[best] > whole else ()


def _shows_time(node: Node) -> bool:
    return node.select_one("time") is not None


def _selector(node: Node) -> str | None:
    for word in (node.get("class") or "").split():
        if IDENTIFIER.fullmatch(word) and not word[-1].isdecimal() and not VARIANT.fullmatch(word):
            return f"{node.tag}.{word}"
    ident = node.get("id") or ""
    stem = ident.rstrip("0123456789")
    if stem and stem != ident and IDENTIFIER.fullmatch(stem):
        return f'{node.tag}[id^="{stem}"]'
    return None
