"""The header of a text dump: all down to the title, and what signs it."""

from __future__ import annotations

from scraper.parse.dump_labels import SECTIONS, read_label
from scraper.parse.dump_lines import Line, is_prose, is_time, is_value, read_signature

HEADER_LINES = 40  # the title stands among the first
TITLE = 200  # characters
AFTER_TITLE = frozenset(
    {"published", "byline", "count_line", "comment_count", "view_count", "tags", "categories", "tool"}
)


def place_header(lines: list[Line]) -> int:
    """Fills the slots of the header's lines; returns the index of the body's first line."""
    return _Header(lines).place() if lines else 0


class _Header:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.end = next(
            (index for index in range(min(len(lines), HEADER_LINES)) if is_prose(lines, index)),
            min(len(lines), HEADER_LINES),
        )
        self.labelled = {line.block for line in lines[: self.end] if read_label(line.text)}

    def place(self) -> int:
        index = 0
        while index < self.end:
            index += self._known(index)
        title = self._title()
        if title is None:
            return next((index for index, line in enumerate(self.lines) if not line.slot), len(self.lines))
        for index in range(title):
            if not self.lines[index].slot:
                self.lines[index].slot = "section" if self._is_section(index) else "menu"
        self.lines[title].slot = "title"
        after = title + 1
        while after < self.end and self.lines[after].slot.removesuffix("_label") in AFTER_TITLE:
            after += 1
        for line in self.lines[after : self.end]:
            line.slot = ""
        return after

    def _known(self, index: int) -> int:
        """Places a line that says what it is, with its value; returns how many lines that took."""
        line = self.lines[index]
        label = read_label(line.text)
        if label is None or (label.kind == "author" and read_signature(line.text)):
            if is_time(line.text):
                line.slot = "published"
            elif read_signature(line.text):
                line.slot = "byline"
            return 1
        if label.kind in ("author", "comments", "comment_form") and not (label.kind == "comments" and label.value):
            return 1  # a heading of the body's end, or a title
        line.slot = "count_line" if label.kind == "comments" else label.kind if label.value else f"{label.kind}_label"
        if label.reach in ("line", "list", "rest"):
            line.slot = label.kind
        following = self.lines[index + 1] if index + 1 < self.end else None
        if label.reach == "value" and not label.value and following and is_value(label, following.text):
            following.slot = label.kind
            return 2
        return 1

    def _title(self) -> int | None:
        free = [
            index for index in range(self.end) if not self.lines[index].slot and len(self.lines[index].text) <= TITLE
        ]
        for index in range(self.end):
            line = self.lines[index]
            if line.slot == "byline" or (line.slot == "published" and line.block not in self.labelled):
                above = [place for place in free if index - 3 <= place < index and not self._is_section(place)]
                if above:
                    return above[-1]
        lone = [index for index in free if self.lines[index].lone and not self._is_section(index)]
        plain = [index for index in free if self.lines[index].block not in self.labelled]
        return next(iter(lone or plain or free[-1:]), None)

    def _is_section(self, index: int) -> bool:
        line = self.lines[index]
        if line.text.casefold() in SECTIONS:
            return True
        following = self.lines[index + 1] if index + 1 < self.end else None
        return line.block in self.labelled and following is not None and following.slot == "published"
