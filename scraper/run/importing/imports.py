"""`import_paths`: saved pages, text dumps and WARCs into an archive."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from scraper.errors import InputError, UsageError
from scraper.model import Visit
from scraper.run.importing.arcs import take_arc
from scraper.run.importing.exports import ExportFile, take_export
from scraper.run.importing.files import ImportOptions, take_file
from scraper.run.importing.inputs import Input, find_inputs
from scraper.run.importing.intake import Intake
from scraper.run.importing.mirrors import place_inputs
from scraper.run.importing.packed import warcs_in
from scraper.run.importing.saved_mementos import CdxFile, place_mementos, read_lists, take_list
from scraper.run.importing.waczs import take_wacz
from scraper.run.importing.warcs import take_put_off, take_warc
from scraper.run.leftovers import open_session
from scraper.run.lessons import learn_from_inputs
from scraper.run.recipes import LoadedRecipe
from scraper.run.report import Report
from scraper.run.watcher import Watcher
from scraper.settings import Settings

WITHOUT_URL = ("warc", "wacz", "arc", "cdx", "skipped", "failed")  # kinds of inputs that a URL says nothing of


def import_paths(
    archive_path: Path,
    paths: Sequence[Path],
    options: ImportOptions,
    settings: Settings,
    watcher: Watcher | None = None,
    recipe: LoadedRecipe | None = None,
) -> Report:
    """Reads all files at or below the paths into the archive, which is made if need be; returns the counts.

    The URL is that of the only file, of the blog that an export is from, or of the site that folders are a mirror of.
    What is held already is not stored again: repeating an import changes nothing. Raises UsageError for a missing
    path, for the only file if it is none that can be read, and for a URL given for more than one file.
    """
    inputs = list(find_inputs(paths))
    _check(inputs, paths, options)
    lists = read_lists(inputs)
    inputs = list(place_mementos(inputs, lists))
    if options.url and len(inputs) > 1:  # of a mirror
        inputs = list(place_inputs(inputs, paths, options.url))
        options = replace(options, url=None, base=options.url)
    watcher = watcher or Watcher()
    with open_session(archive_path, "import", settings, watcher, recipe) as session:
        intake = Intake(session, keep_private=options.keep_private)
        learn_from_inputs(session, inputs, settings.max_page_bytes)
        not_done: list[Input] = []  # of which something was put off until all posts are held
        for each in inputs:
            if watcher.stop.is_wanted:
                break
            before = len(intake.put_off)
            _take(intake, each, lists, options, settings)
            if len(intake.put_off) > before:
                not_done.append(each)
        for each in not_done:
            if not watcher.stop.is_wanted:
                _take_last(intake, each)
        intake.flush()
        return session.report


def _check(inputs: Sequence[Input], paths: Sequence[Path], options: ImportOptions) -> None:
    is_one = len(inputs) == 1 or all(os.path.isdir(path) for path in paths)
    if options.url and (not is_one or all(each.kind in WITHOUT_URL for each in inputs)):
        raise UsageError("--url is for a single HTML or text file, an export, or a mirror's folder", options.url)
    if len(inputs) == 1 and inputs[0].named and inputs[0].kind == "skipped":
        raise UsageError(inputs[0].reason or "cannot be read", str(inputs[0].path))


def _take(
    intake: Intake, each: Input, lists: Mapping[Path, CdxFile], options: ImportOptions, settings: Settings
) -> None:
    """Reads one input; one that cannot be read is counted and becomes an event."""
    try:
        match each.kind:
            case "skipped" | "failed":
                _pass_over(intake, each)
            case "wacz":
                take_wacz(intake, each.path, intake.session.watcher.stop)
            case "warc":
                take_warc(intake, each.path, intake.session.watcher.stop)
            case "cdx":
                take_list(intake, lists[each.path])
            case "arc":
                take_arc(intake, each.path, intake.session.watcher.stop)
            case "html" | "text" | "mhtml":
                take_file(intake, each, options, settings.max_page_bytes)
            case _:
                take_export(intake, ExportFile(each.path, each.kind, options.url or options.base, options.fetched_at))
    except InputError as error:
        intake.drop(Visit(str(each.path), "failed", error.message))


def _take_last(intake: Intake, each: Input) -> None:
    """Reads what of the input was put off."""
    try:
        for name, path in warcs_in(each):
            take_put_off(intake, path, intake.session.watcher.stop, name)
    except InputError as error:
        intake.drop(Visit(str(each.path), "failed", error.message))


def _pass_over(intake: Intake, each: Input) -> None:
    """Counts what is not read: what a person named has failed, what just lies in a folder is told in the summary."""
    if each.named or each.kind == "failed":
        intake.drop(Visit(str(each.path), "failed", each.reason))
        return
    intake.drop(Visit(str(each.path), "skipped", each.reason))
