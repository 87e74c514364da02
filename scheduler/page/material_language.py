"""What a text means that is typed into the month's material, and how it is written.

The reader of the workbook says what it means, its writer how it is written.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scheduler.domain.base import StaffId
from scheduler.domain.fields import FieldKind
from scheduler.domain.likeness import begun, look_of
from scheduler.domain.requests import Request, Strength
from scheduler.domain.shifts import Duty
from scheduler.files.workbook.month_cells import COLUMNS, MaterialPart
from scheduler.files.workbook.reading.cells import read_entries
from scheduler.files.workbook.reading.times import Wrong
from scheduler.files.workbook.reading.values import read_value
from scheduler.files.workbook.words import LIST, show
from scheduler.page.opened import NotUnderstood
from scheduler.wording.notation import OFF_SYMBOLS, STRENGTHS, CellLanguage, want_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.problem import Problem

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

    def meant(self, part: MaterialPart, text: str) -> str:
        """Return how a typed text is written; empty if nothing was typed.

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
            case MaterialPart.ON_CALL:
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
        work = (kind.symbol for kind in self._problem.kinds if kind.hours)
        symbols = [*(shift.symbol for shift in self._problem.shifts), *work]
        found = []
        for entry, request in read_entries(text, symbols):
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
            symbols = (*self._problem.shift_by_symbol, *OFF_SYMBOLS.values())
            told = _("“{text}” is no duty here. There are: {choices}")
            choices = "・".join(dict.fromkeys(map(str, symbols)))
            raise NotUnderstood(told.format(text=text[:20], choices=choices))
        return Duty(
            staff=StaffId(who),
            date=date,
            shift=meaning.shift,
            roles=meaning.roles or (),
            off=meaning.off,
            kind=meaning.kind,
        )

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
