"""Causes, repairs and one more person in words, for pages and the terminal alike."""

from scheduler.wording.advice.causes import (
    Condition,
    able_text,
    broken_text,
    conditions,
    force_text,
    given_text,
    unexplained_texts,
)
from scheduler.wording.advice.effects import (
    Change,
    change_texts,
    changes,
    evenness_texts,
    fairness_texts,
    lost_texts,
    remaining_texts,
    won_texts,
)
from scheduler.wording.advice.hires import (
    contracts_text,
    hire_name,
    hires_note,
    musts_text,
    shortage_text,
    verdict_text,
)
from scheduler.wording.advice.repairs import (
    claim_text,
    enough_text,
    entering_text,
    repair_name,
    step_texts,
)
from scheduler.wording.advice.steps import part_name, step_text

__all__ = [
    "Change",
    "Condition",
    "able_text",
    "broken_text",
    "change_texts",
    "changes",
    "claim_text",
    "conditions",
    "contracts_text",
    "enough_text",
    "entering_text",
    "evenness_texts",
    "fairness_texts",
    "force_text",
    "given_text",
    "hire_name",
    "hires_note",
    "lost_texts",
    "musts_text",
    "part_name",
    "remaining_texts",
    "repair_name",
    "shortage_text",
    "step_text",
    "step_texts",
    "unexplained_texts",
    "verdict_text",
    "won_texts",
]
