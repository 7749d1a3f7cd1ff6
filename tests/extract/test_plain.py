"""What the short way gives for plain comments is what the long way gives."""

from __future__ import annotations

import random
from unittest import mock

import pytest

from scraper.extract.layout import render as rendering
from scraper.extract.layout.render import Rendered, render
from scraper.parse.html import parse_html
from scraper.parse.plain import plain_body

PLAIN = (
    "<div id=x><p>Fish  &amp; chips &lt;3</p>\n<p>twice<br>or more</p> </div>",
    "<div id=x>no paragraph\n at all<br>two lines<br><br>end</div>",
    "<div id=x><p class=a id=b> spaced </p>tail <p></p><p> <br> </p><p>b<br></p></div>",
    "<p id=x>one<br/>two</p>",
    "<li id=x><p>in a list</p></li>",
    "<table><tr><td id=x>in a cell</td></tr></table>",
    "<div id=x><p>no\xa0break \xa0 and\u2003em\u00adphasis</p></div>",
    "<div id=x><div><div>deep</div> <div><p>a</p></div></div><div>  </div></div>",
    "<div id=x><div>words <br> and</div><section>more</section></div>",
    "<div id=x>two<br class=out>words</div>",
    "<li id=x>words <ul> <li class=out>an answer</li> <li class=out>two</li> </ul></li>",
    "<dd id=x><p>words</p><div>more <dl class=a id=b><dd class=out>an answer</dl></div> end</dd>",
    "<article id=x><footer class=out>Ann, yesterday</footer> <div><p>Well said.</p></div> <p class=out>Reply</p></article>",
    '<div id=x><p>&quot;quoted&quot; \'twice\' \ud83c\udf5e</p></div>'.encode("utf-16", "surrogatepass").decode("utf-16"),
)  # fmt: skip
NOT_PLAIN = (
    "<div id=x><p>an <em>accent</em></p></div>",
    '<div id=x><p dir="rtl">\u05e9\u05dc\u05d5\u05dd</p></div>',
    '<div id=x><a href="/a">a link</a></div>',
    "<div id=x>a<!-- note -->b</div>",
    "<div id=x>\u4e00\n\u4e8c</div>",
    "<div id=x>bell \x07 and vertical \x0b tab</div>",
    "<blockquote id=x><p>a quote</p></blockquote>",
    "<div id=x><script>1</script>a</div>",
    "<div id=x><ul><li>a</li></ul></div>",
)
SCRAPS = (
    "<ul>",
    "</ul>",
    "<li class=out>",
    "</li>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<br>",
    " ",
    "\n",
    "a",
    "b &gt; c",
    "\xa0",
    "<p class=out>",
    "<b>",
    "</b>",
)


def both_ways(html: str) -> tuple[Rendered, Rendered, bool]:
    """As rendered, as rendered the long way, and whether the short way was taken."""
    document = parse_html(f"<body>{html}")
    node, without = document.select("#x")[0], document.select(".out")
    short = plain_body(node, without) is not None
    ours = render(node, "https://blog.example/", without, keep_labelled=True)
    with mock.patch.object(rendering, "plain_body", lambda node, without: None):
        return ours, render(node, "https://blog.example/", without, keep_labelled=True), short


@pytest.mark.parametrize("html", PLAIN)
def test_the_short_way_gives_what_the_long_way_gives(html: str) -> None:
    ours, long, short = both_ways(html)
    assert short
    assert ours == long


@pytest.mark.parametrize("html", NOT_PLAIN)
def test_what_takes_more_goes_the_long_way(html: str) -> None:
    ours, long, short = both_ways(html)
    assert not short
    assert ours == long


def test_both_ways_agree_on_scraps_put_together_at_random() -> None:
    taken = 0
    for seed in range(400):
        pick = random.Random(seed)
        scraps = [pick.choice(SCRAPS) for _ in range(pick.randint(1, 12))]
        ours, long, short = both_ways(f"<div id=x>{''.join(scraps)}</div>")
        assert ours == long, (seed, scraps)
        taken += short
    assert taken > 100


def test_deep_nesting_goes_the_long_way() -> None:
    ours, long, short = both_ways(f"<div id=x>{'<div>' * 100}deep</div>")
    assert not short
    assert ours == long
