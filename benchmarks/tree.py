"""Which HTML tree: lxml (huge_tree) against turbohtml, behind one small node walk and the same CSS selects.

usage: python benchmarks/tree.py FOLDER [--cap N]     FOLDER holds *.html.gz, at any depth

Each tree runs in a process of its own, so that memory can be told apart; each pathological page too, with a time limit.
Prints Markdown tables. docs/tree.md says what was decided.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TREES = ("lxml", "turbohtml")
HIDDEN = frozenset(
    {"script", "style", "template", "noscript", "textarea", "title", "head", "iframe", "svg", "noframes"}
)
SELECTORS = (
    "article .entry-content",
    ".comment-list > li",
    "#comments .comment",
    ".node-blog .field-name-body",
    "a[rel~=author]",
    ".author-bio",
    ".vcard .fn",
    "time[datetime]",
    "meta[property]",
    "meta[name]",
    "link[rel=canonical]",
    ".sharedaddy",
    ".jp-relatedposts",
    "h1",
    ".post-title",
    "body.single",
    ".comment-body",
    ".comment-content",
    ".pingback",
    "[itemprop]",
)
LEVELS = 100_000
PATHOLOGIES: dict[str, Callable[[], str]] = {
    "100,000 levels": lambda: "<div>" * LEVELS + "kept" + "</div>" * LEVELS + "<p>after</p>",
    "100,000 attributes": lambda: "<p " + " ".join(f"a{n}=1" for n in range(LEVELS)) + ">kept</p><p>after</p>",
    "100,000 unclosed formatting elements": lambda: "<b>x" * LEVELS + "<p>after</p>",
    "3,000 levels": lambda: "<div>" * 3000 + "kept" + "</div>" * 3000 + "<p>after</p>",
}
LIMIT = 60  # seconds for one pathological page


@dataclass(slots=True)
class Element:
    """What extraction needs of an element."""

    tag: str
    source: Any  # the library's element, asked for an attribute when one is wanted
    parent: Element | None
    children: list[Element | str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """One library behind the common interface: each function takes what `parse` returned."""

    parse: Callable[[str], Any]
    walk: Callable[[Any], Element]
    select: Callable[[Any], int]


def make_lxml() -> Tree:
    from lxml import etree
    from lxml.cssselect import CSSSelector

    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    selectors: list[Any] = [CSSSelector(css) for css in SELECTORS]

    def walk(source: Any) -> Element:
        root = Element(source.tag, source, None)
        stack = [(source, root)]
        while stack:
            node, made = stack.pop()
            if node.text:
                made.children.append(node.text)
            for child in node:
                below = Element(child.tag, child, made)
                made.children.append(below)
                if child.tail:
                    made.children.append(child.tail)
                stack.append((child, below))
        return root

    return Tree(
        parse=lambda text: etree.fromstring(text.encode(), parser),
        walk=walk,
        select=lambda source: sum(len(selector(source)) for selector in selectors),
    )


def make_turbohtml() -> Tree:
    import turbohtml

    element_type, text_type = turbohtml.Element, turbohtml.Text

    def walk(source: Any) -> Element:
        root = Element(source.tag, source, None)
        stack = [(source, root)]
        while stack:
            node, made = stack.pop()
            for child in node.children:
                kind = type(child)
                if kind is text_type:
                    made.children.append(child.data)
                elif kind is element_type:
                    below = Element(child.tag, child, made)
                    made.children.append(below)
                    stack.append((child, below))
        return root

    return Tree(
        parse=lambda text: turbohtml.parse(text, positions=False).root,
        walk=walk,
        select=lambda source: sum(len(source.select(css)) for css in SELECTORS),
    )


MAKERS = {"lxml": make_lxml, "turbohtml": make_turbohtml}


def read_pages(folder: Path, cap: int | None) -> Iterator[str]:
    files = sorted(folder.rglob("*.html.gz"))
    if cap and cap < len(files):
        files = sorted(random.Random(1).sample(files, cap))
    for file in files:
        data = gzip.decompress(file.read_bytes())
        try:
            text = data.decode()
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
        yield text.replace("\0", "")  # lxml ends the page there


def visible_text(root: Element) -> str:
    """All characters a reader may see, white space left out."""
    pieces: list[str] = []
    stack: list[Element | str] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
        elif item.tag not in HIDDEN:
            stack.extend(reversed(item.children))
    return "".join("".join(pieces).split())


def measure(name: str, folder: Path, cap: int | None) -> dict[str, Any]:
    """CPU seconds of each step over all pages, peak memory in MB, and the number of visible characters by page."""
    tree = MAKERS[name]()
    clock, spent, lengths, nodes = time.process_time, [0.0, 0.0, 0.0], [], 0
    for page in read_pages(folder, cap):
        marks = [clock()]
        source = tree.parse(page) if page.strip() else None
        marks.append(clock())
        root = tree.walk(source) if source is not None else Element("html", None, None)
        marks.append(clock())
        nodes += tree.select(source) if source is not None else 0
        marks.append(clock())
        spent = [total + after - before for total, before, after in zip(spent, marks, marks[1:], strict=False)]
        lengths.append(len(visible_text(root)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"spent": spent, "selected": nodes, "lengths": lengths, "peak_mb": peak}


def measure_pathology(name: str, case: str) -> dict[str, Any]:
    tree, page = MAKERS[name](), PATHOLOGIES[case]()
    start = time.process_time()
    source = tree.parse(page)
    root = tree.walk(source)
    tree.select(source)
    text = visible_text(root)
    return {"seconds": time.process_time() - start, "kept": "kept" in text or "xxx" in text, "after": "after" in text}


def in_child(*arguments: str, limit: float | None = None) -> dict[str, Any] | str:
    """What the child printed, or why it printed nothing."""
    command = [sys.executable, __file__, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=limit)
    except subprocess.TimeoutExpired:
        return f"over {LIMIT} s, stopped"
    if done.returncode:
        return f"ended with code {done.returncode}"
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def report_pages(folder: Path, cap: int | None) -> None:
    found = {name: in_child(str(folder), "--cap", str(cap or 0), "--child", name) for name in TREES}
    broken = {name: result for name, result in found.items() if isinstance(result, str)}
    if broken:
        sys.exit(f"a tree did not get through the pages: {broken}")
    results = {name: result for name, result in found.items() if isinstance(result, dict)}
    count = len(results["lxml"]["lengths"])
    print(f"\n{count:,} pages, CPU ms a page:\n")
    print("| tree | parse | walk | 20 selects | end to end | selected | visible characters | peak memory |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, result in results.items():
        steps = [1000 * seconds / count for seconds in result["spent"]]
        cells = [f"{step:.2f}" for step in (*steps, sum(steps))]
        size = f"{result['selected']:,} | {sum(result['lengths']):,} | {result['peak_mb']:.0f} MB"
        print(f"| {name} | {' | '.join(cells)} | {size} |")
    pairs = list(zip(results["lxml"]["lengths"], results["turbohtml"]["lengths"], strict=True))
    for mine, other, at in (("lxml", "turbohtml", 0), ("turbohtml", "lxml", 1)):
        short = [pair for pair in pairs if pair[at] < 0.99 * pair[1 - at]]
        lost = sum(pair[1 - at] - pair[at] for pair in short)
        print(f"\n{mine} has over 1% less text than {other} on {len(short)} pages, {lost:,} characters in all.")


def report_pathologies() -> None:
    print("\n| pathological page | " + " | ".join(TREES) + " |\n| --- | --- | --- |")
    for case in PATHOLOGIES:
        cells = []
        for name in TREES:
            result = in_child(".", "--case", case, "--child", name, limit=LIMIT)
            if isinstance(result, dict):
                text = "all text" if result["kept"] and result["after"] else "text lost"
                result = f"{result['seconds']:.2f} s, {text}"
            cells.append(result)
        print(f"| {case} | {' | '.join(cells)} |")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure lxml and turbohtml on a folder of pages.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cap", type=int, default=0, help="only so many pages, picked with a fixed seed")
    parser.add_argument("--child", choices=TREES, help=argparse.SUPPRESS)
    parser.add_argument("--case", choices=list(PATHOLOGIES), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.case:
        print(json.dumps(measure_pathology(given.child, given.case)))
    elif given.child:
        print(json.dumps(measure(given.child, given.folder, given.cap)))
    else:
        report_pages(given.folder, given.cap)
        report_pathologies()


if __name__ == "__main__":
    main()
