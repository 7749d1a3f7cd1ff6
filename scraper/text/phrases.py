"""Runs of words as keyed digests, by which a text is found again, or taken out, by one who does not have it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from unicodedata import is_normalized, normalize

LONGEST = 8  # words of a phrase: that many in a row are hardly anybody else's
SHORTEST = 5  # words of a text that is looked for as a whole
PLACEHOLDER = "[forgotten]"
_PIECE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});|<[^<>]*>|([^\W_]+)")
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]+")
Word = tuple[str, int, int]  # case folded, with its place
Span = tuple[int, int]


def digest_of(key: str, *parts: str) -> str:
    """Sixteen hex digits that tell the parts by this key (hex).

    >>> digest_of("00ff", "jane", "doe") == digest_of("00ff", "jane doe") != digest_of("00fe", "jane doe")
    True
    """
    said = " ".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(said, key=bytes.fromhex(key), digest_size=8).hexdigest()


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
        return bool(self._spans(text)) or ("<" in text and bool(self._found(_words(text))))

    def scrub(self, text: str) -> str:
        """The text with '[forgotten]' in place of all of them; tags in it stay.

        >>> Phrases({"00": {2: frozenset([digest_of("00", "jane", "doe")])}}).scrub("<p>By <i>Jane</i> DOE.</p>")
        '<p>By <i>[forgotten]</i>.</p>'
        """
        whole = _composed(text)
        spans = self._spans(whole)
        if not spans:
            return text
        parts, at = [], 0
        for start, end in _merged(spans):
            parts += [whole[at:start], PLACEHOLDER, *_TAG.findall(whole, start, end)]
            at = end
        return "".join((*parts, whole[at:]))

    def _spans(self, text: str) -> list[Span]:
        found = self._found(list(_outside_tags(text)))
        for tag in _TAG.finditer(text) if "<" in text else ():
            if " " in tag[0]:  # else it has no attributes
                found += self._found([(word, tag.start() + a, tag.start() + b) for word, a, b in _words(tag[0])])
        return found

    def _found(self, words: Sequence[Word]) -> list[Span]:
        spans: list[Span] = []
        for key, by_length in self.digests.items():
            for length, digests in by_length.items():
                for first in self._starts(words, length):
                    run = words[first : first + length]
                    if digest_of(key, *(word for word, _, _ in run)) in digests:
                        spans.append((run[0][1], run[-1][2]))
        return spans

    def _starts(self, words: Sequence[Word], length: int) -> Iterator[int]:
        """Where so many words begin that could be a phrase."""
        if self.vocabulary is None:
            yield from range(len(words) - length + 1)
            return
        known = 0
        for index, (word, _, _) in enumerate(words):
            known = known + 1 if word in self.vocabulary else 0
            if known >= length:
                yield index - length + 1


def _composed(text: str) -> str:
    return text if is_normalized("NFC", text) else normalize("NFC", text)


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
