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
from scheduler.cli.screen import table
from scheduler.cli.session import Session, worded
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
    bearing_text,
    gap_text,
    knock_on_texts,
    own_text,
    reason_texts,
    rests_text,
    verdict_text,
    wishes_text,
)
from scheduler.wording.times import hours_and_minutes, parse_date
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
    """Find out who can take a shift, and print everybody, ranked, with reasons."""
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
    counts = Counter(one.verdict for one in found)
    yield _(
        "Can take it as is: {as_is}. With changes for at most {others}: {more}."
    ).format(
        as_is=people_text(counts[Ability.AS_IS]),
        others=_("{people} besides").format(people=people_text(others)),
        more=people_text(counts[Ability.WITH_CHANGES]),
    )
    asked = [one for one in found if one.verdict is not Ability.NEVER]
    if asked:
        yield ""
        heads = ("", _("Name"), _("Verdict"), _("Rest before / after"))
        rows = [[*heads, _("Hours by contract"), _("Beyond the fair share (times)")]]
        for number, one in enumerate(asked, start=1):
            place = str(number) if one.can else "-"
            told = (verdict_text(one), rests_text(one), hours_and_minutes(one.minutes))
            bearings = "、".join(map(bearing_text, one.bearings))
            rows.append([place, one.staff, *told, bearings])
        yield table(rows, right={0})
    for one in asked:
        yield ""
        yield from _details(one, problem, rulebook, others)
    if len(asked) < len(found):
        yield ""
        yield _("Out of the question:")
    for one in found[len(asked) :]:
        reasons = _("; ").join(reason_texts(one, rulebook))
        yield _("- {name}: {reasons}").format(name=one.staff, reasons=reasons)


def _details(
    one: Substitute, problem: Problem, rulebook: Rulebook, others: int
) -> Iterator[str]:
    """Yield lines on a person's changes, or on what stops the person."""
    if one.can:
        yield _("{name}: {changes}").format(
            name=one.staff, changes=own_text(one, problem)
        )
        for text in knock_on_texts(one, problem):
            yield "  " + _("besides {change}").format(change=text)
        lost = wishes_text(one)
        if lost:
            yield "  " + _("wishes lost: {wishes}").format(wishes=lost)
        return
    if one.verdict is Ability.UNDECIDED:
        text = _("{name}: no way was found in time; there may be one. As it stands:")
    else:
        text = _("{name}: not even with changes for {others} besides. As it stands:")
    yield text.format(name=one.staff, others=people_text(others))
    for reason in reason_texts(one, rulebook):
        yield f"  × {reason}"


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
