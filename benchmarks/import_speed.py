"""CPU ms a page of `import`: all pages of a folder as one WARC, into a new archive, in a process of its own.

usage: python benchmarks/import_speed.py FOLDER [--cap N]     FOLDER holds *.html.gz, at any depth

The clock covers the whole command (start-up, WARC reading and copying, extraction, SQLite with full-text search). The
speed of machines differs and drifts, so a bare lxml parse of the same pages is timed in the same run, and the ratio
is the figure to compare.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


def write_warc(files: list[Path], target: Path) -> int:
    """The pages as response records with plain HTTP headers; returns the bytes of all bodies."""
    size = 0
    with target.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number, file in enumerate(files):
            body = gzip.decompress(file.read_bytes())
            size += len(body)
            headers = [("Content-Type", "text/html"), ("Content-Length", str(len(body)))]
            record = writer.create_warc_record(
                f"http://page-{number}.example/{file.name.removesuffix('.html.gz')}",
                "response",
                payload=io.BytesIO(body),
                http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": "2026-01-01T00:00:00Z"},
            )
            writer.write_record(record)
    return size


def lxml_seconds(files: list[Path]) -> float:
    """CPU seconds for lxml to parse every page once, nothing else."""
    from lxml import etree

    spent = 0.0
    for file in files:
        body = gzip.decompress(file.read_bytes())
        begun = time.process_time()
        with contextlib.suppress(etree.ParserError, etree.XMLSyntaxError):
            etree.fromstring(body, etree.HTMLParser(huge_tree=True))
        spent += time.process_time() - begun
    return spent


def main(folder: Path, cap: int) -> int:
    files = sorted(folder.rglob("*.html.gz"))
    if cap:
        files = files[:: max(1, len(files) // cap)][:cap]
    if not files:
        sys.exit(f"no *.html.gz in {folder}")
    with tempfile.TemporaryDirectory() as temporary:
        warc, database = Path(temporary) / "pages.warc.gz", Path(temporary) / "speed.db"
        size = write_warc(files, warc)
        done = subprocess.run([sys.executable, "-m", "scraper", "import", str(database), str(warc)], check=False)
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = usage.ru_utime + usage.ru_stime
        held = database.stat().st_size / 1e6 if database.exists() else 0.0
    print(f"{len(files):,} pages, {size / 1e6:.0f} MB: {1000 * spent / len(files):.1f} CPU ms a page")
    bare = lxml_seconds(files)
    print(f"a bare lxml parse: {1000 * bare / len(files):.1f} CPU ms a page; ratio {spent / bare:.1f}")
    print(f"peak memory {usage.ru_maxrss / 1024:.0f} MB, database {held:.0f} MB, exit code {done.returncode}")
    return 0 if done.returncode in (0, 3) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure the speed of import.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cap", type=int, default=0)
    given = parser.parse_args()
    sys.exit(main(given.folder, given.cap))
