"""What a roster is short of, in sentences; what is not proven is not called so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.stance import Stance
from scheduler.wording.deductions import cost_lines, thresholds_text
from scheduler.wording.levels import level_text
from scheduler.wording.names import stance_name
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.audit.papers.shortage import LevelTotal, Shortage


def headline(shortage: Shortage) -> Iterator[str]:
    """Write a sentence for each level of law, pins and musts that is short."""
    for total in shortage.levels:
        if total.level.is_hard:
            yield level_sentence(total)
    if shortage.beyond_rosters:
        yield _(
            "No roster mends {count} of the findings: the staff list or the forecast"
            " decides them."
        ).format(count=len(shortage.beyond_rosters))
    kept = sum(gap.finding.stance is Stance.ENFORCED for gap in shortage.gaps)
    if kept:
        yield _(
            "Rules that are always kept are broken in {count} places, by last month's"
            " end or by hand."
        ).format(count=kept)


def fee_lines(shortage: Shortage) -> Iterator[str]:
    """Write what broken standards mean for the fee; nothing if none is broken."""
    if shortage.cost is not None:
        yield from cost_lines(shortage.cost)
    elif shortage.breaks_standard:
        yield _(
            "No deduction by the thresholds known to this program, but the standard is"
            " broken."
        )
        yield thresholds_text()


def level_sentence(total: LevelTotal) -> str:
    """Write how much is missing on a level, here and at the least possible."""
    facts = {
        "level": stance_name(total.level),
        "falls_short": _falls_short(total.level, total.value),
        "at_least": _falls_short(total.level, total.least or 0),
    }
    if total.least is None:
        text = _("{level}: this roster {falls_short}.")
    elif total.is_least:
        text = _(
            "{level}: even the best possible roster {at_least}, which is proven; this"
            " one {falls_short}."
        )
    elif not total.least:
        text = _(
            "{level}: this roster {falls_short}; whether one exists that does not was"
            " not found out in time."
        )
    elif total.is_certain:
        text = _(
            "{level}: every possible roster, which is proven, {at_least} or more; this"
            " one {falls_short}."
        )
    else:
        text = _(
            "{level}: by the search, which was not confirmed, every roster {at_least}"
            " or more; this one {falls_short}."
        )
    remarks = (_times_note(total), condition_text(total))
    return " ".join([text.format(**facts), *filter(None, remarks)])


def _times_note(total: LevelTotal) -> str:
    """Say how what is counted in times is part of a sum of hours."""
    if total.level not in (Stance.MUST, Stance.CONTRACT):
        return ""
    return _("(In this sum a missed time or day stands for a full day.)")


def proof_text(total: LevelTotal) -> str:
    """Write in few words how sure the least possible shortage is."""
    if total.least is None:
        return _("not searched")
    if total.is_least:
        return _("proven: no roster is better")
    if not total.least:
        return _("not known whether it can be avoided")
    if total.is_certain:
        return _("proven as a lower bound; the best may lie between")
    return _("lower bound of the search, not confirmed")


def condition_text(total: LevelTotal) -> str:
    """Write under which condition the least holds; empty if under none, or no claim."""
    if not total.least or not total.above:
        return ""
    above = "・".join(stance_name(level) for level in total.above)
    return _("(as long as this stays as it is here: {levels})").format(levels=above)


def amount_text(level: Stance, amount: int) -> str:
    """Write an amount of a level: changed cells, or time in sum over people."""
    if level is Stance.PINNED or not amount:
        return level_text(level, amount)
    return _("{duration} of work").format(duration=level_text(level, amount))


def _falls_short(level: Stance, amount: int) -> str:
    """Write the amount with its verb."""
    text = _("breaks {amount}") if level is Stance.PINNED else _("is short by {amount}")
    return text.format(amount=amount_text(level, amount))
