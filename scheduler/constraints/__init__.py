"""The constraints of each rule, one module a rule, found by its name.

``RULES`` add constraints and penalties to the model, in this order, the strictest
first; ``EXCLUSIONS`` rule out single duties and nights on call beforehand, so that they
get no variable.
"""

from __future__ import annotations

import sys

from scheduler.constraints.language import Build, Exclusion, never
from scheduler.domain.finding import Stance
from scheduler.rulebook import Rule, Severity, modules_of, records

_MODULES = modules_of(sys.modules[__name__])


def _strictest_first(rule: Rule) -> int:
    stances = {facet.stance for facet in rule.facet.values()}
    first = (Stance.PINNED, Stance.ENFORCED)
    return next((i for i, one in enumerate(first) if one in stances), len(first))


RULES: tuple[tuple[str, Build], ...] = tuple(
    (rule.id, _MODULES[rule.id].build)
    for rule in sorted(records(), key=_strictest_first)
    if hasattr(_MODULES.get(rule.id), "build")
)
"""Rules that add constraints: those on pins first, then those with enforced limits."""

_LAW = {rule.id for rule in records() if rule.severity is Severity.HARD_LAW}

EXCLUSIONS: tuple[tuple[str, Exclusion], ...] = tuple(
    (rule, Exclusion(module.excludes_shift, getattr(module, "excludes_on_call", never)))
    for rule, module in sorted(_MODULES.items(), key=lambda item: item[0] in _LAW)
    if hasattr(module, "excludes_shift")
)
"""Rules that exclude duties, laws last: the first that excludes one is told."""
