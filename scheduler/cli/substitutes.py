"""``shotaki substitutes``: who could take a shift."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scheduler.cli import options
from scheduler.cli.failures import WrongUse
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from scheduler.cli.session import Session
    from scheduler.domain.absences import Gap, Substitute
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.rulebook import Rulebook

SECONDS = 60.0
OTHERS = 2
MOST_OTHERS = 5


def command(
    context: typer.Context,
    source: Annotated[Path, options.roster_file()],
    date: Annotated[
        str, typer.Argument(metavar="DATE", help=_("Date on which the shift begins."))
    ],
    symbol: Annotated[
        str,
        typer.Argument(
            metavar="SYMBOL",
            help=_("Symbol of the shift, or 宿直 for the night on call."),
        ),
    ],
    instead_of: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="NAME",
            help=_(
                "Who is to be released from it, where several have it; the beginning "
                "of a name is enough."
            ),
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE",
            help=_("First date that may change; that of the shift if not given."),
        ),
    ] = None,
    others: Annotated[
        int,
        typer.Option(
            min=0,
            max=MOST_OTHERS,
            help=_("How many other people's days may change as well."),
        ),
    ] = OTHERS,
    time_limit: Annotated[float, options.time_limit()] = SECONDS,
    seed: Annotated[int, options.seed()] = 0,
) -> None:
    """Read back, ask of everybody whether they can, list them with the reasons."""
    session: Session = context.obj
    from scheduler.domain.scenario import Scenario
    from scheduler.files.rosters import read_roster
    from scheduler.rulebook import load
    from scheduler.solver.search import SearchLimits
    from scheduler.solver.standing.edits import Settled
    from scheduler.whatif.substitutes import substitutes
    from scheduler.wording.exits import of_substitutes
    from scheduler.wording.substitutes import gap_text

    file = read_roster(source)
    problem, roster = file.problem, file.roster
    gap, now = _read(problem, roster, date, symbol, instead_of, start)
    by_hand = problem, file.plan, roster, Scenario(now=gap.date)
    session.stopping.keep()
    found = substitutes(
        problem,
        roster,
        gap,
        now=now,
        others=others,
        settled=Settled.by_hand(*by_hand),
        limits=SearchLimits(time_limit, seed=seed),
        stop=session.stopping.wish,
    )
    code = of_substitutes(found)
    rulebook = load(problem.period)
    session.say(gap_text(gap, problem))
    for line in _lines(found, problem, rulebook, others):
        session.say(line)
    session.give(
        {
            "exit": int(code),
            "shift": gap.model_dump(mode="json"),
            "substitutes": [_data(one, problem, rulebook) for one in found],
        }
    )
    raise typer.Exit(code)


def _read(
    problem: Problem,
    roster: Roster,
    date: str,
    symbol: str,
    instead_of: str | None,
    start: str | None,
) -> tuple[Gap, dt.date | None]:
    """Return what was asked, or say all that is wrong with it."""
    from scheduler.domain.errors import InputError
    from scheduler.whatif.gaps import find_gap
    from scheduler.wording.mistakes import mistake_text
    from scheduler.wording.times import parse_date

    told = {"DATE": date, **({} if start is None else {"--from": start})}
    dates = {place: parse_date(text, problem.period) for place, text in told.items()}
    wrong = [
        f"{place}: "
        + _("“{text}” is no date; write it like {example}.").format(
            text=told[place], example=problem.period.first
        )
        for place, found in dates.items()
        if found is None
    ]
    # Where the date is not understood, the rest is still looked at.
    begin, now = dates["DATE"], dates.get("--from")
    try:
        gap = find_gap(
            problem,
            roster,
            begin or now or problem.period.first,
            symbol,
            instead_of,
            now,
        )
    except InputError as error:
        wrong += [mistake_text(mistake) for mistake in error.mistakes]
    if wrong:
        raise WrongUse("\n".join(wrong))
    return gap, now


def _lines(
    found: Sequence[Substitute], problem: Problem, rulebook: Rulebook, others: int
) -> Iterator[str]:
    from scheduler.cli.screen import table
    from scheduler.domain.absences import Verdict
    from scheduler.wording.names import people_text
    from scheduler.wording.substitutes import reason_texts

    counts = Counter(one.verdict for one in found)
    yield _(
        "Can take it as is: {as_is}. With changes for at most {others}: {more}."
    ).format(
        as_is=people_text(counts[Verdict.AS_IS]),
        others=_("{people} besides").format(people=people_text(others)),
        more=people_text(counts[Verdict.WITH_CHANGES]),
    )
    asked = [one for one in found if one.verdict is not Verdict.NEVER]
    if asked:
        yield ""
        yield table([_heads(), *_rows(asked)], right={0})
    for one in asked:
        yield ""
        yield from _details(one, problem, rulebook, others)
    if len(asked) < len(found):
        yield ""
        yield _("Out of the question:")
    for one in found[len(asked) :]:
        reasons = _("; ").join(reason_texts(one, rulebook))
        yield _("- {name}: {reasons}").format(name=one.staff, reasons=reasons)


def _heads() -> list[str]:
    return [
        "",
        _("Name"),
        _("Verdict"),
        _("Rest before / after"),
        _("Hours by contract"),
        _("Beyond the fair share (times)"),
    ]


def _rows(asked: Sequence[Substitute]) -> Iterator[list[str]]:
    from scheduler.wording.substitutes import bearing_text, rests_text, verdict_text
    from scheduler.wording.times import hours_and_minutes

    for number, one in enumerate(asked, start=1):
        yield [
            str(number) if one.can else "-",
            one.staff,
            verdict_text(one),
            rests_text(one),
            hours_and_minutes(one.minutes),
            "、".join(map(bearing_text, one.bearings)),
        ]


def _details(
    one: Substitute, problem: Problem, rulebook: Rulebook, others: int
) -> Iterator[str]:
    """Write what the table has no room for: changes, or what stops the person."""
    from scheduler.domain.absences import Verdict
    from scheduler.wording.names import people_text
    from scheduler.wording.substitutes import (
        knock_on_texts,
        own_text,
        reason_texts,
        wishes_text,
    )

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
    if one.verdict is Verdict.UNDECIDED:
        text = _("{name}: no way was found in time; there may be one. As it stands:")
    else:
        text = _("{name}: not even with changes for {others} besides. As it stands:")
    yield text.format(name=one.staff, others=people_text(others))
    for reason in reason_texts(one, rulebook):
        yield f"  × {reason}"


def _data(one: Substitute, problem: Problem, rulebook: Rulebook) -> dict[str, Any]:
    from scheduler.wording.plans import change_text
    from scheduler.wording.substitutes import reason_texts, verdict_text

    return {
        **one.model_dump(mode="json"),
        "text": verdict_text(one),
        "reasons": list(reason_texts(one, rulebook)),
        "asked": list(one.asked),
        "texts": [
            f"{change.staff} {change_text(change, problem)}"
            for change in (*one.own, *one.changes)
        ],
    }
