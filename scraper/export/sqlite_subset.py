"""`write_sqlite`: some posts as a database of their own, with commenters under pseudonyms if that is asked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from scraper.export.mentions import Lookup
from scraper.export.pseudonyms import Pseudonyms
from scraper.export.selection import Selection
from scraper.store.reader import Reader
from scraper.store.upkeep.subset import Cells

NO_TEXT = frozenset({"removals", "claims"})  # what pages say in other places: not copied where names are to be hidden


def write_sqlite(selection: Selection, path: Path) -> int:
    """The number of posts."""
    hide = _Rewriting(selection.reader, selection.pseudonyms) if selection.pseudonyms else None
    return selection.reader.copy_posts(path, selection.ids, hide)


class _Rewriting:
    """What is copied instead of a row so that it names no commenter."""

    def __init__(self, reader: Reader, pseudonyms: Pseudonyms) -> None:
        self._names = pseudonyms
        self._told: set[str] = set()  # values that have to differ from each other
        self._called = lru_cache(maxsize=64)(lambda post: pseudonyms.first_names(reader.commenters_of(post)))
        self._post_of = lru_cache(maxsize=64)(reader.post_of_comment)
        self._url_of = lru_cache(maxsize=64)(reader.url_of_post)

    def __call__(self, table: str, row: Cells) -> Cells | None:
        if table in NO_TEXT:
            return None
        change = getattr(self, f"_{table}", None)
        return row if change is None else {**row, **change(row)}

    def _pages(self, row: Cells) -> Cells:
        return {"contexts": None}  # of leaked debug output

    def _posts(self, row: Cells) -> Cells:
        more = self._called(row["id"])
        return {**self._texts(row, more, "title", "subtitle", "text"), "html": self._names.html(row["html"], more)}

    def _comments(self, row: Cells) -> Cells:
        names, more = self._names, self._called(row["post_id"])
        url, stated = self._url_of(row["post_id"]), row["parent_ref"]
        is_address = stated is not None and "://" in stated
        return {
            "parent_ref": names.permalink(stated, url) if is_address else names.reference(stated),
            "platform_id": names.reference(row["platform_id"]),
            "permalink": names.permalink(row["permalink"], url),
            "author": names.name(row["author"]),
            "author_url": names.url(row["author_url"]),
            "avatar_url": names.url(row["avatar_url"]),
            **self._texts(row, more, "subject", "text"),
            "html": names.html(row["html"], more),
        }

    def _tags(self, row: Cells) -> Cells:
        return {"name": self._only("tag", self._names.text(row["name"]), row["id"])}

    def _media(self, row: Cells) -> Cells:
        return {"url": self._only("picture", self._names.text(row["url"]), row["id"])}

    def _post_media(self, row: Cells) -> Cells:
        return self._texts(row, self._called(row["post_id"]), "alt", "caption")

    def _links(self, row: Cells) -> Cells:
        return self._texts(row, self._called(row["post_id"]), "url", "text")

    def _post_parts(self, row: Cells) -> Cells:
        more = self._called(row["post_id"])
        texts = {**self._texts(row, more, "text"), "html": self._names.html(row["html"], more)}
        return {**texts, "images": "[]", "links": "[]"}

    def _revisions(self, row: Cells) -> Cells:
        if row["person_id"] is not None:  # a bio, which the blog published
            return {}
        post = row["post_id"] if row["post_id"] is not None else self._post_of(row["comment_id"])
        more = self._called(post)
        texts = {**self._texts(row, more, "title", "text"), "html": self._names.html(row["html"], more)}
        return {**texts, "text_sha256": self._names.reference(row["text_sha256"])}

    def _post_sightings(self, row: Cells) -> Cells:
        return {"text_sha256": self._names.reference(row["text_sha256"])}

    def _comment_sightings(self, row: Cells) -> Cells:
        url = self._url_of(self._post_of(row["comment_id"]))
        return {
            "author": self._names.name(row["author"]),
            "permalink": self._names.permalink(row["permalink"], url),
            "text_sha256": self._names.reference(row["text_sha256"]),
        }

    def _texts(self, row: Cells, more: Lookup, *columns: str) -> Cells:
        return {column: self._names.maybe_text(row[column], more) for column in columns}

    def _only(self, kind: str, text: str, key: int) -> str:
        """The text, with the row's key behind it where another row has it already."""
        mark = f"{kind} {text}"
        made = f"{text} #{key}" if mark in self._told else text
        self._told.add(mark)
        return made
