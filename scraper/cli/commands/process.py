"""`process WARC... --out DIR`: many WARCs into shards, one each, by many processes or machines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.numbers import Seconds, WholeNumber
from scraper.cli.options import Manner, base_settings, example, with_manner
from scraper.cli.output import print_json
from scraper.cli.running import bar, say, watch
from scraper.text.prose import counted

if TYPE_CHECKING:
    from scraper.run.processing.process import EngineName, Processed
    from scraper.run.processing.shard import Form

MEGABYTE = 1024 * 1024
EXAMPLES = example(
    "process crawls/*.warc.gz --out shards",
    "process crawls/ --out shards --to parquet --engine dask --scheduler tls://dask.example:8786",
)


@click.command("process", epilog=EXAMPLES)
@click.argument("warcs", metavar="WARC...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Where shards go."
)
@click.option(
    "--to",
    "form",
    type=click.Choice(("sqlite", "parquet")),
    default="sqlite",
    show_default=True,
    help="What a shard is: an archive, or its tables as Parquet files (extra 'parquet').",
)
@click.option(
    "--engine",
    type=click.Choice(("pool", "serial", "dask")),
    default="pool",
    show_default=True,
    help="Who does it: processes of this machine, this very process, or workers of Dask (extra 'scale').",
)
@click.option("--scheduler", metavar="ADDRESS", help="Dask's scheduler, on loopback or behind TLS; else our own.")
@click.option(
    "--jobs", type=WholeNumber(1), metavar="N", default=None, help="Processes at a time; by default one a core."
)
@click.option(
    "--page-time",
    type=Seconds(),
    metavar="SECONDS",
    default=30.0,
    show_default=True,
    help="CPU time after which a page is given up; 0: none.",
)
@click.option(
    "--page-memory",
    type=WholeNumber(128),
    metavar="MB",
    default=1024,
    show_default=True,
    help="Memory that the reading of a page may take.",
)
@with_manner
def command(
    warcs: tuple[Path, ...],
    out: Path,
    form: Form,
    engine: EngineName,
    scheduler: str | None,
    jobs: int | None,
    page_time: float,
    page_memory: int,
    manner: Manner,
) -> int:
    """Read each WARC into a shard of its own below DIR, with a line of JSON for the fate of each of its records.

    A shard appears when it is whole. Again, only WARCs without a shard are read. Each is what `import` would make of
    that WARC alone; DIR/NAME/manifest.jsonl lists the records, DIR/NAME/done.json adds them up (docs/scale.md).
    """
    from scraper.run.processing.process import ProcessOptions, default_jobs, process

    if scheduler is not None and engine != "dask":
        raise click.UsageError("--scheduler is for --engine dask")
    if form == "parquet":
        from scraper.export.parquet_tables import need_parquet

        need_parquet()
    options = ProcessOptions(
        engine, jobs or default_jobs(), scheduler, form, page_seconds=page_time, memory=page_memory * MEGABYTE
    )
    settings = base_settings()
    found = watch(
        lambda watcher: process(warcs, out, options, settings, watcher),
        manner,
        bar(None, manner.quiet),
        kept="finished shards stay, the others begin anew",
    )
    if isinstance(found, int):
        return found
    if manner.as_json:
        print_json(found.counts)
    if not manner.quiet or found.exit_code:
        say(_summary(found))
    return found.exit_code


def _summary(found: Processed) -> str:
    """One line for a person: counts in, counts out."""
    made, states = len(found.shards), found.states
    records, pages = sum(shard.records for shard in found.shards), sum(shard.pages for shard in found.shards)
    seconds = sum(shard.cpu_seconds for shard in found.shards)
    ends = ", ".join(f"{number:,} {state}" for state, number in sorted(states.items())) or "none"
    parts = [
        f"{made} {'shard' if made == 1 else 'shards'} made",
        f"{found.held} held already" if found.held else "",
        f"{len(found.failed)} failed" if found.failed else "",
    ]
    line = f"{', '.join(filter(None, parts))}; {counted(records, 'record')}: {ends}"
    if pages and seconds:
        line += f"; {counted(pages, 'page')}, {pages / seconds:.0f} a CPU second"
    line += f"; stopped: {found.room_missing}" if found.room_missing else ""
    slowest = found.counts["slowest"]
    if isinstance(slowest, dict):
        line += f"; slowest {slowest['url']} with {slowest['seconds']:.2f} s"
    return line
