"""Who could take a shift, how many more guests a date carries, what absences would do.

All are asked of the roster as the workbook has it, as `shotaki substitutes`, `shotaki
room` and `shotaki resilience` ask it.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.audit import audit
from scheduler.audit.figures.more_guests import as_it_stands
from scheduler.domain.absences import Ability, Dropout, Substitute
from scheduler.domain.base import ShiftId
from scheduler.domain.between_houses import MAIN, Origin
from scheduler.domain.homes import (
    Home,
    HousesFile,
    at_home,
    at_number,
    homes,
    house_at,
    named_for_all,
)
from scheduler.domain.joint import JointProblem
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterFile
from scheduler.domain.roster import Change, Roster, changes
from scheduler.domain.scenario import Scenario
from scheduler.domain.shifts import Duty
from scheduler.files.houses import read_month
from scheduler.files.paths import make_folder
from scheduler.files.workbook.absence_map import write_resilience
from scheduler.page.jobs.reports import Reports, in_time, seconds_left
from scheduler.rulebook import Rulebook, rules_of
from scheduler.solver.executors import cores, local
from scheduler.solver.search import SearchLimits
from scheduler.solver.standing.edits import Settled, with_shift_open
from scheduler.whatif.gaps import find_gap
from scheduler.whatif.resilience import Absences, resilience
from scheduler.whatif.room import WAYS, RoomOrder, with_changes
from scheduler.whatif.substitutes import substitutes
from scheduler.wording.duties import break_times
from scheduler.wording.findings import finding_words
from scheduler.wording.names import name_of
from scheduler.wording.notation import CellLanguage
from scheduler.wording.resilience import (
    counts_text,
    request_texts,
    sign,
    singles_text,
    what_breaks,
    work_text,
)
from scheduler.wording.substitutes import (
    break_texts,
    gap_text,
    knock_on_texts,
    own_text,
    reason_texts,
    verdict_text,
    way_groups,
    way_texts,
    wishes_text,
)
from scheduler.wording.times import date_text

if TYPE_CHECKING:
    from scheduler.page.state import SearchRun

OTHERS = 2
"""Most other people whose days may change for a substitute, as in the command."""

CELLS = 2
"""Most cells that may change for further guests, as in the command."""


def find_substitutes(run: SearchRun, reports: Reports, stop: threading.Event) -> Path:
    """Ask of everybody whether they could take a shift, and tell the answers."""
    path = Path(run.source)
    file = read_month(path)
    problem, roster = file.problem, file.roster
    date = dt.date.fromisoformat(run.asked["date"])
    symbol = _in_all(file, path, run.asked["symbol"])
    gap = find_gap(problem, roster, date, symbol, run.asked["instead_of"] or None)
    home = at_number(problem, house_at(file, path))
    shown = {"shift": gap.shift and home.symbol(gap.shift)}
    title = gap_text(gap.model_copy(update=shown), home.problem)
    reports.tell(title=title, of=roster.fingerprint)
    settled = Settled.by_hand(problem, file.plan, roster, Scenario(now=gap.date))
    rulebook = rules_of(problem)
    released = tuple(changes(problem, roster, with_shift_open(problem, roster, gap)))
    rows = {member.name: row for row, member in enumerate(problem.staff)}

    def tell(found: tuple[Substitute, ...], left: int) -> None:
        answers = [
            {
                **_answer(one, home, rulebook),
                "row": rows[one.staff],
                "put": _cells(
                    (*released, *one.own, *one.changes), one.breaks, file, path
                ),
            }
            for one in found
        ]
        reports.tell(answers=answers, left=left)

    found = substitutes(
        problem,
        roster,
        gap,
        others=OTHERS,
        settled=settled,
        limits=SearchLimits(seconds=seconds_left(run)),
        on_known=tell,
        stop=stop,
    )
    tell(found, 0)
    return path


def _cells(
    changed: Iterable[Change], moved: Iterable[Duty], file: RosterFile, path: Path
) -> list[tuple[str, ...]]:
    """Return cells as they would be typed, each with the workbook into which.

    Whose, date, text, and breaks of a shift.  What comes last of a cell counts.  The
    row of nights on call has no name.
    """
    paths = file.paths if isinstance(file, HousesFile) else (path,)
    cells: dict[tuple[str, dt.date], tuple[Path, str, str]] = {}
    for one in changed:
        if one.on_call:
            cells["", one.date] = paths[MAIN], one.staff, ""
    duties = [one.after for one in changed if one.after is not None]
    for duty in (*duties, *moved):
        number = _typed_in(file.problem, duty, house_at(file, path))
        home = at_number(file.problem, number)
        (own,) = home.roster(Roster(duties=(duty,))).duties
        rests = break_times(own.breaks) if own.shift else ""
        text = CellLanguage(home.problem).write(own)
        cells[duty.staff, duty.date] = paths[number], text, rests
    return [
        (str(book), who, str(date), *told)
        for (who, date), (book, *told) in cells.items()
    ]


def _typed_in(problem: Problem, duty: Duty, here: int) -> int:
    """Return the house in whose workbook a duty is typed: where it is worked."""
    if not isinstance(problem, JointProblem):
        return here
    origin = problem.origins.get(duty.shift) if duty.shift else None
    if origin is not None:
        return origin.house
    return here if problem.row(duty.staff, here) else problem.home_of[duty.staff]


def _in_all(file: RosterFile, path: Path, symbol: str) -> str:
    """Return the symbol of a house's own shift as all houses together have it."""
    if not isinstance(file, HousesFile):
        return symbol
    origin = Origin(file.paths.index(path), ShiftId(symbol))
    return file.joint.symbols[MAIN].get(origin, ShiftId(symbol))


def _answer(one: Substitute, home: Home, rulebook: Rulebook) -> dict[str, Any]:
    """Return an answer in words, in the symbols of the house that asks."""
    whole, problem = home.whole, home.problem
    member = whole.member_by_name[one.staff]
    own, changed = (
        tuple(map(home.with_symbols, changes)) for changes in (one.own, one.changes)
    )
    one = one.model_copy(update={"own": own, "changes": changed})
    return {
        "name": one.staff,
        "house": at_home(whole, one.staff).name,
        "telephone": member.telephone,
        "can": one.can,
        "as_is": one.verdict is Ability.AS_IS,
        "verdict": verdict_text(one),
        "own": own_text(one, problem) if one.can else "",
        "besides": [*knock_on_texts(one, problem), *break_texts(one.breaks)],
        "wishes": wishes_text(one),
        "reasons": list(reason_texts(one, rulebook, sourced=False, most=1)),
    }


def find_room(run: SearchRun, reports: Reports, stop: threading.Event) -> Path:
    """Ask how many more guests a date carries once cells change, and tell the ways."""
    path = Path(run.source)
    file = read_month(path)
    problem, roster = file.problem, file.roster
    date = dt.date.fromisoformat(run.asked["date"])
    reports.tell(title=date_text(date), of=roster.fingerprint)
    rooms = as_it_stands(problem, roster, audit(problem, roster), [date])
    with (
        in_time(seconds_left(run), stop),
        local(max(1, min(cores(), len(rooms)))) as workers,
    ):
        order = RoomOrder(
            problem=problem,
            made=file.plan,
            roster=roster,
            rooms=rooms,
            changes=CELLS,
            now=date,
            ways=WAYS,
        )
        found = with_changes(order, workers, stop=stop)
    books = {home.name: home for home in homes(problem)}
    paths = file.paths if isinstance(file, HousesFile) else (path,)
    ways = [
        {
            "house": room.house,
            "service": name_of(room.service),
            "ways": [
                {
                    "much": much,
                    "texts": list(way_texts(way, problem)),
                    "more": way.more,
                    "users": (room.service, room.expected, room.expected + way.more),
                    "book": str(paths[books[room.house].number]),
                    "put": _cells(way.changes, way.breaks, file, path),
                }
                for much, way in way_groups(room)
            ],
            "is_certain": room.is_certain,
        }
        for room in found
        if not room.full and not room.is_open
    ]
    reports.tell(ways=ways)
    return path


WORKBOOK = "map.xlsx"


def map_absences(run: SearchRun, reports: Reports, stop: threading.Event) -> Path:
    """Judge every absence of a roster, tell the map, and keep it as a workbook."""
    source = Path(run.source)
    file = read_month(source)
    problem = file.problem
    first = problem.period.first
    reports.tell(of=file.roster.fingerprint)
    with in_time(seconds_left(run), stop), local(cores()) as workers:
        order = Absences(
            problem=problem, made=file.plan, roster=file.roster, first=first
        )
        found = resilience(
            order,
            workers,
            on_judged=lambda done, every: reports.tell(done=done, every=every),
            stop=stop,
        )
    rulebook = rules_of(problem)
    rows = {member.name: number for number, member in enumerate(problem.staff)}
    reports.tell(
        counts=counts_text(found),
        singles=singles_text(found),
        people=[(one.name, at_home(problem, one.name).name) for one in problem.staff],
        cases=[
            _case(one, rows[one.staff], problem, rulebook) for one in found.dropouts
        ],
    )
    make_folder(run.place)
    path = run.place / WORKBOOK
    write_resilience(
        named_for_all(problem), found, path, source=source.name, first=first
    )
    return path


def _case(
    one: Dropout, row: int, problem: Problem, rulebook: Rulebook
) -> dict[str, Any]:
    broken = [finding_words(found, rulebook) for found in what_breaks(one)]
    return {
        "row": row,
        "day": (one.date - problem.period.first).days,
        "name": one.staff,
        "date": date_text(one.date),
        "work": work_text(one, problem),
        "sign": sign(one),
        "outcome": str(one.outcome),
        "asks": list(request_texts(one, problem)),
        "broken": list(dict.fromkeys(f"{one.when} {one.what}" for one in broken)),
    }
