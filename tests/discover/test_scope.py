import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.scope import blog_path, is_match, scope_of
from scraper.errors import UsageError
from scraper.model import LeadRole


@pytest.mark.parametrize(
    ("seed", "path"),
    [
        ("https://blog.example", "/"),
        ("https://blog.example/blog", "/blog/"),
        ("https://blog.example/blog/index.php", "/blog/"),
        ("https://blog.example/2012/05/a-post.html", "/"),
        ("https://blog.example/blog/2012/05/a-post.html", "/blog/"),
        ("https://blog.example/index.php/2012/05/hello/", "/"),
        ("https://blog.example/hello.html", "/"),
        ("https://blog.example/posts/hello", "/"),
        ("https://blog.example/blog/tag/cats/", "/blog/"),
        ("https://blog.example/how-not-to-mend-it/", "/"),
        ("https://blog.example/my-old-blog/", "/my-old-blog/"),
        ("https://blog.example/log/143660160/hello", "/log/"),
        ("https://blog.example/~ann/2012/05/", "/~ann/"),
        ("https://blog.example/~ann/hello.html", "/~ann/"),
        ("https://blog.example/log/feed/", "/log/"),
        ("https://blog.example/log/rss.xml", "/log/"),
        ("https://medium.com/@ann/hello", "/@ann/"),
        ("https://ann.github.io/notes/", "/notes/"),
    ],
)
def test_a_seed_stands_for_the_folder_that_its_blog_is_in(seed, path):
    assert scope_of(seed).path == path


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("https://blog.example/log/2012/", None),
        ("http://www.blog.example/log/a", None),
        ("https://blog.example/log", None),
        ("https://blog.example/logs/", "outside /log/"),
        ("https://blog.example/log/%2e%2e/cats", "outside /log/"),
        ("https://other.example/log/", "another site"),
        ("https://blog.example:8443/log/", "another site"),
        ("mailto:ann@blog.example", "no web address"),
        ("https://blog.example/log/logout", "logs in or out"),
        ("https://blog.example/log/tag/cats/", "excluded by /log/tag/*"),
        ("https://blog.example/log/2013/05/", r"excluded by re:/2013/\d\d/$"),
        ("https://blog.example/log/" + "a" * 2_000, "longer than 2000 characters"),
    ],
)
def test_a_refusal_says_why(url, refusal):
    scope = scope_of("https://blog.example/log/", exclude=("/log/tag/*", r"re:/2013/\d\d/$"))
    assert scope.refusal(url) == refusal


def test_what_is_excluded_is_so_whatever_it_is_and_wherever_it_stands():
    scope = scope_of("https://blog.example/", exclude=("/tag/*", r"re:\?print=1$"))
    assert scope.excluded("https://blog.example/tag/cats/") == "excluded by /tag/*"
    assert scope.excluded("https://far.example/a/?print=1") == r"excluded by re:\?print=1$"
    assert scope.excluded("https://blog.example/2012/05/tag/") is None


def test_only_posts_and_pages_are_held_to_what_is_included():
    scope = scope_of("https://blog.example/", include=("*/2012/*",))
    assert scope.refusal("https://blog.example/2012/05/hello/", "post") is None
    assert scope.refusal("https://blog.example/2013/05/hello/", "post") == "not included"
    assert scope.refusal("https://blog.example/about/") == "not included"
    assert scope.refusal("https://blog.example/page/2/", "listing") is None


def test_feeds_and_sitemaps_may_lie_above_the_path():
    scope = scope_of("https://blog.example/log/")
    assert scope.allows_source("https://blog.example/sitemap.xml")
    assert scope.refusal("https://blog.example/sitemap.xml", "sitemap") is None
    assert scope.refusal("https://blog.example/sitemap.xml") == "outside /log/"
    assert scope.refusal("https://other.example/feed", "feed") == "another site"


def test_sources_on_a_shared_host_have_to_name_the_blog():
    scope = scope_of("https://dev.to/ann")
    assert scope.allows_source("https://dev.to/feed/ann")
    assert not scope.allows_source("https://dev.to/feed/bob")
    assert not scope.allows_source("https://dev.to/sitemap.xml")
    assert not scope.allows_source("https://blog.example/feed/ann")
    assert scope_of("https://blog.naver.com/ann").allows_source("https://rss.blog.naver.com/ann.xml")


def test_a_tenant_is_the_same_on_each_of_its_platforms_hosts():
    scope = scope_of("https://ann.blogspot.com/")
    assert scope.refusal("http://ann.blogspot.de/2012/05/hello.html") is None
    assert scope.refusal("http://bob.blogspot.com/2012/05/hello.html") == "another site"


def test_media_may_be_on_any_host():
    scope = scope_of("https://blog.example/log/")
    assert scope.refusal("https://cdn.example/ann.jpg", "media") is None
    assert scope.refusal("https://cdn.example/ann.jpg") == "another site"


def test_bad_seeds_and_patterns_are_the_callers_mistakes():
    for seed, pattern in (("ftp://blog.example/", "*"), ("blog", "*"), ("https://blog.example/", "re:(a")):
        with pytest.raises(UsageError):
            scope_of(seed, exclude=(pattern,))


def test_globs_fit_the_whole_address():
    assert is_match("https://blog.example/tag/*", "https://blog.example/tag/cats")
    assert is_match("/*?page=[0-9]", "https://blog.example/tag?page=3") and not is_match(
        "/tag", "https://e.example/tags"
    )
    assert not is_match("*" * 50 + "a*" * 50 + "b", "https://blog.example/" + "a" * 1_900)


@given(st.text() | st.text().map("https://blog.example/{}".format))
def test_no_string_raises(text):
    for scope in (scope_of("https://blog.example/log/", ("*x*",), ("re:a+$",)), scope_of("https://dev.to/ann")):
        for role in (None, "post", "feed", "media"):
            assert scope.refusal(text, role) == scope.refusal(text, role)
        scope.allows_source(text)


@given(st.text())
def test_a_seed_is_in_its_own_scope_or_no_address_at_all(text):
    seed = "https://blog.example/" + text
    try:
        scope = scope_of(seed)
    except UsageError:
        return
    assert (scope.refusal(seed) or "").partition(" ")[0] not in ("outside", "another")


@given(st.text("/a1-~.").map("/{}".format))
def test_the_folder_of_a_folder_is_itself(path):
    folder = blog_path(path)
    assert folder.startswith("/") and folder.endswith("/") and blog_path(folder) == folder


@pytest.mark.parametrize("seed", ["https://blog.example/", "https://ann.blogspot.com/", "https://medium.com/@ann/"])
@pytest.mark.parametrize(
    "url",
    [
        "https://www.blog.example/2012/05/a/", "http://blog.example/feed/", "https://ann.blogspot.de/2012/05/a.html",
        "https://medium.com/feed/@ann", "https://ann.medium.com/a", "https://far.example/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("role", [None, "post", "feed"])
def test_what_is_let_in_is_on_a_host_that_may_hold_it(seed: str, url: str, role: LeadRole | None) -> None:
    scope = scope_of(seed)
    assert scope.may_hold(url) or scope.refusal(url, role) is not None


def test_another_blogs_host_holds_nothing_of_it() -> None:
    assert not scope_of("https://blog.example/").may_hold("https://far.example/2012/05/a/")
    assert not scope_of("https://ann.blogspot.com/").may_hold("https://far.example/2012/05/a/")


@pytest.mark.parametrize(
    ("seed", "url", "is_front"),
    [
        ("https://blog.example/2012/05/hello/", "https://blog.example/", True),
        ("https://blog.example/2012/05/hello/", "http://www.blog.example", True),
        ("https://blog.example/2012/05/hello/", "https://blog.example/2012/", False),
        ("https://blog.example/2012/05/hello/", "https://blog.example/?p=7", False),
        ("https://blog.example/2012/05/hello/", "https://other.example/", False),
        ("https://blog.example/log/2012/05/hello/", "https://blog.example/log/index.php", True),
        ("https://blog.example/log/2012/05/hello/", "https://blog.example/log", True),
        ("https://blog.example/log/2012/05/hello/", "https://blog.example/", False),
    ],
)
def test_the_first_page_of_a_blog_is_that_of_its_place(seed: str, url: str, is_front: bool) -> None:
    assert scope_of(seed).is_front(url) == is_front
