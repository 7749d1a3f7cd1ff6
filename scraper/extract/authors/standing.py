"""How much a place where a name stands speaks for a byline: `weigh`, and which places are one byline: `are_beside`."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.extract.authors.signatures import Signature
from scraper.parse.node import Node
from scraper.text.introductions import begins_byline
from scraper.text.name_words import AND, AND_OR_NAME
from scraper.text.prose import fold

# What speaks for a byline. Found on pages with human gold; the order of these matters more than their values.
INTRODUCED = 2.0  # 'by' stands before it
LINKED = 1.5  # leads to a person's page
CALLED = 1.5  # its class says so
NEAR = 1.5  # the title
DATED = 1.0  # and beside a date
OWN_LINE = 5.0  # a paragraph of the post says 'By Jane Doe' and nothing else: a guest, whatever the account is called
# What speaks against it.
IN_TEASER = 3.0
IN_PROSE = 2.0
IN_WIDGET = 2.0
LISTED = 1.5  # not the first of several of the same kind with other names
OF_WORKS = 4.0  # behind a title, in a list of titles with other names behind them
ASIDE, ASIDE_INTRODUCED = 1.5, 0.75
AT_END = 1.0  # in a footer or an author box
ONLY_LINKED = 1.0
ONLY_LOWER = 2.0  # a lower-case word that nothing but 'by' tells to be a name
LATER = 0.1  # for each signature before it

BEFORE, BEHIND = 30, 60  # elements from the title that are near
ONE_BYLINE = 300  # characters of a byline with several names
JOINING = frozenset(("", *AND, *AND_OR_NAME))


def weigh(place: int, found: Sequence[Signature], title: Node | None) -> float:
    """What speaks for one of the page's signatures, less what speaks against it."""
    signature = found[place]
    near = title is None or -BEFORE < signature.node.index - title.index < BEHIND
    weight = INTRODUCED * signature.introduced + LINKED * signature.linked + CALLED * signature.called
    weight += near * (NEAR + DATED * signature.dated)
    if signature.linked and not (signature.introduced or signature.called):
        weight -= ONLY_LINKED
    if not (signature.linked or signature.called) and signature.names[0].islower():
        weight -= ONLY_LOWER
    weight -= IN_TEASER * signature.in_teaser + IN_PROSE * signature.in_prose
    weight -= (ASIDE_INTRODUCED if signature.introduced else ASIDE) * signature.aside
    weight -= IN_WIDGET * (signature.chrome in ("widget", "hidden")) + AT_END * (
        signature.chrome in ("footer", "author_box")
    )
    if title is not None and 0 < signature.node.index - title.index < BEHIND and _is_own_line(signature):
        weight += OWN_LINE * (not _is_one_of_many(signature, found))
    if signature.node.tag == "li" and signature.introduced and not begins_byline(signature.node.text()):
        weight -= OF_WORKS * _is_one_of_many(signature, found)
    return weight - LATER * place - LISTED * _is_listed(signature, near, found)


def _is_one_of_many(signature: Signature, found: Sequence[Signature]) -> bool:
    """Whether other people's names stand in places of the same kind."""
    return any(each.names != signature.names and _are_alike(each, signature) for each in found)


def _is_own_line(signature: Signature) -> bool:
    """Whether a whole name fills a paragraph with the by-word before it."""
    if signature.aside or not signature.introduced or " " not in signature.names[0]:
        return False
    at: Node | None = signature.node
    while at is not None and at.tag != "p" and at.text_length == signature.node.text_length:
        at = at.parent
    fills = at is not None and at.tag == "p" and at.text_length == signature.node.text_length
    return fills and begins_byline(signature.node.text())


def are_beside(one: Signature, other: Signature) -> bool:
    """Whether two signatures stand in one byline, joined by nothing, a mark or an 'and'."""
    if not _are_alike(one, other) or fold(other.node.text_before()).strip(" ,;&/|").lower() not in JOINING:
        return False
    up, down = one.node.parent, other.node.parent
    for _ in range(3):
        if up is None or down is None:
            return False
        if up is down:
            return up.text_length < ONE_BYLINE
        up, down = up.parent, down.parent
    return False


def _is_listed(signature: Signature, near: bool, found: Sequence[Signature]) -> bool:
    """Whether other people's names stand in places of the same kind, as in a list, and this is not the first."""
    for other in found:
        if near and other is signature:
            return False
        if other.names != signature.names and _are_alike(other, signature) and not are_beside(signature, other):
            return True
    return False


def _are_alike(one: Signature, other: Signature) -> bool:
    return (one.node.tag, one.node.names, one.linked) == (other.node.tag, other.node.names, other.linked)
