"""The pictures of a fragment: `find_images`, also those that a page loads late, each with its caption."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

from scraper.model import Image
from scraper.parse.fragment import Fragment, Piece
from scraper.parse.node import Node
from scraper.text.urls import resolve

PICTURES = "img, amp-img"
LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-src", "data-pin-media", "src")
SETS = ("srcset", "data-srcset", "data-lazy-srcset")
SIZE = re.compile(r"\d{1,6}(?:\.\d{1,6})?[wx]")
# Blocks that say what a picture shows: WordPress, Blogger, Drupal, and names that many themes have.
CAPTIONS = (
    ".wp-caption-text, .wp-caption-dd, .tr-caption, .image-field-caption, .inline .caption, .gallery-caption,"
    " .image-caption, .img-caption, .photo-caption, .imagecaption, .imgcaption, .media-caption, .picture-caption"
)
LEVELS = 4  # above a caption, in which its picture stands
LONGEST_CAPTION = 2_000


def name_captions(fragment: Fragment) -> None:
    """A block that holds pictures and their caption, and nothing else, becomes a figure."""
    texts: dict[Piece, str] = {}
    for caption in fragment.pieces(CAPTIONS):
        said = caption.text()
        if not 0 < len(said) <= LONGEST_CAPTION:
            continue
        at = caption.parent()
        for _ in range(LEVELS):
            if at is None or at.tag == "figure":
                break
            if at not in texts:
                texts[at] = at.text()
            if texts[at] != said:
                break
            if at.select_one(PICTURES) is not None:
                at.unfold("table, tbody, tr, td, dl, dt, blockquote")
                caption.rename("figcaption")
                at.rename("figure")
                break
            at = at.parent()


def find_images(fragment: Fragment, base: str | None) -> tuple[Image, ...]:
    """The images, each with its figure's caption; in the fragment they get the address that they are shown from."""
    images: list[Image] = []
    captions: dict[Piece, str] = {}
    for piece in fragment.pieces(PICTURES):
        image = image_of(piece, base) or _of_picture(piece, base)
        if image is None:
            piece.remove()
            continue
        piece.rename("img")
        piece.set("src", image.url)
        figure = piece.around("figure")
        if figure is not None and figure not in captions:
            shown = figure.select_one("figcaption")
            captions[figure] = shown.text()[:LONGEST_CAPTION] if shown else ""
        images.append(replace(image, caption=captions.get(figure) or None) if figure else image)
    return tuple(images)


def image_of(node: Node | Piece, base: str | None) -> Image | None:
    """The image that an `img` shows: a lazily loaded one by the address it waits for."""
    sources = chain((node.get(name) for name in LAZY), (_largest(node.get(name)) for name in SETS))
    for each in sources:  # each is read only where those before it lead nowhere
        if each and not each.startswith("data:") and (url := resolve(base, each)):
            return Image(url, node.get("alt") or None)
    return None


def _of_picture(piece: Piece, base: str | None) -> Image | None:
    picture = piece.around("picture")
    for source in picture.select("source") if picture else ():
        image = image_of(source, base)
        if image:
            return Image(image.url, piece.get("alt") or None)
    return None


def _largest(stated: str | None) -> str | None:
    """The address with the largest width or density of a srcset.

    >>> _largest("a-300.jpg 300w, a-900.jpg 900w, a-600.jpg 600w")
    'a-900.jpg'
    """
    if not stated:
        return None
    found: list[tuple[float, str]] = []
    url = ""
    for token in stated.split():
        if not url:
            url = token
            if token.endswith(","):
                found.append((1, token.rstrip(",")))
                url = ""
            continue
        size, _, following = token.partition(",")
        found.append((float(size[:-1]) if SIZE.fullmatch(size) else 1, url))
        url = following
    if url:
        found.append((1, url))
    return max(found, key=lambda pair: pair[0])[1] if found else None
