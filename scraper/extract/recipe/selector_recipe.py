"""What a user knows of one blog, as selectors in TOML: `SelectorRecipe`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.errors import UsageError
from scraper.text.dates import find_times, read_time
from scraper.text.names import split_names
from scraper.text.prose import fold

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

ONE = ("title", "subtitle", "section", "published")  # fields that are one text
MANY = ("bylines", "tags", "categories")
KEYS = (*ONE, *MANY, "body", "remove", "comments", "match")
COMMENT_KEYS = ("item", "author", "author_url", "published", "subject", "body", "id", "permalink")
LINKS = {"author_url": "href", "permalink": "href"}  # what is read of an element where no attribute is named
ATTRIBUTE = re.compile(r"(.*?)@([a-zA-Z][\w.:-]*)\s*\Z", re.S)  # 'time@datetime', '@id'


@dataclass(frozen=True, slots=True)
class Selector:
    """What CSS finds below an element, and the attribute that is read of it; without CSS it is the element itself."""

    css: str
    attribute: str | None = None

    def elements(self, node: Tag) -> list[Tag]:
        return list(node.select(self.css)) if self.css else [node]

    def value(self, node: Tag) -> str:
        if self.attribute is None:
            return fold(node.get_text(" ")) if self.css else ""
        found = node.get(self.attribute) or ""
        return fold(" ".join(found) if isinstance(found, list) else found)


Selectors = tuple[Selector, ...]


@dataclass(frozen=True, slots=True)
class SelectorRecipe:
    """A recipe that gets its fields by selectors. For each field the first selector that finds something counts."""

    file: str
    fields: Mapping[str, Selectors]
    comments: Mapping[str, Selectors]
    remove: Selectors = ()
    urls: tuple[str, ...] = ()  # of the pages it is for, '*' for anything; none: whatever it is given

    def is_for(self, url: str | None) -> bool:
        """Whether the recipe's `match` admits the URL, http and https alike; a page without a URL it always does."""
        if url is None or not self.urls:
            return True
        return any(re.fullmatch(_pattern(each), _bare(url)) for each in self.urls)

    def __call__(self, soup: BeautifulSoup) -> Mapping[str, object]:
        """The fields that the page shows; None for one that none of its selectors finds."""
        for selector in self.remove:
            for node in selector.elements(soup):
                node.decompose()
        found: dict[str, object] = {}
        for name, selectors in self.fields.items():
            if name == "body":
                found[name] = _body(soup, selectors)
            elif name in ONE:
                text = next(iter(_texts(soup, selectors)), None)
                found[name] = _time_in(text) if text and name == "published" else text
            else:
                texts = _texts(soup, selectors)
                names = [each for text in texts for each in split_names(text) or (text,)]
                found[name] = (names if name == "bylines" else texts) or None
        if self.comments:
            found["comments"] = _comments(soup, self.comments) or None
        return found


def parse_recipe(text: str, file: str) -> SelectorRecipe:
    """The recipe that the TOML says. Raises UsageError, naming file and key, for what is none."""
    try:
        stated = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"no TOML: {error}", file) from error
    for key in stated:
        if key not in KEYS:
            raise UsageError(f"{key}: no key of a recipe; there are {', '.join(KEYS)}", file)
    comments = _table(stated, "comments", COMMENT_KEYS, file)
    match = _table(stated, "match", ("url",), file)
    if comments and "item" not in comments:
        raise UsageError("comments.item: missing; it finds the comments, and the other keys look inside each", file)
    if "remove" in stated and "body" not in stated:
        raise UsageError("remove: takes out parts of the body, so that body has to be there as well", file)
    recipe = SelectorRecipe(
        file,
        {key: _selectors(stated[key], key, file) for key in (*ONE, *MANY, "body") if key in stated},
        {key: _selectors(value, f"comments.{key}", file, LINKS.get(key)) for key, value in comments.items()},
        _selectors(stated.get("remove", []), "remove", file),
        _strings(match.get("url", []), "match.url", file),
    )
    if not recipe.fields and not recipe.comments:
        raise UsageError(f"says nothing of a page; there are {', '.join(KEYS)}", file)
    return recipe


def _table(stated: Mapping[str, object], name: str, keys: tuple[str, ...], file: str) -> Mapping[str, object]:
    table = stated.get(name, {})
    if not isinstance(table, dict):
        raise UsageError(f"{name}: has to be a table, [{name}]", file)
    for key in table:
        if key not in keys:
            raise UsageError(f"{name}.{key}: no key of a recipe; there are {', '.join(keys)}", file)
    return table


def _strings(value: object, key: str, file: str) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    for each in listed:
        if not isinstance(each, str) or not each.strip():
            raise UsageError(f"{key}: has to be a text or a list of texts, not {each!r}", file)
    return tuple(str(each).strip() for each in listed)


def _selectors(value: object, key: str, file: str, attribute: str | None = None) -> Selectors:
    return tuple(_selector(each, key, file, attribute) for each in _strings(value, key, file))


def _selector(text: str, key: str, file: str, attribute: str | None) -> Selector:
    import soupsieve

    for css, name in ((text, attribute), *((found[1].strip(), found[2]) for found in [ATTRIBUTE.match(text)] if found)):
        try:
            if css:
                soupsieve.compile(css)
            return Selector(css, name)
        except soupsieve.SelectorSyntaxError as error:  # perhaps for what stands behind an '@'
            problem = str(error).partition("\n")[0]
    raise UsageError(f"{key}: {text!r} is no CSS selector: {problem}", file)


def _pattern(url: str) -> str:
    return ".*".join(map(re.escape, _bare(url).split("*")))


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url)


def _texts(node: Tag, selectors: Selectors) -> list[str]:
    """What the elements of the first selector say that finds one which says something."""
    for selector in selectors:
        found = [text for each in selector.elements(node) if (text := selector.value(each))]
        if found:
            return found
    return []


def _time_in(text: str) -> str | None:
    """The absolute time that the text is, or the first one in it, as it is shown there."""
    whole = read_time(text)
    if whole is not None and whole.local is not None:
        return text
    return next((text[start:end] for start, end, when in find_times(text) if when.local is not None), None)


def _body(soup: BeautifulSoup, selectors: Selectors) -> str | Tag | None:
    for selector in selectors:
        nodes = selector.elements(soup)
        known = {id(node) for node in nodes}
        parts = [node for node in nodes if not any(id(up) in known for up in node.parents)]
        if len(parts) == 1:
            return parts[0]
        if parts:
            return "".join(f"<div>{part.decode_contents()}</div>" for part in parts)
    return None


def _comments(soup: BeautifulSoup, rules: Mapping[str, Selectors]) -> list[dict[str, object]]:
    """A dict for each comment; one that stands inside another answers it."""
    items = next((found for selector in rules["item"] if (found := selector.elements(soup))), [])
    places = {id(item): index for index, item in enumerate(items)}
    comments = []
    for item in items:
        comment: dict[str, object] = {"parent": next((places[id(up)] for up in item.parents if id(up) in places), None)}
        for name, selectors in rules.items():
            if name != "item":
                comment[name] = next(_own(item, selectors, name, places), None)
        comments.append(comment)
    return comments


def _own(item: Tag, selectors: Selectors, name: str, items: Mapping[int, int]) -> Iterator[object]:
    """What the selectors find in the comment, but not in one that stands inside it."""
    for selector in selectors:
        for node in selector.elements(item):
            nearest = next((up for up in (node, *node.parents) if id(up) in items), None)
            if nearest is item:
                value = node if name == "body" and selector.attribute is None else selector.value(node)
                if value is not None and value != "":
                    yield value
