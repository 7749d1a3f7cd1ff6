"""The parameters of an address: `parameter` reads one, `with_parameters` sets them. All else stays as it is written."""

from __future__ import annotations

from urllib.parse import quote, unquote_plus

from scraper.text.urls import without_fragment, without_query


def parameter(url: str, name: str) -> str | None:
    """The value of the first query parameter of this name, or None.

    >>> parameter("https://blog.example/feed/?paged=2", "paged")
    '2'
    """
    for pair in without_fragment(url).partition("?")[2].split("&"):
        key, _, value = pair.partition("=")
        if unquote_plus(key) == name:
            return unquote_plus(value)
    return None


def parameters(url: str) -> dict[str, str]:
    """The first value of each parameter, both decoded.

    >>> parameters("https://blog.example/?p=7&a+b=%C3%A4&p=8#x")
    {'p': '7', 'a b': 'ä'}
    """
    found: dict[str, str] = {}
    for pair in without_fragment(url).partition("?")[2].split("&"):
        key, _, value = pair.partition("=")
        found.setdefault(unquote_plus(key), unquote_plus(value))
    return found


def number(url: str, name: str, default: int) -> int:
    """The parameter as a number; `default` where it is none of up to eight digits."""
    value = parameter(url, name) or ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else default


def with_parameters(url: str, **values: str | int) -> str:
    """The URL with these parameters, in this order, behind its others.

    >>> with_parameters("https://blog.example/feed/?paged=2", paged=3)
    'https://blog.example/feed/?paged=3'
    """
    bare = without_query(without_fragment(url), values.keys())
    pairs = "&".join(f"{quote(name, safe='')}={quote(str(value), safe=',/')}" for name, value in values.items())
    return f"{bare}{'&' if '?' in bare else '?'}{pairs}"
