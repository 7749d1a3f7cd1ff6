"""`Mentions`: where texts name one of many names, by whole words, in a time that is linear in the text.

A name is compared word by word, without case and whatever stands between its words; each sign of scripts that are
written without spaces is a word. Names that are everyday words ('Will', 'anonymous') count only behind '@' or where
they are written with a capital, those of two letters ('Al') also as they are written themselves, single signs behind
'@'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from unicodedata import is_normalized, normalize

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # Thai to Hangul
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}]+")
WIDEST_GAP = 3  # characters between two words of a name
MOST_WORDS = 8  # of a name that are compared
EVERYDAY = frozenset(
    """
    a about after again all also always am an and any anon anonymous anonym anonyme anonimo are as ask at author away
    back be because been before best big blog book both but by call can come could day did do does down each end even
    ever few find first for from get give go good great guest had has have he hello her here hey hi him his home how i
    if in into is it its job joy just know last let life like little long look love made make man many may me more most
    much must my name new news no none not now of off old on one only or other our out over own people please post
    reader right said same say see she should site so some still such take test than thank thanks that the their them
    then there these they thing think this those time to too two unknown up us use user very visitor want was way we
    web well were what when where which while who why will with work world would year yes yet you your
    admin administrator moderator editor webmaster gast invitado invité ospite
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december summer winter spring autumn
    auch auf aus bei das dass dem den der des die du ein eine er es für hat ich ihr im ist ja kann man mein mit nach
    nicht noch nur oder sein sich sie sind so und uns von vor war was wenn wer wie wir zu zum zur
    au aux avec ce cette dans de elle en est et il je la le les leur lui mais moi mon ne nous on ou par pas plus pour
    que qui se ses son sur te toi ton tu un une vous
    al con como del el ella es eso esta este la las lo los mas mi muy para pero por que se si sin su sus te tu un una y
    che chi ci come con da del della di e gli ho il io la lo ma mi nel non per si sono su ti tu un una
    em com da do dos ele ela eu mas meu na não no nos o os para por seu sua um uma voz
    een en het ik je maar met niet of op te van voor was wat zijn
    """.split()
)

Lookup = Mapping[str, str | None]


def name_key(name: str) -> str:
    """The name as it is compared: its words in small letters. Empty for one without a word.

    >>> name_key("J.R.  Smith"), name_key("@bob"), name_key("***")
    ('j r smith', 'bob', '')
    """
    return " ".join(word.casefold() for word in _WORD.findall(_composed(name)))


def first_name(name: str) -> str | None:
    """The first of several words of a name, as others may call this person; None where that could be anything."""
    words = _WORD.findall(_composed(name))
    if len(words) < 2 or len(words[0]) < 3 or not words[0][0].isupper():
        return None
    first = str(words[0].casefold())
    return None if first in EVERYDAY else first


class Mentions:
    """Names to look for. `replace` gets a name's key, as `name_key` makes it, and returns what is to stand there."""

    def __init__(self, names: Iterable[str], replace: Callable[[str], str]) -> None:
        self._replace = replace
        self._short: set[str] = set()  # names of two letters, as they are written
        self._known: dict[str, str | None] = {}  # a name's words, or the first of them, which are no name (None)
        for name in names:
            key = name_key(name)
            if len(key) == 2:
                self._short.add(name.strip())
            words = key.split(" ")[:MOST_WORDS]
            for count in range(1, len(words)):
                self._known.setdefault(" ".join(words[:count]), None)
            if key:
                self._known[" ".join(words)] = key

    def hide(self, text: str, more: Lookup | None = None) -> str:
        """The text with what `replace` makes of each name, an '@' before it stays; the longest of two names wins.

        :param more: words that stand for a name here only, such as first names, where they begin with a capital.
        """
        text = _composed(text)
        parts: list[str] = []
        done = 0
        for start, end, key in self.find(text, more):
            parts += (text[done:start], self._replace(key))
            done = end
        return "".join((*parts, text[done:])) if parts else text

    def find(self, text: str, more: Lookup | None = None) -> Iterator[tuple[int, int, str]]:
        """Where the names begin and end that `hide` replaces, and their keys, in a text in NFC."""
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            key, count = self._longest(text, words, at, more or {})
            if key is not None:
                yield words[at].start(), words[at + count - 1].end(), key
            at += max(count, 1)

    def _longest(self, text: str, words: list[re.Match[str]], at: int, more: Lookup) -> tuple[str | None, int]:
        """The key of the longest name that begins at this word, and of how many words it is."""
        tried = ""
        found: tuple[str | None, int] = (None, 0)
        for count in range(1, min(MOST_WORDS, len(words) - at) + 1):
            here = words[at + count - 1]
            if count > 1 and here.start() - words[at + count - 2].end() > WIDEST_GAP:
                break
            tried = f"{tried} {here[0].casefold()}" if tried else here[0].casefold()
            if tried not in self._known:
                break
            key = self._known[tried]
            if key is not None and self._counts(text, words[at : at + count], tried):
                found = (key, count)
        first = more.get(words[at][0].casefold())
        if found[0] is None and first is not None and (words[at][0][0].isupper() or _is_addressed(text, words[at])):
            return first, 1
        return found

    def _counts(self, text: str, words: list[re.Match[str]], key: str) -> bool:
        """Whether these words are the name that they look like."""
        if _is_addressed(text, words[0]):
            return True
        if len(key) == 1 or key.isdecimal():
            return False
        if all(word in EVERYDAY for word in key.split(" ")):
            return all(word[0][0].isupper() for word in words)
        return len(key) > 2 or len(words) > 1 or words[0][0][0].isupper() or words[0][0] in self._short


def _is_addressed(text: str, word: re.Match[str]) -> bool:
    return word.start() > 0 and text[word.start() - 1] in "@＠"


def _composed(text: str) -> str:
    return text if is_normalized("NFC", text) else normalize("NFC", text)
