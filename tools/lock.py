"""Pin the newest versions that fit pyproject.toml: ``python -m tools.lock``.

Installs the package with its dev extra into a temporary environment and writes the
installed versions into ``constraints.txt``.  Run it with the oldest supported Python,
so that every later one can install the same versions.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"

HEADER = """\
# Exact versions of everything, dev tools included.  Written by `make lock`.
"""

ELSEWHERE = ("colorama", "tzdata")
"""Packages needed on Windows only, installed explicitly so that they are pinned too."""


def pinned() -> list[str]:
    """Return ``name==version`` lines of a fresh environment, sorted by name."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = str(Path(folder) / "bin" / "python")
        pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run(
            [*pip, "install", f"{ROOT}[dev]", *ELSEWHERE], check=True, cwd=ROOT
        )
        frozen = subprocess.run(
            [*pip, "freeze", "--all"], check=True, capture_output=True, text=True
        )
    lines = frozen.stdout.splitlines()
    return sorted(
        (line for line in lines if "==" in line and not line.startswith("pip==")),
        key=str.lower,
    )


def main() -> None:
    """Write ``constraints.txt``."""
    CONSTRAINTS.write_text(HEADER + "\n".join(pinned()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
