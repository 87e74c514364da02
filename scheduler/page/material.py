"""The material of a month as typed texts: wishes, cells, users, the days before.

A typed text means what it would mean in Excel: the reader of the workbook says what it
means, its writer how it is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from scheduler.audit import consistency
from scheduler.domain.base import StaffId
from scheduler.domain.errors import Mistake
from scheduler.domain.fields import FieldKind
from scheduler.domain.forecast import ForecastDay
from scheduler.domain.likeness import begun, look_of
from scheduler.domain.problem import Problem
from scheduler.domain.requests import Request, Strength
from scheduler.domain.shifts import Duty, OnCall
from scheduler.files.workbook.layout import PINS, REQUESTS, TAIL
from scheduler.files.workbook.month_cells import (
    COLUMNS,
    GRIDS,
    MaterialCell,
    MaterialPart,
)
from scheduler.files.workbook.reading.cells import (
    duty_before,
    read_entries,
    without_remark,
    words_of,
)
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.reading.values import read_value
from scheduler.files.workbook.words import LIST, show
from scheduler.files.workbook.writing.draft import draft_of, tail_cell
from scheduler.page.open_book import NotUnderstood
from scheduler.wording.notation import OFF_SYMBOLS, STRENGTHS, CellLanguage, want_text
from scheduler.wording.translation import _

FIXED = ("固", "=")
"""Before an entry: it is settled, not wished for; the first one is written."""

LONGEST = 60
"""Most characters of an entry; a remark has no more."""


class MaterialLanguage:
    """Reads what is typed into the material of a month."""

    def __init__(self, problem: Problem) -> None:
        self.cells = CellLanguage(problem)
        self._problem = problem
        self._names = [member.name for member in problem.staff]

    def meant(self, part: MaterialPart, text: str, who: str = "") -> str:
        """Return how a typed text is written; empty if nothing was typed.

        Parameters
        ----------
        who
            Whose cell it is, if its meaning depends on that.

        Raises
        ------
        NotUnderstood
            If it has no meaning.
        """
        told = text.strip()
        if len(told) > LONGEST:
            raise NotUnderstood(_("That is too long."))
        if not look_of(told):
            return ""
        match part:
            case MaterialPart.WISH:
                found = [_request_text(one) for one in self.wishes_of(told)]
                return LIST.join(dict.fromkeys(found))
            case MaterialPart.SETTLED:
                return self._settled_text(told)
            case MaterialPart.BEFORE:
                duty = self.duty_before(told, who, self._problem.period.first)
                return tail_cell(duty, self._problem, self.cells)
            case MaterialPart.ON_CALL | MaterialPart.NIGHT_BEFORE:
                names = begun(told, self._names)
                if len(names) == 1:
                    return str(names[0])
                text = _("“{text}” is no one's name, or several people's.")
                raise NotUnderstood(text.format(text=told[:20]))
            case MaterialPart.REMARK:
                return " ".join(told.split())
            case _:
                return self._number_text(part, told)

    def wishes_of(self, text: str) -> list[dict[str, Any]]:
        """Return the requests that a text means, without person and date.

        Raises
        ------
        NotUnderstood
            If an entry of it has no meaning.
        """
        shifts = words_of(self._problem)
        found = []
        bare, has_remark = without_remark(text, shifts)
        if has_remark:
            told = _("A remark cannot be kept here: write only “{text}”.")
            raise NotUnderstood(told.format(text=bare[:20]))
        for entry, request in read_entries(text, shifts):
            if request is None:
                told = _("“{text}” is no wish. For example: 休, 有, 早/日, ×夜, ×宿")
                raise NotUnderstood(told.format(text=entry[:20]))
            found.append(request)
        return found

    def _settled_text(self, text: str) -> str:
        duty = self.duty_of(text, self._names[0], self._problem.period.first)
        if duty.shift is None:
            return self.cells.write(duty)
        shift = self._problem.shift_by_symbol[duty.shift]
        return self.cells.marked(shift, duty.roles) if duty.roles else shift.symbol

    def duty_of(self, text: str, who: str, date: dt.date) -> Duty:
        """Return the settled duty that a text means.

        Raises
        ------
        NotUnderstood
            If it has no meaning.
        """
        meaning = self.cells.read(text)
        if meaning is None:
            raise self._no_duty(text)
        return Duty(
            staff=StaffId(who),
            date=date,
            shift=meaning.shift,
            roles=meaning.roles or (),
            off=meaning.off,
            kind=meaning.kind,
        )

    def duty_before(self, text: str, who: str, date: dt.date) -> Duty:
        """Return what a text means that somebody did before the month.

        Raises
        ------
        NotUnderstood
            If it has no meaning.
        """
        duty = duty_before(text, who, date, self._problem, self.cells)
        if duty is None:
            raise self._no_duty(text)
        return duty

    def _no_duty(self, text: str) -> NotUnderstood:
        symbols = (*self._problem.shift_by_symbol, *OFF_SYMBOLS.values())
        told = _("“{text}” is no duty here. There are: {choices}")
        choices = "、".join(dict.fromkeys(map(str, symbols)))
        return NotUnderstood(told.format(text=text[:20], choices=choices))

    def _number_text(self, part: MaterialPart, text: str) -> str:
        column = COLUMNS[part]
        try:
            value = read_value(column, text)
        except Wrong:
            value = -1
        least, most = column.limits.least or 0, column.limits.most or 999
        is_number = isinstance(value, int) and least <= value <= most
        if not is_number and not (value is None and column.kind is FieldKind.OVERNIGHT):
            told = _("{field}: a whole number from {least} to {most}")
            field = _(column.heading)
            raise NotUnderstood(told.format(field=field, least=least, most=most))
        return str(show(column, value))


def _request_text(wish: dict[str, Any]) -> str:
    request = Request(staff=StaffId("-"), date=dt.date.min, **wish)
    return want_text(request) + STRENGTHS[request.strength]


def told_at_cell(
    language: MaterialLanguage, text: str, wish: str, *, again: bool
) -> tuple[MaterialPart, str]:
    """Return whether a text in a person's cell is a wish or settled, and how written.

    Parameters
    ----------
    wish
        The wish that stands there.
    again
        Whether the same was chosen once more: the wish then becomes a must, one that
        is granted if possible, and none, in turn.

    Raises
    ------
    NotUnderstood
        If the text has no meaning.
    """
    told = text.strip()
    if told in STRENGTHS.values() and wish:
        return MaterialPart.WISH, language.meant(MaterialPart.WISH, _bare(wish) + told)
    for sign in FIXED:
        if told.startswith(sign) and told != sign:
            rest = told.removeprefix(sign)
            return MaterialPart.SETTLED, language.meant(MaterialPart.SETTLED, rest)
    try:
        meant = language.meant(MaterialPart.WISH, told)
    except NotUnderstood:
        if language.cells.read(told) is None:
            raise
        return MaterialPart.SETTLED, language.meant(MaterialPart.SETTLED, told)
    if again and _bare(wish) == _bare(meant):
        return MaterialPart.WISH, _next_strength(wish)
    return MaterialPart.WISH, meant


def _bare(wish: str) -> str:
    return wish.rstrip("".join(STRENGTHS.values()))


def _next_strength(wish: str) -> str:
    """Return a wish as a must, then as weak, then none, then as it was."""
    turns = [_bare(wish) + STRENGTHS[one] for one in TURNS] + [""]
    return turns[(turns.index(wish) + 1) % len(turns)]


TURNS = (Strength.STRONG, Strength.MUST, Strength.WEAK)


Texts = dict[MaterialCell, str]

OF_PEOPLE = (MaterialPart.WISH, MaterialPart.SETTLED, MaterialPart.BEFORE)
OF_BEFORE = (MaterialPart.BEFORE, MaterialPart.NIGHT_BEFORE)
NIGHTS = (MaterialPart.ON_CALL, MaterialPart.NIGHT_BEFORE)
NUMBERS = (MaterialPart.DAY_USE, MaterialPart.OVERNIGHT, MaterialPart.VISIT)


D = TypeVar("D", Request, Duty, OnCall)


def content_of(cell: MaterialCell, text: str) -> str | int | None:
    """Return what is written into the workbook for a text."""
    if text.isdecimal() and cell.part in NUMBERS:
        return int(text)
    return text or None


def with_material(
    problem: Problem, edits: Texts, language: MaterialLanguage
) -> Problem:
    """Return a month with typed cells in the places of its own."""
    changed = {(cell.part, cell.who, cell.date) for cell in edits}

    def rest(part: MaterialPart, entries: Iterable[D]) -> list[D]:
        """Return the entries of a part in whose cells nothing was typed."""
        is_of_night = part in NIGHTS
        return [
            one
            for one in entries
            if (part, "" if is_of_night else one.staff, one.date) not in changed
        ]

    history = problem.history
    requests = rest(MaterialPart.WISH, problem.requests)
    duties = rest(MaterialPart.SETTLED, problem.pins.duties)
    nights = rest(MaterialPart.ON_CALL, problem.pins.on_call)
    done = rest(MaterialPart.BEFORE, history.duties)
    nights_before = rest(MaterialPart.NIGHT_BEFORE, history.on_call)
    days: dict[dt.date, dict[str, Any]] = {}
    for (part, who, date), text in edits.items():
        if part in COLUMNS and (text or part is MaterialPart.REMARK):
            value = read_value(COLUMNS[part], text) if text else ""
            days.setdefault(date, {})[part.value] = value
        elif text and part is MaterialPart.WISH:
            requests += [
                Request(staff=StaffId(who), date=date, **wish)
                for wish in language.wishes_of(text)
            ]
        elif text and part is MaterialPart.SETTLED:
            duties.append(language.duty_of(text, who, date))
        elif text and part is MaterialPart.BEFORE:
            done.append(language.duty_before(text, who, date))
        elif text and part is MaterialPart.NIGHT_BEFORE:
            nights_before.append(OnCall(staff=StaffId(text), date=date))
        elif text:
            nights.append(OnCall(staff=StaffId(text), date=date))
    pins = problem.pins.model_copy(
        update={"duties": tuple(duties), "on_call": tuple(nights)}
    )
    history = history.model_copy(
        update={"duties": tuple(done), "on_call": tuple(nights_before)}
    )
    known = problem.forecast_by_date
    forecast = problem.forecast.with_days(
        _with(known[date], values) for date, values in days.items()
    )
    update = {"requests": tuple(requests), "pins": pins, "forecast": forecast}
    return problem.model_copy(update={**update, "history": history})


def doubts(problem: Problem) -> tuple[tuple[Mistake, ...], tuple[Mistake, ...]]:
    """Return what makes a month unusable, and what in it looks unintended.

    Each has the person and date that it is about, where the cell is a person's.
    """
    wrong, odd = consistency.mistakes(problem), consistency.warnings(problem)
    return (
        tuple(_placed(problem, one) for one in wrong),
        tuple(_placed(problem, one) for one in odd),
    )


def _placed(problem: Problem, mistake: Mistake) -> Mistake:
    match mistake.loc:
        case ("requests", int(number), *_rest):
            one: Request | Duty | OnCall = problem.requests[number]
            sheet = REQUESTS
        case ("pins", "duties", int(number), *_rest):
            one, sheet = problem.pins.duties[number], PINS
        case ("pins", "on_call", int(number), *_rest):
            one, sheet = problem.pins.on_call[number], PINS
        case ("history", "duties", int(number), *_rest):
            one, sheet = problem.history.duties[number], TAIL
        case ("history", "on_call", int(number), *_rest):
            one, sheet = problem.history.on_call[number], TAIL
        case _:
            return mistake.model_copy(update={"loc": (), "more": ()})
    place = {"sheet": _(sheet.title), "name": one.staff, "date": one.date}
    return mistake.model_copy(update={**place, "loc": (), "more": ()})


def written_texts(problem: Problem) -> Texts:
    """Return the texts of a month as its workbook would be written."""
    draft = draft_of(problem)
    found = {
        MaterialCell(part, who, date): text
        for part in OF_PEOPLE
        for (who, date), text in draft.grids[GRIDS[part].title].cells.items()
    }
    for part in NIGHTS:
        for date, name in draft.grids[GRIDS[part].title].on_call.items():
            found[MaterialCell(part, "", date)] = str(name)
    for day in problem.forecast.days:
        for part, column in COLUMNS.items():
            shown = show(column, getattr(day, part.value))
            found[MaterialCell(part, "", day.date)] = (
                "" if shown is None else str(shown)
            )
    return found


def _with(day: ForecastDay, values: dict[str, Any]) -> ForecastDay:
    """Return a date with typed numbers; what came from users' plans gives way."""
    plans = {
        f"{name}_at": None for name in values if f"{name}_at" in type(day).model_fields
    }
    return day.model_copy(update={**values, **plans})
