"""
One question over HTTP to an address on the province's own network.

The words of a document never leave that network: only private and loopback addresses
are connected to, no proxy is used, no redirect followed. A connection has 3 seconds and
the whole exchange 10, however slowly the bytes drip.
"""

from __future__ import annotations

import http.client
import io
import queue
import re
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit


# No name and password, no query: those would be secrets in an address.
ADDRESS = re.compile(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?")
# Loopback, RFC 1918, and the private part of IPv6 (RFC 4193). Not link-local: there
# other machines hand out their secrets.
NEAR = [
    ip_network(text)
    for text in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
    )
]


@dataclass(frozen=True)
class Limits:
    """How long and how much one exchange may be."""

    connect_seconds: float = 3.0
    total_seconds: float = 10.0
    answer_bytes: int = 256 * 1024


class NoAnswer(Exception):
    """Nothing usable came back; `str()` is a word for the log, without any contents."""


class Bounded:
    """
    A socket, as http.client uses one, of which everything ends at one moment.

    A time-out of the socket alone begins anew with each byte.
    """

    def __init__(self, sock: socket.socket, *, until: float) -> None:
        self.socket = sock
        self.until = until

    def sendall(self, data: bytes) -> None:
        """Send everything, in time."""
        self.socket.settimeout(left(self.until))
        self.socket.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return what the answer is read from."""
        return io.BufferedReader(Incoming(self))

    def close(self) -> None:
        """Leave the socket open: http.client closes before it has read the answer."""


class Incoming(io.RawIOBase):
    """The bytes that come, as long as there is time."""

    def __init__(self, bounded: Bounded) -> None:
        self._bounded = bounded

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what has come, in time."""
        self._bounded.socket.settimeout(left(self._bounded.until))
        return self._bounded.socket.recv_into(buffer)


def left(until: float) -> float:
    """Return the seconds that are left; TimeoutError when there are none."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def ask(url: str, body: bytes, *, key: str, limits: Limits, seconds: float) -> bytes:
    """
    Return the body of the answer to a POST of JSON, at most `seconds` from now.

    Errors: NoAnswer for an address that is not near, a slow, broken or long answer, and
    any status but 200.
    """
    if not ADDRESS.fullmatch(url):
        raise NoAnswer("bad-address")
    until = soon(min(seconds, limits.total_seconds))
    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    try:
        parts = urlsplit(url)
        is_secure = parts.scheme == "https"
        host, port = parts.hostname or "", parts.port or (443 if is_secure else 80)
        first = min(until, soon(limits.connect_seconds))
        with (
            connect(host, port, until=first) as bare,
            secured(bare, host, until=until) if is_secure else bare as sock,
        ):
            connection = http.client.HTTPConnection(host, port)
            connection.sock = Bounded(sock, until=until)
            connection.request("POST", parts.path, body=body, headers=headers)
            with connection.getresponse() as answer:
                if answer.status != HTTPStatus.OK:
                    raise NoAnswer(f"status-{answer.status}")
                words = answer.read(limits.answer_bytes + 1)
    except TimeoutError:
        raise NoAnswer("too-slow") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        # The class alone: the sentence may quote the address or what was answered.
        raise NoAnswer(type(error).__name__) from None
    if len(words) > limits.answer_bytes:
        raise NoAnswer("too-long")
    return words


def soon(seconds: float) -> float:
    """Return the moment so many seconds from now."""
    return time.monotonic() + seconds


def connect(host: str, port: int, *, until: float) -> socket.socket:
    """Return a connection to the first address of the host that takes one."""
    found = addresses(host, port, until=until)
    if not found or not all(is_near(each) for each in found):
        raise NoAnswer("not-near" if found else "no-such-host")
    trouble = OSError()
    for each in found:
        try:
            return socket.create_connection((each, port), timeout=left(until))
        except OSError as error:
            trouble = error
    raise trouble


def secured(bare: socket.socket, host: str, *, until: float) -> socket.socket:
    """Return the connection under TLS, with a certificate that names the host."""
    bare.settimeout(left(until))
    return ssl.create_default_context().wrap_socket(bare, server_hostname=host)


def addresses(host: str, port: int, *, until: float) -> list[str]:
    """
    Return the addresses of a host, each once; none when it is not known in time.

    They are looked up once and then connected to as they were checked, so a name cannot
    lead elsewhere a moment later.
    """
    answers: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            rows = []
        answers.put(list(dict.fromkeys(str(row[4][0]) for row in rows)))

    # A resolver takes no time limit; whoever waits for it may have one.
    threading.Thread(target=look_up, daemon=True).start()
    try:
        return answers.get(timeout=left(until))
    except queue.Empty:
        return []


def is_near(address: str) -> bool:
    """Return whether the address is this machine or on a private network."""
    try:
        one = ip_address(address)
    except ValueError:  # a scope, fe80::1%eth0
        return False
    return any(one in network for network in NEAR)
