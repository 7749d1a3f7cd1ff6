"""Ghost's export, JSON (https://ghost.org/docs/migration/ghost/, versions 1 to 5): `read_ghost`.

Posts and pages with their authors and tags. Members, settings, and what else a site keeps are never read. Posts have no
addresses: those are made of their slugs, below the blog's address, which is the one given or the one by which posts
link to each other; else posts are known by their ids.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from typing import Any, BinaryIO
from urllib.parse import quote

from scraper.parse.exports.home import find_home
from scraper.parse.exports.values import Exported, ExportedPerson, ExportedPost, LeftOut, Made
from scraper.text.prose import whole_characters
from scraper.text.urls import resolve

MOST_BYTES = 256_000_000
MOST_CHARACTERS = 2_500_000  # of one text
PLACE = "__GHOST_URL__"  # stands for the blog's address
PUBLIC = ("published", "sent")


def read_ghost(stream: BinaryIO, base: str | None = None) -> Iterator[Exported]:
    """What the export holds, in its order. Never fails.

    :param base: the blog's address.
    """
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        yield LeftOut("the export", f"damaged: larger than {MOST_BYTES} bytes", damaged=True)
        return
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        yield LeftOut("the export", f"damaged: {error}", damaged=True)
        return
    for each in _list(_object(found).get("db")) or [found]:
        database = _object(each)
        made = _object(database.get("meta")).get("exported_on")
        if isinstance(made, int) and 0 < made < 4_102_444_800_000:
            yield Made(datetime.fromtimestamp(made / 1000, UTC).isoformat())
        yield from _posts(_object(database.get("data")), base)


def _posts(data: dict[str, Any], base: str | None) -> Iterator[Exported]:
    settings = {_text(each.get("key")): _text(each.get("value")) for each in _objects(data.get("settings"))}
    people = {_key(each.get("id")): each for each in _objects(data.get("users"))}
    tags = {_key(each.get("id")): each for each in _objects(data.get("tags"))}
    authors_of, tags_of = _by_post(data.get("posts_authors"), "author_id"), _by_post(data.get("posts_tags"), "tag_id")
    if base is None:
        posts = _objects(data.get("posts"))
        base = find_home((_body(each) for each in posts), (_text(each.get("slug")) for each in posts))
    for post in _objects(data.get("posts")):
        ident, slug, status = _key(post.get("id")), _text(post.get("slug")), _text(post.get("status"))
        if status not in PUBLIC:
            yield LeftOut(_text(post.get("title")) or slug, f"not published: {status or 'unknown'}")
            continue
        authors = authors_of.get(ident) or [_key(post.get("author_id"))]
        named = [tags[each] for each in tags_of.get(ident, ()) if each in tags]
        shown = [_text(each.get("name")) for each in named if _text(each.get("visibility")) != "internal"]
        yield ExportedPost(
            url=_url(post, slug, ident, base),
            kind="other" if _text(post.get("type")) == "page" or post.get("page") in (1, True) else "post",
            platform="ghost",
            title=_text(post.get("title")) or None,
            subtitle=_text(post.get("custom_excerpt")) or None,
            authors=tuple(_person(people[each], base) for each in authors if each in people),
            published=_time(post.get("published_at")),
            modified=_time(post.get("updated_at")),
            html=_placed(_picture(post) + _body(post), base),
            tags=tuple(dict.fromkeys(filter(None, shown))),
            language=_text(post.get("locale")) or settings.get("locale") or settings.get("lang") or None,
            site_name=settings.get("title") or None,
        )


def _url(post: dict[str, Any], slug: str, ident: str, base: str | None) -> str:
    placed = resolve(f"{base.rstrip('/')}/", f"{quote(slug)}/") if base and slug else None
    if placed:
        return placed
    uuid = _text(post.get("uuid"))
    return f"urn:uuid:{quote(uuid)}" if uuid else f"urn:ghost:{quote(ident or slug)}"


def _body(post: dict[str, Any]) -> str:
    html = _text(post.get("html"))
    return html or "".join(
        f"<p>{escape(each)}</p>" for each in _text(post.get("plaintext")).split("\n") if each.strip()
    )


def _picture(post: dict[str, Any]) -> str:
    found = _text(post.get("feature_image")) or _text(post.get("image"))
    return f'<figure><img src="{escape(found)}" alt=""></figure>' if found else ""


def _person(user: dict[str, Any], base: str | None) -> ExportedPerson:
    """Who it is, as the page of an author shows it: never the address by which they log in."""
    picture = _text(user.get("profile_image")) or _text(user.get("image"))
    slug = _text(user.get("slug"))
    own = resolve(f"{base.rstrip('/')}/", f"author/{quote(slug)}/") if base and slug else None
    bio = _text(user.get("bio"))
    return ExportedPerson(_text(user.get("name")) or slug, own, escape(bio) or None, _placed(picture, base) or None)


def _by_post(rows: Any, name: str) -> dict[str, list[str]]:
    """The ids that a table of pairs has for each post, in the order that it states."""
    pairs = _objects(rows)
    pairs.sort(key=lambda each: each["sort_order"] if isinstance(each.get("sort_order"), int) else 0)
    found: dict[str, list[str]] = {}
    for each in pairs:
        found.setdefault(_key(each.get("post_id")), []).append(_key(each.get(name)))
    return found


def _placed(text: str, base: str | None) -> str:
    return text.replace(PLACE, base.rstrip("/") if base else "")


def _time(value: Any) -> str | None:
    """ISO 8601 in UTC: versions before 1 have milliseconds, some 'YYYY-MM-DD hh:mm:ss', later ones ISO 8601."""
    if isinstance(value, int) and 0 < value < 4_102_444_800_000:
        return datetime.fromtimestamp(value / 1000, UTC).isoformat()
    stated = _text(value)
    try:
        when = datetime.fromisoformat(stated)
    except ValueError:
        return stated or None
    return when.replace(tzinfo=when.tzinfo or UTC).isoformat()


def _key(value: Any) -> str:
    return str(value) if isinstance(value, (str, int)) else ""


def _text(value: Any) -> str:
    return whole_characters(value[:MOST_CHARACTERS]) if isinstance(value, str) else ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in _list(value) if isinstance(each, dict)]
