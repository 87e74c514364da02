"""Save all outputs of the program for some files, to compare two versions of it.

Run from the root with a new folder and the files to read:
``python -m tools.outputs before inputs/*.xlsx``, then the same with the other version,
then ``diff -r before after``.  Workbooks are unpacked, so that a difference shows the
sheet and the cell.  Rosters are made with ``--repeatable``, and times of creation are
removed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

BAD_INPUT = 1
"""Exit code of `check` for a file that is not a roster."""

WORK = 120
"""Limit of the repeatable search, passed as ``--time-limit``."""

QUICK = (
    ("precheck",),
    ("--json", "precheck"),
    ("--lang", "en", "precheck"),
    ("check",),
    ("--json", "check"),
    ("--lang", "en", "check"),
)
"""Commands run on every file, whatever it is: a refusal is an output too."""

OF_THE_CLOCK = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^<\"]*")
PROGRAM = re.compile(rb"\S*python[\d.]* -m scheduler(\.cli)?")


def said(folder: Path, source: Path, *words: str) -> int:
    """Run a command on a file, save what it prints, and return its exit code."""
    name = "-".join(word.strip("-") for word in words if "/" not in word)
    done = subprocess.run(
        [sys.executable, "-m", "scheduler.cli", *words, str(source)],
        capture_output=True,
        check=False,
    )
    text = b"exit %d\n" % done.returncode + done.stdout + b"--- stderr\n" + done.stderr
    text = text.replace(str(folder).encode(), b".")
    text = PROGRAM.sub(b"shotaki", OF_THE_CLOCK.sub(b"", text))
    (folder / f"{name}.txt").write_bytes(text)
    return done.returncode


def unpack(folder: Path) -> None:
    """Replace each workbook in a folder by its parts, with one XML tag a line."""
    for book in sorted(folder.rglob("*.xlsx")):
        with zipfile.ZipFile(book) as parts:
            for part in parts.namelist():
                if part.startswith("docProps/"):
                    continue
                into = book.with_suffix(".parts") / part
                into.parent.mkdir(parents=True, exist_ok=True)
                text = OF_THE_CLOCK.sub(b"", parts.read(part))
                into.write_bytes(text.replace(b"><", b">\n<"))
        book.unlink()


def main() -> None:
    """Run every command on every file and save the outputs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--rosters", action="store_true", help="make rosters too")
    given = parser.parse_args()
    for source in given.files:
        here = given.folder / f"{source.parent.name}-{source.name}".replace(".", "-")
        here.mkdir(parents=True)
        copy = here / source.name
        # With its time of change, from which calendars take their stamp.
        shutil.copy2(source, copy)
        for words in QUICK:
            code = said(here, copy, *words)
        if code != BAD_INPUT:
            said(here, copy, "slips", "-o", str(here / "slips"))
            said(here, copy, "init", str(here / "next.xlsx"), "--previous")
        elif given.rosters:
            limit = ("--time-limit", str(WORK), "--workers", "2", "--repeatable")
            said(here, copy, "roster", *limit, "-o", str(here / "roster.xlsx"))
            said(here, copy, "roster", *limit, "-o", str(here / "roster.json"))
        copy.unlink()
        unpack(here)


if __name__ == "__main__":
    main()
