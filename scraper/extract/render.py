"""A block of the page as cleaned HTML and as text, in one pass over its subtree."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import Any

from scraper.extract.chrome import CHECKED, kind_by_name
from scraper.model import Image, Link
from scraper.parse.html import BLOCKS, Node
from scraper.text.urls import resolve

DROPPED = frozenset(
    "script style noscript template svg canvas object embed form button input select textarea option nav head title"
    " meta link map area dialog datalist noframes".split()
)
KEPT = frozenset(
    "a abbr b blockquote br caption cite code dd del details dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins"
    " kbd li mark ol p pre q s samp small strong sub summary sup table tbody td tfoot th thead tr u ul var".split()
)
VOID = frozenset({"br", "hr", "img"})
LINES = BLOCKS - {"td", "th"}  # the cells of a row share a line
EMBEDS = frozenset({"iframe", "video", "audio", "source"})
SHOWN = LINES | KEPT | EMBEDS | {"td", "th"}  # the others (span, font ...) leave no trace but their text
LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "src")
UNSEEN = re.compile("[\u200b\ufeff\u2060]")
MARKUP = re.compile("[<>&]")
LANGUAGE = re.compile(r"(?:lang|language|brush)[-:]\s*([\w+#-]+)")


@dataclass(frozen=True, slots=True)
class Rendered:
    """`text` has one block a line; `html` is well-formed, of known tags only, URLs absolute where that is possible."""

    text: str
    html: str
    images: tuple[Image, ...]
    links: tuple[Link, ...]


class _End:
    """Stands in the stack where an element ends."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node


class _Writer:
    """Collects both forms of a subtree. White space between inline pieces folds to one space; `pre` keeps its own."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.html: list[str] = []
        self.lines: list[str] = []
        self.line: list[str] = []
        self.pre = 0
        self.images: list[Image] = []
        self.figures: list[int] = []  # for each open figure, how many images stood before it
        self.links: list[Link] = []

    def text(self, data: str) -> None:
        if self.pre:
            self.html.append(escape(data, quote=False))
            first, *rest = data.split("\n")
            self.line.append(first)
            for piece in rest:
                self.end_line()
                self.line.append(piece)
            return
        words = data.split()
        if not words:
            folded = " "
            if not self.line:
                return
        else:
            folded = f"{' ' if data[0].isspace() else ''}{' '.join(words)}{' ' if data[-1].isspace() else ''}"
        self.html.append(escape(folded, quote=False) if MARKUP.search(folded) else folded)
        self.line.append(folded)

    def end_line(self) -> None:
        if self.line:
            line = "".join(self.line)
            line = line.rstrip() if self.pre else " ".join(UNSEEN.sub("", line).split())
            if line:
                self.lines.append(line)
            self.line.clear()

    def open(self, node: Node) -> None:
        tag = node.tag
        if tag in LINES:
            self.end_line()
        elif tag in ("td", "th") and self.line:
            self.line.append(" ")
        if tag in EMBEDS:
            self.embed(node)
        elif tag == "img":
            self.image(node)
        elif tag in KEPT:
            self.html.append(f"<{tag}{self.attributes(node)}>")
        if tag == "pre":
            self.pre += 1
        elif tag == "figure":
            self.figures.append(len(self.images))

    def close(self, node: Node) -> None:
        tag = node.tag
        if tag in LINES:
            self.end_line()
        if tag == "pre":
            self.pre -= 1
        elif tag == "figure":
            self.caption(node, self.figures.pop())
        if tag in KEPT and tag not in VOID:
            self.html.append(f"</{tag}>")
        if tag == "a":
            self.link(node)

    def attributes(self, node: Node) -> str:
        if node.tag == "a":
            url = resolve(self.base, node.get("href") or "")
            return f' href="{escape(url)}"' if url else ""
        if node.tag in ("code", "pre"):
            found = LANGUAGE.search(node.names)
            return f' class="language-{escape(found[1])}"' if found else ""
        if node.tag in ("td", "th"):
            spans = ((name, node.get(name)) for name in ("colspan", "rowspan"))
            return "".join(f' {name}="{value}"' for name, value in spans if value and value.isdecimal())
        return ""

    def image(self, node: Node) -> None:
        image = image_of(node, self.base)
        if image:
            self.images.append(image)
            self.html.append(f'<img src="{escape(image.url)}" alt="{escape(image.alt or "")}">')

    def caption(self, figure: Node, first: int) -> None:
        found = figure.select_one("figcaption")
        caption = found.text() if found else ""
        if caption:
            self.images[first:] = [replace(image, caption=caption) for image in self.images[first:]]

    def embed(self, node: Node) -> None:
        url = resolve(self.base, node.get("src") or node.get("data-src") or "")
        if url:
            self.html.append(f'<p><a href="{escape(url)}">{escape(url)}</a></p>')
            self.links.append(Link(url, ""))

    def link(self, node: Node) -> None:
        url = resolve(self.base, node.get("href") or "")
        if url:
            self.links.append(Link(url, node.text()[:500]))


def image_of(node: Node, base: str | None) -> Image | None:
    """The image that an `img` shows: a lazily loaded one by the address it waits for."""
    sources = (node.get(name) for name in LAZY)
    url = next(
        (url for each in sources if each and not each.startswith("data:") and (url := resolve(base, each))), None
    )
    return Image(url, node.get("alt") or None) if url else None


def render(node: Node, base: str | None, without: Collection[Node] = (), *, keep_labelled: bool = False) -> Rendered:
    """The subtree of `node` without what carries a label (see chrome.py) and without the elements of `without`."""
    writer = _Writer(base)
    skip = {id(each) for each in without}
    stack: list[Node | str | _End] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            writer.text(item)
        elif isinstance(item, _End):
            writer.close(item.node)
        elif item is node or not (item.tag in DROPPED or id(item) in skip or (not keep_labelled and is_chrome(item))):
            if item.tag in SHOWN:
                writer.open(item)
                stack.append(_End(item))
            if item.tag not in EMBEDS:
                stack.extend(reversed(item.children()))
    writer.end_line()
    return Rendered("\n".join(writer.lines), sanitise("".join(writer.html)), tuple(writer.images), tuple(writer.links))


def is_chrome(node: Node) -> bool:
    """Whether a step labelled the block; of one without text, such as a row of icons, its name tells."""
    return node.label is not None or not (node.text_length or node.tag not in CHECKED or kind_by_name(node.names) is None)


def sanitise(html: str) -> str:
    """The last step before HTML is stored or shown: an allow-list over a real HTML parser (nh3)."""
    cleaned: str = _cleaner().clean(html)
    return cleaned.strip()


@lru_cache(maxsize=1)
def _cleaner() -> Any:
    import nh3

    attributes = {
        "a": {"href"},
        "img": {"src", "alt"},
        "code": {"class"},
        "pre": {"class"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    }
    return nh3.Cleaner(
        tags=set(KEPT), attributes=attributes, url_schemes={"http", "https", "mailto"}, link_rel="nofollow noopener"
    )
