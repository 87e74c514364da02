"""Each person's month against labour law, guideline, contract and wish: F, L, W."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.audit.figures.hours import PersonMonth
from scheduler.audit.figures.limits import nights_of_office
from scheduler.audit.papers.compliance.month import Measure, Month, Strictest, tightest
from scheduler.domain.finding import Unit
from scheduler.domain.requests import Strength
from scheduler.domain.shifts import ShiftKind

Figure = Callable[[Month, PersonMonth], int | None]
"""A number of one person; ``None`` leaves the person out."""


def _worst(
    unit: Unit, limit: Figure, figure: Figure, *, at_most: bool = False
) -> Measure:
    def measure(month: Month) -> Strictest | None:
        found = []
        for own in month.people:
            required, planned = limit(month, own), figure(month, own)
            if required is not None and planned is not None:
                found.append(
                    Strictest(
                        unit=unit,
                        required=required,
                        planned=planned,
                        at_most=at_most,
                        people=(own.staff,),
                    )
                )
        return tightest(found)

    return measure


def _contract(name: str) -> Figure:
    def figure(month: Month, own: PersonMonth) -> int | None:
        contract = month.problem.member_by_name[own.staff].contract
        limit: int | None = getattr(contract, name)
        return limit

    return figure


def _setting(name: str) -> Figure:
    def figure(month: Month, _: PersonMonth) -> int | None:
        limit: int | None = getattr(month.problem.office.settings, name)
        return limit

    return figure


def _own(name: str) -> Figure:
    def figure(_: Month, own: PersonMonth) -> int | None:
        number: int | None = getattr(own, name)
        return number

    return figure


def _nights_wished(month: Month, own: PersonMonth) -> int:
    contract = month.problem.member_by_name[own.staff].contract
    wished = month.problem.office.settings.nights_wished
    return max(wished, contract.nights_min or 0)


def _nights_of_office(month: Month, own: PersonMonth) -> int | None:
    return nights_of_office(month.problem, month.problem.member_by_name[own.staff])


def _nights(month: Month, own: PersonMonth) -> int | None:
    """Leave out those who neither do nights nor could: their margin says nothing."""
    table = month.problem.shift_by_symbol
    shifts = month.problem.member_by_name[own.staff].shifts
    can = any(table[symbol].kind is ShiftKind.NIGHT for symbol in shifts)
    return own.nights if can or own.nights else None


def _wishes(strength: Strength) -> Measure:
    def measure(month: Month) -> Strictest | None:
        asked = [
            wish
            for own in month.people
            for wish in own.wishes
            if wish.request.strength is strength
        ]
        if not asked:
            return None
        refused = [wish.request.staff for wish in asked if not wish.granted]
        return Strictest(
            unit=Unit.TIMES,
            required=len(asked),
            planned=len(asked) - len(refused),
            people=tuple(dict.fromkeys(refused)),
        )

    return measure


MEASURES: dict[tuple[str, str], Measure] = {
    ("F-02", "month"): _worst(Unit.MINUTES, _own("cap"), _own("total"), at_most=True),
    ("F-11", "least"): _worst(
        Unit.MINUTES, _setting("rest_least"), _own("shortest_rest")
    ),
    ("F-13", "nights_most"): _worst(
        Unit.TIMES, _nights_of_office, _nights, at_most=True
    ),
    ("F-13", "nights_wished"): _worst(
        Unit.TIMES, _nights_wished, _nights, at_most=True
    ),
    ("F-13", "days_in_a_row_most"): _worst(
        Unit.DAYS, _setting("days_in_a_row_most"), _own("longest_run"), at_most=True
    ),
    ("F-13", "days_in_a_row_wished"): _worst(
        Unit.DAYS, _setting("days_in_a_row_wished"), _own("longest_run"), at_most=True
    ),
    ("L-02", "days_off"): _worst(
        Unit.DAYS, _contract("days_off_min"), _own("days_off")
    ),
    ("L-03", "hours_min"): _worst(
        Unit.MINUTES, _contract("minutes_min"), _own("credited")
    ),
    ("L-03", "hours_max"): _worst(
        Unit.MINUTES, _contract("minutes_max"), _own("credited"), at_most=True
    ),
    ("L-05", "nights_min"): _worst(Unit.TIMES, _contract("nights_min"), _own("nights")),
    ("L-05", "nights_max"): _worst(
        Unit.TIMES, _contract("nights_max"), _nights, at_most=True
    ),
    ("W-01", "must"): _wishes(Strength.MUST),
    ("W-01", "strong"): _wishes(Strength.STRONG),
    ("W-01", "weak"): _wishes(Strength.WEAK),
}
"""Measures by rule and facet."""
