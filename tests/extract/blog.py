"""An invented blog on software that nobody knows: its posts, its pages, and the feed's entries for them."""

from __future__ import annotations

from scraper.model import Entry

AUTHORS = ("Mara Quill", "Ole Brandt")
WORDS = "tide ferry lantern rope winter harbour gull timber anchor barrel island engine compass ledger pilot".split()


def url(number: int) -> str:
    return f"https://tide.example/{number}-{WORDS[number]}"


def title(number: int) -> str:
    return f"The {WORDS[number]} and the {WORDS[number - 1]}"


def prose(number: int) -> str:
    """Three paragraphs that no other post has."""
    return "".join(
        f"<p>In year {number} part {part} the {WORDS[number]} was kept beside the {WORDS[number - part]}, and whoever "
        f"asked number {number * 10 + part} for it was sent home with a {WORDS[number - 2]} instead.</p>"
        for part in range(3)
    )


def page(number: int, comments: str = "") -> str:
    return (
        f"<html><head><title>Tide Notes</title></head><body><div class=qa-top>Tide Notes since nineteen ninety</div>"
        f"<div class=qa-card><div class=qa-h>{title(number)}</div>"
        f"<div class=qa-by><span class=qa-n>{AUTHORS[number % 2]}</span> wrote</div>"
        f"<div class=qa-on>{number + 1} March 2011</div>"
        f"<div class=qa-main>{prose(number)}<div class=qa-shop>Order the printed calendar number {number} of our house, "
        f"with a picture for every month and all the tides of the coming year in it, now.</div></div>"
        f"<p class=qa-note>Whoever writes to the editors gets an answer within the week, if the mail boat sails.</p></div>"
        f"<div class=qa-talk>{comments}</div><div class=qa-side><p>The editors of this paper live on the island and "
        f"write when the weather lets them, which in the winter is nearly every evening of the week. They take no money "
        f"and have none, so do not ask them for any. The lamp on the quay is theirs, and it is lit from five until the "
        f"last boat is in.</p></div></body></html>"
    )


def entry(number: int) -> Entry:
    return Entry(
        url(number),
        title(number),
        (AUTHORS[number % 2],),
        f"2011-03-{number + 1:02d}T09:00:00Z",
        html=prose(number),
        is_whole=True,
    )


def remark(number: int) -> str:
    return (
        f"<div class=qa-r><b class=qa-who>Reader {WORDS[number].title()}</b><div class=qa-says><p>Remark {number} has it "
        f"that the {WORDS[number]} sank.</p></div></div>"
    )


def remark_entry(number: int) -> Entry:
    return Entry(
        f"{url(0)}#r{number}",
        f"Comment by Reader {WORDS[number].title()}",
        (f"Reader {WORDS[number].title()}",),
        html=f"<p>Remark {number} has it that the {WORDS[number]} sank.</p>",
        is_whole=True,
    )
