"""Who signs the post: `find_bylines`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from scraper.extract.authors.author_words import BYLINE_HEADINGS
from scraper.extract.authors.owners import find_owner, is_personal
from scraper.extract.authors.signatures import Signature, find_signatures
from scraper.extract.authors.standing import are_beside, weigh
from scraper.extract.metadata.candidates import Candidates, in_thread, words_of
from scraper.extract.metadata.site_names import PARTS
from scraper.model import Byline, Claim
from scraper.parse.node import Node
from scraper.text.name_words import AGENCIES, HONORIFICS
from scraper.text.names import CJK, person_name, plain, split_names
from scraper.text.urls import host_of, resolve

MOST_INNER = 5
LONGEST = 200  # characters
LONGEST_NICK = 40
MOST_DECLARED = 50  # claims of one source
OF_PAPER = 'meta[name="citation_author"]'  # once for each who wrote a paper, by the rules of scholarly indexes
# What a declaration weighs by its source, where the page shows the name too.
DECLARED = {"json-ld": 4.0, "microdata": 3.5, "rdfa": 3.5, "opengraph": 3.5, "twitter": 3.0, "meta": 2.5}
SIGNED = 8.0  # the meta element of a platform that writes there who signs
PLATFORM = 4.0  # an element of which the platform's rules know that it shows the author
TAUGHT = 20.0  # one of which the blog's own feed taught it: more than all else together
AGREEMENT = 2.0  # for each other source with the same name, two at most
ENOUGH = 2.5
SHOWN = "shown"


@dataclass(slots=True)
class Offer:
    """Names from one source, and what they weigh; `keys` are the names as two spellings of one are compared."""

    names: list[str]
    weight: float
    claim: Claim
    source: str
    node: Node | None = None
    signature: Signature | None = None
    keys: frozenset[frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = frozenset(map(_key, self.names))

    def agrees(self, other: Offer) -> bool:
        return not self.keys.isdisjoint(other.keys)


def find_bylines(candidates: Candidates, title: Node | None = None) -> tuple[tuple[Byline, ...], Node | None]:
    """The people who sign the post, and the element that shows the first; none rather than a role or a site.

    What is declared, what the platform's elements show and what any page shows is weighed, and the heaviest wins, if
    it is heavy enough. A declared name that the page shows nowhere is an account's and no byline. All names come from
    one place, so that a co-author is kept and a second spelling is not. Without a byline, a site that bears a
    person's name is that person's.
    """
    sites = _sites(candidates)
    offers = [*_declared(candidates, sites), *_known(candidates, sites), *_signed(candidates, title, sites)]
    offers = [offer for offer in offers if offer.node is not None or _is_sure(offer, offers)]
    for offer in offers:
        others = {other.source for other in offers if other.source != offer.source and offer.agrees(other)}
        offer.weight += AGREEMENT * min(len(others), 2)
    best = max(offers, key=lambda offer: offer.weight, default=None)
    if best is None or best.weight < ENOUGH:
        best = _only(offers)
    if best is None:
        owner = None if _names_another(candidates, sites) else find_owner(candidates)
        return ((Byline(owner, None),) if owner else ()), None
    candidates.win(best.claim)
    shown = next((offer.node for offer in offers if offer.node is not None and offer.agrees(best)), None)
    node = best.node or shown
    names = [_as_shown(name, candidates.text) for name in _all_names(best, offers)]
    bylines = [Byline(name, _address(best, node, candidates) if len(names) == 1 else None) for name in names]
    return tuple(_linked(byline, candidates) for byline in bylines), node


def _declared(candidates: Candidates, sites: frozenset[str]) -> Iterator[Offer]:
    in_meta = any(platform.declares_author for platform in candidates.known)
    for source, weight in DECLARED.items():
        is_sure = in_meta and source == "meta"
        claims = [candidate.claim for candidate in candidates.declared("author", (source,))][:MOST_DECLARED]
        names: list[str] = []
        first: Claim | None = None
        for claim in claims:
            if first is not None and claim.where != first.where:
                continue  # what the same markup says elsewhere on the page is of another post
            found = [name for name in _names(claim.value, sites) if is_sure or candidates.shows(name)]
            if found:
                first = first or claim
                names.extend(name for name in found if name not in names)
        if first is not None:
            yield Offer(names, SIGNED if is_sure else weight, first, source)


def _known(candidates: Candidates, sites: frozenset[str]) -> Iterator[Offer]:
    for platforms, weight in ((candidates.taught, TAUGHT), (candidates.known, PLATFORM)):
        for candidate in candidates.shown("author", platforms):
            names = _names(candidate.claim.value, sites)
            if not names and any(platform.signs_by_nick for platform in platforms):
                names = [candidate.claim.value] if len(candidate.claim.value) <= LONGEST_NICK else []
            if names:
                yield Offer(names, weight, candidate.claim, SHOWN, candidate.node)
                break  # what the same selector finds further down is another post's


def _signed(candidates: Candidates, title: Node | None, sites: frozenset[str]) -> Iterator[Offer]:
    signatures = find_signatures(candidates.document, candidates.url, candidates.hidden, title)
    found = [each for each in signatures if not in_thread(each.node)]
    found = [each for each in found if not _runs_on(each, found)]
    for place, signature in enumerate(found):
        names = [name for name in signature.names if _is_no_site(name, sites)]
        if names:
            node = signature.node
            claim = Claim("author", node.text()[:500], SHOWN, node.path)
            candidates.note(claim)
            yield Offer(names, weigh(place, found, title), claim, SHOWN, node, signature)


def _names_another(candidates: Candidates, sites: frozenset[str]) -> bool:
    """Whether the page declares people as its authors of whom none has the site's name: then it is not the owner's."""
    claims = islice(candidates.declared("author", tuple(DECLARED)), MOST_DECLARED)
    names = [name for each in claims for name in _names(each.claim.value, sites) if " " in name]
    return bool(names) and not any(_squashed(plain(name)) in sites for name in names)


def _runs_on(signature: Signature, found: list[Signature]) -> bool:
    """Whether the words of an element go on behind a name that has an element of its own in it: a box with a bio."""
    name = signature.names[0]
    inner = (each for each in found if each is not signature and signature.node.contains(each.node))
    return any(name != each.names[0] and name.startswith(each.names[0]) for each in islice(inner, MOST_INNER))


def _is_sure(offer: Offer, offers: list[Offer]) -> bool:
    """Whether a declared name is more than one word, which may stand on the page by chance, or is shown as a byline."""
    if any(" " in name or words_of(name) in AGENCIES or CJK.search(name) for name in offer.names):
        return True
    return any(other.node is not None and offer.agrees(other) for other in offers)


def _only(offers: list[Offer]) -> Offer | None:
    """The whole name that a class or 'Written by' tells to be the author, if it is the only one on the page.

    So it stands below the post, where nothing else speaks for it. What a class calls an author must also lead to a
    person's page or be a microformat's.
    """
    sure = [offer for offer in offers if offer.signature is not None and _is_told(offer.signature)]
    is_one = len({offer.keys for offer in sure}) == 1 and all(" " in name for name in sure[0].names)
    return sure[0] if is_one else None


def _is_told(signature: Signature) -> bool:
    if (
        (signature.aside and signature.chrome != "footer")
        or signature.in_teaser
        or signature.chrome in ("widget", "hidden")
    ):
        return False
    if signature.introduced and BYLINE_HEADINGS.match(signature.node.text_before().strip()):
        return True
    if not signature.called or signature.in_prose:
        return False
    return signature.linked or any("p-author" in up.names for up in islice(signature.node.ancestors(), 2))


def _all_names(best: Offer, offers: list[Offer]) -> list[str]:
    """The names of the best offer, or the longer list of which it is a part where the page shows them in one byline."""
    longest = best.names
    for offer in offers:
        if offer.claim.where == OF_PAPER and best.keys < offer.keys:
            return offer.names
        if offer.signature is not None and offer.weight > 0 and offer.agrees(best):
            names = _with_neighbours(offer, offers)
            if best.keys < set(map(_key, names)) and len(names) > len(longest):
                longest = names
    return longest


def _as_shown(name: str, text: str) -> str:
    """A name with the surname first in the order in which the page's text has it, as indexes and readers differ."""
    surname, comma, given = name.partition(", ")
    turned = f"{given} {surname}"
    return turned if comma and turned in text else name


def _with_neighbours(offer: Offer, offers: list[Offer]) -> list[str]:
    names = dict.fromkeys(offer.names)
    for other in offers:
        if other.signature and offer.signature and are_beside(offer.signature, other.signature):
            names.update(dict.fromkeys(other.names))
    return list(names)


def _names(text: str, sites: frozenset[str]) -> list[str]:
    if len(text) > LONGEST:
        return []
    if words_of(text) in AGENCIES:
        return [text]
    names = [name for part in split_names(text) if (name := person_name(part))]
    return [name for name in names if _is_no_site(name, sites)]


def _is_no_site(name: str, sites: frozenset[str]) -> bool:
    return _squashed(name) not in sites or is_personal(name)


def _sites(candidates: Candidates) -> frozenset[str]:
    """What the site is called, by its declarations and its address."""
    names = {part for claim in candidates.claims.of("site_name") for part in (claim.value, *PARTS.split(claim.value))}
    host = (host_of(candidates.url or "") or "").split(".")
    return frozenset(map(_squashed, (*names, "".join(host), "".join(host[-2:]), *host[-2:-1])))


def _squashed(name: str) -> str:
    return words_of(name).replace(" ", "")


def _key(name: str) -> frozenset[str]:
    return frozenset(words_of(name).split()) - HONORIFICS


def _address(offer: Offer, node: Node | None, candidates: Candidates) -> str | None:
    if node is None:
        claims = candidates.claims.of("author_url")
        claim = next((each for each in claims if each.source == offer.claim.source), None)
        return resolve(candidates.url, claim.value) if claim else None
    links = node.select("a[href]") if node.tag != "a" else [node]
    link = next((link for link in links if not link.text_length or offer.names[0] in link.text()), None)
    link = link or next((up for up in node.ancestors() if up.tag == "a"), None)
    return resolve(candidates.url, link.get("href") or "") if link is not None else None


def _linked(byline: Byline, candidates: Candidates) -> Byline:
    """The byline with the address that its name links to elsewhere on the page."""
    if byline.url:
        return byline
    length = len(byline.name)
    for node in candidates.document.nodes:
        if node.tag == "a" and node.text_length == length and node.text() == byline.name and not in_thread(node):
            return replace(byline, url=resolve(candidates.url, node.get("href") or ""))
    return byline
