"""What is being worked out, while it is."""

from __future__ import annotations

from scheduler.domain.advice import Step
from scheduler.i18n import N_, _

_TEXTS = {
    Step.CAUSES: N_("Looking for causes: {count} found"),
    Step.REPAIRS: N_("Looking for repairs: {count} found"),
    Step.HIRES: N_("What one more person would bring: {count} worked out"),
}


def step_text(step: Step, found: int) -> str:
    """Return a line of progress."""
    return _(_TEXTS[step]).format(count=found)
