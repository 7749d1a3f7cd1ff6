import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.patterns import PostPatterns, _address, _parts, learn_patterns
from scraper.discover.post_addresses import CERTAIN, LIKELY

HOST = "https://blog.example"
SLUGS = [
    "a-walk-in-the-rain",
    "cats-and-dogs",
    "hello",
    "on-bread-2",
    "10-rules",
    "why-i-left",
    "the-old-mill",
    "notes-7",
]


def urls(*paths):
    return [HOST + path for path in paths]


@pytest.mark.parametrize(
    ("posts", "yes", "no"),
    [
        (
            [f"/{2010 + n}/0{n + 1}/1{n}/{slug}/" for n, slug in enumerate(SLUGS)],
            ["/2021/11/30/a-new-one/", "/2021/11/30/a-new-one"],
            ["/2021/11/30/", "/2021/11/", "/2021/11/30/a-new-one/feed/", "/2021/11/30/a-new-one/comment-page-2/", "/about/"],
        ),
        (
            [f"/{slug}/" for slug in SLUGS],
            ["/a-new-one/"],
            ["/about/", "/contact", "/newsletter/", "/tag/cats/", "/privacy-policy/", "/page/2/", "/a-new-one/feed/", "/shop"],
        ),
        ([f"/notes/{slug}.html" for slug in SLUGS], ["/notes/new.html"], ["/notes/", "/notes/index.html", "/new.html"]),
        (
            [f"/blog/{name}/{slug}" for name, slug in zip("ann bob cy ann bob cy ann bob".split(), SLUGS, strict=True)],
            ["/blog/dee/a-new-one"],
            ["/blog/3", "/blog/ann", "/blog/ann/feed", "/user/ann/a-new-one", "/blog/tag/cats", "/blog/rubrique/cats"],
        ),
        ([f"/?p={number}" for number in (3, 17, 21)], ["/?p=22"], ["/?page_id=3", "/?cat=3", "/", "/?p=22&page=2"]),
        (
            [f"/viewtopic.php?f={number % 3}&t={number}" for number in range(9)],
            ["/viewtopic.php?f=12&t=900"],
            ["/viewforum.php?f=1", "/viewtopic.php?f=12&t=900&start=20"],
        ),
        ([f"/post/{number}/{slug}" for number, slug in enumerate(SLUGS)], ["/post/99/new-one"], ["/post/99", "/tagged/x/new"]),
        (
            [f"/2012-0{n + 1}-11-{slug}.html" for n, slug in enumerate(SLUGS)],
            ["/2020-12-01-new.html"],
            ["/archive.html", "/2020-12.html"],
        ),
        ([f"/archives/{number}.html" for number in (51, 999, 1_040)], ["/archives/7.html"], ["/archives/", "/archives/cats.html"]),
        ([f"/archives/{number}-{slug}.html" for number, slug in enumerate(SLUGS)], ["/archives/9-new.html"], ["/archives/P2.html"]),
    ],
)  # fmt: skip
def test_new_posts_look_like_the_known_ones_and_other_pages_do_not(posts, yes, no):
    patterns = learn_patterns(urls(*posts))
    assert patterns.learned
    assert [path for path in yes if not patterns.matches(HOST + path)] == []
    assert [path for path in no if patterns.matches(HOST + path)] == []


def test_folders_are_named_where_other_pages_look_the_same():
    posts = urls(*(f"/{folder}/{slug}/" for folder in ("essays", "travel") for slug in SLUGS))
    others = urls(*(f"/offers/{slug}/" for slug in ("a-web-site", "a-logo", "print-design")))
    assert learn_patterns(posts).learned == ("/{slug}/{words}",)
    patterns = learn_patterns(posts, others)
    assert patterns.learned == ("/{essays|travel}/{slug}",)
    assert not patterns.matches(HOST + "/offers/web-shops/")


def test_a_pattern_that_cannot_leave_other_pages_out_is_given_up():
    posts = urls(*(f"/{slug}/" for slug in SLUGS))
    assert learn_patterns(posts, urls("/our-fine-shop/", "/our-good-team/")).learned == ()


def test_a_few_posts_teach_nothing():
    assert learn_patterns(urls("/a-b-c/", "/d-e-f/")).learned == ()
    assert learn_patterns([]) == PostPatterns()


def test_a_day_and_a_slug_are_a_posts_on_any_blog_and_the_rest_only_while_nothing_is_known():
    learned = learn_patterns(urls("/notes/a", "/notes/b", "/notes/c"))
    assert learned.matches(HOST + "/2012/05/hello.html")
    assert PostPatterns().matches(HOST + "/node/12")
    assert not learned.matches(HOST + "/node/12")


@pytest.mark.parametrize("pattern", [*CERTAIN, *LIKELY])
def test_each_pattern_for_a_platform_fits_an_address(pattern):
    values = {"year": "2012", "month": "05", "day": "14", "number": "77", "slug": "hello", "words": "hello-again"}
    values |= {"word": "ann", "page": "html"}
    address = HOST + pattern.removeprefix("*").format(**values)
    assert PostPatterns().pattern_of(address) is not None
    assert PostPatterns((pattern,)).pattern_of(address) == pattern


@pytest.mark.parametrize(
    "path",
    "/ /about/ /2012/05/ /2012/05/14/ /2012/05/feed/ /wp-content/uploads/2012/05/a-cat/ /2012/05/cat.jpg /tag/cats/ /blog/"
    " /blog/page/2/ /posts/ /p/ /category/2012/05/cats/ /blog/tag/ /node/5/edit".split(),
)
def test_no_other_page_looks_like_a_post_on_an_unknown_blog(path):
    assert not PostPatterns().matches(HOST + path)


URLS = st.text() | st.text("/a1-.?=&2012", max_size=20).map((HOST + "/{}").format)


@given(st.lists(URLS, max_size=12), st.lists(URLS, max_size=5))
def test_any_urls_teach_the_same_in_any_order(posts, others):
    patterns = learn_patterns(posts, others)
    assert patterns == learn_patterns(reversed(posts), reversed(others))
    for url in (*posts, *others):
        assert patterns.matches(url) == (patterns.pattern_of(url) is not None)


@given(URLS)
def test_the_pieces_of_an_address_are_the_address(url):
    address = _address(url)
    if address is not None:
        assert "".join(value for _, value in _parts(address)) == address
