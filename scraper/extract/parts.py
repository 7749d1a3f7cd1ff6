"""Posts that stand on several pages: which of them a page is, where the others are, and all as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scraper.extract.addresses import comment_page_number
from scraper.extract.platforms import Platform
from scraper.model import Link, Page
from scraper.parse.html import Document
from scraper.parse.metadata import Claims
from scraper.text.parts import joined, numbered, part_of
from scraper.text.urls import resolve, same_site, url_key, without_fragment

# Pagers that stand in a post; those of lists and threads have other names.
PAGERS = (
    ".page-links a, a.post-page-numbers",
    ".page-link a, .post-pages a, .pagelink a, .post-pagination a, .article-pagination a, .entry-pagination a",
    ".multipage a, .multi-page a, .article__pagination a",
)
HEAD = ("next_page", "previous_page")  # fields of claims; forums and shops name the next page of a list there as well
LAST_LINKS = 12  # of the body, where engines without a pager have theirs
NUMBER = re.compile(r"\D{0,12}?(\d{1,2})\D{0,3}")
MARKS = " .…:|-–—<>«»‹›←→()[]\u00a0"
TURNS = frozenset(  # what a link says that turns the page, and nothing else
    "next|next page|previous|previous page|prev|first page|continue|continue reading|read more|nächste|nächste seite|"
    "vorherige|vorherige seite|zurück|weiter|weiterlesen|suivant|page suivante|précédent|page précédente|siguiente|"
    "anterior|próxima|avanti|successiva|precedente|volgende|vorige|następna|poprzednia|nästa|föregående".split("|")
)
PAGE_OF = re.compile(
    r"\b(?:page|seite|página|pagina|strona|sida|side|pag\.|p\.)\s*(\d{1,2})\s*(?:of|von|de|di|van|z|av|af|/)\s*\d{1,2}\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The page's number among its post's pages, the post's address, and those of the other pages in their order."""

    number: int
    post_url: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Where a page stands: its URL, its base, its post's URL as far as the page lets one know it, its platform."""

    own: str | None
    base: str | None
    post_url: str | None
    platform: Platform | None


def find_parts(document: Document, where: Where, body_links: Sequence[Link], claims: Claims) -> Parts | None:
    """Which of its post's pages this is; None for a post on one page, and where that is all that is certain.

    A number in an address says little: '/posts/7/' may be a post of its own. So the page's pager must lead to the
    other pages by addresses that differ from the post's in their number alone, and to the first by the post's own.
    """
    own, post_url = where.own, where.post_url
    if not own or not post_url or comment_page_number(own, where.platform) is not None:
        return None
    links = _links(document, own, where, body_links, claims)
    if not links:
        return None
    return _later(links, own, post_url, claims) or _first(links, own, post_url)


def join_parts(pages: Iterable[Page]) -> Page | None:
    """One page of all pages of one post: the first page's with the text, pictures and links of all in their order.

    None where no page has a post. A page of which there are several counts as it was given last; one that is no part
    stands for the whole post where no other does. The order in which different pages are given does not matter.
    """
    by_number = {page.post_page or 1: page for page in pages if page.post is not None}
    if not by_number:
        return None
    first = by_number[min(by_number)]
    if first.post is None or len(by_number) == 1:
        return first
    whole = joined(part_of(page.post, number) for number, page in by_number.items() if page.post)
    post = replace(first.post, text=whole.text, html=whole.html, images=whole.images, links=whole.links)
    held = {url_key(page.url or "") for page in by_number.values()}
    known = dict.fromkeys(url for page in by_number.values() for url in page.post_pages)
    return replace(first, post=post, post_pages=tuple(url for url in known if url_key(url) not in held))


def _links(
    document: Document, own: str, where: Where, body_links: Sequence[Link], claims: Claims
) -> list[tuple[str, str]]:
    """Text and address of all links that may lead to other pages of the post."""
    stated = [(node.text(), node.get("href") or "") for css in PAGERS for node in document.body.select(css)]
    head = [each.value for each in claims.claims if each.field in HEAD]
    stated += [("", href) for href in head if "?" not in href and "/page/" not in href]
    found = [(text, url) for text, href in stated if (url := resolve(where.base, href))]
    found += [(link.text, link.url) for link in body_links[-LAST_LINKS:] if _turns(link.text)]
    return [
        (text.strip(), without_fragment(url))
        for text, url in found
        if same_site(own, url) and comment_page_number(url, where.platform) is None
    ]


def _turns(text: str) -> bool:
    words = text.strip(MARKS).casefold()
    return words in TURNS or (words[-1:].isdecimal() and NUMBER.fullmatch(words) is not None)


def _key(url: str) -> str:
    return url_key(url).rstrip("/")


def _pages_of(home: str, links: Iterable[tuple[str, str]]) -> dict[int, str]:
    """The pages of the post at `home` by their numbers; a link's text may not say another number than its address."""
    found: dict[int, str] = {}
    for text, url in links:
        shown = NUMBER.fullmatch(text)
        for start, number in numbered(url):
            if _key(start) == home and number > 1 and (shown is None or int(shown[1]) == number):
                found.setdefault(number, url)
    return found


def _first(links: Sequence[tuple[str, str]], own: str, post_url: str) -> Parts | None:
    for home in dict.fromkeys((own, post_url)):
        if any(_is_one(text) and _key(url) == _key(home) for text, url in links):
            continue  # a pager does not link to the page it is on: this is another, saved without its address
        found = _pages_of(_key(home), links)
        if 2 in found:
            return Parts(1, post_url, tuple(found[number] for number in sorted(found)))
    return None


def _later(links: Sequence[tuple[str, str]], own: str, post_url: str, claims: Claims) -> Parts | None:
    for home, number in numbered(own):
        key = _key(home)
        if number < 2:
            continue
        back = [(text, url) for text, url in links if _key(url) == key]
        pages = _pages_of(key, links)
        pages.pop(number, None)
        is_named = _key(post_url) == key or any(_is_one(text) for text, _ in back) or (number == 2 and bool(back))
        is_told = number - 1 in pages and any(
            int(found[1]) == number for title in claims.of("title") if (found := PAGE_OF.search(title.value))
        )
        if (is_named and (back or pages)) or is_told:
            start = back[0][1] if back else post_url if _key(post_url) == key else home
            return Parts(number, start, (start, *(pages[each] for each in sorted(pages))))
    return None


def _is_one(text: str) -> bool:
    shown = NUMBER.fullmatch(text)
    return shown is not None and int(shown[1]) == 1
