"""Text in which empty lines part paragraphs, as writers type it into a form: `break_lines` makes HTML of it."""

from __future__ import annotations

import re

BLOCKS = (
    "address article aside blockquote dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr iframe li main math nav ol p pre script section style summary table tbody td tfoot th thead tr ul video"
)
PARTS = re.compile(r"\n[ \t]*\n\s*")
BLOCK = re.compile(rf"\s*</?(?:{'|'.join(BLOCKS.split())})\b", re.I)
KEPT = re.compile(r"<(pre|script|style)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)  # in which lines are lines already


def break_lines(text: str) -> str:
    r"""The text with its paragraphs marked, and its other line ends as <br>; blocks of its own stay as they are.

    >>> break_lines("One\nline.\n\nTwo.\n\n<ul>\n<li>three</li>\n</ul>")
    '<p>One<br>line.</p><p>Two.</p><ul>\n<li>three</li>\n</ul>'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: list[str] = []
    start = 0
    for kept in KEPT.finditer(text):
        found += [_marked(text[start : kept.start()]), kept[0]]
        start = kept.end()
    return "".join([*found, _marked(text[start:])])


def _marked(text: str) -> str:
    return "".join(_paragraph(each) for each in PARTS.split(text.strip()) if each)


def _paragraph(text: str) -> str:
    if BLOCK.match(text):
        return text
    return f"<p>{text.replace(chr(10), '<br>')}</p>"
