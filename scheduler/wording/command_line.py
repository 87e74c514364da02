r"""Commands as the user's shell takes them, to be typed or copied as they are printed.

The program has the name by which it was started: `.venv\\Scripts\\shotaki` where
`shotaki.bat` did it, `shotaki` where the shell finds it by that.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "shotaki"
WINDOWS = "nt"

PLAIN = re.compile(r"[\w@%+=:,./-]+")
"""What no shell of Unix takes for anything else."""

PLAIN_ON_WINDOWS = re.compile(r"[\w+=:./\\-]+")
"""What neither the command prompt nor PowerShell takes for anything else."""


def command_line(
    words: Sequence[str],
    *,
    program: Sequence[str] | None = None,
    system: str = os.name,
) -> str:
    """Write a command of this program, options and all.

    Parameters
    ----------
    words
        What follows the name of the program.
    program
        That name, in words; as it was started if not given.
    system
        Name of the system, as `os.name` has it.

    Returns
    -------
    str
        A line for the command prompt of Windows, which PowerShell takes as well where
        nothing of the program's own name has to be quoted; else one for `sh`.
    """
    quoted = _for_windows if system == WINDOWS else _for_unix
    first = program_words() if program is None else program
    return " ".join(quoted(word) for word in (*first, *words))


def program_words() -> tuple[str, ...]:
    """Return how this program was started: its path, or Python with its module."""
    started = Path(sys.argv[0])
    if started.stem != NAME or not (started.is_file() or _launcher(started).is_file()):
        return _here(sys.executable), "-m", "scheduler"
    found = shutil.which(NAME)
    if found is not None and _same(Path(found), started):
        return (NAME,)
    return (_here(str(started)),)


def _launcher(started: Path) -> Path:
    """Return the file that pip makes on Windows, which hides its ending."""
    return started.with_suffix(".exe")


def _same(one: Path, other: Path) -> bool:
    return one.with_suffix("").absolute() == other.with_suffix("").absolute()


def _here(path: str) -> str:
    """Write a path from the folder where the command runs, if it lies below it.

    Links stay: the Python of an environment is one.
    """
    whole = Path(path).absolute()
    here = Path.cwd()
    if not whole.is_relative_to(here):
        return str(whole)
    short = str(whole.relative_to(here))
    # A bare name would be looked for elsewhere.
    return short if os.sep in short else os.path.join(os.curdir, short)


def _for_unix(word: str) -> str:
    return word if PLAIN.fullmatch(word) else shlex.quote(word)


def _for_windows(word: str) -> str:
    """Quote for programs that read their line as Microsoft's do.

    Blanks of any width, and what either shell would act on, go between quotation
    marks; no name of a file has such a mark in it.  Backslashes before one are
    doubled, for otherwise they would take it away.
    """
    if PLAIN_ON_WINDOWS.fullmatch(word):
        return word
    escaped = re.sub(r'(\\*)"', r"\1\1\\" + '"', word)
    escaped = re.sub(r"(\\+)$", r"\1\1", escaped)
    return f'"{escaped}"'
