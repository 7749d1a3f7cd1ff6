"""What a page's JSON-LD says of its post, as claims, and the comments that it lists.

Only objects of an article's kind speak for the post, and of several the one that names this page's URL. Real pages
hold JSON that is nearly JSON; `read_json` mends the usual breaks and gives up without a word on the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scraper.text.entities import unescape
from scraper.text.prose import whole_characters

MAX_SCRIPT = 2_000_000  # characters of one script that are read
MAX_OBJECTS = 5_000
MAX_COMMENTS = 10_000
MAX_TEXT = 500_000  # characters of a post
MAX_PEOPLE = 20

# schema.org types that are a post, strongest first; the second row only where the first has none.
POST_TYPES = (
    frozenset({"blogposting", "newsarticle", "article", "reportagenewsarticle", "opinionnewsarticle", "techarticle",
               "analysisnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "liveblogposting", "report",
               "scholarlyarticle", "socialmediaposting", "discussionforumposting", "satiricalarticle", "review",
               "advertisercontentarticle", "recipe", "howto", "podcastepisode", "blogpost", "newsposting"}),
    frozenset({"webpage", "itempage", "aboutpage", "profilepage", "qapage", "question", "creativework", "videoobject",
               "medicalwebpage", "faqpage"}),
)  # fmt: skip

# key: field; a key further down speaks only where those above it for the same field are silent
KEYS = (
    ("headline", "title"),
    ("name", "title"),
    ("alternativeHeadline", "subtitle"),
    ("description", "description"),
    ("datePublished", "published"),
    ("dateCreated", "published"),
    ("uploadDate", "published"),
    ("dateModified", "modified"),
    ("articleSection", "section"),
    ("inLanguage", "language"),
    ("url", "canonical_url"),
    ("mainEntityOfPage", "canonical_url"),
    ("commentCount", "comment_count"),
    ("image", "image"),
    ("thumbnailUrl", "image"),
    ("keywords", "tag"),
)
LISTED = frozenset({"tag", "section"})  # fields of which each value is a claim

LIST_MARK = re.compile(r"\s*[,;]\s*")
WRAPPING = re.compile(r"(?://\s*)?(?:<!\[CDATA\[|\]\]>)|<!--|-->|/\*.*?\*/|^\s*//[^\n{\[]*$", re.DOTALL | re.MULTILINE)
STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(\s*[}\]])', re.DOTALL)
BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')


Stated = tuple[str, str, str, str]  # what becomes a Claim: its field, value, source and place


@dataclass(frozen=True, slots=True)
class StructuredComment:
    """A schema.org Comment as stated. `parent` is an index into the same tuple, `parent_ref` the id that it answers."""

    id: str | None
    url: str | None
    author: str | None
    author_url: str | None
    published: str | None
    text: str
    parent: int | None = None
    parent_ref: str | None = None


@dataclass(frozen=True, slots=True)
class StructuredPerson:
    """A schema.org Person who made the post, or whose profile the page is, as stated."""

    name: str
    url: str | None
    description: str | None
    picture: str | None
    same_as: tuple[str, ...] = ()


class JsonLd:
    """All JSON-LD objects of one page, with references by '@id' followed."""

    def __init__(self, scripts: Iterable[str]) -> None:
        self.objects: list[dict[str, Any]] = []
        for script in scripts:
            self.objects.extend(_objects(read_json(script)))
        self.by_id: dict[str, dict[str, Any]] = {}
        for item in self.objects:
            name = item.get("@id")
            if isinstance(name, str) and len(item) > 1:
                self.by_id.setdefault(name, item)

    def post(self, url: str | None) -> dict[str, Any] | None:
        """The object that describes this page's post, or None."""
        for types in POST_TYPES:
            found = [item for item in self.objects if types & _types(item)]
            if found:
                return next((item for item in found if url and _same(url, _addresses(item))), found[0])
        return None

    def claims(self, url: str | None) -> Iterator[Stated]:
        """The claims of the post's object: first its own values, then its people and its site."""
        post = self.post(url)
        if post is None:
            return
        where = f"json-ld {next(iter(sorted(_types(post))))}"
        yield "type", next(iter(sorted(_types(post)))), "json-ld", where
        spoken: set[str] = set()
        for key, field in KEYS:
            for value in _texts(self._follow(post.get(key))) if field not in spoken else ():
                spoken.add(field)
                for part in LIST_MARK.split(value) if field == "tag" else (value,):
                    yield field, part, "json-ld", f"{where} {key}"
                if field not in LISTED:
                    break
        yield from self._people(post, where)
        for key in ("isPartOf", "publisher", "sourceOrganization"):
            name, _ = self._person(post.get(key))
            if name and not self._is_person(post.get(key)):
                yield "site_name", name, "json-ld", f"{where} {key}"
        if str(post.get("isAccessibleForFree")).rsplit("/", 1)[-1].lower() == "false":
            yield "access", "locked", "json-ld", f"{where} isAccessibleForFree"
        for count in _comment_counts(post):
            yield "comment_count", count, "json-ld", f"{where} interactionStatistic"

    def text(self, url: str | None) -> str:
        """The post's text as its object states it, often with markup in it; empty where there is none."""
        post = self.post(url)
        return next(_texts(post.get("articleBody")), "")[:MAX_TEXT] if post else ""

    def comments(self, url: str | None) -> tuple[StructuredComment, ...]:
        """The comments under the post's object, answers after what they answer."""
        post = self.post(url)
        found: list[StructuredComment] = []
        queue: list[tuple[Any, int | None]] = [(post.get("comment") or post.get("comments"), None)] if post else []
        while queue and len(found) < MAX_COMMENTS:
            item, parent = queue.pop()
            if isinstance(item, list):
                queue.extend((each, parent) for each in reversed(item))
                continue
            item = self._follow(item)
            if not isinstance(item, dict):
                continue
            found.append(self._comment(item, parent))
            queue.append((item.get("comment") or item.get("comments"), len(found) - 1))
        return tuple(found)

    def people(self, url: str | None) -> tuple[StructuredPerson, ...]:
        """The authors of the post's object, or whom a profile page is about; no organisations."""
        post = self.post(url)
        if post is None:
            return ()
        keys = ("mainEntity", "about") if "profilepage" in _types(post) else ("author", "creator")
        stated = next((post[key] for key in keys if post.get(key)), None)
        found = map(self._follow, stated[:MAX_PEOPLE] if isinstance(stated, list) else [stated])
        return tuple(person for each in found if (person := self._portrait(each)))

    def _portrait(self, item: Any) -> StructuredPerson | None:
        if not isinstance(item, dict) or _types(item) - {"person"}:
            return None
        name = _text(item.get("name"))
        picture = item.get("image")
        picture = self._follow(picture[0] if isinstance(picture, list) and picture else picture)
        if isinstance(picture, dict):
            picture = picture.get("url") or picture.get("contentUrl")
        profiles = tuple(text for text in _texts(item.get("sameAs")) if text.startswith(("http://", "https://")))
        address, described = _text(item.get("url")), _text(item.get("description"))
        return StructuredPerson(name, address, described, next(_texts(picture), None), profiles) if name else None

    def _comment(self, item: dict[str, Any], parent: int | None) -> StructuredComment:
        author, author_url = self._person(item.get("author") or item.get("creator"))
        answered = item.get("parentItem")
        reference = answered.get("@id") or answered.get("url") if isinstance(answered, dict) else answered
        return StructuredComment(
            id=_text(item.get("@id") or item.get("identifier")),
            url=_text(item.get("url")),
            author=author,
            author_url=author_url,
            published=_text(item.get("datePublished") or item.get("dateCreated")),
            text=_text(item.get("text") or item.get("commentText") or item.get("description")) or "",
            parent=parent,
            parent_ref=_text(reference),
        )

    def _people(self, post: dict[str, Any], where: str) -> Iterator[Stated]:
        for key in ("author", "creator"):
            people = post.get(key)
            spoken = False
            for each in people if isinstance(people, list) else [people]:
                name, url = self._person(each)
                if name:
                    spoken = True
                    yield "author", name, "json-ld", f"{where} {key}"
                if url:
                    yield "author_url", url, "json-ld", f"{where} {key}"
            if spoken:
                return

    def _person(self, value: Any) -> tuple[str | None, str | None]:
        value = self._follow(value[0] if isinstance(value, list) and value else value)
        if isinstance(value, str):
            return (None, value) if value.startswith(("http://", "https://")) else (_text(value), None)
        if not isinstance(value, dict):
            return None, None
        url = value.get("url") or value.get("sameAs")
        return _text(value.get("name")), _text(url[0] if isinstance(url, list) and url else url)

    def _is_person(self, value: Any) -> bool:
        value = self._follow(value)
        return isinstance(value, dict) and _types(value) == {"person"}

    def _follow(self, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("@id"), str):
            return self.by_id.get(value["@id"], value)
        return value


def read_json(text: str) -> Any:
    """The value that a script holds, mended where it is nearly JSON; None where it is not."""
    text = text.strip()[:MAX_SCRIPT]
    for mend in (str, _unwrapped, _mended, lambda broken: _mended(unescape(broken))):
        try:
            return json.loads(mend(text), strict=False)
        except ValueError:
            continue
        except RecursionError:
            return None
    return None


def _unwrapped(text: str) -> str:
    return WRAPPING.sub("", text).strip().rstrip(";")


def _mended(text: str) -> str:
    text = _unwrapped(text)
    text = STRING_OR_COMMA.sub(lambda found: found[1] or found[2] or "", text)
    return BAD_ESCAPE.sub(r"\\\\", text)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects that stand for themselves: at the top, in lists and graphs, as main entity; not what they mention."""
    stack = [value]
    count = 0
    while stack and count < MAX_OBJECTS:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            count += 1
            yield item
            stack.extend(item[key] for key in ("mainEntity", "mainEntityOfPage", "@graph") if key in item)


def _types(item: dict[str, Any]) -> set[str]:
    stated = item.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return {name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names if isinstance(name, str)}


def _addresses(item: dict[str, Any]) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        yield from _texts(item.get(key))


def _same(url: str, others: Iterable[str]) -> bool:
    plain = url.partition("#")[0].rstrip("/")
    return any(plain == other.partition("#")[0].rstrip("/") for other in others)


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value that may be a text, a number, an object with a name or an address, or a list of those."""
    if isinstance(value, list):
        for each in value[:100]:
            if not isinstance(each, list):
                yield from _texts(each)
        return
    if isinstance(value, dict):
        value = next((value[key] for key in ("url", "@id", "@value", "name", "alternateName") if value.get(key)), None)
    text = _text(value)
    if text:
        yield text


def _text(value: Any) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return (whole_characters(value).strip() or None) if isinstance(value, str) else None


def _comment_counts(post: dict[str, Any]) -> Iterator[str]:
    stated = post.get("interactionStatistic")
    for item in stated if isinstance(stated, list) else [stated]:
        if isinstance(item, dict) and "comment" in str(item.get("interactionType")).lower():
            count = _text(item.get("userInteractionCount"))
            if count:
                yield count
