"""What people call an exception to a limit: the choices of the sheet of agreements."""

from __future__ import annotations

from scheduler.wording.translation import N_, _

EXCEPTIONS: dict[tuple[str, str], str] = {
    ("A-10", "shifts"): N_("fewer shifts of the nurses"),
    ("A-11", "desk"): N_("fewer planning hours in the month"),
    ("A-13", "desk"): N_("fewer management hours in the month"),
    ("F-02", "month"): N_("overtime under the article 36 agreement"),
    ("F-13", "nights_most"): N_("more nights (limit of the office)"),
    ("F-13", "nights_in_a_row"): N_("more nights in a row"),
    ("F-13", "days_in_a_row_most"): N_("more days of work in a row"),
    ("F-13", "long_apart_must"): N_("long nights in a row"),
    ("F-13", "day_off_after_must"): N_("work after the 明 of a long night"),
    ("G", "desk_early"): N_("fewer planning hours from the 1st to the 10th"),
    ("G", "desk_late"): N_("fewer planning hours from the 20th on"),
    ("G", "night_ban"): N_("a care manager's night from the 8th to the 10th"),
    ("K-01", "must"): N_("fewer people than users / 3 and visits"),
    ("K-02", "band_must"): N_("a cover rule missed (clock band)"),
    ("K-02", "count_must"): N_("a cover rule missed (number of people)"),
    ("L-01", "available"): N_("work on a date the contract leaves free"),
    ("L-01", "duty"): N_("a shift, or on call, that the contract does not have"),
    ("L-02", "days_off"): N_("fewer days off"),
    ("L-03", "hours_min"): N_("fewer hours than the contract"),
    ("L-03", "hours_max"): N_("more hours than the contract"),
    ("L-04", "days_per_week"): N_("more days of work in a week"),
    ("L-05", "nights_max"): N_("more nights (contract)"),
    ("L-05", "nights_min"): N_("fewer nights (contract)"),
    ("W-01", "must"): N_("a must-have wish given up"),
    ("W-02", "duty"): N_("a pin taken off"),
    ("W-02", "on_call"): N_("a pinned night on call taken off"),
    ("P-01", "apart_must"): N_("a pair kept apart there at the same time"),
    ("P-01", "together_must"): N_("one of a pair working alone"),
    ("P-02", "night_must"): N_("a newcomer alone at night"),
    ("P-02", "day_must"): N_("a newcomer without a mentor"),
    ("P-03", "must"): N_("fewer days off in a row"),
    ("P-04", "must"): N_("a single day of work between days off"),
    ("P-05", "must"): N_("beginning earlier than the day before"),
    ("P-06", "must"): N_("fewer weekends off"),
    ("P-07", "must"): N_("on call on a day off or 明"),
}
"""By rule and facet: every facet that may give way, in the rulebook's order."""


def exception_name(key: tuple[str, str]) -> str:
    """Return what an exception to the limits of a rule's facet is called.

    Raises
    ------
    KeyError
        If these limits never give way.
    """
    return _(EXCEPTIONS[key])
