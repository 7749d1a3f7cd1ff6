"""What a crawler reads to find its way, made to mislead it: robots.txt, feeds, sitemaps."""

from __future__ import annotations

import functools

from tests.web.hostile.cases import ANY, FAILED, TRAP, Case, endless, essay, head_of, page, raw, redirect
from tests.web.hostile.transfers import bomb
from tests.web.server import Answer, Request

RSS, XML, TEXT = "application/rss+xml", "application/xml", "text/plain"
MANY = 100_000


def text(body: bytes, kind: str = TEXT, *headers: tuple[str, str]) -> Answer:
    return Answer(200, (("Content-Type", kind), *headers), body)


def rss(items: str, before: str = "") -> Answer:
    return text(
        f'<?xml version="1.0"?>{before}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode(),
        RSS,
    )


def entry(link: str) -> str:
    return f"<item><title>One</title><link>{link}</link></item>"


def url_set(urls: str, before: str = "") -> Answer:
    return text(
        f'<?xml version="1.0"?>{before}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode(),
        XML,
    )


def index(*urls: str) -> Answer:
    maps = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return text(
        f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'.encode(),
        XML,
    )


def location(url: str) -> str:
    return f"<url><loc>{url}</loc></url>"


LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
)
QUADRATIC = f"<!DOCTYPE x [<!ENTITY a '{'a' * 50_000}'>]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'><!ENTITY b SYSTEM '{canary}/b'><!ENTITY % c SYSTEM '{canary}/c'>%c;]>"
SECRETS = "SELECT count(*) = 0 FROM frontier WHERE url LIKE '%root:%'"


@functools.cache
def large_robots() -> bytes:
    rules = b"".join(b"Disallow: /no-%06d/\n" % number for number in range(500_000))
    return b"User-agent: *\nDisallow: /2011/03/trap/\n" + rules


def feed(name: str, answer: Answer, ends: frozenset[str] = ANY, **more: object) -> Case:
    """The blog's feed, which each of its pages names, is this."""
    return Case(name, pages={"/atom.xml": answer}, ends={"/atom.xml": ends}, **more)  # type: ignore[arg-type]


def sitemap(name: str, answer: Answer, ends: frozenset[str] = ANY, **more: object) -> Case:
    """The blog's sitemap, which its robots.txt names, is this."""
    robots = text(b"User-agent: *\nDisallow:\nSitemap: {base}/sitemap.xml\n")
    return Case(name, pages={"/robots.txt": robots, "/sitemap.xml": answer}, ends={"/sitemap.xml": ends}, **more)  # type: ignore[arg-type]


def robots(name: str, answer: Answer, posts: int, **more: object) -> Case:
    return Case(name, pages={"/robots.txt": answer, TRAP: page()}, posts=posts, **more)  # type: ignore[arg-type]


def _numbered(request: Request) -> Answer | None:
    """Indexes of sitemaps without end."""
    head, _, number = request.target.partition("/map-")
    return index(f"{{base}}/map-{int(number.partition('.')[0]) + 1}.xml") if not head and number else None


def _next_feed(request: Request) -> Answer | None:
    """A feed whose every page names a next one."""
    if not request.target.startswith("/atom.xml"):
        return None
    number = int(request.target.partition("=")[2] or 1)
    after = (
        f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="{{base}}/atom.xml?page={number + 1}"/>'
    )
    return rss(after + entry("{base}/"))


LISTINGS: tuple[Case, ...] = (
    # ---- robots.txt
    Case(
        "a robots.txt of 10 MB",
        f'<a href="{TRAP}">trap</a>',
        {"/robots.txt": text(large_robots()), TRAP: page()},
        never=TRAP,
    ),
    robots("a robots.txt that leads in a circle", redirect("/robots.txt"), posts=2),
    robots("a robots.txt that leads to a private address", redirect("http://169.254.169.254/robots.txt"), posts=0),
    robots("a robots.txt that leads to the canary", redirect("{canary}/robots.txt"), posts=0),
    robots("a robots.txt that drips", endless(head_of("Content-Length: 90000"), b"#", 0.05), posts=0, never="/2011"),
    robots("a robots.txt without end", endless(head_of(), b"Disallow: /no/\n" * 2000), posts=2),
    robots("a robots.txt that is out of order", page(b"no", 500), posts=0, never="/2011"),
    robots(
        "a robots.txt that is cut", raw(head_of("Content-Length: 900") + b"User-agent: *\n"), posts=0, never="/2011"
    ),
    robots("a robots.txt that is a gzip bomb", text(bomb("gzip"), TEXT, ("Content-Encoding", "gzip")), posts=2),
    robots("a robots.txt of HTML", page(), posts=2),
    robots("a robots.txt of NULs", text(b"\x00" * 100_000), posts=2),
    robots("a robots.txt of one long line", text(b"Disallow: /" + b"a*" * 200_000), posts=2),
    robots("a robots.txt of stars", text(b"User-agent: *\nDisallow: " + b"/*a" * 500 + b"$\n"), posts=2),
    robots("a robots.txt that wants a delay of years", text(b"User-agent: *\nCrawl-delay: 99999999\n"), posts=0),
    robots(
        "a robots.txt with a delay that is none",
        text(b"User-agent: *\nCrawl-delay: NaN\nCrawl-delay: -5\nCrawl-delay: inf\n"),
        posts=2,
    ),
    robots(
        "a robots.txt that names sitemaps of private hosts",
        text(
            b"Sitemap: http://10.0.0.1/s.xml\nSitemap: {canary}/s.xml\nSitemap: file:///etc/passwd\nSitemap: \x00\n"
            * 50
        ),
        posts=2,
    ),
    robots("a robots.txt that asks for a password", page(b"no", 401), posts=2),
    # ---- feeds
    feed("a feed that laughs a billion times", rss(entry("{base}/&a9;"), LAUGHS)),
    feed("a feed of one long entity", rss(entry("{base}/" + "&a;" * 5000), QUADRATIC)),
    feed("a feed with outside entities", rss(entry("{base}/&a;&b;"), OUTSIDE), check=SECRETS),
    feed(
        "a feed of a hundred thousand entries",
        rss("".join(entry(f"{{base}}/2012/05/none-{number % 20}/") for number in range(MANY))),
        most=60,
    ),
    feed(
        "a feed of other hosts' posts",
        rss("".join(entry(f"http://10.0.0.{number}/") + entry(f"{{canary}}/{number}") for number in range(99))),
    ),
    feed(
        "a feed of other schemes",
        rss(
            "".join(map(entry, ("javascript:x()", "file:///etc/passwd", "ftp://x/", "", " ", "http://[", "{base}:x/")))
        ),
    ),
    feed(
        "a feed that acts",
        rss(entry("{base}/wp-login.php?action=logout") + entry("{base}/?add-to-cart=5")),
        never=r".*logout|.*add-to-cart",
    ),
    feed("a feed that is nested a hundred thousand deep", text(b"<rss>" + b"<item>" * MANY, RSS)),
    feed(
        "a feed that is cut", text(b"<?xml version='1.0'?><rss><channel><item><title>x</title><link>{base}/2012/", RSS)
    ),
    feed("a feed of HTML", page()),
    feed(
        "a feed of JSON that is nested deep",
        text(b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * MANY, "application/feed+json"),
    ),
    feed("a feed of NULs", text(b"<rss>" + b"\x00" * 100_000, RSS)),
    feed(
        "a feed in UTF-16 that says it is UTF-8",
        text("<?xml version='1.0' encoding='UTF-8'?><rss/>".encode("utf-16"), RSS),
    ),
    feed("a feed that bursts", text(bomb("gzip"), RSS, ("Content-Encoding", "gzip"))),
    feed("a feed that drips", endless(head_of("Content-Length: 90000"), b"<", 0.05), FAILED),
    Case(
        "a feed without end of pages",
        space=_next_feed,
        most=120,
    ),
    # ---- sitemaps
    sitemap("a sitemap that laughs a billion times", url_set(location("{base}/&a9;"), LAUGHS)),
    sitemap("a sitemap with outside entities", url_set(location("{base}/&a;&b;"), OUTSIDE), check=SECRETS),
    sitemap("a sitemap index of itself", index("{base}/sitemap.xml", "{base}/sitemap.xml?again")),
    Case(
        "sitemap indexes without end",
        pages={"/robots.txt": text(b"Sitemap: {base}/map-1.xml\n")},
        space=_numbered,
        most=120,
    ),
    sitemap(
        "a sitemap of fifty thousand other hosts",
        url_set("".join(location(f"http://h{number}.invalid/{number}") for number in range(50_000))),
    ),
    sitemap(
        "a sitemap of private hosts",
        url_set("".join(location(f"http://10.0.{number}.1/") for number in range(99)) + location("{canary}/x")),
    ),
    sitemap(
        "a sitemap of ten-thousand-character addresses",
        url_set("".join(location(f"{{base}}/2012/05/{'z' * 10_000}{number}/") for number in range(50))),
        most=80,
    ),
    sitemap(
        "a sitemap that acts",
        url_set(location("{base}/logout") + location("{base}/?add-to-cart=5")),
        never=r"/logout|.*add-to-cart",
    ),
    sitemap("a sitemap that bursts", text(bomb("gzip"), "application/x-gzip")),
    sitemap("a sitemap of HTML", page(essay("No map"))),
    sitemap("a sitemap that is cut gzip", text(bomb("gzip")[:5000], "application/x-gzip")),
    sitemap(
        "a sitemap of dates that are none",
        url_set(
            "".join(
                f"<url><loc>{{base}}/2012/05/d{n}/</loc><lastmod>{at}</lastmod></url>"
                for n, at in enumerate(("9999-99-99", "0000-00-00", "now", "-1", "2012-05-14T99:99:99Z", "99999-01-01"))
            )
        ),
    ),
)
