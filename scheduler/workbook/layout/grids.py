"""The grids of people and dates: requests, last month."""

from __future__ import annotations

from scheduler.i18n import N_
from scheduler.workbook.layout.column import Column, Kind, Sheet

REQUESTS = Sheet(
    N_("Requests"),
    N_(
        "休 day off, 有 paid leave, a symbol, 日/遅 one of them, ×夜 not this, ×宿 not "
        "on call. Behind it ◎ must, △ weak. Several with 、 between."
    ),
    (Column("staff", N_("Name of the person"), Kind.TEXT, N_("From the staff list.")),),
    section=("requests",),
)


TAIL = Sheet(
    N_("Last month"),
    N_(
        "The last seven dates or more before the period: a symbol (日管 with a role), "
        "休, 有, 明, ・ not employed. Below, who was on call."
    ),
    (
        Column(
            "staff", N_("Name of the person"), Kind.TEXT, N_("From the staff list.")
        ),
        Column(
            "days",
            N_("Days off before"),
            Kind.INTEGER,
            N_(
                "Full days off in the running four weeks before the dates shown; only "
                "for four holidays in four weeks (F-06)."
            ),
            N_("days"),
        ),
    ),
    section=("history",),
)
