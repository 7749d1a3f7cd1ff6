"""Sentences about the signers that stand outside any box: `find_notes` ('Ann Lee is a baker in Lyon.')."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from scraper.extract.authors.biography import is_biography, says_of
from scraper.extract.authors.person import profiles
from scraper.extract.layout.pictures import image_of
from scraper.extract.layout.render import render
from scraper.model import Byline, Person
from scraper.parse.node import Node

MOST_MENTIONS = 200
LONGEST_NOTE = 1_200  # characters
LAST_PART = 0.15  # of the post's text: a note does not stand further up in it
LAST_CHARACTERS = 600
BLOCKS = frozenset("p div li td dd section blockquote footer aside h4 h5 h6 figcaption".split())
HEAD = frozenset({"title", "byline"})
ELSEWHERE = frozenset({"comments", "comment_form", "menu", "related", "title", "advert"})


def texts_from(content: Node, bylines: Sequence[Byline]) -> tuple[list[Node], list[Byline]]:
    """The elements with text of their own from the post on, and the signers whom one of these texts names."""
    nodes = [node for node in content.document.nodes[content.index :] if node.strings_here]
    text = "\n".join([node.strings_here[0] for node in nodes])
    return nodes, [byline for byline in bylines if byline.name in text]


def find_notes(
    content: Node, nodes: Sequence[Node], named: Sequence[Byline], base: str | None
) -> list[tuple[Person, Node]]:
    """For each signer the first block at or below the end of the post that begins with the name and says who it is.

    `nodes` and `named` are those of `texts_from`.
    """
    found: dict[str, tuple[Person, Node]] = {}
    for byline, node in islice(_mentions(nodes, named), MOST_MENTIONS) if named else ():
        block = _block(node) if byline.name not in found else None
        if block is not None and _is_note(block, byline.name, content):
            found[byline.name] = _read(block, byline, base), block
    return list(found.values())


def _mentions(nodes: Iterable[Node], bylines: Sequence[Byline]) -> Iterator[tuple[Byline, Node]]:
    for node in nodes:
        for byline in bylines:
            if byline.name in node.strings_here[0]:
                yield byline, node


def _block(node: Node) -> Node | None:
    """The block that the element's text stands in."""
    for up in (node, *node.ancestors()):
        if up.text_length > LONGEST_NOTE:
            return None
        if up.tag in BLOCKS:
            return up
    return None


def _is_note(block: Node, name: str, content: Node) -> bool:
    if block is content or block.stands_in(ELSEWHERE):
        return False
    text = block.text()
    if not (says_of(name, text) and is_biography(text)):
        return False
    return not content.contains(block) or stands_at_end(block, content) or _opens(block, content)


def _opens(block: Node, content: Node) -> bool:
    """Whether a block in italics, or one that a class gives to the author, stands before all else in the post."""
    before = content.document.nodes[content.index : block.index]
    said = (node for node in before if node.strings_here and node.label not in HEAD and not node.contains(block))
    if next(said, None) is not None or not stands_before(block, content):
        return False
    inner = block.below[0] if len(block.below) == 1 else None
    is_slanted = inner is not None and inner.tag in ("em", "i") and inner.text_length == block.text_length
    around = (up for up in (block, *islice(block.ancestors(), 2)) if content.contains(up) and up is not content)
    return is_slanted or any("author" in up.names for up in around)


def stands_before(block: Node, content: Node) -> bool:
    """Whether most of the post's text stands behind a block."""
    return block.text_length * 3 < content.text_length


def stands_at_end(block: Node, content: Node) -> bool:
    """Whether little of the post's text stands behind a block of it."""
    rest = sum(len(piece) for node in content.document.nodes[block.end : content.end] for piece in node.strings_here)
    return rest < max(LAST_CHARACTERS, LAST_PART * content.text_length)


def _read(block: Node, byline: Byline, base: str | None) -> Person:
    rendered = render(block, base, keep_labelled=True)
    picture = block.select_one("img")
    image = image_of(picture, base) if picture else None
    return Person(
        name=byline.name,
        url=byline.url,
        bio_text=rendered.text,
        bio_html=rendered.html,
        picture_url=image.url if image else None,
        picture_alt=image.alt if image else None,
        profiles=profiles(base, _addresses(block)),
    )


def _addresses(block: Node) -> Iterable[str]:
    return (link.get("href") or "" for link in block.select("a[href]"))
