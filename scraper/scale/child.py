"""`Child`: a process of its own that does one task at a time, and whose death costs that task only.

Not of `multiprocessing`: workers of Dask may have no processes of that kind, and a pool of `concurrent.futures` gives
up all its tasks where one process dies. The child ends with its parent, however that ends: their pipe closes.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, TypeVar

from scraper.scale.engine import Lost

Task = TypeVar("Task")
Result = TypeVar("Result")

TRIES = 8  # of one task; a page that kills its process takes two of them to be known, and is then left out
MAIN = "from scraper.scale.child_main import main; main()"
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # there is a process for each core already
GRACE = 1.0  # seconds for the task in hand to let go
LENGTH = 8  # bytes that say how many follow


class ChildDied(Exception):
    """The process ended before it had an answer."""


class Child:
    """A process that is started with its first task, and anew with the one after its death."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._lock = threading.Lock()

    def do(self, work: Callable[[Task], Result], task: Task) -> Result | Lost:
        """What `work` returns of the task; tried again where the process dies."""
        for _ in range(TRIES):
            try:
                answer: Result = self._ask(pickle.dumps((work, task)))
            except ChildDied:
                if self._closed:
                    return Lost("stopped before its end")
                continue
            return answer
        return Lost(f"its process died {TRIES} times")

    def close(self) -> None:
        """Ends the process at once, whatever it does, which is told by SystemExit; from any thread."""
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
        if process is not None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(GRACE)
            process.kill()
            _reap(process)

    def _ask(self, question: bytes) -> Result:  # type: ignore[type-var]  # what the question asks for
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            send(process.stdin, question)
            answer = receive(process.stdout)
        except (OSError, ValueError):  # ValueError: closed meanwhile
            answer = None
        if answer is None:
            with self._lock:
                self._process = None
            process.kill()
            _reap(process)
            raise ChildDied
        result: Result = pickle.loads(answer)
        return result

    def _running(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise ChildDied
            if self._process is None:
                self._process = _start()
            return self._process


def do_in_child(work: Callable[[Task], Result], task: Task) -> Result | Lost:
    """What `work` returns of the task, in a process that is there for it alone."""
    with contextlib.closing(Child()) as child:
        return child.do(work, task)


def send(pipe: IO[bytes], message: bytes) -> None:
    """Writes the message so that `receive` knows where it ends."""
    pipe.write(len(message).to_bytes(LENGTH, "big") + message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next message; None where the other side is gone."""
    length = int.from_bytes(head, "big") if len(head := pipe.read(LENGTH)) == LENGTH else -1
    message = pipe.read(length) if length >= 0 else b""
    return message if len(message) == length else None


def _start() -> subprocess.Popen[bytes]:
    path = os.pathsep.join(each for each in sys.path if each)  # what can be imported here can be there
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": path}
    command = [sys.executable, "-P", "-c", MAIN]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)


def _reap(process: subprocess.Popen[bytes]) -> None:
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
