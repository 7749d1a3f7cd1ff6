"""What is looked for in an archive, as values, and the FTS5 expressions that find it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scraper.text.bigrams import RUN, bigram_phrase

Field = Literal["text", "author", "tag", "blog"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a text must have, or must not: a word or phrase, who wrote it, under which tag, on which blog."""

    field: Field
    value: str
    is_unwanted: bool = False

    @property
    def runs(self) -> list[str]:
        """The pieces of it in scripts without spaces, which are looked for by their pairs of characters."""
        return RUN.findall(self.value)

    @property
    def is_mixed(self) -> bool:
        """Whether there is more to it than one such piece: then finding the pieces is not enough."""
        return bool(self.runs) and self.runs != [self.value]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that a search asks for; `after` and `before` are years, months or days, as ISO 8601."""

    parts: tuple[Part, ...] = ()
    within: Literal["posts", "comments"] | None = None
    after: str | None = None
    before: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return not (self.parts or self.within or self.after or self.before)

    def of(self, *fields: Field, is_unwanted: bool = False) -> list[Part]:
        """The parts about these fields."""
        return [part for part in self.parts if part.field in fields and part.is_unwanted == is_unwanted]


def word_expression(wanted: Iterable[Part], unwanted: Iterable[Part]) -> str | None:
    """The FTS5 expression for the words of these parts; None where no word is wanted.

    Every word is quoted, so that none is an operator or a column. FTS5's own tokenizer then splits `c++` or `e.org` as
    it did when it indexed them.

    >>> word_expression([Part("text", "c++"), Part("author", "Ann Lee")], [Part("text", "AND", True)])
    '"c++" author : "Ann Lee" NOT ("AND")'
    """
    words = " ".join(_in_column(part, quoted(part.value)) for part in wanted if not part.runs)
    others = " OR ".join(_in_column(part, quoted(part.value)) for part in unwanted if not part.runs)
    return f"{words} NOT ({others})" if words and others else words or None


def pair_expression(parts: Iterable[Part]) -> str | None:
    """The FTS5 expression for the pairs of characters of these parts; None where there are none.

    >>> pair_expression([Part("text", "図書館"), Part("text", "bread")])
    '"図書 書館"'
    """
    return " AND ".join(_in_column(part, bigram_phrase(run)) for part in parts for run in part.runs) or None


def quoted(value: str) -> str:
    """The FTS5 phrase of all its words, whatever stands between them."""
    return '"' + value.replace('"', '""') + '"'


def _in_column(part: Part, phrase: str) -> str:
    return f"author : {phrase}" if part.field == "author" else phrase
