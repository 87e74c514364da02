"""The input with one entry changed, as a mend says."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.domain.clock import Interval
from scheduler.domain.office import Hold, HouseRatio
from scheduler.domain.precheck import AND, Mend
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Shift
from scheduler.domain.staff import StaffMember


def mended(problem: Problem, mend: Mend) -> Problem:
    """Return a problem with one entry changed."""
    code, facts, office = mend.code, mend.facts, problem.office
    name = facts.get("name")
    changed: dict[str, object]
    match code:
        case "night_band":
            band = Interval(int(facts["begin"]), int(facts["end"]))
            changed = {"office": office.model_copy(update={"night_band": band})}
        case "house_ratio" | "nights_most" | "long_nights_apart":
            values = {
                "house_ratio": HouseRatio.GUIDELINE,
                "long_nights_apart": Hold.GUIDELINE,
            }
            value = values.get(code) or int(facts["value"])
            others = office.settings.model_copy(update={code: value})
            changed = {"office": office.model_copy(update={"settings": others})}
        case "shift_hours":
            shifts = (_moved(one, facts) for one in problem.shifts)
            changed = {"shifts": tuple(shifts)}
        case "cover_most":
            most = {"at_most": int(facts["most"])}
            rules = (
                one.model_copy(update=most) if one.name == name else one
                for one in problem.cover_rules
            )
            changed = {"cover_rules": tuple(rules)}
        case (
            "less_minutes_min"
            | "less_days_off_min"
            | "more_minutes_max"
            | "more_nights_max"
        ):
            sign = -1 if code.startswith("less_") else 1
            field, names = code.removeprefix("less_"), str(name).split(AND)
            field, by = field.removeprefix("more_"), sign * int(facts["by"])
            staff = (
                _with_limit(one, field, getattr(one.contract, field) + by)
                if one.name in names
                else one
                for one in problem.staff
            )
            changed = {"staff": tuple(staff)}
        case _:
            staff = (
                _with_limit(one, code, int(facts["value"])) if one.name == name else one
                for one in problem.staff
            )
            changed = {"staff": tuple(staff)}
    return problem.model_copy(update=changed)


def _with_limit(member: StaffMember, field: str, value: int) -> StaffMember:
    """Return a person with one limit of the contract changed."""
    contract = member.contract.model_copy(update={field: value})
    return member.model_copy(update={"contract": contract})


def _moved(shift: Shift, facts: Mapping[str, int | str]) -> Shift:
    """Return a shift at other hours, with its breaks and cuts moved along."""
    if shift.symbol != facts["symbol"]:
        return shift
    by = int(facts["begin"]) - shift.start
    return shift.model_copy(
        update={
            "start": shift.start + by,
            "end": shift.end + by,
            "cuts": tuple(cut + by for cut in shift.cuts),
            "breaks": tuple(
                tuple(pause.shifted(by) for pause in option) for option in shift.breaks
            ),
        }
    )
