"""How a roster stands it that somebody does not come: every single absence judged."""

from scheduler.whatif.resilience.run import resilience

__all__ = ["resilience"]
