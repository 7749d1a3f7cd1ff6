import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.traps import Traps

HOST = "https://blog.example"


def crawled(paths, role=None):
    """The refusals of a crawl that meets these paths and follows what it may, and how many it followed."""
    traps, refused, followed = Traps(2026), [], 0
    for path in paths:
        reason = traps.judge(HOST + path, role)
        if reason:
            refused.append(reason)
        else:
            followed += 1
            traps.add(HOST + path)
    return refused, followed


@pytest.mark.parametrize(
    "path",
    [
        "/a/b/a/b/a/b",
        "/cats/cats/cats/",
        "/a/x/a/y/a/z/a/",
        "/".join(["", *"abcdefghijklmnopqr"]),
        "/one.html/two.html/three.html",
        "/?" + "&".join(f"p{number}=1" for number in range(13)),
        "/?to=%2525252Flogin",
    ],
)
def test_addresses_that_grow_are_traps_for_whatever_they_are_taken(path):
    assert Traps(2026).judge(HOST + path)
    assert Traps(2026).judge(HOST + path, "post")


@pytest.mark.parametrize(
    "path", ["/2011/11/11/hello/", "/index.php/2012/05/hello.html", "/blog/2012/blog/", "/1/1/1", "/1984/", "/8412/3"]
)
def test_addresses_that_only_look_so_are_none(path):
    assert Traps(2026).judge(HOST + path) is None


@pytest.mark.parametrize("path", ["/1985/04/", "/2028/01/", "/2028/01/15/", "/?month=2030-05", "/?m=203005"])
def test_calendars_end_a_year_from_now_and_begin_with_the_web(path):
    assert "beyond the blog's life" in Traps(2026).judge(HOST + path, "listing")


@pytest.mark.parametrize("path", ["/1990/04/", "/2027/12/", "/1850/04/12/a-letter/", "/?year=2012"])
def test_years_of_a_blog_and_posts_of_any_year_pass(path):
    assert Traps(2026).judge(HOST + path) is None


@pytest.mark.parametrize(
    ("paths", "role"),
    [
        ([f"/{year}/{month:02}/" for year in range(2000, 2027) for month in range(1, 13)], "listing"),
        ([f"/page/{number}/" for number in range(2, 902)], "listing"),
        ([f"/archive?view=all&page={number}" for number in range(900)], "listing"),
        ([f"/?paged={number}" for number in range(900)], "listing"),
        ([f"/index.php?option=com_content&view=article&id={number}&Itemid=3" for number in range(2_000)], None),
        ([f"/viewtopic.php?f={number % 9}&t={number}" for number in range(2_000)], None),
        ([f"/?p={number}" for number in range(2_000)], None),
        ([f"/post?id={number:032x}" for number in range(2_000)], None),
        ([f"/tag/{tag}/page/{number}/" for tag in range(100) for number in range(2, 12)], "listing"),
    ],
)
def test_real_archives_pass(paths, role):
    assert crawled(paths, role)[0] == []


@pytest.mark.parametrize(
    ("paths", "reason", "followed"),
    [
        (
            [f"/cats?sort={a}&dir={b}" for a in ("name", "date", "price", "rank") for b in ("asc", "desc")],
            "the same list in other orders",
            5,
        ),
        ([f"/cats?sid={n:032x}&sess_no={n:032x}" for n in range(20)], "session ids", 3),
        ([f"/(S({n:024x}))/cats" for n in range(20)], "session ids", 3),
        ([f"/shop?color={a}&size={b}" for a in range(30) for b in range(30)], "combinations of choices", 300),
        (
            ["/l?" + "&".join(some) for n in (1, 2, 3) for some in itertools.combinations([f"{c}=1" for c in "abcdefgh"], n)],
            "ever other parameters",
            40,
        ),
        (
            [f"/events/{y}-{m:02}-{d:02}/" for y in range(2010, 2020) for m in range(1, 13) for d in range(1, 29)],
            "a calendar",
            600,
        ),
    ],
)  # fmt: skip
def test_variants_of_an_address_are_few(paths, reason, followed):
    refused, passed = crawled(paths)
    assert set(refused) == {reason}
    assert passed == followed


def test_a_list_that_goes_on_without_posts_ends():
    traps = Traps(2026)
    for number in range(2, 53):
        url = f"{HOST}/page/{number}/"
        assert traps.judge(url, "listing") is None
        traps.settle(url, [f"{HOST}/post-{number}"] if number < 50 else [])
    assert traps.judge(f"{HOST}/page/53/", "listing") == "goes on without new posts"
    assert traps.judge(f"{HOST}/page/12/", "listing") is None
    assert traps.judge(f"{HOST}/tag/cats/page/53/", "listing") is None


def test_a_list_that_shows_its_last_page_for_ever_ends():
    traps = Traps(2026)
    for number in range(2, 6):
        traps.settle(f"{HOST}/?page={number}", [f"{HOST}/the-first-post"])
    assert traps.judge(f"{HOST}/?page=6", "listing") == "goes on without new posts"


def test_a_list_with_some_empty_pages_goes_on():
    traps = Traps(2026)
    for number in range(2, 200):
        assert traps.judge(f"{HOST}/page/{number}/", "listing") is None
        traps.settle(f"{HOST}/page/{number}/", [f"{HOST}/post-{number}"] if number % 3 == 0 else [])


def test_months_without_posts_end_an_archive_only_after_a_year():
    traps = Traps(2026)
    for month in range(1, 12):
        traps.settle(f"{HOST}/2019/{month:02}/", [])
    assert traps.judge(f"{HOST}/2019/12/", "listing") is None
    traps.settle(f"{HOST}/2019/12/", [])
    assert traps.judge(f"{HOST}/2018/12/", "listing") == "goes on without new posts"


def test_page_numbers_have_an_end_and_moments_are_no_page_numbers():
    assert Traps(2026).judge(f"{HOST}/page/50000/", "listing") == "page numbers without end"
    assert Traps(2026).judge(f"{HOST}/archive?before=1336000000", "listing") is None


def test_what_a_feed_calls_a_post_is_not_counted_against_it():
    traps = Traps(2026)
    for number in range(20):
        traps.add(f"{HOST}/a?token={number:032x}")
    assert traps.judge(f"{HOST}/a?token={99:032x}")
    assert traps.judge(f"{HOST}/a?token={99:032x}", "post") is None


PATHS = st.builds(
    "{}/{}{}".format,
    st.sampled_from([HOST, HOST + "/events", HOST + "/(S(aaaaaaaaaaaaaaaaaaaaaaaa))"]),
    st.sampled_from(["", "2012/05/", "page/3/", "a/b/a/b/"]) | st.text(max_size=12),
    st.sampled_from(["", "?sort=asc", "?sort=desc", "?sid=" + "a" * 32, "?f[0]=1,2", "?month=5"])
    | st.text(max_size=12),
)


@given(st.lists(PATHS | st.text(), max_size=20), st.sampled_from([None, "post", "listing"]))
def test_judging_never_raises_changes_nothing_and_survives_a_restart(urls, role):
    traps = Traps(2026)
    for url in urls:
        if traps.judge(url, role) is None:
            traps.add(url)
    kept = [url for url in urls if traps.judge(url, role) is None]
    again = Traps(2026)
    for url in reversed(kept):
        again.add(url)
        again.add(url)
    assert [again.judge(url, role) for url in urls] == [traps.judge(url, role) for url in urls]


def test_memory_is_bounded():
    traps = Traps(2026)
    for number in range(25_000):
        traps.add(f"{HOST}/{number}?a=1")
        traps.settle(f"{HOST}/{number}/page/2/", [])
    assert len(traps._variants) == len(traps._chains) == 20_000


@pytest.mark.parametrize(
    "path", ["/a?token={:032x}", "/(S({:032x}))/a", "/Events/{:d}", "/%65vents/{:d}", "/Kalender/{:d}/"]
)
def test_every_kind_of_variant_is_counted(path):
    traps = Traps(2026)
    for number in range(700):
        traps.add(HOST + path.format(number + 1))
    assert traps.judge(HOST + path.format(9999))
