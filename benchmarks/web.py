"""
Measures haicap's web pages beside a peer, on the same machine in the same run.

    python benchmarks/web.py                                   the whole measurement
    python benchmarks/web.py --only sqlite --seconds 2         a part, for a look

It makes its databases in a temporary folder, writes its figures into README.md between
the two marks (`--keep` leaves the file alone), and ends every server that it started.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode


HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

import postgres  # noqa: E402  a sibling folder, on the path only now

from benchmarks import report  # noqa: E402
from benchmarks.forms import fields_of  # noqa: E402


DATABASES = ("sqlite", "postgresql")
CONNECTIONS = 16
# What the tests' cluster leaves out and a real one does not.
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "512MB",
}


@dataclass
class Side:
    """Haicap or the peer on one database: how it is run, and what was seen."""

    name: str
    database: str
    script: list[str]
    env: dict[str, str]
    counts: dict[str, int] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    processor_ms: dict[str, float] = field(default_factory=dict)
    memory_mb: float = 0.0
    fill_seconds: float = 0.0

    def ask(self, *arguments: object) -> Any:
        """Return what the side's own script answers."""
        command = [*self.script, *map(str, arguments)]
        done = subprocess.run(
            command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, check=True
        )
        return json.loads(done.stdout)


def say(words: str) -> None:
    """Tell whoever waits where the measurement is."""
    print(f"{datetime.now():%H:%M:%S} {words}", flush=True)  # noqa: DTZ005  a clock


def environment(**more: str) -> dict[str, str]:
    """Return this environment without what would change the measured settings."""
    mine = ("HAICAP_", "DJANGO_", "DATABASE_URL", "PYTHONPATH")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(mine)}
    return kept | {"PYTHONWARNINGS": "ignore"} | more


def ours(database: str, folder: Path, url: str) -> Side:
    """Return haicap on that database."""
    var = folder / f"haicap-{database}"
    var.mkdir()
    (var / "secret-key").write_text("measured-and-thrown-away-" * 3)
    env = environment(HAICAP_VAR=str(var))
    if url:
        env["DATABASE_URL"] = url
    return Side("haicap", database, [sys.executable, str(HERE / "ours.py")], env)


def peer(database: str, folder: Path, url: str, python: Path) -> Side:
    """Return the peer on that database."""
    address = url or f"sqlite://{folder / 'peer.sqlite3'}"
    env = environment(DATABASE_URL=address, PYTHONPATH=f"{HERE}:{ROOT}")
    return Side("peer", database, [str(python), str(HERE / "peer" / "run.py")], env)


def peer_python(folder: Path, packages: str = "requirements.txt") -> Path:
    """Make the peer's own environment, outside this tree; return its Python."""
    home = folder / "peer-env"
    python = home / "bin" / "python"
    uv = Path(sys.executable).parent / "uv"
    wanted = ["--require-hashes", "-r", str(HERE / "peer" / packages)]
    if uv.exists():
        made = [str(uv), "venv", "-q", "--python", sys.executable, str(home)]
        filled = [str(uv), "pip", "install", "-q", "--python", str(python), *wanted]
    else:
        made = [sys.executable, "-m", "venv", str(home)]
        filled = [str(python), "-m", "pip", "install", "-q", *wanted]
    subprocess.run(made, check=True)
    subprocess.run(filled, check=True)
    return python


@contextlib.contextmanager
def served(
    side: Side, command: list[str]
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Serve the side for the block; yield the server's process and its port."""
    port = postgres.free_port()
    words = [word.replace("ADDRESS", f"127.0.0.1:{port}") for word in command]
    server = subprocess.Popen(words, cwd=ROOT, env=side.env, start_new_session=True)
    try:
        for _ in range(300):
            if server.poll() is not None:
                raise RuntimeError(f"{side.name} on {side.database} did not start")
            with contextlib.suppress(OSError):
                line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
                line.request("GET", "/")
                line.getresponse().read()
                break
            time.sleep(0.1)
        yield server, port
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def processes(server: subprocess.Popen[bytes]) -> list[Path]:
    """Return where the system tells of the server's web processes."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return [Path(f"/proc/{child}") for child in children.split()]


def memory_mb(server: subprocess.Popen[bytes]) -> float:
    """Return the most memory that one web process has held, MB."""
    peaks = [0.0]
    for process in processes(server):
        for row in (process / "status").read_text().splitlines():
            if row.startswith("VmHWM:"):
                peaks.append(int(row.split()[1]) / 1024)
    return max(peaks)


def processor_ms(server: subprocess.Popen[bytes]) -> float:
    """Return the processor's time that the web processes have taken so far, ms."""
    ticks = 0
    for process in processes(server):
        words = (process / "stat").read_text().rpartition(")")[2].split()
        ticks += int(words[11]) + int(words[12])
    return 1000 * ticks / os.sysconf("SC_CLK_TCK")


def as_work(path: str | list[str]) -> list[dict[str, str]]:
    """Return one unit of work: one address, or several in a row."""
    steps = [path] if isinstance(path, str) else path
    return [{"path": step.replace("[", "%5B").replace("]", "%5D")} for step in steps]


def load(plan: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of the load generator, run as a process of its own."""
    done = subprocess.run(
        [sys.executable, str(HERE / "load.py")],
        input=json.dumps(plan).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def forms(port: int, cookie: str, saving: dict[str, Any], n: int) -> list[Any]:
    """
    Open `n` forms as a browser would and return them filled, ready to be sent.

    Each carries the keys that its own page gave it; opening them is not measured.
    """
    works, known = [], {}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path, action in saving["forms"][:n]:
        if path not in known:
            line.request("GET", path, headers={"Cookie": cookie})
            answer = line.getresponse()
            html = answer.read().decode()
            tokens = [
                value.split(";")[0]
                for name, value in answer.getheaders()
                if name.lower() == "set-cookie" and "csrf" in value
            ]
            known[path] = (fields_of(html, action), tokens)
        fields, tokens = known[path]
        filled = fields | {
            name: [value] for name, value in saving.get("fill", {}).items()
        }
        works.append(
            [
                {
                    "method": "POST",
                    "path": action or path,
                    "cookie": "; ".join([cookie, *tokens[:1]]),
                    "body": urlencode(filled, doseq=True),
                }
            ]
        )
    return works


def measure(side: Side, options: argparse.Namespace, command: list[str]) -> None:
    """Serve the side and fill its figures, page after page."""
    targets = side.ask("targets")
    side.queries = side.ask("queries")
    with served(side, command or targets["command"]) as (server, port):
        plan: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": port,
            "cookie": targets["cookie"],
            "once": False,
        }
        for page in targets["pages"]:
            plan["works"] = [as_work(path) for path in page["paths"]]
            before = processor_ms(server)
            found = both(plan, options)
            spent = processor_ms(server) - before
            n_all = sum(run["n_all"] for run in found.values())
            side.processor_ms[page["name"]] = spent / n_all if n_all else 0.0
            side.pages[page["name"]] = found
            say(f"  {page['name']}: {line_of(side.pages[page['name']])}")
            side.memory_mb = max(side.memory_mb, memory_mb(server))
        n = min(options.saves, len(targets["saving"]["forms"]))
        works = forms(port, targets["cookie"], targets["saving"], n)
        few = max(n // 8, 1)
        plan |= {"once": True, "warm_up": 0, "seconds": 600}
        found = {}
        # The first few are the warm-up, the next few go alone, the rest together.
        for name, part, connections in (
            ("warm", works[:few], CONNECTIONS),
            ("alone", works[few : 2 * few] or works, 1),
            ("together", works[2 * few :] or works, CONNECTIONS),
        ):
            before = processor_ms(server)
            found[name] = load(plan | {"works": part, "connections": connections})
            spent = processor_ms(server) - before
            side.processor_ms["save"] = spent / max(found[name]["n"], 1)
        del found["warm"]
        side.pages["save"] = found
        say(f"  save: {line_of(found)}")
        side.memory_mb = max(side.memory_mb, memory_mb(server))


def both(plan: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """Return the figures of one page: alone, then at all connections."""
    plan |= {"warm_up": options.seconds / 4, "seconds": options.seconds}
    return {
        "together": load(plan | {"connections": CONNECTIONS}),
        "alone": load(plan | {"connections": 1, "seconds": options.seconds / 2}),
    }


def line_of(found: dict[str, Any]) -> str:
    """Return the figures of one page in a line."""
    alone, many = found["alone"], found["together"]
    return (
        f"alone {alone['p50']} ms; {CONNECTIONS} at once {many['per_second']}/s,"
        f" p99 {many['p99']} ms, {many['statuses']}"
    )


def versions(python: Path | None) -> dict[str, str]:
    """Return what was measured with."""
    code = (
        "import json, sys; from importlib.metadata import version, PackageNotFoundError\n"
        "found = {'Python': sys.version.split()[0]}\n"
        "for name in sys.argv[1:]:\n"
        "    try: found[name] = version(name)\n"
        "    except PackageNotFoundError: pass\n"
        "print(json.dumps(found))"
    )
    found: dict[str, str] = {}
    names = ["Django", "gunicorn", "psycopg", "django-helpdesk"]
    for each in filter(None, (sys.executable, python)):
        done = subprocess.run(
            [str(each), "-c", code, *names], stdout=subprocess.PIPE, check=True
        )
        found = json.loads(done.stdout) | found
    import sqlite3  # noqa: PLC0415  only its version is wanted

    found["SQLite"] = sqlite3.sqlite_version
    bin_dir = postgres.programs()
    if bin_dir:
        done = subprocess.run(
            [str(bin_dir / "postgres"), "--version"], stdout=subprocess.PIPE, check=True
        )
        found["PostgreSQL"] = done.stdout.decode().split()[2]
    return found


def machine() -> dict[str, Any]:
    """Return what it was measured on, and how busy it was before."""
    model = platform.processor() or "unknown"
    with contextlib.suppress(OSError):
        for row in Path("/proc/cpuinfo").read_text().splitlines():
            if row.startswith("model name"):
                model = row.split(":", 1)[1].strip()
                break
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "memory_gb": round(pages / 2**30),
        "load_before": round(os.getloadavg()[0], 1),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
    }


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--recommendations", type=int, default=100_000)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=10.0, help="for each figure")
    parser.add_argument("--saves", type=int, default=800, help="forms sent")
    parser.add_argument("--only", choices=[*DATABASES, "peer"], action="append")
    parser.add_argument("--keep", action="store_true", help="leave README.md alone")
    parser.add_argument("--json", type=Path, help="write every figure there as well")
    return parser.parse_args(arguments)


@contextlib.contextmanager
def database_url(database: str) -> Iterator[str]:
    """Yield the address of a new, durable database; empty for the embedded one."""
    if database == "sqlite":
        yield ""
        return
    plain = dict(postgres.SETTINGS)
    postgres.SETTINGS.update(DURABLE)
    try:
        with postgres.cluster() as url:
            yield url
    finally:
        postgres.SETTINGS.clear()
        postgres.SETTINGS.update(plain)


def one_side(side: Side, options: argparse.Namespace, command: list[str]) -> None:
    """Fill and measure one side on one database."""
    say(f"{side.name} on {side.database}: filling")
    started = time.perf_counter()
    sizes = (options.recommendations, options.cases)
    # As many tickets as cases; a follow-up for each recommendation.
    side.counts = side.ask("fill", *(sizes if side.name == "haicap" else sizes[::-1]))
    side.fill_seconds = time.perf_counter() - started
    say(f"{side.name} on {side.database}: measuring")
    measure(side, options, command)


def main(arguments: list[str]) -> int:
    """Carry out the measurement; return 1 when a page answered anything but its page."""
    options = parsed(arguments)
    only = options.only or []
    databases = [
        each for each in DATABASES if each in only or not {*only} & {*DATABASES}
    ]
    sides: list[Side] = []
    about = machine()
    started = time.perf_counter()
    folder = Path(tempfile.mkdtemp(prefix="haicap-bench-"))
    try:
        python = None
        if not only or "peer" in only:
            say("the peer's environment")
            python = peer_python(folder)
        about["versions"] = versions(python)
        for database in databases:
            command: list[str] = []
            if only != ["peer"]:
                with database_url(database) as url:
                    side = ours(database, folder, url)
                    sides.append(side)
                    one_side(side, options, [])
            if python:
                with database_url(database) as url:
                    command = peer_command(python, database, folder)
                    side = peer(database, folder, url, python)
                    sides.append(side)
                    one_side(side, options, command)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    about["load_after"] = round(os.getloadavg()[0], 1)
    about["minutes"] = round((time.perf_counter() - started) / 60, 1)
    about["options"] = {
        "recommendations": options.recommendations,
        "cases": options.cases,
        "seconds": options.seconds,
    }
    about["command"] = " ".join(["python benchmarks/web.py", *arguments])
    about["at"] = f"{datetime.now():%d/%m/%Y %H:%M}"  # noqa: DTZ005  as people write it
    text = report.text(about, sides)
    if options.json:
        everything = {"about": about, "sides": [vars(side) for side in sides]}
        options.json.write_text(json.dumps(everything, indent=1, default=str))
    if options.keep:
        print(text)
    else:
        report.into(HERE / "README.md", text)
    return int(any(report.failed(side) for side in sides))


def peer_command(python: Path, database: str, folder: Path) -> list[str]:
    """Return haicap's own server command with the peer's Python and entry in it."""
    code = (
        "import django; django.setup(); import json\n"
        "from haicap.desk.processes import web_command\n"
        "print(json.dumps(web_command('ADDRESS')))"
    )
    env = environment(
        HAICAP_NO_SECRET="1",
        HAICAP_VAR=str(folder),
        DJANGO_SETTINGS_MODULE="haicap.config.settings",
    )
    if database == "postgresql":
        env["DATABASE_URL"] = "postgres://nobody@127.0.0.1/none"
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
    command: list[str] = json.loads(done.stdout)
    command[0] = str(python)
    return [word.replace("haicap.config.wsgi", "peer.wsgi") for word in command]


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, postgres.ended)
    sys.exit(main(sys.argv[1:]))
