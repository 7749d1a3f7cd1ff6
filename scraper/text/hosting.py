"""Whose servers a URL is on: `tenant_of`, the blog on a hosting platform, and `politeness_group`, who shares a pace."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scraper.text.hosting_platforms import BLOGSPOT_ENDINGS, OWN_PAGES, PLATFORMS
from scraper.text.urls import host_of, path_of, resolve

_NO_NAME = re.compile(r"\.(?:aspx?|html?|ico|js|json|naver|nhn|php|txt|xml)\Z")  # robots.txt, PostList.naver
_PORT = re.compile(r"https?://[^/?#]*:(\d+)(?=[/?#]|\Z)")


@dataclass(frozen=True, slots=True)
class Tenant:
    """One blog on a hosting platform. Its pages are on `host` (without 'www.') under `path`, which ends in a slash.

    Two URLs are of the same blog if platform and name are the same, on whichever of its hosts they are.
    """

    platform: str
    name: str
    host: str
    path: str


@dataclass(frozen=True, slots=True)
class _Shape:
    """One shape of a platform's addresses: 'dev.to/@*' has host 'dev.to', path '/@', and its star in the path."""

    platform: str
    host: str
    names_label: bool
    path: str | None


def tenant_of(url: str) -> Tenant | None:
    """The blog on a hosting platform that the URL belongs to, or None.

    >>> tenant_of("https://ann.wordpress.com/2012/05/hello/")
    Tenant(platform='wordpress.com', name='ann', host='ann.wordpress.com', path='/')
    >>> tenant_of("https://medium.com/@ann/hello-1f2e")
    Tenant(platform='medium.com', name='ann', host='medium.com', path='/@ann/')
    >>> tenant_of("https://ann.example/") is None
    True
    """
    host = (host_of(url) or "").removeprefix("www.")
    return next((tenant for shape in _shapes_at(host) if (tenant := _tenant(shape, host, url))), None)


@lru_cache(maxsize=2048)
def site_of(url: str) -> str:
    """The host of an http(s) URL in lower case, without 'www.', with its port if that is not the default; else ''.

    >>> site_of("https://WWW.Example.org:443/a"), site_of("http://127.0.0.1:8000/")
    ('example.org', '127.0.0.1:8000')
    """
    host = (host_of(url) or "").removeprefix("www.")
    port = _PORT.match(resolve(None, url) or "") if host and ":" in url[8:] else None
    return f"{host}:{port[1]}" if port else host


@lru_cache(maxsize=2048)
def politeness_group(url: str) -> str:
    """What shares one pace: the site (`site_of`), or a hosting platform's domain for all blogs on its servers.

    Empty for what is no http(s) URL.

    >>> politeness_group("https://ann.blogspot.de/2012/"), politeness_group("https://example.org/")
    ('blogspot.com', 'example.org')
    """
    site = site_of(url)
    shapes = _shapes_at(site.partition(":")[0])
    return shapes[0].platform if shapes else site


def may_be_hosted(url: str, platform: str) -> bool:
    """Whether a URL's host, whatever its path, may belong to a blog on this platform.

    >>> may_be_hosted("https://bob.blogspot.de/", "blogspot.com"), may_be_hosted("https://bob.example/", "blogspot.com")
    (True, False)
    """
    return any(shape.platform == platform for shape in _shapes_at((host_of(url) or "").removeprefix("www.")))


def _shapes_at(host: str) -> tuple[_Shape, ...]:
    """The shapes of addresses on this host, those of its longest domain that has any first."""
    table = _shapes()
    found = table.get(host, ())
    while not found and "." in host:
        host = host.partition(".")[2]
        found = tuple(shape for shape in table.get(host, ()) if shape.names_label or shape.host == shape.platform)
    return found


def _tenant(shape: _Shape, host: str, url: str) -> Tenant | None:
    label = host.removesuffix(shape.host).rstrip(".").removeprefix("www.")
    if shape.names_label != bool(label) or label == "www":
        return None
    segment, path = "", "/"
    if shape.path is not None:
        rest = (path_of(url) or "/").removeprefix(shape.path)
        segment = rest.partition("/")[0].lower()
        if len(rest) == len(path_of(url) or "/") or not segment or segment in OWN_PAGES or _NO_NAME.search(segment):
            return None
        if segment[0] in "@~":
            return None
        path = shape.path + rest.partition("/")[0] + "/"
    name = "/".join(filter(None, (re.sub(r"\.blog\d*\Z", "", label) if shape.host == "fc2.com" else label, segment)))
    if not shape.host.endswith(shape.platform) and not shape.host.startswith("blogspot."):
        name += "@" + shape.host  # 'ann.home.blog' is another blog than 'ann.wordpress.com'
    return Tenant(shape.platform, name, host, path)


@lru_cache(maxsize=1)
def _shapes() -> dict[str, tuple[_Shape, ...]]:
    """The shapes by the domain or host that they are for; a platform's own domain is always among the keys."""
    table: dict[str, list[_Shape]] = {}
    for platform, shapes in PLATFORMS.items():
        table.setdefault(platform, [])
        for text in _written_out(shapes):
            host, slash, path = text.partition("/")
            domain = host.removeprefix("*.")
            shape = _Shape(platform, domain, host != domain, slash + path.removesuffix("*") if slash else None)
            table.setdefault(domain, []).append(shape)
    for platform in PLATFORMS:
        table[platform].append(_Shape(platform, platform, False, "/\0"))  # no blog's: only for the group
    return {domain: tuple(found) for domain, found in table.items()}


def _written_out(shapes: str) -> list[str]:
    endings = [f"*.blogspot.{ending}" for ending in BLOGSPOT_ENDINGS.split()]
    return [text for shape in shapes.split() for text in (endings if shape == "*.blogspot.*" else [shape])]
