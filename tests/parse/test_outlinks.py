from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from scraper import extract_page
from scraper.extract.page import extract_linked
from scraper.model import Outlink
from scraper.parse import outlinks as module
from scraper.parse.html import parse_html
from scraper.parse.outlinks import outlinks

HOME = "https://tide.example/blog/"
PAGE = """<html><head><title>Tide Notes</title><base href="/notes/">
<link rel="stylesheet" href="/style.css"><link rel="search" href="/search.xml"><link rel="icon" href="/i.png">
<link rel="alternate" type="application/rss+xml" title="Posts" href="/feed/">
<link rel="https://api.w.org/" href="https://tide.example/wp-json/"><link rel="Next" href="/page/2/"></head>
<body><nav class="menu"><ul><li><a href="about">About</a></li></ul></nav>
<article><h2><a href="/ferry" rel="bookmark">The <b>ferry</b></a></h2>
<a href="/bells"><h3>Bells</h3></a><p>It leaves late in January. <a href="/ferry#more" rel="nofollow">Read on</a></p>
<a href="#top">Up</a> <a href="mailto:mara@tide.example">Mail</a></article>
<select><option value="https://tide.example/2011/02/">February</option><option value="red">Red</option></select>
<noscript><a href="/old">Old</a></noscript></body></html>"""


def links(html: str, url: str | None = HOME) -> tuple[Outlink, ...]:
    return extract_linked(html, url)[1]


def test_the_links_of_a_page_say_what_it_says_of_them() -> None:
    assert links(PAGE) == (
        Outlink("https://tide.example/feed/", ("alternate",), "Posts", "application/rss+xml", True),
        Outlink("https://tide.example/wp-json/", ("https://api.w.org/",), "", None, True),
        Outlink("https://tide.example/page/2/", ("next",), "", None, True),
        Outlink("https://tide.example/notes/about", (), "About"),
        Outlink("https://tide.example/ferry", ("bookmark",), "The ferry", in_heading=True),
        Outlink("https://tide.example/bells", (), "Bells", in_heading=True),
        Outlink("https://tide.example/ferry", ("nofollow",), "Read on"),
        Outlink("https://tide.example/2011/02/", (), "February"),
        Outlink("https://tide.example/old", (), "Old"),
    )


def test_links_change_nothing_of_what_a_page_says() -> None:
    assert extract_linked(PAGE, HOME)[0] == extract_page(PAGE, HOME)


def test_links_are_collected_only_where_they_are_asked_for() -> None:
    assert parse_html(PAGE).anchors == []


def test_menus_that_are_closed_keep_their_links() -> None:
    menu = "".join(f'<li><a href="/2011/{month:02}/">Month {month}</a></li>' for month in range(1, 13))
    page = f"<body><div class='menu'><ul>{menu}</ul></div><article><p>{'It leaves late. ' * 40}</p></article></body>"
    assert [link.url for link in links(page)] == [f"https://tide.example/2011/{month:02}/" for month in range(1, 13)]


def test_a_picture_and_a_title_with_one_link_are_one_link() -> None:
    page = '<a href="/ferry"><img src="f.png"></a><h2><a href="/ferry">The ferry</a></h2><a href="/ferry#c">More</a>'
    assert links(page) == (Outlink("https://tide.example/ferry", (), "The ferry", in_heading=True),)


def test_a_page_without_address_has_its_absolute_links() -> None:
    page = '<a href="/ferry">Ferry</a><a href="https://tide.example/bells">Bells</a>'
    assert [link.url for link in links(page, None)] == ["https://tide.example/bells"]


def test_a_heading_in_a_template_stands_in_no_link() -> None:
    page = "<template><h2>Soon</h2></template><a href='/a/'><h2>Ferry</h2></a>"
    _, links = extract_linked(page, "https://tide.example/")
    assert [(link.url, link.in_heading) for link in links] == [("https://tide.example/a/", True)]


def test_there_is_an_end_to_links_and_to_their_length() -> None:
    many = "".join(f'<a href="/{number}">x</a>' for number in range(6_000))
    assert len(links(f'<link rel="next" href="/page/2"><a href="/{"a" * 2_001}">x</a>{many}')) == module.MOST_LINKS
    assert links(f'<a href="/{"a" * 1_990}">x</a>') == ()  # resolved it is too long


def test_headers_declare_links_too() -> None:
    headers = [
        ("Link", '<https://tide.example/wp-json/>; rel="https://api.w.org/"'),
        ("link", '</?p=7>; rel=shortlink, </wp-json/wp/v2/posts/7>; rel="alternate"; type="application/json"'),
        ("Link", "</style.css>; rel=preload; as=style, broken; rel=next, <>; rel=next"),
    ]
    found = extract_linked('<base href="/notes/">', HOME, headers=headers)[1]
    assert found == (
        Outlink("https://tide.example/wp-json/", ("https://api.w.org/",), declared=True),
        Outlink("https://tide.example/?p=7", ("shortlink",), declared=True),
        Outlink("https://tide.example/wp-json/wp/v2/posts/7", ("alternate",), "", "application/json", True),
    )


@given(st.text('<>;,=" \\trelnxa/', max_size=200))
def test_no_header_fails(value: str) -> None:
    for link in extract_linked("", HOME, headers=[("Link", value)])[1]:
        assert link.declared


def test_a_hostile_header_is_read_in_no_time() -> None:
    values = ["<a>" + ";a=b" * 9_000, "<a>" + "; \t" * 9_000, "<" * 90_000, "<a>;rel=" * 9_000, '<a>;a="' * 9_000]
    start = time.process_time()
    for value in values:
        extract_linked("", HOME, headers=[("Link", value)])
    assert time.process_time() - start < 1


@given(st.text(st.characters(codec=None), max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_no_link_fails(href: str, rel: str, text: str) -> None:
    page = f'<link rel="next {rel}" href="{href}" type="{text}"><h2><a href="{href}" rel="{rel}">{text}</a></h2>'
    for link in links(page):
        assert link.url.startswith(("http://", "https://"))
        assert "#" not in link.url
        assert len(link.text) <= 100


@given(st.binary(max_size=400))
def test_no_bytes_fail(payload: bytes) -> None:
    page, found = extract_linked(payload, HOME)
    assert page.url == HOME
    assert all(link.url for link in found)


def test_plain_paths_are_resolved_as_all_others() -> None:
    from scraper.parse.outlinks import Anchor
    from scraper.text.urls import resolve

    hrefs = ["/a", "/a/b.c/", "/", "/a//b", "/a/../b", "/.a", "/%41", "//other.example/a", "/a?b", "/a b", "a", "/é"]
    for base in (HOME, "https://tide.example", "http://tide.example:8080/x?y#z"):
        found = outlinks([Anchor(href, "", "", None, False, False) for href in hrefs], base)
        assert [link.url for link in found] == list(dict.fromkeys(resolve(base, href) for href in hrefs))
