"""Who wrote a comment: `find_commenter` gives the element that shows the name, `commenter_name` the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scraper.extract.platforms.rules import Selectors
from scraper.extract.threads.comment_times import LONGEST_LINE, Clock
from scraper.extract.threads.comment_words import (
    ANNOTATION,
    BY,
    FURNITURE,
    LOGIN,
    NAME_CLASS,
    POSTED_BY,
    PROFILE_LINK,
    SAID,
    SAYS,
)
from scraper.extract.threads.record import Record
from scraper.model import When
from scraper.parse.node import Node
from scraper.text.date_words import WEEKDAYS
from scraper.text.dates import find_times
from scraper.text.given_names import GIVEN
from scraper.text.prose import fold
from scraper.text.remembered import remembered

NUMBER = re.compile(
    r"^\W*(?:(?:comment|kommentar|commentaire|comentario)?\s*(?:#|no\.?|nr\.?)?\s*\d{1,5}(?=[\s.):]|$))?\W*", re.I
)
EDGES = re.compile(r"^[\s|·⋅∙•:,/\\–—-]+|[\s|·⋅∙•,/\\–—(\[-]+$")
TIME_OF_DAY = re.compile(r"(?<![\w:.])[0-2]?\d[:.][0-5]\d(?::[0-5]\d)?\s*(?:[ap]\.?m\.?\b)?", re.I)
ADDRESS = re.compile(r"^https?://\S+\s+(?=\S)", re.I)  # of a profile, for those who cannot see pictures
LED = re.compile(r"^(?:[,;:|·•–—-]\s+)+")  # what stands between a name and the time before it
BY_ALONE = re.compile(BY.pattern.removesuffix(r"\s+(?=\S)"), re.I)
BETWEEN = re.compile(r"\s[|·•]\s")
PLACE = re.compile(r"#?\d{1,5}\.?|#\d{1,5}(?:\.\d{1,5})+")  # of a comment in its thread, in an element of its own
NO_NAME = re.compile(
    r"#\d{1,5}(?:\.\d{1,5})*"
    r"|(?:posted|written|submitted|publié|geschrieben|gepostet|publicado|inviato)(?: (?:by|on|at|am|le|el|il))?",
    re.I,
)
MARKUP = re.compile(r"</?[a-z]+(?:\s[^<>]*)?>", re.I)  # of a name that is shown with it, as it stands in the database
# A time behind a name that is cut off with the word before it, whether it can be read or not.
POSTED = re.compile(
    r"\s+(?:posted|submitted|written|gepostet|publié)\s*(?:on|at|am|le)?\s*:?\s.*\d.*$|\s[—–]\s\d.*$", re.I
)
LAST_WORD = re.compile(r"(\w+)[.,]*\s*$")
EMPHASIS = frozenset("a b strong cite em i h3 h4 h5 h6".split())
PARAGRAPHS = frozenset("p blockquote pre ul ol table".split())
DAYS = frozenset(WEEKDAYS.split())
DASHED_WORD = re.compile(r"\s[—–|-]\s[^\W\d]+$")  # 'Fri, 15:30 — Sam' is no Saturday in French
DIGIT = re.compile(r"\d")
LETTER = re.compile(r"[^\W\d_]")
WEAK = "[rel~=nofollow][rel~=external]"  # links that engines mark so: the commenter's, and those in the comment
ANSWERED = re.compile(r" (?:parent|in-reply-to|reply-to|comment__parent|replying-to) ")
AROUND = re.compile(r"^#\s+|\s*[:|,]\s*[0-2]?\d:[0-5]\d\s*(?:[ap]\.?m\.?)?$", re.I)  # a link to it, a time of day
SURE_WORDS = 4  # of a name that stands beside a time, if nothing else tells
LONGEST_NAME = 100  # characters
MOST_SHOWN = 5 * LONGEST_NAME  # of a text that begins with a name, which are read
LONGEST_LABEL = 60
MOST_WORDS = 7


@remembered
def commenter_name(text: str) -> str | None:
    """The name as shown, without what themes print around it; None for what is too long for a name.

    >>> commenter_name("Walter Pennick says:")
    'Walter Pennick'
    """
    if "<" in text:
        text = MARKUP.sub(" ", text)
    name = AROUND.sub("", ADDRESS.sub("", ANNOTATION.sub("", fold(text)[:MOST_SHOWN])))
    name = BY.sub("", LED.sub("", name))
    if DIGIT.search(name):
        name = POSTED.sub("", name)
    if len(name) > 20:
        times = find_times(name)
        if times and times[0][0] > 0:
            name = name[: times[0][0]]
    while (shorter := SAYS.sub("", name)) != name:
        name = shorter
    return name if name and len(name) <= LONGEST_NAME and not NO_NAME.fullmatch(name) else None


@dataclass(frozen=True, slots=True)
class Commenter:
    """The name as shown, the element that shows it, and the line of name and time if it says nothing else."""

    name: str
    node: Node
    line: Node | None = None


def find_commenter(
    record: Record, selectors: Selectors, clock: Clock, fields: Sequence[Node], body: Node | None = None
) -> Commenter | None:
    """Who wrote the comment; None where nothing shows it (no name is better than a wrong one).

    :param fields: elements already read as the comment's time and subject, the time's first.
    :param body: the element of the comment's own words, where it has one.
    """
    for node in record.each(selectors):
        if node.text_length and not _is_answered(node):
            shown = _own_link(node, clock)
            inner = [each for each in fields if each is not shown and shown.contains(each)]
            inner += [each for each in shown.below if PLACE.fullmatch(each.text())]
            if name := commenter_name(shown.text(inner)):
                return Commenter(name, shown, node if shown is not node else None)
    found = _in_line(record, fields[0], clock, body) if fields else None
    found = found or _in_end_of_run(record, clock)
    if found:
        return found
    weak = next((node for node in record.select(WEAK) if _may_be_name(node.text(), clock)), None)
    looks = (
        weak
        or _above_time(record, fields, clock)
        or _beside_time(record, fields, clock)
        or _by_its_looks(record, fields, clock)
    )
    name = commenter_name(looks.text()) if looks else None
    return Commenter(name, looks) if looks and name else None


def _own_link(node: Node, clock: Clock) -> Node:
    """Of a box about the commenter the link to a profile, not that of the time; what has words of its own is no box."""
    if len(node.below) < 2 or node.own_text():
        return node
    links = [link for link in node.select("a[href]") if link.text_length and clock.read(link.text()) is None]
    profiles = (link for link in links if PROFILE_LINK.search(link.get("href") or ""))
    return next(profiles, links[0] if links else node)


def _is_answered(node: Node) -> bool:
    """Whether an element speaks of the comment that this one answers."""
    above = node.parent
    if above is None or ANSWERED.search(above.names):
        return above is not None
    return above.parent is not None and ANSWERED.search(above.parent.names) is not None


def _in_line(record: Record, time: Node, clock: Clock, body: Node | None) -> Commenter | None:
    """The name in the line that shows the time, where it stands with nothing else but what themes print.

    'Posted by: Ines | 3 November 2011', '2. Ines - 3 November 2011', 'At 19:30, Ines said...'.
    """
    line = time
    shown = time.text()
    unread = shown if 0 < len(shown) <= LONGEST_LABEL and not clock.find(shown) else ""  # '03/04/2012': day or month?
    for up in time.ancestors():
        if (
            not is_line(record, up)
            or holds_blocks(up)
            or ((line is not time or not unread) and _says_more(line.text(), clock))
            or (body is not None and up.contains(body))
        ):
            break
        line = up
    if not is_line(record, line) and line is not time:
        return None
    ways = dict.fromkeys((tuple(piece.strip() for piece in time.strings_here), tuple(line.pieces()), (line.text(),)))
    if unread:
        ways = dict.fromkeys(tuple(piece.replace(unread, " ") for piece in way) for way in ways)
    tried = (_name_among(pieces, clock) for pieces in ways)
    found = next((each for each in tried if each.name), None)
    if found is None or not found.name:
        return None
    named = [node for node in line.subtree() if node is not line and node.text() == found.name]
    if not (named or found.is_told or len(found.name.split()) <= SURE_WORDS):
        return None
    return Commenter(found.name, named[-1] if named else line, line if found.is_all else None)


def _says_more(text: str, clock: Clock) -> bool:
    """Whether a text says anything beside its time but that it was posted then."""
    return any(not NO_NAME.fullmatch(words) for words in _rest_of(text, clock.find(text)))


def holds_blocks(node: Node) -> bool:
    """Whether paragraphs or other blocks of words stand in an element, which is no mere line then."""
    return any(each.tag in PARAGRAPHS for each in node.subtree()[1:])


def _in_end_of_run(record: Record, clock: Clock) -> Commenter | None:
    """The name in the line that begins or ends a run of siblings: `<dt>Ines said</dt>`."""
    for line in (record.node, record.more[-1]) if record.more else ():
        if line.text_length > LONGEST_LINE:
            continue
        found = _name_among([line.text()], clock)
        shown = [node for node in line.subtree() if node is not line and node.text() == found.name]
        if found.name and (found.is_told or (shown and line.tag == "dt")):
            return Commenter(found.name, shown[-1] if shown else line, line)
    return None


@dataclass(frozen=True, slots=True)
class _Found:
    """A name in a line, whether a word like 'by' tells it, and whether the line says nothing else."""

    name: str | None
    is_told: bool = False
    is_all: bool = False


def _name_among(pieces: Iterable[str], clock: Clock) -> _Found:
    """The one name among the pieces of a line, or before its time."""
    found: list[tuple[bool, str]] = []
    before_time: int | None = None
    after_by = says_more = False
    for piece in pieces:
        text = fold(piece)
        times = clock.find(text)
        for words in _rest_of(text, times):
            said = _said(words)
            if said.name and _may_be_name(said.name, clock):
                found.append((after_by or said.is_told, said.name))
            after_by = said.is_by
            says_more = says_more or (not said.name and words.count(" ") >= MOST_WORDS)
        if before_time is None and times:
            before_time = len(found)
    told = next((name for is_told, name in found if is_told), None)
    is_all = len(found) == 1 and not says_more
    if told:
        return _Found(told, True, is_all)
    return _Found(found[0][1], False, is_all) if len(found) == 1 or before_time == 1 else _Found(None)


class _Said(NamedTuple):
    """What may be a name in the words of a line, whether a word like 'by' tells it, and whether they are but that."""

    name: str | None
    is_told: bool
    is_by: bool


@remembered
def _said(words: str) -> _Said:
    if BY_ALONE.fullmatch(words):
        return _Said(None, False, True)
    name = commenter_name(words)
    if name is None or len(name.split()) > MOST_WORDS or not LETTER.search(name):
        return _Said(None, False, False)
    return _Said(name, bool(BY.match(words)) or SAYS.sub("", words) != words, False)


def _rest_of(text: str, times: list[tuple[int, int, When]]) -> list[str]:
    """What a line says before and after its time, without numbers, separators and buttons."""
    parts: list[str] = []
    at = 0
    for start, end, _ in times:
        day = LAST_WORD.search(text, at, start)
        if day and day[1].lower() in DAYS:
            start = day.start()
        cut = DASHED_WORD.search(text, start, end)
        end = cut.start() if cut else end
        parts.append(text[at:start])
        at = end
    parts.append(text[at:])
    return [words for part in parts for words in _words_of(part)]


@remembered
def _words_of(part: str) -> tuple[str, ...]:
    """The words between separators, without numbers, times of day and buttons."""
    words = (EDGES.sub("", NUMBER.sub("", TIME_OF_DAY.sub("", each))).strip() for each in BETWEEN.split(part))
    return tuple(each for each in words if each and not FURNITURE.fullmatch(each))


def _beside_time(record: Record, taken: Sequence[Node], clock: Clock) -> Node | None:
    """The emphasised or linked words in the line that holds the time: `<b>Ines</b>, 3 November 2011`."""
    time = taken[0] if taken else None
    line = time.parent if time is not None and not time.below else time
    if line is None or not is_line(record, line):
        return None
    for node in line.select("b, strong, cite, i, em, a"):
        if any(other.contains(node) or node.contains(other) for other in taken if other is not line):
            continue
        if _may_be_name(node.text(), clock) and not LOGIN.search(node.get("href") or ""):
            return node
    return None


def _above_time(record: Record, taken: Sequence[Node], clock: Clock) -> Node | None:
    """The element right before the line with the time, if it holds an emphasised or linked name and nothing else."""
    before = taken[0].previous() if taken and taken[0] is not record.node else None
    if before is None or not 0 < before.text_length <= LONGEST_LABEL or not record.holds(before):
        return None
    names = [each for each in before.subtree() if each.tag in EMPHASIS and each.text_length == before.text_length]
    return next((each for each in names if _may_be_name(each.text(), clock) and len(each.text().split()) <= 4), None)


def _by_its_looks(record: Record, taken: Sequence[Node], clock: Clock) -> Node | None:
    """A short text that stands where names stand: by its class, by where it links to, or by 'says' after it."""
    for node, text in record.short_texts(LONGEST_LABEL):
        if any(other.contains(node) for other in taken) or len(text.split()) > MOST_WORDS:
            continue
        if SAID.fullmatch(text):  # '<b>Ines</b> says:' among the comment's words
            names = (each for each in node.below if each.tag in EMPHASIS and each.text_length <= LONGEST_LABEL)
            said = next((each for each in names if _may_be_name(each.text(), clock)), None)
            if said is not None:
                return said
        named = NAME_CLASS.search(node.names) or (node.parent is not None and NAME_CLASS.search(node.parent.names))
        link = node if node.tag == "a" else node.parent
        linked = link is not None and link.tag == "a" and PROFILE_LINK.search(link.get("href") or "")
        if (named or linked or SAID.search(text) or POSTED_BY.match(text)) and _may_be_name(text, clock):
            return node
    return None


def is_line(record: Record, node: Node) -> bool:
    """Whether an element of the record is a line beside the comment's words, and not the comment as a whole."""
    is_whole = node is record.node and not record.more
    return not is_whole and node.text_length <= LONGEST_LINE and record.holds(node)


def _may_be_name(text: str, clock: Clock) -> bool:
    if not text or FURNITURE.fullmatch(text) or "://" in text:
        return False
    return text.lower() in GIVEN or clock.read(text) is None  # 'leo' is a name, and today in Swahili
