"""What runs in a `Child`: tasks come by standard input, results leave by standard output."""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
import time
from types import FrameType
from typing import BinaryIO

from scraper.scale.child import GRACE, receive, send


def main() -> None:
    """Does one task after the other in the main thread, where limits of time can be kept, until it is told to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a person's interrupt is the parent's to hear
    signal.signal(signal.SIGTERM, _leave)
    results = os.fdopen(os.dup(1), "wb", closefd=False)  # open for as long as the process is there
    os.dup2(2, 1)  # what anybody prints is no result
    tasks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks, threading.get_ident()), daemon=True).start()
    while True:
        work, task = pickle.loads(tasks.get())
        send(results, pickle.dumps(work(task)))


def _listen(pipe: BinaryIO, tasks: queue.SimpleQueue[bytes], main: int) -> None:
    """Takes tasks in, and ends the process once no more can come: at once, also where one is in hand."""
    while (message := receive(pipe)) is not None:
        tasks.put(message)
    signal.pthread_kill(main, signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(0)


def _leave(number: int, frame: FrameType | None) -> None:
    """Ends the main thread by an exception, so that the task in hand can tell this from its own fault."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(0)
