"""Renews requirements/*.txt, one for each group; plain pip installs them."""

import subprocess
import sys
from pathlib import Path


ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes"]
# Neither an address of a package index nor a path of a machine may get into the lock.
OPTIONS += ["--no-emit-index-url", "--no-header", "-q"]


def main() -> None:
    """Write each file from pyproject.toml."""
    groups = (
        ("core", ["pyproject.toml"]),
        ("dev", ["pyproject.toml", "--group", "dev"]),
        ("train", ["--group", "train", "-c", "requirements/core.txt"]),
    )
    for name, group in groups:
        target = f"requirements/{name}.txt"
        print(f"lock: {target}", flush=True)
        words = [UV, "pip", "compile", *group, *OPTIONS, "-o", target]
        subprocess.run(words, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
