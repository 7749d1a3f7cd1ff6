"""A small web server for the bundled blog: `serve_folder` answers on a loopback port until its block ends.

python scripts/demo_server.py [PORT]
"""

from __future__ import annotations

import mimetypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

BLOG = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "demo-blog"
PLACEHOLDER = b"@SITE@"  # stands in the pages for the address that they are served from


class FolderServer(ThreadingHTTPServer):
    """Serves one folder; a path that names a folder answers with its index.html."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(("127.0.0.1", port), PageHandler)
        self.folder = folder.resolve()

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def read(self, path: str) -> tuple[str, bytes] | None:
        """Content type and body of the file at this URL path; None where there is none inside the folder."""
        file = (self.folder / unquote(path).lstrip("/")).resolve()
        if file.is_dir():
            file /= "index.html"
        if not file.is_relative_to(self.folder) or not file.is_file():
            return None
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        body = file.read_bytes()
        if kind.startswith("text/"):
            return f"{kind}; charset=UTF-8", body.replace(PLACEHOLDER, self.site.encode())
        return kind, body


class PageHandler(BaseHTTPRequestHandler):
    """GET and HEAD, nothing else; keeps quiet."""

    server: FolderServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        found = self.server.read(urlsplit(self.path).path)
        status, (kind, body) = (200, found) if found else (404, ("text/plain; charset=UTF-8", b"Not found\n"))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serve_folder(folder: Path, port: int = 0) -> Iterator[FolderServer]:
    """The running server, on `port` if that is free, else on any free one; stopped when the block ends."""
    try:
        server = FolderServer(folder, port)
    except OSError:
        server = FolderServer(folder, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main(arguments: list[str]) -> int:
    """Serves the bundled blog on the port given, else on 8321, until it is interrupted."""
    port = int(arguments[0]) if arguments else 8321
    with serve_folder(BLOG, port) as server:
        print(f"A small invented blog: {server.site}/ (Ctrl-C ends it)", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
