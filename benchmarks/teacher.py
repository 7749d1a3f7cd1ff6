"""What a blog's own feed and template teach: pages read without and with the profile of their blog.

usage: python benchmarks/teacher.py $SHARED [-v] [captures] [veiled] [fed] [hosts] [few]

captures: whole sites; the profile is learned from their feeds and pages, and held against the engines' databases on the
posts that no feed covers.
veiled: the same with every class, id and sign of the engine renamed, which leaves an engine that nobody knows.
fed: pages of the corpora whose host has three more there, each by the others with feed entries made of their gold.
hosts: pages whose host has five more or more, each by the template of the others.
few: the same from two more on, which is fewer than an archive would learn from.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scraper.capture.records import WarcRecord, read_records
from scraper.extract.page import extract_page
from scraper.extract.taught import template
from scraper.extract.taught.teaching import Teacher, post_of
from scraper.model import Entry, Page, Profile
from scraper.parse.feed import read_feed
from scraper.run.payloads import kind_of_payload
from scraper.text.urls import url_key

Gold = dict[str, Any]
NAMES = re.compile(rb"(\s(?:class|id|for)=)([\"'])(.*?)\2", re.S)
WORD = re.compile(rb"[A-Za-z_]+")
SIGNS = re.compile(
    rb"<meta[^>]*generator[^>]*>|<link[^>]*(?:api\.w\.org|EditURI|wlwmanifest|pingback|shortlink)[^>]*>"
    rb"|\s(?:itemprop|itemtype|itemscope|rel|property|typeof|about|datatype|role)=(\"[^\"]*\"|'[^']*')",
    re.I,
)
PATHS = (
    (b"wp-content", b"files"),
    (b"wp-includes", b"lib"),
    (b"/sites/default/files", b"/files"),
    (b"Drupal.settings", b"S"),
)


def veiled(html: bytes) -> bytes:
    """The page with other names in it: the same word always becomes the same other word, numbers stay."""

    def renamed(match: re.Match[bytes]) -> bytes:
        return b"n" + hashlib.md5(match[0], usedforsecurity=False).hexdigest()[:6].translate(DIGITLESS).encode()

    for old, new in PATHS:
        html = html.replace(old, new)
    html = SIGNS.sub(b"", html)
    return NAMES.sub(lambda m: m[1] + m[2] + WORD.sub(renamed, m[3]) + m[2], html)


DIGITLESS = str.maketrans("0123456789", "ghijklmnop")


# ---- scoring


def tokens(text: str | None) -> Counter[str]:
    return Counter(re.findall(r"[぀-ヿ㐀-鿿]|[^\W_]+", (text or "").lower()))


def scores(page: Page, gold: Gold) -> dict[str, float]:
    """Each measure that the gold row has something for."""
    post = page.post
    found: dict[str, float] = {}
    if gold.get("text") is not None:
        want, have = tokens(gold["text"]), tokens(post.text if post else "")
        both = sum((want & have).values())
        precision, recall = both / max(1, sum(have.values())), both / max(1, sum(want.values()))
        found["precision"], found["recall"] = precision, recall
        found["f1"] = 2 * precision * recall / (precision + recall) if both else 0.0
    segments = [(each, True) for each in gold.get("with", ())] + [(each, False) for each in gold.get("without", ())]
    if segments:
        text = " ".join((post.text if post else "").split())
        found["segments"] = sum((" ".join(each.split()) in text) == wanted for each, wanted in segments) / len(segments)
    if gold.get("title"):
        found["title"] = tokens(gold["title"]) == tokens(post.title if post else "")
    if gold.get("author"):
        names = gold["author"] if isinstance(gold["author"], list) else [gold["author"]]
        found["author"] = {str(tokens(name)) for name in names} == {
            str(tokens(byline.name)) for byline in (post.bylines if post else ())
        }
    if gold.get("date") or gold.get("published"):
        stated = post.published.iso if post and post.published else None
        found["date"] = (stated or "")[:10] == (gold.get("date") or gold["published"])[:10]
    if gold.get("comments") and isinstance(gold["comments"][0], dict):
        said = Counter(str(tokens(each["text"])) for each in gold["comments"])
        read = Counter(str(tokens(each.text)) for each in page.comments)
        found["comments"] = 2 * (said & read).total() / (said.total() + read.total())
    if gold.get("tags") or gold.get("categories"):
        wanted = {*(gold.get("tags") or ()), *(gold.get("categories") or ())}
        given = {*post.tags, *post.categories} if post else set()
        found["tags"] = 2 * len(wanted & given) / (len(wanted) + len(given))
    return found


class Table:
    """Means before and after, and how many pages became better or worse."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, dict[str, float], dict[str, float]]] = []

    def add(self, name: str, before: dict[str, float], after: dict[str, float]) -> None:
        self.rows.append((name, before, after))

    def show(self, title: str, verbose: bool) -> None:
        print(f"\n## {title}: {len(self.rows)} pages")
        for key in dict.fromkeys(key for _, before, _ in self.rows for key in before):
            pairs = [(before[key], after[key]) for _, before, after in self.rows if key in before]
            old, new = (sum(each[i] for each in pairs) / len(pairs) for i in (0, 1))
            better, worse = sum(b > a + 0.001 for a, b in pairs), sum(b < a - 0.001 for a, b in pairs)
            print(f"{key:10} {len(pairs):4}  {old:.4f} -> {new:.4f}   better {better}, worse {worse}")
        if verbose:
            for name, before, after in self.rows:
                changed = {
                    k: (round(before[k], 3), round(after[k], 3)) for k in before if abs(before[k] - after[k]) > 0.001
                }
                if changed:
                    print("   ", name, changed)


# ---- whole sites


def captured(path: Path) -> Iterator[WarcRecord]:
    for record in read_records(path):
        if isinstance(record, WarcRecord) and record.kind == "response" and record.status == 200 and record.url:
            yield record


def entries_of(path: Path, host: str) -> dict[str, Entry]:
    """The entries of the site's main feed by URL key."""
    for record in captured(path):
        if kind_of_payload(record.content_type, record.payload) == "feed":
            found = {url_key(entry.url): entry for entry in read_feed(record.payload) if entry.url}
            if len(found) > 5:
                return found
    return {}


def remarks_of(path: Path) -> dict[str, list[Entry]]:
    """The comments in the site's feeds by the key of their post, as a blog's feeds show them: the newest of each."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for record in captured(path):
        if kind_of_payload(record.content_type, record.payload) == "feed":
            for entry in read_feed(record.payload):
                if entry.url and "#" in entry.url and len(found[post_of(entry.url)]) < 20:
                    found[post_of(entry.url)].append(entry)
    return found


def site(folder: Path, name: str, veil: bool, verbose: bool) -> None:
    path = folder / f"{name}.warc.gz"
    gold = {}
    for line in (folder / f"{name}.gold.jsonl").read_text("utf-8").strip().split("\n"):
        row = json.loads(line)
        row["text"] = row["body"]
        gold[url_key(row["url"])] = row
    entries, remarks = entries_of(path, name), remarks_of(path)
    teacher, pages = Teacher(name), {}
    for record in captured(path):
        if kind_of_payload(record.content_type, record.payload) != "html":
            continue
        html = veiled(record.payload) if veil else record.payload
        key = url_key(record.url or "")
        known = remarks.get(post_of(record.url or ""), ())
        teacher.watch(html, record.url or "", entries.get(key), record.content_type, known)
        if key in gold and key not in entries:
            pages[key] = (html, record)
    profile = teacher.profile()
    tell(profile)
    table = Table()
    for key, (html, record) in pages.items():
        before, after = (
            extract_page(html, record.url, fetched_at=record.fetched_at, headers=record.http_headers, profile=each)
            for each in (None, profile)
        )
        table.add(key, scores(before, gold[key]), scores(after, gold[key]))
        if verbose and before.comments != after.comments:
            print("comments differ", key, len(before.comments), len(after.comments))
    table.show(f"{'veiled ' if veil else ''}{name}, posts without an entry in the feed", verbose)


def tell(profile: Profile | None) -> None:
    if profile is None:
        print("no profile")
        return
    print(
        f"\nprofile of {profile.host}: {profile.pages} pages, {profile.entries} entries, {len(profile.template)} blocks"
    )
    for each in profile.selectors:
        print(f"    {each.field:10} {each.votes}/{each.trials}  {each.selector}")


# ---- hosts with several pages


def hosts(corpora: Path, verbose: bool, fewest: int, fed: bool = False) -> None:
    for name in ("traf", "wcxb", "fundus", "dragnet", "aeb", "harvest"):
        rows: dict[str, list[Gold]] = defaultdict(list)
        for line in (corpora / name / "gold.jsonl").read_text("utf-8").strip().split("\n"):
            row = json.loads(line)
            url = row.get("url_canonical") or row.get("url") or ""
            if url:
                row["url"] = url
                rows[(urlsplit(url).hostname or "").removeprefix("www.")].append(row)
        table = Table()
        for host, group in rows.items():
            if len(group) > fewest:
                one_host(corpora / name / "pages", host, group, table, fed)
        if table.rows:
            others = "the others with feed entries made of their gold" if fed else "the others"
            table.show(f"{name}, hosts with more than {fewest} pages, each page by {others}", verbose)


def entry_of(gold: Gold) -> Entry:
    """What a feed would say of the page, going by its gold."""
    names = gold.get("author") or ()
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in (gold.get("text") or "").split("\n"))
    authors = tuple(names) if isinstance(names, list) else (names,) if names else ()
    return Entry(gold["url"], gold.get("title"), authors, gold.get("date"), html=paragraphs, is_whole=True)


def one_host(folder: Path, host: str, group: list[Gold], table: Table, fed: bool) -> None:
    pages = [(row, gzip.decompress((folder / f"{row['id']}.html.gz").read_bytes())) for row in group]
    for row, html in pages:
        teacher = Teacher(host)
        for other, page in pages:
            if other is not row:
                teacher.watch(page, other["url"], entry_of(other) if fed else None)
        profile = teacher.profile()
        before = scores(extract_page(html, row["url"]), row)
        table.add(
            row["id"], before, scores(extract_page(html, row["url"], profile=profile), row) if profile else before
        )


def main(shared: Path, parts: list[str]) -> int:
    verbose = "-v" in parts
    parts = [each for each in parts if each != "-v"]
    for part in parts or ["captures", "veiled", "fed", "hosts", "few"]:
        if part == "fed":
            hosts(shared / "corpora", verbose, 3, fed=True)
        elif part == "hosts":
            hosts(shared / "corpora", verbose, template.FEWEST_PAGES)
        elif part == "few":  # more doubtful than what an archive learns from, but there are more such hosts
            template.FEWEST_PAGES = 2
            hosts(shared / "corpora", verbose, 2)
        else:
            for path in sorted((shared / "captures").glob("*.gold.jsonl")):
                site(shared / "captures", path.name.removesuffix(".gold.jsonl"), part == "veiled", verbose)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
