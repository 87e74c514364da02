"""Exit codes of the command line: their meanings, and which result has which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.absences import Ability, Outcome, Resilience, Substitute
from scheduler.domain.errors import Exit
from scheduler.domain.finding import Finding, Stance
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scheduler.domain.plan import Plan
    from scheduler.domain.precheck import Line
    from scheduler.domain.record import RosterRecord


def meaning(code: Exit) -> str:
    """Return the meaning of a code as a line of text."""
    return _(_MEANINGS[code])


_MEANINGS = {
    Exit.DONE: N_("Done. A roster is legal and keeps every must of the office."),
    Exit.BAD_INPUT: N_("The input cannot be used; every mistake in it was listed."),
    Exit.WRONG_USE: N_(
        "Wrong use of the command, or the output cannot be written where it should be; "
        "a roster found before was kept elsewhere, and it is said where."
    ),
    Exit.NOT_LEGAL: N_(
        "No roster keeps the law, every must and every pinned cell, which is proven; "
        "`roster` wrote the one that comes nearest."
    ),
    Exit.OUT_OF_TIME: N_(
        "No legal roster was found in the time given, which does not mean that none "
        "exists; the best so far was written, if there was one."
    ),
    Exit.BREACHES: N_(
        "`check` found breaches of law or of a must of the office, or a plan that "
        "was accepted has some."
    ),
    Exit.BUG: N_(
        "A fault of shotaki itself; a file for the report was saved, and it is said "
        "which files were written before."
    ),
    Exit.UNPRINTED: N_(
        "Done, but the result could not be printed: the disk is full, or nobody read "
        "it to the end. Files were written as ever."
    ),
    Exit.HUNG_UP: N_(
        "Ended because the terminal was closed (SIGHUP), before there was anything to "
        "keep; it is said which files were written."
    ),
    Exit.INTERRUPTED: N_(
        "Ended by Ctrl-C before there was anything to keep, or by a second one; it is "
        "said which files were written."
    ),
    Exit.TERMINATED: N_(
        "Ended by `kill` or a shutdown (SIGTERM) before there was anything to keep; it "
        "is said which files were written."
    ),
}


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
