"""The staff list."""

from __future__ import annotations

from scheduler.domain.shifts import Role
from scheduler.domain.staff import StaffMember
from scheduler.files.workbook.layout.column import Column, Kind, Sheet
from scheduler.wording.translation import N_

STAFF = Sheet(
    N_("Staff"),
    N_("One line a person. Empty limits set no limit."),
    (
        Column("name", N_("Name of the person"), Kind.TEXT, N_("Unique."), width=16),
        Column(
            "contract.full_time",
            N_("Employment"),
            Kind.FULL_TIME,
            N_("Full-time (常勤) or part-time (非常勤)."),
            width=9,
        ),
        Column(
            "roles",
            N_("Roles"),
            Kind.CHOICES,
            N_("Main role first; two or more make it a dual role (兼務)."),
            enum=Role,
            width=16,
        ),
        Column(
            "qualifications",
            N_("Qualifications"),
            Kind.QUALIFICATIONS,
            N_(
                "As on the certificate: 介護福祉士、看護師、准看護師、介護支援専門員、"
                "計画作成担当者研修、管理者研修."
            ),
            width=26,
        ),
        Column(
            "groups",
            N_("Groups"),
            Kind.TEXTS,
            N_("Groups of your own for the cover rules, such as 運転 or 新人."),
            width=12,
        ),
        Column(
            "shifts",
            N_("Shifts the person does"),
            Kind.SYMBOLS,
            N_("Symbols that may be given; empty: none, only on call."),
            width=18,
        ),
        Column(
            "on_call",
            N_("Takes on call"),
            Kind.YES_NO,
            N_("Whether the person takes nights on call (宿直)."),
            width=8,
        ),
        Column(
            "contract.day_minutes",
            N_("Hours a day"),
            Kind.DURATION,
            N_("Usual hours of a day; what a day of paid leave or absence is worth."),
            N_("h:min"),
            width=8,
        ),
        Column(
            "contract.minutes_min",
            N_("Hours, least"),
            Kind.DURATION,
            N_("Least hours of the period, paid leave and absence included."),
            N_("h:min"),
            width=9,
        ),
        Column(
            "contract.minutes_max",
            N_("Hours, most"),
            Kind.DURATION,
            N_("Most hours of the period, paid leave and absence included."),
            N_("h:min"),
            width=9,
        ),
        Column(
            "contract.days_off_min",
            N_("Days off owed"),
            Kind.INTEGER,
            N_(
                "Rostered days off (公休) of the period; leave and absence come on top."
            ),
            N_("days"),
            width=8,
        ),
        Column(
            "contract.days_per_week_max",
            N_("Days a week, most"),
            Kind.INTEGER,
            N_("Most days of work in a week."),
            N_("days"),
            width=8,
        ),
        Column(
            "contract.weekdays",
            N_("Weekdays of work"),
            Kind.WEEKDAYS,
            N_("Weekdays on which a shift may begin: 月水金; empty: all; なし: none."),
            width=12,
        ),
        Column(
            "contract.public_holidays",
            N_("Works on holidays"),
            Kind.YES_NO,
            N_("Whether a shift may begin on a public holiday."),
            width=8,
        ),
        Column(
            "contract.nights_min",
            N_("Nights, least"),
            Kind.INTEGER,
            N_("Night shifts that were promised."),
            N_("times"),
            width=8,
        ),
        Column(
            "contract.nights_max",
            N_("Nights, most"),
            Kind.INTEGER,
            N_("Night shifts that may not be passed."),
            N_("times"),
            width=8,
        ),
        Column(
            "no_night",
            N_("No work at night"),
            Kind.DATE_SPAN,
            N_(
                "Excluded from work between 22:00 and 5:00 (F-09): はい, or the dates "
                "as in 2026/12/1～2026/12/20. 0:00 to 5:00 of the first date counts, "
                "so the night before it is excluded too."
            ),
            width=22,
        ),
        Column(
            "no_flex",
            N_("Outside flexible hours"),
            Kind.YES_NO,
            N_("8 hours a day and 40 a week hold strictly (F-01)."),
            width=10,
        ),
        Column(
            "contract.short_time_30h",
            N_("Short hours, full-time"),
            Kind.YES_NO,
            N_(
                "Full-time on short hours of 30 a week or more, for childcare, family"
                " care, health in pregnancy and after birth, or treatment (B-05)."
            ),
            width=10,
        ),
        Column(
            "employed",
            N_("Employed"),
            Kind.DATE_SPAN,
            N_("Only if it begins or ends around the period: 2026/12/10～."),
            width=22,
        ),
        Column(
            "other_office",
            N_("Job elsewhere"),
            Kind.YES_NO,
            N_("Holds a job in another office too."),
            width=8,
        ),
    ),
    StaffMember,
    ("staff",),
)
