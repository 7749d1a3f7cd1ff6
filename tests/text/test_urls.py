import json
from pathlib import Path

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.text.urls import host_of, resolve, same_site, url_key, without_fragment, without_query

CASES = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "url_http.json"
PIECES = st.text(alphabet=st.sampled_from(list("abC%2e20fF/?#&=;:+.ä漢 \t@[]|^\"'<>{}`~!*()\\\u2003")), max_size=30)
TRACKED = st.lists(
    st.sampled_from(["utm_source=a", "b=2", "a=1", "a", "fbclid=x", "PHPSESSID=abc", "é=ü", "%61=+"]), max_size=5
)


@pytest.mark.skipif(not CASES.exists(), reason="the shared conformance cases are not here")
def test_resolve_agrees_with_every_http_case_of_the_web_platform_tests():
    cases = json.loads(CASES.read_text("utf-8"))
    wrong = [case["input"] for case in cases if resolve(case["base"], case["input"]) != case["href"]]
    assert wrong == []
    assert len(cases) == 229


@pytest.mark.parametrize(
    "reference", ["mailto:bob@example.org", "javascript:void(0)", "data:text/html,x", "tel:1", "http://[", "http://"]
)
def test_resolve_gives_none_for_what_is_no_web_page(reference):
    assert resolve("https://example.org/", reference) is None


def test_resolve_gives_none_for_a_relative_reference_without_a_usable_base():
    assert resolve(None, "about") is None
    assert resolve("urn:sha256:00", "about") is None


def test_resolve_takes_an_absolute_reference_whatever_the_base():
    assert resolve("urn:sha256:00", "https://example.org/a") == "https://example.org/a"


def test_resolve_survives_a_lone_surrogate():
    assert resolve("https://example.org/", "/a\ud800b") == "https://example.org/a%EF%BF%BDb"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org", "http://example.org/"),
        ("http://EXAMPLE.org:80/a", "https://example.org:443/a"),
        ("http://example.org/a#comment-3", "http://example.org/a"),
        ("http://example.org/?b=2&a=1", "http://example.org/?a=1&b=2"),
        ("http://example.org/a?utm_source=x&utm_medium=y", "http://example.org/a"),
        ("http://example.org/a?fbclid=x&id=1&gclid=2&mc_cid=3", "http://example.org/a?id=1"),
        ("http://example.org/a;jsessionid=0A1B?id=1", "http://example.org/a?id=1"),
        ("http://example.org/a?PHPSESSID=0123456789abcdef0123456789abcdef", "http://example.org/a"),
        ("http://example.org/a?sid=0123456789abcdef0123456789abcdef", "http://example.org/a"),
        ("http://example.org/%7Ebob/", "http://example.org/~bob/"),
        ("http://example.org/a/../b", "http://example.org/b"),
        ("http://example.org/ä", "http://example.org/%C3%A4"),
        ("http://127.0.0.1:443/a", "https://127.0.0.1/a"),
        ("http://0177.0.0.01:8080/a", "http://127.0.0.1:8080/a"),
        ("http://localhost:80/a", "http://localhost/a"),
        ("http://localhost:08080/a", "http://localhost:8080/a"),
    ],
)
def test_two_spellings_of_one_address_have_one_key(one, other):
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/?p=1", "http://example.org/?p=2"),
        ("http://example.org/article?sid=123", "http://example.org/article?sid=124"),
        ("http://example.org/a", "http://example.org/A"),
        ("http://example.org/a", "http://www.example.org/a"),
        ("http://example.org:8080/", "http://example.org/"),
        ("http://example.org/?s=term", "http://example.org/"),
    ],
)
def test_two_pages_have_two_keys(one, other):
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize("url", ["urn:sha256:00ff", "file:///home/bob/a.html", "", "about", "mailto:a@b.org"])
def test_what_is_no_web_address_is_its_own_key(url):
    assert url_key(url) == url


@given(PIECES, TRACKED)
def test_url_key_is_idempotent(piece, query):
    for url in (f"http://example.org/{piece}", f"https://{piece}", f"https://e.org/{piece}?{'&'.join(query)}", piece):
        key = url_key(url)
        assert url_key(key) == key


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_makes_the_url_functions_raise(base, reference):
    assert resolve(base, reference) is None or resolve(base, reference).startswith("http")
    assert isinstance(url_key(reference), str)
    assert isinstance(same_site(base, reference), bool)
    assert without_query(reference, ()) == reference


def test_a_long_hostile_url_is_keyed_in_linear_time():
    assert url_key("http://example.org/" + "a/" * 50_000 + "!").startswith("http://example.org/a/")
    assert host_of("http://" + "a." * 50_000 + "!") is not None


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.org/x", "example.org"),
        ("http://bob:pw@example.org:8080", "example.org"),
        ("http://bücher.example/", "xn--bcher-kva.example"),
        ("http://[::1]:80/", "[::1]"),
        ("http://127.1/", "127.0.0.1"),
        ("http://127.0.0.1:8080/", "127.0.0.1"),
        ("http://127.0.0.01:80/", "127.0.0.1"),
        ("http://127.0.0.256/", None),
        ("http://127.0.0.1:65536/", None),
        ("mailto:a@example.org", None),
        ("about", None),
    ],
)
def test_host_is_what_a_browser_connects_to(url, host):
    assert host_of(url) == host


def test_same_site_ignores_www_and_nothing_else():
    assert same_site("http://www.example.org", "https://example.org/a")
    assert not same_site("http://blog.example.org", "https://example.org/a")
    assert not same_site("urn:x", "urn:x")


def test_without_query_leaves_all_else_as_it_is():
    url = "http://e.org/?a=%7e&replytocom=3&b#x"
    assert without_query(url, {"replytocom"}) == "http://e.org/?a=%7e&b#x"
    assert without_query("http://e.org/?a=1", {"a"}) == "http://e.org/"
    assert without_query("http://e.org/#?a=1", {"a"}) == "http://e.org/#?a=1"


def test_without_fragment_ends_before_the_hash():
    assert without_fragment("http://e.org/a#b#c") == "http://e.org/a"


@given(PIECES, PIECES)
def test_the_fragment_changes_nothing_else_of_an_address(base, head):
    base = f"https://example.org/{base}"
    plain = resolve(base, head.replace("#", "") + "x#")
    assert resolve(base, head.replace("#", "") + "x#comment-7") == (plain and plain + "comment-7")


@pytest.mark.parametrize("query", ["a=1", "showComment=130&c_d=x.y-z", "a=", "a=%7e", "a='b'", "a=b c", "ä=1", "a=1?b"])
def test_a_query_is_written_as_a_browser_writes_it(query):
    for address in ("https://e.org/a.html", "https://e.org/", "https://e.org", "https://E.org/a/../b", "/c"):
        url = f"{address}?{query}"
        assert resolve("https://e.org/d", url) == ada_url.join_url("https://e.org/d", url)


def test_a_blank_before_the_fragment_is_part_of_the_address():
    assert resolve("https://example.org/a", "b #c-1") == "https://example.org/b%20#c-1"
    assert resolve("https://example.org/a?b=1", "#c-1") == "https://example.org/a?b=1#c-1"
    assert resolve(None, "#c-1") is None
