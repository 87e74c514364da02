"""What an office has to say, and on which sheet and in which columns it is said.

Shown on the sheet on how to fill the workbook in, and in docs/ja/.
"""

from __future__ import annotations

from typing import NamedTuple

from scheduler.files.workbook.columns import Sheet
from scheduler.files.workbook.layout import (
    AGREEMENTS,
    COVER_RULES,
    PAIRS,
    PINS,
    REQUESTS,
    SHIFTS,
    SPELLS,
)
from scheduler.files.workbook.lists_layout import (
    EVENTS,
    PERSONAL_LIMITS,
    SETTINGS,
    STAFF,
    USE_CHANGES,
    USERS,
)
from scheduler.wording.translation import N_


class Situation(NamedTuple):
    """Something that an office has to say."""

    what: str
    sheet: Sheet
    how: str
    """Columns of the sheet, and what is entered there."""


SITUATIONS_HINT = N_("Where it is said")
SITUATION_HEADINGS = (
    N_("No."),
    N_("What you want to say"),
    N_("Sheet"),
    N_("What is entered (for example)"),
)

SITUATIONS = (
    Situation(
        N_("A monthly meeting of all full-timers"),
        EVENTS,
        N_(
            "Weekdays 水, which of the month 3, from-to 18:00-19:00, who is to come: "
            "full-timers. Whoever is on shift leaves the floor for it if it can be "
            "spared."
        ),
    ),
    Situation(
        N_("Somebody is at a training, or travels"),
        SPELLS,
        N_(
            "Kind 研, the first and the last date. They work and count for no cover. "
            "Other times than those of the kind go to “From, to”."
        ),
    ),
    Situation(
        N_("Parental leave, sick leave: from when until when"),
        SPELLS,
        N_(
            "Kind 育休 or 休職, the first and the last date. Hours and days off of the "
            "contract shrink by the days."
        ),
    ),
    Situation(
        N_("Somebody expects a child"),
        STAFF,
        N_(
            "Protected at night はい, outside flexible hours はい, on call いいえ; and "
            "only shifts that suit her, such as 日."
        ),
    ),
    Situation(
        N_("Somebody works nights only"),
        STAFF,
        N_(
            "Shifts 夜 alone, hours a day 14:00 (those of one night), and nights at "
            "least and at most, or the hours of the month."
        ),
    ),
    Situation(
        N_("Two roles in one person"),
        STAFF,
        N_(
            "Both roles, the main one first: 管理、介護. On the sheet of shifts, the "
            "time at which the role may change within a day: 13:00."
        ),
    ),
    Situation(
        N_("Only certain weekdays; no more than so many hours"),
        STAFF,
        N_("Weekdays 月水金; “Hours, most” 80:00 (to stay a dependant, for example)."),
    ),
    Situation(
        N_("Somebody begins or leaves in the month"),
        STAFF,
        N_("Employed 2026/12/10～, or ～2026/12/20. Their hours shrink by the days."),
    ),
    Situation(
        N_("Somebody of another office of ours comes for one day"),
        STAFF,
        N_(
            "Belongs to: the name of that office; employed 2026/12/10～2026/12/10, "
            "for a night to 2026/12/11; shifts: the one of that day. Who could come is "
            "found by “roster --neighbour” with the other office's roster."
        ),
    ),
    Situation(
        N_("The care manager plans on two whole days a week"),
        PERSONAL_LIMITS,
        N_("What is counted: a whole day of planning; counted in weeks; at least 2."),
    ),
    Situation(
        N_("On call, early or late so many times a month at most"),
        PERSONAL_LIMITS,
        N_("What is counted, at most 4. No early after late: that, at most 0."),
    ),
    Situation(
        N_("No night on call on a day off or after a night"),
        SETTINGS,
        N_("Answer 必ず to the question on nights on call."),
    ),
    Situation(
        N_("Baths on Tuesday and Friday: two more people"),
        COVER_RULES,
        N_(
            "Weekdays 火金, band 10:00-11:30, at least 2, counted on top (in the "
            "house)."
        ),
    ),
    Situation(
        N_("Two drivers are out with users"),
        COVER_RULES,
        N_(
            "Give the drivers the group 運転 on the sheet of staff. Here group 運転, "
            "band 8:45-9:30, at least 2, counted on top (out); a second line for the "
            "afternoon."
        ),
    ),
    Situation(
        N_("A leader on every day"),
        COVER_RULES,
        N_(
            "Give them the group リーダー on the sheet of staff. Here group リーダー, "
            "at least 1, and no band. Who it is stands on the wall sheet."
        ),
    ),
    Situation(
        N_("A newcomer works with somebody experienced"),
        PAIRS,
        N_(
            "Newcomers 新人 (a group), with リーダー (a group or a name), together. "
            "Only at night: はい in that column."
        ),
    ),
    Situation(
        N_("At night somebody with a qualification is there"),
        COVER_RULES,
        N_("Qualification 介護福祉士, shift 夜, at least 1."),
    ),
    Situation(
        N_("Two people should not work at the same time"),
        PAIRS,
        N_("Both names, and apart."),
    ),
    Situation(
        N_("A wish for a day off, paid leave, half a day"),
        REQUESTS,
        N_("In the person's line: 休, 有, 前休 (morning off), 後休 (afternoon off)."),
    ),
    Situation(
        N_("What is settled already"),
        PINS,
        N_("In the person's line the symbol of the shift, 休, 有. It stays as it is."),
    ),
    Situation(
        N_("Part-time shifts of their own"),
        SHIFTS,
        N_("A line with a symbol of its own, such as P 9:00-15:00."),
    ),
    Situation(
        N_("Who comes when, user by user"),
        USERS,
        N_(
            "A line for each: day use 月水金 9:30-16:00, stays 木, visits 毎日 "
            "18:00-18:20. The numbers of the forecast may stay empty then."
        ),
    ),
    Situation(
        N_("A user is in hospital, or comes on another day"),
        USE_CHANGES,
        N_("The user, from, until, and what changes."),
    ),
    Situation(
        N_("An exception for this month alone"),
        AGREEMENTS,
        N_("What was agreed, with whom, and how much: one more night, for example."),
    ),
)
