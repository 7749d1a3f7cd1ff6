"""Lines that begin or end nearly all comments of a thread, which nobody wrote: `without_common_lines`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from scraper.model import Comment

FEWEST = 5  # comments that tell what a theme adds to each
NEARLY_ALL = 0.8  # share of them
LONGEST = 40  # characters of such a line
SAID = tuple(",.!?。！？")  # ends of what people say, as of a greeting or thanks, and templates do not
ELEMENTS = ("p", "div", "b", "strong", "em", "i")
BREAK = "<br>"


def without_common_lines(comments: Sequence[Comment]) -> list[Comment]:
    """The comments without a line that the theme puts before or after the words of each: a button, a role, a count."""
    found = list(comments)
    for at_end in (False, True):
        lines = Counter(_line(each.text, at_end) for each in found if each.text)
        (line, count), *_ = lines.most_common(1) or [("", 0)]
        if line and count >= FEWEST and count >= NEARLY_ALL * lines.total():
            found = [_cut(each, line, at_end) if _line(each.text, at_end) == line else each for each in found]
    return found


def _line(text: str, at_end: bool) -> str:
    """The first or the last of several lines; empty for a text of one, and for one that is long or somebody's words."""
    first, newline, last = text.rpartition("\n") if at_end else text.partition("\n")
    line = last if at_end else first
    return line if newline and len(line) <= LONGEST and not line.endswith(SAID) else ""


def _cut(comment: Comment, line: str, at_end: bool) -> Comment:
    """The comment without the line; its HTML too, where that has the line in no other element than one of its own."""
    shown = escape(line, quote=False)
    text = comment.text[: -len(line) - 1] if at_end else comment.text[len(line) + 1 :]
    html = comment.html.strip()
    for whole in (shown, *(f"<{tag}>{shown}</{tag}>" for tag in ELEMENTS)):
        if at_end and html.endswith(whole):
            return replace(comment, text=text, html=_without_breaks(html.removesuffix(whole), at_end))
        if not at_end and html.startswith(whole):
            return replace(comment, text=text, html=_without_breaks(html.removeprefix(whole), at_end))
    return replace(comment, text=text)


def _without_breaks(html: str, at_end: bool) -> str:
    html = html.strip()
    while html.endswith(BREAK) if at_end else html.startswith(BREAK):
        html = (html.removesuffix(BREAK) if at_end else html.removeprefix(BREAK)).strip()
    return html
