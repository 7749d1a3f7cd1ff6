"""The comments of one page: `read_comments` turns the records that records.py found into values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from scraper.extract.chrome import kind_by_name
from scraper.extract.platforms.rules import CommentRules, Selectors
from scraper.extract.records import Record, Records
from scraper.extract.render import render
from scraper.model import Comment, CommentKind, When
from scraper.parse.html import Node
from scraper.text.dates import Rounding, find_times, read_time
from scraper.text.prose import fold
from scraper.text.urls import resolve, without_fragment

# What themes print around a commenter's name.
SAYS = re.compile(
    r"\s*(?:\b(?:says|said|wrote|writes|commented|responds|replied|on|at|le|am|um|sagt|schrieb|schreibt|meint|a dit|a répondu(?: le)?|a écrit(?: le)?|dit|écrit|dice|dijo|escribió|ha detto|scrive|diz|disse|zegt|schreef|pisze|napisał(?:\(a\))?|говорит|пишет|säger|sier|siger|sanoo)|より)?"
    r"\s*(?:\.{3}|…|:|,|\||·|—|–|-)*\s*$",
    re.I,
)
BY = re.compile(r"^(?:posted by|comment by|written by|submitted by|by|von|par|por|di|door|av|from)\s*:?\s+(?=\S)", re.I)
PING = re.compile(r"^\s*(pingback|trackback)\s*:?\s*", re.I)
BUTTONS = frozenset({"share", "login_prompt", "tool", "rating", "menu", "comments", "pagination"})
DEPTH_CLASS = re.compile(r" (?:depth|level|comment-depth|comment-level|reply-level|indent|lvl|threaded-level)[-_]?(\d{1,3}) ")
COUNT = re.compile(r"\d{1,3}(?:[.,\u00a0 ]\d{3})+(?!\d)|\d+")
# What stands alone in an element beside a comment's words: its number, its buttons.
FURNITURE = re.compile(
    r"#?\d{1,5}\.?|says:?|said:?|wrote:?|reply|répondre|antworten|responder|rispondi|beantwoorden|odpowiedz|ответить|返信|permalink|permanent link|link|report(?: abuse| comment)?|flag"
    r"|edit|delete|quote|like|unlike|share|melden|zitieren|signaler|cite|\(?edit\)?|log in to reply|reply to this(?: comment)?|vote (?:up|down)|up|down|on|at|by|[|·•:,/\\()\[\]–—-]+",
    re.I,
)
ONE = re.compile(r"^(?:one|ein|eine|un|une|uno|una|um|uma|один|jeden)\s+\w+", re.I)
ANNOTATION = re.compile(  # Drupal's note on a commenter without an account
    r"\s*\((?:not verified|nicht überprüft|non vérifié|no verificado|non verificato|niet gecontroleerd|não verificado|ikke bekreftet|не проверено)\)", re.I
)
SAID = re.compile(r"\b(?:says|said|wrote|writes|sagt|schrieb|meint|a dit|dice|dijo|ha detto|disse|zegt|schreef)\s*(?:\.{3}|…|:)?$", re.I)
NAME_CLASS = re.compile(r"author|user|(?:^|[ _-])name|poster|commenter|nick|member| by |byline|autor|auteur|creator", re.I)
PROFILE_LINK = re.compile(r"/(?:users?|profiles?|authors?|members?|people|u|social)/(?!login|register|password|logout)|/@|[?&](?:user|author|u)=", re.I)
LOGIN = re.compile(r"log[-_]?in|register|reply|comment", re.I)
LONGEST_NAME = 100  # characters
LONGEST_DATE = 120  # characters of an element that shows a comment's time
ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a thread needs to know of its page."""

    base: str | None
    post_url: str | None
    post_authors: frozenset[str]
    fetched_at: datetime | None
    fetched_before: datetime | None
    not_before: When | None
    rounding: Rounding


def read_comments(found: Records, generic: CommentRules, context: Context) -> tuple[Comment, ...]:
    """The comments in page order, parents resolved as far as the page shows them; those not approved are left out."""
    reader = _Reader(found.rules, generic, context)
    kept = [record for record in found.records if not any(record.select(css) for css in found.rules.hidden)]
    comments = [reader.read(record, position) for position, record in enumerate(kept)]
    return _linked(comments, kept, found.rules)


def declared_count(nodes: Iterable[Node]) -> int | None:
    """The number that the first of these nodes states ('8 comments', 'One thought on ...'), or None."""
    for node in nodes:
        text = node.text()
        if len(text) > 200:
            continue
        number = COUNT.search(re.sub(r"[“\"«„].*", "", text))
        if number:
            return int(re.sub(r"\D", "", number[0]))
        if ONE.match(text):
            return 1
    return None


class _Reader:
    """Reads records with one set of rules; the generic rules speak where those are silent."""

    def __init__(self, rules: CommentRules, generic: CommentRules, context: Context) -> None:
        self.rules = rules
        self.generic = generic
        self.context = context
        self.identity = re.compile(rules.identity, re.I)

    def read(self, record: Record, position: int) -> Comment:
        rules, context = self.rules, self.context
        kind = self.kind(record)
        author_node = self.named_author(record)
        date_node, published = self.date(record)
        subject_node = self.first(record, rules.subject or self.generic.subject)
        if author_node is None:
            author_node = self.beside_date(record, date_node, subject_node) or self.likely_author(record, date_node, subject_node)
        author = _author_name(author_node.text()) if author_node else None
        permalink_node = self.permalink_node(record)
        identity = record.identity or self.named_before(record.node) or self.named(permalink_node)
        body = self.body(record, [node for node in (author_node, date_node, subject_node) if node])
        author_url = self.author_url(author_node)
        if kind != "comment":
            author, author_url, body = self.ping(record, author, author_url, body)
        return Comment(
            id=identity,
            permalink=self.permalink(record, permalink_node),
            parent=None,
            parent_ref=self.reply_to(record),
            position=position,
            depth=0,
            author=author,
            author_url=author_url,
            avatar_url=self.avatar(record),
            by_post_author=self.is_post_author(record, author),
            subject=(subject_node.text() or None) if subject_node else None,
            published=published,
            html=body[1],
            text=body[0],
            kind=kind,
            state="deleted" if any(record.select(css) for css in rules.deleted) else "visible",
        )

    def first(self, record: Record, selectors: Selectors) -> Node | None:
        for css in selectors:
            for node in record.select(css):
                if node.text_length:
                    return node
        return None

    def kind(self, record: Record) -> CommentKind:
        names = record.node.names
        for css in self.rules.ping:
            if f" {css.lstrip('.')} " in names:
                return "trackback" if "trackback" in css else "pingback"
        return "comment"

    def named_author(self, record: Record) -> Node | None:
        """The first element that the rules call the author's and that reads as a name."""
        for css in (*self.rules.author, *self.generic.author):
            for node in record.select(css):
                if node.text_length and _author_name(node.text()):
                    return node
        return None

    def beside_date(self, record: Record, date: Node | None, subject: Node | None) -> Node | None:
        """The emphasised or linked words in the line that holds the time: `<b>Ines</b>, 3 November 2011`."""
        line = date if date is None or date.elements() else date.parent
        if date is None or line is None or line is record.node or line.text_length > LONGEST_DATE or not record.node.contains(line):
            return None
        for node in line.select("b, strong, cite, i, em, a"):
            text = node.text()
            taken = node is date or node.contains(date) or (subject is not None and (subject.contains(node) or node.contains(subject)))
            if text and not taken and not FURNITURE.fullmatch(text) and self.time(text) is None and not LOGIN.search(node.get("href") or ""):
                return node
        return None

    def likely_author(self, record: Record, date: Node | None, subject: Node | None) -> Node | None:
        """A short text that looks like a name's place: by its class, by where it links to, or by 'says' after it."""
        document, others = record.node.document, [node for node in (date, subject) if node]
        for node, text in document.short_texts_in(record.node):
            if any(other.contains(node) for other in (*others, *record.nested)) or FURNITURE.fullmatch(text):
                continue
            said = SAID.search(text)
            named = NAME_CLASS.search(node.names) or (node.parent is not None and NAME_CLASS.search(node.parent.names))
            linked = node.tag == "a" and PROFILE_LINK.search(node.get("href") or "")
            if (said or named or linked) and self.time(text) is None and len(text.split()) <= 7:
                return node
        return None

    def date(self, record: Record) -> tuple[Node | None, When | None]:
        for css in dict.fromkeys((*self.rules.date, *self.generic.date)):
            for node in record.select(css):
                if node.text_length > LONGEST_DATE and node.get("datetime") is None:
                    continue
                when = self.when(node)
                if when is not None:
                    return (node, when) if when.precision != "day" else self.with_clock(record, node, when)
        return None, None

    def with_clock(self, record: Record, node: Node, day: When) -> tuple[Node, When]:
        """The same day with its time of day, where that stands in an element beside the date."""
        for up in node.ancestors():
            if up is record.node or up.text_length > LONGEST_DATE:
                break
            found = [when for _, _, when in find_times(up.text(), **self.clock()) if when.precision in ("minute", "second")]
            if len(found) == 1 and found[0].local and day.local and found[0].local.date() == day.local.date():
                return up, found[0]
        return node, day

    def when(self, node: Node) -> When | None:
        """The element's machine-readable time if it has one, else the time its text shows."""
        shown = node.text()
        for name in ("datetime", "content", "title", "data-time", "data-date"):
            value = node.get(name)
            if value and ISO.match(value):
                found = self.time(value)
                if found:
                    return _shown_as(found, shown)
        if not shown:
            return None
        whole = self.time(shown)
        if whole is not None:
            return whole
        times = find_times(shown, **self.clock())
        return times[0][2] if times else None

    def time(self, text: str) -> When | None:
        return read_time(text, **self.clock())

    def clock(self) -> dict[str, object]:
        context = self.context
        return {
            "fetched_at": context.fetched_at,
            "fetched_before": context.fetched_before,
            "not_before": context.not_before,
            "rounding": context.rounding,
        }

    def body(self, record: Record, fields: list[Node]) -> tuple[str, str]:
        node = self.first(record, (*self.rules.body, *self.generic.body)) or record.node
        without = list(record.nested)
        for css in (*self.rules.furniture, *self.generic.furniture):
            without.extend(each for each in record.select(css) if each is not node and not each.contains(node))
        without.extend(each for each in fields if each is not node and not each.contains(node))
        without.extend(each for each in node.subtree()[1:] if _is_button(each))
        if node is record.node or any(node.contains(each) for each in fields):
            without.extend(each for each in node.subtree()[1:] if each.text_length <= 40 and FURNITURE.fullmatch(each.text()))
        rendered = render(node, self.context.base, without, keep_labelled=True)
        return rendered.text, rendered.html

    def ping(self, record: Record, author: str | None, url: str | None, body: tuple[str, str]) -> tuple[str | None, str | None, tuple[str, str]]:
        """A short ping is a link and nothing else: its text is the title of the page that links here."""
        link = next(iter(record.select("a[href]")), None)
        text = PING.sub("", body[0])
        if link is not None:
            title = link.text()
            if author is None or PING.match(author):
                author = title or None
            url = url or resolve(self.context.base, link.get("href") or "")
            if text == title:
                return author, url, ("", "")
        return author, url, (text, body[1])

    def author_url(self, node: Node | None) -> str | None:
        if node is None:
            return None
        places = [node] if node.tag == "a" else node.select("a[href]") or [up for up in node.ancestors() if up.tag == "a"][:1]
        for place in places:
            href = place.get("href") or ""
            url = resolve(self.context.base, href) if href and not href.startswith("#") else None
            if url and (self.context.post_url is None or without_fragment(url) != self.context.post_url):
                return url
        return None

    def permalink_node(self, record: Record) -> Node | None:
        """The link to this comment: of several the one that names its id, since a reply links to its parent too."""
        nodes = [node for css in (self.rules.permalink or self.generic.permalink) for node in record.select(css) if node.tag == "a"]
        own = record.identity or self.named_before(record.node)
        return next((node for node in nodes if own and self.named(node) == own), nodes[0] if nodes and not own else None)

    def permalink(self, record: Record, node: Node | None) -> str | None:
        ident = record.node.get("id")
        href = node.get("href") if node is not None else None
        if href:
            return resolve(self.context.base, href)
        return f"{self.context.post_url}#{ident}" if ident and self.context.post_url else None

    def named(self, node: Node | None) -> str | None:
        return self.number(node.get("href") or "") if node is not None else None

    def named_before(self, node: Node) -> str | None:
        """The id in an anchor right before the comment: `<a id="comment-871"></a><div class="comment">`."""
        siblings = node.parent.elements() if node.parent is not None else []
        place = next((i for i, each in enumerate(siblings) if each is node), 0)
        before = siblings[place - 1] if place else None
        if before is not None and before.tag == "a":
            return self.number(before.get("id") or before.get("name") or "")
        return None

    def number(self, text: str) -> str | None:
        found = self.identity.search(text)
        return next((group for group in found.groups() if group), None) if found else None

    def reply_to(self, record: Record) -> str | None:
        node = next((each for css in (self.rules.reply_to or self.generic.reply_to) for each in record.select(css)), None)
        if node is None:
            return None
        return self.number(node.get("href") or "") or resolve(self.context.base, node.get("href") or "")

    def avatar(self, record: Record) -> str | None:
        for css in self.rules.avatar or self.generic.avatar:
            for node in record.select(css):
                source = node.get("data-src") or node.get("src") or ""
                if source and not source.startswith("data:"):
                    return resolve(self.context.base, source)
        return None

    def is_post_author(self, record: Record, author: str | None) -> bool:
        names = record.node.names
        by_class = any(f" {css.lstrip('.')} " in names for css in (self.rules.by_post_author or self.generic.by_post_author))
        return by_class or (author is not None and fold(author).casefold() in self.context.post_authors)


def _is_button(node: Node) -> bool:
    if node.text_length > 120 or len(node.names) < 3:
        return False
    found = kind_by_name(node.names)
    return found is not None and found[0] in BUTTONS


def _author_name(text: str) -> str | None:
    """The name as shown, without what themes print around it; None for what is too long for a name."""
    name = BY.sub("", ANNOTATION.sub("", fold(text)))
    if len(name) > 20:
        times = find_times(name)
        if times and times[0][0] > 0:
            name = name[: times[0][0]]
    name = SAYS.sub("", name)
    return name if name and len(name) <= LONGEST_NAME else None


def _shown_as(when: When, shown: str) -> When:
    if not shown or len(shown) > 120:
        return when
    return When(when.earliest, when.latest, when.local, when.utc_offset, when.precision, shown)


def _linked(comments: list[Comment], records: list[Record], rules: CommentRules) -> tuple[Comment, ...]:
    depths = _depths(records, rules)
    place = {id(record.node): index for index, record in enumerate(records)}
    by_id = {comment.id: index for index, comment in enumerate(comments) if comment.id}
    last_at: dict[int, int] = {}
    linked: list[Comment] = []
    for index, (comment, record, depth) in enumerate(zip(comments, records, depths, strict=True)):
        parent = by_id.get(comment.parent_ref) if comment.parent_ref else None
        if parent is None and depth > 0:
            above = next((place[id(up)] for up in record.node.ancestors() if id(up) in place), None)
            parent = above if above is not None else last_at.get(depth - 1)
        if parent == index:
            parent = None
        last_at[depth] = index
        for deeper in [level for level in last_at if level > depth]:
            del last_at[deeper]
        ref = comments[parent].id if parent is not None and comment.parent_ref is None else comment.parent_ref
        below = linked[parent].depth + 1 if parent is not None and parent < index else depth
        linked.append(replace(comment, parent=parent, parent_ref=ref, depth=below))
    return tuple(linked)


def _depths(records: list[Record], rules: CommentRules) -> list[int]:
    """How deep each comment stands: by enclosing comments, by wrappers of the nest class, or by a depth class."""
    nodes = {id(record.node) for record in records}
    depths: list[int] = []
    for record in records:
        enclosing = wrapped = 0
        for up in record.node.ancestors():
            enclosing += id(up) in nodes
            wrapped += bool(rules.nest_class) and f" {rules.nest_class} " in up.names
        depths.append(enclosing or wrapped)
    if not any(depths):
        depths = [int(found[1]) if (found := DEPTH_CLASS.search(record.node.names)) else 0 for record in records]
        lowest = min(depths, default=0)
        depths = [depth - lowest for depth in depths]
    return depths
