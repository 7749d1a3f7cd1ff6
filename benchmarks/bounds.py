"""How far dates and authors can be read at all: what the pages say of the gold's, and what stands in the way.

`python benchmarks/bounds.py CORPORA [--sets traf postlight htmldate]` prints for each set how many of the gold's dates
are right, and the others by what they are: a day that the page states nowhere, the right moment whose day in UTC is
another than where it was published, the day of a change, a page that lists posts. Only what is nowhere on a page is out
of reach for anyone; the other kinds follow from what a date is here, and the two bounds are printed apart. Then what it
costs to leave out dates that no reader sees, source by source; 'at most' is what would be right if every other date
that a page states were read. Last the same of authors.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from scraper import Page, extract_page
from scraper.parse.decode import decode
from scraper.parse.html import parse_html

MONTHS = (
    "january jan januar jän jänner janvier enero gennaio janeiro januari",
    "february feb februar février fév febrero febbraio fevereiro februari",
    "march mar märz mrz mars marzo março maart",
    "april apr avril abril aprile",
    "may mai mayo maggio maio mei",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet julio luglio julho",
    "august aug août agosto augustus",
    "september sep sept septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dicembre dezembro",
)
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Case:
    gold: str | None
    page: Page
    source: str  # the page's markup in lower case, and its address
    shown: str  # what a reader sees of it, in lower case


def cases(corpora: Path, name: str, field: str) -> Iterator[Case]:
    """The pages of the set with the gold's value of one field; None where it is known that there is none."""
    for line in (corpora / name / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get(field) or row.get("meta_checked"):
            html = gzip.decompress((corpora / name / "pages" / f"{row['id']}.html.gz").read_bytes())
            text = decode(html).text
            shown = parse_html(text).body.text().casefold()
            gold = row.get(field)
            gold = gold[0] if isinstance(gold, list) else gold
            yield Case(gold, extract_page(html, row.get("url")), f"{text} {row.get('url')}".casefold(), shown)


def forms(day: date) -> tuple[str, ...]:
    """How a day may be written in numbers, and in words of a dozen languages."""
    d, m, y = day.day, day.month, day.year
    numbers = [f"{y}{s}{m:02}{s}{d:02}" for s in ("-", "/", ".", "")] + [f"{y}年{m}月{d}日", f"{y}年{m:02}月{d:02}日"]
    numbers += [f"{a}{s}{b}{s}{c}" for a, b in ((d, m), (m, d)) for c in (y, f"{y % 100:02}") for s in ("/", ".", "-")]
    numbers += [
        f"{a:02}{s}{b:02}{s}{c}" for a, b in ((d, m), (m, d)) for c in (y, f"{y % 100:02}") for s in ("/", ".", "-")
    ]
    return tuple(numbers)


def says(text: str, day: date) -> bool:
    """Whether a text states the day in some form."""
    if any(form in text for form in forms(day)):
        return True
    names = "|".join(MONTHS[day.month - 1].split())
    number = rf"0?{day.day}(?:st|nd|rd|th|er|º)?"
    patterns = (
        rf"\b{number}\W{{1,4}}(?:de\s|of\s)?(?:{names})\b\W{{0,4}}(?:de\s|del\s)?(?:{day.year}|{day.year % 100:02})",
        rf"\b(?:{names})\W{{1,3}}{number}\W{{1,4}}{day.year}",
    )
    return any(re.search(pattern, text) for pattern in patterns)


def of_dates(found: list[Case]) -> None:
    dated = [case for case in found if case.gold is not None]
    kinds = Counter(_of_date(case) for case in dated)
    print(f"  {len(dated)} dates: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    stated = sum(_is_stated(case) for case in dated)
    able = kinds["right"] + kinds["other"]
    print(f"  right {kinds['right'] / len(dated):.3f}, at most {stated / len(dated):.3f} by what the pages state")
    print(f"  at most {able / len(dated):.3f} by what a date is here: no change, no list, the day in its place")
    for rule, given in _steps(found):
        right = sum(_of_date(case) == "right" for case in given if case.gold is not None)
        most = stated - (kinds["right"] - right)
        made_up, none = sum(case.gold is None for case in given), len(found) - len(dated)
        ends = f", invented {made_up / none:.3f} of {none} pages" if none else ""
        print(f"  {rule}: right {right / len(dated):.3f}, at most {most / len(dated):.3f}{ends}")


def _steps(found: list[Case]) -> Iterator[tuple[str, list[Case]]]:
    """Days that a reader sees, then those that only markup states, by source: first where they are seldom invented.

    The order is the best for these very pages, so that no threshold over sources does better on them.
    """
    given = [case for case in found if _day(case.page)]
    hidden = [case for case in given if not _is_shown(case)]
    made_up = Counter(_source(case) for case in hidden if case.gold is None)
    right = Counter(_source(case) for case in hidden if case.gold is not None and _of_date(case) == "right")
    kept = [case for case in given if _is_shown(case)]
    yield "only where a reader sees the day", kept
    for source in sorted({_source(case) for case in hidden}, key=lambda each: made_up[each] / (right[each] or 0.1)):
        kept = [*kept, *(case for case in hidden if _source(case) == source)]
        yield f"and unseen by {source}", kept


def _source(case: Case) -> str:
    accepted = (claim.source for claim in case.page.claims if claim.field == "published" and claim.accepted)
    return next(accepted, "none")


def _is_stated(case: Case) -> bool:
    """Whether the page states the gold's day, or one beside it: the same moment may be another day elsewhere."""
    try:
        wanted = date.fromisoformat(str(case.gold)[:10])
    except ValueError:
        return False
    return _of_date(case) == "right" or any(says(case.source, wanted + timedelta(days)) for days in (-1, 0, 1))


def _of_date(case: Case) -> str:
    gold, ours = str(case.gold), _day(case.page)
    try:
        wanted = date.fromisoformat(gold[:10])
    except ValueError:
        return "the gold is no date"
    if ours == wanted:
        return "right"
    if ours and abs(ours - wanted) == timedelta(1) and says(case.source, ours):
        return "another day than in UTC" if len(gold) > 10 or says(case.shown, ours) else "other"
    if case.page.kind == "listing":
        return "a list of posts"
    if any(claim.field == "modified" and claim.value.startswith(gold[:10]) for claim in case.page.claims):
        return "the day of a change"
    near = (wanted, wanted - timedelta(1), wanted + timedelta(1))
    return "other" if any(says(case.source, each) for each in near) else "nowhere on the page"


def _day(page: Page) -> date | None:
    stated = page.post.published.iso if page.post and page.post.published else None
    return date.fromisoformat(stated[:10]) if stated and len(stated) >= 10 else None


def _is_shown(case: Case) -> bool:
    day = _day(case.page)
    return day is not None and (says(case.shown, day) or says(case.source.rpartition(" ")[2], day))


def of_authors(found: list[Case]) -> None:
    kinds: Counter[str] = Counter()
    for case in found:
        if case.gold is not None:
            kinds[_of_author(case)] += 1
    print(f"  {kinds.total()} authors: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


def _of_author(case: Case) -> str:
    wanted = " ".join(WORD.findall(str(case.gold).casefold()))
    names = [
        " ".join(WORD.findall(each.name.casefold())) for each in (case.page.post.bylines if case.page.post else ())
    ]
    if wanted in names or any(name and name in wanted for name in names):
        return "right, or one of several"
    if wanted not in " ".join(WORD.findall(case.shown)):
        return "not shown" if wanted in " ".join(WORD.findall(case.source)) else "nowhere on the page"
    site = " ".join(WORD.findall((case.page.site_name or "").casefold()))
    if site and (wanted in site or site in wanted):
        return "the site"
    return "other name" if names else "no name"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--sets", nargs="+", default=["traf", "postlight", "htmldate"])
    arguments = parser.parse_args()
    for name in arguments.sets:
        print(name)
        of_dates(list(cases(arguments.corpora, name, "date")))
        if name != "htmldate":
            of_authors(list(cases(arguments.corpora, name, "author")))


if __name__ == "__main__":
    main()
