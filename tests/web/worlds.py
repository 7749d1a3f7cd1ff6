"""Twenty blogs, no two alike: kinds of software, ways in which their posts are found, what they ask of visitors."""

from __future__ import annotations

from tests.web.blogs import make_blog
from tests.web.more_themes import THEMES
from tests.web.server import Web
from tests.web.sites import BlogSite, Manners, Ways, busy, busy_until

HOSTS = [f"127.0.0.{number}" for number in range(1, 21)]

MANNERS = (
    Manners(),
    Manners("User-agent: *\nDisallow: /private/\nSitemap: {base}/sitemap.xml\n", r"/private/"),
    Manners(
        "User-agent: *\nDisallow: /\n\nUser-agent: blog-to-sqlite\nDisallow: /private\nCrawl-delay: 0.05\n",
        r"/private",
        0.05,
    ),
    Manners(
        "User-agent: *\nDisallow: /*?replytocom=\nDisallow: /*notes/$\nDisallow: /private/\nAllow: /private/open\n"
        "Crawl-delay: 0.03\n",
        r"/.*\?replytocom=|/.*notes/$|/private/(?!open)",
        0.03,
    ),
    Manners(
        "# all are welcome\nUser-agent: otherbot\nDisallow: /\n\nUser-agent: *\nDisallow: /priv%61te/\nDisallow: /user/\n"
        "Sitemap: {base}/maps/all.xml\n",
        r"/private/|/user/",
    ),
)
WAYS = (
    Ways(),
    Ways(sitemap=None),
    Ways(has_feed=False),
    Ways(has_archives=False, pages_feed=False),
    Ways(has_feed=False, sitemap=None),
)


def twenty_blogs(web: Web, articles: int, with_moods: bool = True, seed: int = 1) -> list[BlogSite]:
    """Puts a blog of so many articles on each host of `HOSTS`; two of them are without validators.

    With moods, a fifth of them are busy once, and say in seconds or by a date when to come back.
    """
    sites = []
    for number, host in enumerate(HOSTS):
        manners = MANNERS[number % 5]
        ways = WAYS[number // 4]
        if "/maps/all.xml" in manners.robots and ways.sitemap:
            ways = Ways(ways.has_feed, "/maps/all.xml", ways.has_archives, ways.pages_feed)
        site = BlogSite(
            THEMES[number % 4],
            web.base(host),
            make_blog(seed * 100 + number, articles, long_thread=25),
            manners,
            ways,
            has_validators=number not in (8, 15),
        )
        if with_moods and number % 5 == 2:
            site.moods[9] = busy(429, 1) if number % 2 else busy_until(503, 1)
        web.put(host, site)
        sites.append(site)
    return sites
