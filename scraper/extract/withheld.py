"""Why a page shows no more than the beginning of its post: `find_withheld`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scraper.extract.addresses import HOME_PATH
from scraper.model import Link, Removal, Withheld
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.prose import fold
from scraper.text.urls import path_of, url_key, without_fragment

PASSWORD_FORM = "form.post-password-form, input[id^=pwbox-]"  # WordPress, today and in its first years
MOST_FORMS = 20  # that are looked at: of a list of protected posts each has one
LOCKED_TIERS = frozenset({"locked", "paid"})  # of article:content_tier
LONGEST_TEASER = 1500  # characters; behind more of them 'read more' leads to another post
TAIL = 300  # characters at the end of the text, where it would be said
WALLED = frozenset({"login_prompt", "newsletter", "appeal", "popup", "advert"})  # kinds of chrome that may say it
WALL_WORDS = (
    "subscri",
    "reading",
    "member",
    "unlock",
    "weiterlesen",
    "abonne",
    "suscr",
)  # one of them is in each of WALL
WALL = re.compile(
    r"subscribe to (?:continue|keep) reading|subscribe to (?:read|unlock) (?:the|this)|"
    r"this (?:post|article|story) is (?:for|only for|available to) (?:paid |paying )?(?:subscribers|members)|"
    r"to (?:continue|keep) reading,? (?:this|please|subscribe|sign|log|become)|"
    r"(?:log|sign) in to (?:continue|keep) reading|become a (?:member|subscriber) to (?:read|continue)|"
    r"(?:join|upgrade|pay|sign up) (?:now )?to unlock|unlock (?:this|the rest of this) (?:post|article|story)|"
    r"already a subscriber\? (?:log|sign) in|keep reading with a \d+-day free trial|"
    r"jetzt (?:abonnieren|anmelden) und weiterlesen|abonnez-vous pour lire|suscríbete para (?:leer|seguir)",
    re.I,
)
MORE = re.compile(  # a link that leads to the rest of the post, and says nothing else but perhaps the post's title
    r"\W*(?:(?<=\()more\W*|(?:read|view|see) (?:the )?(?:more|rest|full (?:post|article|story|entry))\b|"
    r"continue reading\b|keep reading\b|weiterlesen\b|lire la suite\b|leer más\b|seguir leyendo\b|continua a leggere\b|"
    r"leia mais\b|lees (?:meer|verder)\b|czytaj (?:dalej|więcej)\b|läs mer\b)\W*(?P<rest>.*)",
    re.I | re.S,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found of the post: its block and that block's text.

    `endings` are where it may end: its text with its links, and each line behind it with its own.
    """

    document: Document
    content: Node | None
    text: str
    endings: Sequence[tuple[str, Sequence[Link]]]
    title: str | None


def find_withheld(
    shown: Shown, here: Iterable[str | None], tiers: Iterable[str], removals: Iterable[Removal]
) -> Withheld | None:
    """'password', 'paywall' or 'teaser', or None for a post that is all there as far as the page says.

    :param here: the addresses of this page and of its post's others: what leads there is no way to a missing rest.
    :param tiers: what the page declares of who may read it.
    """
    if any(not _is_elsewhere(form, shown) for form in shown.document.body.select(PASSWORD_FORM)[:MOST_FORMS]):
        return "password"
    said = "\n".join(text[-TAIL:] for text, _ in shown.endings)
    if any(tier in LOCKED_TIERS for tier in tiers) or _is_wall(said):
        return "paywall"
    if _is_wall("\n".join(each.excerpt for each in removals if each.kind in WALLED)):
        return "paywall"
    return "teaser" if _is_teaser(shown, here) else None


def password_form(document: Document) -> Node | None:
    """The form that asks for a post's password."""
    found = document.body.select_one(PASSWORD_FORM)
    return next((up for up in found.ancestors() if up.tag == "form"), found) if found else None


def beside_form(form: Node | None, content: Node | None) -> Node | None:
    """The block in which the form stands that asks for a post's password: what is outside of it is not the post's."""
    block = next((up for up in form.ancestors() if up.tag not in ("p", "label")), None) if form else None
    if content is None or block is None or not (block is content or content.contains(block)):
        return None
    return block


def _is_wall(text: str) -> bool:
    lower = text.lower()
    return any(word in lower for word in WALL_WORDS) and WALL.search(text) is not None


def _is_elsewhere(form: Node, shown: Shown) -> bool:
    """Whether the form is of another post: in an entry that does not hold this one and has another heading."""
    entry = next((up for up in form.ancestors() if up.tag == "article" or up.names.find("hentry") >= 0), None)
    if entry is None or shown.content is None or entry.contains(shown.content):
        return False
    heading = entry.select_one("h1, h2, h3")
    return heading is not None and (shown.title is None or fold(shown.title) not in fold(heading.text()))


def _is_teaser(shown: Shown, here: Iterable[str | None]) -> bool:
    """Whether the text ends in a link to its rest."""
    if len(shown.text) > LONGEST_TEASER:
        return False
    own = {url_key(without_fragment(each)) for each in here if each}
    return any(_leads_on(text, links[-1], shown.title, own) for text, links in shown.endings if links)


def _leads_on(text: str, link: Link, named: str | None, own: set[str]) -> bool:
    """Whether the text ends in this link, and the link says that it leads to the rest."""
    if not 0 < len(link.text) < TAIL:
        return False
    words = fold(link.text)
    found = MORE.fullmatch(words)
    if found is None or not fold(text[-2 * TAIL :]).endswith(words):
        return False
    title = fold(named or "").casefold().strip(" .…")
    if found["rest"] and not (title and title in found["rest"].casefold()):
        return False  # 'Read more: another post'
    return url_key(without_fragment(link.url)) not in own and not HOME_PATH.match(path_of(link.url))
