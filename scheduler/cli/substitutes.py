"""The command `substitutes`: who could take a shift."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from scheduler.cli import options
from scheduler.cli.arguments import START, no_date_text
from scheduler.cli.failures import WrongUse
from scheduler.cli.options import SearchOptions
from scheduler.cli.session import Session, worded
from scheduler.domain import N_
from scheduler.domain.absences import Ability, Substitute, Vacancy
from scheduler.domain.errors import Exit, InputError
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.scenario import Scenario
from scheduler.files.houses import read_month
from scheduler.rulebook import Rulebook, rules_of
from scheduler.solver.standing.edits import Settled
from scheduler.whatif.gaps import find_gap
from scheduler.whatif.substitutes import substitutes
from scheduler.wording.command_line import of_substitutes
from scheduler.wording.mistakes import mistake_text
from scheduler.wording.names import people_text
from scheduler.wording.plans import change_text
from scheduler.wording.substitutes import (
    change_texts,
    gap_text,
    reason_text,
    reason_texts,
    verdict_text,
)
from scheduler.wording.times import parse_date
from scheduler.wording.translation import _


def list_substitutes(
    session: Session,
    source: Path,
    date: str,
    symbol: str,
    instead_of: Annotated[str | None, typer.Option("--for")] = None,
    start: options.StartDate = None,
    others: Annotated[int, typer.Option(min=0, max=5)] = 2,
    limits: SearchOptions = SearchOptions(),
) -> Exit:
    """Find out who can take a shift, and print everybody, ranked, a line each.

    Rests, hours, shares and all reasons with their sources are given to programs.
    """
    file = read_month(source)
    problem, roster = file.problem, file.roster
    gap, now = _read(problem, roster, date, symbol, instead_of, start)
    by_hand = problem, file.plan, roster, Scenario(now=gap.date)
    session.begin_search()
    found = substitutes(
        problem,
        roster,
        gap,
        now=now,
        others=others,
        settled=Settled.by_hand(*by_hand),
        limits=limits.of_search(),
        stop=session.stopping.wish,
    )
    code = of_substitutes(found)
    rulebook = rules_of(problem)
    session.say(gap_text(gap, problem))
    session.say_all(_lines(found, problem, rulebook, others))
    told = [_data(one, problem, rulebook) for one in found]
    session.give(exit=code, shift=gap, substitutes=told)
    return code


def _read(
    problem: Problem,
    roster: Roster,
    when: str,
    symbol: str,
    instead_of: str | None,
    start: str | None,
) -> tuple[Vacancy, dt.date | None]:
    """Return the shift to be taken and the first date that may change.

    Raises
    ------
    WrongUse
        With every mistake in the arguments.
    """
    period = problem.period
    told = {"DATE": when, **({} if start is None else {START: start})}
    dates = {place: parse_date(text, period) for place, text in told.items()}
    wrong = [
        f"{place}: {no_date_text(told[place], period.first)}"
        for place, found in dates.items()
        if found is None
    ]
    # If the date cannot be read, another stands in, so that the rest is checked too.
    begin, now = dates["DATE"], dates.get(START)
    date = begin or now or period.first
    try:
        gap = find_gap(problem, roster, date, symbol, instead_of, now)
    except InputError as error:
        wrong += [mistake_text(mistake) for mistake in error.mistakes]
    if wrong:
        raise WrongUse("\n".join(wrong))
    return gap, now


def _lines(
    found: Sequence[Substitute], problem: Problem, rulebook: Rulebook, others: int
) -> Iterator[str]:
    """Yield how many can, and a line for each person under what is true of them."""
    counts = Counter(one.verdict for one in found)
    yield _(
        "Can take it as is: {as_is}. With changes for at most {others}: {more}."
    ).format(
        as_is=people_text(counts[Ability.AS_IS]),
        others=_("{people} besides").format(people=people_text(others)),
        more=people_text(counts[Ability.WITH_CHANGES]),
    )
    for verdicts, title in PARTS:
        part = [one for one in found if one.verdict in verdicts]
        if part:
            yield ""
            yield _(title)
        for one in part:
            told = _told(one, problem, rulebook)
            yield _("- {name}: {reasons}").format(name=one.staff, reasons=told)


PARTS = (
    ((Ability.AS_IS,), N_("As is:")),
    ((Ability.WITH_CHANGES,), N_("With these changes:")),
    ((Ability.UNDECIDED,), N_("Not found in time, perhaps possible. As it stands:")),
    ((Ability.STOPPED,), N_("Not even with changes. As it stands:")),
    ((Ability.NEVER,), N_("Out of the question:")),
)
"""What is printed, by verdicts, each under its title."""


def _told(one: Substitute, problem: Problem, rulebook: Rulebook) -> str:
    """Write on a line what changes for a person, or why the person cannot."""
    if one.can:
        return _("; ").join(change_texts(one, problem))
    return reason_text(one, rulebook)


def _data(one: Substitute, problem: Problem, rulebook: Rulebook) -> dict[str, Any]:
    return worded(
        one,
        text=verdict_text(one),
        reasons=list(reason_texts(one, rulebook)),
        asked=one.asked,
        texts=[
            f"{change.staff} {change_text(change, problem)}"
            for change in (*one.own, *one.changes)
        ],
    )
