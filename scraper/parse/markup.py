"""Claims that stand in a page's body: microdata, RDFa, microformats, `rel` and `<time>`.

What belongs to a comment, or to a post that is only listed beside this one, says nothing about the post.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from scraper.parse.node import Node
from scraper.parse.structured import Stated

SELECTOR = (
    "[itemprop],[property],time,[rel~=author],a[rel~=tag],a[rel~=category],.h-entry,.hentry,.entry-title,.p-name,.dt-published,.dt-updated,.published,"
    ".updated,.p-author,.byline,.vcard,.p-category,.p-summary"
)

# itemprop of an article's item, or property with its prefix off: field
PROPERTIES = {
    "headline": "title",
    "name": "title",
    "alternativeheadline": "subtitle",
    "description": "description",
    "author": "author",
    "creator": "author",
    "has_creator": "author",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
    "articlesection": "section",
    "keywords": "tag",
    "inlanguage": "language",
    "image": "image",
    "thumbnailurl": "image",
    "commentcount": "comment_count",
    "interactioncount": "comment_count",
    "num_replies": "comment_count",
    "mainentityofpage": "canonical_url",
}
HEAD_PROPERTIES = {"datePublished": "published", "dateModified": "modified"}  # of the page, without an item around them
DATED = frozenset({"datePublished", "dateModified", "dateCreated"})
# Dublin Core in RDFa, as Drupal 7 writes it
DUBLIN_CORE = {
    "title": "title",
    "date": "published",
    "created": "published",
    "modified": "modified",
    "creator": "author",
}
ARTICLE_TYPES = (
    "article",
    "posting",
    "webpage",
    "creativework",
    "report",
    "recipe",
    "review",
    "question",
)  # the name's end
NAME_PLACES = '[itemprop~="name"],.fn,.p-name,[rel~="author"],.author-name,.author'
NOT_POSTS = frozenset(
    "comment comments commentlist comment-list comment-body respond sidebar related widget h-cite u-comment p-comment "
    "webmention webmentions".split()
)
HEAD_TAGS = frozenset({"meta", "link", "title", "script"})
SHARED = ("og:", "article:", "twitter:", "fb:")  # properties of <meta> that are no RDFa
ASIDE_TAGS = frozenset({"aside", "nav", "footer"})

MAX_BYLINE = 200  # characters; longer text is no name
MAX_EACH = 5  # h1 and time elements that are claimed


def markup_claims(nodes: Sequence[Node]) -> Iterator[Stated]:
    """The claims of the elements, in page order. `nodes` are those that `SELECTOR` and 'h1' find; of a head, marked."""
    entry = _main_entry(nodes)
    places: dict[int, bool] = {}
    counts = {"h1": 0, "time": 0}
    listed: frozenset[int] | None = None
    for node in nodes:
        beside = _beside(node, places)
        itemprop, stated = node.get("itemprop"), node.get("property")
        if itemprop in DATED and listed is None:
            listed = _listed_items(nodes)
        if itemprop and not (itemprop in DATED and listed and id(_scope(node)) in listed):
            yield from _microdata(node, itemprop)
        if stated and not beside:
            yield from _rdfa(node, stated)
        if node.tag in HEAD_TAGS or beside or (entry and node.tag != "h1" and not entry.contains(node)):
            continue
        if node.tag in counts:
            counts[node.tag] += 1
        if counts.get(node.tag, 0) <= MAX_EACH:
            yield from _plain(node)
        yield from _microformats(node)


def is_marked(element: Any) -> bool:
    """Whether an element of a head has microdata or RDFa, other than the names that platforms of links read."""
    if element.attr("itemprop"):
        return True
    stated = element.attr("property")
    return bool(stated) and not (element.tag == "meta" and stated.lower().startswith(SHARED))


def _plain(node: Node) -> Iterator[Stated]:
    if node.tag == "h1":
        yield "title", node.text(), "html", node.path
    elif node.tag == "time":
        field = "modified" if " updated " in node.names else "published"
        value = node.get("datetime") or node.text()
        if value.startswith("P"):  # an ISO 8601 duration: how long a recording is
            return
        yield field, value, "html", f"{node.path}{'[pubdate]' if node.get('pubdate') is not None else ''}"
    elif node.get("rel"):
        yield from _relation(node)


def _main_entry(nodes: Iterable[Node]) -> Node | None:
    """The h-entry with the most text: a page may list others."""
    entries = [node for node in nodes if " h-entry " in node.names or " hentry " in node.names]
    return max(entries, key=lambda node: node.text_length, default=None)


def _beside(node: Node, places: dict[int, bool]) -> bool:
    """Whether the element stands in a comment, a sidebar or the like; `places` keeps what is known of others."""
    above: list[Node] = []
    place: Node | None = node
    while place is not None and id(place) not in places:
        above.append(place)
        place = place.parent
    beside = place is not None and places[id(place)]
    for each in reversed(above):
        beside = beside or each.tag in ASIDE_TAGS or not NOT_POSTS.isdisjoint(each.names.split())
        places[id(each)] = beside
    return beside


def _scope(node: Node) -> Node | None:
    return next((place for place in node.ancestors() if place.get("itemscope") is not None), None)


def _listed_items(nodes: Sequence[Node]) -> frozenset[int]:
    """The items, by `id()`, that are several of a kind: posts or reviews that a page lists; not the one with its h1."""
    items: dict[str, dict[int, Node]] = {}
    for node in nodes:
        if node.get("itemprop") in DATED and (scope := _scope(node)) is not None:
            items.setdefault(scope.get("itemtype") or "", {})[id(scope)] = scope
    headings = [node for node in nodes if node.tag == "h1"][:MAX_EACH]
    several = (scope for kind in items.values() if len(kind) > 1 for scope in kind.values())
    return frozenset(id(scope) for scope in several if not any(scope.contains(each) for each in headings))


def _microdata(node: Node, itemprop: str) -> Iterator[Stated]:
    scope = _scope(node)
    if scope is None and node.tag == "meta" and itemprop in HEAD_PROPERTIES:
        yield HEAD_PROPERTIES[itemprop], _value(node), "microdata", "meta[itemprop]"
    kind = (scope.get("itemtype") or "").rsplit("/", 1)[-1].lower() if scope else ""
    if not kind.endswith(ARTICLE_TYPES) or (kind.endswith("review") and scope and _scope(scope)):
        return  # a review inside an item is somebody else's
    for word in itemprop.lower().split():
        field = PROPERTIES.get(word)
        if field == "author":
            yield from _person(node, "microdata")
        elif field == "comment_count":
            value = _value(node)
            if word != "interactioncount" or value.lower().startswith("usercomments:"):
                yield field, value.rsplit(":", 1)[-1], "microdata", node.path
        elif field == "tag":
            for value in _value(node).split(","):
                yield field, value, "microdata", node.path
        elif field:
            yield field, _value(node), "microdata", node.path


def _rdfa(node: Node, stated: str) -> Iterator[Stated]:
    if node.tag == "meta" and stated.lower().startswith(SHARED):
        return
    for word in stated.lower().split():
        prefix, _, name = word.rpartition(":")
        field = DUBLIN_CORE.get(name) if prefix in ("dc", "dcterms") else None
        if prefix in ("schema", "sioc", "content"):
            field = PROPERTIES.get(name)
        if prefix == "foaf" and name == "name" and _made_by(node):
            field = "author"
        if field:
            yield field, _value(node), "rdfa", node.path


def _made_by(node: Node) -> bool:
    return any("has_creator" in (place.get("rel") or "") for place in (node, *node.ancestors()))


def _relation(node: Node) -> Iterator[Stated]:
    words = (node.get("rel") or "").lower().split()
    if "author" in words:
        yield from _person(node, "html")
    if "tag" in words:
        yield "category" if "category" in words else "tag", node.text(), "html", f"{node.path}[rel]"
    elif "category" in words:
        yield "category", node.text(), "html", f"{node.path}[rel]"


def _microformats(node: Node) -> Iterator[Stated]:
    names = node.names
    if " entry-title " in names or (" p-name " in names and not _inside(node, "h-card")):
        yield "title", node.text(), "microformats", node.path
    elif " dt-published " in names or " published " in names:
        yield "published", _value(node), "microformats", node.path
    elif " dt-updated " in names or " updated " in names:
        yield "modified", _value(node), "microformats", node.path
    elif " p-author " in names or " vcard " in names or " byline " in names:
        yield from _person(node, "microformats")
    elif " p-category " in names:
        yield "tag", node.text(), "microformats", node.path
    elif " p-summary " in names:
        yield "description", node.text(), "microformats", node.path


def _inside(node: Node, word: str) -> bool:
    return any(f" {word} " in place.names for place in node.ancestors())


def _person(node: Node, source: str) -> Iterator[Stated]:
    """The name in an element that stands for a person, and the address that it links to."""
    inner = node.select_one(NAME_PLACES) or node
    name = _value(inner)
    if name and len(name) <= MAX_BYLINE:
        yield "author", name, source, inner.path
    link = node if node.tag == "a" else node.select_one("a[href]")
    address = link.get("href") if link else None
    if address:
        yield "author_url", address, source, node.path


def _value(node: Node) -> str:
    """What the element states: its machine-readable attribute, else its text."""
    stated = node.get("content") or node.get("datetime")
    if stated:
        return stated
    if node.tag in ("img", "source", "embed"):
        return node.get("src") or ""
    if node.tag == "abbr":
        return node.get("title") or node.text()
    if node.tag == "link":
        return node.get("href") or ""
    inner = node.select_one("time[datetime]")
    return (inner.get("datetime") if inner else None) or node.text()
