"""`SearchIndex`: the words of a site's posts as scripts, which a page that was opened from a disk may load."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import combining, normalize

from scraper.export.jsonl import json_line
from scraper.export.plain import plain
from scraper.store.reader import ArchivedPost

MOST = 2_000_000  # characters of one file
_WORD = re.compile(r"\w+")


class SearchIndex:
    """Writes files into a folder as posts are added; `close` writes the last one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: list[str] = []
        self._size = 0
        self.files: list[str] = []

    def add(self, post: ArchivedPost, shown: tuple[str, ...]) -> None:
        """A post, and what a result shows of it: title, date, author, file, excerpt."""
        entry = json_line([*shown, _words(post)]).rstrip()
        self._waiting.append(entry)
        self._size += len(entry)
        if self._size > MOST:
            self.close()

    def close(self) -> None:
        if not self._waiting:
            return
        name = f"words-{len(self.files) + 1}.js"
        text = "archive.add([\n" + ",\n".join(self._waiting) + "\n]);\n"
        (self._folder / name).write_text(text, encoding="utf-8", errors="replace")
        self.files.append(name)
        self._waiting, self._size = [], 0


def _words(post: ArchivedPost) -> str:
    """Each word of the post and its thread once, folded as search.js folds what is looked for."""
    signers = (signer.name for signer in post.signers)
    texts = [post.title, post.subtitle, *signers, *post.tags, *post.categories, post.text]
    texts += [part for comment in post.comments for part in (comment.author, comment.subject, comment.text)]
    words: dict[str, None] = {}
    for text in texts:
        words.update(dict.fromkeys(_WORD.findall(_folded(plain(text)))))
    return " " + " ".join(words)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return "".join(each for each in normalize("NFKD", text) if not combining(each)).lower()
