"""What kind of picture some bytes are: `image_type`, by what they begin with and what their server says. Pure."""

from __future__ import annotations

import re

SVG = "image/svg+xml"
BEGINNINGS: tuple[tuple[bytes, str], ...] = (  # the WHATWG's MIME Sniffing, 6.1, and what came after it
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\0\0\1\0", "image/x-icon"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\xff\x0a", "image/jxl"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"),
)
BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
}
LOOK = 4096  # bytes in which an SVG document shows its root
_SVG_ROOT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,500}\?>\s*)?(?><!--.*?-->\s*)*+"
    rb"(?:<!DOCTYPE\s+svg[^>\[]{0,500}>\s*)?<svg[\s>]",
    re.DOTALL,
)


def image_type(declared: str | None, payload: bytes) -> str | None:
    """The media type of the picture; None for what its server does not call a picture, or what does not begin as one.

    The bytes tell the type, for servers often say PNG of a JPEG. SVG, which is XML and may hold scripts, has no
    beginning of its own: it has to be declared as such, and its root to be `svg`.

    >>> image_type("image/png", b"GIF89a..."), image_type("image/png", b"<!DOCTYPE html>")
    ('image/gif', None)
    >>> image_type("text/html", b"GIF89a...") is None
    True
    """
    stated = (declared or "").partition(";")[0].strip().lower()
    if not stated.startswith("image/"):
        return None
    if stated == SVG:
        return SVG if _SVG_ROOT.match(payload[:LOOK]) else None
    found = next((kind for beginning, kind in BEGINNINGS if payload.startswith(beginning)), None)
    if found is None and payload[:4] == b"RIFF" and payload[8:12] == b"WEBP":
        return "image/webp"
    if found is None and payload[4:8] == b"ftyp":
        return BRANDS.get(payload[8:12])
    return found
