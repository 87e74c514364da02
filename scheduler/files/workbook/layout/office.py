"""The sheet of the office."""

from __future__ import annotations

from scheduler.domain.office import UsersMethod
from scheduler.files.workbook.layout.column import Column, Kind, Sheet
from scheduler.wording.translation import N_

OFFICE = Sheet(
    N_("Office"),
    N_("Who you are, whom you serve, and the period of the roster."),
    (
        Column("office.name", N_("Name of the office"), Kind.TEXT, N_("As printed.")),
        Column(
            "office.number",
            N_("Office number"),
            Kind.TEXT,
            N_("The designated number (10 digits)."),
        ),
        Column(
            "period.first",
            N_("First date"),
            Kind.DATE,
            N_("The first date of the roster: the 1st, or for example the 21st."),
        ),
        Column(
            "period.last",
            N_("Last date"),
            Kind.DATE,
            N_("The last date of the roster; at most 31 dates in all."),
        ),
        Column(
            "office.capacity.registered",
            N_("Registration capacity"),
            Kind.INTEGER,
            N_("At most 29 (rule D)."),
            N_("people"),
        ),
        Column(
            "office.capacity.day_use",
            N_("Day-use capacity"),
            Kind.INTEGER,
            N_("At most 15 to 18, by the registration capacity (rule D)."),
            N_("people"),
        ),
        Column(
            "office.capacity.overnight",
            N_("Overnight capacity"),
            Kind.INTEGER,
            N_("At most 9 (rule D)."),
            N_("people"),
        ),
        Column(
            "office.capacity_limit.registered",
            N_("Ordinance: registration limit"),
            Kind.INTEGER,
            N_("Only if your municipality's ordinance differs from the standard."),
            N_("people"),
        ),
        Column(
            "office.capacity_limit.day_use",
            N_("Ordinance: day-use limit"),
            Kind.INTEGER,
            N_("Fill in all three limits or none."),
            N_("people"),
        ),
        Column(
            "office.capacity_limit.overnight",
            N_("Ordinance: overnight limit"),
            Kind.INTEGER,
            N_("Fill in all three limits or none."),
            N_("people"),
        ),
        Column(
            "office.registered",
            N_("Registered users"),
            Kind.INTEGER,
            N_("How many are registered now."),
            N_("people"),
        ),
        Column(
            "office.users_record.method",
            N_("Average of day users: method"),
            Kind.CHOICE,
            N_("Where the average comes from that the law counts by (A-05)."),
            enum=UsersMethod,
        ),
        Column(
            "office.users_record.total",
            N_("Average of day users: total"),
            Kind.INTEGER,
            N_("Sum over the days of the most day users at one moment."),
            N_("people"),
        ),
        Column(
            "office.users_record.days",
            N_("Average of day users: days"),
            Kind.INTEGER,
            N_("Days of the record; 365 for a whole year."),
            N_("days"),
        ),
        Column(
            "office.night_band",
            N_("Night band"),
            Kind.SPAN,
            N_("The night (夜間及び深夜) of your operating rules: 21:00-翌6:00."),
        ),
        Column(
            "office.contact_system",
            N_("Contact system at night"),
            Kind.YES_NO,
            N_("Yes, if visits through the night can be called for (A-07)."),
        ),
        Column(
            "forecast.overnight_before",
            N_("Guests of the night before"),
            Kind.INTEGER,
            N_("Overnight guests on the eve of the first date."),
            N_("people"),
        ),
        Column(
            "office.monthly_revenue",
            N_("Fees of a month"),
            Kind.INTEGER,
            N_("Usual revenue (介護報酬), to estimate deductions; may be empty."),
            N_("yen"),
        ),
    ),
)
