"""The lines of a text dump, and what one line can be told to be: a time, a signature, prose, a label's value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scraper.parse.dump_labels import AFTER_TIME, BEFORE_TIME, NAME_THEN, TIME_THEN, Label, read_label
from scraper.text.dates import find_times, read_time

PROSE = 140  # characters: a line this long is prose
SENTENCE = 80  # so is a shorter one that ends as a sentence does
NAME = 60  # characters: longer is no name
WRAP = (45, 100)  # lengths of hard-wrapped lines

NUMBER = re.compile(r"\d{1,3}(?:[.,\s]\d{3})*|\d+")
PARTICLES = frozenset(
    {"van", "von", "de", "del", "della", "der", "den", "di", "da", "dos", "du", "la", "le", "bin", "al", "and", "y"}
)
BEFORE_DATES = frozenset({"on", "at", "am", "vom", "le", "el", "il", "op", "den", "em", "in"})
SENTENCE_END = re.compile(r"[.!?…。][\"'”’)\]]*$")


@dataclass(slots=True)
class Line:
    """A non-empty line, stripped; `block` counts the blank-line separated blocks; `slot` is where it belongs."""

    text: str
    block: int
    lone: bool = False  # the only line of its block
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A name, and mostly a time, on one line."""

    name: str
    time: str | None


def is_time(text: str) -> bool:
    """Whether the whole text is a time; a bare year is a number like others."""
    return len(text) > 4 and read_time(text) is not None


def read_signature(text: str, *, named: bool = False) -> Signature | None:
    """The name and time of 'Posted by NAME on TIME', 'by NAME', 'TIME by NAME'; with `named` also of 'NAME on TIME'."""
    if len(text) > NAME * 2:
        return None
    for start, _, when in find_times(text):
        time = when.shown
        begin = max(text.find(time, start), start)
        before, after = text[:begin], text[begin + len(time) :]
        found = NAME_THEN.fullmatch(before) if AFTER_TIME.fullmatch(after) else None
        if found and (found["by"] or named) and _may_name(found["name"]):
            return Signature(found["name"], time)
        found = TIME_THEN.fullmatch(after) if BEFORE_TIME.fullmatch(before) else None
        if found and _may_name(found["name"]):
            return Signature(found["name"], time)
    found = NAME_THEN.fullmatch(text)
    if found and found["by"] and _may_name(found["name"]):
        return Signature(found["name"], None)
    return None


def _may_name(text: str) -> bool:
    """Whether the text is spelled as a name or a pseudonym is: no sentence, no number, its words begin in capitals."""
    words = text.split()
    if len(words) > 6 or text.lower() in BEFORE_DATES or SENTENCE_END.search(text) or NUMBER.fullmatch(text):
        return False
    return len(words) == 1 or not any(word[0].islower() and word.lower() not in PARTICLES for word in words)


def is_wrapped(texts: list[str]) -> bool:
    """Whether the lines of a block are one paragraph that was broken at a fixed width."""
    return len(texts) > 1 and max(map(len, texts)) < WRAP[1] and min(map(len, texts[:-1])) > WRAP[0]


def lines_of(text: str) -> list[Line]:
    """The non-empty lines, white space folded, with their blocks."""
    lines: list[Line] = []
    block, open_block = 0, False
    for raw in text.splitlines():
        folded = " ".join(raw.split())
        if not folded:
            block, open_block = block + open_block, False
            continue
        lines.append(Line(folded, block))
        open_block = True
    sizes = [0] * (block + 2)
    for line in lines:
        sizes[line.block] += 1
    for line in lines:
        line.lone = sizes[line.block] == 1
    return lines


def is_prose(lines: list[Line], index: int) -> bool:
    """Whether the line reads as running text and not as a heading, a label or an entry of a list."""
    text = lines[index].text
    if len(text) > PROSE or (len(text) > SENTENCE and SENTENCE_END.search(text)):
        return True
    block = [line.text for line in lines[index : index + 8] if line.block == lines[index].block]
    return len(block) > 2 and is_wrapped(block)


def is_value(label: Label, text: str) -> bool:
    """Whether a line can be the value of the label above it."""
    if label.kind in ("comment_count", "view_count"):
        return bool(NUMBER.fullmatch(text))
    return len(text) <= PROSE and not SENTENCE_END.search(text) and read_label(text) is None
