"""The bio in an author box: `read_bio`, line by line what of the box's text tells of the person."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.extract.authors.author_words import (
    ABOUT,
    ADDRESS,
    ASIDE,
    FILLER,
    HEADINGS,
    LINKS,
    LONGEST_HEADING,
    PREDICATE,
    SERVICE,
    SUPPLIED,
    SUPPLIED_BEHIND,
)  # fmt: skip
from scraper.extract.layout.render import render
from scraper.extract.platforms.rules import Platform
from scraper.parse.node import Node
from scraper.text.dates import find_times
from scraper.text.names import split_names
from scraper.text.prose import fold

SHORTEST_BIO = 15  # characters
SENTENCE = 40  # characters; what is shorter and ends without a full stop is a title or a motto
LINE = 80  # characters; a longer line is prose
LONGEST_ADDRESS = 200
FULL_STOPS = (".", "!", "?", "…", "。", "！", "」")
INLINE = frozenset({"a", "strong", "b", "em", "i", "span"})
NAME_PLACES = "p, div, span, a, strong, b, em, li, figcaption"
HOLDERS = frozenset({"ul", "ol", "li", "p", "div", "section", "td", "dt", "dd"})
LINKED = 0.75  # share of a block's text inside links


def read_bio(
    nodes: Sequence[Node], platforms: tuple[Platform, ...], name: str | None, base: str | None
) -> tuple[list[str], str]:
    """The lines of the bio and its HTML, from the platform's or the usual places, else from the whole box.

    Of these the first that holds prose, since some templates call a person's office a description; else the first.
    """
    found_bios: list[tuple[list[str], str]] = []
    for css in (css for platform in platforms for css in platform.bio):
        found = [each for node in nodes for each in node.select(css) if each.text_length >= SHORTEST_BIO]
        top = [each for each in found if not any(other is not each and other.contains(each) for other in found)]
        if top and (bio := _prose(top, name, base, certain=css != "p")):
            if is_prose("\n".join(bio[0])):
                return bio
            found_bios.append(bio)
    whole = _prose(nodes, name, base, certain=False)
    if whole and (not found_bios or is_prose("\n".join(whole[0]))):
        return whole
    return found_bios[0] if found_bios else ([], "")


def is_biography(text: str, *, certain: bool = False) -> bool:
    """Whether a text can be a bio: not filler, and a sentence unless its place makes it `certain`."""
    if len(text) < SHORTEST_BIO or FILLER.match(text):
        return False
    if text.count(" ") < 2 and sum(letter.isupper() or letter.islower() for letter in text) > len(text) / 2:
        return False  # a word or two of a script that puts spaces between words
    return certain or len(text) >= SENTENCE or text.endswith(FULL_STOPS)


def is_prose(text: str) -> bool:
    """Whether a bio is more than a title or a motto."""
    return len(text) >= LINE or text.endswith(FULL_STOPS)


def says_of(name: str, text: str, start: int = 0) -> bool:
    """Whether the text begins with the name and what it then says tells of a person: 'Ann Lee, 34, is a baker'.

    >>> says_of("Ann Lee", "Ann Lee (Paris) works for the town."), says_of("Ann Lee", "Ann Lee and I were late.")
    (True, False)
    """
    if not text.startswith(name, start):
        return False
    end = start + len(name)
    aside = ASIDE.match(text, end)
    return aside is not None and aside.end() > end and bool(PREDICATE.match(text, aside.end()))


def _prose(nodes: Sequence[Node], name: str | None, base: str | None, *, certain: bool) -> tuple[list[str], str] | None:
    rendered = [render(node, base, _furniture(node, name), keep_labelled=True) for node in nodes]
    stated = (part for each in rendered for line in each.text.split("\n") for part in _without_supplier(line))
    lines = [line for line in stated if _is_bio_line(line, name)]
    lines = _without_titles([line.lstrip(":–—- ") for line in dict.fromkeys(lines)])
    text = "\n".join(line for line in lines if not SUPPLIED.match(line))
    return (lines, "".join(each.html for each in rendered)) if is_biography(text, certain=certain) else None


def _without_supplier(line: str) -> tuple[str, ...]:
    """The line, and in a second one what it says at its end of who supplied it."""
    found = SUPPLIED_BEHIND.search(line[-LONGEST_ADDRESS:]) if line.endswith(("]", ")")) else None
    return (line.removesuffix(found[0]), found[0].strip()) if found else (line,)


def _without_titles(lines: list[str]) -> list[str]:
    """The lines without titles and labels above and below the prose, if there is prose."""
    prose = [place for place, line in enumerate(lines) if len(line) >= SENTENCE or line.endswith(FULL_STOPS)]
    if not any(len(lines[place]) >= LINE for place in prose):
        return lines
    return [line for place, line in enumerate(lines) if prose[0] <= place <= prose[-1] or SUPPLIED.match(line)]


def _is_bio_line(line: str, name: str | None) -> bool:
    text = fold(line)
    if not text or text == name or HEADINGS.match(text) or (len(text) < LONGEST_ADDRESS and ADDRESS.match(text)):
        return False
    if name and ABOUT.sub("", text).rstrip(":,") == name:
        return False
    if len(text) >= LINE or SUPPLIED.match(text):
        return True
    if LINKS.match(text) or SERVICE.match(text) or not any(character.isalpha() for character in text):
        return False
    if text.endswith(FULL_STOPS):
        return True
    return not _is_byline(text)


def _is_byline(line: str) -> bool:
    """Whether a short line is nothing but names or a time."""
    if any(when.precision in ("day", "minute", "second") for _, _, when in find_times(line)):
        return True
    return sum(map(len, split_names(line))) > len(line) / 2


def _furniture(node: Node, name: str | None) -> list[Node]:
    """What stands in a box beside the bio: headings, the name's own place, links to the author's archive, headlines."""
    out: list[Node] = []
    headlines: list[Node] = []
    for each in node.subtree():
        if each is node or not each.text_length:
            continue
        if each.tag in ("h1", "h2", "h3", "h4", "h5", "time"):
            if each.text_length < LINE:
                out.append(each)
        elif (each.tag == "a" and each.text_length < LINE and LINKS.match(each.text())) or (
            each.text_length < LONGEST_HEADING and HEADINGS.match(each.text())
        ):
            out.append(each)
        elif each.tag in HOLDERS and each.link_length > LINKED * each.text_length:
            links = [below for below in each.subtree() if below.tag == "a"]
            if each.text_length < SENTENCE:
                out.append(each)
            elif links and not any(below.tag in HOLDERS for below in links[0].below):
                headlines.append(each)
    if len(headlines) > 1 or name is None:
        out += headlines
    return out + ([each for each in node.select(NAME_PLACES) if shows_only(each, name)] if name else [])


def shows_only(node: Node, name: str) -> bool:
    """Whether the element is the name's own place, and not the beginning of a sentence about the person."""
    if node.text_length > len(name) + 3 or node.text().removeprefix("By ").rstrip(":,") != name:
        return False
    around = node.parent
    if node.tag not in INLINE or around is None or around.text_length <= len(name) + 3:
        return True
    text = around.text()
    rest = text[len(name) + 1 :]
    return text.startswith(name + " ") and rest[:1].isupper()
