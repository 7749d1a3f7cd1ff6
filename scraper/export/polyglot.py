"""`polyglot`: stored HTML as markup that is both HTML 5 and XHTML 5, for pages and e-books; nothing in it is loaded.

Blogs nest anything in anything, and readers of e-books refuse what the standard does not allow. So inline elements
around blocks are opened, paragraphs around blocks become divisions, and lists and tables get the structure that they
must have. Pictures become links to where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from scraper.export.elements import Element, read_elements
from scraper.export.plain import plain, plain_line
from scraper.text.urls import resolve

INLINE = frozenset(
    "a abbr b bdi bdo br cite code del em i img ins kbd mark q s samp small span strong sub sup u var".split()
)
OPENED = frozenset({"ruby", "rt", "rp", "rb", "details"})  # with rules of their own, which not all readers know
LISTS = frozenset({"ol", "ul"})
BECOMES = {"dl": "div", "dt": "div", "dd": "blockquote", "figure": "div", "figcaption": "div", "summary": "div"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PHRASING_ONLY = frozenset({"p", "pre", *HEADINGS})
CELLS = frozenset({"td", "th"})
NUMBERS = {"ol": ("start",), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan")}
IN_TABLES = frozenset({"caption", "tbody", "thead", "tfoot", "tr"}) | CELLS
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_URL = re.compile(
    rf"(?:mailto:[^/?#]+@|https?://(?:[\w.~!$&'()*+,;=:%-]*@)?){_LABEL}(?:\.{_LABEL})*\.?(?::[0-9]{{1,5}})?"
    r"(?:[/?#][A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]*)?",
    re.ASCII,
)  # what all readers of addresses agree on; underscores in hosts are not among it
_BAD_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")
_INNER_LINK = re.compile(' href="#([^"]*)"')
_NUMBER = re.compile("[1-9][0-9]{0,3}")


def polyglot(html: str, prefix: str, heading: int = 2) -> str:
    """The HTML as block elements. Its ids, to which only it refers, begin with `prefix`.

    :param heading: the level of its highest headings.
    """
    root = read_elements(html)
    writer = _Writer(_new_ids(root, prefix), _new_headings(root, heading))
    made = "".join(writer.blocks(root.children))
    return _INNER_LINK.sub(lambda found: found[0] if found[1] in writer.written else "", made)


def body_markup(html: str | None, text: str | None, prefix: str, heading: int = 2) -> str:
    """The same of a body that may be held as text only, one block a line."""
    made = polyglot(html, prefix, heading) if html else ""
    return made or "".join(f"<p>{escape(block)}</p>" for line in plain(text).split("\n") if (block := line.strip()))


def safe_link(url: str | None) -> str | None:
    """The URL if it is one that a page may lead to and that every reader of XML can parse, else None."""
    if not url:
        return None
    made = url if url.startswith("mailto:") else resolve(None, url)
    if made is None or len(made) > 2000 or not _URL.fullmatch(made) or made.count("#") > 1:
        return None
    return None if _BAD_ESCAPE.search(made) else made


def _new_ids(root: Element, prefix: str) -> dict[str, str]:
    """What becomes of each id that stands in the tree; an XML name whatever it was."""
    ids = dict.fromkeys(stated for each in root.all() if (stated := each.attributes.get("id")))
    return {stated: f"{prefix}-{number}" for number, stated in enumerate(ids, 1)}


def _new_headings(root: Element, first: int) -> dict[str, str]:
    """What becomes of each heading, so that none of the levels in between is left out."""
    stated = sorted({each.tag for each in root.all()}.intersection(HEADINGS))
    return {tag: HEADINGS[min(first - 1 + step, 5)] for step, tag in enumerate(stated)}


@dataclass(slots=True)
class _Writer:
    ids: dict[str, str]
    headings: dict[str, str]
    written: set[str] = field(default_factory=set)  # an id stands once

    def blocks(self, children: list[Element | str]) -> Iterator[str]:
        """Children where blocks may stand. What is inline between them becomes a paragraph."""
        run: list[Element | str] = []
        for child in (*_opened(children), None):
            if child is not None and not _is_block(child):
                run.append(child)
                continue
            inline = "".join(self.inline(run))
            run = []
            if inline.strip():
                yield f"<p>{inline}</p>"
            if isinstance(child, Element):
                yield from self._block(child)

    def inline(self, children: list[Element | str], in_link: bool = False) -> Iterator[str]:
        """Children where only text and inline elements may stand; blocks among them are opened."""
        for child in children:
            if isinstance(child, str):
                yield escape(child)
            elif child.tag == "br":
                yield "<br/>"
            elif child.tag == "img":
                yield self._picture(child, in_link)
            elif child.tag == "a":
                yield from self._link(child, in_link)
            elif child.tag in INLINE:
                yield f"<{child.tag}{self._attributes(child)}>"
                yield from self.inline(child.children, in_link)
                yield f"</{child.tag}>"
            else:
                yield from self.inline(child.children, in_link)

    def _block(self, element: Element) -> Iterator[str]:
        tag = element.tag
        if tag == "hr":
            yield "<hr/>"
        elif tag in LISTS:
            yield from self._list(element)
        elif tag == "table":
            yield from self._table(element)
        elif tag in PHRASING_ONLY and not any(map(_is_block, _opened(element.children))):
            inline = "".join(self.inline(element.children))
            name = self.headings.get(tag, tag)
            if inline.strip() or tag == "pre":
                yield f"<{name}{self._attributes(element)}>{inline}</{name}>"
        else:
            name = "blockquote" if tag == "blockquote" else BECOMES.get(tag, "div")
            yield f"<{name}{self._attributes(element)}>"
            yield from self.blocks(element.children)
            yield f"</{name}>"

    def _list(self, element: Element) -> Iterator[str]:
        items = [each for each in element.children if isinstance(each, Element) or each.strip()]
        if not items:
            return
        yield f"<{element.tag}{self._attributes(element)}>"
        for each in items:
            is_item = isinstance(each, Element) and each.tag == "li"
            yield f"<li{self._attributes(each)}>" if isinstance(each, Element) and is_item else "<li>"
            yield from self._content(each.children if isinstance(each, Element) and is_item else [each])
            yield "</li>"
        yield f"</{element.tag}>"

    def _content(self, children: list[Element | str]) -> Iterator[str]:
        """What stands in an item or a cell: blocks, or text as it is."""
        if any(map(_is_block, _opened(children))):
            yield from self.blocks(children)
        else:
            yield from self.inline(children)

    def _table(self, element: Element) -> Iterator[str]:
        rows = [row for row in _in_table(element) if row.tag == "tr" and any(_cells(row))]
        captions = [each for each in _in_table(element) if each.tag == "caption"]
        for caption in captions:
            yield from self.blocks(caption.children)
        if not rows:
            yield from self.blocks([each for each in element.children if not _is_of_table(each)])
            return
        yield f"<table{self._attributes(element)}><tbody>"
        for row in rows:
            yield "<tr>"
            for cell in _cells(row):
                yield f"<{cell.tag}{self._attributes(cell)}>"
                yield from self._content(cell.children)
                yield f"</{cell.tag}>"
            yield "</tr>"
        yield "</tbody></table>"

    def _link(self, element: Element, in_link: bool) -> Iterator[str]:
        stated = element.attributes.get("href", "")
        here = self.ids.get(stated[1:]) if stated.startswith("#") else None
        url = f"#{here}" if here else safe_link(stated)
        inner = "".join(self.inline(element.children, in_link or url is not None))
        place = self._id(element)
        if url is None or in_link:
            yield f"<span{place}>{inner}</span>" if place else inner
        else:
            yield f'<a{place} href="{escape(url)}">{inner}</a>'

    def _picture(self, element: Element, in_link: bool) -> str:
        words = escape(plain_line(element.attributes.get("alt")) or "picture")
        url = safe_link(element.attributes.get("src"))
        label = f"[{words}]"
        return f'<a href="{escape(url)}">{label}</a>' if url and not in_link else label

    def _id(self, element: Element) -> str:
        new = self.ids.get(element.attributes.get("id", ""))
        if new is None or new in self.written:
            return ""
        self.written.add(new)
        return f' id="{new}"'

    def _attributes(self, element: Element) -> str:
        """The attributes that matter to a reader, where their values are sound."""
        found = element.attributes
        made = self._id(element)
        if found.get("dir") in ("ltr", "rtl", "auto"):
            made += f' dir="{found["dir"]}"'
        elif element.tag == "bdo":
            made += ' dir="ltr"'  # it must have one
        if element.tag == "abbr" and found.get("title"):
            made += f' title="{escape(plain_line(found["title"]))}"'
        for name in NUMBERS.get(element.tag, ()):
            if _NUMBER.fullmatch(found.get(name, "")):
                made += f' {name}="{found[name]}"'
        return made


def _opened(children: list[Element | str]) -> list[Element | str]:
    """The children with those opened that have rules of their own, and inline elements that hold blocks."""
    made: list[Element | str] = []
    for child in children:
        if isinstance(child, Element) and _is_opened(child):
            made += _opened(child.children)
        else:
            made.append(child)
    return made


def _is_opened(element: Element) -> bool:
    if element.tag in OPENED or element.tag in IN_TABLES:
        return True
    return element.tag in INLINE and any(each.tag not in INLINE and each.tag not in OPENED for each in element.all())


def _is_block(child: Element | str) -> bool:
    return isinstance(child, Element) and child.tag not in INLINE


def _in_table(element: Element) -> Iterator[Element]:
    """Rows and captions of a table, but not those of tables in its cells."""
    for child in element.children:
        if isinstance(child, Element):
            if child.tag in ("tr", "caption"):
                yield child
            elif child.tag in ("tbody", "thead", "tfoot"):
                yield from _in_table(child)


def _cells(row: Element) -> Iterator[Element]:
    return (each for each in row.children if isinstance(each, Element) and each.tag in CELLS)


def _is_of_table(child: Element | str) -> bool:
    return isinstance(child, Element) and child.tag == "caption"
