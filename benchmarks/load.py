"""
A small load generator: so many connections, each asking as soon as it is answered.

It reads one plan as JSON from its input and prints the figures as JSON; it is a process
of its own, so that measuring never waits for the measured. A unit of work is one request
or several in a row, such as a page's frame and then its rows: what a person waits for.
Connections are kept open for as long as the server keeps them.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Answer:
    """Status, bytes as they came over the line, and whether the line stays open."""

    status: int
    n_bytes: int
    n_small: int  # as if compressed, when the server did not


@dataclass
class Figures:
    """What one run saw."""

    waits: list[float] = field(default_factory=list)  # seconds, one a unit of work
    statuses: Counter[int] = field(default_factory=Counter)
    n_bytes: int = 0
    n_before: int = 0  # units of work of the warm-up
    seconds: float = 0.0

    def summary(self) -> dict[str, Any]:
        """Return the figures that the tables show; waits in milliseconds."""
        waits = sorted(self.waits)

        def at(share: float) -> float:
            if not waits:
                return 0.0
            return round(1000 * waits[min(int(share * len(waits)), len(waits) - 1)], 2)

        return {
            "n": len(waits),
            "n_all": self.n_before + len(waits),
            "per_second": round(len(waits) / self.seconds, 2) if self.seconds else 0.0,
            "p50": at(0.50),
            "p90": at(0.90),
            "p99": at(0.99),
            "statuses": {str(key): n for key, n in self.statuses.items()},
            "bytes": self.n_bytes,
        }


class Line:
    """One connection to the server, opened again whenever the server closed it."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes, *, weigh: bool = False) -> Answer:
        """Return the answer to one request."""
        for attempt in (1, 2):
            kept = self.writer is not None
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection(
                    self.host, self.port, limit=1 << 20
                )
            assert self.reader is not None
            try:
                self.writer.write(request)
                head = await self.reader.readuntil(b"\r\n\r\n")
                return await self.read(head, weigh=weigh)
            except (asyncio.IncompleteReadError, ConnectionError):
                # The server may close a kept line at the very moment we use it.
                self.close()
                if attempt == 2 or not kept:
                    raise
        raise AssertionError

    async def read(self, head: bytes, *, weigh: bool) -> Answer:
        """Return the rest of an answer whose head has come."""
        assert self.reader is not None
        lines = head.lower().split(b"\r\n")
        headers = dict(line.split(b": ", 1) for line in lines[1:] if b": " in line)
        body = await self.reader.readexactly(int(headers.get(b"content-length", b"0")))
        if headers.get(b"connection") == b"close":
            self.close()
        small = len(body)
        if weigh and headers.get(b"content-encoding") != b"gzip":
            small = len(gzip.compress(body, 6))
        return Answer(int(lines[0].split()[1]), len(body), small)

    def close(self) -> None:
        """Let go of the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


def raw(plan: dict[str, Any], request: dict[str, Any]) -> bytes:
    """Return one request as it goes over the line."""
    body = request.get("body", "").encode()
    head = [
        f"{request.get('method', 'GET')} {request['path']} HTTP/1.1",
        f"Host: {plan['host']}:{plan['port']}",
        f"Cookie: {request.get('cookie') or plan['cookie']}",
        "Accept-Encoding: gzip",
    ]
    if body:
        head += [
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


async def run(
    plan: dict[str, Any], works: list[list[bytes]], *, seconds: float, once: bool
) -> Figures:
    """
    Ask for `seconds`, or, with `once`, until every unit of work was done one time.

    What begins before the end is waited for and counted, with the time it took.
    """
    figures, turn = Figures(), iter(range(10**9))
    begin = time.perf_counter()
    end = begin + seconds

    async def one() -> None:
        line = Line(plan["host"], plan["port"])
        while time.perf_counter() < end:
            number = next(turn)
            if once and number >= len(works):
                break
            started = time.perf_counter()
            for request in works[number % len(works)]:
                answer = await line.ask(request)
                figures.statuses[answer.status] += 1
            figures.waits.append(time.perf_counter() - started)
        line.close()

    await asyncio.gather(*(one() for _ in range(plan["connections"])))
    figures.seconds = time.perf_counter() - begin
    return figures


async def weigh(plan: dict[str, Any], work: list[bytes]) -> int:
    """Return the bytes of one unit of work, compressed."""
    line, total = Line(plan["host"], plan["port"]), 0
    for request in work:
        total += (await line.ask(request, weigh=True)).n_small
    line.close()
    return total


async def measure(plan: dict[str, Any]) -> dict[str, Any]:
    """Carry out a plan: warm up, weigh, measure."""
    works = [[raw(plan, request) for request in work] for work in plan["works"]]
    n_bytes = n_before = 0
    if not plan["once"]:
        if plan["warm_up"]:
            warm = await run(plan, works, seconds=plan["warm_up"], once=False)
            n_before = len(warm.waits)
        n_bytes = await weigh(plan, works[0])
        n_before += 1
    figures = await run(plan, works, seconds=plan["seconds"], once=plan["once"])
    figures.n_bytes, figures.n_before = n_bytes, n_before
    return figures.summary()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(json.load(sys.stdin)))))
