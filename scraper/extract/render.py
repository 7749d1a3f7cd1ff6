"""A block of the page as cleaned HTML and as text: `render`."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from scraper.extract.chrome import kind_by_name
from scraper.model import Image, Link
from scraper.parse.fragment import Fragment, Piece
from scraper.parse.node import Node, joined_names
from scraper.text.urls import resolve

DROPPED = frozenset(
    "script style noscript template svg canvas object embed form button input select textarea option nav head title"
    " meta link map area dialog datalist noframes".split()
)
KEPT = frozenset(
    "a abbr b blockquote br caption cite code dd del details dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins"
    " kbd li mark ol p pre q s samp small strong sub summary sup table tbody td tfoot th thead tr u ul var".split()
)
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "code": {"class"},
    "pre": {"class"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
EMBEDS = "iframe, video, audio"
LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "src")
LANGUAGE = re.compile(r"(?:lang|language|brush)[-:]\s*([\w+#-]+)")
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


def render(node: Node, base: str | None, without: Collection[Node] = (), *, keep_labelled: bool = False) -> Rendered:
    """The subtree of `node` without what carries a label (see chrome.py) and without the elements of `without`."""
    labelled = [] if keep_labelled else [each for each in node.subtree() if each.label is not None and each is not node]
    fragment = Fragment(node, [*without, *labelled], ", ".join(DROPPED))
    images = _images(fragment, base)
    links = _links(fragment, base)
    for code in fragment.pieces("code[class], pre[class]"):
        found = LANGUAGE.search(code.get("class") or "")
        code.set("class", f"language-{found[1]}" if found else None)
    html = sanitise(fragment.html(KEPT, ATTRIBUTES))
    return Rendered(fragment.text(), html, images, links)


def _images(fragment: Fragment, base: str | None) -> tuple[Image, ...]:
    """The images, each with its figure's caption; in the fragment they get the address that they are shown from."""
    images: list[Image] = []
    for piece in fragment.pieces("img"):
        image = image_of(piece, base)
        if image is None or _is_icon(piece):
            piece.remove()
            continue
        piece.set("src", image.url)
        figure = piece.around("figure")
        caption = figure.select_one("figcaption") if figure else None
        images.append(replace(image, caption=caption.text() or None) if caption else image)
    return tuple(images)


def _is_icon(piece: Piece) -> bool:
    """Whether an image stands with no text in a block whose name tells chrome: a row of icons to share a post."""
    return any(kind_by_name(joined_names(up.get("class"), up.get("id"))) for up in piece.blocks_without_text())


def _links(fragment: Fragment, base: str | None) -> tuple[Link, ...]:
    """The links and embeds in page order; in the fragment they get absolute addresses, and embeds become links."""
    links: list[Link] = []
    for piece in fragment.pieces(f"a[href], {EMBEDS}"):
        if piece.tag == "a":
            url = resolve(base, piece.get("href") or "")
            piece.set("href", url)
            if url:
                links.append(Link(url, piece.text()[:LONGEST_LINK]))
            continue
        source = piece.select_one("source[src]") or piece
        url = resolve(base, source.get("src") or source.get("data-src") or "")
        if url:
            fragment.replace_by_link(piece, url)
            links.append(Link(url, ""))
        else:
            piece.remove()
    return tuple(links)


def image_of(node: Node | Piece, base: str | None) -> Image | None:
    """The image that an `img` shows: a lazily loaded one by the address it waits for."""
    sources = (node.get(name) for name in LAZY)
    url = next(
        (url for each in sources if each and not each.startswith("data:") and (url := resolve(base, each))), None
    )
    return Image(url, node.get("alt") or None) if url else None


def sanitise(html: str) -> str:
    """The last step before HTML is stored or shown: an allow-list over a real HTML parser (nh3)."""
    if html.count("&") <= MANY_ENTITIES:
        return str(_cleaner().clean(html)).strip()
    # It takes a time quadratic in the entities of one text; these characters stand in no text, and cost nothing.
    for entity, stand_in in STAND_INS:
        html = html.replace(stand_in, "").replace(entity, stand_in)
    html = str(_cleaner().clean(html)).strip()
    for entity, stand_in in STAND_INS:
        html = html.replace(stand_in, entity)
    return html


@lru_cache(maxsize=1)
def _cleaner() -> Any:
    import nh3

    return nh3.Cleaner(
        tags=set(KEPT), attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="nofollow noopener"
    )
