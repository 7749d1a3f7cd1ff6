"""Blogger's export: `read_blogger`. The Atom file of the blog's settings ('Back up content'), and Takeout's feed.atom.

Posts, pages and comments stand one after the other; a comment names its post. Takeout's file has no addresses, only the
paths of posts on their blog: those need the blog's own address, which is the one given or the one by which posts link
to each other; else posts are known by their ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from scraper.parse.exports.elements import (
    Flaw,
    attribute,
    long_text,
    name_of,
    parts_of,
    read_elements,
    text_of,
    words,
)
from scraper.parse.exports.home import find_home
from scraper.parse.exports.values import (
    Exported,
    ExportedComment,
    ExportedKind,
    ExportedPerson,
    ExportedPost,
    LeftOut,
    Made,
)
from scraper.text.urls import resolve

MOST_CHARACTERS = 400_000_000  # of all posts and comments, which are held until their end is known
POSTS: dict[str, ExportedKind] = {"post": "post", "page": "other"}
KIND_SCHEME = "//schemas.google.com/g/2005#kind"
LAST_NUMBER = re.compile(r"(\d+)/?$")

Parts = dict[str, list[Any]]


@dataclass(slots=True)
class _Blog:
    base: str | None
    title: str | None = None
    characters: int = 0
    posts: dict[str, ExportedPost] = field(default_factory=dict)  # by id
    paths: dict[str, str] = field(default_factory=dict)  # of those without an address, by the same
    comments: dict[str, list[ExportedComment]] = field(default_factory=dict)  # by the id of their post


def read_blogger(stream: BinaryIO, base: str | None = None) -> Iterator[Exported]:
    """What the export holds: what is left out as it comes, then the posts. Never fails.

    :param base: the blog's address.
    """
    blog = _Blog(base)
    for element in read_elements(stream, 1):
        if isinstance(element, Flaw):
            yield LeftOut("the export", f"damaged: {element.message}", damaged=True)
            break
        name = name_of(element)
        if name == "entry":
            yield from _entry(parts_of(element), blog)
        elif name == "title":
            blog.title = text_of(element)
        elif name == "updated":
            yield Made(text_of(element))
        if blog.characters > MOST_CHARACTERS:
            yield LeftOut("the export", "damaged: larger than any blog is", damaged=True)
            break
    yield from _posts(blog)


def _posts(blog: _Blog) -> Iterator[Exported]:
    base = blog.base or find_home((each.html for each in blog.posts.values()), blog.paths.values())
    for ident, stated in blog.posts.items():
        placed = resolve(base, blog.paths[ident]) if base and ident in blog.paths else None
        post = replace(stated, url=placed) if placed else stated
        comments = [_on(post, each) for each in blog.comments.pop(ident, ())]
        comments = [replace(each, parent=None) if each.parent == ident else each for each in comments]
        yield replace(post, comments=tuple(comments), comments_complete=True)
    for comments in blog.comments.values():
        yield from (LeftOut(each.id or "", "comment on what is left out", part_of_post=True) for each in comments)


def _on(post: ExportedPost, comment: ExportedComment) -> ExportedComment:
    """The comment with what its post tells: its address there, and whether its author is the post's."""
    profile = next((each.url for each in post.authors if each.url), None)
    is_own = bool(LAST_NUMBER.search(profile or "")) and comment.author_url == profile
    permalink = comment.permalink
    if permalink is None and post.url.startswith("http") and comment.id:
        permalink = f"{post.url}#c{comment.id}"
    return replace(comment, permalink=permalink, by_post_author=is_own)


def _entry(parts: Parts, blog: _Blog) -> Iterator[Exported]:
    kind = _kind(parts)
    links = _links(parts)
    name = links.get("alternate") or words(parts, "id") or "an entry without id"
    reason = _why_not(parts)
    if kind == "comment":
        if reason is not None:
            yield LeftOut(name, f"{reason} comment", part_of_post=True)
            return
        comment = _comment(parts, links)
        blog.characters += len(comment.html)
        blog.comments.setdefault(_post_of(parts), []).append(comment)
    elif kind not in POSTS:
        yield LeftOut(name, f"of type {kind or 'unknown'}")
    elif reason is not None:
        yield LeftOut(name, f"not published: {reason}")
    else:
        post = _post(parts, links, POSTS[kind], blog)
        blog.characters += len(post.html)
        ident = _ident(words(parts, "id"))
        blog.posts[ident] = post
        if (path := words(parts, "blogger:filename")) and "alternate" not in links:
            blog.paths[ident] = path


def _kind(parts: Parts) -> str:
    for each in parts.get("category", ()):
        if attribute(each, "scheme").endswith(KIND_SCHEME):
            return attribute(each, "term").rpartition("#")[2]
    return words(parts, "blogger:type").lower()


def _why_not(parts: Parts) -> str | None:
    """What the entry is, where it is not for readers: a draft, deleted, in the spam folder."""
    control = parts.get("app:control")
    if control and words(parts_of(control[0]), "app:draft") == "yes":
        return "draft"
    status = words(parts, "blogger:status").lower().replace("_", " ")
    if status not in ("", "live"):
        return status
    if words(parts, "blogger:trashed"):
        return "trashed"
    is_removed = any(
        attribute(each, "name") == "blogger.contentRemoved" and attribute(each, "value") == "true"
        for each in parts.get("extendedproperty", ())
    )
    return "removed" if is_removed else None


def _post(parts: Parts, links: dict[str, str], kind: ExportedKind, blog: _Blog) -> ExportedPost:
    author = _person(parts)
    return ExportedPost(
        url=links.get("alternate") or words(parts, "id"),
        kind=kind,
        platform="blogger",
        title=words(parts, "title") or None,
        authors=(author,) if author else (),
        published=words(parts, "published") or None,
        modified=words(parts, "updated") or None,
        html=long_text(parts, "content"),
        tags=_labels(parts),
        site_name=blog.title,
    )


def _comment(parts: Parts, links: dict[str, str]) -> ExportedComment:
    author = _person(parts)
    answered = words(parts, "blogger:inreplyto") or links.get("related", "")
    return ExportedComment(
        id=_ident(words(parts, "id")) or None,
        parent=_ident(answered) or None,
        author=author.name if author else None,
        author_url=author.url if author else None,
        published=words(parts, "published") or None,
        html=long_text(parts, "content") or long_text(parts, "summary"),
        breaks=True,
        permalink=links.get("alternate"),
    )


def _post_of(parts: Parts) -> str:
    found = parts.get("thr:in-reply-to")
    return _ident(attribute(found[0], "ref") if found else words(parts, "blogger:parent"))


def _ident(stated: str) -> str:
    """The number that ends an id ('tag:blogger.com,1999:blog-1.post-2') or an address of the interface."""
    found = LAST_NUMBER.search(stated)
    return found[1] if found else ""


def _links(parts: Parts) -> dict[str, str]:
    found = {attribute(each, "rel"): attribute(each, "href") for each in reversed(parts.get("link", []))}
    return {rel: href for rel, href in found.items() if rel and href}


def _labels(parts: Parts) -> tuple[str, ...]:
    schemes = ((attribute(each, "scheme"), attribute(each, "term")) for each in parts.get("category", ()))
    return tuple(dict.fromkeys(term for scheme, term in schemes if term and not scheme.endswith(KIND_SCHEME)))


def _person(parts: Parts) -> ExportedPerson | None:
    author = parts_of(parts["author"][0]) if "author" in parts else {}
    name = words(author, "name")
    return ExportedPerson(name, words(author, "uri") or None) if name else None
