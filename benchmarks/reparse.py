"""Pages a second of `reparse` and `rebuild`, on one core and on two: all pages of a folder, again and again.

usage: python benchmarks/reparse.py FOLDER [--captures 1000 4000] [--jobs 0 2]   FOLDER holds *.html.gz, at any depth

The archive is made by `import`, one for each number of captures. For each number of processes: seconds, captures a
second, CPU ms a capture, and the memory of the largest process. With --jobs 0 all is read and written in one process.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


def write_warc(files: list[Path], captures: int, target: Path) -> None:
    """So many pages under as many addresses of 50 blogs."""
    with target.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number in range(captures):
            body = gzip.decompress(files[number % len(files)].read_bytes())
            headers = [("Content-Type", "text/html"), ("Content-Length", str(len(body)))]
            record = writer.create_warc_record(
                f"http://blog-{number % 50}.example/{number}",
                "response",
                payload=io.BytesIO(body),
                http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": "2026-01-01T00:00:00Z"},
            )
            writer.write_record(record)


def row(what: str, captures: int, *words: object) -> str:
    """The line of the table that tells of the command."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "scraper", *map(str, words)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 3):
        sys.exit(f"{command}: {child.returncode}")
    took, spent = time.monotonic() - begun, used.ru_utime + used.ru_stime
    each = f"{captures / took:.0f} | {1000 * spent / captures:.1f}"
    return f"| {what} | {captures:,} | {took:.1f} | {each} | {used.ru_maxrss / 1024:.0f} |"


def main(folder: Path, sizes: list[int], jobs: list[int], cores: list[int]) -> None:
    files = sorted(folder.rglob("*.html.gz"))
    if not files:
        sys.exit(f"no *.html.gz in {folder}")
    all_cores = os.sched_getaffinity(0)
    print("| | captures | seconds | captures a second | CPU ms a capture | largest process, MB |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    for captures in sizes:
        with tempfile.TemporaryDirectory() as temporary:
            warc, database = Path(temporary) / "pages.warc.gz", Path(temporary) / "speed.db"
            write_warc(files, captures, warc)
            print(row("import", captures, "import", database, warc, "-q"), flush=True)
            for number, core in zip(jobs, cores, strict=False):
                os.sched_setaffinity(0, sorted(all_cores)[:core])
                how, words = f"{number} processes, {core} cores", ("--jobs", number, "-q")
                print(row(f"reparse, {how}", captures, "reparse", database, *words), flush=True)
                again = database.with_name(f"again-{number}.db")
                lost = ("--from", database.with_suffix(".warc"))
                print(row(f"rebuild, {how}", captures, "rebuild", again, *lost, *words), flush=True)
            os.sched_setaffinity(0, all_cores)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure the speed of reparse and rebuild.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--captures", type=int, nargs="+", default=[1000, 4000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[0, 2])
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2])
    given = parser.parse_args()
    main(given.folder, given.captures, given.jobs, given.cores)
