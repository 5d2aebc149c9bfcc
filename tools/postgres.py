"""
A PostgreSQL cluster for one command: made before it, gone after it.

    python tools/postgres.py run -- pytest

It listens on a free port of 127.0.0.1 and in its own temporary folder, and knows no
password: nothing but tests may live in it.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType


# Nothing here must outlive a power cut, and everything here should be quick.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "autovacuum": "off",
    "timezone": "UTC",
    "log_min_messages": "error",
}


class NoPostgres(Exception):
    """There is no PostgreSQL server on this machine; the sentence says how to get it."""


def programs() -> Path | None:
    """Return the folder of the newest initdb, or None."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(debian, key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def free_port() -> int:
    """Return a port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged() -> list[str]:
    """Return the words before a command that make it run as somebody else than root."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        if subprocess.run(["id", name], capture_output=True).returncode == 0:
            return ["runuser", "-u", name, "--"]
    raise NoPostgres("PostgreSQL refuses to run as root and no other account is here.")


def run(command: list[str], folder: Path) -> None:
    """Run it in `folder` and show its words only when it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        log = folder / "log"
        words = log.read_text() if log.exists() else ""
        raise RuntimeError(
            f"{' '.join(command)}\n{done.stdout}{done.stderr}{words}".strip()
        )


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Yield the DATABASE_URL of a new cluster that ends with the block, come what may."""
    bin_dir = programs()
    if bin_dir is None:
        raise NoPostgres("No PostgreSQL server here. Debian: apt install postgresql")
    other = unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="haicap-pg-"))
    data = folder / "data"
    try:
        if other:
            shutil.chown(folder, other[2])
        run(
            [*other, str(bin_dir / "initdb"), "-D", str(data), "-U", "haicap"]
            + ["-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            folder,
        )
        for attempt in range(3):
            port = free_port()
            settings = {**SETTINGS, "port": port, "unix_socket_directories": folder}
            options = " ".join(f"-c {key}={value}" for key, value in settings.items())
            start = [*other, str(bin_dir / "pg_ctl"), "-D", str(data), "-w", "-s"]
            try:
                run([*start, "-l", str(folder / "log"), "-o", options, "start"], folder)
            except RuntimeError:
                # Somebody may have taken the port between the question and the start.
                if attempt == 2:
                    raise
                continue
            break
        yield f"postgres://haicap@127.0.0.1:{port}/postgres"
    finally:
        stop = [*other, str(bin_dir / "pg_ctl"), "-D", str(data), "-s", "-m"]
        if (data / "postmaster.pid").exists():
            subprocess.run([*stop, "immediate", "stop"], cwd=folder, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def run_inside(command: list[str], *, environ: Mapping[str, str] = os.environ) -> int:
    """Return the exit code of `command`, run with DATABASE_URL set to a new cluster."""
    with cluster() as url:
        process = subprocess.Popen(command, env={**environ, "DATABASE_URL": url})
        try:
            return process.wait()
        except BaseException:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            process.kill()
            raise


def ended(number: int, frame: FrameType | None) -> None:
    """Turn a polite kill into an exception, so that the cluster is still removed."""
    sys.exit(128 + number)


def main(arguments: list[str]) -> int:
    """Carry out `run -- COMMAND...`."""
    if len(arguments) < 3 or arguments[:2] != ["run", "--"]:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, ended)
    try:
        return run_inside(arguments[2:])
    except NoPostgres as exc:
        print(exc, file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
