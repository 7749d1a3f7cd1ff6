"""Why a request got no answer: `explain_failure` reads it out of the exceptions that HTTP libraries wrap around it."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from http.client import HTTPException

# The first that fits counts: TLS errors and timeouts are OSErrors too, and a reset is an HTTPException as well.
REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLError, "tls"),
    (TimeoutError, "timeout"),
    (ConnectionError, "connect"),
    (HTTPException, "protocol"),
    (OSError, "connect"),
)
WRAPPERS = ("requests", "urllib3")  # packages whose exceptions only pass on another's


def explain_failure(error: BaseException) -> tuple[str, str]:
    """The reason, one of `Failed.reason`, and a detail: both from the innermost exception that is known."""
    for cause in reversed(list(_causes(error))):
        for kind, reason in REASONS:
            if isinstance(cause, kind) and not type(cause).__module__.startswith(WRAPPERS):
                return reason, str(cause) or type(cause).__name__
    return "protocol", str(error) or type(error).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and what it wraps, outermost first."""
    seen: list[BaseException] = []
    inner: BaseException | None = error
    while inner is not None and inner not in seen:
        seen.append(inner)
        yield inner
        wrapped = (getattr(inner, "reason", None), inner.__cause__, inner.__context__, *inner.args)
        inner = next((value for value in wrapped if isinstance(value, BaseException)), None)
