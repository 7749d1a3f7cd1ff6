"""What a page embeds, as links that people can follow: `embed_link`."""

from __future__ import annotations

import re

from scraper.parse.fragment import Piece
from scraper.text.urls import resolve

# Of the scripts only those of gists are left in a fragment.
EMBEDS = "iframe, video, audio, object, embed, script, lite-youtube, amp-youtube, amp-video, amp-iframe"
ADDRESSES = ("src", "data-src", "data-lazy-src", "data", "data-video-src", "data-url")
# Players, and where their film has its page.
PLAYERS = (
    (
        re.compile(r"//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/(?!videoseries)([\w-]{6,})"),
        "https://www.youtube.com/watch?v={}",
    ),
    (re.compile(r"//player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
    (re.compile(r"//(?:www\.)?dailymotion\.com/embed/video/(\w+)"), "https://www.dailymotion.com/video/{}"),
    (re.compile(r"//(gist\.github\.com/[\w-]+/\w+)\.js"), "https://{}"),
)
BY_ID = {
    "lite-youtube": ("videoid", PLAYERS[0][1]),
    "amp-youtube": ("data-videoid", PLAYERS[0][1]),
}
IDENT = re.compile(r"[\w-]{4,30}")


def embed_link(piece: Piece, base: str | None) -> tuple[str, str] | None:
    """The address that stands for what is embedded, and its title where it has one; None for what has no address."""
    title = " ".join((piece.get("title") or "").split())
    if piece.tag in BY_ID:
        attribute, address = BY_ID[piece.tag]
        ident = piece.get(attribute) or ""
        return (address.format(ident), title) if IDENT.fullmatch(ident) else None
    film = piece.select_one("source[src]") or (piece.select_one("embed[src]") if piece.tag == "object" else None)
    stated = next((value for each in (piece, film) if each for name in ADDRESSES if (value := each.get(name))), "")
    if piece.tag == "object" and not stated:
        movie = piece.select_one("param[name=movie], param[name=src]")
        stated = (movie.get("value") or "") if movie else ""
    url = resolve(base, stated) if stated else None
    if not url:
        return None
    for player, address in PLAYERS:
        found = player.search(url)
        if found:
            return address.format(found[1]), title
    return url, title
