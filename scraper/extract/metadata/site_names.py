"""What the site is called, `find_site_name`, and a title without that, `without_site`."""

from __future__ import annotations

import re
from itertools import islice

from scraper.extract.metadata.candidates import Candidates, words_of
from scraper.parse.node import Node
from scraper.text.urls import host_of, path_of, resolve

PARTS = re.compile(r"\s+[|\-–—·•»«:~/]+\s+|\s*[|»«]\s*|\s+::\s+")
SEPARATORS = " |-–—·•»«:~/_"
HOME = re.compile(r"^/?(?:(?:blog|weblog|wordpress)/?)?(?:index\.\w{3,5}|home|default\.aspx?)?$", re.I)
LONGEST_SITE = 6  # words of a site's name


def find_site_name(candidates: Candidates, title: str | None) -> str | None:
    """What the site calls itself; never a text that holds the post's title."""
    for candidate in candidates.declared("site_name", ("opengraph", "meta", "json-ld", "microdata")):
        if not (title and title in candidate.claim.value):
            candidates.win(candidate.claim)
            return candidate.claim.value
    return _site_behind(candidates, title) or candidates.first_shown("site_name")


def without_site(title: str, sites: frozenset[str]) -> str:
    """The title without the site's name that templates put behind or before it, and without what stands beyond that."""
    marks = list(PARTS.finditer(title))
    if not marks:
        return title
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(title)]
    parts = [title[start:end] for start, end in zip(starts, ends, strict=True)]
    first = 0
    if is_site(parts[0], sites, exact=True):
        first = 1
    last = len(parts)
    for place in range(first + 1, len(parts)):
        if is_site(parts[place], sites, exact=place < len(parts) - 1):
            last = place
            break
    return title[starts[first] : ends[last - 1]].strip(SEPARATORS) or title


def sites_of(candidates: Candidates) -> frozenset[str]:
    """The names of the site, and of its host with and without its ending, as words in lower case."""
    names = {words_of(claim.value) for claim in candidates.claims.of("site_name")}
    names = {name for name in names if name.count(" ") < LONGEST_SITE}
    host = (host_of(candidates.url or "") or "").removeprefix("www.")
    labels = host.split(".")
    if len(labels) > 1:
        names |= {"".join(labels).replace("-", ""), labels[0].replace("-", ""), labels[-2].replace("-", "")}
    return frozenset(names - {""})


def is_site(part: str, sites: frozenset[str], *, exact: bool) -> bool:
    """Whether a part of a title is the site's name, or if not `exact` a short text that holds it."""
    words = words_of(part)
    joined = words.replace(" ", "")
    if words in sites or joined in sites:
        return True
    if exact or words.count(" ") >= LONGEST_SITE:
        return False
    return any(len(site) > 3 and site.replace(" ", "") in joined for site in sites)


def bears_site(part: str, sites: frozenset[str]) -> bool:
    """Whether a part of a heading is the site's name, or begins or ends with it."""
    words = words_of(part)
    is_within = (len(site) > 3 and (words.startswith(f"{site} ") or words.endswith(f" {site}")) for site in sites)
    return is_site(part, sites, exact=True) or any(is_within)


def leads_home(heading: Node, url: str | None) -> bool:
    """Whether a heading is a link to the site's first page, which the page at `url` is not."""
    link = heading.select_one("a[href]") or next((up for up in islice(heading.ancestors(), 2) if up.tag == "a"), None)
    href = (link.get("href") or "").strip() if link is not None else ""
    if not href or href.startswith("#") or link is None or link.text_length < heading.text_length:
        return False
    target = resolve(url, href) if url else href
    if target is None or (url and (host_of(target) != host_of(url) or HOME.search(path_of(url)))):
        return False
    return HOME.search(path_of(target)) is not None


def _site_behind(candidates: Candidates, title: str | None) -> str | None:
    """What stands behind the title in the title element: 'A title | The site'."""
    whole = next((claim.value for claim in candidates.claims.of("title") if claim.where == "title"), None)
    if not title or not whole or not whole.startswith(title) or not PARTS.match(whole[len(title) :]):
        return None
    return whole[len(title) :].strip(SEPARATORS) or None
