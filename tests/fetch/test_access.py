from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.errors import UsageError
from scraper.fetch.access import basic_auth, limit_to, read_cookies, secret_headers
from scraper.settings import Secret, Settings

NOW = datetime(2026, 5, 14, tzinfo=UTC)
FILE = """# Netscape HTTP Cookie File
blog.example\tFALSE\t/\tFALSE\t0\tsid\tsecret-1
#HttpOnly_.host.example\tTRUE\t/\tTRUE\t4102444800\tuser\tsecret-2
blog.example\tFALSE\t/members\tFALSE\t0\tlevel\tgold
blog.example\tFALSE\t/\tFALSE\t1000\told\tsecret-3
"""


def cookies_for(url: str, *named: str) -> str | None:
    secrets = limit_to(read_cookies(FILE, NOW, "cookies.txt"), named)
    return secret_headers(secrets, url).get("Cookie")


@pytest.mark.parametrize(
    ("named", "url", "sent"),
    [
        ("http://blog.example/", "http://blog.example/a", "sid=secret-1"),
        ("http://blog.example/", "https://blog.example/a", "sid=secret-1"),
        ("https://blog.example/", "http://blog.example/a", None),
        ("http://blog.example/", "http://blog.example/members/a", "level=gold; sid=secret-1"),
        ("http://blog.example/", "http://blog.example/membership", "sid=secret-1"),
        ("http://blog.example/", "http://blog.example:81/", None),
        ("http://blog.example/", "http://www.blog.example/", None),
        ("http://blog.example/", "http://other.example/", None),
        ("http://blog.example/", "http://blog.example.evil.example/", None),
        ("https://ann.host.example/", "https://ann.host.example/", "user=secret-2"),
        ("https://ann.host.example/", "https://www.ann.host.example/", "user=secret-2"),
        ("https://ann.host.example/", "https://eve.host.example/", None),
        ("http://ann.host.example/", "http://ann.host.example/", None),  # the cookie is for https only
    ],
)
def test_a_cookie_goes_to_the_host_that_was_named_and_it_is_for(named: str, url: str, sent: str | None) -> None:
    assert cookies_for(url, named) == sent


def test_a_password_goes_to_its_host_in_the_scheme_that_was_named_or_https() -> None:
    given = (basic_auth("blog.example:8080", "ann", "p"),)
    secrets = limit_to(given, ["http://blog.example:8080/blog/"])
    assert secret_headers(secrets, "http://blog.example:8080/x") == {"Authorization": "Basic YW5uOnA="}
    assert "Authorization" in secret_headers(secrets, "https://blog.example:8080/x")
    assert secret_headers(secrets, "http://blog.example/x") == {}
    assert secret_headers(limit_to(given, ["https://blog.example:8080/"]), "http://blog.example:8080/") == {}


def test_secrets_for_a_host_that_is_not_asked_are_refused() -> None:
    with pytest.raises(UsageError):
        limit_to((basic_auth("other.example", "ann", "p"),), ["http://blog.example/"])
    with pytest.raises(UsageError):
        limit_to(read_cookies(FILE, NOW, "c"), ["http://unknown.example/"])
    assert limit_to((), ["http://blog.example/"]) == ()


def test_a_line_that_is_no_cookie_is_named_by_its_number_alone() -> None:
    with pytest.raises(UsageError) as caught:
        read_cookies(FILE + "blog.example secret-4", NOW, "cookies.txt")
    assert "line 6" in str(caught.value) and "secret-4" not in str(caught.value)


def test_no_secret_shows_in_what_is_printed_of_settings() -> None:
    secret = Secret("blog.example", "Cookie", "sid=secret-1")
    assert "secret-1" not in repr(Settings(secrets=(secret,))) + repr(secret)
