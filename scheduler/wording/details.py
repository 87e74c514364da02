"""What a finding is about beside its numbers, in words: which wish, rule or burden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.requests import Request
from scheduler.domain.shifts import OffKind, Role
from scheduler.wording.duties import entry_text
from scheduler.wording.names import times_text
from scheduler.wording.requests import OR, wish_text
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scheduler.domain.finding import Finding

REASONS = {
    "stranger": N_("not on the staff list"),
    "period": N_("outside the period"),
    "employed": N_("dates of employment"),
    "ends_after": N_("it ends after the last date of employment"),
    "symbol": N_("a shift not agreed"),
    "weekday": N_("a weekday not agreed"),
    "public_holiday": N_("public holiday"),
    "on_call": N_("takes no nights on call"),
    "paid_leave": N_("on call on paid leave"),
    "absent": N_("on call on a date of absence"),
}
"""Why a duty lies outside a contract (L-01)."""

BURDENS = {
    "night": N_("nights"),
    "on_call": N_("nights on call"),
    "rest_day": N_("Saturdays, Sundays and holidays"),
    "early": N_("early shifts"),
    "late": N_("late shifts"),
}
"""What lies unevenly (M-01)."""

CAPACITIES = {
    "day_use": N_("day use"),
    "overnight": N_("overnight stay"),
}
"""Which capacity is passed for a stated reason (D)."""


def detail_text(finding: Finding) -> str:
    """Write what a finding is about; empty where its title says it all."""
    facts = finding.facts
    if "before" in facts:
        text = _("{wish}, refused {times} in the months before")
        times = times_text(int(facts["before"]))
        return text.format(wish=wish_text(_request(finding)), times=times)
    if "want" in facts:
        return wish_text(_request(finding))
    if "pinned" in facts:
        pinned, planned = (_entry(facts, side) for side in ("pinned", "planned"))
        return _("{before} -> {after}").format(before=pinned, after=planned)
    if "burden" in facts and facts.get("shift"):
        return str(facts["shift"])
    for name, words in (
        ("reason", REASONS),
        ("burden", BURDENS),
        ("kind", CAPACITIES),
    ):
        if facts.get(name) in words:
            return _(words[str(facts[name])])
    return str(facts.get("name", ""))


def _entry(facts: Mapping[str, int | str], side: str) -> str:
    """Write what was pinned, or what is planned: 早, 日 (管理), 公休."""
    said = str(facts[side])
    if not said:
        return _("nothing")
    off = OffKind(said) if said in tuple(OffKind) else None
    roles = str(facts.get(f"{side}_roles", "")).split("/")
    text = entry_text(said, off, (Role(role) for role in roles if role))
    if side == "planned" and facts.get("called"):
        return _("{entry} and on call").format(entry=text)
    return text


def _request(finding: Finding) -> Request:
    """Read the request that was not granted out of its finding."""
    shifts = str(finding.facts["shifts"])
    return Request.model_validate(
        {
            "staff": finding.people[0],
            "date": finding.date,
            "want": finding.facts["want"],
            "shifts": shifts.split(OR) if shifts else (),
        }
    )
