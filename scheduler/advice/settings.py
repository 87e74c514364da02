"""Changes of one setting that make a month possible, each verified by solving.

They are offered where the sums of the month do not add up (`scheduler.precheck`), and
where no repair was found that people can be asked for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from scheduler.advice.offers import to_be_mended
from scheduler.audit import audit
from scheduler.audit.changes.plans import effects
from scheduler.domain.advice import Effects, SettingChange
from scheduler.domain.base import StaffId
from scheduler.domain.finding import Finding, Stance
from scheduler.domain.homes import homes
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.office import HouseRatio
from scheduler.domain.precheck import AND, Line, Mend, Verdict
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.model import build
from scheduler.precheck import counted
from scheduler.precheck.mends import mended
from scheduler.solver.search import Search, hold_levels
from scheduler.solver.solution import DECISIVE

MOST = 3
"""Most changes that are tried, those that mend most first."""


def telling(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the sums that do not add up: of the law, or else of contracts."""
    short = tuple(line for line in lines if line.verdict is Verdict.IMPOSSIBLE)
    return tuple(line for line in short if line.breaks_law) or short


OF_ALL: Mapping[tuple[str, str], str] = {
    ("L-02", "days_off"): "less_days_off_min",
    ("L-03", "hours_min"): "less_minutes_min",
    ("L-03", "hours_max"): "more_minutes_max",
}
"""The change that gives way for several people alike, by rule and facet."""


def changes(
    problem: Problem,
    search: Search,
    roster: Roster | None = None,
    findings: Collection[Finding] = (),
) -> Iterator[SettingChange]:
    """Yield changes of one entry with which law, pins and musts were kept by a roster.

    Where contracts alone do not add up, contracts are kept as well.

    Parameters
    ----------
    search
        Clock and set-up; each change gets an equal part of what is left.
    roster, findings
        The month's best roster and its audit findings, if there is one: it tells of
        contracts that give way where no sum does.
    """
    sums = telling(counted(problem))
    is_law = any(line.breaks_law for line in sums) or (
        not sums and any(finding.stance.is_hard for finding in findings)
    )
    of_contracts = bool(sums or findings) and not is_law
    offered = _candidates(problem, sums)
    if of_contracts and not sums:
        offered = chain(_of_roster(problem, findings), offered)
    tried = tuple(islice(offered, MOST))
    known: set[tuple[str, str]] = set()
    for number, (house, mend) in enumerate(tried):
        if search.is_over:
            return
        if (house, mend.code) in known:
            # The same change of fewer people is enough.
            continue
        part = search.another(search.left / (len(tried) - number))
        found = _verified(_changed(problem, house, mend), part, roster)
        if found is not None and (found.keeps_contracts or not of_contracts):
            known.add((house, mend.code))
            told = (
                Effects() if roster is None else effects(problem, roster, found.roster)
            )
            yield SettingChange(
                mend=mend,
                keeps_contracts=found.keeps_contracts,
                house=house,
                effects=told,
            )


def _candidates(problem: Problem, sums: Sequence[Line]) -> Iterator[tuple[str, Mend]]:
    """Yield the changes with which no sum is short any more, what mends most first.

    Each with the name of its house, where several are planned together.
    """
    offered = [(line.house, mend) for line in sums for mend in line.mends]
    mends = {(house, mend.model_dump_json()): mend for house, mend in offered}
    counts = Counter((house, mend.model_dump_json()) for house, mend in offered)
    found = [(key[0], mends[key]) for key, _count in counts.most_common()]
    found += [(line.house, mend) for line in sums for mend in _of_everybody(line)]
    ratio = Mend(code="house_ratio")
    of_law = not sums or any(line.breaks_law for line in sums)
    for home in homes(problem):
        is_must = home.problem.office.settings.house_ratio is HouseRatio.MUST
        if of_law and is_must and (home.name, ratio) not in found:
            found.append((home.name, ratio))
    for house, mend in found:
        left = telling(counted(_changed(problem, house, mend)))
        if not any(line.breaks_law or not of_law for line in left):
            yield house, mend


def _of_roster(
    problem: Problem, findings: Collection[Finding]
) -> Iterator[tuple[str, Mend]]:
    """Yield changes by as much as the contracts of the best roster are broken.

    One change of several people takes the place of a concession of each.
    """
    for home in homes(problem):
        own = home.problem.member_by_name
        broken: dict[str, dict[StaffId, int]] = defaultdict(dict)
        for one in findings:
            code = OF_ALL.get((one.rule, one.facet))
            if code is not None and one.stance is Stance.CONTRACT:
                broken[code].update({n: one.amount for n in one.people if n in own})
        for code, by_name in broken.items():
            amounts = by_name.values()
            # Shared evenly a smaller step may do; the largest one does.
            even = -(-sum(amounts) // len(amounts)) if amounts else 0
            for by in sorted({even, max(amounts, default=0)} - {0}):
                facts: dict[str, int | str] = {"name": AND.join(by_name), "by": by}
                yield home.name, Mend(code=code, facts=facts)


def _of_everybody(line: Line) -> Iterator[Mend]:
    """Yield the change of a few people's nights for all of the line's people.

    A sum that just adds up leaves no choice of dates; with a night more each there is.
    """
    for mend in line.mends:
        if mend.code == "more_nights_max":
            yield mend.model_copy(
                update={"facts": {**mend.facts, "name": str(line.facts["limited"])}}
            )


def _changed(problem: Problem, house: str, mend: Mend) -> Problem:
    """Return the problem with a change made, of several houses in one of them."""
    if not isinstance(problem, JointProblem):
        return mended(problem, mend)
    return joint(
        [
            mended(one, mend) if one.office.name == house else one
            for one in problem.houses
        ]
    )


class _Verified(NamedTuple):
    """A roster that keeps law, pins and musts, and whether all contracts as well."""

    roster: Roster
    keeps_contracts: bool


def _verified(
    problem: Problem, search: Search, roster: Roster | None
) -> _Verified | None:
    """Return a roster that keeps law, pins and musts, if possible all contracts too.

    ``None`` if none was found.  The best roster may be one; else one that does is
    looked for first, from ``roster`` on.
    """
    if roster is not None and not to_be_mended(audit(problem, roster)):
        return _Verified(roster, keeps_contracts=True)
    model = build(problem)
    if roster is not None:
        model.hint(model.cp, model.values_of(roster) or {})
    for levels in ((*DECISIVE, Stance.CONTRACT), DECISIVE):
        cp = model.cp.clone()
        hold_levels(model, cp, dict.fromkeys(levels, 0))
        most = search.left / 2 if levels is not DECISIVE else search.left
        values = search.run(cp, most).values
        if not values:
            continue
        made = model.read(values)
        stances = {one.stance for one in audit(problem, made)}
        if not any(stance.is_hard for stance in stances):
            return _Verified(made, Stance.CONTRACT not in stances)
    return None
