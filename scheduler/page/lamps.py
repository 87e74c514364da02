"""The four lamps: law, musts, contracts, wishes; the same words on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scheduler.audit.figures.summary import SetBy, kept, set_by
from scheduler.rulebook import rules_of
from scheduler.wording.translation import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem

OK, BAD, HALF = "ok", "bad", "half"
WISHES = "W-01"

NAMES = (N_("Law"), N_("Musts"), N_("Contracts (lamp)"), N_("Wishes (lamp)"))


class Lamp(NamedTuple):
    """One lamp: what is kept of what there is.

    Attributes
    ----------
    look
        ``ok``, ``bad``, or ``half`` for wishes, which may be refused.
    told
        A few words beside the name.
    done, whole, unit
        So many of so many; ``whole`` is ``None`` if they cannot be counted.
    """

    name: str
    look: str
    told: str
    done: int
    whole: int | None
    unit: str

    @property
    def sign(self) -> str:
        """A sign that tells without colour."""
        return {OK: "✓", BAD: "!", HALF: "…"}[self.look]


def lamps(problem: Problem, findings: Sequence[Finding]) -> tuple[Lamp, ...]:
    """Return the four lamps of a roster, by the findings of its audit."""
    rulebook = rules_of(problem)
    found = kept(problem, findings)
    hard = [one for one in findings if one.stance.is_hard]
    unlawful = [one for one in hard if set_by(one, rulebook) is SetBy.LAW]
    musts = sum(found.broken.get(one, 0) for one in (SetBy.OFFICE, SetBy.PIN))
    musts += found.broken.get(SetBy.WISH, 0) + found.broken.get(SetBy.CONTRACT, 0)
    staff = len(problem.staff)
    asked = len(problem.requests)
    granted = asked - refused(findings)
    law, must, contract, wish = (_(name) for name in NAMES)
    return (
        Lamp(
            law,
            BAD if unlawful else OK,
            _places(len(unlawful)),
            problem.period.days - len({one.date for one in unlawful if one.date}),
            problem.period.days,
            _("days (unit)"),
        ),
        Lamp(must, BAD if musts else OK, _places(musts), musts, None, ""),
        Lamp(
            contract,
            BAD if found.people else OK,
            _of(staff - len(found.people), staff, _("people (unit)")),
            staff - len(found.people),
            staff,
            _("people (unit)"),
        ),
        Lamp(
            wish,
            OK if granted == asked else HALF,
            _of(granted, asked, _("wishes (unit)")),
            granted,
            asked,
            _("wishes (unit)"),
        ),
    )


def refused(findings: Iterable[Finding]) -> int:
    """Count the requests that are not granted."""
    return len(
        {
            (one.people, one.date, one.facts.get("want"), one.facts.get("shifts"))
            for one in findings
            if one.rule == WISHES and "want" in one.facts and "before" not in one.facts
        }
    )


def _places(number: int) -> str:
    if not number:
        return _("kept")
    text = ngettext("not kept in {number} place", "not kept in {number} places", number)
    return text.format(number=number)


def _of(done: int, whole: int, unit: str) -> str:
    return _("{done} of {whole} {unit}").format(done=done, whole=whole, unit=unit)
