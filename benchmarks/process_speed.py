"""`process` with everything stored: pages per CPU second, memory, and whether all engines make the same shards.

usage: python benchmarks/process_speed.py SHARED [--pages N] [--warcs N] [--engines serial pool dask] [--alone]

Reads SHARED/captures, and so many pages of SHARED/corpora, each on a host of its own, as WARCs. The peer is trafilatura
(text, metadata, comments) in the place of our extractor: the same WARC reading, the same archive, no learning. Counted
are the CPU seconds of each process that makes shards, from its first line to its last. Speed is of this machine at this
moment: figures of one run may be compared.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from crawl_speed import ENVIRONMENT, install
from import_speed import write_warc

ROOT = Path(__file__).resolve().parent.parent
PRICE = 0.04  # US dollars for a core and an hour, about what large clouds ask; spot prices are a third of it
TABLES = ("posts", "comments", "people", "bios", "tags", "links", "captures")
NAMES = ("warc_file", "warc_offset")  # segments have names of their own


def main(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        warcs = folder / "warcs"
        warcs.mkdir()
        records = write_warcs(options.shared / "corpora", warcs, options.pages, options.warcs)
        inputs = [str(options.shared / "captures"), str(warcs)]
        counts: dict[str, dict[str, Any]] = {}
        for engine in options.engines:
            counts[engine] = run(folder / engine, [*inputs, "--engine", engine])
        if not options.alone:
            install()
            counts["trafilatura"] = run_peer(folder / "peer", inputs)
        print(f"{records:,} pages of the corpora and all captures; {os.cpu_count()} cores\n")
        print_table(counts)
        first, *others = options.engines
        for other in others:
            print(f"\n{other} says what {first} says: {say(folder / first) == say(folder / other)}", end="")
        print()
        for engine in options.engines:
            lines = sum(len(path.read_text().splitlines()) for path in (folder / engine).glob("*/manifest.jsonl"))
            states = sum(counts[engine]["states"].values())
            print(f"{engine}: {counts[engine]['records']:,} records, {states:,} states, {lines:,} lines of manifests")
            print(f"  slowest: {json.dumps(counts[engine]['slowest'])}; {counts[engine]['states']}")
    return 0


def write_warcs(corpora: Path, folder: Path, pages: int, number: int) -> int:
    """So many response records in so many files; pages are taken again, under other addresses, where they run out."""
    files = sorted(corpora.rglob("*.html.gz"))
    for at in range(number):
        chosen = [files[page * 7919 % len(files)] for page in range(at, pages, number)]
        write_warc(chosen, folder / f"corpora-{at:04}.warc.gz")
    return pages


def run(out: Path, arguments: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "scraper", "process", *arguments, "--out", str(out), "-q", "--json"]
    return counted(command)


def run_peer(out: Path, inputs: list[str]) -> dict[str, Any]:
    packages = next((ENVIRONMENT / "lib").glob("python*/site-packages"))
    script = ROOT / "benchmarks" / "peers" / "process_trafilatura.py"
    return counted([sys.executable, str(script), str(packages), str(out), *inputs])


def counted(command: list[str]) -> dict[str, Any]:
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{command[3]} ended with {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def say(folder: Path) -> dict[tuple[str, str], Any]:
    """What the shards' tables hold that was read."""
    found = {}
    for db in sorted(folder.glob("[!.]*/*.db")):
        with contextlib.closing(sqlite3.connect(db)) as connection:
            for table in TABLES:
                columns = connection.execute(f"PRAGMA table_info({table})")
                names = ", ".join(name for _, name, *_ in columns if name not in NAMES)
                found[db.name, table] = connection.execute(f"SELECT {names} FROM {table} ORDER BY 1, 2").fetchall()
    return found


def print_table(counts: dict[str, dict[str, Any]]) -> None:
    print("| | pages | CPU s | pages a CPU s | CPU ms a page | peak MB a process | US$ for 10^6 pages |")
    print("| --- |" + " ---: |" * 6)
    for name, each in counts.items():
        pages, seconds = each["pages"], each["cpu_seconds"]
        cost = seconds / pages * 1e6 / 3600 * PRICE
        figures = [f"{pages:,}", f"{seconds:.1f}", f"{pages / seconds:.1f}", f"{1000 * seconds / pages:.1f}"]
        print(f"| {name} | {' | '.join(figures)} | {each['peak_memory'] / 1e6:.0f} | {cost:.2f} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure the speed of process.")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--warcs", type=int, default=8)
    parser.add_argument("--engines", nargs="+", default=["serial", "pool", "dask"])
    parser.add_argument("--alone", action="store_true", help="without the peer")
    sys.exit(main(parser.parse_args()))
