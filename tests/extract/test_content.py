"""The post's block is the one that the rules name, or where most of the prose stands together."""

from __future__ import annotations

from scraper.extract.chrome import label_chrome
from scraper.extract.content import find_content
from scraper.extract.platforms import GENERIC
from scraper.parse.html import parse_html
from tests.extract.pages import LINE, PROSE, plain, read, text_of


def content_of(html: str) -> tuple[str | None, str]:
    document = parse_html(html)
    node, rule = find_content(label_chrome(document, GENERIC), document, (GENERIC,))
    return (node.path.split(" > ")[-1] if node else None), rule


def test_a_named_body_wins_where_it_holds_its_share() -> None:
    html = f"<body><div id=a>{PROSE}</div><div class=entry-content>{PROSE * 2}</div></body>"
    assert content_of(html)[0] == "div.entry-content"


def test_a_named_body_with_a_fraction_of_the_prose_is_not_believed() -> None:
    html = f"<body><div class=entry-content><p>{LINE}</p></div><div id=a>{PROSE * 2}</div></body>"
    assert content_of(html) == ("div#a", "most prose")


def test_a_body_split_into_equal_blocks_is_taken_whole() -> None:
    html = f"<body><div id=all>{f'<div class=entry-content>{PROSE}</div>' * 2}</div><p>{LINE}</p></body>"
    assert content_of(html)[0] == "div#all"


def test_a_page_without_prose_has_no_content() -> None:
    for html in ("", "<frameset><frame src=a></frameset>", "<body><a href=x>y</a></body>"):
        assert content_of(html) == (None, "")


def test_a_list_of_links_beside_the_prose_goes_and_one_that_is_the_post_stays() -> None:
    links = "<ul>" + "".join(f"<li><a href=/{n}>A page that I liked, number {n}</a></li>" for n in range(6)) + "</ul>"
    assert "number 3" not in text_of(read(plain(PROSE + links)))
    assert "number 3" in text_of(read(plain(f"<div class=entry-content><p>{LINE}</p>{links}</div>")))


def test_a_form_around_the_whole_page_eats_nothing() -> None:
    html = f"<body><form action='/a-comment-on-bread.aspx'><h2>Slow bread</h2><div>{PROSE}</div></form></body>"
    assert text_of(read(html)).count(LINE) == 8
