"""What a page saved as plain text shows: the post, its author, its comments, and what was chrome.

A dump has no markup; labels, times and blank lines are all there is to go by. dump_zones puts each line into one slot,
and this module reads the slots. Nothing is invented: a name, a time or a count that no line states is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from scraper.parse.dump_labels import BIO_SOURCE, PICTURE, SAYS, read_label
from scraper.parse.dump_lines import NUMBER, Line, is_wrapped, read_signature
from scraper.parse.dump_zones import place

ARRAY_START = re.compile(r"Array\s*\(\s*(?=\[[^\]\n]{1,60}\]\s*=>)")
ARRAY_ENTRY = re.compile(r"\[[^\]]{1,60}\]\s*=>\s*(.*?)\s*(?=\[[^\]]{1,60}\]\s*=>|\)?\s*\Z)", re.DOTALL)
PARENTHESIS = re.compile(r"[()]")
MAX_ARRAY = 100_000  # characters
MAX_ARRAYS = 20
ARRAY_MARGIN = 300  # characters of other text that may stand before or after leaked debug output
LIST_MARK = re.compile(r"\s*[,;|]\s*")
COUNT_WORDS = {"one": 1, "ein": 1, "un": 1, "no": 0, "keine": 0, "aucun": 0}

FIELD_SLOTS = frozenset(
    {"title", "section", "body", "bio", "bio_source", "picture", "author_name", "comment_text", "comment_subject",
     "comment_time", "comment_author", "comment_line", "published", "byline", "comment_count", "view_count",
     "count_line", "author_line", "tags", "categories"}
)  # fmt: skip
# the kind of removal where it is not the slot's own name
KINDS = {"comments_note": "comment_form", "reply_link": "reply"}


@dataclass(frozen=True, slots=True)
class DumpComment:
    """A comment as far as a dump shows it; `author` is None where no line names one."""

    time_shown: str | None
    subject: str | None
    author: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dump:
    """The reading of one text dump. `byline` signs the post, `author_name` heads the box about the author.

    `removals` are (kind, text) in page order, headings and labels among them as kind 'label'; `contexts` the entries
    of a leaked print_r array.
    """

    title: str | None
    section: str | None
    published_shown: str | None
    byline: str | None
    paragraphs: tuple[str, ...]
    declared_comment_count: int | None
    view_count: int | None
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    author_name: str | None
    picture_alt: str | None
    bio_paragraphs: tuple[str, ...]
    bio_source: str | None
    comments: tuple[DumpComment, ...]
    contexts: tuple[str, ...]
    removals: tuple[tuple[str, str], ...]


def read_dump(text: str) -> Dump | None:
    """What the dump shows; None for a text without a single line. Never raises."""
    text, array = _without_array(text)
    lines = place(text)
    if not lines and not array:
        return None
    slots: dict[str, list[str]] = {}
    for line in lines:
        slots.setdefault(line.slot, []).append(line.text)
    byline, signed_time = _signed(slots)
    removals = [*_removals(lines), *((("debug_array", array),) if array else ())]
    return Dump(
        title=_first(slots, "title"),
        section=_first(slots, "section"),
        published_shown=_first(slots, "published") or signed_time,
        byline=byline,
        paragraphs=paragraphs([line for line in lines if line.slot == "body"]),
        declared_comment_count=_comment_count(slots),
        view_count=_number(_value(slots, "view_count")),
        tags=_list(_value(slots, "tags")),
        categories=_list(_value(slots, "categories")),
        author_name=_author_name(slots),
        picture_alt=_first(slots, "picture"),
        bio_paragraphs=paragraphs([line for line in lines if line.slot == "bio"]),
        bio_source=_bio_source(slots),
        comments=tuple(_comments(lines)),
        contexts=_entries(array),
        removals=tuple(removals),
    )


def paragraphs(lines: list[Line]) -> tuple[str, ...]:
    """The lines as paragraphs: hard-wrapped lines of a block are joined, other lines stay as they are."""
    blocks: dict[int, list[str]] = {}
    for line in lines:
        blocks.setdefault(line.block, []).append(line.text)
    made: list[str] = []
    for block in blocks.values():
        made.extend([" ".join(block)] if is_wrapped(block) else block)
    return tuple(made)


def _without_array(text: str) -> tuple[str, str]:
    """The text without leaked print_r output at its very start or end, and that output.

    In the middle of a text it is what the author shows.
    """
    for found in islice(ARRAY_START.finditer(text), MAX_ARRAYS):
        end = _closing(text, found.end())
        if min(found.start(), len(text) - end) <= ARRAY_MARGIN:
            return f"{text[: found.start()]}\n{text[end:]}", " ".join(text[found.start() : end].split())
    return text, ""


def _closing(text: str, position: int) -> int:
    depth = 1
    for found in PARENTHESIS.finditer(text, position, position + MAX_ARRAY):
        depth += 1 if found[0] == "(" else -1
        if depth == 0:
            return found.end()
    return min(len(text), position + MAX_ARRAY)


def _entries(array: str) -> tuple[str, ...]:
    found = ARRAY_ENTRY.findall(array)
    return tuple(value for entry in found if (value := entry.removeprefix("Array (").strip(" )")))


def _first(slots: dict[str, list[str]], slot: str) -> str | None:
    return next(iter(slots.get(slot, ())), None)


def _value(slots: dict[str, list[str]], slot: str) -> str | None:
    """A labelled value: the line's part after the label, or the line that followed it."""
    line = _first(slots, slot)
    label = read_label(line) if line else None
    return label.value if label and label.kind == slot and label.value else line


def _number(text: str | None) -> int | None:
    digits = re.sub(r"\D", "", text) if text and NUMBER.fullmatch(text) else ""
    return int(digits) if 0 < len(digits) < 12 else None


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in LIST_MARK.split(text or "") if part)


def _comment_count(slots: dict[str, list[str]]) -> int | None:
    stated = _number(_value(slots, "comment_count"))
    if stated is not None:
        return stated
    line = _first(slots, "count_line")
    label = read_label(line) if line else None
    value = (label.value or "").lower() if label else ""
    return COUNT_WORDS.get(value, _number(value))


def _signed(slots: dict[str, list[str]]) -> tuple[str | None, str | None]:
    for line in slots.get("byline", ()):
        signature = read_signature(line)
        if signature:
            return signature.name, signature.time
    return None, None


def _author_name(slots: dict[str, list[str]]) -> str | None:
    named = _first(slots, "author_name")
    if named:
        return named
    line = _first(slots, "author_line")
    label = read_label(line) if line else None
    if label and label.value:
        return label.value
    picture = PICTURE.fullmatch(_first(slots, "picture") or "")
    return picture["name"] if picture else None


def _bio_source(slots: dict[str, list[str]]) -> str | None:
    found = BIO_SOURCE.fullmatch(_first(slots, "bio_source") or "")
    return (found["source"] or found["plain"]).strip(" .") if found else None


def _comments(lines: list[Line]) -> Iterator[DumpComment]:
    group: list[Line] = []
    for line in lines:
        if not line.slot.startswith("comment_") or line.slot not in FIELD_SLOTS or line.slot == "comment_count":
            continue
        if group and _begins(group, line):
            yield _comment(group)
            group = []
        group.append(line)
    if group:
        yield _comment(group)


def _begins(group: list[Line], line: Line) -> bool:
    """Whether the line begins another comment than the one that the group holds so far."""
    held = {each.slot for each in group}
    if line.slot in ("comment_author", "comment_line"):
        return True
    return line.slot == "comment_time" and not held <= {"comment_author"}


def _comment(group: list[Line]) -> DumpComment:
    author = time = subject = None
    for line in group:
        if line.slot == "comment_author":
            says = SAYS.fullmatch(line.text)
            author, time = (says["name"], says["time"]) if says else (line.text, None)
        elif line.slot == "comment_line":
            signature = read_signature(line.text, named=True)
            author, time = (signature.name, signature.time) if signature else (None, None)
        elif line.slot == "comment_time":
            time = line.text
        elif line.slot == "comment_subject":
            subject = line.text
    return DumpComment(time, subject, author, paragraphs([line for line in group if line.slot == "comment_text"]))


def _removals(lines: list[Line]) -> Iterator[tuple[str, str]]:
    """What is in no field, neighbours of one kind together."""
    kind = ""
    texts: list[str] = []
    for line in lines:
        own = "" if line.slot in FIELD_SLOTS else KINDS.get(line.slot, line.slot)
        own = "label" if own.endswith(("_label", "_heading")) else own
        if own != kind and texts:
            yield kind, "\n".join(texts)
            texts = []
        kind = own
        if own:
            texts.append(line.text)
    if texts:
        yield kind, "\n".join(texts)
