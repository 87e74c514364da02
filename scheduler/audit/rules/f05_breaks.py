"""F-05: more than 6 hours of work need 45 minutes of break, more than 8 need 60.

Breach: a day shift of 9 hours with its break struck out, and with a break at another
time than the shift table offers.

Correct: 12:00-13:00, as the table offers.
"""

from __future__ import annotations

from scheduler.audit.case import Findings, RuleCase, Where
from scheduler.audit.stints import break_owed
from scheduler.domain.clock import total_minutes
from scheduler.domain.staff import StaffMember


def check(case: RuleCase) -> Findings:
    """Find breaks that are too short for the work, or that the shift does not offer."""
    for member in case.staff:
        if case.settings.standby.is_work:
            yield from _on_call(case, member)
        for stint in case.timeline.stints_of_period(member.name):
            # Free time before an event outside the shift is as good as a break.
            taken = total_minutes(stint.breaks) + stint.free
            required = break_owed(case.problem, stint.minutes)
            options = [sorted(option) for option in stint.shift.break_options]
            where: Where = {
                "date": stint.date,
                "span": stint.span,
                "facts": {"shift": stint.shift.symbol},
            }
            if required:
                yield from case.below("length", required, taken, member.name, **where)
            if sorted(stint.duty.breaks) not in options:
                yield case.missing("place", member.name, **where)


def _on_call(case: RuleCase, member: StaffMember) -> Findings:
    for night in case.timeline.standbys_of_period(member.name):
        required = break_owed(case.problem, night.minutes)
        yield from case.below(
            "on_call",
            required,
            night.rest,
            member.name,
            date=night.date,
            span=night.span,
        )
