"""Pages a second of `reparse`, on one core and on two: all pages of a folder, again and again, in one archive.

usage: python benchmarks/reparse.py FOLDER [--captures 2000] [--jobs 0 2]   FOLDER holds *.html.gz, at any depth

The archive is made by `import`. For each number of processes: seconds, captures a second, CPU ms a capture, and the
largest process's memory after a tenth and at the end. With --jobs 0 all is read and written in one process.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import resource
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


def run(*words: object) -> tuple[float, float]:
    """Seconds and CPU seconds of the command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    command = [sys.executable, "-m", "scraper", *map(str, words)]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 3):
        sys.exit(f"{command}: {done.returncode}")
    return time.monotonic() - begun, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(folder: Path, captures: int, jobs: list[int], cores: list[int]) -> None:
    files = sorted(folder.rglob("*.html.gz"))
    if not files:
        sys.exit(f"no *.html.gz in {folder}")
    with tempfile.TemporaryDirectory() as temporary:
        warc, database = Path(temporary) / "pages.warc.gz", Path(temporary) / "speed.db"
        write_warc(files, captures, warc)
        took, spent = run("import", database, warc, "-q")
        print("| | seconds | captures a second | CPU ms a capture |\n| --- | --- | --- | --- |")
        print(f"| import | {took:.1f} | {captures / took:.0f} | {1000 * spent / captures:.1f} |", flush=True)
        for number, core in zip(jobs, cores, strict=False):
            os.sched_setaffinity(0, range(core))
            took, spent = run("reparse", database, "--jobs", number, "-q")
            what = f"reparse, {number} processes, {core} cores"
            print(f"| {what} | {took:.1f} | {captures / took:.0f} | {1000 * spent / captures:.1f} |", flush=True)
        print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure the speed of reparse.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--captures", type=int, default=2000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[0, 2])
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2])
    given = parser.parse_args()
    main(given.folder, given.captures, given.jobs, given.cores)
