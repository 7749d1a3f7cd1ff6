"""Debug output that a template left in the page: PHP's print_r and var_dump of an array."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from scraper.model import Removal
from scraper.parse.html import Document
from scraper.parse.node import Node
from scraper.text.prose import excerpt, fold

# print_r: 'Array ( [0] => sitewide [1] => node_blog )'
PRINT_R = re.compile(r"(?P<array>Array\s*\(\s*(?=\[))|(?P<key>\[[^\]\n]{1,80}\]\s*=>)|(?P<open>\()|\)")
DEEPEST = 200  # arrays in each other; more is no output of a template
FEWEST = 2  # entries; prose that mentions an array stays
# var_dump: 'array(2) { [0]=> string(8) "sitewide" [1]=> string(9) "node_blog" }'
VAR_DUMP = re.compile(r"array\(\d+\)\s*\{(?:\s*\[[^\]\n]{1,80}\]\s*=>\s*[a-z]+\([^)]*\)(?:\s*\"[^\"]*\")?){2,}\s*\}")
VAR_DUMP_ENTRY = re.compile(r"=>\s*[a-z]+\(([^)]*)\)(?:\s*\"([^\"]*)\")?")
CODE = frozenset({"pre", "code", "textarea", "samp"})


def take_debug_output(document: Document, content: Node | None) -> tuple[list[str], list[Removal]]:
    """Cuts debug arrays out of the page's text; returns their entries and one Removal for each.

    Code samples of the post itself (a `pre` or `code` inside `content`) stay.
    """
    contexts: list[str] = []
    removals: list[Removal] = []

    def without_arrays(text: str) -> str:
        left, entries, taken = _cut(text)
        if not taken:
            return text
        contexts.extend(entries)
        removals.append(Removal("debug", "debug_array", "print_r or var_dump", node.path, len(taken), excerpt(taken)))
        return left

    if not any("=>" in text for text in (document.body.raw_text, *document.closed.values())):
        return contexts, removals
    for node in document.body.subtree():
        if any("=>" in piece for piece in node.strings_here) and not _is_sample(node, content):
            node.rewrite(without_arrays)
    return contexts, removals


def array_entries(text: str) -> tuple[str, ...]:
    """The leaf values of the first array in `text`, in order; empty where there is none."""
    return tuple(_cut(text)[1])


def _is_sample(node: Node, content: Node | None) -> bool:
    if content is None or not content.contains(node):
        return False
    return node.tag in CODE or any(up.tag in CODE for up in node.ancestors())


def _cut(text: str) -> tuple[str, list[str], str]:
    """The text without its arrays, their entries, and what was cut."""
    found = [*_print_r_arrays(text), *_var_dump_arrays(text)]
    entries: list[str] = []
    left: list[str] = []
    taken: list[str] = []
    end = 0
    for start, stop, values in sorted(found):
        if start < end:
            continue
        left.append(text[end:start])
        taken.append(text[start:stop])
        entries.extend(values)
        end = stop
    left.append(text[end:])
    return " ".join(left), entries, fold(" ".join(taken))


@dataclass(slots=True)
class _Open:
    """A parenthesis that was not closed yet; `is_array` where print_r opened it."""

    start: int
    is_array: bool
    keys: int = 0
    value_at: int | None = None  # where the value of the last key begins
    values: list[str] = field(default_factory=list)


def _print_r_arrays(text: str) -> list[tuple[int, int, list[str]]]:
    """Start, end and leaf values of each array that print_r wrote, the outermost of nested ones; in one pass."""
    found: list[tuple[int, int, list[str]]] = []
    stack: list[_Open] = []
    for token in PRINT_R.finditer(text):
        top = stack[-1] if stack else None
        if token["array"]:
            if len(stack) == DEEPEST:
                break
            if top is not None:
                top.value_at = None
            stack.append(_Open(token.start(), True))
        elif token["key"] and top is not None:
            _end_value(top, text, token.start())
            top.keys, top.value_at = top.keys + 1, token.end()
        elif token["open"] and top is not None:
            stack.append(_Open(token.start(), False))
        elif token[0] == ")" and top is not None:
            stack.pop()
            if top.is_array:
                _end_value(top, text, token.start())
                _close(top, stack, found, token.end())
    return found


def _close(array: _Open, stack: list[_Open], found: list[tuple[int, int, list[str]]], end: int) -> None:
    around = stack[-1] if stack else None
    if around is not None and around.is_array:
        around.keys += array.keys
        around.values.extend(array.values)
    if array.keys >= FEWEST:
        while found and found[-1][0] > array.start:
            found.pop()
        found.append((array.start, end, array.values))


def _end_value(array: _Open, text: str, end: int) -> None:
    if array.value_at is not None and (value := fold(text[array.value_at : end])):
        array.values.append(value)
    array.value_at = None


def _var_dump_arrays(text: str) -> Iterator[tuple[int, int, list[str]]]:
    for found in VAR_DUMP.finditer(text):
        values = [each[2] if each[2] is not None else each[1] for each in VAR_DUMP_ENTRY.finditer(found[0])]
        yield found.start(), found.end(), values
