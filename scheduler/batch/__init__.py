"""All rosters of an operator: many offices, each an input and a line of the summary."""

from scheduler.batch.office import Office, Verdict
from scheduler.batch.run import make_all
from scheduler.batch.targets import inputs, targets
from scheduler.batch.task import Order

__all__ = ["Office", "Order", "Verdict", "inputs", "make_all", "targets"]
