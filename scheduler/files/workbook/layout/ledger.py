"""The sheet of accounts that the months before have left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.ledger import LedgerEntry
from scheduler.files.workbook.layout.column import Column, Kind, Sheet
from scheduler.wording.translation import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

BURDENS = (
    ("night", N_("Nights: times"), N_("Nights: fair share")),
    ("on_call", N_("On call: times"), N_("On call: fair share")),
    ("rest_day", N_("Weekends, holidays: times"), N_("Weekends, holidays: fair share")),
    ("early", N_("Early: times"), N_("Early: fair share")),
    ("late", N_("Late: times"), N_("Late: fair share")),
)


def _accounts() -> Iterator[Column]:
    for path, times, share in BURDENS:
        yield Column(
            f"{path}.times",
            times,
            Kind.INTEGER,
            N_("How often it was borne in the months before."),
            N_("times"),
            width=9,
        )
        yield Column(
            f"{path}.share",
            share,
            Kind.THOUSANDTHS,
            N_("How often would have been fair (M-01); with decimals."),
            N_("times"),
            width=10,
        )


LEDGER = Sheet(
    N_("Ledger"),
    N_(
        "What the months before have left; shotaki init --previous fills it in. You "
        "may correct it by hand. Empty lines and cells count as 0."
    ),
    (
        Column(
            "staff",
            N_("Name of the person"),
            Kind.TEXT,
            N_("From the staff list."),
            width=16,
        ),
        *_accounts(),
        Column(
            "shifts",
            N_("Named shifts"),
            Kind.TALLIES,
            N_("Shifts named in the settings, times/fair share: 計 3/2.5、半 1/0.8."),
            width=20,
        ),
        Column(
            "wishes_asked",
            N_("Wishes asked"),
            Kind.INTEGER,
            N_("Wishes of the months before."),
            N_("times"),
            width=8,
        ),
        Column(
            "wishes_granted",
            N_("Of these granted"),
            Kind.INTEGER,
            N_("Whoever was refused before comes first among equals."),
            N_("times"),
            width=8,
        ),
        Column(
            "paid_leave",
            N_("Paid leave taken"),
            Kind.HALVES,
            N_("Days; half a day is 0.5."),
            N_("days"),
            width=9,
        ),
        Column(
            "days_off_owed",
            N_("Days off still owed"),
            Kind.SIGNED,
            N_("Days off agreed minus those given; negative if more were given."),
            N_("days"),
            width=9,
        ),
    ),
    LedgerEntry,
    ("ledger",),
    keys_given=True,
)
