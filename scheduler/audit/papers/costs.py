"""What deductions would take off the fees, as far as the office told what it earns.

All registrants are paid at ``paid_percent`` of the base fee (C-01), once, for however
many reasons.  What the office tells is its whole revenue, so the yen are an upper
estimate; and no more certain than the deductions themselves.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.audit.figures.calendar_months import is_calendar_month
from scheduler.audit.papers.deductions import PERCENT, Outlook
from scheduler.domain.base import Frozen
from scheduler.domain.clock import ONE_DAY
from scheduler.rulebook import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.audit.papers.deductions import Deduction
    from scheduler.domain.problem import Problem

MONTHS_LATER = {Outlook.NEXT_MONTH: 1, Outlook.MONTH_AFTER_NEXT: 2}
"""Months from the one in which the period ends to the first that is deducted."""


class Cost(Frozen):
    """What is lost every month from the first on until it is mended, at least one."""

    rules: tuple[str, ...]
    """The rules whose deductions it is."""
    percent: int
    """Of the base fee of all registrants."""
    yen: int | None
    """A month, at the most; ``None`` if the office did not tell its revenue."""
    first_month: dt.date | None
    """First date of the first month deducted, the earliest if the rules say
    different ones; ``None`` if none says from when."""
    mend_by: dt.date | None
    """Last date on which mending it still averts the deduction, if there is one."""
    of_one_month: bool
    """Whether the figures are those of one whole calendar month."""
    to_be_confirmed: bool
    """Whether one of the rules is to be confirmed with the municipality."""


def deduction_cost(problem: Problem, lines: Iterable[Deduction]) -> Cost | None:
    """Return what the deductions among ``lines`` cost; ``None`` if there is none.

    Parameters
    ----------
    problem
        The month; months are counted from the one in which it ends.
    lines
        Of the deduction page, all or some.
    """
    deducted = [line for line in lines if line.outlook.is_deducted]
    if not deducted:
        return None
    percent = PERCENT - load(problem.period)["C-01"].int("paid_percent")
    revenue = problem.office.monthly_revenue
    outlooks = {line.outlook for line in deducted}
    later = [MONTHS_LATER[one] for one in outlooks if one in MONTHS_LATER]
    last = problem.period.last
    averted = outlooks == {Outlook.MONTH_AFTER_NEXT}
    return Cost(
        rules=tuple(dict.fromkeys(line.rule for line in deducted)),
        percent=percent,
        yen=None if revenue is None else -(-revenue * percent // PERCENT),
        first_month=month_after(last, min(later)) if later else None,
        mend_by=month_after(last, 2) - ONE_DAY if averted else None,
        of_one_month=is_calendar_month(problem.period),
        to_be_confirmed=any(line.to_be_confirmed for line in deducted),
    )


def month_after(date: dt.date, months: int) -> dt.date:
    """Return the first date of the month so many months after that of ``date``."""
    year, month = divmod(12 * date.year + date.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)
