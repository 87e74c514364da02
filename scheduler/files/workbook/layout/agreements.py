"""The sheet of what was agreed on person by person, for one period."""

from __future__ import annotations

from scheduler.domain.agreements import Agreement
from scheduler.files.workbook.layout.column import Column, Kind, Sheet
from scheduler.wording.translation import N_

AGREEMENTS = Sheet(
    N_("Agreements"),
    N_(
        "Exceptions for this period only, one a line: such as one more night for a "
        "person. What was agreed on is no breach. The next month begins without them."
    ),
    (
        Column(
            "spot.facet",
            N_("Exception"),
            Kind.EXCEPTION,
            N_("From the list on the right, which says what else must be filled in."),
            width=36,
            required=True,
        ),
        Column(
            "spot.staff",
            N_("Name of the person"),
            Kind.TEXT,
            N_("From the staff list; only where the list on the right asks for it."),
            width=18,
        ),
        Column(
            "spot.date",
            N_("Date"),
            Kind.DATE,
            N_(
                "A date of the period; for a week any date of it. Only where the list "
                "on the right asks for it."
            ),
            width=13,
        ),
        Column(
            "spot.name",
            N_("Cover rule or shift"),
            Kind.TEXT,
            N_(
                "Name of the cover rule; or the symbol of the shift, 宿直 for a night "
                "on call. Only where the list on the right asks for it."
            ),
            width=22,
        ),
        Column(
            "amount",
            N_("How much"),
            Kind.AMOUNT,
            N_("By how much the limit gives way, as the list on the right counts it."),
            width=10,
        ),
    ),
    Agreement,
    ("agreements",),
)
