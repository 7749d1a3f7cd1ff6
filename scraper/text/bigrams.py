"""Pairs of neighbouring characters, by which words are found in scripts that put no spaces between them: `bigrams`."""

from __future__ import annotations

import re
from operator import add

# Thai, Lao, Burmese, Khmer, kana, Han: written without spaces. Hangul: with spaces, but its endings stick to the words.
# A tokenizer takes a whole run of them for one word.
RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_RARE = re.compile("[^\x00-\u0dff\u2000-\u2fff]")  # what other texts have none of; looked for ten times as fast


def bigrams(text: str | None) -> str | None:
    """The pairs of neighbours in each run of such scripts, and each run's last character; None where there are none.

    So any two characters that stand side by side are a word, any longer piece is a phrase of such words, and each
    character begins one.

    >>> bigrams("図書館 and 本"), bigrams("books")
    ('図書 書館 館 本', None)
    """
    if not text or text.isascii() or not _RARE.search(text):
        return None
    return " ".join(word for run in RUN.findall(text) for word in (*map(add, run, run[1:]), run[-1])) or None


def bigram_phrase(run: str) -> str:
    """The FTS5 phrase that finds this piece of a run anywhere in a text that was indexed as `bigrams`.

    >>> bigram_phrase("図書館"), bigram_phrase("本")
    ('"図書 書館"', '"本" *')
    """
    return f'"{" ".join(map(add, run, run[1:]))}"' if len(run) > 1 else f'"{run}" *'
