"""A language model's server for tests: it can answer well, lie, stall and break."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable


Behaviour = Callable[[socket.socket, "FakeModel"], None]


class FakeModel:
    """Listens on loopback and treats every question as `behave` says."""

    def __init__(self) -> None:
        self.behave: Behaviour = saying([])
        self.heads: list[str] = []
        self.asked: list[dict] = []
        self.ends = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"
        self.threads = [threading.Thread(target=self.listen, daemon=True)]
        self.threads[0].start()

    @property
    def n_calls(self) -> int:
        """How many questions came."""
        return len(self.asked)

    def listen(self) -> None:
        """Take connections until the listener is closed, each in its own thread."""
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            if self.ends.is_set():
                connection.close()
                return
            thread = threading.Thread(target=self.serve, args=[connection], daemon=True)
            self.threads.append(thread)
            thread.start()

    def serve(self, connection: socket.socket) -> None:
        """Read one question, then behave."""
        with connection:
            try:
                head, _, body = read_head(connection).partition(b"\r\n\r\n")
                lines = head.decode().splitlines()
                length = next(
                    int(line.partition(":")[2])
                    for line in lines
                    if line.lower().startswith("content-length:")
                )
                while len(body) < length:
                    body += connection.recv(65536)
                self.heads.append(head.decode())
                self.asked.append(json.loads(body))
                self.behave(connection, self)
            except (OSError, StopIteration, UnicodeError):
                return  # whoever asked has gone

    def close(self) -> None:
        """Stop, and let every thread end."""
        self.ends.set()
        with socket.socket() as last:  # wakes the listener
            last.connect(("127.0.0.1", self.port))
        for thread in self.threads:
            thread.join(timeout=10)
        self.listener.close()


def read_head(connection: socket.socket) -> bytes:
    """Return what came until the blank line, and what came with it."""
    words = b""
    while b"\r\n\r\n" not in words:
        more = connection.recv(65536)
        if not more:
            break
        words += more
    return words


def sending(body: str | bytes, *, status: str = "200 OK", more: str = "") -> Behaviour:
    """Return a behaviour: this body, whatever it is."""
    data = body.encode() if isinstance(body, str) else body

    def behave(connection: socket.socket, fake: FakeModel) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(data)}\r\n{more}\r\n"
        connection.sendall(head.encode() + data)

    return behave


def telling(content: object, **values: str) -> Behaviour:
    """Return a behaviour: a well-formed answer with this content."""
    choice = {"message": {"role": "assistant", "content": content}}
    return sending(json.dumps({"choices": [choice]}), **values)


def saying(items: object, **values: str) -> Behaviour:
    """Return a behaviour: a well-formed answer with these items."""
    return telling(json.dumps({"items": items}), **values)


def closing(body: bytes) -> Behaviour:
    """Return a behaviour: an answer that ends when the connection does."""

    def behave(connection: socket.socket, fake: FakeModel) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body)

    return behave


def stalling(connection: socket.socket, fake: FakeModel) -> None:
    """Never answer."""
    fake.ends.wait()


def dripping(words: bytes, then: bytes) -> Behaviour:
    """Return a behaviour: begin with `words`, then some bytes at a time.

    Far longer than anybody should wait; not for ever, so that a test can fail.
    """

    def behave(connection: socket.socket, fake: FakeModel) -> None:
        connection.sendall(words)
        for _ in range(200):
            if fake.ends.wait(0.02):
                return
            connection.sendall(then)

    return behave


def resetting(connection: socket.socket, fake: FakeModel) -> None:
    """Break the line in the middle of the answer."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hanging_up(connection: socket.socket, fake: FakeModel) -> None:
    """Close without a word."""


def flooding(connection: socket.socket, fake: FakeModel) -> None:
    """Send without an end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while not fake.ends.is_set():
        connection.sendall(b" " * 65536)
