"""How a roster stands it that somebody does not come: every single absence judged."""

from scheduler.resilience.run import resilience

__all__ = ["resilience"]
