"""Runs of words as keyed digests, by which a text is found again, or taken out, by one who does not have it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate
from unicodedata import normalize

LONGEST = 8  # words of a phrase: that many in a row are hardly anybody else's
SHORTEST = 5  # words of a text that is looked for as a whole
SIZE = 8  # bytes of a digest
PLACEHOLDER = "[forgotten]"
_PIECE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});|<[^<>]*>|([^\W_]+)")
_TAG = re.compile(r"<[^<>]*>")
_KEPT = re.compile(r"<[^<>]*>|\n")  # within what is taken out
_INLINE = r"</?(?:a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>"
_INLINE_TAG = re.compile(_INLINE, re.IGNORECASE)
_WITHIN = re.compile(rf"<(?<=[^\W_]<)(?:{_INLINE.removeprefix('<')})(?:{_INLINE})*(?=[^\W_])", re.IGNORECASE)  # a word
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_WORD = re.compile(r"[^\W_]+")
Word = tuple[str, int, int]  # case folded, with its place
Span = tuple[int, int]


def digest_of(key: str, *parts: str) -> str:
    """Sixteen hex digits that tell the parts by this key (hex).

    >>> digest_of("00ff", "jane", "doe") == digest_of("00ff", "jane doe") != digest_of("00fe", "jane doe")
    True
    """
    said = " ".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(said, key=bytes.fromhex(key), digest_size=SIZE).hexdigest()


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, without its tags, as phrases are made of them.

    >>> words_of("Jane <b>O'Neil</b>,&nbsp;Cork_City")
    ('jane', 'o', 'neil', 'cork', 'city')
    """
    return tuple(word for word, _, _ in _outside_tags(_composed(text)))


def phrases_of(text: str, shortest: int = SHORTEST) -> Iterator[tuple[str, ...]]:
    """All runs of eight words of the text; a shorter one as a whole, where it has so many words.

    >>> list(phrases_of("one two three", 2)), len(list(phrases_of("a b c d e f g h i")))
    ([('one', 'two', 'three')], 2)
    """
    words = words_of(text)
    if len(words) >= shortest:
        for start in range(max(1, len(words) - LONGEST + 1)):
            yield words[start : start + LONGEST]


def join_words(html: str) -> str:
    """The HTML without the tags that stand within a word.

    >>> join_words("<b>Jane</b> <em>D</em>oe")
    '<b>Jane</b> <em>Doe'
    """
    return _WITHIN.sub("", html)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases that are known by their digests: by key, then by how many words they have.

    With a `vocabulary`, which only who knows the phrases has, none of other words is looked at.
    """

    digests: Mapping[str, Mapping[int, frozenset[str]]]
    vocabulary: frozenset[str] | None = None

    def __bool__(self) -> bool:
        return any(self.digests.values())

    def are_in(self, text: str) -> bool:
        """Whether any of them is, be what looks like a tag one or not."""
        text = _composed(text)
        if self._is_in([*map(str.casefold, _WORD.findall(text))]):
            return True
        return "<" in text and self._is_in([word.casefold() for word in _PIECE.findall(text) if word])

    def scrub(self, text: str) -> str:
        """The text with '[forgotten]' in place of all of them; tags and line ends in it stay.

        >>> Phrases({"00": {2: frozenset([digest_of("00", "jane", "doe")])}}).scrub("<p>By <i>Jane</i> DOE.</p>")
        '<p>By <i>[forgotten]</i>.</p>'
        """
        whole = _composed(text)
        if not self.are_in(whole):
            return text
        parts, at = [], 0
        for start, end in _merged(self._spans(whole)):
            parts += [whole[at:start], PLACEHOLDER, *_KEPT.findall(whole, start, end)]
            at = end
        return "".join((*parts, whole[at:]))

    def scrub_html(self, html: str) -> str:
        """As `scrub`, also where tags stand within words; then all tags within lines go, since some lost their other.

        >>> Phrases({"00": {2: frozenset([digest_of("00", "jane", "doe")])}}).scrub_html("<p>By Jane <i>D</i>oe.</p>")
        '<p>By [forgotten].</p>'
        """
        scrubbed = self.scrub(html)
        joined = join_words(scrubbed)
        if joined == scrubbed or not self.are_in(joined):
            return scrubbed
        return _INLINE_TAG.sub("", self.scrub(joined))

    def _spans(self, text: str) -> list[Span]:
        found = self._found(list(_outside_tags(text)))
        for tag in _TAG.finditer(text):
            if " " in tag[0]:  # else it has no attributes
                found += self._found([(word, tag.start() + a, tag.start() + b) for word, a, b in _words(tag[0])])
        return found

    def _found(self, words: Sequence[Word]) -> list[Span]:
        matches = self._matches([word for word, _, _ in words])
        return [(words[first][1], words[first + length - 1][2]) for first, length in matches]

    def _is_in(self, words: Sequence[str]) -> bool:
        return next(self._matches(words), None) is not None

    def _matches(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where each begins, and how many words it has."""
        if self.vocabulary is not None and self.vocabulary.isdisjoint(words):
            return
        said = [word.encode("utf-8", "surrogatepass") for word in words]
        joined = b" ".join(said)
        places = [0, *accumulate(len(word) + 1 for word in said)]
        for key, by_length in self.digests.items():
            blank = blake2b(key=bytes.fromhex(key), digest_size=SIZE)
            for length, digests in by_length.items():
                for first in self._starts(words, length):
                    digest = blank.copy()
                    digest.update(joined[places[first] : places[first + length] - 1])
                    if digest.hexdigest() in digests:
                        yield first, length

    def _starts(self, words: Sequence[str], length: int) -> Iterable[int]:
        """Where so many words begin that could be a phrase."""
        if self.vocabulary is None:
            return range(len(words) - length + 1)
        return self._known_starts(words, length, self.vocabulary)

    def _known_starts(self, words: Sequence[str], length: int, vocabulary: frozenset[str]) -> Iterator[int]:
        known = 0
        for index, word in enumerate(words):
            known = known + 1 if word in vocabulary else 0
            if known >= length:
                yield index - length + 1


def _composed(text: str) -> str:
    """The text with accents in their letters, and without what nobody sees within words."""
    if text.isascii():
        return text
    return normalize("NFC", _UNSEEN.sub("", text))


def _outside_tags(text: str) -> Iterator[Word]:
    for found in _PIECE.finditer(text):
        if found[1]:
            yield (found[1].casefold(), found.start(), found.end())


def _words(text: str) -> list[Word]:
    return [(found[0].casefold(), found.start(), found.end()) for found in _WORD.finditer(text)]


def _merged(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans in their order, those that overlap as one."""
    start, end = -1, -1
    for first, last in sorted(spans):
        if first > end:
            if start >= 0:
                yield start, end
            start, end = first, last
        end = max(end, last)
    if start >= 0:
        yield start, end
