"""Where a service is asked for a post's comments, and where its answers go on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.scope import scope_of
from scraper.discover.service_threads import thread_address, thread_leads
from scraper.extract.page import extract_page
from scraper.model import Lead

POST = "https://tide.example/2011/ferry%20bell/?p=3"
PROSE = "<p>In January the ferry leaves late, and those who wait for it talk about the ice on the river.</p>" * 8
REMARK = (
    "<div id=remark42></div><script>var remark_config = {host: 'https://r.example/', site_id: 'tide & co'};</script>"
)
GHOST_ID = "63b0aa" * 4
FULL: list[dict[str, Any]] = [{"issue_url": "x", "id": number} for number in range(100)]


def address(embed: str, url: str = "https://tide.example/2011/ferry/", kind: str = "article") -> str | None:
    head = f"<title>Ferry</title><meta property=og:type content={kind}>"
    body = f"<article><h1>Ferry</h1><div class=entry-content>{PROSE}</div></article>"
    return thread_address(extract_page(f"<head>{head}</head><body class=single>{body}{embed}</body>", url))


@pytest.mark.parametrize(
    ("embed", "expected"),
    [
        ("<script data-isso=/talk/ src=x></script><div id=isso-thread></div>", "https://tide.example/talk/?uri=%2F2011%2Fferry%2F"),
        ("<script data-isso=//i.example src=x></script><div id=isso-thread data-isso-id='a b'></div>", "https://i.example/?uri=a%20b"),
        ("<div id=isso-thread></div>", None),  # nobody says where
        (REMARK, "https://r.example/api/v1/find?site=tide%20%26%20co&url=https%3A%2F%2Ftide.example%2F2011%2Fferry%2F&sort=%2Btime&format=plain"),
        (REMARK.replace("site_id", "other"), None),
        ("<link rel=webmention href='https://webmention.io/tide.example/webmention'><div id=webmentions></div>", "https://webmention.io/api/mentions.jf2?target=https%3A%2F%2Ftide.example%2F2011%2Fferry%2F&sort-dir=up&per-page=100&page=0"),
        ("<div id=webmentions></div>", None),  # another endpoint's
        ("<div id=discourse-comments></div><script>d = {discourseUrl: 'https://f.example/', topicId: 9};</script>", "https://f.example/t/9.json"),
        ("<div id=discourse-comments></div><script>d = {discourseUrl: 'https://f.example/', discourseEmbedUrl: 'https://tide.example/x'};</script>", "https://f.example/embed/comments?embed_url=https%3A%2F%2Ftide.example%2Fx"),
        ("<div id=cusdis_thread data-app-id=k data-page-id=p></div>", "https://cusdis.com/api/open/comments?appId=k&pageId=p&page=1"),
        ("<div id=cusdis_thread data-app-id=k></div>", None),
        ("<div id=waline></div><script>Waline.init({serverURL: 'https://w.example', path: '/x'})</script>", "https://w.example/api/comment?path=%2Fx&pageSize=100&page=1&sortBy=insertedAt_asc"),
        ("<div id=artalk></div><script>Artalk.init({server: 'https://t.example', site: 'S', pageKey: '/x'})</script>", "https://t.example/api/v2/comments?page_key=%2Fx&site_name=S&flat_mode=true&sort_by=date_asc&limit=100&offset=0"),
        ("<script src=/lib/Artalk.js></script><div id=Comments></div><script>Artalk.init({server: '/t', site: 'S', pageKey: '/x'})</script>", "https://tide.example/t/api/v2/comments?page_key=%2Fx&site_name=S&flat_mode=true&sort_by=date_asc&limit=100&offset=0"),
        (f"<script src=x data-ghost-comments='https://tide.example/' data-post-id={GHOST_ID}></script>", f"https://tide.example/members/api/comments/post/{GHOST_ID}/?limit=100&page=1"),
        ("<script src=x data-ghost-comments='https://tide.example/' data-post-id=../x></script>", None),
        ("<script src='https://utteranc.es/client.js' issue-number=7 repo=ann/blog></script>", "https://api.github.com/repos/ann/blog/issues/7/comments?per_page=100&page=1"),
        ("<script src='https://utteranc.es/client.js' issue-number=7 repo=ann/../x></script>", None),
        ("<script src='https://utteranc.es/client.js' issue-term=7 repo=ann/blog></script>", None),  # a word, no issue
        ("<script src='https://giscus.app/client.js' data-mapping=number data-term=7 data-repo=ann/blog></script>", None),
        ("<div id=disqus_thread data-disqus-identifier=7></div>", None),
        ("<script data-isso='javascript:alert(1)' src=x></script><div id=isso-thread></div>", None),
        ("<script data-isso='https://i.example/?x=' src=x></script><div id=isso-thread></div>", None),
    ],
)  # fmt: skip
def test_a_service_is_asked_where_the_page_says_enough(embed: str, expected: str | None) -> None:
    assert address(embed) == expected


def test_a_path_is_asked_for_as_it_stands_in_the_address() -> None:
    embed = "<script data-isso=//i.example src=x></script><div id=isso-thread></div>"
    assert address(embed, POST) == "https://i.example/?uri=%2F2011%2Fferry%2520bell%2F"


@pytest.mark.parametrize(
    ("url", "value", "following"),
    [
        ("https://c.example/a?page=1", {"data": {"pageCount": 2, "data": []}}, "https://c.example/a?page=2"),
        ("https://c.example/a?page=2", {"data": {"pageCount": 2, "data": []}}, None),
        ("https://w.example/a?page=1", {"errno": 0, "data": {"totalPages": 3, "data": []}}, "https://w.example/a?page=2"),
        ("https://w.example/a?page=3", {"totalPages": 3, "data": []}, None),
        ("https://m.example/a?per-page=1&page=0", {"type": "feed", "children": [{}]}, "https://m.example/a?per-page=1&page=1"),
        ("https://m.example/a?per-page=1&page=0", {"children": [{}], "paging": {"total-pages": 1}}, None),
        ("https://m.example/a?per-page=9&page=0", {"children": [], "paging": {"total-pages": 2}}, "https://m.example/a?per-page=9&page=1"),
        ("https://t.example/a?limit=100&offset=0", {"comments": [{}], "count": 101, "roots_count": 9}, "https://t.example/a?limit=100&offset=100"),
        ("https://t.example/a?limit=100&offset=100", {"comments": [{}], "count": 101, "roots_count": 9}, None),
        ("https://g.example/a?per_page=100&page=1", FULL, "https://g.example/a?per_page=100&page=2"),
        ("https://g.example/a?per_page=100&page=2", FULL[:1], None),
        ("https://g.example/a?per_page=100&page=1000", FULL, None),
        ("https://f.example/t/9.json", {"post_stream": {"posts": [], "stream": list(range(21))}}, "https://f.example/t/9.json?page=2"),
        ("https://r.example/api/v1/find?site=x", {"comments": [], "info": {}}, None),
        ("https://i.example/?uri=x", {"feed": {"entry": [{"link": [{"rel": "alternate", "href": "/"}]}]}}, None),
    ],
)  # fmt: skip
def test_an_answer_leads_to_its_next_page_only(url: str, value: Any, following: str | None) -> None:
    expected = (Lead(following, "comment_api", "service"),) if following else ()
    assert thread_leads(json.dumps(value).encode(), url) == expected


def test_ghost_is_asked_for_the_answers_that_it_left_out() -> None:
    root = "https://tide.example/blog/members/api/comments/"
    shown = [
        {"id": "a" * 24, "replies": [{}], "count": {"replies": 4}},
        {"id": "b" * 24, "replies": [{}], "count": {"replies": 1}},
        {"id": "../../../x", "replies": [], "count": {"replies": 4}},
        {"id": "c" * 24, "replies": None, "count": 7},
        None,
    ]
    value = {"comments": shown, "meta": {"pagination": {"pages": 2, "next": "https://x.example/"}}}
    found = thread_leads(json.dumps(value).encode(), f"{root}post/{GHOST_ID}/?limit=100&page=1")
    assert [lead.url for lead in found] == [
        f"{root}post/{GHOST_ID}/?limit=100&page=2",
        f"{root}{'a' * 24}/replies/?limit=100&page=1",
    ]
    assert thread_leads(b'{"comments": {}, "meta": []}', f"{root}{'a' * 24}/replies/?limit=100&page=1") == ()


@pytest.mark.parametrize("url", ["https://f.example/embed/comments?embed_url=x", "https://f.example/t/9.json"])
def test_the_page_that_discourse_embeds_names_the_topic(url: str) -> None:
    html = b"<article><div class=cooked><a href=/t/other/5>x</a></div><a class=post-date href=/t/ferry/9/2>May</a></article>"
    found = thread_leads(html, url)
    assert [lead.url for lead in found] == (["https://f.example/t/9.json"] if "embed" in url else [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["data", "pageCount", "children", "paging", "total-pages", "count"]), inner)
    ),
    max_leaves=8,
)


@given(JSON)
def test_no_answer_is_too_odd(value: Any) -> None:
    url = "https://c.example/a?page=1"
    assert all(lead.url.startswith("https://c.example/") for lead in thread_leads(json.dumps(value).encode(), url))


def test_only_what_asks_a_service_may_leave_the_blog() -> None:
    scope, url = scope_of("https://tide.example/"), "https://i.example/?uri=%2Fx"
    assert scope.refusal(url, "comment_api", "service") is None
    assert scope.refusal(url, "comment_api", "declared") == "another site"
    assert scope.refusal(url, "post", "service") == "another site"
    assert scope.refusal("ftp://i.example/?uri=x", "comment_api", "service") == "no web address"
