r"""Command lines quoted for the user's shell, to be copied as they are printed.

The program is named as it was started: by its path, or
`shotaki` if the shell finds it under that name.
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
"""Words that need no quotes in a Unix shell."""

PLAIN_ON_WINDOWS = re.compile(r"[\w+=:./\\-]+")
"""Words that need no quotes in the command prompt or in PowerShell."""


def command_line(
    words: Sequence[str],
    *,
    program: Sequence[str] | None = None,
    system: str = os.name,
) -> str:
    """Write a command line of this program, quoted for the shell.

    Parameters
    ----------
    words
        Command, arguments and options.
    program
        Words that start the program; by default those that started this one.
    system
        Name of the operating system, as in `os.name`.

    Returns
    -------
    str
        A line for the command prompt of Windows, also valid in PowerShell unless the
        program's own name needs quotes; on other systems a line for `sh`.
    """
    quoted = _for_windows if system == WINDOWS else _for_unix
    first = program_words() if program is None else program
    return " ".join(quoted(word) for word in (*first, *words))


def program_words() -> tuple[str, ...]:
    """Return the words that started this program: its path, or Python and module."""
    started = Path(sys.argv[0])
    if started.stem != NAME or not (started.is_file() or _launcher(started).is_file()):
        return _here(sys.executable), "-m", "scheduler"
    found = shutil.which(NAME)
    if found is not None and _same(Path(found), started):
        return (NAME,)
    return (_here(str(started)),)


def _launcher(started: Path) -> Path:
    """Return the launcher that pip makes on Windows; ``sys.argv`` omits its suffix."""
    return started.with_suffix(".exe")


def _same(one: Path, other: Path) -> bool:
    return one.with_suffix("").absolute() == other.with_suffix("").absolute()


def _here(path: str) -> str:
    """Write a path relative to the current folder, if it lies below it.

    Symbolic links are not resolved: the Python of an environment is one.
    """
    whole = Path(path).absolute()
    here = Path.cwd()
    if not whole.is_relative_to(here):
        return str(whole)
    short = str(whole.relative_to(here))
    # A bare name would be searched for in PATH.
    return short if os.sep in short else os.path.join(os.curdir, short)


def _for_unix(word: str) -> str:
    return word if PLAIN.fullmatch(word) else shlex.quote(word)


def _for_windows(word: str) -> str:
    """Quote a word by the rules of Microsoft's C runtime.

    Words with blanks of any width or characters special to a shell are put in double
    quotes.  Backslashes before a quote are doubled, as they would escape it.
    """
    if PLAIN_ON_WINDOWS.fullmatch(word):
        return word
    escaped = re.sub(r'(\\*)"', r"\1\1\\" + '"', word)
    escaped = re.sub(r"(\\+)$", r"\1\1", escaped)
    return f'"{escaped}"'
