"""The table that bench.py prints: measures with their intervals, the split by fold, speed and memory."""

from __future__ import annotations

import datetime
import platform
import random
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import fmean, median
from typing import Any

RESAMPLES = 1000
FLOORS = frozenset({"lxml-parse"})  # what extracts nothing, and is there for its speed
Row = dict[str, Any]  # of the gold; and what an extractor made of its page
Value = tuple[float, ...]
Cells = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One set through all extractors: gold, `{id, extractor: output}` of each page, and the peaks in MB."""

    name: str
    rows: list[Row]
    outputs: list[Row]
    memory: dict[str, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a set: what it is on one page (None where the gold does not say), and on many."""

    name: str
    field: str  # of the output; without it on any page the extractor has none
    of_page: Callable[[Any, Row, Row], Value | None]
    of_pages: Callable[[Sequence[Value]], float]
    by_fold: bool = False


def mean(values: Sequence[Value]) -> float:
    return fmean(value[0] for value in values)


def text_f1(values: Sequence[Value]) -> float:
    """The harmonic mean of mean precision and mean recall; a page without any text counts in the recall alone."""
    precisions = [true / (true + extra) for true, extra, _ in values if true + extra]
    recalls = [true / (true + missed) for true, _, missed in values if true + missed]
    precision, recall = fmean(precisions or [0.0]), fmean(recalls or [0.0])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def segment_f1(values: Sequence[Value]) -> float:
    true, extra, missed = (sum(column) for column in zip(*values, strict=True))
    return 2 * true / (2 * true + extra + missed) if true else 0.0


def text_of_page(score: Any, gold: Row, found: Row) -> Value | None:
    return tuple(score.shingle_tpfpfn(gold["text"], found.get("text"))) if gold.get("text") else None


def segments_of_page(score: Any, gold: Row, found: Row) -> Value | None:
    if not gold.get("with") or gold.get("text"):
        return None
    text = score.ws(found.get("text"))
    inside = sum(score.ws(each) in text for each in gold["with"])
    return inside, sum(score.ws(each) in text for each in gold.get("without") or ()), len(gold["with"]) - inside


def title_of_page(score: Any, gold: Row, found: Row) -> Value | None:
    titles = (gold["title"], *(gold.get("title_alts") or ())) if gold.get("title") else ()
    return (max(score.title_match(each, found.get("title"))[0] for each in titles),) if titles else None


def field_of_page(field: str) -> Callable[[Any, Row, Row], Value | None]:
    def of_page(score: Any, gold: Row, found: Row) -> Value | None:
        if not gold.get(field):
            return None
        return (getattr(score, f"{field}_match")(gold[field], found.get(field))[0],)

    return of_page


def invented_on_page(field: str) -> Callable[[Any, Row, Row], Value | None]:
    def of_page(score: Any, gold: Row, found: Row) -> Value | None:
        return (float(bool(found.get(field))),) if gold.get("meta_checked") and not gold.get(field) else None

    return of_page


def of_comments(name: str) -> Callable[[Any, Row, Row], Value | None]:
    def of_page(score: Any, gold: Row, found: Row) -> Value | None:
        value = score.score([gold], [{**found, "id": gold["id"]}]).get("comments", {}).get(name)
        return None if value is None else (value,)

    return of_page


MEASURES = (
    Measure("text F1", "text", text_of_page, text_f1, by_fold=True),
    Measure("segment F1", "text", segments_of_page, segment_f1, by_fold=True),
    Measure("title", "title", title_of_page, mean, by_fold=True),
    Measure("author", "author", field_of_page("author"), mean, by_fold=True),
    Measure("author invented", "author", invented_on_page("author"), mean),
    Measure("date", "date", field_of_page("date"), mean, by_fold=True),
    Measure("date invented", "date", invented_on_page("date"), mean),
    Measure("comments leaked into the text", "text", of_comments("leak"), mean),
    Measure("comments, token recall", "comments", of_comments("tok_R"), mean),
    Measure("comments, token precision", "comments", of_comments("tok_P"), mean),
)


def as_markdown(score: Any, runs: Sequence[Run], packages: dict[str, str], cap: int) -> str:
    """All tables. `score` is the scorer's module, `packages` the peers' packages by their names in the tables."""
    names = list(runs[0].memory)
    judged = [name for name in names if name not in FLOORS]
    tables = [quality(score, run, judged) for run in runs]
    parts = (
        heading(packages, cap),
        "Quality, with the interval of 95% of 1,000 bootstrap samples of the pages:",
        markdown(("set", "pages", "measure", *judged), (row for rows, _ in tables for row in rows)),
        "The same in folds 0 to 4:",
        markdown(("set", "measure", *judged), (row for _, folds in tables for row in folds)),
        "Speed, all extractors in turn on each page in one process; memory, each alone on at most 100 pages:",
        markdown(SPEED, (row for run in runs for row in speed(run, names))),
    )
    return "\n\n".join(parts) + "\n"


def quality(score: Any, run: Run, names: Sequence[str]) -> tuple[list[Cells], list[Cells]]:
    """The set's measures with their intervals, and by fold. A cell is empty where an extractor has no such field."""
    by_id = {output["id"]: output for output in run.outputs if not output.get("error")}
    figures: list[Cells] = []
    folds: list[Cells] = []
    for measure in MEASURES:
        cells: dict[str, list[tuple[int, Value]]] = {name: [] for name in names}
        for row in run.rows:
            for name, found in by_id.get(row["id"], {}).items():
                if name != "id" and name in cells and (value := measure.of_page(score, row, found)) is not None:
                    cells[name].append((row["fold"], value))
        pages = max(map(len, cells.values()))
        if not pages:
            continue
        has = {name: any(page[name].get(measure.field) for page in by_id.values()) for name in names}
        shown = [cells[name] if has[name] else [] for name in names]
        figures.append((run.name, pages, measure.name, *(with_interval(measure, values) for values in shown)))
        if measure.by_fold:
            folds.append((run.name, measure.name, *(by_fold(measure, values) for values in shown)))
    return figures, folds


def with_interval(measure: Measure, values: Sequence[tuple[int, Value]]) -> str:
    """
    >>> with_interval(MEASURES[2], [(0, (1.0,)), (1, (1.0,))])
    '1.000 (1.000-1.000)'
    """
    if not values:
        return ""
    found = [value for _, value in values]
    draw = random.Random(2012)  # the same samples for every extractor and run
    samples = sorted(measure.of_pages(draw.choices(found, k=len(found))) for _ in range(RESAMPLES))
    low, high = samples[RESAMPLES // 40], samples[-RESAMPLES // 40 - 1]
    return f"{shown(measure.of_pages(found))} ({shown(low)}-{shown(high)})"


def by_fold(measure: Measure, values: Iterable[tuple[int, Value]]) -> str:
    folds = defaultdict(list)
    for fold, value in values:
        folds[fold].append(value)
    return " ".join(shown(measure.of_pages(folds[number])) if number in folds else "-" for number in range(5) if folds)


def shown(figure: float) -> str:
    return f"{figure:.3f}".removeprefix("0")


SPEED = ("set", "extractor", "CPU ms a page", "median", "slowest, s", "pages/s/core", "times ours", "peak MB",
         "raised", "pages")  # fmt: skip


def speed(run: Run, names: Sequence[str]) -> Iterable[Cells]:
    """A row for each extractor, of the pages that all of them finished in time."""
    pages = [output for output in run.outputs if not output.get("error")]
    ours = fmean(page[names[0]]["cpu"] for page in pages)
    for name in names:
        cpu = [page[name]["cpu"] for page in pages]
        raised = sum(bool(page[name]["error"]) for page in pages)
        yield (
            run.name, name, f"{1000 * fmean(cpu):.1f}", f"{1000 * median(cpu):.1f}", f"{max(cpu):.2f}",
            f"{1 / fmean(cpu):.0f}", f"{fmean(cpu) / ours:.1f}", f"{run.memory[name]:.0f}", raised,
            f"{len(pages)} of {len(run.rows)}",
        )  # fmt: skip


def heading(packages: dict[str, str], cap: int) -> str:
    describe = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(describe, cwd=Path(__file__).parent, capture_output=True, text=True, check=False).stdout
    peers = ", ".join(f"{name} {version(package)}" for name, package in packages.items())
    return (
        f"`make bench` at {commit.strip() or 'an unknown commit'}, {datetime.datetime.now(datetime.UTC):%Y-%m-%d}, "
        f"Python {platform.python_version()}, {f'at most {cap} pages a set' if cap else 'all pages'}; "
        f"peers: {peers or 'none'}."
    )


def markdown(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)
