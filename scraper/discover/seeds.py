"""Where a crawl begins: `first_leads` of a seed, and `guessed_leads` for a blog that declares nothing."""

from __future__ import annotations

from collections.abc import Collection

from scraper.discover.apis import substack_posts
from scraper.discover.places import is_feed, is_sitemap
from scraper.model import Lead, LeadRole
from scraper.text.urls import host_of, resolve

# Hosts whose blogs have their feed at one place, whatever their template declares: last labels, and path.
HOSTED: tuple[tuple[str, str], ...] = (
    ("wordpress.com", "/feed/"),
    ("substack.com", "/feed"),
    ("tumblr.com", "/rss"),
    ("livejournal.com", "/data/rss"),
    ("dreamwidth.org", "/data/atom"),
    ("typepad.com", "/atom.xml"),
    ("ghost.io", "/rss/"),
    ("bearblog.dev", "/feed/"),
    ("hashnode.dev", "/rss.xml"),
    ("over-blog.com", "/rss"),
    ("canalblog.com", "/rss"),
)
BLOGGER = ".blogspot."
BLOGGER_FEED = "/feeds/posts/default"
BLOGGER_COMMENTS = "/feeds/comments/default"
# The same by the platform that a page was recognised as.
PLATFORM_FEEDS = {
    "wordpress": "/feed/",
    "blogger": BLOGGER_FEED,
    "movabletype": "/atom.xml",
    "squarespace": "?format=rss",
    "drupal": "/rss.xml",
    "serendipity": "/index.php?/feeds/index.rss2",
    "textpattern": "/atom/",
    "discourse": "/posts.rss",
}
SITEMAP = "/sitemap.xml"
PLAIN_SITEMAP = "/?sitemap=index"  # WordPress's, where posts are '/?p=7': then its robots.txt cannot name it


def first_leads(url: str) -> tuple[Lead, ...]:
    """The seed, and where the host is known to serve many blogs in one way, what it has at a known place.

    Asked for at once: the seed; on hosts of HOSTED and on Blogger's their feed; on Substack its list of posts. Nothing
    else: what a blog has it mostly declares on its first page and in robots.txt (whose sitemaps the caller adds).
    """
    role: LeadRole = "sitemap" if is_sitemap(url) else "feed" if is_feed(url) else "home"
    leads = [Lead(url, role, "seed")]
    host = host_of(url) or ""
    path = next((path for labels, path in HOSTED if host.endswith(f".{labels}")), None)
    path = BLOGGER_FEED if BLOGGER in host else path
    if path and role == "home" and (feed := resolve(url, path)):
        leads.append(Lead(feed, "feed", "guess"))
    if host.endswith(".substack.com") and (posts := substack_posts(url)):
        leads.append(Lead(posts, "post_api", "guess"))
    return tuple(leads)


def guessed_leads(home: str, platform: str | None, known: Collection[str]) -> tuple[Lead, ...]:
    """What is tried once the blog's first page and robots.txt were read, for the roles that nothing has named.

    At most four requests: where no sitemap is known, '/sitemap.xml' of the host, and WordPress's other one; where no
    feed is, the place that the page's platform has for it; of an unknown platform no feed is tried; and Blogger's feed
    of comments.
    """
    leads = []
    path = PLATFORM_FEEDS.get(platform or "")
    if "feed" not in known and path and (feed := _below(home, path)):
        leads.append(Lead(feed, "feed", "guess"))
    if "comment_feed" not in known and platform == "blogger" and (feed := _below(home, BLOGGER_COMMENTS)):
        leads.append(Lead(feed, "comment_feed", "guess"))
    if "sitemap" not in known:
        paths = (SITEMAP, PLAIN_SITEMAP) if platform == "wordpress" else (SITEMAP,)
        leads += [Lead(sitemap, "sitemap", "guess") for path in paths if (sitemap := resolve(home, path))]
    return tuple(leads)


def _below(home: str, path: str) -> str | None:
    """The path below the blog's own, which may be a part of its host."""
    start = home.partition("#")[0].partition("?")[0]
    if path.startswith("?"):
        return start + path
    return resolve(start if start.endswith("/") else f"{start}/", path.removeprefix("/"))
