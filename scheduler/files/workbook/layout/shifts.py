"""The sheets of day profiles and shifts."""

from __future__ import annotations

from scheduler.domain.shifts import Role, Shift, ShiftKind
from scheduler.files.workbook.layout.column import Column, Kind, Sheet
from scheduler.wording.translation import N_

PROFILES = Sheet(
    N_("Day profile"),
    N_("When users come, go and are visited: one line for each event of a profile."),
    (
        Column(
            "name",
            N_("Profile"),
            Kind.TEXT,
            N_("Name of the profile; the forecast chooses one for every date."),
            width=14,
            required=True,
        ),
        Column(
            "event",
            N_("Event"),
            Kind.CHOICE,
            N_("Arrival, departure, guests leave, guests return, or visits."),
            width=16,
            required=True,
        ),
        Column(
            "at",
            N_("Time"),
            Kind.MOMENT,
            N_("A clock time; for visits a stretch such as 10:00-11:30."),
            width=16,
            required=True,
        ),
        Column(
            "percent",
            N_("Share"),
            Kind.INTEGER,
            N_("Share of the date's day users, or visits; each kind adds up to 100."),
            N_("%"),
        ),
        Column(
            "visits_per_worker",
            N_("Visits per worker"),
            Kind.INTEGER,
            N_("Visits that one worker makes in the stretch."),
            N_("visits"),
        ),
        Column(
            "workers",
            N_("Workers out"),
            Kind.INTEGER,
            N_("If given, so many are out on every date with visits."),
            N_("people"),
        ),
    ),
    section=("office", "profiles"),
)


SHIFTS = Sheet(
    N_("Shifts"),
    N_("The shift table. The times of the next morning are written 翌9:30."),
    (
        Column(
            "symbol",
            N_("Symbol"),
            Kind.SYMBOL,
            N_("One to three characters, as in the roster's cells."),
            width=8,
        ),
        Column("name", N_("Shift name"), Kind.TEXT, N_("For the legend."), width=16),
        Column(
            "kind",
            N_("Counted as"),
            Kind.CHOICE,
            N_("Early, day, late or night: for evenness and limits of nights."),
            enum=ShiftKind,
            width=10,
        ),
        Column("start", N_("Begin"), Kind.CLOCK, N_("Clock time."), width=10),
        Column(
            "end",
            N_("End"),
            Kind.CLOCK,
            N_("Clock time; on the next morning 翌9:30."),
            width=10,
        ),
        Column(
            "breaks",
            N_("Choices of breaks"),
            Kind.BREAKS,
            N_(
                "Breaks to choose from: 11:30-12:30 / 12:30-13:30. Two breaks in one "
                "choice: 12:00-12:45+15:00-15:15. All choices equally long."
            ),
            width=46,
        ),
        Column(
            "cuts",
            N_("Cuts"),
            Kind.CLOCKS,
            N_("Times at which a person of two roles may change: 13:00、15:00."),
            width=14,
        ),
        Column(
            "roles",
            N_("Roles in the shift"),
            Kind.CHOICES,
            N_("Roles that may be done in it; empty: any."),
            enum=Role,
            width=20,
        ),
        Column(
            "half_leave",
            N_("With half a day of leave"),
            Kind.YES_NO,
            N_(
                "Half a day of paid leave goes with it (half of the hours a day are "
                "credited). Given only on dates for which the person asks for it."
            ),
            width=12,
        ),
        Column(
            "counts",
            N_("Counts for cover"),
            Kind.YES_NO,
            N_(
                "No for training, meetings, errands: work and rest, but nobody to be "
                "counted. Given only where pinned or asked for. Empty: yes."
            ),
            width=10,
            later=True,
        ),
    ),
    Shift,
    ("shifts",),
)
