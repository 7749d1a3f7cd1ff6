"""`write_epub`: an archive as a book, EPUB 3: a chapter for each post and its thread, in the order of time."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from importlib import resources
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from scraper.export.dates import year_of
from scraper.export.plain import plain_line
from scraper.export.post_markup import language_of, post_markup, title_of
from scraper.export.selection import Selection
from scraper.store.reader import ArchivedPost
from scraper.text.prose import excerpt

LONGEST_TITLE = 200  # characters in the table of contents
MADE = "2000-01-01T00:00:00Z"  # stands where no capture says of when the archive is
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(slots=True)
class _Book:
    """What is known of the book so far, with one line a chapter: its key, title and year."""

    chapters: list[tuple[int, str, str]] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    authors: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    urls: list[str] = field(default_factory=list)  # the first and the last
    newest: str = MADE

    def add(self, post: ArchivedPost) -> None:
        self.chapters.append((post.id, excerpt(title_of(post), LONGEST_TITLE), year_of(post.published)))
        self.names.update(filter(None, [plain_line(post.site_name)]))
        self.authors.update(filter(None, (plain_line(signer.name) for signer in post.signers)))
        self.languages.update(filter(None, [language_of(post)]))
        self.urls = [*self.urls[:1], post.url]
        if post.captured_at and _MOMENT.fullmatch(post.captured_at):
            self.newest = max(self.newest, post.captured_at)


def write_epub(selection: Selection, path: Path) -> int:
    """The number of posts. The same archive gives the same bytes."""
    book = _Book()
    with ZipFile(path, "w") as archive:
        _write(archive, "mimetype", "application/epub+zip", ZIP_STORED)  # first, and as it is
        _write(archive, "META-INF/container.xml", _CONTAINER)
        style = resources.files("scraper.export") / "site" / "book.css"
        _write(archive, "book/style.css", style.read_text(encoding="utf-8"))
        for post in selection.posts():
            book.add(post)
            _write(archive, f"book/post-{post.id}.xhtml", _chapter(post))
        if not book.chapters:
            _write(archive, "book/post-0.xhtml", _page("Empty", "<h1>Nothing is held</h1>", None))
        _write(archive, "book/nav.xhtml", _contents(book))
        _write(archive, "book/book.opf", _package(book))
    return len(book.chapters)


def _write(archive: ZipFile, name: str, text: str, how: int = ZIP_DEFLATED) -> None:
    entry = ZipInfo(name)  # of 1980: no clock in the file
    entry.compress_type = how
    archive.writestr(entry, text.encode(errors="replace"))


def _chapter(post: ArchivedPost) -> str:
    return _page(excerpt(title_of(post), LONGEST_TITLE), "".join(post_markup(post)), language_of(post))


def _page(title: str, body: str, language: str | None) -> str:
    stated = f' xml:lang="{language}" lang="{language}"' if language else ""
    return _PAGE.format(language=stated, title=escape(title), body=body)


def _contents(book: _Book) -> str:
    """The table of contents, by year."""
    parts: list[str] = []
    year = None
    for key, title, its_year in book.chapters or [(0, "Nothing is held", "")]:
        if its_year != year:
            parts.append("</ol></li>" if year is not None else "")
            parts.append(f'<li><a href="post-{key}.xhtml">{its_year or "Empty"}</a><ol>')
            year = its_year
        parts.append(f'<li><a href="post-{key}.xhtml">{escape(title)}</a></li>')
    return _NAV.format(chapters="".join(parts) + "</ol></li>")


def _package(book: _Book) -> str:
    """What is in the book, about it, and in which order."""
    keys = [key for key, _, _ in book.chapters] or [0]
    title = ", ".join(name for name, _ in book.names.most_common(3)) or "Archive"
    about = [f"<dc:title>{escape(excerpt(title, LONGEST_TITLE))}</dc:title>"]
    about += [f"<dc:creator>{escape(excerpt(name))}</dc:creator>" for name, _ in book.authors.most_common(20)]
    about += [f"<dc:language>{language}</dc:language>" for language, _ in book.languages.most_common(1)] or [
        "<dc:language>und</dc:language>"
    ]
    identity = uuid5(NAMESPACE_URL, " ".join((*book.urls, str(len(keys)))).encode(errors="replace").decode())
    items = (f'<item id="p{key}" href="post-{key}.xhtml" media-type="application/xhtml+xml"/>' for key in keys)
    order = (f'<itemref idref="p{key}"/>' for key in keys)
    return _PACKAGE.format(
        identity=identity, about="".join(about), newest=book.newest, items="\n".join(items), order="\n".join(order)
    )


_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml"{language}>
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""
_NAV = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en" lang="en">
<head><title>Contents</title></head>
<body><nav epub:type="toc" id="toc"><h1>Contents</h1><ol>
{chapters}
</ol></nav></body>
</html>
"""
_PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{identity}</dc:identifier>
{about}
<meta property="dcterms:modified">{newest}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
{items}
</manifest>
<spine>
<itemref idref="nav"/>
{order}
</spine>
</package>
"""
