"""What the post is called: `find_title`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scraper.extract.blocks.block_arrays import is_prose
from scraper.extract.metadata.candidates import Candidate, Candidates, words_of
from scraper.extract.metadata.site_names import LONGEST_SITE, PARTS, bears_site, leads_home, sites_of, without_site
from scraper.parse.node import Node
from scraper.text.prose import fold
from scraper.text.remembered import remembered

DECLARED = ("json-ld", "opengraph", "microdata", "meta", "twitter", "microformats")
IN_BODY = ("microdata", "microformats")  # an element's own text, which agrees with itself
OWN = frozenset({"h1", "h2", "h3"})  # what may be the post's own heading
HEADINGS = "h1, h2, .entry-title, .post-title, .title"
LONGEST = 400  # characters
FAIR_SHARE = 0.4  # of a declared title that a heading must cover, or of a heading a declared title
AKIN = 0.5  # share of the words that a lone h1 and a declared title have in common
FIRST_UNSPACED = "\u2e80"  # characters of Chinese and Japanese
FEW_UNSPACED = 4  # of which make two words
MOST_STATED, MOST_PARTS = 20, 5
MOST_SITES = 3  # h1 that may stand over the post's own heading
SHORTEST_PART = 12  # characters of a title's part that is looked for on the page
LEAST_PART = 0.3  # of a declared title that it must be
SAME_LENGTH = 3  # characters that an element's text may be longer or shorter than a title
MOST_MORE = 2  # times as many words
ASIDE = frozenset({"comments", "comment_form", "author_box", "template"})
MENU = frozenset({"menu"})
FURNITURE = frozenset("menu footer widget related hidden".split())
BEHIND_CRUMB = 40  # elements from a breadcrumb's last step to the post's own heading
LOGO = re.compile(r"logo|site-?title|site-?name|branding|menu-title|navbar|masthead")


def find_title(candidates: Candidates) -> tuple[str | None, Node | None]:
    """The post's title and the element that shows it.

    In this order: the blog's own element, if it is known; the platform's own; a heading that a declared title begins
    with or holds; a lone h1 that is akin to it; what is declared, without the site's name; the generic elements; a
    lone h1; the title element.
    """
    title, node = _Titles(candidates).find()
    return (fold(title) if title else title), node


class _Titles:
    """What one page states as its title, whole and without the site's name."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        claims = [c for c in candidates.claims.of("title") if c.source != "html" or c.where == "title"]
        self.stated = ([claim for claim in claims if claim.source not in IN_BODY] or claims)[:MOST_STATED]
        self.shown = candidates.document.body.select(HEADINGS)
        self.first = [node for node in self.shown if node.tag == "h1"]
        values = dict.fromkeys(claim.value for claim in self.stated)
        logos = {words_of(node.text()) for node in self.first if _is_logo(node) or leads_home(node, candidates.url)}
        self.sites = sites_of(candidates) | logos
        self.sites |= {words_of(node.text()) for node in self.first[:MOST_SITES] if self.heads_site(node, values)}
        titles = (without_site(value, self.sites) for value in values)
        self.wanted = {words: title for title in titles if (words := words_of(title))}
        self.whole = [words_of(value) for value in values]
        self.first_parts = {words_of(PARTS.split(value, 1)[0]) for value in values}

    def find(self) -> tuple[str | None, Node | None]:
        candidates = self.candidates
        for candidate in candidates.shown("title", candidates.taught):
            if candidate.claim.value:
                candidates.win(candidate.claim)
                return candidate.claim.value, candidate.node
        for candidate in candidates.shown("title", candidates.known):
            if candidate.claim.value and self.may_be(candidate):
                candidates.win(candidate.claim)
                return self.title_in(candidate.claim.value, candidate.node), candidate.node
        heading = self.heading()
        if heading is not None:
            candidates.add("title", heading.text(), "heading", heading.path)
            return self.title_in(heading.text(), heading), heading
        for candidate in candidates.declared("title", DECLARED):
            candidates.win(candidate.claim)
            return self.as_shown(without_site(candidate.claim.value, self.sites), LEAST_PART)
        for candidate in candidates.shown("title", candidates.generic):
            if candidate.claim.value:
                candidates.win(candidate.claim)
                return candidate.claim.value, candidate.node
        return self.last_resort()

    def heads_site(self, node: Node, values: Iterable[str]) -> bool:
        """Whether an h1 says one part of a title, and a heading below it, before any prose, another: the post's."""
        words = words_of(node.text())
        if words.count(" ") >= LONGEST_SITE:
            return False
        divided = ({words_of(part) for part in PARTS.split(value)} for value in values if PARTS.search(value))
        others = {part for parts in divided if words in parts for part in parts - {words, ""}}
        if not others:
            return False
        document = self.candidates.document
        prose = (block.node.index for block in document.blocks if block.node.index > node.index and is_prose(block))
        end = next(prose, len(document.nodes))
        below = document.nodes[node.end : end]
        return any(each.tag in OWN and words_of(each.text()) in others and not _is_logo(each) for each in below)

    def may_be(self, candidate: Candidate) -> bool:
        """Whether a platform's element is this post's title: a lesser heading must be what is declared, if anything."""
        node = candidate.node
        if not self.wanted or node is None:
            return True
        if node.tag == "h1":
            return not self.is_site(node, words_of(candidate.claim.value))
        words = f" {words_of(candidate.claim.value)} "
        return any(f" {each} " in words or words in f" {each} " for each in (*self.wanted, *self.whole))

    def heading(self) -> Node | None:
        """The heading that says what is declared, wholly, in other words or in part; not a breadcrumb's step."""
        found = self.agreeing_heading()
        if found is None:
            return self.akin_heading()
        words = words_of(found.text())
        if found.tag != "h1" and words not in self.first_parts and self.place(words) is None:
            lone = self.akin_heading()
            return lone if lone is not None and _is_several(words_of(lone.text())) else found
        return self.behind_crumb(found) or found

    def behind_crumb(self, crumb: Node) -> Node | None:
        """The heading right behind a breadcrumb of which a step is a heading: what readers see as the title.

        Newspapers put a title for search engines there, which the article's own heading says in other words.
        """
        menu = next((up for up in (crumb, *crumb.ancestors()) if up.label in MENU), None)
        if menu is None or menu.text_length > crumb.text_length + LONGEST:
            return None
        for node in self.shown:
            if menu.end <= node.index <= crumb.index + BEHIND_CRUMB and node.tag in ("h1", "h2"):
                words = words_of(node.text())
                is_like = self.place(words) is not None or any(_is_akin(words, each) for each in self.wanted)
                if is_like and node.text_length <= LONGEST and not node.stands_in(FURNITURE):
                    return node
        return None

    def agreeing_heading(self) -> Node | None:
        """The heading that says what the strongest declaration says, an h1 first; else what covers most of any."""
        best: Node | None = None
        weight = (0, 0, 0, 0)
        for node in (*self.first, *self.shown):  # most often the h1 says it, and the others need not be read
            if not 1 < node.text_length <= LONGEST:
                continue
            words = words_of(node.text())
            place = self.place(words)
            if place is None and (not _is_several(words) or self.share(words) < self.least(node, words)):
                continue
            here = (0, 0, len(words), -node.index) if place is None else (1, node.tag == "h1", -place, -node.index)
            if here > weight and not self.is_site(node, words) and not _stands_aside(node):
                best, weight = node, here
                if place == 0 and node.tag == "h1":
                    break
        return best

    def place(self, words: str) -> int | None:
        """The place of the first declared title that a heading says, or ends with, behind a kicker or a day."""
        return next((place for place, each in enumerate(self.wanted) if each == words or _holds(words, each)), None)

    def least(self, node: Node, words: str) -> float:
        """What share of a declared title a heading must cover: any, if it is an h1 and the title's first part."""
        return 0.0 if node.tag == "h1" and words in self.first_parts else FAIR_SHARE

    def share(self, words: str) -> float:
        """How much of a declared title a heading covers."""
        within = (
            len(words) / len(each) for each in (*self.wanted, *self.whole) if words and f" {words} " in f" {each} "
        )
        return max(within, default=0.0)

    def title_in(self, heading: str, node: Node | None) -> str:
        """A heading without what stands around the title: before it a topic or a day, behind a bar the site."""
        words = words_of(heading)
        last = node.below[-1] if node is not None and len(node.below) > 1 else None
        if last is not None and words_of(last.text()) in self.wanted:
            return last.text()
        title, bar, behind = heading.rpartition(" | ")
        if bar and bears_site(behind, self.sites):
            return title
        place = self.place(words)
        titles = list(self.wanted.items())
        return heading if place is None or titles[place][0] == words else titles[place][1]

    def akin_heading(self) -> Node | None:
        """The page's only h1, where it says in other words what is declared."""
        if not self.wanted:
            return None
        headings = self.headings()
        if len(headings) != 1:
            return None
        words = words_of(headings[0].text())
        return headings[0] if any(_is_akin(words, each) for each in self.wanted) else None

    def headings(self) -> list[Node]:
        found = [node for node in self.first if 1 < node.text_length <= LONGEST]
        found = [node for node in found if not _stands_aside(node) and not self.is_site(node, words_of(node.text()))]
        return [node for node in found if not node.stands_in(FURNITURE)] or found

    def is_site(self, node: Node, words: str) -> bool:
        """Whether a heading is the site's name and not the post's."""
        return words in self.sites or words.replace(" ", "") in self.sites or _is_logo(node)

    def last_resort(self) -> tuple[str | None, Node | None]:
        headings = self.headings()
        if headings and (len(headings) == 1 or not self.stated):
            return headings[0].text(), headings[0]
        for claim in self.stated[:1]:
            self.candidates.win(claim)
            return self.as_shown(without_site(claim.value, self.sites), 0.0)  # a title element says all sorts of things
        return None, None

    def as_shown(self, title: str, share: float) -> tuple[str, Node | None]:
        """The longest part of a title, no less than that share of it, that an element shows; else the title itself.

        What only a menu or a list of other posts shows of it is the name of a section, or another post's.
        """
        least = len(title) * share
        for part in sorted({title, *PARTS.split(title)}, key=len, reverse=True)[:MOST_PARTS]:
            is_fair = len(part) >= least and (len(part) >= SHORTEST_PART or _is_unspaced(part))
            node = self.element_saying(part) if is_fair or part == title else None
            if node is not None and (part == title or not node.stands_in(FURNITURE)):
                return part, node
        return title, None

    def element_saying(self, title: str) -> Node | None:
        """The innermost element whose text is the title, where no heading is."""
        words = words_of(title)
        for node in self.candidates.document.body.subtree():
            if abs(node.text_length - len(title)) > SAME_LENGTH or any(
                each.text_length == node.text_length for each in node.below
            ):
                continue
            if words_of(node.text()) == words and not _stands_aside(node):
                return node
        return None


def _is_logo(node: Node) -> bool:
    up = node.parent
    return _names_logo(node.names) or (up is not None and _names_logo(up.names))


@remembered
def _names_logo(names: str) -> bool:
    return bool(LOGO.search(names))


def _is_several(words: str) -> bool:
    """Whether a text is of several words, also in a language that puts no spaces between them."""
    return " " in words or _is_unspaced(words)


def _is_unspaced(text: str) -> bool:
    """Whether it has several characters of a language that puts no spaces between words."""
    return not text.isascii() and sum(character >= FIRST_UNSPACED for character in text) >= FEW_UNSPACED


def _holds(heading: str, title: str) -> bool:
    """Whether a heading ends with a title, behind a kicker or a day."""
    return " " in title and len(title) >= FAIR_SHARE * len(heading) and heading.endswith(f" {title}")


def _is_akin(heading: str, title: str) -> bool:
    """Whether a heading says in other words, and not in many more or fewer, what a title says."""
    if " " not in heading:
        return title.startswith(f"{heading} ")
    said, wanted = _telling(heading), _telling(title)
    fewer, more = sorted((len(said), len(wanted)))
    return bool(fewer) and more <= MOST_MORE * fewer + 1 and len(said & wanted) >= AKIN * fewer


def _telling(words: str) -> set[str]:
    """The words that tell something: the longer ones and the numbers."""
    return {word for word in words.split() if len(word) > 3 or word.isdecimal()}


def _stands_aside(node: Node) -> bool:
    return node.stands_in(ASIDE)
