"""A web archive on loopback: a CDX server and mementos as the Wayback Machine has them, or a collection of pywb."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

NAMES = ["timestamp", "original", "mimetype", "statuscode", "digest"]


@dataclass(frozen=True, slots=True)
class Held:
    """One copy in the web archive."""

    url: str
    stamp: str
    body: bytes
    media_type: str = "text/html"
    status: int = 200
    location: str | None = None

    @property
    def digest(self) -> str:
        return base64.b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()


@dataclass
class MementoWeb:
    """What the archive holds, and how it answers. `at_once` is how many lines a list has at most."""

    server: HTTPServer
    held: list[Held] = field(default_factory=list)
    at_once: int = 1000
    rewrites: bool = False  # whatever it is asked for
    busy: int = 0  # how many requests for mementos it turns away first
    more_lines: list[list[str]] = field(default_factory=list)

    def start(self) -> None:
        self.server.expect_request("/cdx/search/cdx").respond_with_handler(self._list)
        self.server.expect_request("/coll/cdx").respond_with_handler(self._list_as_pywb)
        self.server.expect_request(re.compile("/(web|coll)/.*")).respond_with_handler(self._memento)

    @property
    def address(self) -> str:
        return self.server.url_for("/").rstrip("/")

    def asked(self, start: str = "/web/") -> list[str]:
        """The paths of the requests so far that begin so."""
        return [request.path for request, _ in self.server.log if request.path.startswith(start)]

    def _found(self, request: Request) -> list[Held]:
        url, prefix = request.args["url"], request.args["matchType"] == "prefix"
        start, end = request.args.get("from", "0"), request.args.get("to", "9")
        found = [each for each in self.held if each.url == url or (prefix and each.url.startswith(url))]
        return sorted((each for each in found if start <= each.stamp <= end), key=lambda each: (each.url, each.stamp))

    def _list(self, request: Request) -> Response:
        rows = [[each.stamp, each.url, each.media_type, str(each.status), each.digest] for each in self._found(request)]
        rows += self.more_lines
        at = int(request.args.get("resumeKey", "0"))
        part = rows[at : at + self.at_once]
        more = [[], [str(at + self.at_once)]] if at + self.at_once < len(rows) else []
        table = [NAMES, *part, *more] if part else []
        return Response("[" + ",\n".join(map(json.dumps, table)) + "]\n", content_type="application/json")

    def _list_as_pywb(self, request: Request) -> Response:
        lines = [
            json.dumps({"urlkey": "-", "timestamp": each.stamp, "url": each.url, "mime": each.media_type,
                        "status": str(each.status), "digest": f"sha1:{each.digest}", "filename": "x.warc.gz"})
            for each in self._found(request)
        ]  # fmt: skip
        return Response("\n".join(lines), content_type="text/x-ndjson", status=200 if lines else 404)

    def _memento(self, request: Request) -> Response:
        if self.busy:
            self.busy -= 1
            return Response("busy", status=429, headers={"Retry-After": "0"})
        asked = request.full_path.rstrip("?") if request.query_string else request.path
        found = re.fullmatch(r"/(?:web|coll)/(\d{14})id_/(.*)", asked)
        assert found, asked  # nothing but raw copies is asked for
        same = [each for each in self.held if each.url == found[2]]
        exact = next((each for each in same if each.stamp == found[1]), None)
        if exact is None and same:
            return Response(status=302, headers={"Location": f"/web/{same[0].stamp}id_/{same[0].url}"})
        if exact is None:
            return Response("not archived", status=404, content_type="text/html")
        moment = datetime.strptime(exact.stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        headers = {
            "Memento-Datetime": format_datetime(moment, usegmt=True),
            "X-Archive-Orig-Server": "Apache/2.2",
            "X-Archive-Orig-Content-Length": "7",
            "X-Archive-Orig-Content-Type": exact.media_type,
        }
        body = self._rewritten(exact) if self.rewrites else exact.body
        return Response(body, status=exact.status, content_type=exact.media_type, headers=headers)

    def _rewritten(self, held: Held) -> bytes:
        toolbar = b"<!-- BEGIN WAYBACK TOOLBAR INSERT --><p>19 captures of it</p><!-- END WAYBACK TOOLBAR INSERT -->"
        body = held.body.replace(b"<body>", b"<body>" + toolbar)
        return re.sub(rb'"(https?://)', f'"/web/{held.stamp}/'.encode() + rb"\1", body)
