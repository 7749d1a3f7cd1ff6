"""A fragment is a copy: what is changed or left out in it leaves the page as it was."""

from __future__ import annotations

import pytest

from scraper.parse.fragment import Fragment
from scraper.parse.html import parse_html

TAGS = frozenset({"p", "b", "a", "ol", "li", "blockquote", "pre"})
ATTRIBUTES = {"a": frozenset({"href"})}


def fragment(html: str, dropped: str = "form") -> Fragment:
    return Fragment(parse_html(html).body, (), dropped)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ol><li>One<ul><li>inner</ul><li>Two</ol>", "One\ninner\nTwo"),
        ("<blockquote><p>Said</p></blockquote><dl><dt>t<dd>d</dl>", "Said\nt\nd"),
        ("<pre>a\n   b\n\n  c</pre><blockquote>x</blockquote>", "a\n   b\n  c\nx"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("<p>zero\u200bwidth&nbsp; and \n more</p>", "zerowidth and more"),
        ("<p>kept</p><form>gone</form>", "kept"),
    ],
)
def test_text_has_one_block_a_line(html: str, text: str) -> None:
    assert fragment(html).text() == text


def test_html_has_the_given_tags_and_attributes_and_the_text_of_the_others() -> None:
    made = fragment("<p class=x onclick=y()>a <font>b</font>  <a href=/c title=t>d</a></p><form>e</form>")
    assert made.html(TAGS, ATTRIBUTES) == '<p>a b <a href="/c">d</a></p>'


def test_nodes_are_left_out_of_the_copy_only() -> None:
    document = parse_html("<p>one</p><div id=aside>two <b>three</b></div><p>four</p>")
    left_out = document.select("#aside, b")
    made = Fragment(document.body, [*left_out, *left_out], "form")
    made.pieces("p").__next__().remove()
    assert made.text() == "four"
    assert document.body.text() == "one two three four"
    assert [node.get("data-left-out") for node in left_out] == [None, None]


def test_a_page_cannot_leave_its_own_text_out() -> None:
    assert fragment("<p data-left-out>said</p><p data-left-out=''>so</p>").text() == "said\nso"


def test_an_embed_becomes_a_link_that_is_no_text() -> None:
    made = fragment("<p>a</p><iframe src=/v></iframe><p>b</p>")
    made.replace_by_link(next(made.pieces("iframe")), "https://v.example/1")
    assert made.html(TAGS, ATTRIBUTES) == '<p>a</p><p><a href="https://v.example/1">https://v.example/1</a></p><p>b</p>'
    assert made.text() == "a\nb"


def test_what_stands_without_text_in_chrome_is_dropped() -> None:
    made = fragment(
        "<div class=share><p><img src=a.png></p></div><div class=share>t<img src=b.png></div><img src=c.png>"
    )
    made.drop_silent("img", lambda piece: piece.get("class") == "share")
    assert [each.get("src") for each in made.pieces("img")] == ["b.png", "c.png"]


def test_pieces_know_their_attributes_and_what_is_around_them() -> None:
    made = fragment("<figure class=share><img src=a.png alt=x></figure><figure>t<img src=b.png></figure>")
    first, second = made.pieces("img")
    first.set("src", "c.png")
    first.set("alt", None)
    assert (first.get("src"), first.get("alt"), first.get("none")) == ("c.png", None, None)
    around = second.around("figure")
    assert around is not None and around.text() == "t" and second.around("table") is None
    assert around == second.around("figure") and len({around, second.around("figure")}) == 1


def test_a_piece_that_went_with_another_is_not_held() -> None:
    made = fragment("<ol><li>a<ol><li>b</ol></ol>")
    outer, inner = made.pieces("ol")
    assert made.holds(inner)
    outer.replace("p", "gone", {"id": None})
    assert (made.holds(outer), made.holds(inner), made.text()) == (False, False, "gone")


def test_ids_stay_only_where_a_link_leads_to_them_and_once() -> None:
    made = Fragment(parse_html("<p id=a>1</p><p id=a>2</p><p id=b>3</p><a name=c>4</a>").body, (), "form")
    assert made.keep_targets({"a", "c", "d"}) == {"a", "c"}
    assert made.html(TAGS, {"*": frozenset({"id"})}) == '<p id="a">1</p><p>2</p><p>3</p><a id="c">4</a>'
