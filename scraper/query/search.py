"""What a person typed becomes a safe FTS5 expression, and the posts and comments that it finds."""

from __future__ import annotations

import re
from dataclasses import replace

from scraper.store.hits import Hit
from scraper.store.reader import Reader
from scraper.text.prose import fold

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_UNBINDABLE = re.compile("[\0\ud800-\udfff]")  # SQLite ends a text at NUL; half a surrogate pair has no UTF-8 form
# Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han. FTS5's unicode61 takes a whole run of them for
# one word, so that only a scan finds what stands inside.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)

ASIDE = 40  # characters on either side of a term that a scan found


def search_expression(words: str) -> str | None:
    """The FTS5 expression that finds all these words; None where there is nothing to look for.

    "Quoted phrases" stay phrases; every other word is quoted, so that no word is an operator or a column. FTS5's own
    tokenizer then splits `c++` or `e.org` as it did when it indexed them.

    >>> search_expression('a AND "two words" c++')
    '"a" "AND" "two words" "c++"'
    >>> search_expression(' " ') is None
    True
    """
    return " ".join(f'"{term}"' for term in _find_terms(words)) or None


def _find_terms(words: str) -> list[str]:
    terms = (phrase.strip() or word for phrase, word in _TERM.findall(_UNBINDABLE.sub(" ", words)))
    return [term for term in terms if term]


def search(reader: Reader, words: str, limit: int = 20) -> list[Hit]:
    """The best posts and comments with all the words, best first; snippets mark what was found with [ and ].

    Words in scripts without spaces are found anywhere in a text, by a scan of all texts, newest first.
    """
    expression = search_expression(words)
    if expression is None:
        return []
    if not _UNSPACED.search(words):
        return reader.find(expression, limit)
    terms = _find_terms(words)
    return [replace(hit, snippet=_snippet(hit.snippet, terms[0])) for hit in reader.scan(terms, limit)]


def _snippet(text: str, term: str) -> str:
    """The text around the first place of the term, which is marked."""
    start = text.lower().find(term.lower())
    if start < 0:
        return fold(text[: 2 * ASIDE])
    end = start + len(term)
    before, after = text[max(0, start - ASIDE) : start], text[end : end + ASIDE]
    cut = ("…" if start > ASIDE else "", "…" if len(text) > end + ASIDE else "")
    return f"{cut[0]}{fold(f'{before}[{text[start:end]}]{after}')}{cut[1]}"
