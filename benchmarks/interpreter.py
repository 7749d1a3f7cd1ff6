"""What Python itself costs of one `extract_page`, and what would be left without: shares by `perf`, beside lxml.

usage: python benchmarks/interpreter.py CORPORA

Every twelfth page of seven sets is read five times, and perf samples which code runs. Two bounds come of it: the time
if the interpreter's loop cost nothing, as at best in compiled Python, and the time of the libraries in C and Rust
alone, as if all of this project's own code cost nothing (the C library and the kernel, counted there, serve Python's
objects as well). Needs perf (Debian: linux-perf).
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

SETS = ("aeb", "traf", "wcxb", "dragnet", "fundus", "postlight", "htmldate")
EVERY, ROUNDS, WARM = 12, 5, 60
LOOP = "_PyEval_EvalFrameDefault"
PARTS = {  # by the beginning of the file's name that the code is in
    "libpython": "Python's own C: strings, dicts, lists, regexes, calls",
    "python": "Python's own C: strings, dicts, lists, regexes, calls",
    "_html": "the HTML parser and its selectors (turbohtml)",
    "_multiarray": "numpy",
    "libscipy_openblas": "numpy",
    "nh3": "the sanitiser (nh3)",
    "libc.": "the C library: memory, copies",
}
LINE = re.compile(r"\s*([\d.]+)%\s+(\S+)\s+\[.\]\s+(\S+)")


def read_pages(corpora: Path) -> list[bytes]:
    files = [file for name in SETS for file in sorted((corpora / name / "pages").glob("*.gz"))[::EVERY]]
    return [gzip.decompress(file.read_bytes()) for file in files]


def work(corpora: Path) -> None:
    """What is sampled, and timed beside lxml on the same pages; prints milliseconds a page of both."""
    import lxml.etree
    import lxml.html

    from scraper import extract_page
    from scraper.run.memory import calm_collector

    pages = read_pages(corpora)
    for page in pages[:WARM]:
        extract_page(page, "https://blog.example/x")
    calm_collector()
    ours = lxmls = 0.0
    for page in pages * ROUNDS:
        begun = time.process_time()
        extract_page(page, "https://blog.example/x")
        ended = time.process_time()
        ours += ended - begun
    for page in pages:
        begun = time.process_time()
        with contextlib.suppress(lxml.etree.ParserError):  # a page without an element
            lxml.html.fromstring(page)
        lxmls += time.process_time() - begun
    print(1000 * ours / ROUNDS / len(pages), 1000 * lxmls / len(pages))


def shares(samples: Path) -> dict[str, float]:
    """The share of each part, in percent, of what perf sampled."""
    command = ["perf", "report", "-i", str(samples), "--sort", "dso,sym", "--stdio", "--percent-limit", "0"]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: defaultdict[str, float] = defaultdict(float)
    for line in map(LINE.match, report.splitlines()):
        if line:
            share, file, symbol = float(line[1]), line[2], line[3]
            part = next((part for beginning, part in PARTS.items() if file.startswith(beginning)), "all other, kernel")
            found["the interpreter's loop" if symbol == LOOP else part] += share
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.work:
        work(arguments.corpora)
        return 0
    if not shutil.which("perf"):
        print("interpreter.py: perf is not installed (Debian: apt-get install linux-perf)", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        samples = Path(folder) / "perf.data"
        itself = [sys.executable, __file__, str(arguments.corpora), "--work"]
        said = subprocess.run(itself, check=True, capture_output=True, text=True).stdout  # sampling slows it
        recorded = ["perf", "record", "-q", "-F", "1999", "-o", str(samples), "--", *itself]
        subprocess.run(recorded, check=True, capture_output=True)
        found = shares(samples)
    ours, lxmls = map(float, said.split())
    print(f"{ours:.2f} ms a page, lxml's parse {lxmls:.2f} ms: {ours / lxmls:.2f} times\n")
    print("| where | share | ms a page | times lxml's parse |\n| --- | ---: | ---: | ---: |")
    total = sum(found.values())
    for part, share in sorted(found.items(), key=lambda part: -part[1]):
        print(f"| {part} | {share / total:.1%} | {ours * share / total:.2f} | {ours * share / total / lxmls:.2f} |")
    python = sum(share for part, share in found.items() if part.startswith(("Python", "the interpreter")))
    without_loop = (1 - found["the interpreter's loop"] / total) * ours / lxmls
    print(f"\nwithout the interpreter's loop {without_loop:.2f} times lxml's parse; ", end="")
    print(f"libraries alone {(1 - python / total) * ours / lxmls:.2f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
