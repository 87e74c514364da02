"""The grids of people and dates: requests, pins, last month."""

from __future__ import annotations

from scheduler.files.workbook import words
from scheduler.files.workbook.layout.column import Column, Kind, Sheet
from scheduler.wording.translation import N_

REQUESTS = Sheet(
    N_("Requests"),
    N_(
        "休 day off, 前休 / 後休 morning / afternoon off, 有 paid leave, a symbol, "
        "日/遅 one of them, ×夜 not this, ×宿 not on call. Behind it ◎ (or 必ず) by "
        "all means, nothing for a wish, △ (or できれば) if possible. Several with 、 "
        "between."
    ),
    (Column("staff", N_("Name of the person"), Kind.TEXT, N_("From the staff list.")),),
    section=("requests",),
    labels=(words.HOLIDAY_ROW,),
)


PINS = Sheet(
    N_("Pins"),
    N_(
        "Cells that are settled beforehand: a symbol (日管 with a role), 休, 有, 明, "
        "欠. They are kept unless law or contract forbids it. Below, who is on call."
    ),
    (Column("staff", N_("Name of the person"), Kind.TEXT, N_("From the staff list.")),),
    section=("pins",),
    labels=(words.HOLIDAY_ROW, words.ON_CALL_ROW),
)


TAIL = Sheet(
    N_("Last month"),
    N_(
        "The last seven dates or more before the period: a symbol (日管 with a role), "
        "休, 有, 明, 欠, ・ not employed. Below, who was on call."
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
                "Full days off in the running four weeks before the dates shown, paid "
                "leave and absence left out; only for four holidays in four weeks "
                "(F-06)."
            ),
            N_("days"),
        ),
    ),
    section=("history",),
    labels=(words.HOLIDAY_ROW, words.ON_CALL_ROW),
)
