"""Text has one block a line; HTML has known tags only, and nothing that a browser would run."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.extract.render import Rendered, render, sanitise
from scraper.parse.html import parse_html

ACTIVE = re.compile(
    r"<(?:script|style|iframe|object|embed|form|svg|math)|\son\w+\s*=|(?:javascript|vbscript|data):", re.I
)
PIECES = st.sampled_from(
    "<p> </p> <a href='javascript:x()'> </a> <img/src=x onerror=x()> <svg><script> </script> <style> </svg> <math> <mtext> "
    "<b onclick=x()> </b> <table> <td> &lt;script&gt; <iframe src='data:text/html,x'> <!-- --> <noscript> <pre> </pre> text "
    "<a href=' java\tscript:x()'> <template> <form> <textarea> </textarea> <![CDATA[ ]]> <figure> <figcaption> \" '".split(
        " "
    )
)


def rendered(html: str, base: str | None = "https://blog.example/a/") -> Rendered:
    return render(parse_html(html).body, base)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>Two", "One\nTwo"),
        ("<ul><li>One<li>Two</ul>", "One\nTwo"),
        ("<p>One <b>bold</b>\n word</p>", "One bold word"),
        ("<b>On</b>e", "One"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<p>One</p><script>x()</script><style>p{}</style>", "One"),
        ("<p> </p><div></div>", ""),
    ],
)
def test_text_has_one_block_a_line(html: str, text: str) -> None:
    assert rendered(html).text == text


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_nothing_executable_is_left(html: str) -> None:
    made = rendered(html)
    tags = " ".join(re.findall(r"<[^>]*>", made.html))
    assert not ACTIVE.search(tags)
    assert all(re.match(r"https?://", link.url) for link in made.links)
    assert all(re.match(r"https?://", image.url) for image in made.images)


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_sanitising_twice_changes_nothing(html: str) -> None:
    once = sanitise(html)
    assert sanitise(once) == once


def test_links_and_images_are_absolute_and_lazy_ones_are_found() -> None:
    made = rendered(
        "<a href=../b>x</a><img src='data:image/gif;base64,x' data-src=c.png alt=y><iframe src=//v.example/1></iframe>"
    )
    assert [link.url for link in made.links] == ["https://blog.example/b", "https://v.example/1"]
    assert [(image.url, image.alt) for image in made.images] == [("https://blog.example/a/c.png", "y")]


def test_a_figures_caption_goes_with_its_images() -> None:
    made = rendered("<figure><img src=a.png><img src=b.png><figcaption>Two loaves</figcaption></figure><img src=c.png>")
    assert [image.caption for image in made.images] == ["Two loaves", "Two loaves", None]


@pytest.mark.parametrize("url", ["http://[", "javascript:x()", "mailto:a@b.example", "", "data:,x"])
def test_what_is_no_web_address_links_nowhere(url: str) -> None:
    made = rendered(f"<a href='{url}'>x</a><img src='{url}'><iframe src='{url}'></iframe>", None)
    assert (made.links, made.images, made.text) == ((), (), "x")
