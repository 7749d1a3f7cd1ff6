"""Who wrote a comment: `find_commenter` gives the element that shows the name, `commenter_name` the name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scraper.extract.comment_times import LONGEST_LINE, Clock
from scraper.extract.platforms.rules import Selectors
from scraper.extract.records import Record
from scraper.parse.node import Node
from scraper.text.dates import find_times
from scraper.text.prose import fold

# What themes print around a commenter's name, in the languages that blogs are written in.
SAYS = re.compile(
    r"\s*(?:\b(?:says|said|wrote|writes|commented|responds|replied|on|at|le|am|um|sagt|schrieb|schreibt|meint|a dit"
    r"|a répondu(?: le)?|a écrit(?: le)?|dit|écrit|dice|dijo|escribió|ha detto|scrive|diz|disse|zegt|schreef|pisze"
    r"|napisał(?:\(a\))?|говорит|пишет|säger|sier|siger|sanoo)|より)?\s*(?:\.{3}|…|:|,|\||·|—|–|-)*\s*$",
    re.I,
)
SAID = re.compile(
    r"\b(?:says|said|wrote|writes|sagt|schrieb|meint|a dit|dice|dijo|ha detto|disse|zegt|schreef)\s*(?:\.{3}|…|:)?$",
    re.I,
)
BY = re.compile(r"^(?:posted by|comment by|written by|submitted by|by|von|par|por|di|door|av|from)\s*:?\s+(?=\S)", re.I)
# Drupal's note on a commenter without an account.
ANNOTATION = re.compile(
    r"\s*\((?:not verified|nicht überprüft|non vérifié|no verificado|non verificato|niet gecontroleerd|não verificado"
    r"|ikke bekreftet|не проверено)\)",
    re.I,
)
# What stands alone in an element beside a comment's words: its number, its buttons.
FURNITURE = re.compile(
    r"#?\d{1,5}\.?|says:?|said:?|wrote:?|reply|répondre|antworten|responder|rispondi|beantwoorden|odpowiedz|ответить"
    r"|返信|permalink|permanent link|link|report(?: abuse| comment)?|flag|edit|delete|quote|like|unlike|share|melden"
    r"|zitieren|signaler|cite|\(?edit\)?|log in to reply|reply to this(?: comment)?|vote (?:up|down)|up|down|on|at|by"
    r"|[|·•:,/\\()\[\]–—-]+",
    re.I,
)
NAME_CLASS = re.compile(
    r"author|user|(?:^|[ _-])name|poster|commenter|nick|member| by |byline|autor|auteur|creator", re.I
)
PROFILE_LINK = re.compile(
    r"/(?:users?|profiles?|authors?|members?|people|u|social)/(?!login|register|password|logout)|/@"
    r"|[?&](?:user|author|u)=",
    re.I,
)
LOGIN = re.compile(r"log[-_]?in|register|reply|comment", re.I)
LONGEST_NAME = 100  # characters
MOST_WORDS = 7


def commenter_name(text: str) -> str | None:
    """The name as shown, without what themes print around it; None for what is too long for a name.

    >>> commenter_name("Walter Pennick says:")
    'Walter Pennick'
    """
    name = BY.sub("", ANNOTATION.sub("", fold(text)))
    if len(name) > 20:
        times = find_times(name)
        if times and times[0][0] > 0:
            name = name[: times[0][0]]
    name = SAYS.sub("", name)
    return name if name and len(name) <= LONGEST_NAME else None


def find_commenter(record: Record, selectors: Selectors, clock: Clock, fields: Iterable[Node]) -> Node | None:
    """The element that shows who wrote the comment; None where nothing does (no name is better than a wrong one).

    :param fields: elements already read as the comment's time and subject, the time's first.
    """
    for css in selectors:
        for node in record.select(css):
            if node.text_length and commenter_name(node.text()):
                return node
    taken = list(fields)
    return _beside_time(record, taken, clock) or _by_its_looks(record, taken, clock)


def _beside_time(record: Record, taken: list[Node], clock: Clock) -> Node | None:
    """The emphasised or linked words in the line that holds the time: `<b>Ines</b>, 3 November 2011`."""
    time = taken[0] if taken else None
    line = time.parent if time is not None and not time.below else time
    if line is None or line is record.node or line.text_length > LONGEST_LINE or not record.node.contains(line):
        return None
    for node in line.select("b, strong, cite, i, em, a"):
        if any(other.contains(node) or node.contains(other) for other in taken if other is not line):
            continue
        if _may_be_name(node.text(), clock) and not LOGIN.search(node.get("href") or ""):
            return node
    return None


def _by_its_looks(record: Record, taken: list[Node], clock: Clock) -> Node | None:
    """A short text that stands where names stand: by its class, by where it links to, or by 'says' after it."""
    others = [*taken, *record.nested]
    for node, text in record.node.short_texts():
        if any(other.contains(node) for other in others) or len(text.split()) > MOST_WORDS:
            continue
        named = NAME_CLASS.search(node.names) or (node.parent is not None and NAME_CLASS.search(node.parent.names))
        linked = node.tag == "a" and PROFILE_LINK.search(node.get("href") or "")
        if (named or linked or SAID.search(text)) and _may_be_name(text, clock):
            return node
    return None


def _may_be_name(text: str, clock: Clock) -> bool:
    return bool(text) and not FURNITURE.fullmatch(text) and clock.read(text) is None
