"""The sheets of the forecast, of cover rules and of pairs."""

from __future__ import annotations

from scheduler.domain.forecast import ForecastDay
from scheduler.domain.requests import CoverRule, Pair, PairKind
from scheduler.domain.shifts import Role
from scheduler.files.workbook.layout.column import Column, Kind, Sheet
from scheduler.wording.translation import N_

FORECAST = Sheet(
    N_("Forecast"),
    N_("Users expected on every date. Names in “Public holiday” make a date one."),
    (
        Column("date", N_("Date"), Kind.DATE, N_("A date of the period."), width=13),
        Column(
            "weekday",
            N_("Weekday"),
            Kind.WEEKDAY,
            N_("For reading only."),
            width=7,
            shown_only=True,
        ),
        Column(
            "holiday",
            N_("Public holiday"),
            Kind.TEXT,
            N_("Name of the public holiday, if it is one."),
            width=16,
        ),
        Column(
            "day_users",
            N_("Day users"),
            Kind.INTEGER,
            N_("Most people in day-use at the same moment."),
            N_("people"),
            width=9,
        ),
        Column(
            "overnight",
            N_("Overnight guests"),
            Kind.OVERNIGHT,
            N_("Guests of the night that begins on the date; 不明 if not known."),
            N_("people"),
            width=9,
        ),
        Column(
            "visits",
            N_("Visits"),
            Kind.INTEGER,
            N_("Visits of the date."),
            N_("visits"),
            width=9,
        ),
        Column(
            "profile",
            N_("Profile of the date"),
            Kind.TEXT,
            N_("A name from the sheet of day profiles; empty: the first one."),
            width=14,
            required=False,
        ),
        Column(
            "over_capacity_reason",
            N_("Reason for passing the capacity"),
            Kind.TEXT,
            N_("Only where a capacity is passed on the date (rule D)."),
            width=36,
            prose=True,
        ),
    ),
    ForecastDay,
    ("forecast", "days"),
)


COVER_RULES = Sheet(
    N_("Cover rules"),
    N_("How many people of a kind you want, and when. All that is set must fit."),
    (
        Column(
            "name", N_("Name of the rule"), Kind.TEXT, N_("For messages."), width=26
        ),
        Column(
            "role",
            N_("Role"),
            Kind.CHOICE,
            N_("Counts people in this role; empty: any."),
            enum=Role,
            width=10,
        ),
        Column(
            "qualification",
            N_("Qualification"),
            Kind.QUALIFICATION,
            N_("Counts people who hold it; empty: any."),
            width=16,
        ),
        Column(
            "group",
            N_("Group"),
            Kind.TEXT,
            N_("Counts people of the group; empty: any."),
            width=10,
        ),
        Column(
            "shift",
            N_("Shift"),
            Kind.SYMBOL,
            N_("Counts people on this shift; empty: any."),
            width=8,
        ),
        Column(
            "weekdays",
            N_("Weekdays"),
            Kind.WEEKDAYS,
            N_("Weekdays on which it holds: 月火水; empty: all."),
            width=12,
        ),
        Column(
            "dates",
            N_("Dates"),
            Kind.DATES,
            N_("If given, only these dates, whatever their weekday: 12/24、12/25."),
            width=16,
        ),
        Column(
            "band",
            N_("Clock band"),
            Kind.SPAN,
            N_(
                "People present at every moment of it; empty: people whose shift "
                "begins on the date."
            ),
            width=14,
        ),
        Column(
            "at_least",
            N_("At least"),
            Kind.INTEGER,
            N_("So many or more."),
            N_("people"),
            width=8,
        ),
        Column(
            "at_most",
            N_("At most"),
            Kind.INTEGER,
            N_("So many or fewer."),
            N_("people"),
            width=8,
        ),
        Column(
            "must",
            N_("A must"),
            Kind.YES_NO,
            N_("Yes: a must of the office; no: a guideline."),
            width=8,
        ),
    ),
    CoverRule,
    ("cover_rules",),
)


PAIRS = Sheet(
    N_("Pairs"),
    N_(
        "Two people whom you keep apart, or let work together. Together: of each shift "
        "of the first, a shift of the other covers half or more."
    ),
    (
        Column(
            "first",
            N_("Name of the person"),
            Kind.TEXT,
            N_("From the staff list."),
            width=18,
        ),
        Column(
            "second",
            N_("The other person"),
            Kind.TEXT,
            N_("From the staff list."),
            width=18,
        ),
        Column(
            "kind",
            N_("Apart or together"),
            Kind.CHOICE,
            N_("Never in the house at the same time, or working together."),
            enum=PairKind,
            width=14,
        ),
        Column(
            "must",
            N_("A must"),
            Kind.YES_NO,
            N_("Yes: a must of the office; no: a guideline."),
            width=8,
        ),
    ),
    Pair,
    ("pairs",),
)
