from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.pages import page_leads
from scraper.extract.page import extract_linked
from scraper.model import Lead

HOME = "https://tide.example/"
POST = "https://tide.example/2011/02/ferry/"
PROSE = "<p>In January the ferry leaves late, and those who wait for it talk about the ice on the river.</p>" * 8
FEEDS = """<link rel="alternate" type="application/rss+xml" href="/feed/">
<link rel="alternate" type="application/atom+xml" href="/feed/atom/">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/">"""


def is_post(url: str) -> bool:
    return re.search(r"tide\.example/\d{4}/\d\d/[a-z][^/]*/$", url) is not None


def is_ours(lead: Lead) -> bool:
    return lead.url.startswith(HOME)


def leads(html: str, url: str = HOME) -> list[Lead]:
    page, links = extract_linked(html, url)
    return list(page_leads(page, links, is_ours, is_post))


def as_text(found: list[Lead]) -> list[str]:
    return [f"{lead.role} {lead.source} {lead.url.removeprefix(HOME)}" for lead in found]


def post_page(body: str = "", head: str = "", url: str = POST) -> list[str]:
    html = f"""<head><title>Ferry</title><meta property="og:type" content="article">{head}</head>
<body class="single single-post"><article class="post hentry"><h1 class="entry-title">Ferry</h1>
<div class="entry-content">{PROSE}</div></article>{body}</body>"""
    return as_text(leads(html, url))


LISTING = f"""<head><title>Tide Notes</title>{FEEDS}<link rel="https://api.w.org/" href="/wp-json/"></head>
<body class="home blog"><nav class="menu"><a href="/about/">About</a> <a href="/recipes/">Recipes</a></nav>
<article class="post"><h2 class="entry-title"><a href="/2011/02/ferry/">Ferry</a></h2>{PROSE}
<a href="/2011/02/ferry/#more-1">Read on</a> in <a href="/category/sea/">Sea</a></article>
<article class="post"><h2 class="entry-title"><a href="/2011/01/bells/">Bells</a></h2>{PROSE}
<a href="/author/mara/">Mara</a></article><article class="post"><h2><a href="/hail">Hail</a></h2>{PROSE}</article>
<a href="/page/2/">Ältere Beiträge</a><a href="/wp-content/ferry.jpg">Large</a> <a href="https://other.example/">x</a>
<select><option value="https://tide.example/2011/02/">February</option></select></body>"""


def test_the_leads_of_a_list_stand_in_the_order_of_their_worth() -> None:
    found = as_text(leads(LISTING))
    assert found[:3] == ["feed declared feed/", "comment_feed declared comments/feed/", found[2]]
    assert found[2].startswith("post_api declared wp-json/wp/v2/posts?")
    assert found[3:] == [
        "listing pager page/2/",
        "listing link 2011/02/",
        "listing link category/sea/",
        "author link author/mara/",
        "post archive 2011/02/ferry/",
        "post archive 2011/01/bells/",
        "post archive hail",
        "page link about/",
        "page link recipes/",
    ]


def test_the_same_page_gives_the_same_leads_each_address_once() -> None:
    found = leads(LISTING)
    assert found == leads(LISTING)
    assert len({lead.url for lead in found}) == len(found)


def test_what_is_not_the_blogs_is_no_lead() -> None:
    page, links = extract_linked(LISTING, HOME)
    assert page_leads(page, links, lambda lead: False, is_post) == ()


def test_links_to_hosts_that_cannot_be_the_blogs_are_not_looked_at() -> None:
    page, links = extract_linked(
        f'<h1>Tide</h1><p>Of the tide.</p><a href="{HOME}2012/05/ferry/">Ferry</a> <a href="https://far.example/2012/05/b/">B</a>',
        HOME,
    )
    looked_at: list[str] = []

    def sees(url: str) -> bool:
        looked_at.append(url)
        return is_post(url)

    found = page_leads(page, links, is_ours, sees, lambda url: url.startswith(HOME))
    assert found == page_leads(page, links, is_ours, is_post)
    assert looked_at == [f"{HOME}2012/05/ferry/"]


def test_of_links_that_the_operator_leaves_out_only_declared_ones_are_looked_at() -> None:
    html = f'<link rel="alternate" type="application/rss+xml" href="{HOME}feed/"><a href="{HOME}tag/2012/05/a/">A</a>'
    page, links = extract_linked(html + f'<a href="{HOME}2012/05/ferry/">Ferry</a>', HOME)
    looked_at: list[str] = []

    def sees(url: str) -> bool:
        looked_at.append(url)
        return is_post(url)

    found = page_leads(page, links, is_ours, sees, is_left_out=lambda url: "/tag/" in url or "/feed/" in url)
    assert [lead.url for lead in found] == [f"{HOME}feed/", f"{HOME}2012/05/ferry/"]
    assert looked_at == [f"{HOME}2012/05/ferry/"]


@pytest.mark.parametrize(
    "words", ["Older posts", "« Older Entries", "Entradas antiguas →", "Articles plus anciens", "Предыдущие записи",
              "次のページ", "Starsze posty", "← Oudere berichten"],
)  # fmt: skip
def test_a_pager_is_known_by_its_words(words: str) -> None:
    page = LISTING.replace("/page/2/", "/more?x=7").replace("Ältere Beiträge", words)
    assert "listing pager more?x=7" in as_text(leads(page))


def test_what_is_next_to_a_post_is_a_post() -> None:
    assert post_page('<a rel="prev" href="/hail">Hail</a><a rel="next" href="/2011/03/bells/">Bells</a>') == [
        "post pager hail",
        "post pager 2011/03/bells/",
    ]


def test_feeds_of_one_category_say_nothing_new() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/category/sea/feed/">'
    page = LISTING.replace(FEEDS, FEEDS + head)
    assert [lead for lead in as_text(leads(page, f"{HOME}category/sea/page/2/")) if "category/sea/feed" in lead] == []


def test_a_post_of_which_all_comments_are_shown_has_no_further_source_of_them() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/2011/02/ferry/feed/">'
    head += '<link rel="https://api.w.org/" href="/wp-json/"><link rel="shortlink" href="/?p=71">'
    comment = """<li class="comment" id="comment-7"><div class="comment-author vcard"><cite class="fn">Ole</cite></div>
<div class="comment-meta"><a href="/2011/02/ferry/#comment-7"><time datetime="2011-02-04T09:00:00Z">4 Feb</time></a></div>
<div class="comment-content"><p>We wait for it, too.</p></div></li>"""
    thread = '<div id="comments"><h2 class="comments-title">{} comments</h2><ol class="comment-list">{}</ol>{}</div>'
    assert not any(lead.startswith("comment_") for lead in post_page(thread.format(1, comment, ""), head))
    more = post_page(thread.format(9, comment, ""), head)
    assert "comment_feed declared 2011/02/ferry/feed/" in more
    assert any("comment_api declared wp-json/wp/v2/comments?post=71&" in lead for lead in more)
    pager = '<nav class="comment-navigation"><a href="/2011/02/ferry/comment-page-1/?replytocom=7#x">Older</a></nav>'
    paged = post_page(thread.format(9, comment, pager), head)
    assert "comment_page pager 2011/02/ferry/comment-page-1/" in paged


def test_links_of_commenters_lead_only_to_posts_of_the_blog() -> None:
    comment = """<li class="comment" id="comment-7"><div class="comment-author vcard"><cite class="fn">
<a class="url" rel="external nofollow ugc" href="/buy">Ole</a></cite></div><div class="comment-content"><p>Look
<a href="/casino">here</a> and <a href="/2011/01/bells/">there</a>, and <a rel="ugc" href="/2011/01/hail/">on</a>.</p>
</div><div class="comment-meta"><a href="/2011/02/ferry/#comment-7">February 4, 2011 at 9:00</a></div></li>"""
    found = post_page(f'<div id="comments"><ol class="comment-list">{comment}</ol></div>')
    assert found == ["post link 2011/01/bells/"]


def test_a_comment_named_elsewhere_leads_to_its_post() -> None:
    links = '<a href="/2011/01/bells/comment-page-2/#comment-7">Ole on Bells</a><a href="/comment/7#comment-7">x</a>'
    assert post_page(links) == ["post link 2011/01/bells/"]


def test_a_page_without_address_leads_nowhere() -> None:
    page, links = extract_linked(LISTING, None)
    assert page_leads(page, links, is_ours, is_post) == ()


@given(st.binary(max_size=300))
def test_no_bytes_fail(payload: bytes) -> None:
    page, links = extract_linked(b"<a href=" + payload, HOME)
    assert all(lead.url.startswith(HOME) for lead in page_leads(page, links, is_ours, is_post))
