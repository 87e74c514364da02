"""The lines of the settings sheet that say what is hard to ask for (`Prices`)."""

from __future__ import annotations

from scheduler.domain.agreements import Concession
from scheduler.files.workbook.layout.column import Column, Kind
from scheduler.wording.translation import N_

LINES = (
    (
        Concession.WISH,
        N_("Price: a must-have wish given up"),
        N_("A “by all means” is given up (W-01). The larger: the later proposed."),
    ),
    (
        Concession.PIN,
        N_("Price: a pinned cell changed"),
        N_("A cell that was fixed beforehand is changed (W-02)."),
    ),
    (
        Concession.EXTRA_NIGHT,
        N_("Price: one more night"),
        N_("One night more than the person's limit (L-05, F-13)."),
    ),
    (
        Concession.EXTRA_DAY,
        N_("Price: an extra day of work"),
        N_("Work on a date that the contract leaves free (L-01, L-04)."),
    ),
    (
        Concession.LONGER_RUN,
        N_("Price: one more in a row"),
        N_("One night, or day of work, in a row beyond the limit (F-13)."),
    ),
    (
        Concession.HOUR_MORE,
        N_("Price: an hour above the contract"),
        N_("Within the law's cap of the month (L-03)."),
    ),
    (
        Concession.OVERTIME_HOUR,
        N_("Price: an hour of overtime"),
        N_("Beyond the law's cap of the month, under the 36協定 (F-02, F-08)."),
    ),
    (
        Concession.HOUR_FEWER,
        N_("Price: an hour below the contract"),
        N_("The person works an hour less than agreed (L-03)."),
    ),
    (
        Concession.DAY_OFF_FEWER,
        N_("Price: a day off less"),
        N_("A day off less than owed in the period (L-02)."),
    ),
    (
        Concession.NIGHT_FEWER,
        N_("Price: a night less"),
        N_("A night less than the contract says (L-05)."),
    ),
    (
        Concession.MUST_HOUR,
        N_("Price: an hour of an office must"),
        N_("Your own musts: cover rules, desk hours, three to one (A-10 to P-02)."),
    ),
    (
        Concession.HELP_HOUR,
        N_("Price: an hour of a temporary worker"),
        N_("Help from outside (応援・派遣)."),
    ),
    (
        Concession.STAY_MOVED,
        N_("Price: a guest's night moved"),
        N_("An overnight stay is moved to another date."),
    ),
    (
        Concession.USER_FEWER,
        N_("Price: a day user less"),
        N_("A date takes one day user less."),
    ),
)

FORMER = {
    Concession.WISH: "解決策の負担点：必須の希望",
    Concession.PIN: "解決策の負担点：固定セル",
    Concession.EXTRA_NIGHT: "解決策の負担点：夜勤1回増",
    Concession.EXTRA_DAY: "解決策の負担点：出勤1日増",
    Concession.LONGER_RUN: "解決策の負担点：連続1日増",
    Concession.HOUR_MORE: "解決策の負担点：契約超過",
    Concession.OVERTIME_HOUR: "解決策の負担点：時間外労働",
    Concession.HOUR_FEWER: "解決策の負担点：契約不足",
    Concession.DAY_OFF_FEWER: "解決策の負担点：公休1日減",
    Concession.NIGHT_FEWER: "解決策の負担点：夜勤1回減",
    Concession.MUST_HOUR: "解決策の負担点：必須ルール",
    Concession.HELP_HOUR: "解決策の負担点：応援・派遣",
    Concession.STAY_MOVED: "解決策の負担点：泊まりの移動",
    Concession.USER_FEWER: "解決策の負担点：通い1人減",
}
"""Headings in workbooks of before, which are still read."""

PRICES = tuple(
    Column(
        f"office.settings.prices.{concession.value}",
        heading,
        Kind.INTEGER,
        note,
        former=(FORMER[concession],),
    )
    for concession, heading, note in LINES
)
"""In the order of `Prices`; only their proportions matter."""
