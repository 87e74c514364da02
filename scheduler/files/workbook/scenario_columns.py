"""Columns of the what-if sheet of a roster workbook: one line for each event."""

from __future__ import annotations

from scheduler.domain.fields import FieldKind
from scheduler.domain.scenario import Event, Scenario
from scheduler.files.workbook.columns import Column, Sheet, columns_of
from scheduler.wording.translation import N_

SCENARIOS = Sheet(
    N_("What if"),
    N_(
        "One line for each thing that happens; lines with the same name belong "
        "together. Save and close the workbook; コマンド.bat in the folder of shotaki"
        " opens a window: type shotaki scenarios and the name of this file, and every "
        "what-if is planned and compared. A sudden absence by itself is answered on the"
        " page too."
    ),
    (
        *columns_of(Scenario, {"name": 20}),
        Column(
            "event",
            N_("What happens"),
            FieldKind.CHOICE,
            N_("From the list."),
            enum=Event,
            width=19,
            required=True,
        ),
        Column(
            "person",
            N_("Name"),
            FieldKind.TEXT,
            N_(
                "From the staff list; the beginning of a name is enough. Of somebody "
                "who joins, the new name."
            ),
            width=20,
        ),
        Column(
            "first",
            N_("When"),
            FieldKind.TEXT,
            N_(
                "A date of the period: from the list, or 12/24, or just 24. Of "
                "somebody who leaves the last day, of somebody who joins the first."
            ),
            width=18,
        ),
        Column(
            "last",
            N_("Until"),
            FieldKind.TEXT,
            N_("The last date, if it is more than one."),
            width=18,
        ),
        Column(
            "what",
            N_("What it is then"),
            FieldKind.TEXT,
            N_(
                "For a change of shift the symbol, 休 or 有; for users their number; "
                "for somebody who joins, whose contract and shifts are the same."
            ),
            width=20,
        ),
        Column(
            "start",
            N_("May change from"),
            FieldKind.TEXT,
            N_(
                "First date that may still change, on any one line of the what-if. "
                "Empty: the first date that does change."
            ),
            width=20,
        ),
    ),
)

NEEDED: dict[Event, frozenset[str]] = {
    Event.ABSENCE: frozenset({"person", "first"}),
    Event.LEAVING: frozenset({"person", "first"}),
    Event.JOINING: frozenset({"person", "first", "what"}),
    Event.DUTY: frozenset({"person", "first", "what"}),
    Event.DAY_USERS: frozenset({"first", "what"}),
    Event.OVERNIGHT: frozenset({"first", "what"}),
    Event.VISITS: frozenset({"first", "what"}),
}
"""Columns that must be filled in for each event, by path."""

OF_ONE_DATE = (Event.LEAVING, Event.JOINING)
"""Events that have no last date."""

EXAMPLE = N_("e.g.")
"""Name of example lines, which are not read."""
