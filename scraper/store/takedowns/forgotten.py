"""`Forgotten`: the list of what was taken out on request, and what a thing is known by on it. No database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from scraper.model import Comment
from scraper.store.planning.people import name_key
from scraper.text.phrases import Phrases, digest_of, words_of
from scraper.text.urls import url_key

Kind = Literal["url", "tree", "signer", "comment", "capture", "phrase"]
KINDS: tuple[Kind, ...] = ("url", "tree", "signer", "comment", "capture", "phrase")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a digest by a key, of something of a kind; of a phrase, how many words it has."""

    key: str
    kind: Kind
    words: int
    digest: str


def make_entry(key: str, kind: Kind, said: str) -> Entry:
    """The entry of what is said by a text that is not kept."""
    return Entry(key, kind, 0, digest_of(key, kind, said))


def make_phrase(key: str, words: tuple[str, ...]) -> Entry:
    """The entry of a run of words."""
    return Entry(key, "phrase", len(words), digest_of(key, *words))


class Forgotten:
    """The list, as it is asked. `phrases` are the runs of words on it; who knows them has their vocabulary, too."""

    def __init__(self, entries: Iterable[Entry] = (), vocabulary: frozenset[str] | None = None) -> None:
        self._digests: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))  # by kind and key
        phrases: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for entry in entries:
            if entry.kind == "phrase":
                phrases[entry.key][entry.words].add(entry.digest)
            else:
                self._digests[entry.kind][entry.key].add(entry.digest)
        self.phrases = Phrases(
            {key: {length: frozenset(found) for length, found in each.items()} for key, each in phrases.items()},
            vocabulary,
        )

    def __bool__(self) -> bool:
        return bool(self._digests) or bool(self.phrases)

    def has_url(self, *urls: str | None) -> bool:
        """Whether one of these addresses, or one above it, is on the list."""
        if not ("url" in self._digests or "tree" in self._digests):
            return False
        keys = [url_key(url) for url in urls if url]
        return any(self._has("url", key) for key in keys) or any(
            self._has("tree", above) for key in keys for above in _trees(key)
        )

    def has_signer(self, name: str | None, url: str | None) -> bool:
        """Whether who signs so is on the list, by name or by profile."""
        return any(self._has("signer", each) for each in signers(name, url))

    def has_comment(self, post_url: str | None, comment: Comment) -> bool:
        """Whether the comment on this post is on the list, or who signed it."""
        if self.has_signer(comment.author, comment.author_url):
            return True
        return any(self._has("comment", each) for each in comment_names(post_url, comment))

    def has_capture(self, url: str, payload_sha256: str, fetched_at: str | None) -> bool:
        """Whether a capture with these bytes was cleared."""
        return self._has("capture", capture_name(url, payload_sha256, fetched_at))

    def _has(self, kind: Kind, said: str) -> bool:
        return (
            any(digest_of(key, kind, said) in found for key, found in self._digests[kind].items())
            if (kind in self._digests)
            else False
        )


def signers(name: str | None, url: str | None) -> Iterator[str]:
    """What a signer is known by."""
    if key := name_key(name):
        yield f"name {key}"
    if url:
        yield f"profile {url_key(url)}"


def comment_names(post_url: str | None, comment: Comment) -> Iterator[str]:
    """What a comment is known by: id or permalink, and who said what."""
    post = url_key(post_url or "")
    if comment.id:
        yield f"id {post} {comment.id}"
    if comment.permalink:
        yield permalink_name(comment.permalink)
    if words := words_of(comment.text):
        yield f"said {post} {name_key(comment.author) or ''}: {' '.join(words)}"


def permalink_name(permalink: str) -> str:
    """What a comment is known by that has this address: one with a fragment, or of its own."""
    return f"at {url_key(permalink)}#{permalink.partition('#')[2]}"


def capture_name(url: str, payload_sha256: str, fetched_at: str | None) -> str:
    """What a capture is known by."""
    return f"{url} {payload_sha256} {fetched_at or ''}"


def _trees(key: str) -> Iterator[str]:
    """The address without its query, and all above it, but for the site's own."""
    path = key.partition("?")[0].rstrip("/")
    while path.count("/") > 2:
        yield path
        path = path.rpartition("/")[0]


def tree_of(key: str) -> str | None:
    """What stands for the address of this key with all below it; None where that would be the whole site, or cannot be.

    >>> tree_of("http://blog.example/slow-bread/"), tree_of("http://blog.example/"), tree_of("http://b.example/?p=1")
    ('http://blog.example/slow-bread', None, None)
    """
    return next(_trees(key), None) if "?" not in key else None
