"""Whether memory stays flat: `extract_page` over the corpora again and again, in one process.

`python benchmarks/flat_memory.py CORPORA [--pages 100000]` prints the resident memory after each tenth of the pages.
Each page is changed a little each time (its classes, ids and address), so that no cache meets what it knows.
"""

from __future__ import annotations

import argparse
import gzip
import re
import time
from pathlib import Path

from scraper import extract_page

NAMED = re.compile(rb"\b(class|id)=\"([^\"]*)\"")
PAGE_SIZE = 4096


def resident() -> float:
    """Megabytes of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE_SIZE / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--pages", type=int, default=100_000)
    arguments = parser.parse_args()
    files = sorted(arguments.corpora.glob("*/pages/*.html.gz"))
    pages = [file.read_bytes() for file in files]
    started = time.process_time()
    print(f"| pages | memory, MB | CPU ms a page |\n| --- | --- | --- |\n| 0 | {resident():.0f} | |")
    for number in range(1, arguments.pages + 1):
        turn, place = divmod(number, len(pages))
        changed = NAMED.sub(rb'\1="\2 t%d"' % turn, gzip.decompress(pages[place]))
        extract_page(changed, f"https://blog.example/{turn}/{place}")
        if number % (arguments.pages // 10) == 0:
            spent = (time.process_time() - started) * 1000 / number
            print(f"| {number:,} | {resident():.0f} | {spent:.1f} |", flush=True)


if __name__ == "__main__":
    main()
