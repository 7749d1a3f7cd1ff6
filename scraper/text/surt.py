"""A URL as indexes of web archives sort it (SURT): host turned round, then the path, all in lower case: `surt`."""

from __future__ import annotations

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

SAFE = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"  # stay as they are; the rest is percent-encoded
WWW = re.compile(r"^www\d*\.")
SESSION = r"(?:jsessionid=[0-9a-z$]{10,}|sessionid=[0-9a-z]{16,}|phpsessid=[0-9a-z]{16,}|sid=[0-9a-z]{16,})"
SESSION += r"|aspsessionid[a-z]{8}=[a-z]{24}|cfid=[^&]+&cftoken=[^&]+"
IN_QUERY = re.compile(rf"^(|.*&)(?:{SESSION})(?:&|$)(.*)$", re.I | re.S)
PORTS = {"http": 80, "https": 443}
TIMES = 5  # that an escape within an escape is opened


def surt(url: str) -> str:
    """The key under which replay tools look the URL up; what is no web address stays as it is.

    >>> surt("https://www.Blog.example:443/2012//Hello/?b=2&a=1#top")
    'example,blog)/2012/hello?a=1&b=2'
    >>> surt("urn:sha256:00")
    'urn:sha256:00'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in PORTS or not parts.hostname:
        return url
    host = WWW.sub("", _ascii(parts.hostname).strip("."))
    turned = host if ":" in host else ",".join(reversed(host.split(".")))
    shown = "" if port in (None, PORTS[parts.scheme]) else f":{port}"
    path, query = _path(parts.path), _query(parts.query)
    return f"{turned}{shown}){path}{'?' if query else ''}{query}".lower()


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return _escaped(host)


def _path(path: str) -> str:
    """Without steps up or down, doubled slashes or a slash at its end."""
    steps: list[str] = []
    for step in _escaped(path).split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/" + "/".join(steps)


def _query(query: str) -> str:
    """The parameters in order of their names, without the id of a session."""
    query = _escaped(query).lower()
    while found := IN_QUERY.match(query):
        query = found[1] + found[2]
    parts = [part.split("=", 1) for part in query.split("&")] if query else []
    return "&".join("=".join(part) for part in sorted(parts))


def _escaped(text: str) -> str:
    """Each character escaped once, and only where it has to be."""
    found = text.encode("utf-8", "surrogatepass")
    for _ in range(TIMES):
        found, before = unquote_to_bytes(found), found
        if found == before:
            break
    return quote_from_bytes(found, SAFE)
