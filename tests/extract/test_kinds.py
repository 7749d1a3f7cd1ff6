"""A page is a post unless something says otherwise; a listing yields no post, and odd input raises nothing."""

from __future__ import annotations

import pytest

from scraper.extract import extract_page, extract_text, join_thread
from tests.extract.pages import LINE, PROSE, plain, read, seconds_to_read, text_of, wordpress

ENTRIES = "".join(f"<h3><a href=/{title}>A {title}</a></h3><p>What happened then.</p>" for title in ("x", "y", "z"))
ENTRY = f"<article class=hentry><h2><a href=/x>A title</a></h2>{PROSE}</article>"
LOGIN = (
    "<h1>Log in</h1><p>Welcome back.</p><form><label>User <input name=user></label>"
    "<label>Password <input type=password name=pw></label><button>Log in</button></form>"
)


@pytest.mark.parametrize(
    ("html", "url", "kind"),
    [
        (plain(), "https://blog.example/2012/slow-bread", "post"),
        (plain(ENTRIES), "https://blog.example/", "listing"),
        (plain(), "https://blog.example/", "other"),
        (plain(), "https://blog.example/?p=3", "post"),
        (plain(ENTRIES), "https://blog.example/category/bread/", "listing"),
        (plain(ENTRIES), "https://blog.example/2012/05/", "listing"),
        (plain(), "https://blog.example/about-me", "about"),
        (plain(ENTRY * 3), "https://blog.example/bread", "listing"),
        (wordpress().replace("single single-post", "home blog"), "https://blog.example/x", "listing"),
        (wordpress().replace("single single-post", "page"), "https://blog.example/x", "other"),
        ("<a href=x>y</a>", "https://blog.example/x", "other"),
        (plain(), None, "post"),
        (LOGIN, "https://blog.example/login?next=/private", "other"),
        (LOGIN, "https://blog.example/wp-login.php", "other"),
        (LOGIN, "https://blog.example/users/sign_in", "other"),
        (LOGIN, "https://blog.example/2012/05/catalogin", "post"),
        (plain(LOGIN + PROSE), "https://blog.example/2012/05/login", "post"),
        (plain(), "https://blog.example/2012/05/login", "post"),
    ],
)
def test_kind(html: str, url: str | None, kind: str) -> None:
    page = read(html, url)
    assert page.kind == kind
    assert (page.post is None) == (kind == "listing")


POST = "<link rel=canonical href=https://blog.example/2012/05/slow-bread.html>"


def test_a_theme_that_calls_its_section_a_blog_shows_a_post_where_that_is_the_canonical_address() -> None:
    def kind(head: str) -> str:
        return read(wordpress(head=head).replace("single single-post", "blog"), "https://blog.example/x").kind

    assert [kind(""), kind(POST), kind(POST.replace("slow-bread.html", ""))] == ["listing", "post", "listing"]


def test_entries_beside_the_one_that_has_most_of_the_prose_make_no_listing() -> None:
    teaser = "<article class=hentry><h2><a href=/x>A title</a></h2><p>What happened then, and later, in a line or two, and nothing else that is of any interest here.</p></article>"
    html = plain(f"<article><h1>Slow bread</h1>{PROSE * 2}</article>{teaser * 4}")
    assert read(html, "https://blog.example/bread").kind == "post"
    assert read(plain(teaser * 4), "https://blog.example/bread").kind == "listing"


def test_entries_beside_a_text_that_stands_in_no_entry_make_no_listing() -> None:
    card = "<article class=card><h3><a href=/x>A title</a></h3><p>What happened then, in a line or two, and nothing else that would be of any interest here today.</p></article>"
    assert read(plain(PROSE * 8 + card * 4), "https://blog.example/bread").kind == "post"
    assert read(plain(PROSE + card * 4), "https://blog.example/bread").kind == "listing"


def test_entries_within_the_article_that_they_are_related_to_make_no_listing() -> None:
    card = "<article class=teaser><h3><a href=/x>A title</a></h3><p>What happened then, in a line or two, and nothing else that would be of any interest here today.</p></article>"

    def kind(heading: str, before: str, cards: int = 4) -> str:
        html = f"<body><article class=node>{heading}{before}<div class=related>{card * cards}</div></article></body>"
        return read(html, "https://blog.example/bread").kind

    assert [kind("<h2>Slow bread</h2>", PROSE * times) for times in (0, 4)] == ["listing", "post"]
    assert [kind(f"<{level}>Slow bread</{level}>", PROSE * 4, 10) for level in ("h1", "h2")] == ["post", "listing"]


LINES = "<p>What happened then, in a line or two, and nothing else that would be of any interest here today.</p>"


def test_elements_that_look_alike_and_hold_nearly_all_prose_are_entries() -> None:
    def kind(number: int, own: str = "", to: str = "/post/{}") -> str:
        entries = "".join(
            f"<div class='item item-{n}'><h2><a href={to.format(n)}>Day {n}</a></h2>{LINES}</div>"
            for n in range(number)
        )
        return read(f"<body><h1>News</h1>{own}<div>{entries}</div></body>", "https://blog.example/news").kind

    assert [kind(2), kind(3)] == ["post", "listing"]
    assert kind(3, own=LINES) == "post"
    assert kind(3, to="/the-same") == "post"
    assert kind(3, to="https://blog.example/post/{}") == "listing"
    assert kind(3, to="https://shop.example/{}") == "post"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("archives/2012/05", "listing"),
        ("archives/2012_05.html", "listing"),
        ("archives/cat_bread.html", "listing"),
        ("archives", "listing"),
        ("archives/51234567", "post"),
        ("archives/slow-bread", "post"),
        ("taxonomy/term/4", "listing"),
        ("users/ines", "listing"),
        ("users/ines/slow-bread", "post"),
        ("forum/member/profile/7/posts/", "listing"),
        ("topics/bread", "listing"),
        ("?page=3", "listing"),
    ],
)
def test_an_address_of_a_list_is_one_where_headings_lead_on(path: str, kind: str) -> None:
    assert read(plain(PROSE * 2 + ENTRIES), f"https://blog.example/{path}").kind == kind


ARTICLE = "<meta property=og:type content=article>"
STUB = "<article><h2><a href=/2012/05/bread>A title</a></h2><p>What happened then, and later, in a line or two, and nothing else that is of interest here today.</p></article>"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "listing"),
        ("page/4/", "listing"),
        ("page/4/index.html", "listing"),
        ("index4.html", "listing"),
        ("tag/rye.html", "listing"),
        ("categories/bread/", "listing"),
        ("archive.html", "listing"),
        ("archives/2012/index.html", "listing"),
        ("2012/05/", "listing"),
        ("about/index.html", "about"),
        ("2012/05/about", "post"),
        ("4974", "post"),
        ("topics/bread/slow", "post"),
    ],
)
def test_a_list_of_posts_is_one_whatever_its_theme_declares_of_all_pages(path: str, kind: str) -> None:
    below = (
        "".join(STUB.replace("bread", word) for word in ("rye", "oats", "spelt")) if kind == "listing" else PROSE * 4
    )
    assert read(f"<head>{ARTICLE}</head><body>{below}</body>", f"https://blog.example/{path}").kind == kind


def test_the_last_page_of_a_list_with_a_single_entry_is_no_post() -> None:
    page = read(f"<head>{ARTICLE}</head><body>{STUB}</body>", "https://blog.example/page/4/")
    assert page.kind == "other"


def test_a_front_page_of_articles_is_no_post_whatever_heads_them() -> None:
    card = f"<article><p class=title><a href=/2012/05/rye>A title</a></p><p>{LINE * 2}</p></article>"
    assert read(f"<head>{ARTICLE}</head><body>{card * 3}</body>", "https://blog.example/").kind == "other"


def test_an_archive_of_titles_with_a_day_each_is_a_list() -> None:
    line = "<li><a href=/blog/{0}/>What happened to bread {0}</a> <time datetime=2012-05-{0}>{0} May 2012</time></li>"
    lines = "".join(line.format(day) for day in range(10, 22))
    assert read(f"<h1>Archive</h1><ol>{lines}</ol>", "https://blog.example/blog/").kind == "listing"
    beside = f"<aside><ol>{lines}</ol></aside>"
    assert read(f"<article><h1>Slow bread</h1>{PROSE}</article>{beside}", "https://blog.example/x").kind == "post"
    assert (
        read(f"<article><h1>Slow bread</h1><p>{LINE * 2}</p></article>{beside}", "https://blog.example/x").kind
        == "post"
    )


@pytest.mark.parametrize("title", ["Index of /2012/05", "Directory listing for /2012/05/"])
def test_a_folders_files_are_no_post(title: str) -> None:
    files = "<ul><li><a href=bread.html>bread.html</a></li></ul>"
    html = f"<head><title>{title}</title></head><body><h1>{title}</h1>{files}</body>"
    assert read(html, "https://blog.example/en/2012/05/").kind == "other"


def test_a_site_of_one_page_that_declares_itself_a_post_is_one() -> None:
    assert (
        read(f"<head>{ARTICLE}</head><body><h1>Slow bread</h1>{PROSE}</body>", "https://bread.example/").kind == "post"
    )


def test_an_article_with_the_page_s_own_heading_is_no_entry_whatever_else_it_links_to() -> None:
    card = "<article class=teaser><h3><a href=/x>A title</a></h3><p>What happened then, in a line or two, and nothing else that would be of any interest here today.</p></article>"
    signer = "<h2><a href=/about>Ines Walter</a></h2><p>She bakes.</p>"
    html = f"<body><article><h1>Slow bread</h1>{PROSE * 4}{signer}</article>{card * 4}</body>"
    assert read(html, "https://blog.example/bread").kind == "post"
    assert read(html.replace("h1>", "h2>"), "https://blog.example/bread").kind == "listing"


def test_an_article_with_the_page_s_own_heading_and_a_fair_text_is_the_post_among_many_others() -> None:
    entry = f"<article><h2><a href=/x>A title</a></h2>{PROSE}</article>"
    post = "<article><h1>Slow bread</h1>{}</article>"
    kinds = [
        read(f"<body>{post.format(PROSE * times)}{entry * 12}</body>", "https://blog.example/bread").kind
        for times in (1, 2)
    ]
    assert kinds == ["listing", "post"]


def test_the_text_below_the_heading_of_an_about_page_is_the_page_s_own() -> None:
    page = read(f"<body><main><h1>About me</h1>{PROSE}</main></body>", "https://blog.example/about")
    assert page.kind == "about" and page.post is not None
    assert page.post.text == text_of(read(plain()))


def test_headings_that_lead_to_themselves_make_no_listing() -> None:
    text = "".join(f"<h2>Part {n}<a href='#part-{n}'>¶</a></h2>{PROSE}" for n in range(4))
    assert read(plain(text), "https://docs.example/topics/bread/").kind == "other"


ODD = {
    "empty": "",
    "text": "only text",
    "nul": "\0<p>\0",
    "frameset": "<frameset><frame src='http://['></frameset>",
    "lone surrogates": f"<div id='comment-\ud800' title=\udfff>\udc00{PROSE}<a href='http://x/\ud800'>x</a></div>",
    "surrogates in JSON": '<script type="application/ld+json">{"@type":"BlogPosting","headline":"\\ud800x"}</script>'
    + PROSE,
    "base": f"<base href='http://['><a href=x>y</a>{PROSE}",
    "tags": "<" * 10_000,
    "depth": "<div>a" * 5_000,
    "attribute": f"<div class='{'comment-' * 20_000}'>{PROSE}</div>",
    "counts": f"<div id=comments><h2 class=comments-title>{'9' * 150} comments</h2></div>{PROSE}",
    "times": "".join(f"<p class=date>{text}</p>" for text in ("0000-00-00", "9999-12-31T23:59:59-12:00", "10 ago")),
}


@pytest.mark.parametrize("url", ["https://blog.example/x", "http://[", "", "http://x/?cpage=²", None])
@pytest.mark.parametrize("name", ODD)
def test_no_input_raises_and_all_that_comes_out_can_be_stored(name: str, url: str | None) -> None:
    for page in (extract_page(ODD[name], url), extract_text(ODD[name], url)):
        assert join_thread([page]).comments == page.comments
        repr(page).encode()
        assert page.post is None or (page.post.declared_comment_count or 0) < 2**63
        if page.post is not None:
            "".join((page.post.title or "", page.post.text, page.post.html)).encode()


@pytest.mark.parametrize("path", ["topic/7/slow-bread", "topic/slow-bread-7/", "topics/7-slow-bread"])
def test_an_address_that_names_a_topic_by_number_and_words_is_no_list_s(path: str) -> None:
    assert read(plain(PROSE), f"https://talk.example/{path}").kind == "post"


def test_the_last_page_of_the_home_page_s_list_is_no_post_though_it_has_few_entries() -> None:
    entries = "".join(f"<div><h3><a href=/post/{n}>Bread {n}</a></h3>{LINES}</div>" for n in (1, 2))
    assert read(f"<body><h2>Posts</h2>{entries}</body>", "https://blog.example/?page=3").kind == "other"
    assert read(plain(PROSE), "https://blog.example/?p=3").kind == "post"


@pytest.mark.parametrize("path", ["topic/{}x", "topic/{}x/y", "2012/05/{}x/y/about"])
def test_long_addresses_are_told_in_linear_time(path: str) -> None:
    assert seconds_to_read(plain(), f"https://blog.example/{path.format('a-' * 30_000)}") < 2


@pytest.mark.parametrize("path", ["archives/2012", "2012/", "2012/05/04/"])
def test_a_declared_post_whose_number_looks_like_a_year_or_that_stands_under_its_day_is_one(path: str) -> None:
    url = f"https://blog.example/{path}"
    assert read(plain(head=ARTICLE), url).kind == "post"
    assert read(plain(ENTRIES, ARTICLE), url).kind == "listing"
    assert read(plain("<p>12 posts</p>", ARTICLE), url).kind == "other"
