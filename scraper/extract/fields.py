"""Which of the candidates for each field wins: `resolve_fields` weighs what the page declares, shows and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from scraper.extract.chrome import is_labelled
from scraper.extract.platforms.rules import Platform, Selectors
from scraper.model import Byline, Claim, When
from scraper.parse.html import Document, Node
from scraper.parse.metadata import Claims
from scraper.text.dates import find_times, read_time
from scraper.text.names import person_name, split_names
from scraper.text.prose import fold
from scraper.text.urls import resolve

URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-]|$)")
TITLE_PARTS = re.compile(r"\s+[|\-–—·•»«:~]+\s+|\s*[|»«]\s*|\s+::\s+")
DATE_ORDER = ("json-ld", "microdata", "opengraph", "meta", "rdfa", "microformats", "html")
AUTHOR_ORDER = ("json-ld", "microdata", "rdfa", "meta", "opengraph", "twitter", "microformats", "html")
COUNT_LABEL = re.compile(r"^(?:number of comments|comments?|kommentare|commentaires|comentarios|comentários|commenti|reacties)\s*[:(]?\s*(\d[\d.,]*)?\)?$", re.I)
VIEW_LABEL = re.compile(r"^(?:total views|views?|page views|post views|aufrufe|vues|vistas|visualizações|visualizzazioni)\s*[:(]?\s*(\d[\d.,]*)?\)?$", re.I)
LONGEST_BYLINE = 200
NEAR = 25  # elements


@dataclass(frozen=True, slots=True)
class Fields:
    """The values that won, and every claim with the winners marked."""

    title: str | None
    title_node: Node | None
    subtitle: str | None
    bylines: tuple[Byline, ...]
    byline_node: Node | None
    published: When | None
    published_node: Node | None
    modified: When | None
    section: str | None
    language: str | None
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    site_name: str | None
    canonical_url: str | None
    comment_count: int | None
    view_count: int | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim together with what it was read as, and the node that shows it."""

    claim: Claim
    node: Node | None = None


def resolve_fields(document: Document, platforms: tuple[Platform, ...], claims: Claims, url: str | None, fetched_at: datetime | None) -> Fields:
    """The page's fields by their ordered candidates; None rather than a value that does not convince."""
    chooser = _Chooser(document, platforms, claims, url, fetched_at)
    title, title_node = chooser.title()
    published, published_node = chooser.published()
    bylines, byline_node = chooser.bylines()
    return Fields(
        title=title,
        title_node=title_node,
        subtitle=chooser.shown("subtitle"),
        bylines=bylines,
        byline_node=byline_node,
        published=published,
        published_node=published_node,
        modified=chooser.modified(published),
        section=chooser.shown("section") or chooser.declared("section"),
        language=chooser.declared("language"),
        tags=chooser.listed("tags", "tag"),
        categories=chooser.listed("categories", "category"),
        site_name=chooser.site_name(title),
        canonical_url=chooser.canonical(),
        comment_count=chooser.count("comment_count", COUNT_LABEL),
        view_count=chooser.count("view_count", VIEW_LABEL),
        claims=chooser.marked(),
    )


class _Chooser:
    def __init__(self, document: Document, platforms: tuple[Platform, ...], claims: Claims, url: str | None, fetched_at: datetime | None) -> None:
        self.document = document
        self.platforms = platforms
        self.claims = claims
        self.url = url
        self.fetched_at = fetched_at
        self.added: list[Claim] = []
        self.won: set[tuple[str, str, str]] = set()

    # -- candidates

    def select(self, field: str, platforms: Iterable[Platform]) -> Iterator[Candidate]:
        """What the selectors of these platforms find for a field, outside the thread."""
        for platform in platforms:
            selectors: Selectors = getattr(platform, field)
            for css in selectors:
                for node in self.document.body.select(css):
                    if node.label != "comments" and not any(up.label == "comments" for up in node.ancestors()):
                        claim = Claim(field, node.text()[:500], platform.name, f"{css[:60]} ({node.path})")
                        self.added.append(claim)
                        yield Candidate(claim, node)

    def of(self, field: str, sources: tuple[str, ...]) -> Iterator[Candidate]:
        claims = self.claims.of(field)
        for source in sources:
            yield from (Candidate(claim) for claim in claims if claim.source == source)

    def win(self, claim: Claim) -> None:
        self.won.add((claim.field, claim.value, claim.source))

    def marked(self) -> tuple[Claim, ...]:
        unique = dict.fromkeys((*self.claims.claims, *self.added))
        return tuple(replace(claim, accepted=True) if (claim.field, claim.value, claim.source) in self.won else claim for claim in unique)

    # -- single fields

    def declared(self, field: str) -> str | None:
        claim = next(iter(self.claims.of(field)), None)
        if claim is None:
            return None
        self.win(claim)
        return claim.value

    def shown(self, field: str) -> str | None:
        for candidate in self.select(field, self.platforms):
            if 0 < len(candidate.claim.value) <= 400:
                self.win(candidate.claim)
                return candidate.claim.value
        return None

    def listed(self, field: str, claimed: str) -> tuple[str, ...]:
        for platform in self.platforms:
            values = [c for c in self.select(field, (platform,)) if 0 < len(c.claim.value) <= 80]
            if values:
                for candidate in values:
                    self.win(candidate.claim)
                return tuple(dict.fromkeys(c.claim.value for c in values))
        claims = [claim for claim in self.claims.of(claimed) if len(claim.value) <= 80]
        first = [claim for claim in claims if claim.source == claims[0].source]
        for claim in first:
            self.win(claim)
        return tuple(dict.fromkeys(claim.value for claim in first))

    def canonical(self) -> str | None:
        for source in ("link", "opengraph", "json-ld", "microdata", "meta"):
            for claim in self.claims.of("canonical_url"):
                if claim.source == source:
                    found = resolve(self.url, claim.value)
                    if found:
                        self.win(claim)
                        return found
        return None

    def count(self, field: str, label: re.Pattern[str]) -> int | None:
        for candidate in self.select(field, self.platforms):
            digits = re.search(r"\d[\d.,]*", candidate.claim.value)
            if digits:
                self.win(candidate.claim)
                return int(re.sub(r"\D", "", digits[0]))
        for claim in self.claims.of(field):
            if claim.value.isdecimal():
                self.win(claim)
                return int(claim.value)
        return self.labelled_number(field, label)

    def labelled_number(self, field: str, label: re.Pattern[str]) -> int | None:
        """The number beside a short label such as 'Number of comments', in its own element or the next."""
        for node, text in self.document.short_texts:
            found = label.match(text)
            if found is None or node.tag == "a" or is_labelled(node):
                continue
            number = found[1]
            if number is None and node.parent is not None and node.parent.text_length < 60:
                beside = node.parent.text().removeprefix(text).strip(" :")
                number = beside if re.fullmatch(r"\d[\d.,]*", beside) else None
            if number:
                claim = Claim(field, number, "label", node.path)
                self.added.append(claim)
                self.win(claim)
                return int(re.sub(r"\D", "", number))
        return None

    # -- title

    def title(self) -> tuple[str | None, Node | None]:
        for candidate in self.select("title", self.platforms[:-1]):
            if candidate.claim.value:
                self.win(candidate.claim)
                return candidate.claim.value, candidate.node
        declared = [claim for claim in self.claims.of("title") if claim.source != "html" or claim.where == "title"]
        heading = self.agreeing_heading(declared)
        if heading is not None:
            claim = Claim("title", heading.text(), "heading", heading.path)
            self.added.append(claim)
            self.win(claim)
            return claim.value, heading
        for source in ("json-ld", "opengraph", "microdata", "meta", "twitter", "microformats"):
            for claim in declared:
                if claim.source == source:
                    self.win(claim)
                    return self.without_site(claim.value), None
        for candidate in self.select("title", self.platforms[-1:]):
            if candidate.claim.value:
                self.win(candidate.claim)
                return candidate.claim.value, candidate.node
        headings = [node for node in self.document.body.select("h1") if node.text_length and not node.label]
        if len(headings) == 1:
            return headings[0].text(), headings[0]
        for claim in declared:
            self.win(claim)
            return self.without_site(claim.value), None
        return (headings[0].text(), headings[0]) if headings else (None, None)

    def agreeing_heading(self, declared: list[Claim]) -> Node | None:
        """The heading whose words a declared title begins with or holds whole."""
        wanted = [_words(claim.value) for claim in declared]
        best: Node | None = None
        for node in self.document.body.select("h1, h2, .entry-title, .post-title, .title"):
            if node.text_length < 2 or node.text_length > 400 or node.label or _in_thread(node):
                continue
            words = _words(node.text())
            if not words or not any(f" {words} " in f" {each} " for each in wanted):
                continue
            if any(words == each for each in wanted) and node.tag == "h1":
                return node
            if len(words.split()) >= 2 and (best is None or len(words) > len(_words(best.text()))) and _share(words, wanted) >= 0.4:
                best = node
        return best

    def without_site(self, title: str) -> str:
        """The title without the site's name that templates put behind or before it."""
        sites = {_words(claim.value) for claim in self.claims.of("site_name")}
        host = (urlsplit(self.url).hostname or "").removeprefix("www.").split(".")[0] if self.url else ""
        parts = TITLE_PARTS.split(title)
        if len(parts) < 2:
            return title
        for part in (parts[-1], parts[0]):
            words = _words(part)
            if words in sites or (host and words.replace(" ", "") == host.replace("-", "")):
                start = title.find(part) if part is parts[0] else title.rfind(part)
                rest = title[:start] if part is parts[-1] else title[start + len(part) :]
                return rest.strip(" |-–—·•»«:~") or title
        return title

    def site_name(self, title: str | None) -> str | None:
        for source in ("opengraph", "meta", "json-ld", "microdata"):
            for claim in self.claims.of("site_name"):
                if claim.source == source and not (title and title in claim.value):
                    self.win(claim)
                    return claim.value
        return self.site_from_title(title) or self.shown("site_name")

    def site_from_title(self, title: str | None) -> str | None:
        whole = next((claim.value for claim in self.claims.of("title") if claim.where == "title"), None)
        if not title or not whole or not whole.startswith(title):
            return None
        rest = whole[len(title) :]
        return rest.strip(" |-–—·•»«:~") or None if TITLE_PARTS.match(rest) else None

    # -- times

    def published(self) -> tuple[When | None, Node | None]:
        strong = ("json-ld", "microdata", "opengraph")
        known = self.platforms[:-1]
        weak = tuple(source for source in DATE_ORDER if source not in strong)
        for candidates in (
            self.of("published", strong),
            self.select("published", known),
            self.of("published", weak),
            self.select("published", self.platforms[-1:]),
        ):
            for candidate in candidates:
                when = self.time(candidate)
                if when is not None:
                    self.win(candidate.claim)
                    return when, candidate.node
        from_url = self.from_url()
        if from_url is not None and from_url.precision == "day":
            return from_url, None
        return self.near_heading() or from_url, None

    def near_heading(self) -> When | None:
        """The first day that is shown shortly before or after the post's heading."""
        heading = next((node for node in self.document.body.select("h1, h2.entry-title") if not node.label), None)
        if heading is None:
            return None
        for node, text in self.document.short_texts:
            near = heading.index - NEAR < node.index < heading.end + NEAR
            if near and any(digit in text for digit in "0123456789") and not is_labelled(node):
                when = self.time(Candidate(Claim("published", text, "near heading", node.path), node))
                if when is not None and when.precision in ("day", "minute", "second"):
                    claim = Claim("published", text, "near heading", node.path)
                    self.added.append(claim)
                    self.win(claim)
                    return when
        return None

    def modified(self, published: When | None) -> When | None:
        for candidate in (*self.of("modified", DATE_ORDER), *self.select("modified", self.platforms)):
            when = self.time(candidate)
            if when is not None and not (published and published.earliest and when.latest and when.latest < published.earliest):
                self.win(candidate.claim)
                return when
        return None

    def time(self, candidate: Candidate) -> When | None:
        node, text = candidate.node, candidate.claim.value
        if node is not None:
            inner = node if node.get("datetime") else node.select_one("time[datetime]")
            stated = (inner.get("datetime") if inner else None) or (node.get("title") if node.tag == "abbr" else None) or node.get("content")
            if stated and (when := read_time(stated)) is not None and self.is_past(when):
                return when
        when = read_time(text)
        if when is None and node is not None and len(text) <= LONGEST_BYLINE:
            when = next((found[2] for found in find_times(text)), None)
        return when if when is not None and when.local is not None and self.is_past(when) else None

    def is_past(self, when: When) -> bool:
        return self.fetched_at is None or when.earliest is None or when.earliest <= self.fetched_at

    def from_url(self) -> When | None:
        found = URL_DATE.search(urlsplit(self.url).path) if self.url else None
        if not found:
            return None
        when = read_time("-".join(part.zfill(2) for part in found.groups() if part))
        if when is None or not self.is_past(when):
            return None
        claim = Claim("published", found[0], "url", "path")
        self.added.append(claim)
        self.win(claim)
        return when

    # -- people

    def bylines(self) -> tuple[tuple[Byline, ...], Node | None]:
        strong = ("json-ld", "microdata", "rdfa")
        weak = tuple(source for source in AUTHOR_ORDER if source not in strong)
        site = {_words(claim.value) for claim in self.claims.of("site_name")}
        for candidates in (
            self.of("author", strong),
            self.select("author", self.platforms[:-1]),
            self.of("author", weak),
            self.select("author", self.platforms[-1:]),
        ):
            found: dict[str, Byline] = {}
            source = node = None
            for candidate in candidates:
                place = candidate.claim.source if candidate.node is None else candidate.claim.where.split(" (")[0]
                if source is not None and place != source:
                    break
                for byline in self.names(candidate):
                    if _words(byline.name) not in site and byline.name not in found:
                        found[byline.name] = byline
                        source, node = place, node or candidate.node
                        self.win(candidate.claim)
                if source is not None and candidate.node is not None:
                    break
            if found:
                return tuple(self.linked(byline) for byline in found.values()), node
        return (), None

    def linked(self, byline: Byline) -> Byline:
        """The byline with the address that its name links to elsewhere on the page."""
        if byline.url:
            return byline
        for node, text in self.document.short_texts:
            if text == byline.name and (node.tag == "a" or (node.parent is not None and node.parent.tag == "a")) and not _in_thread(node):
                link = node if node.tag == "a" else node.parent
                return replace(byline, url=resolve(self.url, (link.get("href") if link else None) or ""))
        return byline

    def names(self, candidate: Candidate) -> list[Byline]:
        text = candidate.claim.value
        if len(text) > LONGEST_BYLINE:
            return []
        url = self.link(candidate)
        names = [name for part in split_names(text) if (name := person_name(part))]
        return [Byline(name, url if len(names) == 1 else None) for name in names]

    def link(self, candidate: Candidate) -> str | None:
        node = candidate.node
        if node is None:
            claim = next((c for c in self.claims.of("author_url") if c.source == candidate.claim.source), None)
            return resolve(self.url, claim.value) if claim else None
        place = node if node.tag == "a" else node.select_one("a[href]") or next((up for up in node.ancestors() if up.tag == "a"), None)
        return resolve(self.url, place.get("href") or "") if place is not None else None


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text).casefold()))


def _share(words: str, wanted: list[str]) -> float:
    return max((len(words) / max(1, len(each)) for each in wanted if f" {words} " in f" {each} "), default=0.0)


def _in_thread(node: Node) -> bool:
    return any(up.label in ("comments", "related", "widget") for up in node.ancestors())
