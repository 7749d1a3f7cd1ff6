"""The URLs of the pages of a mirror, as wget lays them out: `place_inputs`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from scraper.run.importing.inputs import Input

INDEX = "index.html"
SAFE = "%:@!$&'()*+,;=~-._"  # in a path; wget keeps what is escaped


def place_inputs(inputs: Sequence[Input], folders: Sequence[Path], base: str) -> Iterator[Input]:
    """The inputs, those in the folders with the URL that their place there stands for.

    :param base: the mirrored site's address. Where a folder is named by its host, or holds one that is, what is beside
        that is of other hosts, as wget writes them; else the folder is what is at `base` itself.
    """
    roots = [(folder, _has_hosts(folder, base)) for folder in folders]
    for each in inputs:
        root = next(((folder, hosts) for folder, hosts in roots if each.path.is_relative_to(folder)), None)
        if root is None or each.kind not in ("html", "text") or each.url is not None:
            yield each
        else:
            parts, base_url = each.path.relative_to(root[0]).parts, _base(root[0], base)
            if root[1] and len(parts) > 1:  # the host's folder
                base_url, parts = f"{urlsplit(base).scheme}://{parts[0]}/", parts[1:]
            yield replace(each, url=url_in_folder(parts, base_url))


def _has_hosts(folder: Path, base: str) -> bool:
    return os.path.isdir(folder / urlsplit(base).netloc)


def _base(folder: Path, base: str) -> str:
    """What the folder's top stands for: the whole host where the folder is named by it."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}/" if folder.absolute().name == parts.netloc else f"{base.rstrip('/')}/"


def url_in_folder(parts: Sequence[str], base: str) -> str:
    """The URL of the file at these parts of a path below a folder that is what is at `base`.

    >>> url_in_folder(("2012", "05", "index.html"), "https://blog.example/")
    'https://blog.example/2012/05/'
    >>> url_in_folder(("index.html?p=1.html",), "https://blog.example/")
    'https://blog.example/?p=1'
    """
    *folders, name = parts
    path, mark, query = name.partition("?")
    if mark:
        query = query.removesuffix(".html")  # which wget adds to names that do not end so
    path = "" if path == INDEX else path
    placed = "/".join([*(quote(each, safe=SAFE) for each in folders), quote(path, safe=SAFE)])
    return f"{base}{placed}{mark}{quote(query, safe=SAFE + '/?')}"
