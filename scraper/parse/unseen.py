"""What no reader of a page sees: `empty_unseen` takes it out of the tree, and keeps what is data."""

from __future__ import annotations

from typing import Any

import turbohtml

from scraper.parse.node import ELEMENT, TEXT

TRACKING = ("0", "1", "1px")  # the width of pictures that count readers
SHORT_PAGE = 500  # characters; no notice that scripts are needed is as long
# Their content is no part of the page's text: they are emptied. `Document.raw_text` gives what is data in a script.
UNSEEN = "script, style, template, svg, noscript, iframe, noframes, textarea"


def empty_unseen(root: Any) -> dict[Any, str]:
    """Empties the elements whose content is no part of the page's text; what stood in its own scripts."""
    data: dict[Any, str] = {}
    for element in root.select(UNSEEN):
        if element.parent is None:
            continue  # it stood in one that is empty now
        if element.tag == "script":
            kind = (element.attr("type") or "").lower()
            if kind.startswith("math/tex"):
                _show_formula(element, "display" in kind)
                continue
            if written := element.text:
                data[element] = written
        elif element.tag == "noscript" and (_show_picture(element) or _is_page(root, element)):
            continue
        element.clear()
    return data


def _show_formula(script: Any, display: bool) -> None:
    """A formula's source, from which a script makes what is seen, is text of the page."""
    written = f"\\[{script.text.strip()}\\]" if display else f"\\({script.text.strip()}\\)"
    script.replace_with(turbohtml.Element("span", {"class": "math-tex"}, [turbohtml.Text(written)]))


def _show_picture(noscript: Any) -> bool:
    """A picture for readers without scripts takes the place of the one before it, which waits for a script."""
    pictures = noscript.select("img")
    if len(pictures) != 1 or noscript.text.strip() or pictures[0].attr("width") in TRACKING:
        return False
    before = noscript.previous_sibling
    while before is not None and type(before) is TEXT and before.data.isspace():
        before = before.previous_sibling
    if type(before) is ELEMENT and before.tag == "img":
        before.extract()
    noscript.replace_with(pictures[0])
    return True


def _is_page(root: Any, noscript: Any) -> bool:
    """Whether what readers without scripts are shown is the page: the others get theirs from a script."""
    length = len(noscript.text)
    if length < SHORT_PAGE:
        return False
    others = sum(len(each.text) for each in root.select("script, style, noscript") if each is not noscript)
    return bool(2 * length > len(root.text) - others)
