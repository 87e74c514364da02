"""What hangs on the wall in place of what a cell says (掲示用の記号).

One or two characters a cell: the shift without its roles, a day off as asked for like
any other, leave as a day off unless the office posts it, a dash for an absence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.shifts import LEAVE, OffKind
from scheduler.wording.notation import (
    ABSENT_ON_PAPER,
    DAYS,
    OFF_SYMBOLS,
    CellLanguage,
    off_symbols,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.problem import Problem
    from scheduler.domain.shifts import Duty

DAY_OFF = OFF_SYMBOLS[OffKind.DAY_OFF]


class PostedSymbols:
    """What each text of a cell is posted as."""

    def __init__(self, problem: Problem) -> None:
        self._language = CellLanguage(problem)
        self._shows_leave = problem.office.settings.wall_leave
        self._offs = off_symbols(problem)

    def of_duty(self, duty: Duty | None) -> str:
        """Return the posted symbol of a duty; empty if there is none."""
        return "" if duty is None else self.of_text(self._language.write(duty))

    def of_text(self, text: str) -> str:
        """Return the posted symbol of a cell's text; unknown text stays as it is."""
        meaning = self._language.read(text) if text else None
        if meaning is None:
            return text
        if meaning.shift is not None:
            return meaning.shift
        return self._off(meaning.kind or OFF_SYMBOLS[meaning.off or OffKind.DAY_OFF])

    def table(self, spellings: Iterable[str]) -> dict[str, str]:
        """Return what spellings of shifts and all words for days off are posted as."""
        words = (word for words in DAYS.values() for word in words)
        texts = dict.fromkeys((*spellings, *self._offs, *words))
        return {text: self.of_text(text) for text in texts}

    def _off(self, symbol: str) -> str:
        kind = self._offs[symbol]
        if kind is OffKind.ABSENT:
            return ABSENT_ON_PAPER
        return DAY_OFF if kind in LEAVE and not self._shows_leave else symbol
