"""The tree keeps order and text; selecting never loses what the parser's own selectors find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.parse.html import Closed, parse_html

NAMES = ("note", "Post", "a-b", "c_7")
TAGS = ("div", "p", "span", "li", "a", "b")


@st.composite
def markup(draw: st.DrawFn) -> str:
    """Elements with a few classes and ids, open, closed, and nested at random."""
    parts = []
    for _ in range(draw(st.integers(0, 14))):
        tag = draw(st.sampled_from(TAGS))
        if draw(st.integers(0, 3)) == 0:
            parts.append(f"</{tag}>")
            continue
        names = " ".join(draw(st.lists(st.sampled_from(NAMES), max_size=2)))
        attributes = draw(st.sampled_from(["", f" class='{names}'", f" id='{names}'", " itemprop=author", " rel=tag"]))
        parts.append(f"<{tag}{attributes}>{draw(st.sampled_from(['', 'x ', ' y', 'z z']))}")
    return "".join(parts)


SIMPLE = st.sampled_from(
    ("div", "a", "*", ".note", ".Post", "#a-b", "p.note", "li > .c_7", "[itemprop=author]", "a[rel~=tag]", "div:not(.note)",
     ".gone", "#gone .note", "[class*=ote]", "[typeof]", "b, .gone", "span + a")
)  # fmt: skip


@given(markup(), st.lists(SIMPLE, min_size=1, max_size=3).map(", ".join))
def test_selecting_finds_what_the_parsers_own_select_finds(html: str, css: str) -> None:
    document = parse_html(html)
    expected = document.root.element.select(css)
    assert [node.element for node in document.select(css)] == expected
    first = document.select_one(css)
    assert (first.element if first else None) == (expected[0] if expected else None)


@given(markup())
def test_the_nodes_are_those_that_show_text_in_document_order_each_with_its_subtree(html: str) -> None:
    document = parse_html(html)
    showing = [element for element in document.body.element.iter_elements() if element.text.strip()]
    assert [node.element for node in document.nodes[2:]] == showing
    assert [node.index for node in document.nodes] == list(range(len(document.nodes)))
    for node in document.nodes:
        assert [each.parent for each in node.below] == [node] * len(node.below)
        for other in document.nodes:
            assert node.contains(other) == (other is node or node in other.ancestors())
            assert node.contains(other) == other.is_within({id(node)})


@given(markup())
def test_what_a_selector_finds_stands_among_its_siblings(html: str) -> None:
    document = parse_html(html)
    for parent in document.select("*"):
        children = parent.select(":scope > *")
        for place, node in enumerate(children):
            assert node.parent is parent
            assert node.previous() is (children[place - 1] if place else None)
            assert list(node.following()) == children[place + 1 :]
            assert parent.text_length >= node.text_length


@given(markup())
def test_the_text_is_the_parsers_text(html: str) -> None:
    body = parse_html(html).body
    assert body.text().replace(" ", "") == "".join(body.element.text.split())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One Two"),
        ("<b>On</b>e", "One"),
        ("a<script>b</script><style>c</style>d", "ad"),
        ("<iframe/>after", "after"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'><iframe/>after", "after"),
        ("", ""),
        ("only text", "only text"),
    ],
)
def test_text(html: str, text: str) -> None:
    assert parse_html(html).body.text() == text


def test_the_text_of_the_root_has_the_title() -> None:
    assert parse_html("<title>x</title>a").root.text() == "x a"


def test_what_a_serialiser_closed_swallows_nothing_though_another_one_stands_in_it() -> None:
    document = parse_html("<p>a</p><textarea/><p>b</p><iframe src=x /><p>c</p>")
    assert document.body.text() == "a b c"


def test_the_body_is_the_frameset_or_the_root_where_there_is_none() -> None:
    assert parse_html("<p>x").body.tag == "body"
    assert parse_html("<frameset><frame></frameset>").body.tag == "frameset"


def test_names_hold_class_and_id_in_lower_case_between_spaces() -> None:
    names = [node.names for node in parse_html("<p class='A  b' id=C></p><p id=d></p><p></p>").select("p")]
    assert names == [" a b c ", " d ", ""]


def test_depth_is_bounded_and_no_text_is_lost() -> None:
    body = parse_html("<div>a" * 3_000).body
    assert body.text().replace(" ", "") == "a" * 3_000


def test_a_closed_element_is_a_leaf_with_its_text() -> None:
    closed = Closed(names=lambda tag, names: tag == "nav", unless="h1", share=0.5, longest=50)
    html = (
        "<nav><ul><li>One<li>Two</ul><script>x()</script></nav><nav><h1>Open</h1></nav>"
        + "<p>Words of the post.</p>" * 5
    )
    document = parse_html(html, closed)
    first, second = document.select("nav")
    assert (first.text(), first.below, document.select("li")) == ("One Two", [], [])
    assert document.body.text().startswith("One Two Open") and first.text_length == 6
    assert [node.tag for node in second.below] == ["h1"]


def test_what_holds_a_long_piece_of_text_is_opened_whatever_its_name() -> None:
    closed = Closed(names=lambda tag, names: tag == "nav", unless="h1", share=0.5, longest=50)
    document = parse_html(f"<nav><div>{'Prose. ' * 10}</div></nav><p>{'Words of the post. ' * 20}</p>", closed)
    assert [node.tag for node in document.body.below[0].below] == ["div"]


def test_blocks_are_the_runs_of_text_between_elements_that_start_a_line() -> None:
    document = parse_html("<div>One <b>and</b><br>two <p>three <a href=x>four</a></p> five <i>six</i></div>")
    assert [block.text() for block in document.blocks] == ["One and two", "three four", "five six"]
    assert [block.node.tag for block in document.blocks] == ["div", "p", "div"]
    assert [block.link_length for block in document.blocks] == [0, 4, 0]


def test_a_run_is_cut_out_of_its_element_and_leaves_what_stands_beside_it() -> None:
    document = parse_html("<div>One <b>and</b> two<p>three</p> five <i>six</i></div>")
    block = document.blocks[0]
    assert ([node.tag for node in block.inline()], block.own_text()) == (["b"], "One two")
    block.cut()
    assert document.body.text() == "and three five six"


def test_a_closed_element_is_one_block() -> None:
    closed = Closed(names=lambda tag, names: tag == "nav", unless="h1", share=0.5, longest=50)
    document = parse_html(f"<nav><p>One<p>Two</nav><p>{'Words of the post. ' * 5}</p>", closed)
    assert (document.blocks[0].text(), document.blocks[0].length) == ("One Two", 6)


def test_the_page_goes_on_after_a_closed_element() -> None:
    closed = Closed(names=lambda tag, names: tag == "nav" or " menu " in names, unless="h1", share=0.5, longest=50)
    html = (
        "<p>One <span class=menu>two<b class=menu>three</b></span> four</p><nav><p>five</nav><nav>six</nav>"
        f"<ul><li>seven<li class=menu><i>eight</i></ul><p>{'Words of the post. ' * 5}</p>"
    )
    document = parse_html(html, closed)
    texts = ["One", "two three", "four", "five", "six", "seven", "eight", ("Words of the post. " * 5).strip()]
    assert [block.text() for block in document.blocks] == texts
    assert [block.node.tag for block in document.blocks if block.node.is_closed] == ["span", "nav", "nav", "li"]
    assert document.body.text() == " ".join(texts)


@given(markup())
def test_a_text_is_its_pieces_with_white_space_folded(html: str) -> None:
    for node in parse_html(html).nodes:
        assert node.text() == " ".join("".join(node.strings()).split())


def test_an_element_without_text_contains_what_stands_in_it() -> None:
    document = parse_html("<p>text</p><div id=a><div id=b><img></div></div><img class=out>")
    outer, inner = document.select("#a, #b")
    first, other = document.select("img")
    assert outer.contains(inner) and outer.contains(first) and inner.contains(first) and document.body.contains(first)
    assert not outer.contains(other) and not inner.contains(outer) and not first.contains(inner)
    assert outer.subtree() == []


def test_formatting_that_multiplies_in_the_tree_is_cut_and_the_text_stays() -> None:
    opened = "".join(f"<font color={number}>" for number in range(300))
    document = parse_html(f"<p>{opened}</p>" + "<p>word <b>bold</b>" * 3_000)
    assert document.notices == ("cut: formatting elements, of which each block repeats many",)
    assert document.body.text().startswith("word bold word bold") and len(document.nodes) < 7_000


@pytest.mark.parametrize("name", ["iframe", "textarea"])
def test_an_element_that_is_never_closed_does_not_swallow_the_page(name: str) -> None:
    document = parse_html(f"<p>Before</p><{name} src='x'/><p>After</p>")
    assert document.body.text() == "Before After"
    closed = parse_html(f"<p>Before</p><{name} src='x'/>inside</{name}><p>After</p>")
    assert closed.body.text() == "Before After"


def test_what_is_shown_without_scripts_is_the_page_where_there_is_no_other() -> None:
    words = "The boat has been out of the water since Whitsun. " * 12
    page = parse_html(
        f"<div id=app>Loading</div><noscript><p>{words}</p></noscript><script>start('{words * 3}')</script>"
    )
    assert words.strip() in page.body.text()
    beside = parse_html(f"<p>{words}</p><p>{words}</p><noscript><p>{words}</p></noscript>")
    assert beside.body.text().count("Whitsun") == 24
    notice = parse_html("<div></div><noscript><p>Please switch scripts on.</p></noscript>")
    assert notice.body.text() == ""


def test_all_text_has_that_of_closed_elements() -> None:
    closed = Closed(names=lambda tag, names: tag == "nav", unless="", share=1, longest=99)
    document = parse_html("<p>One <b>two</b></p><nav><i>Three</i></nav><script>four</script>", closed)
    assert document.all_text().split() == ["One", "two", "Three"]
