"""Command lines quoted for the user's shell, and exit codes with their meanings.

The program is named as it was started: by its path, or shotaki if the shell finds it
under that name.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.domain.absences import Ability, Outcome, Resilience, Substitute
from scheduler.domain.errors import Exit
from scheduler.domain.finding import Finding, Stance
from scheduler.wording.names import word_of

if TYPE_CHECKING:
    from scheduler.domain.plan import Plan
    from scheduler.domain.precheck import Line
    from scheduler.domain.record import RosterRecord

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
        return _here(sys.executable), "-m", "scheduler.cli"
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


def meaning(code: Exit) -> str:
    """Return the meaning of a code as a line of text."""
    return word_of("exits", code.name.lower())


_WORST_FIRST = (
    Exit.BUG,
    Exit.WRONG_USE,
    Exit.BAD_INPUT,
    Exit.OUT_OF_TIME,
    Exit.NOT_LEGAL,
    Exit.DONE,
)
"""From worst to best, to reduce the codes of several offices to one."""


_DECISIVE = (Stance.PINNED, Stance.STATUTORY, Stance.MUST)
"""Levels that a legal roster keeps; a broken pin counts like a broken must."""


def of_roster(roster: RosterRecord, findings: Iterable[Finding]) -> Exit:
    """Return the code for a roster that the solver made.

    A level's bound holds for all rosters only while the levels above it are at zero,
    so the first hard level that is not at zero decides.
    """
    if not any(finding.stance.is_hard for finding in findings):
        return Exit.DONE
    outcomes = roster.outcomes
    for outcome in outcomes:
        if outcome.level in _DECISIVE and outcome.value > 0:
            impossible = outcome.bound > 0 and outcome.confirmed
            return Exit.NOT_LEGAL if impossible else Exit.OUT_OF_TIME
    # Last month's tail alone breaks an enforced rule, whatever this month does.
    return Exit.NOT_LEGAL


def of_precheck(lines: Iterable[Line]) -> Exit:
    """Return the code for an input that was only prechecked.

    Contracts that do not add up leave a roster legal.
    """
    return Exit.NOT_LEGAL if any(line.breaks_law for line in lines) else Exit.DONE


def of_plans(plans: Sequence[Plan]) -> Exit:
    """Return the code for the plans of a what-if, the best one first."""
    if any(plan.is_legal for plan in plans):
        return Exit.DONE
    is_certain = any(plan.is_least for plan in plans[:1])
    return Exit.NOT_LEGAL if is_certain else Exit.OUT_OF_TIME


def of_substitutes(people: Sequence[Substitute]) -> Exit:
    """Return the code for a search for substitutes."""
    if any(one.can for one in people):
        return Exit.DONE
    is_open = any(one.verdict is Ability.UNDECIDED for one in people)
    return Exit.OUT_OF_TIME if is_open else Exit.NOT_LEGAL


def of_resilience(found: Resilience) -> Exit:
    """Return the code for an absence map: whether every absence was decided."""
    return Exit.OUT_OF_TIME if found.count(Outcome.UNDECIDED) else Exit.DONE


def of_check(findings: Iterable[Finding]) -> Exit:
    """Return the code for a roster that was read and audited."""
    hard = any(finding.stance.is_hard for finding in findings)
    return Exit.BREACHES if hard else Exit.DONE


def of_batch(codes: Iterable[Exit]) -> Exit:
    """Return the worst of many offices' codes.

    Worst is a fault, then a roster that cannot be written, then an input that cannot
    be used, then one without a legal roster in time, then one that has none.
    """
    return min(codes, key=_WORST_FIRST.index, default=Exit.DONE)
