"""What every sheet of the absence map is written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.files.workbook.roster.words import period_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt

    from scheduler.domain.absences import Resilience
    from scheduler.domain.problem import Problem
    from scheduler.files.workbook.styles import Stylist
    from scheduler.rulebook import Rulebook


@dataclass(frozen=True)
class Sheaf:
    """A map on its way into a workbook.

    Attributes
    ----------
    source
        Name of the roster's file.
    first
        Date from which on absences were looked at.
    """

    stylist: Stylist
    problem: Problem
    resilience: Resilience
    rulebook: Rulebook
    source: str
    first: dt.date

    @property
    def origin(self) -> str:
        """Write whose roster of which period it is, and where it stands."""
        office, period = self.problem.office, self.problem.period
        told = _("{office}   {period}   roster: {file}")
        return told.format(
            office=office.name, period=period_text(period), file=self.source
        )
