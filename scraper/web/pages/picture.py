"""A picture of the archive, from its WARC file."""

from __future__ import annotations

from scraper.capture.records import read_payload
from scraper.settings import Settings
from scraper.store.lookup.provenance import read_picture, segment_path
from scraper.web.asked import Answer, Asked, missing

SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "image/x-icon"})


def page(asked: Asked) -> Answer:
    """The bytes of the picture of this id. SVG, which may hold scripts, and what no browser shows are not given out."""
    picture = read_picture(asked.reader.connection, asked.key)
    if picture is None or picture.media_type not in SHOWN:
        return missing("No picture that can be shown has this number.")
    segment = segment_path(asked.reader.path, picture.warc_file)
    payload = read_payload(segment, picture.warc_offset, Settings().max_media_bytes)
    return Answer(body=payload, media_type=picture.media_type, headers={"Cache-Control": "private, max-age=3600"})
