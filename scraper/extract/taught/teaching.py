"""What a blog's own pages and feed teach of it: `Teacher` looks at pages one by one and gives the blog's `Profile`.

The feed says of its newest posts what they are; where those values stand on their pages is where they stand on all
the blog's pages, also those that no feed covers any more. And what stands at the same place on page after page is the
blog's template.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from scraper.extract.addresses import post_address
from scraper.extract.blocks.chrome import CLOSED
from scraper.extract.kinds import find_platform, page_kind
from scraper.extract.metadata.candidates import words_of
from scraper.extract.metadata.published import shown_time
from scraper.extract.page import extract_page
from scraper.extract.platforms import GENERIC, Platform
from scraper.extract.taught.ballot import Ballot, Judge, own_selectors, selectors_for
from scraper.extract.taught.bodies import Wanted, find_body
from scraper.extract.taught.remarks import Remarks, find_remarks
from scraper.extract.taught.template import Recurrence
from scraper.extract.threads.records import find_records
from scraper.extract.threads.traits import find_traits
from scraper.model import Entry, Page, Post, Profile, When
from scraper.parse.decode import decode
from scraper.parse.html import Document, parse_html
from scraper.parse.metadata import Claims, find_claims
from scraper.parse.node import SHORT, Node
from scraper.text.dates import read_time
from scraper.text.names import person_name, split_names
from scraper.text.prose import fold, whole_characters
from scraper.text.urls import url_key

COMMENT_FIELDS = ("comment", "comment_body", "comment_author")
FIELDS = ("title", "author", "published", "tags", "body", "furniture", *COMMENT_FIELDS)
CLEAN = 0.95  # share of words that are right in a body that needs no teaching
MOST_NODES = 8_000  # of a page that entries are held against
GUESS = 0.95  # what a right body is worth that no rule names: on a page with less prose it may be another block
MOST_FURNITURE = 20  # kinds of blocks in a body
MOST_PAGES = 300  # looked at for one profile; more teach nothing new
DAY_ALONE = 0.8  # what a day is worth where the minute could be known
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)  # a feed states an instant, a page the day at its place


Short = list[tuple[Node, str]]  # elements with a short text, and that text


class Teacher:
    """The pages of one blog so far, as counts; its memory does not grow with them."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.entries = 0
        self._posts: set[str] = set()
        self._recurrence = Recurrence()
        self._ballots = {name: Ballot(name) for name in FIELDS}
        self._ballots["tags"].joined = True
        self._ballots["furniture"].most = MOST_FURNITURE
        for name in COMMENT_FIELDS:
            self._ballots[name].in_thread = True

    @property
    def is_done(self) -> bool:
        """Whether further pages would not be looked at."""
        return self._recurrence.pages >= MOST_PAGES

    def watch(
        self,
        html: bytes | str,
        url: str,
        entry: Entry | None = None,
        content_type: str | None = None,
        remarks: Sequence[Entry] = (),
    ) -> None:
        """Looks at one page, and at what an entry of the feed says of it. Listings and known posts are passed over.

        :param remarks: entries of a feed of comments that were made on this post.
        """
        if self.is_done:
            return
        text = decode(html, content_type).text if isinstance(html, bytes) else whole_characters(html)
        document = parse_html(text, CLOSED)
        claims = find_claims(document, url)
        platform = find_platform(document, claims)
        kind, _ = page_kind(document, platform, claims, url)
        if (kind == "post" or entry is not None) and self._is_new(claims, platform, url):
            is_taught = (entry is not None or remarks) and len(document.nodes) <= MOST_NODES
            page = extract_page(text, url) if is_taught else None
            if page is not None and remarks:
                self._learn_comments(document, find_remarks(document, remarks), page)
            _set_thread_aside(document, platform)
            self._recurrence.add(document)
            if page is not None and entry is not None:
                self._learn(document, entry, page)
        document.release()

    def _is_new(self, claims: Claims, platform: Platform | None, url: str) -> bool:
        """Whether no page of this post was looked at; from now on one was."""
        canonical = next((claim.value for claim in claims.of("canonical_url")), None)
        address, _ = post_address(url, canonical, platform)
        known = len(self._posts)
        self._posts.add(url_key(address or url))
        return len(self._posts) > known

    def profile(self) -> Profile | None:
        """What was learned so far; None where that is nothing."""
        selectors = tuple(each for ballot in self._ballots.values() for each in ballot.taught())
        template = self._recurrence.template()
        if not selectors and not template:
            return None
        return Profile(self.host, self._recurrence.pages, self.entries, selectors, template)

    def _learn(self, document: Document, entry: Entry, page: Page) -> None:
        """Lets what the entry says of this page vote; `page` is how it reads without any profile."""
        self.entries += 1
        post = page.post or Post(None)
        nodes = (node for node in document.nodes if node.label is None and 0 < node.text_length <= 4 * SHORT)
        short = [(node, fold(node.text())) for node in nodes]
        self._learn_title(document, short, entry, post)
        self._learn_author(document, short, entry, post)
        self._learn_published(document, short, entry, post)
        self._learn_tags(document, short, entry, post)
        if entry.html:
            self._learn_body(document, entry, page)

    def _learn_title(self, document: Document, short: Short, entry: Entry, post: Post) -> None:
        wanted = words_of(entry.title or "")
        if wanted:
            nodes = [node for node, text in short if words_of(text) == wanted]
            known = words_of(post.title or "") == wanted
            self._vote("title", document, nodes, lambda found: words_of(found[0].text()) == wanted, known)

    def _learn_author(self, document: Document, short: Short, entry: Entry, post: Post) -> None:
        wanted = {words_of(name) for each in entry.authors if (name := person_name(each))}
        if wanted:
            last = min(wanted).rpartition(" ")[2]
            nodes = [node for node, text in short if last in text.casefold() and _names_in(text) == wanted]
            known = {words_of(byline.name) for byline in post.bylines} == wanted
            self._vote("author", document, nodes, lambda found: _names_in(found[0].text()) == wanted, known)

    def _learn_published(self, document: Document, short: Short, entry: Entry, post: Post) -> None:
        wanted = read_time(entry.published) if entry.published else None
        if wanted is not None and wanted.local is not None:
            nodes = [node for node, text in short if _may_be_time(node, text) and _agreement(shown_time(node), wanted)]
            known = _agreement(post.published, wanted)
            self._vote("published", document, nodes, lambda found: _agreement(shown_time(found[0]), wanted), known)

    def _learn_tags(self, document: Document, short: Short, entry: Entry, post: Post) -> None:
        wanted = {words_of(tag) for tag in entry.tags}

        def covered(texts: Iterable[str]) -> float:
            shown = {words_of(text) for text in texts}
            return len(shown) / len(wanted) if shown <= wanted else 0.0

        if wanted:
            nodes = [node for node, text in short if node.tag == "a" and words_of(text) in wanted]
            known = covered((*post.tags, *post.categories))
            self._vote("tags", document, nodes, lambda found: covered(node.text() for node in found), known)

    def _learn_body(self, document: Document, entry: Entry, page: Page) -> None:
        wanted = Wanted(entry.html)
        found = find_body(document, wanted)
        if found is None:
            return
        self._recurrence.keep(found.blocks)
        precision, recall = wanted.overlap(page.post.text if page.post else "")
        worth = 1.0 if any(claim.field == "body" and ": " in claim.where for claim in page.claims) else GUESS
        self._vote("body", document, found.nodes(), found.judge, worth * (min(precision, recall) >= CLEAN))
        if found.is_whole:
            names = (css for node in found.furniture for css in own_selectors(node))
            self._ballots["furniture"].vote(document, names, found.judge_furniture, precision >= CLEAN)

    def _learn_comments(self, document: Document, remarks: Remarks, page: Page) -> None:
        """Lets the feed's comments vote on what a comment is, which are its words, and who wrote it."""
        if len(remarks.found) < 2:  # of one alone nobody can say where it ends and the thread begins
            return
        read = {words_of(comment.text): words_of(comment.author or "") for comment in page.comments}
        known = sum(each.words in read for each in remarks.found)
        signed = sum(read.get(each.words) == each.author for each in remarks.found)
        for name, nodes, judge, untaught in (
            ("comment", remarks.items(), remarks.judge_items, known),
            ("comment_body", remarks.bodies(), remarks.judge_bodies, known),
            ("comment_author", remarks.authors(), remarks.judge_authors, signed),
        ):
            proposed = (css for node in nodes for css in selectors_for(node))
            self._ballots[name].vote(document, proposed, judge, untaught, len(remarks.found))

    def _vote(self, field: str, document: Document, nodes: Iterable[Node], judge: Judge, known: float) -> None:
        proposed = (css for node in nodes for css in selectors_for(node))
        self._ballots[field].vote(document, proposed, judge, known)


def _set_thread_aside(document: Document, platform: Platform | None) -> None:
    """Labels what belongs to the page's thread, which is no template."""
    found = find_records(document, (platform, GENERIC) if platform else (GENERIC,), find_traits(document))
    for node in (*found.regions, *(record.node for record in found.records)):
        if node is not document.body:
            for each in node.subtree() or [node]:
                each.label = "comments"


def _names_in(text: str) -> set[str]:
    if len(text) > 2 * SHORT:
        return set()
    return {words_of(name) for part in split_names(fold(text)) if (name := person_name(part))}


def _may_be_time(node: Node, text: str) -> bool:
    return len(text) <= SHORT and (any(map(str.isdecimal, text)) or node.get("datetime") is not None)


def _agreement(when: When | None, wanted: When) -> float:
    """1 where the page shows the very minute that the feed states, less where the day, 0 where another."""
    if when is None or when.earliest is None or when.latest is None or wanted.earliest is None or wanted.latest is None:
        return 0.0
    if when.precision not in ("day", "minute", "second"):
        return 0.0
    if when.precision != "day" and abs(when.earliest - wanted.earliest) <= MINUTE and when.utc_offset is not None:
        return 1.0
    return DAY_ALONE if when.earliest - DAY <= wanted.earliest and wanted.latest <= when.latest + DAY else 0.0


def post_of(url: str) -> str:
    """The key of the post that an address belongs to, as far as the address alone tells."""
    return url_key(post_address(url, None, None)[0] or url)
