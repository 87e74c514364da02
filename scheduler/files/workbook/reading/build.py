"""What becomes of the values read: words offered elsewhere, then a problem.

Or mistakes with their cells, without those that only follow from others.  A name that
is on no list may be the one of a line without a name, or with a wrong one.  As many
different names as there are such lines are then no news; whatever goes beyond them is
told at once, with all the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from scheduler.audit import consistency
from scheduler.domain.errors import Mistake
from scheduler.domain.fields import FieldKind
from scheduler.domain.likeness import look_of, person_named, recognised
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import ShiftKind
from scheduler.files.validation import mistakes_of, shown
from scheduler.files.workbook.layout import (
    COVER_RULES,
    DESK_TASKS,
    EVENTS,
    EXPERT_SETTINGS,
    FORECAST,
    KINDS,
    OFFICE,
    PLAIN_LISTS,
    PROFILES,
    SHIFTS,
    STAFF,
    TAIL,
    USERS,
)
from scheduler.files.workbook.reading.forecast import flat_profile
from scheduler.files.workbook.reading.rows import (
    Find,
    apart,
    by_symbol_or_name,
    stand_in,
    use_known,
)
from scheduler.files.workbook.reading.times import next_morning, within_shift
from scheduler.files.workbook.words import show

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from scheduler.files.workbook.reading.notes import CellPlace, Loc, LostLines, Notes


ROUNDS = 6
"""Most validations; each is of the data with the values last refused replaced."""

LEANS_ON = {
    "day_too_long": {STAFF.title},
    "limits_reversed": {EXPERT_SETTINGS.title},
    "shift_without_role": {SHIFTS.title},
    "change_twice": {USERS.title},
    "date_outside": {OFFICE.title},
    "tail_in_period": {OFFICE.title},
    "tail_dates_missing": {OFFICE.title, SHIFTS.title, STAFF.title, TAIL.title},
    "dates_outside": {OFFICE.title},
    "no_rules_for_period": {OFFICE.title},
    "too_many_days_off": {OFFICE.title},
    "task_nobody": {STAFF.title},
    "forecast_empty": {OFFICE.title, FORECAST.title},
    "forecast_incomplete": {OFFICE.title, FORECAST.title},
}
"""Sheets on which a mistake depends, by code.

If one of them was not read completely, the mistake may only follow from that, and is
not reported.
"""

COMPARE_NEIGHBOURS = frozenset(
    {"limits_reversed", "capacity_above_law", "granted_more"}
)
"""Codes of mistakes about several values of one line, or one group of settings."""

COMPARE_SHIFTS = frozenset({"duty_breaks", "duty_roles"})
"""Codes of mistakes about a duty and the shift table."""

COMPARE_PEOPLE = frozenset(
    {
        "pin_not_employed",
        "pin_not_away",
        "pin_symbol",
        "pin_weekday",
        "pin_public_holiday",
        "pin_roles",
        "pin_on_call",
        "agreement_not_employed",
    }
)
"""Codes of mistakes about a pin or an agreement and the staff list."""

COMPARE_OVERTIME = frozenset({"overtime_unknown", "overtime_above"})
"""Codes of mistakes about an agreement and the overtime in the settings."""

CONVERTED = frozenset({FieldKind.DURATION, FieldKind.HALVES, FieldKind.THOUSANDTHS})
"""Kinds of fields whose cells have another unit than the model."""

SHIFT_TIMES = frozenset({"start", "end", "breaks", "cuts"})


def validated(data: dict[str, Any], notes: Notes) -> Problem | None:
    """Validate the whole problem; refused values are reported and replaced.

    Returns
    -------
    Problem or None
        A problem for further checks; it may be used only if no mistake was reported.
        ``None`` if a value could not be replaced.
    """
    for _round in range(ROUNDS):
        try:
            return Problem.model_validate(data)
        except ValidationError as error:
            for mistake in mistakes_of(error):
                if not _is_echo(mistake, notes):
                    _report(mistake, notes)
                if not _mend(data, mistake.loc, notes):
                    return None
    return None


def report_period(given: dict[str, Any], error: ValidationError, notes: Notes) -> None:
    """Report dates of years that cannot be meant, or else how far apart they are."""
    names = [str(one["loc"][0]) for one in error.errors() if one["loc"]]
    for name in names:
        loc: Loc = ("period", name)
        notes.report("other_year", notes.place_of(loc), loc, value=shown(given[name]))
    if not names:
        loc = ("period", "last")
        notes.report("period_length", notes.place_of(loc), loc)


def add_found(problem: Problem, notes: Notes) -> None:
    """Add mistakes of the consistency checks that do not follow from earlier ones."""
    people = [str(member.name) for member in problem.staff]
    before = [mistake.loc for mistake in notes.mistakes if mistake.loc]
    for mistake in consistency.mistakes(problem):
        doubted = LEANS_ON.get(mistake.code, set()) & (
            notes.doubtful | notes.lost.keys()
        )
        if doubted or any(_touches(mistake, loc) for loc in before):
            continue
        if mistake.code in COMPARE_PEOPLE and _is_person_wrong(mistake, people, notes):
            continue
        _report(mistake, notes)
        if mistake.loc[:1] == ("shifts",):
            before.append(mistake.loc)


def _is_person_wrong(mistake: Mistake, people: list[str], notes: Notes) -> bool:
    """Tell whether the person of a mistake has another one on the staff list."""
    look = look_of(mistake.facts["name"])
    lines = [("staff", i) for i, name in enumerate(people) if look_of(name) == look]
    return STAFF.title in notes.doubtful or any(
        one.loc[:2] in lines for one in notes.mistakes
    )


def _touches(mistake: Mistake, other: Loc) -> bool:
    """Tell whether a mistake may follow from a value reported before, at ``other``."""
    loc = mistake.loc
    if mistake.code in COMPARE_NEIGHBOURS:
        return other[: len(loc) - 1] == loc[:-1]
    if mistake.code in COMPARE_OVERTIME and other[-1:] == ("overtime_most",):
        return True
    if mistake.code in COMPARE_SHIFTS:
        return other[:1] == ("shifts",)
    if loc[:1] == ("shifts",) and len(loc) > 2 and loc[2] in SHIFT_TIMES:
        return other[:2] == loc[:2] and bool(SHIFT_TIMES & set(map(str, other[2:3])))
    return _overlap(loc, other)


def _is_echo(mistake: Mistake, notes: Notes) -> bool:
    """Tell whether the value, or one that contains it or is in it, was reported."""
    return any(
        earlier.loc and _overlap(mistake.loc, earlier.loc) for earlier in notes.mistakes
    )


def _overlap(loc: Loc, other: Loc) -> bool:
    shared = min(len(loc), len(other))
    return loc[:shared] == other[:shared]


def _report(mistake: Mistake, notes: Notes) -> None:
    facts: dict[str, int | str] = dict(mistake.facts)
    _sheet, column = notes.columns.get(mistake.loc, (None, None))
    if column is not None and column.kind in CONVERTED:
        for name in {"value", "limit"} & set(facts):
            facts[name] = str(show(column, int(facts[name])))
    notes.report_all(mistake.code, places_of(mistake, notes), mistake.loc, **facts)


def places_of(mistake: Mistake, notes: Notes) -> list[CellPlace]:
    """Return the known cells of a mistake, its own first."""
    places = [notes.place_of(spot.loc) for spot in (mistake, *mistake.more)]
    return list(dict.fromkeys(place for place in places if place is not None))


def _mend(data: dict[str, Any], loc: Loc, notes: Notes) -> bool:
    """Replace a refused value by a valid one, and tell whether that was possible."""
    match loc:
        case ("office", "profiles", int(index), *_):
            profiles = data["office"]["profiles"]
            profiles[index] = flat_profile(profiles[index]["name"][:20])
        case ("office", "capacity_limit", *_):
            data["office"].pop("capacity_limit", None)
        case ("cover_rules", int(index)):
            data["cover_rules"][index]["at_least"] = 0
            data["cover_rules"][index].pop("met_by", None)
        case ("registrants", int(index)):
            _without_services(data["registrants"][index])
        case ("use_changes", int(index)):
            _without_services(data["use_changes"][index])
            data["use_changes"][index]["reason"] = "absent"
        case ("events", int(index)):
            name = data["events"][index]["name"]
            data["events"][index] = {"name": name, "weekdays": [0]}
        case ("pairs", int(index)):
            data["pairs"][index]["second"] += "-"
        case ("personal_limits", int(index)):
            line = data["personal_limits"][index]
            line.pop("shift", None)
            line.update(counted="early", at_least=0)
        case ("staff", int(index)):
            for name in ("shifts", "qualifications", "groups"):
                data["staff"][index].pop(name, None)
        case ("period", "holidays", int(index), *_):
            data["period"]["holidays"][index]["name"] = "-"
        case _:
            return _replace(data, loc, notes)
    return True


def _without_services(line: dict[str, Any]) -> None:
    for name in ("day_use", "stays", "visits", "last"):
        line.pop(name, None)


def _replace(data: dict[str, Any], loc: Loc, notes: Notes) -> bool:
    for length in range(len(loc), 0, -1):
        known = notes.columns.get(loc[:length])
        if known is None:
            continue
        above: Any = data
        for step in loc[: length - 1]:
            above = above[step]
        sheet, column = known
        last = loc[length - 1]
        if column is sheet.key:
            notes.lose(sheet, above.get(last))
        # A value that was left out and is asked for again is replaced the second time.
        if column.required or column is sheet.key or last not in above:
            above[last] = stand_in(column)
        else:
            del above[last]
        return True
    return False


def place_past_midnight(line: dict[str, Any]) -> None:
    """Put what a night, typed by the clock, has after midnight on the next morning."""
    start, end = line.get("start"), line.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return
    if line.get("kind") == ShiftKind.NIGHT:
        end = line["end"] = next_morning(start, end)
    for breaks in line.get("breaks", ()):
        breaks[:] = [within_shift(span, start, end) for span in breaks]
    if "cuts" in line:
        line["cuts"] = [within_shift((cut, cut), start, end)[0] for cut in line["cuts"]]


def use_words_offered(
    data: dict[str, Any], names: list[str], symbols: list[str]
) -> None:
    """Replace words by those of the sheet that offers them, if they look alike."""
    groups = (one for line in data["staff"] for one in line.get("groups", ()))
    known = {
        STAFF.title: [*names, *dict.fromkeys(groups)],
        SHIFTS.title: symbols,
        KINDS.title: [one["symbol"] for one in data["kinds"]],
        USERS.title: [one["name"] for one in data["registrants"]],
    }
    find: dict[str, Find] = {
        STAFF.title: person_named,
        SHIFTS.title: by_symbol_or_name(data["shifts"]),
        KINDS.title: by_symbol_or_name(data["kinds"]),
    }
    for layout in PLAIN_LISTS:
        for line in data[layout.section[0]]:
            for column in layout.columns:
                sheet = column.offers
                if sheet:
                    how = find.get(sheet, recognised)
                    use_known(line, column.path, known[sheet], how)
    for member in data["staff"]:
        use_known(member, "shifts", symbols, find[SHIFTS.title])
        if "shifts" in member:
            member["shifts"] = apart(member["shifts"], symbols)
    for event in data["events"]:
        use_known(event, "people", names, person_named)
    use_known(data["office"].get("settings", {}), "fair_shifts", symbols)


OF_SYMBOLS = frozenset({SHIFTS.title, KINDS.title})
NAMED_ON = {
    "unknown_person": frozenset({STAFF.title}),
    "unknown_shift": OF_SYMBOLS,
    "unknown_kind": frozenset({KINDS.title}),
    "not_request": OF_SYMBOLS,
    "not_pin": OF_SYMBOLS,
    "not_duty": OF_SYMBOLS,
    "unknown_profile": frozenset({PROFILES.title}),
    "unknown_user": frozenset({USERS.title}),
    "unknown_cover_rule": frozenset({COVER_RULES.title}),
    "unknown_event": frozenset({EVENTS.title}),
    "unknown_stretch": frozenset({DESK_TASKS.title}),
}
"""Titles of the sheets that would hold the name, by the code of the mistake."""


def without_consequences(notes: Notes) -> list[Mistake]:
    """Return the mistakes, without those that follow from names not read."""
    echoes = [
        one
        for titles in sorted(set(NAMED_ON.values()), key=sorted)
        for one in _echoes(titles, notes)
    ]
    return [one for one in notes.mistakes if not any(one is echo for echo in echoes)]


def _echoes(titles: Collection[str], notes: Notes) -> Iterator[Mistake]:
    """Yield what follows from the lines lost on the sheets of some titles."""
    unknown = [one for one in notes.mistakes if NAMED_ON.get(one.code) == titles]
    if not notes.nameless.isdisjoint(titles):
        yield from unknown
        return
    lost = [one for title in titles if (one := notes.lost.get(title))]
    typed = {word for one in lost for word in one.typed if word}
    repeats = [one for one in unknown if _holds(one, typed)]
    yield from repeats
    others = [one for one in unknown if not any(one is echo for echo in repeats)]
    if len(_cores(others)) <= _unexplained(lost, repeats):
        yield from others


def _unexplained(lost: Iterable[LostLines], repeats: list[Mistake]) -> int:
    """Return how many lost lines are none whose own text stands elsewhere."""
    told = [text for one in lost for text in one.typed]
    return sum(
        not text or not any(_holds(one, {text}) for one in repeats) for text in told
    )


def _holds(mistake: Mistake, words: Collection[str]) -> bool:
    look = look_of(mistake.facts.get("value", ""))
    return any(word in look for word in words)


def _cores(mistakes: Iterable[Mistake]) -> set[str]:
    """Return the different texts; 早◎ is no other than 早, if that is one."""
    cores: set[str] = set()
    looks = {look_of(one.facts.get("value", "")) for one in mistakes}
    for look in sorted(looks, key=lambda one: (len(one), one)):
        if not any(core in look for core in cores):
            cores.add(look)
    return cores
