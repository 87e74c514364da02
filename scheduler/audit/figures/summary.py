"""The summary of a roster: legality, breaches, wishes, and what the search reached."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from scheduler.audit.figures.bands import day_hours
from scheduler.audit.figures.fte import full_time_equivalents
from scheduler.audit.figures.people import PersonMonth, people
from scheduler.audit.findings import ALL, in_order_of_time
from scheduler.audit.papers.shortage import Shortage, shortage
from scheduler.audit.staff_list import may_do_nights
from scheduler.domain.absences import Reserve
from scheduler.domain.advice import Loan, Obstacle, Reason
from scheduler.domain.base import Frozen, StaffId
from scheduler.domain.errors import Exit, Mistake
from scheduler.domain.finding import LEVELS, Finding, Stance
from scheduler.domain.period import Period
from scheduler.domain.problem import Problem
from scheduler.domain.record import LevelOutcome, RosterRecord
from scheduler.domain.requests import Request
from scheduler.domain.roster import Roster
from scheduler.rulebook import Rulebook, rules_of

CONTRACTS = "L"
"""Prefix of the ids of rules whose limits contracts set."""


class SetBy(StrEnum):
    """Who has set a limit that a roster must keep."""

    LAW = "law"
    PIN = "pin"
    OFFICE = "office"
    WISH = "wish"
    """A request with the strength ``must``."""
    CONTRACT = "contract"


class Kept(Frozen):
    """Counts of the limits that a roster breaks, and whose contracts it breaks."""

    broken: dict[SetBy, int]
    """Number of hard findings by who set the limit; keys with zero are left out."""
    people: tuple[StaffId, ...]
    """Whose contracts are broken, in the order of the staff list."""

    @property
    def is_legal(self) -> bool:
        """Whether law, pins and every must of the office are kept."""
        return not self.broken


def kept(problem: Problem, findings: Iterable[Finding]) -> Kept:
    """Count the hard findings by who has set the limit, and list broken contracts."""
    rulebook = rules_of(problem)
    found = tuple(findings)
    hard = Counter(set_by(one, rulebook) for one in found if one.stance.is_hard)
    people = {
        name
        for one in found
        if one.rule.startswith(CONTRACTS) and one.stance in ALL
        for name in one.people
    }
    known = [member.name for member in problem.staff]
    strangers = sorted(people.difference(known))
    return Kept(
        broken={kind: hard[kind] for kind in SetBy if hard[kind]},
        people=(*(name for name in known if name in people), *strangers),
    )


def set_by(finding: Finding, rulebook: Rulebook) -> SetBy:
    """Return who has set the limit that a finding breaks."""
    if finding.stance is Stance.PINNED:
        return SetBy.PIN
    if finding.rule == "W-01":
        return SetBy.WISH
    if finding.rule.startswith(CONTRACTS):
        return SetBy.CONTRACT
    is_law = rulebook[finding.rule].is_law(finding.facet)
    return SetBy.LAW if is_law else SetBy.OFFICE


COUNTED = LEVELS[LEVELS.index(Stance.MUST) :]
"""Levels reported by the number of places, as their values mix different units."""

BELOW = LEVELS[LEVELS.index(Stance.CONTRACT) + 1 :]
"""Levels below contracts, whose findings are no breaches."""


class Remaining(Frozen):
    """The findings that remain on one level."""

    level: Stance
    findings: tuple[Finding, ...]
    """One for each place, in order of time; for evenness, for each person and burden.
    """
    is_least: bool = False
    """Whether the bound shows that no roster is better while levels above are kept."""
    is_proven: bool = False
    """Whether that bound is also confirmed."""

    @property
    def count(self) -> int:
        """Number of places; for evenness, of people and burdens."""
        return len(self.findings)


def remaining(
    findings: Iterable[Finding], outcomes: Iterable[LevelOutcome]
) -> tuple[Remaining, ...]:
    """Return the remaining findings by level, from musts down; empty levels left out.

    Parameters
    ----------
    outcomes
        The search's outcomes by level; none for a roster made elsewhere.
    """
    reached = {outcome.level: outcome for outcome in outcomes}
    found = places(in_order_of_time(findings))
    left = []
    for level in COUNTED:
        own = tuple(one for one in found if one.stance is level)
        outcome = reached.get(level)
        if own:
            left.append(
                Remaining(
                    level=level,
                    findings=own,
                    is_least=outcome is not None and outcome.is_best,
                    is_proven=outcome is not None and outcome.is_proven,
                )
            )
    return tuple(left)


def places(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, keeping the first of several about one fair share."""
    shares: set[tuple[object, ...]] = set()
    first = []
    for finding in findings:
        share = _share(finding)
        if not share or share not in shares:
            first.append(finding)
        shares.add(share)
    return tuple(first)


def _share(finding: Finding) -> tuple[object, ...]:
    """Return the person and burden of a finding on evenness; empty for all others."""
    burden, shift = finding.facts.get("burden"), finding.facts.get("shift")
    if finding.stance is not Stance.FAIR or burden is None:
        return ()
    return finding.people, burden, shift


class Summary(Frozen):
    """The main figures of a roster, derived from problem, roster and audit."""

    legal: bool
    """Whether law and every must of the office are kept."""
    breaches: tuple[Finding, ...]
    """Hard findings, in order of time."""
    contracts: tuple[Finding, ...]
    """Findings on contracts, in order of time."""
    kept: Kept
    """Counts of the hard findings, and whose contracts are broken."""
    shortage: Shortage
    wishes_asked: int
    wishes_granted: int
    wishes_refused: tuple[Request, ...]
    reasons: tuple[Reason, ...]
    """Why wishes were refused, as far as computed."""
    obstacles: tuple[Obstacle, ...]
    """Why guidelines were missed, as far as computed."""
    people: tuple[PersonMonth, ...]
    nights: tuple[int, int] | None = None
    """Fewest and most nights of those who may work nights; ``None`` without any."""
    levels: tuple[LevelOutcome, ...]
    """The search's outcome by level; empty for a roster made elsewhere."""
    remaining: tuple[Remaining, ...] = ()
    """Remaining findings on the levels from musts down."""
    reserve: Reserve | None = None
    """What the search for a reserve gained, if it was asked for."""


def summarise(
    problem: Problem, roster: RosterRecord, findings: Iterable[Finding]
) -> Summary:
    """Return the summary of a roster and its audit's findings."""
    months = people(problem, roster)
    wishes = [wish for month in months for wish in month.wishes]
    found = tuple(findings)
    made = roster.provenance
    hard = tuple(finding for finding in found if finding.stance.is_hard)
    return Summary(
        legal=not hard,
        breaches=in_order_of_time(hard),
        contracts=in_order_of_time(
            finding for finding in found if finding.stance is Stance.CONTRACT
        ),
        kept=kept(problem, found),
        shortage=shortage(problem, roster, found),
        wishes_asked=len(wishes),
        wishes_granted=sum(wish.granted for wish in wishes),
        wishes_refused=tuple(wish.request for wish in wishes if not wish.granted),
        reasons=roster.reasons,
        obstacles=roster.obstacles,
        people=months,
        nights=_nights(problem, months),
        levels=roster.outcomes,
        remaining=remaining(found, roster.outcomes),
        reserve=made.reserve if made else None,
    )


def _nights(problem: Problem, months: Iterable[PersonMonth]) -> tuple[int, int] | None:
    """Return the fewest and most nights of those whose shifts include a night."""
    able = {m.name for m in problem.staff if may_do_nights(problem, m)}
    nights = [month.nights for month in months if month.staff in able or month.nights]
    return (min(nights), max(nights)) if nights else None


class BatchVerdict(StrEnum):
    """How the run of one office in a batch ended."""

    LEGAL = "legal"
    """The roster keeps law and every must of the office."""
    SHORT = "short"
    """The best roster found breaks law or a must."""
    BAD_INPUT = "bad_input"
    OUT_OF_TIME = "out_of_time"
    """No roster was found in the time given."""
    STOPPED = "stopped"
    """The batch was stopped before the office had a roster."""
    NOT_WRITTEN = "not_written"
    """There is a roster, and its file cannot be written."""
    LOST = "lost"
    """The cluster was lost before the office had a roster."""
    FAULT = "fault"
    """An error in this program, or its process died on each attempt."""


class OfficeFigures(Frozen):
    """What an operator compares among offices beside what is missing."""

    pool_tenths: int
    """FTE of care and nurse together, in tenths, by hours (B-01)."""
    spare: int
    """Fewest minutes of the day band beyond the required on any date (A-03)."""
    spare_on: dt.date
    """The first date with so few."""


def office_figures(problem: Problem, roster: Roster) -> OfficeFigures:
    """Return FTE and the least margin of an office's roster."""
    tightest = min(day_hours(problem, roster), key=lambda day: day.margin)
    return OfficeFigures(
        pool_tenths=full_time_equivalents(problem, roster).by_hours.pool,
        spare=tightest.margin,
        spare_on=tightest.date,
    )


class BatchLine(Frozen):
    """One input of a batch and its result."""

    source: str
    """Path of the input."""
    verdict: BatchVerdict
    exit: Exit
    """The exit code that `roster` would give for this office alone."""
    name: str = ""
    """Name of the office; empty if its input could not be read."""
    period: Period | None = None
    path: str | None = None
    """Path of the roster, if one was written."""
    kept: str | None = None
    """The path first wanted, if its file was open or edited by hand and so was kept."""
    summary: Summary | None = None
    """Summary of the roster, if there is one."""
    figures: OfficeFigures | None = None
    """FTE and margin of the roster, if there is one."""
    loans: tuple[Loan, ...] = ()
    """People of the other offices who could help, each offer by itself."""
    mistakes: tuple[Mistake, ...] = ()
    warnings: tuple[Mistake, ...] = ()
    """Oddities of the input that look unintended."""
    together: tuple[str, ...] = ()
    """Names of the houses that were planned together with the office."""
    wall: str | None = None
    """Path of the wall sheet of all these houses; told with the main office."""
    error: str = ""
    """One line: the error of a fault, or why nothing was written."""
    report: str = ""
    """Traceback of a fault."""
    seconds: float = 0.0
    """Seconds of search and advice."""


def worst_first(offices: Iterable[BatchLine]) -> tuple[BatchLine, ...]:
    """Return the lines of offices, those that need somebody first in front.

    Offices without a roster, then by what is missing to law, musts and contracts, then
    by refused wishes; among equals the one with least to spare.
    """
    return tuple(sorted(offices, key=_need))


def _need(office: BatchLine) -> tuple[int, ...]:
    made, figures = office.summary, office.figures
    if made is None:
        return (0,)
    missing = Counter({one.level: one.value for one in made.shortage.levels})
    levels = (Stance.PINNED, Stance.STATUTORY, Stance.MUST, Stance.CONTRACT)
    return (
        1,
        *(-missing[level] for level in levels),
        -len(made.wishes_refused),
        figures.spare if figures else 0,
    )
