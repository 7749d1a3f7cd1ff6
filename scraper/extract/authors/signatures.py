"""Where a page shows who wrote it, whatever its engine: `find_signatures`."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from functools import lru_cache

from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.introductions import begins_byline, ends_in_by, is_by_another
from scraper.text.names import signed_names
from scraper.text.urls import host_of

# What class names and ids call the place of a byline. Here and below each alternative begins with a letter of its own,
# which makes the search four times as fast: what must not stand before a word is asked behind it.
AUTHOR = re.compile(
    r"a(?:uth?or(?!i[sz])|uteur|utore)|by-?line|writer|verfasser|redact(?:eur|or)|contributor|f(?:örfattare|orfatter)"
    r"|poste(?:d-?by|r\b)|s(?:ubmitted|ender|creen-?name|ignature)|user-?name|vcard|nom\b(?<=\bnom)"
)
# What they call the place of somebody else's name, and a place that presents other posts or pictures.
OTHERS = re.compile(r"comment|kommentar|re(?:lated|c(?:ommend|ent)|view|ply|v__)|theme|design|licen[sc]e")
ELSEWHERE = re.compile(
    r"t(?:easer|rending|ags?\b)|c(?:redit|opyright|aption|ard(?<!discard)|ite)|latest|p(?:opular|romo|hoto)|sidebar"
    r"|widget(?<!elementor-widget)|more-|image|fo(?:to|oter)|gallery|newsletter|author-?list"
)
# An icon around the name of a person: of Font Awesome, Bootstrap, Material Design, and of themes' own.
ICON = re.compile(
    r"(?:fa|bi|mdi|ri|ion|icon|iconfont|glyphicon|reco)-(?:[a-z]+-)?(?:user|person|account|author)(?:-[a-z]+)?\s"
)
# What stands before a person's name in the path of an address, and in its query.
PERSON_PATHS = frozenset(
    "author authors autor autoren autorin autores auteur auteurs autore autori user users u profile profiles profil"
    " people person personen staff team contributor contributors writer writers columnist columnists journalist"
    " journalists journaliste giornalista redaktion redakteur bio member members editors benutzer nutzer utilisateur"
    " schrijver skribent experte experten expert experts herausgeber herausgeberin user-uebersicht".split()
)
PERSON_QUERY = re.compile(r"[?&](?:author|user|u|uid)=|userinfo|user-?uebersicht")
# What an attribute says that is shown or read aloud of an element with the author's name.
LABELS = frozenset(
    "author autor autorin auteur autore autora författare verfasser 作者 投稿者 著者 执笔 작성자".split()
)
LABELLED = frozenset({"a", "span"})
CLOSED = frozenset(
    "menu related comments comment_form search advert jobs login_prompt newsletter cookie_notice popup pagination"
    " trackbacks appeal statistics".split()
)
QUOTING = frozenset({"figure", "figcaption", "blockquote", "pre", "code"})
INLINE = frozenset("a span b strong em i small cite font u address".split())
LONGEST = 160  # characters around a name
LONGEST_BARE = 80  # of a text that no by-word begins
LONGEST_LINE = 120  # of a byline with its date
LONGEST_ADDRESS = 1_000
CARD = 600  # characters of a block that presents another post
OTHERS_BLOCK = 2_000  # characters of a block of other people's names
LIST_OF_LINKS = 400  # characters of a block that holds links and nothing else
MOSTLY = 0.9
TEASER = 30  # characters of a link besides the name
MOST_PARTS = 20  # elements of a byline
MOST = 40  # signatures of one page


@dataclass(frozen=True, slots=True)
class Signature:
    """Names as they stand in one place, and what speaks for them and against them there."""

    names: tuple[str, ...]
    node: Node
    introduced: bool  # by a by-word before them
    linked: bool  # to a page about one person
    called: bool  # an author by a class or an id
    aside: bool  # in a block whose class speaks of another post, or of a picture
    in_teaser: bool
    in_prose: bool
    dated: bool  # digits, as of a date, stand beside it
    chrome: str | None  # the kind of chrome that is around them


NAME_LABELS = frozenset({"Name", "Name:"})

# What an element has from its own names and from the elements around it.
CALLED, ASIDE, LINKED, OTHERS_PLACE = 1, 2, 4, 8


def find_signatures(
    document: Document, url: str | None, hidden: Container[Node], title: Node | None = None
) -> list[Signature]:
    """The places that may be the post's byline, in page order. `url` is the page's own address.

    A block that holds the `title` is no advert, no list and nobody else's place, whatever it is called.
    """
    search = _Search(document, url, hidden, title)
    nodes, found = document.nodes, search.found
    at, end = document.body.index, document.body.end
    while at < end and len(found) < MOST:
        node = nodes[at]
        if search.enters(node):
            at += 1
            if node.text_length <= LONGEST:
                search.looks_at(node)
        else:
            at = node.end
    return found


class _Search:
    """One walk over a page: what each element has from those around it, and the text before the present one."""

    def __init__(self, document: Document, url: str | None, hidden: Container[Node], title: Node | None) -> None:
        self.title = title.index if title is not None else -1
        self.found: list[Signature] = []
        self.site = ".".join((host_of(url or "") or "").split(".")[-2:])
        self.hidden = hidden
        self.marks = [0] * len(document.nodes)
        self.chrome: list[str | None] = [None] * len(document.nodes)
        self.last, self.last_text, self.name_follows = document.body, "", False
        self.is_labelled = False  # whether names stand behind the label 'Name'
        self.document = document

    def enters(self, node: Node) -> bool:
        """Whether a byline may be in an element; notes what it has from itself and those around it."""
        place, length, tag, names, parent = node.index, node.text_length, node.tag, node.names, node.parent
        mark, kind = (0, None) if parent is None else (self.marks[parent.index], self.chrome[parent.index])
        holds_title = place <= self.title < node.end
        if node.label is not None and not holds_title and not (node.label == "widget" and "elementor" in names):
            kind = node.label  # but for what this page builder calls every block
        if kind in CLOSED or (node.is_closed and kind != "byline") or tag in QUOTING or node in self.hidden:
            return False
        told = names and length < OTHERS_BLOCK and not holds_title  # a larger one may be called anything
        said = _says(names) if told else 0
        if said == OTHERS_PLACE:
            return False
        if (said == ASIDE and length < CARD) or (said == CALLED and length <= LONGEST):
            mark |= said
        if length <= LONGEST_BARE and (
            (tag == "i" and ICON.search(names)) or (tag in LABELLED and not node.below and _is_labelled(node))
        ):
            mark |= CALLED
        if tag == "a" and length <= LONGEST_BARE:
            rel, href = node.get("rel") or "", node.get("href") or ""
            if _leads_to_person(rel[:LONGEST], href[:LONGEST_ADDRESS], self.site):
                mark |= LINKED
        self.marks[place], self.chrome[place] = mark, kind
        if tag == "a" and not (mark & (CALLED | LINKED) or self.name_follows or _stands_behind(node)):
            return False  # a link to something else
        return length <= LIST_OF_LINKS or node.link_length <= MOSTLY * length

    def looks_at(self, node: Node) -> None:
        """Takes the names that a short element shows, where something says that they sign."""
        mark = self.marks[node.index]
        text = _text(node, mark)
        if not text:
            return
        last, last_text, name_follows = self.last, self.last_text, self.name_follows
        if text in NAME_LABELS and (name_follows or self.is_labelled):
            self.last, self.name_follows, self.is_labelled = node, True, True
            return
        self.last, self.last_text, self.name_follows = node, text, ends_in_by(text)
        own = begins_byline(text)
        introduced = own or (name_follows and _are_together(last, node)) or _stands_behind(node)
        if introduced or (mark & (CALLED | LINKED) and len(text) <= LONGEST_BARE):
            names = signed_names(text, introduced=not own and (introduced or bool(mark & LINKED)))
            before = () if last.contains(node) else (last_text,)
            if names and not any(map(is_by_another, (node.text_before(), *before))):
                self.add(names, node, introduced, mark)

    def add(self, names: tuple[str, ...], node: Node, introduced: bool, mark: int) -> None:
        signature = Signature(
            names=names,
            node=node,
            introduced=introduced,
            linked=bool(mark & LINKED),
            called=bool(mark & CALLED),
            aside=bool(mark & ASIDE),
            in_teaser=_in_teaser(node),
            in_prose=_in_prose(node),
            dated=_is_dated(node),
            chrome=self.chrome[node.index],
        )
        outer = self.found[-1] if self.found else None
        if outer is not None and _is_in_parts(outer, signature):
            return
        if outer is not None and outer.node.contains(node) and set(names) <= set(outer.names):
            self.found[-1] = _merged(outer, signature)
        else:
            self.found.append(signature)


def _is_in_parts(outer: Signature, inner: Signature) -> bool:
    """Whether the given name or the surname of an outer signature stands in an element of its own."""
    if not outer.node.contains(inner.node) or outer.node.strings_here or outer.node is inner.node:
        return False
    return all(
        " " not in name and any(name in whole.split()[:-1] + whole.split()[1:] for whole in outer.names)
        for name in inner.names
    )


def _merged(outer: Signature, inner: Signature) -> Signature:
    """What is said of one name by its element and by the one around it."""
    return replace(
        outer,
        node=inner.node if inner.names == outer.names else outer.node,
        introduced=outer.introduced or inner.introduced,
        linked=outer.linked or inner.linked,
        called=outer.called or inner.called,
    )


def _text(node: Node, mark: int) -> str:
    """What a short element says: with its inner elements where it is called a byline or they introduce the name."""
    here = node.strings_here
    if node.below and node.text_length <= LONGEST_BARE and node.end - node.index <= MOST_PARTS:
        inner = node.below[0].strings_here
        if mark & CALLED or (inner and ends_in_by(inner[0])):
            return node.text()
    if not here:
        return ""
    return " ".join(here[0].split()) if len(here) == 1 else node.own_text()


def _stands_behind(node: Node) -> bool:
    """Whether a by-word stands right before an element, in the same parent."""
    if node.tag not in INLINE or node.parent is None or not node.parent.strings_here:
        return False
    return ends_in_by(node.text_before())


def _are_together(last: Node, node: Node) -> bool:
    """Whether two elements stand in the same short place."""
    up: Node | None = node
    while up is not None and up.text_length <= LONGEST:
        if up.contains(last):
            return True
        up = up.parent
    return False


def _in_prose(node: Node) -> bool:
    """Whether the element stands in running text."""
    up = node.parent
    while up is not None and up.tag in INLINE:
        up = up.parent
    return up is not None and up.tag in ("p", "li", "dd") and up.text_length > LONGEST


def _is_dated(node: Node) -> bool:
    """Whether digits, as of a date, stand in the same line."""
    line, up = node, node.parent
    while up is not None and up.text_length <= LONGEST_LINE:
        line, up = up, up.parent
    return any(any(map(str.isdigit, piece)) for piece in line.pieces())


def _in_teaser(node: Node) -> bool:
    """Whether a link that holds much more than the name is around it."""
    link = next((up for up in node.ancestors() if up.tag == "a"), None)
    return link is not None and link.text_length > node.text_length + TEASER


@lru_cache(maxsize=4096)
def _says(names: str) -> int:
    if OTHERS.search(names):
        return OTHERS_PLACE
    if AUTHOR.search(names):
        return CALLED
    return ASIDE if ELSEWHERE.search(names) else 0


def _is_labelled(node: Node) -> bool:
    """Whether an attribute for readers says that an element is the author's."""
    return any((node.get(name) or "").strip(" :：").lower() in LABELS for name in ("title", "aria-label"))


@lru_cache(maxsize=4096)
def _leads_to_person(rel: str, href: str, site: str) -> bool:
    """Whether a link says that it leads to the author, or has the address of a person's page on this site."""
    if "author" in rel.lower():
        return True
    href = href.lower()
    path, asked, _ = href.partition("?")
    parts = path.rstrip("/").split("/")
    in_path = not PERSON_PATHS.isdisjoint(parts[:-1]) or parts[-1].startswith("@")
    if not in_path and not (asked and PERSON_QUERY.search(href)):
        return False
    return site in href or not href.startswith(("http:", "https:", "//"))
