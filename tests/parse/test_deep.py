"""What is nested deeper than a tree can be keeps its text, and what it stands in is told by ids."""

from __future__ import annotations

import random

from scraper.parse.deep import DEEPEST, without_depth
from scraper.parse.html import parse_html


def nested(count: int) -> str:
    opened = "".join(f"<li id=c{n} class=comment><p>words {n}</p><ol>" for n in range(count))
    return f"<body><ol>{opened}{'</ol></li>' * count}</ol><p>after"


def test_what_is_too_deep_stands_further_out_with_its_own_text() -> None:
    document = parse_html(nested(2_000))
    texts = {node.get("id"): node.select("p")[0].text() for node in document.select("li")}
    assert texts == {f"c{n}": f"words {n}" for n in range(2_000)}
    assert document.enclosing == {f"c{n}": f"c{n - 1}" for n in range(1, 2_000)}
    assert document.body.below[-1].text() == "after"


def test_a_page_that_is_not_deep_is_left_as_it_is() -> None:
    document = parse_html(nested(DEEPEST // 3))
    assert document.enclosing == {}
    assert [node.parent.tag for node in document.select("li") if node.parent] == ["ol"] * (DEEPEST // 3)


def test_end_tags_may_be_left_out() -> None:
    _, enclosing = without_depth("<ol><li id=a><p>x<ol><li id=b>y<li id=c>z</ol><li id=d>w</ol><dl><dt id=e><dd id=f>")
    assert enclosing == {"b": "a", "c": "a"}


def test_raw_text_attributes_and_entities_survive() -> None:
    text = "<p title='a &quot;b&lt;' id=x>1 &lt; 2 &amp; &nbsp;</p><script>if (a < b) {}</script>"
    again, _ = without_depth(text)
    before, after = parse_html(text), parse_html(again)
    assert before.body.text() == after.body.text() == "1 < 2 &"
    assert before.select("p")[0].get("title") == after.select("p")[0].get("title") == 'a "b<'
    assert "if (a < b) {}" in again


def test_no_text_is_lost_of_tags_in_any_order() -> None:
    for seed in range(20):
        pick = random.Random(seed)
        parts = []
        for n in range(3_000):
            tag = pick.choice(("div", "li", "ol", "p", "span", "b"))
            parts.append(f"<{tag} id=n{n}>w{n} " if pick.random() < 0.7 else f"</{tag}>")
        document = parse_html("".join(parts))
        words = document.body.text().split()
        assert words == [f"w{n}" for n in range(3_000) if f">w{n} " in "".join(parts)], seed
