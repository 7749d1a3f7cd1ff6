r"""`write_bibtex`: posts and comments as entries for BibTeX and biblatex, in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.export.citations import Citation, citations, is_full_name, iso_day
from scraper.export.formats import Write
from scraper.export.plain import plain_line
from scraper.export.selection import Selection

_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_ESCAPES = {  # a brace counts for BibTeX also behind a backslash
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
}


def write_bibtex(selection: Selection, write: Write) -> int:
    """The number of posts."""
    number = 0
    for number, post in enumerate(selection.posts(), 1):  # noqa: B007
        for citation in citations(post):
            fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in _fields(citation))
            write(f"@misc{{{citation.key},\n{fields}\n}}\n\n")
    return number


def _fields(citation: Citation) -> Iterator[tuple[str, str]]:
    if citation.authors:
        yield "author", " and ".join(_name(author) for author in citation.authors)
    yield "title", f"{{{latex(citation.title)}}}"  # in braces of its own: as it was written
    if citation.site:
        yield "howpublished", latex(citation.site)
    dated = citation.dated
    if dated.is_circa:
        yield "date", f"{iso_day(dated.day)}/{iso_day(dated.last)}"
        yield "year", f"circa {dated.day[0]}" if dated.day[0] == dated.last[0] else f"{dated.day[0]}--{dated.last[0]}"
    elif dated.day:
        yield "date", iso_day(dated.day)
        yield "year", str(dated.day[0])
        if len(dated.day) > 1:
            yield "month", str(dated.day[1])
    if citation.url:
        yield "url", citation.url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
    if citation.accessed:
        yield "urldate", iso_day(citation.accessed)
    if citation.note:
        yield "note", latex(citation.note)


def latex(text: str) -> str:
    r"""The text as it stands in a field.

    >>> print(latex("50% of {a & \\b"))
    50\% of \textbraceleft{}a \& \textbackslash{}b
    """
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], "\\" + found[0]), plain_line(text))


def _name(name: str) -> str:
    """A name that is not sure to be a person's first and last name stays whole."""
    return latex(name) if is_full_name(name) and " and " not in name.casefold() else f"{{{latex(name)}}}"
