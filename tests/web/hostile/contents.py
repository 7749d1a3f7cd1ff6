"""Pages that lie about what they are and whose they are."""

from __future__ import annotations

from tests.web.hostile.cases import ANY, FETCHED, TRAP, Case, essay, item, page, trap
from tests.web.server import Answer


def as_type(kind: str, body: bytes) -> Answer:
    return Answer(200, (("Content-Type", kind),), body)


ESSAY = essay()
CONTENTS: tuple[Case, ...] = (
    trap("a charset that is a lie", as_type("text/html; charset=utf-16", ESSAY), FETCHED),
    trap("a charset that nobody knows", as_type("text/html; charset=x-klingon", ESSAY), FETCHED),
    trap("a charset that is code", as_type("text/html; charset=unicode_escape", ESSAY + b"\\x00\\ud800"), FETCHED),
    trap("a charset that packs", as_type("text/html; charset=zlib_codec", ESSAY), FETCHED),
    trap("bytes of no charset", as_type("text/html; charset=utf-8", ESSAY + bytes(range(256)) * 40), FETCHED),
    trap("NULs everywhere", page(ESSAY.replace(b"door", b"do\x00or").replace(b"<p>", b"<p\x00>")), ANY),
    trap("a page of NULs", page(b"\x00" * 1_000_000), ANY),
    trap("a picture that says it is a page", page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 500), ANY),
    trap("a page that says it is a picture", as_type("image/png", ESSAY), ANY),
    trap("a page without a type", Answer(200, (), ESSAY), FETCHED),
    trap("a type of ten thousand characters", as_type("text/html; " + "x" * 10_000, ESSAY), ANY),
    trap("a PDF", as_type("application/pdf", b"%PDF-1.4\n" + b"\x00" * 5000), ANY),
    trap("a disc image of a page's type", as_type("application/octet-stream", b"\x00" * 3_000_000), ANY),
    trap("a page a hundred thousand deep", page(ESSAY + b"<div>" * 100_000), ANY),
    trap("a page of a million tags", page(ESSAY + b"<b>x</b>" * 500_000), ANY),
    trap("a page of a hundred thousand attributes", page(ESSAY + b"<p " + b"a=b " * 100_000 + b">"), ANY),
    trap(
        "a canonical link to another host",
        page(essay(head='<link rel=canonical href="http://10.0.0.1/mine">')),
        FETCHED,
    ),
    trap("a canonical link to the canary", page(essay(head='<link rel=canonical href="{canary}/mine">')), FETCHED),
    trap("a canonical link to a good post", page(essay(head='<link rel=canonical href="{base}/">')), FETCHED),
    trap(
        "a base on another host", page(essay(head='<base href="{canary}/">', more='<a href="next/">next</a>')), FETCHED
    ),
    Case("a home with a base on another host", f'<base href="{{canary}}/">{item(TRAP)}', {TRAP: page()}),
    trap(
        "a base that is a script",
        page(essay(head='<base href="javascript:alert(1)//">', more='<a href="next/">next</a>')),
        FETCHED,
    ),
    trap(
        "frames and objects of private hosts",
        page(
            essay(
                more='<iframe src="http://10.0.0.1/"></iframe><object data="{canary}/x"></object><img src="{canary}/p.png">'
            )
        ),
        FETCHED,
    ),
    trap(
        "noindex, nofollow, noarchive", page(essay(head='<meta name=robots content="noindex,nofollow,noarchive">')), ANY
    ),
    trap("a title of a megabyte", page(essay("T" * 100_000)), ANY),
    trap("scripts that steer a terminal", page(essay("\x1b[2J\x07 \u202e title")), FETCHED),
    trap(
        "an oEmbed, an AMP page and a print page of private hosts",
        page(
            essay(
                head='<link rel=amphtml href="http://10.0.0.1/amp"><link rel=alternate type="application/json+oembed" href="{canary}/o"><link rel=alternate media=print href="{canary}/p">'
            )
        ),
        FETCHED,
    ),
    trap(
        "links of the head that lead away",
        page(
            essay(
                head='<link rel=next href="{canary}/n"><link rel=prev href="http://10.0.0.1/"><link rel="https://api.w.org/" href="{canary}/wp-json/"><link rel=pingback href="{canary}/x"><link rel=alternate type="application/rss+xml" href="{canary}/feed/">'
            )
        ),
        FETCHED,
    ),
    Case(
        "a good home that names a feed elsewhere",
        '<link rel="alternate" type="application/rss+xml" href="{canary}/feed/"><link rel=next href="http://10.0.0.1/page/2/">',
    ),
)
