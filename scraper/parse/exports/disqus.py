"""Disqus's export (https://help.disqus.com/en/articles/1717164-comments-export): `read_disqus`.

It has threads, each with the address of its post, and comments, each with its thread and the comment that it answers.
What was deleted or is spam is left out by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from scraper.parse.exports.elements import Flaw, attribute, long_text, name_of, parts_of, read_elements, words
from scraper.parse.exports.values import Exported, ExportedComment, ExportedPost, LeftOut

MOST_CHARACTERS = 400_000_000  # of all comments, which are held until their thread is whole
PROFILES = "https://disqus.com/by/"

Parts = dict[str, list[Any]]


def read_disqus(stream: BinaryIO) -> Iterator[Exported]:
    """What the export holds: what is left out as it comes, then the threads with their comments. Never fails."""
    threads: dict[str, tuple[str, str]] = {}  # address and title, by id
    comments: dict[str, list[ExportedComment]] = {}  # by the id of their thread
    characters = 0
    for element in read_elements(stream, 1):
        if isinstance(element, Flaw):
            yield LeftOut("the export", f"damaged: {element.message}", damaged=True)
            break
        name, parts, ident = name_of(element), parts_of(element), attribute(element, "id")
        if name == "thread":
            threads[ident] = (words(parts, "link"), words(parts, "title"))
        elif name == "post":
            reason = _why_not(parts)
            if reason is not None:
                yield LeftOut(ident, f"{reason} comment", part_of_post=True)
                continue
            comment = _comment(parts, ident)
            characters += len(comment.html)
            comments.setdefault(_reference(parts, "thread"), []).append(comment)
        if characters > MOST_CHARACTERS:
            yield LeftOut("the export", "damaged: larger than any site's comments are", damaged=True)
            break
    yield from _threads(threads, comments)


def _threads(threads: dict[str, tuple[str, str]], comments: dict[str, list[ExportedComment]]) -> Iterator[Exported]:
    by_address: dict[str, tuple[str, list[ExportedComment]]] = {}  # one post may have several threads
    for ident, (address, title) in threads.items():
        found = comments.pop(ident, [])
        if not found:
            yield LeftOut(address or f"thread {ident}", "a thread without comments")
        elif not address.startswith(("http://", "https://")):
            yield LeftOut(f"thread {ident}", "a thread without the address of its post")
            yield from (LeftOut(address, "comment on an unknown post", part_of_post=True) for _ in found)
        else:
            by_address.setdefault(address, (title, []))[1].extend(found)
    for found in comments.values():
        yield from (LeftOut(each.id or "", "comment on an unknown post", part_of_post=True) for each in found)
    for address, (title, found) in by_address.items():
        yield ExportedPost(url=address, kind="thread", platform="", title=title or None, comments=_in_order(found))


def _in_order(comments: list[ExportedComment]) -> tuple[ExportedComment, ...]:
    return tuple(sorted(comments, key=lambda each: each.published or ""))


def _why_not(parts: Parts) -> str | None:
    for name, reason in (("isdeleted", "deleted"), ("isspam", "spam")):
        if words(parts, name) == "true":
            return reason
    return "unapproved" if words(parts, "isapproved") == "false" else None


def _comment(parts: Parts, ident: str) -> ExportedComment:
    author = parts_of(parts["author"][0]) if "author" in parts else {}
    user = words(author, "username")
    return ExportedComment(
        id=ident or None,
        parent=_reference(parts, "parent") or None,
        author=words(author, "name") or user or None,
        author_url=f"{PROFILES}{user}/" if user and words(author, "isanonymous") != "true" else None,
        published=words(parts, "createdat") or None,
        html=long_text(parts, "message"),
        breaks=True,
        permalink=f"#comment-{ident}" if ident else None,
        email=words(author, "email") or None,
        ip=words(parts, "ipaddress") or None,
    )


def _reference(parts: Parts, name: str) -> str:
    found = parts.get(name)
    return attribute(found[0], "id") if found else ""
