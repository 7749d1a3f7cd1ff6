"""What belongs to one blog, as far as its addresses tell: `scope_of` a seed, and why a URL is outside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache
from urllib.parse import unquote

from scraper.discover.actions import action_of
from scraper.discover.places import HOME
from scraper.errors import UsageError
from scraper.model import LeadRole, LeadSource
from scraper.text.hosting import Tenant, may_be_hosted, politeness_group, site_of, tenant_of
from scraper.text.urls import path_of, resolve, without_fragment

LONGEST_URL = 2_000
SOURCES = frozenset({"feed", "comment_feed", "sitemap", "post_api", "comment_api"})
POSTS = frozenset({None, "post", "page"})  # what --include chooses among; what leads to posts is asked for anyway

# Where the part of a path ends that may be the blog's: before what names one post, one listing or one feed.
_INSIDE = re.compile(
    r"/(?:(?:19|20)\d\d(?=/|\Z)"
    r"|(?:category|categories|tag|tags|topic|topics|label|author|authors|archives?|page|posts?|p|node|entry|entries"
    r"|article|articles|search|comments)/(?=.)"
    r"|(?:feed|feeds|rss|atom)(?:/|\Z)|index\.php(?=/)"
    r"|\d{5,}(?=/|\Z)"  # a post's number
    r"|[^/]*(?:[-_][^/_-]+){3,}/?\Z)",  # a slug of four words or more
    re.IGNORECASE,
)
_FOLDER_FILE = re.compile(r"/(?:index|default|home|rss|atom|feeds?)\.\w{2,5}\Z", re.IGNORECASE)
_FILE = re.compile(r"/[^/]+\.[A-Za-z]\w{1,5}\Z")
_PERSON = re.compile(r"/~[^/]+")


@dataclass(frozen=True, slots=True)
class Scope:
    """One blog's addresses: those on its hosts under its path, and those of its tenant on a hosting platform.

    `hosts` are without 'www.', with a port that is not the default. `path` begins and ends with a slash. The patterns
    are globs, or expressions where they begin with 're:'.
    """

    hosts: tuple[str, ...]
    path: str = "/"
    tenant: Tenant | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def refusal(self, url: str, role: LeadRole | None = None, source: LeadSource | None = None) -> str | None:
        """Why the URL is not to be asked for, in a few words; None if it may be. Never raises.

        Feeds, sitemaps and APIs are held to `allows_source` instead of the path, media to no place at all, and only
        posts, pages and what nobody knows to the patterns to include. What asks the service that keeps a post's
        comments for them is on that service's servers, and made by a rule that knows what it does.
        """
        if len(url) > LONGEST_URL:
            return f"longer than {LONGEST_URL} characters"
        absolute = resolve(None, url)
        if absolute is None:
            return "no web address"
        absolute = without_fragment(absolute)
        if "@" in absolute and "@" in absolute.partition("://")[2].partition("/")[0]:
            return "an address with a name or a password"
        if source == "service" and role == "comment_api":
            return self.left_out(absolute, role)
        return self._elsewhere(absolute, role) or action_of(absolute, role) or self.left_out(absolute, role)

    @property
    def place(self) -> tuple[tuple[str, ...], str, Tenant | None]:
        """Where the blog is, whatever its operator lets in."""
        return self.hosts, self.path, self.tenant

    def holds(self, url: str) -> bool:
        """Whether the URL lies in the blog's place, whatever may speak against asking for it."""
        return self._is_inside(url)

    def is_front(self, url: str) -> bool:
        """Whether the URL is the first page of the blog's place, by its path."""
        path = path_of(url)
        if not self._is_same_host(url) or "?" in url or not _is_under(path, self.path):
            return False
        return HOME.fullmatch(path[len(self.path) :]) is not None

    def front_of(self, url: str) -> str:
        """The first page of the blog that this address of it is in: itself, if it is that."""
        return url if self.is_front(url) else resolve(url, self.path) or url

    def is_beside(self, url: str) -> bool:
        """Whether the URL is on the blog's host, and outside of the folder that the blog is."""
        return self._is_same_host(url) and not self._is_inside(url)

    def may_hold(self, url: str) -> bool:
        """Whether the URL's host alone, which is much cheaper to tell, leaves it open that the URL is the blog's."""
        return self._is_same_host(url) or (self.tenant is not None and may_be_hosted(url, self.tenant.platform))

    def allows_source(self, url: str) -> bool:
        """Whether the URL may be one of the blog's feeds, sitemaps or APIs: these may lie above the blog's path.

        On a shared host it has to name the blog: 'https://dev.to/feed/ann', 'https://medium.com/feed/@ann'.
        """
        if len(url) > LONGEST_URL or not site_of(url):
            return False
        if self._is_inside(url):
            return True
        if self.tenant is None or self.tenant.path == "/":
            return site_of(url) in self.hosts
        name = self.tenant.path.strip("/").rpartition("/")[2].lstrip("@~").lower()
        words = re.split(r"[/?&=]|\.(?:xml|rss|rdf|atom|json)\b", unquote(url).lower())
        return politeness_group(url) == self.tenant.platform and name in {word.lstrip("@~") for word in words}

    def _elsewhere(self, url: str, role: LeadRole | None) -> str | None:
        if role == "media" or self._is_inside(url):
            return None
        if role in SOURCES:
            return None if self.allows_source(url) else "another site"
        return f"outside {self.path}" if self._is_same_host(url) else "another site"

    def _is_inside(self, url: str) -> bool:
        if self._is_same_host(url) and _is_under(path_of(resolve(None, url) or url), self.path):
            return True
        tenant = tenant_of(url) if self.tenant else None
        return tenant is not None and self.tenant is not None and _identity(tenant) == _identity(self.tenant)

    def _is_same_host(self, url: str) -> bool:
        return site_of(url) in self.hosts

    def excluded(self, url: str) -> str | None:
        """Why the patterns to exclude leave the URL out, whatever it is."""
        for pattern in self.exclude:
            if is_match(pattern, url):
                return f"excluded by {pattern}"
        return None

    def left_out(self, url: str, role: LeadRole | None) -> str | None:
        """Why the patterns leave the URL out."""
        if (reason := self.excluded(url)) is not None:
            return reason
        if self.include and role in POSTS and not any(is_match(pattern, url) for pattern in self.include):
            return "not included"
        return None


def scope_of(seed_url: str, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> Scope:
    """The scope that a seed stands for. Raises UsageError for a seed that is no web address, or a bad pattern.

    A blog on a hosting platform is its tenant. Elsewhere it is the host, under the seed's path: 'https://e.org/blog/'
    is that folder. What names one post or listing is no folder: all from a year, a long number, a slug of four
    words, a file, or a word such as 'tag/' on is left off, so that a post's address stands for the blog it is in.

    >>> scope_of("https://example.org/blog/2012/05/a-post.html").path, scope_of("https://example.org/a.html").path
    ('/blog/', '/')
    """
    absolute = resolve(None, seed_url)
    if absolute is None or len(absolute) > LONGEST_URL or not site_of(absolute):
        raise UsageError("no web address", seed_url[:200])
    for pattern in (*include, *exclude):
        _check(pattern)
    tenant = tenant_of(absolute)
    path = tenant.path if tenant and tenant.path != "/" else blog_path(path_of(absolute))
    return Scope((site_of(absolute),), path, tenant if path == (tenant and tenant.path) else None, include, exclude)


def blog_path(path: str) -> str:
    """The folder that a blog may be in, by the path of one of its addresses. It begins and ends with a slash.

    >>> blog_path("/~ann/log/index.php"), blog_path("/blog/tag/cats/"), blog_path("/2012/05/hello.html")
    ('/~ann/log/', '/blog/', '/')
    """
    folder = _FOLDER_FILE.sub("/", path)
    person = _PERSON.match(folder)
    inside = _INSIDE.search(folder)
    if inside:
        folder = folder[: inside.start() + 1]
    elif _FILE.search(folder):
        folder = "/"
    if person and not folder.startswith(person[0]):
        folder = person[0]
    return folder if folder.endswith("/") else folder + "/"


def is_match(pattern: str, url: str) -> bool:
    """Whether a pattern fits the URL. A glob fits the whole of it, or its path and query where it begins with a slash.

    >>> is_match("/tag/*", "https://example.org/tag/cats"), is_match("re:/20(10|11)/", "https://example.org/2010/")
    (True, True)
    """
    if len(url) > LONGEST_URL:
        return False
    if pattern.startswith("re:"):
        return _expression(pattern).search(url) is not None
    if pattern.startswith("/"):
        url = "/" + url.partition("://")[2].partition("/")[2]
    return _glob(pattern).match(url) is not None


def _check(pattern: str) -> None:
    try:
        if pattern.startswith("re:"):
            _expression(pattern)
        else:
            _glob(pattern)
    except re.error as error:
        raise UsageError(f"no expression that can be used: {error}", pattern) from error


@lru_cache(maxsize=256)
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.removeprefix("re:"))


@lru_cache(maxsize=256)
def _glob(pattern: str) -> re.Pattern[str]:
    """Python's own translation takes each star's first fit and never goes back, so it takes no exponential time."""
    return re.compile(translate(pattern))


def _is_under(path: str, folder: str) -> bool:
    if folder == "/":
        return True
    if "%" in path or "%" in folder:
        path, folder = unquote(path), unquote(folder)
    return path.startswith(folder) or (path or "/") == folder.removesuffix("/")


def _identity(tenant: Tenant) -> tuple[str, str]:
    return tenant.platform, tenant.name
