"""Stored HTML as markup for pages and books: well-formed, by the rules, and with nothing in it that loads or runs."""

from __future__ import annotations

import re

import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.export.polyglot import polyglot, safe_link
from tests.export.conftest import EVIL_HTML

TAGS = "p b a ul li table tr td div pre h2 dl dt dd blockquote figure img br hr ruby details caption span q".split()
piece = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(['<a href="#x">', '<p id="x">', '<a href="https://e.example/">', "<td colspan=2>", "text", "&lt;"]),
    st.text(max_size=3),
)
INLINE = {"a", "abbr", "b", "bdi", "bdo", "br", "code", "em", "i", "q", "span", "strong"}
ONLY_INLINE = {"p", "pre", "h2", "h3", *INLINE}


@given(st.lists(piece, max_size=25).map("".join))
def test_whatever_is_stored_becomes_markup_by_the_rules(html: str) -> None:
    tree = lxml.etree.fromstring(f"<div>{polyglot(html, 'p1')}</div>")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//@href") if href.startswith("#")} <= set(ids)
    for element in tree.iter():
        children = {child.tag for child in element}
        if element.tag in ONLY_INLINE:
            assert children <= INLINE
        if element.tag in ("ul", "ol"):
            assert children == {"li"}
        if element.tag == "a":
            assert not element.findall(".//a")
        if element.tag == "tr":
            assert children and children <= {"td", "th"}
        if element.tag == "li":
            assert element.getparent().tag in ("ul", "ol")


@given(st.lists(st.text("ab ", min_size=1, max_size=5), min_size=1, max_size=6), st.data())
def test_no_word_is_lost(words: list[str], data: st.DataObject) -> None:
    tags = [data.draw(st.sampled_from(["p", "b", "ul", "li", "div", "dd", "blockquote"])) for _ in words]
    html = "".join(f"<{tag}>{word}" for tag, word in zip(tags, words, strict=True))
    text = "".join(lxml.etree.fromstring(f"<div>{polyglot(html, 'p')}</div>").itertext())
    assert text.replace(" ", "") == "".join(words).replace(" ", "")


def test_nothing_loads_and_nothing_runs() -> None:
    made = polyglot(EVIL_HTML, "p1")
    tree = lxml.etree.fromstring(f"<div>{made}</div>")
    assert {name for element in tree.iter() for name in element.attrib} <= {"href", "id", "dir"}
    assert not {"img", "script", "iframe", "svg", "style"} & {element.tag for element in tree.iter()}
    assert all(re.match("https://|#", href) for href in tree.xpath("//@href"))
    assert not re.search("[\x00-\x08\x1b\ufffe]", made)


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<b><p>x</p></b>y", "<p>x</p><p>y</p>"),
        ("<h3>T</h3><h5>U</h5>", "<h2>T</h2><h3>U</h3>"),
        ("<ul><p>a</p>b<li>c</ul>", "<ul><li><p>a</p></li><li>b</li><li>c</li></ul>"),
        ('<img src="https://e.example/a.png" alt="A cat">', '<p><a href="https://e.example/a.png">[A cat]</a></p>'),
        ('<p id="fn:1">x <a href="#fn:1">up</a></p>', '<p id="k-1">x <a href="#k-1">up</a></p>'),
        ("<table><tr><td>1</table>", "<table><tbody><tr><td>1</td></tr></tbody></table>"),
        ("<pre>a\n  b</pre>", "<pre>a\n  b</pre>"),
    ],
)
def test_structure_is_mended(html: str, made: str) -> None:
    assert polyglot(html, "k") == made


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://e.example/a?b#c", "https://e.example/a?b#c"),
        ("https://é.example/ü ü", "https://xn--9ca.example/%C3%BC%20%C3%BC"),
        ("mailto:a@e.example", "mailto:a@e.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://a..b/", None),
        ("https://e.example/%zz", None),
        ("/relative", None),
        ("https://e.example/" + "x" * 3000, None),
        (None, None),
    ],
)
def test_only_addresses_that_all_readers_can_parse_are_links(url: str | None, link: str | None) -> None:
    assert safe_link(url) == link


def test_depth_costs_no_more_than_length() -> None:
    assert "deep" in polyglot("<div><b>" * 20_000 + "deep", "p")
