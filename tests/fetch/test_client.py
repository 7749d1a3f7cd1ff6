"""The client against real servers on loopback."""

from __future__ import annotations

import contextlib
import gzip
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import UsageError
from scraper.fetch.client import Client
from scraper.model import Denied, Failed, Fetched
from scraper.settings import Settings

Answer = Callable[..., bytes]
OpenClient = Callable[..., Client]


def drip(head: bytes, step: bytes) -> Callable[[Any], None]:
    """Writes the head, then a few bytes now and then for as long as somebody listens."""

    def write(wire: Any) -> None:
        wire.write(head)
        stop = threading.Event()
        for _ in range(200):
            wire.write(step)
            stop.wait(0.02)

    return write


def test_an_answer_comes_with_both_heads_and_the_address(site: Any, answer: Answer, open_client: OpenClient) -> None:
    site.answers["/a?b=c"] = answer(b"hello", "200 Fine", "X-Two: 1", "ETag: w", "x-two: 2")
    found = open_client(contact="me@e.org").fetch(f"{site.url}/a?b=c#part")
    assert isinstance(found, Fetched)
    (exchange,) = found.exchanges
    assert (
        exchange.response_head == b"HTTP/1.1 200 Fine\r\nX-Two: 1\r\nETag: w\r\nx-two: 2\r\nContent-Length: 5\r\n\r\n"
    )
    assert (exchange.url, exchange.status, exchange.body) == (f"{site.url}/a?b=c", 200, b"hello")
    assert exchange.request_head == site.head_of("/a?b=c")
    assert (
        b"contact: me@e.org" in exchange.request_head and b"Accept-Encoding: gzip, deflate\r\n" in exchange.request_head
    )
    assert exchange.ip_address == "127.0.0.1" and exchange.truncated is None
    assert exchange.started_at.tzinfo is not None


def test_chunks_are_taken_off_and_gzip_is_kept(site: Any, open_client: OpenClient) -> None:
    body = gzip.compress(b"hello " * 1000)
    chunks = b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part) for part in (body[:5], body[5:]))
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.answers["/"] = head + chunks + b"0\r\nTrailer: x\r\n\r\n"
    found = open_client().fetch(site.url)
    assert isinstance(found, Fetched)
    assert found.exchanges[0].body == body
    assert found.exchanges[0].headers == (
        ("Content-Encoding", "gzip"), ("X-Archive-Orig-Transfer-Encoding", "chunked"), ("Content-Length", str(len(body))),
    )  # fmt: skip


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "500 Oops", "304 Not Modified", "204 No Content"])
def test_any_http_status_of_a_page_is_an_answer(
    site: Any, answer: Answer, open_client: OpenClient, status: str
) -> None:
    site.answers["/"] = answer(b"", status)
    found = open_client().fetch(site.url)
    assert isinstance(found, Fetched) and found.exchanges[0].status == int(status[:3])


# ---- redirects


def test_redirects_are_followed_hop_by_hop(site: Any, other_site: Any, answer: Answer, open_client: OpenClient) -> None:
    site.answers["/a"] = answer(b"moved", "301 Moved", "Location: /b c")
    site.answers["/b%20c"] = answer(b"", "302 Found", f"Location: {other_site.url}/c")
    other_site.answers["/c"] = answer(b"here")
    found = open_client().fetch(f"{site.url}/a")
    assert isinstance(found, Fetched) and found.url == f"{site.url}/a"
    assert [exchange.status for exchange in found.exchanges] == [301, 302, 200]
    assert [exchange.url for exchange in found.exchanges] == [
        f"{site.url}/a",
        f"{site.url}/b%20c",
        f"{other_site.url}/c",
    ]
    assert found.exchanges[0].body == b"moved" and found.exchanges[1].request_head.startswith(b"GET /b%20c ")
    assert other_site.paths == ["/robots.txt", "/c"]


def test_a_redirect_to_an_address_that_is_not_allowed_is_refused(site: Any, answer: Answer) -> None:
    site.answers["/a"] = answer(b"", "302 Found", "Location: http://127.0.0.2:1/secret")
    with Client(Settings(allow_net=("127.0.0.1",))) as client:
        found = client.fetch(f"{site.url}/a")
    assert isinstance(found, Denied) and found.reason == "address"
    assert [exchange.status for exchange in found.exchanges] == [302]


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/", "http://[::1]:1/", "http://[::ffff:7f00:2]/", "http://0x7f000002/"]
)
def test_no_spelling_gets_a_redirect_past_the_guard(site: Any, answer: Answer, target: str) -> None:
    site.answers["/a"] = answer(b"", "307 Temporary", f"Location: {target}")
    with Client(Settings(allow_net=("127.0.0.1",))) as client:
        found = client.fetch(f"{site.url}/a")
    assert isinstance(found, Denied) and found.reason == "address"


def test_a_redirect_to_another_scheme_is_refused(site: Any, answer: Answer, open_client: OpenClient) -> None:
    site.answers["/a"] = answer(b"", "302 Found", "Location: file:///etc/passwd")
    found = open_client().fetch(f"{site.url}/a")
    assert isinstance(found, Denied) and found.reason == "scheme"


def test_a_loop_of_redirects_ends(site: Any, answer: Answer, open_client: OpenClient) -> None:
    site.answers["/a"] = answer(b"", "302 Found", "Location: /b")
    site.answers["/b"] = answer(b"", "302 Found", "Location: /a")
    found = open_client().fetch(f"{site.url}/a")
    assert isinstance(found, Denied) and found.reason == "redirects" and len(found.exchanges) == 2
    assert found.detail == f"in a circle, back to {site.url}/a"


def test_redirects_are_counted(site: Any, answer: Answer, open_client: OpenClient) -> None:
    for number in range(9):
        site.answers[f"/{number}"] = answer(b"", "302 Found", f"Location: /{number + 1}")
    site.answers["/9"] = answer(b"end")
    assert isinstance(open_client(max_redirects=9).fetch(f"{site.url}/0"), Fetched)
    found = open_client(max_redirects=8).fetch(f"{site.url}/0")
    assert isinstance(found, Denied) and found.reason == "redirects" and len(found.exchanges) == 9
    assert found.detail == f"9 in a row, the last to {site.url}/9"


def test_credentials_stay_with_their_origin_and_out_of_the_archive(
    site: Any, other_site: Any, answer: Answer, open_client: OpenClient
) -> None:
    site.answers["/a"] = answer(b"", "302 Found", "Location: /b", "Set-Cookie: id=1")
    site.answers["/b"] = answer(b"", "302 Found", f"Location: {other_site.url}/c".replace("//", "//eve:x@"))
    other_site.answers["/c"] = answer(b"here")
    found = open_client().fetch(f"{site.url}/a".replace("//", "//ann:s%40crt@"))
    assert isinstance(found, Fetched)
    assert b"Authorization: Basic YW5uOnNAY3J0" in site.head_of("/b")
    assert b"Authorization" not in other_site.head_of("/c") and b"Cookie" not in site.head_of("/b")
    stored = [exchange.url.encode() + exchange.request_head for exchange in found.exchanges]
    assert not any(word in text for text in stored for word in (b"Authorization", b"ann", b"eve"))


# ---- robots.txt


def test_what_robots_forbids_is_not_asked_for(site: Any, answer: Answer, open_client: OpenClient) -> None:
    site.answers["/robots.txt"] = answer(b"User-agent: *\nDisallow: /private")
    client = open_client()
    found = client.fetch(f"{site.url}/private/a")
    assert isinstance(found, Denied) and found.reason == "robots"
    assert isinstance(client.fetch(f"{site.url}/public"), Fetched)
    assert site.paths == ["/robots.txt", "/public"]


def test_a_redirect_is_held_against_robots_again(site: Any, answer: Answer, open_client: OpenClient) -> None:
    site.answers["/robots.txt"] = answer(b"User-agent: *\nDisallow: /private")
    site.answers["/a"] = answer(b"", "302 Found", "Location: /private")
    found = open_client().fetch(f"{site.url}/a")
    assert isinstance(found, Denied) and found.reason == "robots" and len(found.exchanges) == 1
    assert "/private" not in site.paths


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy"])
def test_nothing_is_fetched_while_robots_answers_5xx(
    site: Any, answer: Answer, open_client: OpenClient, status: str
) -> None:
    site.answers["/robots.txt"] = answer(b"", status)
    site.answers["/"] = answer(b"page")
    found = open_client().fetch(site.url)
    assert isinstance(found, Denied) and found.reason == "robots" and status[:3] in found.detail
    assert site.paths == ["/robots.txt"]


def test_robots_is_followed_over_five_redirects_and_no_more(site: Any, answer: Answer, open_client: OpenClient) -> None:
    site.answers["/robots.txt"] = answer(b"", "301 Moved", "Location: /r1")
    for number in range(1, 5):
        site.answers[f"/r{number}"] = answer(b"", "301 Moved", f"Location: /r{number + 1}")
    site.answers["/r5"] = answer(b"User-agent: *\nDisallow: /")
    found = open_client().fetch(f"{site.url}/a")
    assert isinstance(found, Denied) and found.reason == "robots"
    site.answers["/r5"] = answer(b"", "301 Moved", "Location: /r6")
    assert isinstance(open_client().fetch(f"{site.url}/a"), Fetched)
    assert "/r6" not in site.paths


def test_robots_may_be_compressed(site: Any, answer: Answer, open_client: OpenClient) -> None:
    site.answers["/robots.txt"] = answer(
        gzip.compress(b"User-agent: *\nDisallow: /"), "200 OK", "Content-Encoding: gzip"
    )
    assert isinstance(open_client().fetch(site.url), Denied)


def test_a_robots_txt_is_read_once(site: Any, answer: Answer, open_client: OpenClient) -> None:
    client = open_client()
    client.fetch(f"{site.url}/a")
    client.fetch(f"{site.url}/b")
    assert site.paths.count("/robots.txt") == 1


# ---- budgets


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_over_the_byte_budget_is_cut_and_said_to_be(
    site: Any, answer: Answer, open_client: OpenClient, announced: bool
) -> None:
    site.answers["/"] = answer(b"x" * 300_000, length=announced)
    found = open_client(max_wire_bytes=100_000).fetch(site.url)
    assert isinstance(found, Failed) and found.reason == "budget"
    assert found.exchanges[0].truncated == "length"
    assert len(found.exchanges[0].body) == (0 if announced else 100_000)


def test_the_byte_budget_counts_what_is_on_the_wire(site: Any, answer: Answer, open_client: OpenClient) -> None:
    site.answers["/"] = answer(gzip.compress(b"x" * 5_000_000), "200 OK", "Content-Encoding: gzip")
    assert isinstance(open_client(max_wire_bytes=100_000).fetch(site.url), Fetched)


def test_redirects_share_one_byte_budget(site: Any, answer: Answer, open_client: OpenClient) -> None:
    site.answers["/a"] = answer(b"x" * 600, "302 Found", "Location: /b")
    site.answers["/b"] = answer(b"y" * 600)
    found = open_client(max_wire_bytes=1000).fetch(f"{site.url}/a")
    assert isinstance(found, Failed) and found.reason == "budget" and len(found.exchanges) == 2


@pytest.mark.parametrize(
    ("head", "step", "came"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"x", True),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x", False),
        (b"HTTP/1.1 ", b"x", False),
    ],
)
def test_the_deadline_ends_what_comes_too_slowly(
    site: Any, open_client: OpenClient, head: bytes, step: bytes, came: bool
) -> None:
    site.answers["/"] = drip(head, step)
    began = time.monotonic()
    found = open_client(deadline=0.4).fetch(site.url)
    assert isinstance(found, Failed) and found.reason == "timeout"
    assert [exchange.truncated for exchange in found.exchanges] == (["time"] if came else [])
    assert time.monotonic() - began < 1.5


def test_a_silent_server_ends_with_the_read_timeout(site: Any, open_client: OpenClient) -> None:
    site.answers["/"] = lambda wire: threading.Event().wait(1)
    found = open_client(read_timeout=0.2).fetch(site.url)
    assert isinstance(found, Failed) and found.reason == "timeout" and "0.2 s" in found.detail


def test_a_body_that_breaks_off_is_kept_as_it_came(site: Any, open_client: OpenClient) -> None:
    site.answers["/"] = lambda wire: wire.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nabc")
    found = open_client().fetch(site.url)
    assert isinstance(found, Failed) and found.reason == "protocol"
    assert found.exchanges[0].truncated == "disconnect" and found.exchanges[0].body == b"abc"
    assert ("Content-Length", "3") in found.exchanges[0].headers


# ---- failures


def test_nobody_listening_is_a_failure_to_connect(open_client: OpenClient) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        found = open_client().fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert isinstance(found, Failed) and found.reason == "connect"


def test_a_name_that_does_not_exist_is_a_failure_of_dns(open_client: OpenClient) -> None:
    found = open_client().fetch("http://nobody.invalid/")
    assert isinstance(found, Failed) and found.reason == "dns"


@pytest.mark.parametrize(
    "said", [b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: " + b"x" * 70_000]
)
def test_what_does_not_speak_http_is_a_failure_of_the_protocol(site: Any, open_client: OpenClient, said: bytes) -> None:
    site.answers["/"] = lambda wire: wire.write(said)
    found = open_client().fetch(site.url)
    assert isinstance(found, Failed) and found.reason == "protocol"


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\nab",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: b\rC: d\r\n\r\nab",
    ],
)
def test_odd_answers_end_as_values(site: Any, open_client: OpenClient, said: bytes) -> None:
    site.answers["/"] = lambda wire: wire.write(said)
    found = open_client().fetch(site.url)
    assert isinstance(found, Fetched | Failed)
    assert all(exchange.response_head.count(b"\r\n\r\n") == 1 for exchange in found.exchanges)


def test_a_server_that_hangs_up_is_a_failure(site: Any, open_client: OpenClient) -> None:
    site.answers["/"] = lambda wire: None
    found = open_client().fetch(site.url)
    assert isinstance(found, Failed) and found.reason == "connect"


@pytest.mark.parametrize(
    ("url", "kind", "reason"),
    [
        ("ftp://e.org/", Denied, "scheme"), ("file:///etc/passwd", Denied, "scheme"), ("javascript:1", Denied, "scheme"),
        ("http://", Failed, "protocol"), ("", Failed, "protocol"), ("http://e.org:99999/", Failed, "protocol"),
        ("e.org", Failed, "protocol"),
    ],
)  # fmt: skip
def test_what_is_no_http_url_is_told_apart(open_client: OpenClient, url: str, kind: type, reason: str) -> None:
    found = open_client().fetch(url)
    assert isinstance(found, kind) and found.reason == reason


# ---- the guard, proxies, TLS


@pytest.mark.parametrize(
    ("host", "said"),
    [("127.0.0.1", "127.0.0.1 is not public"), ("localhost", "localhost: 127.0.0.1 is not public")],
)
def test_a_host_that_is_an_address_is_named_once(site: Any, host: str, said: str) -> None:
    with Client(Settings()) as client:
        found = client.fetch(f"http://{host}:{site.port}/")
    assert isinstance(found, Denied) and found.detail.removeprefix("robots.txt: ").startswith(said)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:127.0.0.1]", "0x7f.0.0.1"])
def test_nothing_private_is_connected_to_unless_allowed(site: Any, host: str) -> None:
    with Client(Settings()) as client:
        found = client.fetch(f"http://{host}:{site.port}/")
    assert isinstance(found, Denied) and found.reason == "address"
    assert site.requests == []


def test_an_allowed_host_name_keeps_its_name_on_the_wire(site: Any, answer: Answer) -> None:
    site.answers["/"] = answer(b"hello")
    with Client(Settings(allow_net=("localhost",))) as client:
        found = client.fetch(f"http://localhost:{site.port}/")
        refused = client.fetch(f"http://127.0.0.1:{site.port}/")
    assert isinstance(found, Fetched) and f"Host: localhost:{site.port}".encode() in found.exchanges[0].request_head
    assert isinstance(refused, Denied)


def test_a_nonsense_allow_list_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        Client(Settings(allow_net=("10.0.0.0/99",)))


def test_a_proxy_gets_names_that_were_judged(site: Any, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")  # the environment is not asked
    site.answers["http://blog.test/a"] = answer(b"through")
    with Client(Settings(proxy=site.url.replace("//", "//ann:secret@"))) as client:
        found = client.fetch("http://blog.test/a")
        refused = client.fetch("http://127.0.0.1/")
    assert isinstance(found, Fetched) and found.exchanges[0].body == b"through"
    assert b"Proxy-Authorization" in site.requests[-1] and b"roxy-Auth" not in found.exchanges[0].request_head
    assert found.exchanges[0].ip_address is None
    assert isinstance(refused, Denied) and refused.reason == "address"
    assert site.paths == ["http://blog.test/robots.txt", "http://blog.test/a"]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for localhost with its key, signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl command here to make a certificate with")
    file = tmp_path / "localhost.pem"
    request = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    usage = ["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:TRUE"]
    subprocess.run(
        [*request.split(), *usage, "-keyout", tmp_path / "key", "-out", tmp_path / "cert"],
        check=True,
        capture_output=True,
    )
    file.write_bytes((tmp_path / "key").read_bytes() + (tmp_path / "cert").read_bytes())
    return file


@pytest.fixture
def tls_site(site: Any, certificate: Path, answer: Answer) -> Any:
    """A TLS server before the site; `site.names` are the names that clients asked for (SNI)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    names: list[str | None] = []
    context.sni_callback = lambda _sock, name, _context: names.append(name)
    listener = socket.create_server(("127.0.0.1", 0))

    def talk(raw: socket.socket) -> None:
        with contextlib.suppress(OSError), context.wrap_socket(raw, server_side=True) as sock:
            while data := sock.recv(65536):
                written = site.answers.get(data.split(b" ")[1].decode(), answer(b"", "404 Not Found"))
                written(sock.makefile("wb", buffering=0)) if callable(written) else sock.sendall(written)

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=talk, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    site.port, site.names = listener.getsockname()[1], names
    yield site
    listener.close()


def test_tls_is_held_against_the_name_while_the_judged_address_is_connected_to(
    tls_site: Any, certificate: Path, answer: Answer
) -> None:
    tls_site.answers["/"] = answer(b"sealed")
    settings = Settings(allow_net=("127.0.0.0/8", "::1"))
    with Client(settings, ca_bundle=str(certificate)) as client:
        found = client.fetch(f"https://localhost:{tls_site.port}/")
        by_address = client.fetch(f"https://127.0.0.1:{tls_site.port}/")
    assert isinstance(found, Fetched) and found.exchanges[0].body == b"sealed"
    assert found.exchanges[0].ip_address == "127.0.0.1" and tls_site.names[0] == "localhost"
    assert isinstance(by_address, Failed) and by_address.reason == "tls"


def test_a_certificate_that_nobody_vouches_for_is_a_failure_of_tls(tls_site: Any, open_client: OpenClient) -> None:
    found = open_client().fetch(f"https://localhost:{tls_site.port}/")
    assert isinstance(found, Failed) and found.reason == "tls"


def test_the_deadline_holds_under_tls(tls_site: Any, certificate: Path) -> None:
    tls_site.answers["/"] = drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x")
    settings = Settings(allow_net=("127.0.0.0/8", "::1"), deadline=0.5)
    began = time.monotonic()
    with Client(settings, ca_bundle=str(certificate)) as client:
        found = client.fetch(f"https://localhost:{tls_site.port}/")
    assert isinstance(found, Failed) and found.reason == "timeout" and found.exchanges[0].truncated == "time"
    assert time.monotonic() - began < 1.5


# ---- connections and imports


def test_a_connection_is_used_again(site: Any, answer: Answer, open_client: OpenClient) -> None:
    site.answers["/a"] = site.answers["/b"] = answer(b"x")
    client = open_client()
    assert all(isinstance(client.fetch(site.url + path), Fetched) for path in ("/a", "/b"))
    assert (len(site.requests), site.connections) == (3, 1)


def test_importing_the_client_imports_no_http_library() -> None:
    code = (
        "import sys, scraper.fetch.client; print([m for m in ('requests', 'urllib3', 'protego') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
