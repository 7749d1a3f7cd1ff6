"""A book that readers of EPUB 3 accept, whatever the posts hold."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import lxml.etree
import pytest

from scraper.export.exporting import export_archive
from scraper.export.formats import FORMATS

JAR = Path("/usr/share/java/epubcheck.jar")
needs_epubcheck = pytest.mark.skipif(
    not JAR.exists() or shutil.which("java") is None, reason="no epubcheck here (sh scripts/servers.sh installs it)"
)


@needs_epubcheck
def test_epubcheck_finds_nothing(hostile: Path, tmp_path: Path) -> None:
    """Once, on the worst: each start of Java costs seconds."""
    export_archive(hostile, tmp_path / "hostile.epub", FORMATS["epub"])
    command = ["java", "-XX:TieredStopAtLevel=1", "-jar", str(JAR), "--failonwarnings", str(tmp_path / "hostile.epub")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr


def test_a_book_has_a_chapter_for_each_post_in_the_order_of_time(made_blog: Path, tmp_path: Path) -> None:
    export_archive(made_blog, tmp_path / "a.epub", FORMATS["epub"])
    with ZipFile(tmp_path / "a.epub") as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type, book.read(first)) == (
            "mimetype",
            ZIP_STORED,
            b"application/epub+zip",
        )
        package = lxml.etree.fromstring(book.read("book/book.opf"))
        chapter = book.read("book/post-7.xhtml").decode()
        contents = book.read("book/nav.xhtml").decode()
    order = [each.get("idref") for each in package.iter("{*}itemref")]
    assert order == ["nav", "p8", "p9", "p7"]
    assert package.findtext(".//{*}title") == "The Bakery"
    assert package.findtext(".//{*}language") == "en-GB"
    assert 'xml:lang="en-GB"' in chapter
    assert "11 years ago (2012-08-01 to 2012-08-31)" in chapter
    assert chapter.index("Good bread.") < chapter.index("CY said so") < chapter.index("Well said, @bob stone.")
    assert contents.index("undated") < contents.index("2012") < contents.index("Slow bread")


def test_the_same_archive_gives_the_same_bytes(made_blog: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        export_archive(made_blog, tmp_path / name, FORMATS["epub"])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
