"""What is being worked out, while it is."""

from __future__ import annotations

from scheduler.domain.advice import Step
from scheduler.wording.translation import N_, _

_TEXTS = {
    Step.CAUSES: N_("Looking for causes: {count} found"),
    Step.REPAIRS: N_("Looking for repairs: {count} found"),
    Step.HIRES: N_("What one more person would bring: {count} worked out"),
}


_NAMES = {
    Step.CAUSES: N_("causes"),
    Step.REPAIRS: N_("ways to make the month legal"),
    Step.HIRES: N_("what one more person would bring"),
}


def part_name(step: Step) -> str:
    """Return what a part of the advice is about."""
    return _(_NAMES[step])


def step_text(step: Step, found: int) -> str:
    """Return a line of progress."""
    return _(_TEXTS[step]).format(count=found)
