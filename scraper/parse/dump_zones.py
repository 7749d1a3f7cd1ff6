"""A text dump's lines, each put into exactly one slot: a field of the post, of its author, of a comment, or a removal.

`place` walks the lines once, from the header over the body to the comments; labels (dump_labels) open and close
zones. Nothing is dropped: a line that nothing claims belongs to the zone it stands in.
"""

from __future__ import annotations

import re

from scraper.parse.dump_header import place_header
from scraper.parse.dump_labels import BIO_SOURCE, COMMENT_LINKS, PICTURE, SAYS, Label, read_label
from scraper.parse.dump_lines import NAME, SENTENCE_END, Line, is_prose, is_time, is_value, lines_of, read_signature

SUBJECT = 120  # characters
NO_SUBJECT_END = re.compile(r"[.,;:]$")


def place(text: str) -> list[Line]:
    """The dump's non-empty lines, in order, each with its slot."""
    lines = lines_of(text)
    position = place_header(lines)
    body = _Body(lines)
    while position < len(lines):
        position = body.step(position)
    return lines


class _Body:
    """All after the header; the zone is where the lines now belong."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.zone = "body"
        self.kept = "body"  # the last zone that is no removal: prose after a list goes back there
        self.comment_open = False
        self.seen: set[str] = set()  # the slots filled so far
        self.name_first = False

    def step(self, index: int) -> int:
        """Places the line, and what goes with it; returns the index of the next."""
        label = read_label(self.lines[index].text)
        if label and self._fits(label, index):
            return self._open(label, index)
        if self.zone == "author":
            return self._author(index)
        if self.zone == "comments":
            return self._comment(index)
        if self.zone not in ("body", "comment_form", "footer") and is_prose(self.lines, index):
            self.zone = self.kept
            return self.step(index) if self.zone != "body" else self._set(index, "body")
        return self._set(index, self.zone)

    def _set(self, index: int, slot: str) -> int:
        self.lines[index].slot = slot
        self.seen.add(slot)
        return index + 1

    def _fits(self, label: Label, index: int) -> bool:
        """Whether the label means what it says here: in a body, the same words may be a heading or a sentence."""
        words = len(self.lines[index].text.split())
        following = index + 1 if index + 1 < len(self.lines) else None
        if self.zone == "comments" and self.lines[index].text.casefold() in COMMENT_LINKS:
            return False
        if label.kind == "comments":
            return self.zone != "comments" and (label.value is not None or self._comments_follow(index + 1))
        if label.reach in ("list", "value") and not label.value:
            return following is None or not is_prose(self.lines, following)
        if label.kind == "author" and label.value:
            return self._author_follows(label, index)
        if self.kept == "body" and self.zone == "body" and label.reach in ("line", "rest"):
            return words > 1 or label.kind in ("login_prompt", "tool")
        return True

    def _author_follows(self, label: Label, index: int) -> bool:
        """Whether 'About NAME' or 'Published by NAME' heads a box about that person, and not a page or a chapter."""
        signed = read_signature(self.lines[index].text) is not None
        if self.kept != "body" or not (signed or self.zone == "body"):
            return False
        following = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        words = (label.value or "").split()
        return signed or (len(words) > 1 and words[0] in following.split() and not any(map(str.islower, words)))

    def _open(self, label: Label, index: int) -> int:
        following = index + 1 if index + 1 < len(self.lines) else None
        if label.reach == "value":
            self._set(index, label.kind if label.value else f"{label.kind}_label")
            if not label.value and following is not None and is_value(label, self.lines[following].text):
                return self._set(following, label.kind)
        elif label.reach == "line":
            self._set(index, label.kind)
        elif label.reach in ("list", "rest"):
            self._set(index, label.kind)
            self.zone = label.kind
        else:
            self.zone = self.kept = label.kind
            heading = "count_line" if label.kind == "comments" and label.value else f"{label.kind}_heading"
            self._set(index, "author_line" if label.kind == "author" and label.value else heading)
            self.name_first = label.kind == "comments" and self._name_stands_first(index + 1)
        return index + 1

    def _author(self, index: int) -> int:
        text = self.lines[index].text
        if BIO_SOURCE.fullmatch(text):
            return self._set(index, "bio_source")
        if PICTURE.fullmatch(text) and "bio" not in self.seen:
            return self._set(index, "picture")
        unnamed = self.seen.isdisjoint({"author_name", "author_line", "bio"})
        if unnamed and len(text) <= NAME and not SENTENCE_END.search(text):
            return self._set(index, "author_name")
        return self._set(index, "bio")

    def _comment(self, index: int) -> int:
        text = self.lines[index].text
        if text.casefold() in COMMENT_LINKS:
            return self._set(index, "reply_link")
        slot = self._boundary(index)
        if slot is None:
            return self._set(index, "comment_text" if self.comment_open else "comments_note")
        self.comment_open = True
        self._set(index, slot)
        named = index > 0 and self.lines[index - 1].slot == "comment_author"
        if slot == "comment_time" and not named and self._is_subject(index + 1):
            return self._set(index + 1, "comment_subject")
        return index + 1

    def _boundary(self, index: int) -> str | None:
        """The slot of a line that begins a comment, or states its time; None for a line of its text."""
        text = self.lines[index].text
        if len(text) > NAME * 2:
            return None
        if is_time(text):
            return "comment_time"
        if SAYS.fullmatch(text):
            return "comment_author"
        signature = read_signature(text, named=True)
        if signature and signature.time:
            return "comment_line"
        return "comment_author" if self._is_name(index) else None

    def _is_name(self, index: int) -> bool:
        """Whether the line is a commenter's name: it stands above a time, at the head of a block."""
        line = self.lines[index]
        if index + 1 >= len(self.lines) or len(line.text) > NAME or not is_time(self.lines[index + 1].text):
            return False
        heads = self.lines[index - 1].block != line.block
        return (heads and self.lines[index + 1].block == line.block) or (self.name_first and heads)

    def _is_subject(self, index: int) -> bool:
        if index + 1 >= len(self.lines) or not self.lines[index].lone or self._boundary(index):
            return False
        text = self.lines[index].text
        if len(text) > SUBJECT or NO_SUBJECT_END.search(text) or read_label(text):
            return False
        following = self.lines[index + 1].text
        ends = following.casefold() in COMMENT_LINKS or read_label(following) or self._boundary(index + 1)
        return not ends

    def _comments_follow(self, index: int) -> bool:
        """Whether a comment begins soon, or nothing but labels is left."""
        ahead = self.lines[index : index + 4]
        if any(is_time(line.text) or SAYS.fullmatch(line.text) for line in ahead):
            return True
        if any((found := read_signature(line.text, named=True)) and found.time for line in ahead):
            return True
        return all(read_label(line.text) for line in ahead)

    def _name_stands_first(self, index: int) -> bool:
        ahead = [line.text for line in self.lines[index : index + 2]]
        return len(ahead) == 2 and len(ahead[0]) <= NAME and not is_time(ahead[0]) and is_time(ahead[1])
