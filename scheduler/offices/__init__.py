"""All rosters of an operator: many offices, each an input and a line of the summary."""

from scheduler.audit.figures.office_outcome import Office, Verdict
from scheduler.offices.run import make_all
from scheduler.offices.targets import inputs, targets
from scheduler.offices.task import Order

__all__ = ["Office", "Order", "Verdict", "inputs", "make_all", "targets"]
