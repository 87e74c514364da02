"""Deductions of the fee and what they cost, in words that claim no certainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.audit.papers.deductions import Outlook
from scheduler.wording.names import yen_text
from scheduler.wording.times import date_text, month_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.papers.costs import Cost

OUTLOOKS = {
    Outlook.NONE: N_("no deduction"),
    Outlook.BELOW: N_("standard broken; no deduction by this threshold"),
    Outlook.NOTICE: N_("below the guideline"),
    Outlook.NEXT_MONTH: N_("deduction from next month"),
    Outlook.MONTH_AFTER_NEXT: N_("deduction from the month after next unless mended"),
    Outlook.AT_RISK: N_("deduction at risk"),
}


def outlook_text(outlook: Outlook) -> str:
    """Write what a line of the deduction page means for the fee."""
    return _(OUTLOOKS[outlook])


def cost_lines(cost: Cost) -> Iterator[str]:
    """Write what deductions cost: how much, from when, and how sure that is."""
    text = _("Deduction at risk ({rules}): {percent} % of the base fee of everybody")
    amount = text.format(rules="・".join(cost.rules), percent=cost.percent)
    if cost.yen is None:
        yield amount
    else:
        most = _("{amount}, at most about {yen} a month")
        yield most.format(amount=amount, yen=yen_text(cost.yen))
    yield _from_when(cost)
    if cost.yen is None:
        yield _("With “Fees of a month” filled in (sheet of the office), it is in yen.")
    else:
        yield _(
            "The estimate takes the percentage off all fees of a month; in fact it is"
            " taken off the base fee alone, so the loss is likely smaller."
        )
    if not cost.of_one_month:
        yield _(
            "Deductions are judged by the calendar month; these are the figures of the"
            " roster's dates, which are none."
        )
    if cost.to_be_confirmed:
        yield thresholds_text()


def thresholds_text() -> str:
    """Write whom to ask, for most lines on deductions are not certain (U-02)."""
    return _(
        "Thresholds and dates of deductions are not confirmed: ask the municipality."
    )


def _from_when(cost: Cost) -> str:
    if cost.first_month is None:
        return _("From when, the sources at hand do not say: ask the municipality.")
    if cost.mend_by is None:
        text = _("From {month} on, for at least one month, until it is mended.")
        return text.format(month=month_text(cost.first_month))
    text = _(
        "From {month} on, for at least one month, until it is mended; averted if it"
        " is mended by {date}."
    )
    return text.format(month=month_text(cost.first_month), date=date_text(cost.mend_by))
