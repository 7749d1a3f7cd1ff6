"""`Pseudonyms`: commenters under other names, the same one everywhere in an export, and in all made with one key."""

from __future__ import annotations

import hashlib
import hmac
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape
from itertools import accumulate
from unicodedata import normalize

from scraper.export.mentions import Lookup, Mentions, first_name, name_key
from scraper.export.safe_html import safe_html
from scraper.parse.node import INLINE
from scraper.store.reader import ArchivedPost, ThreadComment
from scraper.text.entities import unescape
from scraper.text.prose import fold
from scraper.text.urls import url_key

DIGITS = 12  # hexadecimal, of a pseudonym: two in a million commenters are the same with a chance of 1 in 500
LONGEST_ADDRESS = 2_000  # characters that are compared
MOST_STEPS = 8  # of an address, as far as which it may be that of a commenter
PLACE = "https://pseudonym.invalid/"  # a name that no server ever has (RFC 2606)
_ADDRESS = re.compile(r"""(?:https?://|mailto:)[^\s<>"']+""", re.I)
_TRAILING = ".,;:!?)]}"  # of an address in a text: the sentence's
# Where an address names a comment by its number: Drupal's path, WordPress's and Blogger's parameters.
_COMMENT = re.compile(r"(/comments?[/-])[0-9]+|([?&](?:replytocom|comment_?id|cid|showcomment)=)[0-9]+", re.I)
_MARKUP = re.compile(r"""(<[a-zA-Z/!](?:"[^"]*"|[^">])*>)""")
_ATTRIBUTE = re.compile(r"""(\s)(href|src|cite|alt|title)="([^"]*)\"""")


class Pseudonyms:
    """What to call whom. `names` and `urls` are those of all commenters, `hosts` those of the archived blogs."""

    def __init__(self, key: bytes, names: Iterable[str], urls: Iterable[str], hosts: Iterable[str] = ()) -> None:
        self._key = key
        self._hosts = frozenset(hosts)
        self._urls = {place for url in urls if (place := _place(url)) and place not in self._hosts}
        sites = (place for place in self._urls if "/" not in place)
        self._mentions = Mentions((*names, *sites), self._person)

    def name(self, name: str | None) -> str | None:
        """The pseudonym of this commenter."""
        return None if name is None else self._person(name_key(name) or fold(name))

    def url(self, url: str | None) -> str | None:
        """What stands for a commenter's address or picture."""
        return None if url is None else PLACE + self._digest("url", _place(url) or url)

    def reference(self, text: str | None) -> str | None:
        """What stands for a platform's id of a comment."""
        return None if text is None else self._digest("reference", text)

    def permalink(self, permalink: str | None, post_url: str) -> str | None:
        """What stands for a comment's address: one that leads to the post only."""
        return None if permalink is None else f"{post_url.partition('#')[0]}#{self._digest('reference', permalink)}"

    def text(self, text: str, more: Lookup | None = None) -> str:
        """The text with commenters' names and addresses replaced; `more`: further words that stand for one of them."""
        parts: list[str] = []
        done = 0
        for found in _ADDRESS.finditer(text):
            stated = found[0].rstrip(_TRAILING)
            parts += (self._mentions.hide(text[done : found.start()], more), self._address(stated, more))
            done = found.start() + len(stated)
        return "".join((*parts, self._mentions.hide(text[done:], more)))

    def maybe_text(self, text: str | None, more: Lookup | None = None) -> str | None:
        return None if text is None else self.text(text, more)

    def html(self, html: str, more: Lookup | None = None) -> str:
        """The same for HTML, which is sanitised first: its text, and the addresses and texts in its attributes."""
        if not html:
            return html

        def attribute(found: re.Match[str]) -> str:
            value = unescape(found[3])
            hidden = self.text(value, more) if found[2] in ("alt", "title") else self._address(value, more)
            return f'{found[1]}{found[2]}="{escape(hidden)}"'

        pieces = self._with_whole_names(_MARKUP.split(safe_html(html)), more)
        for at, piece in enumerate(pieces):
            if at % 2:
                pieces[at] = _ATTRIBUTE.sub(attribute, piece)
            elif piece:
                pieces[at] = escape(self.text(piece, more), quote=False)
        return "".join(pieces)

    def _with_whole_names(self, pieces: list[str], more: Lookup | None) -> list[str]:
        """The texts, unescaped, and tags in turn; a name that has tags within it stands as a whole where it begins."""
        texts = [
            ("" if _tag(piece) in INLINE else "\n") if at % 2 else normalize("NFC", unescape(piece))
            for at, piece in enumerate(pieces)
        ]
        starts = [0, *accumulate(map(len, texts))]
        whole = "".join(texts)
        for start, end, _ in reversed(list(self._mentions.find(whole, more))):
            first, last = bisect_right(starts, start) - 1, bisect_left(starts, end) - 1
            if first < last:
                texts[first] = texts[first][: start - starts[first]] + whole[start:end].replace("\n", " ")
                texts[last] = texts[last][end - starts[last] :]
                texts[first + 1 : last] = [""] * (last - first - 1)
        return [piece if at % 2 else texts[at] for at, piece in enumerate(pieces)]

    def post(self, post: ArchivedPost) -> ArchivedPost:
        """The post and its thread with pseudonyms. Who signs the post keeps the name there, and the bio."""
        more = self.first_names([comment.author for comment in post.comments])
        return replace(
            post,
            title=self.maybe_text(post.title, more),
            subtitle=self.maybe_text(post.subtitle, more),
            text=self.text(post.text, more),
            html=self.html(post.html, more),
            tags=tuple(self.text(tag, more) for tag in post.tags),
            categories=tuple(self.text(category, more) for category in post.categories),
            comments=tuple(self._comment(comment, post.url, more) for comment in post.comments),
        )

    def first_names(self, names: Sequence[str | None]) -> Lookup:
        """What those who commented on one post may be called in it, with the key of whom each stands for."""
        called: dict[str, str | None] = {}
        for name in names:
            first = first_name(name) if name else None
            if name and first:
                called.setdefault(first, name_key(name))
        return called

    def _comment(self, comment: ThreadComment, post_url: str, more: Lookup) -> ThreadComment:
        return replace(
            comment,
            platform_id=self.reference(comment.platform_id),
            permalink=self.permalink(comment.permalink, post_url),
            author=self.name(comment.author),
            author_url=self.url(comment.author_url),
            avatar_url=self.url(comment.avatar_url),
            subject=self.maybe_text(comment.subject, more),
            text=self.text(comment.text, more),
            html=self.html(comment.html, more),
        )

    def _address(self, url: str, more: Lookup | None) -> str:
        """The address with a commenter's replaced, the place of a comment on the archived blogs taken off."""
        place = _place(url[:LONGEST_ADDRESS])
        steps = place.split("/", MOST_STEPS)
        if any("/".join(steps[:count]) in self._urls for count in range(1, len(steps) + 1)):
            return PLACE + self._digest("url", place)
        if steps[0] in self._hosts:
            url = _COMMENT.sub(r"\1\2", url.partition("#")[0])
        return self._mentions.hide(url, more)

    def _person(self, key: str) -> str:
        return f"person-{self._digest('name', key)}"

    def _digest(self, kind: str, value: str) -> str:
        return hmac.new(self._key, f"{kind}\0{value}".encode(errors="replace"), hashlib.sha256).hexdigest()[:DIGITS]


def _tag(markup: str) -> str:
    return markup.strip("</>").partition(" ")[0]


def _place(url: str) -> str:
    """An address as it is compared: host, path and query, without 'www.' and a slash at the end."""
    return url_key(url).partition("://")[2].removeprefix("www.").rstrip("/") if "://" in url else url.casefold()
