"""Ours beside the peers, on the same pages in the same run: quality, speed and memory as one Markdown table.

usage: python benchmarks/bench.py [--sets aeb traf ...] [--peers trafilatura ...] [--cap N] [--out FILE]

`make bench` runs it. The peers are installed into an environment of their own, build/bench. Pages, gold and the
scorer are read from $SHARED, or from ../shared beside this repository. Nothing is kept between two runs.

Every page goes through all extractors, one after the other, in one process, so that whatever slows the machine slows
all of them. The memory of each is the peak of a process that runs nothing else.
"""

from __future__ import annotations

import argparse
import functools
import gc
import importlib
import os
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SHARED") or ROOT.parent / "shared").resolve()
ENVIRONMENT = ROOT / "build" / "bench"
SETS = ("aeb", "traf", "wcxb", "dragnet", "fundus", "postlight", "htmldate", "harvest")
OURS = "ours"
ADAPTERS = {  # `module:function` of each extractor, the peers' in $SHARED/tools
    OURS: "extractor:extract",
    "trafilatura": "peers:trafilatura_std",
    "readability": "peers:readability_lxml",
    "newspaper4k": "peers:newspaper4k",
    "goose3": "peers:goose3_",
    "justext": "peers:justext_",
    "resiliparse": "peers:resiliparse_main",
    "boilerpy3": "peers:boilerpy3_",
    "lxml-parse": "peers:floor_lxml",
}
DEFAULT_PEERS = ("trafilatura", "readability", "newspaper4k", "justext", "resiliparse", "lxml-parse")
PACKAGES = {  # what each is installed from; the version is said where a figure of it is quoted elsewhere
    "trafilatura": ("trafilatura==2.3.1", "lxml_html_clean"),
    "readability": ("readability-lxml",),
    "newspaper4k": ("newspaper4k",),
    "goose3": ("goose3",),
    "justext": ("justext",),
    "resiliparse": ("resiliparse",),
    "boilerpy3": ("boilerpy3",),
    "lxml-parse": ("lxml",),
}
SCORER_PACKAGES = ("resiliparse", "html-text", "python-dateutil")  # what the scorer and its adapters import
MEMORY_PAGES = 100  # of each set, for the peak memory
TIMEOUT = 120  # seconds that all extractors together may take for a page


def main() -> int:
    options = arguments()
    if not (SHARED / "corpora").is_dir() or not (SHARED / "tools" / "evaluate.py").is_file():
        print(f"No pages to measure on: {SHARED} has no corpora/ and tools/evaluate.py.", file=sys.stderr)
        print("Set SHARED to the folder that holds them (benchmarks/README.md).", file=sys.stderr)
        return 2
    if Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
        problem = install(options.peers)
        if problem:
            print(problem, file=sys.stderr)
            return 1
        python = ENVIRONMENT / "bin" / "python"
        return subprocess.run([python, __file__, *sys.argv[1:]], check=False).returncode
    sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks"), str(SHARED / "tools")]
    table = measure(options.sets, (OURS, *options.peers), options.cap)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(table, encoding="utf-8")
    print(table)
    print(f"Written to {options.out}", file=sys.stderr)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS, metavar="SET", help=", ".join(SETS))
    parser.add_argument(
        "--peers", nargs="*", choices=PACKAGES, default=DEFAULT_PEERS, metavar="PEER", help=", ".join(PACKAGES)
    )
    parser.add_argument("--cap", type=int, default=0, metavar="N", help="at most N pages of each set, always the same")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench.md", help="the table's file")
    return parser.parse_args()


def install(peers: tuple[str, ...]) -> str | None:
    """Bring the environment up to what these peers need; what went wrong, if anything did."""
    packages = sorted({*SCORER_PACKAGES, *(package for peer in peers for package in PACKAGES[peer])})
    stamp, log = ENVIRONMENT / "stamp", ENVIRONMENT / "install.log"
    wanted = "\n".join((str(ROOT), (ROOT / "pyproject.toml").read_text(encoding="utf-8"), *packages))
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return None
    print(f"Installing the peers into {ENVIRONMENT} ...", file=sys.stderr)
    venv.create(ENVIRONMENT, with_pip=True)
    pip = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    # pip before 24 cannot resolve lxml[html_clean] twice over, which three of the peers ask for
    for what in (["--upgrade", "pip"], ["--editable", str(ROOT), *packages]):
        with log.open("ab") as file:
            if subprocess.run([*pip, *what], stdout=file, stderr=file, check=False).returncode:
                return f"pip could not install {' '.join(what)}. Its log: {log}"
    stamp.write_text(wanted, encoding="utf-8")
    return None


def measure(sets: tuple[str, ...], names: tuple[str, ...], cap: int) -> str:
    """The tables as Markdown."""
    from table import Run, as_markdown

    evaluate: Any = importlib.import_module("evaluate")
    evaluate.CORPORA = SHARED / "corpora"
    os.environ["BENCH_EXTRACTORS"] = " ".join(names)
    rows = {each: evaluate.pick(evaluate.load_gold(each), cap) for each in sets}
    memory = {  # first of all: a forked process begins with what this one holds
        each: {name: evaluate.run(ADAPTERS[name], each, evaluate.pick(rows[each], MEMORY_PAGES), TIMEOUT)[1]
               for name in names}
        for each in sets
    }  # fmt: skip
    print("memory: done", file=sys.stderr, flush=True)
    runs = []
    for each in sets:
        start = time.monotonic()
        outputs, _ = evaluate.run("bench:extract_by_all", each, rows[each], TIMEOUT)
        print(f"{each}: {len(outputs)} pages, {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
        runs.append(Run(each, rows[each], outputs, memory[each]))
    packages = {name: PACKAGES[name][0].partition("==")[0] for name in names if name != OURS}
    return as_markdown(evaluate, runs, packages, cap)


@functools.cache
def extractors() -> dict[str, Any]:
    places = {name: ADAPTERS[name].split(":") for name in os.environ["BENCH_EXTRACTORS"].split()}
    return {name: getattr(importlib.import_module(module), attribute) for name, (module, attribute) in places.items()}


def extract_by_all(html: bytes, url: str | None) -> dict[str, Any]:
    """What each extractor finds, and the CPU seconds that it took. Garbage of the one before is not its own."""
    found: dict[str, Any] = {}
    for name, extract in extractors().items():
        gc.collect()
        start = time.process_time()
        try:
            output = extract(html, url) or {}
            error = None
        except Exception as problem:  # noqa: BLE001 - a peer may raise whatever it likes; it is counted
            output, error = {}, f"{type(problem).__name__}: {problem}"[:200]
        cpu = time.process_time() - start
        kept = {key: value if isinstance(value, str | list) else str(value) for key, value in output.items() if value}
        found[name] = {**kept, "error": error, "cpu": cpu}
    gc.collect()
    gc.freeze()  # what is loaded and cached by now need not be looked through again
    return found


if __name__ == "__main__":
    sys.exit(main())
