"""A block of the page as cleaned HTML and as text: `render`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from scraper.extract.blocks.chrome import CHECKED, HIDDEN, ROLES, TAGS, kind_by_name
from scraper.extract.layout.code import CODE, restore_code
from scraper.extract.layout.embeds import EMBEDS, embed_link
from scraper.extract.layout.formulas import FORMULAS, write_formulas
from scraper.extract.layout.pictures import CAPTIONS, find_images, name_captions
from scraper.extract.layout.tables import flatten_layout
from scraper.model import Image, Link
from scraper.parse.fragment import Fragment, Piece
from scraper.parse.node import Node, joined_names
from scraper.parse.plain import plain_body
from scraper.text.urls import resolve

DROPPED = frozenset(
    "script style noscript template svg canvas form button input select textarea option nav head title meta link map"
    " area dialog datalist noframes".split()
)
DROPPED_CSS = ", ".join((*sorted(DROPPED - {"script"}), "script:not([src*='gist.github.com/'])"))
KEPT = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code dd del details dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i"
    " img ins kbd li mark ol p pre q rp rt ruby s samp small strong sub summary sup table tbody td tfoot th thead tr u"
    " ul var".split()
)
ATTRIBUTES = {
    "*": frozenset({"id", "dir"}),
    "a": frozenset({"href"}),
    "abbr": frozenset({"title"}),
    "blockquote": frozenset({"cite"}),
    "code": frozenset({"class"}),
    "img": frozenset({"src", "alt"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "reversed", "type"}),
    "pre": frozenset({"class"}),
    "q": frozenset({"cite"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
}
SELDOM = f"{CODE}, {FORMULAS}, {CAPTIONS}, table"  # what most blocks hold nothing of: one look in place of seven
HEADINGS = "h1, h2, h3, h4, h5, h6"
CAPTION = "caption"  # a label: shown with its picture, and no part of the text
ANCHOR_SIGNS = frozenset("# ¶ § 🔗 ∞".split())  # of a link to the heading that it stands in
PLACE_SIGNS = frozenset("¶ 🔗".split())  # of a link to whatever it stands in
MANY_ENTITIES = 20_000
STAND_INS = (("&amp;", "\ufdd0"), ("&lt;", "\ufdd1"), ("&gt;", "\ufdd2"), ("&nbsp;", "\ufdd3"))
LONGEST_LINK = 500  # characters of a link's text


@dataclass(frozen=True, slots=True)
class Rendered:
    """`text` has one block a line; `html` is well-formed, of known tags only, URLs absolute where that is possible."""

    text: str
    html: str
    images: tuple[Image, ...]
    links: tuple[Link, ...]


def render(
    node: Node, base: str | None, without: Collection[Node] = (), *, keep_labelled: bool = False, turned: bool = True
) -> Rendered:
    """The subtree of `node` without what carries a label (see chrome.py) and without the elements of `without`.

    :param turned: whether a direction of writing may be stated for it, which takes a look at all around it.
    """
    direction = direction_of(node) if turned else None
    if keep_labelled and direction is None:
        plain = plain_body(node, without)
        if plain is not None:
            return Rendered(plain[1], plain[0], (), ())
    labelled = [] if keep_labelled else [each for each in node.subtree() if each.label is not None and each is not node]
    captions = [each for each in labelled if each.label == CAPTION]
    left_out = [each for each in labelled if each.label != CAPTION] if captions else labelled
    fragment = Fragment(node, [*without, *left_out], DROPPED_CSS, captions)
    if not keep_labelled:
        fragment.drop_silent(f"img, a, {EMBEDS}", _is_chrome)
    if fragment.has(SELDOM):
        restore_code(fragment)
        write_formulas(fragment)
        name_captions(fragment)
        flatten_layout(fragment)
    fragment.join_lines()
    fragment.spread_direction(direction)
    images = find_images(fragment, base)
    links = _links(fragment, base)
    html = sanitise(fragment.html(KEPT, ATTRIBUTES))
    return Rendered(fragment.text(), html, images, links)


def joined(parts: Sequence[Rendered]) -> Rendered:
    """What stands in several elements one after the other."""
    if len(parts) == 1:
        return parts[0]
    return Rendered(
        "\n".join(part.text for part in parts if part.text),
        "".join(part.html for part in parts),
        tuple(image for part in parts for image in part.images),
        tuple(link for part in parts for link in part.links),
    )


def direction_of(node: Node) -> str | None:
    """The direction of writing that the element or one around it states, where it is not the usual one."""
    stated = (found for each in (node, *node.ancestors()) if (found := each.get("dir")))
    return "rtl" if next(stated, "").lower() == "rtl" else None


def _is_chrome(piece: Piece) -> bool:
    """What chrome.py would say of a block if it showed any text: a row of icons to share a post, a hidden picture."""
    if piece.tag not in CHECKED:
        return False
    names = joined_names(piece.get("class"), piece.get("id"))
    said = piece.tag in TAGS or piece.get("role") in ROLES or HIDDEN.search(piece.get("style") or "")
    return bool(said or kind_by_name(names))


def _links(fragment: Fragment, base: str | None) -> tuple[Link, ...]:
    """The links and embeds in page order; in the fragment they get absolute addresses, and embeds become links.

    Links to a place in the fragment, as footnotes have them, stay links to it.
    """
    links: list[Link] = []
    here: list[tuple[Piece, str]] = []
    own = (base or "").partition("#")[0]
    for piece in fragment.pieces(f"a[href], {EMBEDS}"):
        if piece.tag != "a":
            links += _embedded(fragment, piece, base)
            continue
        stated = (piece.get("href") or "").strip()
        text = piece.text()
        if text in ANCHOR_SIGNS and (piece.around(HEADINGS) or (text in PLACE_SIGNS and "#" in stated)):
            piece.remove()
            continue
        url = resolve(base, stated)
        address, _, place = (url or stated).partition("#")
        if place and (stated.startswith("#") or address == own):
            here.append((piece, place))
        piece.set("href", url)
        if url:
            links.append(Link(url, text[:LONGEST_LINK]))
    for piece in fragment.pieces("blockquote[cite], q[cite]"):
        piece.set("cite", resolve(base, piece.get("cite") or ""))
    there = fragment.keep_targets({place for _, place in here})
    for piece, place in here:
        if place in there:
            piece.set("href", f"#{place}")
    return tuple(links)


def _embedded(fragment: Fragment, piece: Piece, base: str | None) -> tuple[Link, ...]:
    """The link that took the embed's place; none where it embeds nothing that has an address, and went."""
    found = embed_link(piece, base) if fragment.holds(piece) else None
    if found:
        fragment.replace_by_link(piece, *found)
        return (Link(*found),)
    if piece.tag == "object":
        piece.rename("div")  # what it shows instead stays
    else:
        piece.remove()
    return ()


Rewrite = Callable[[str, str, str], str | None]  # tag, attribute and its value: another value, or None to take it off


def sanitise(html: str, rewrite: Rewrite | None = None) -> str:
    """The last step before HTML is stored or shown: an allow-list over a real HTML parser (nh3).

    With `rewrite` each attribute that is kept gets the value that it gives.
    """
    cleaner = _cleaner() if rewrite is None else _allow_list(rewrite)
    if html.count("&") <= MANY_ENTITIES:
        return str(cleaner.clean(html)).strip()
    # It takes a time quadratic in the entities of one text; these characters stand in no text, and cost nothing.
    for entity, stand_in in STAND_INS:
        html = html.replace(stand_in, "").replace(entity, stand_in)
    html = str(cleaner.clean(html)).strip()
    for entity, stand_in in STAND_INS:
        html = html.replace(stand_in, entity)
    return html


@lru_cache(maxsize=1)
def _cleaner() -> Any:
    return _allow_list(None)


def _allow_list(rewrite: Rewrite | None) -> Any:
    import nh3

    return nh3.Cleaner(
        tags=set(KEPT),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=rewrite,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
