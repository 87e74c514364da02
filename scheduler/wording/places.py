"""Limits as conditions and as requests, and the facts of a spot for their sentences."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from scheduler.audit.figures.limits import limit_of
from scheduler.domain.agreements import Agreement, Concession, Spot
from scheduler.domain.base import StaffId
from scheduler.domain.homes import Home, at_house
from scheduler.domain.problem import Problem
from scheduler.domain.requests import CoverRule, PairKind, Strength
from scheduler.rulebook import Confidence, Facet, Rule, Rulebook, yielding
from scheduler.wording.duties import wish_text
from scheduler.wording.findings import REASONS, UNITS, rule_title, source_text
from scheduler.wording.names import counted_name, off_name, people_text, role_name
from scheduler.wording.times import date_text, dates_text, span_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.errors import Location


class Place:
    """A spot as a mapping of facts for format strings, each computed on access.

    Parameters
    ----------
    amount
        Amount of the agreement to be written, in the unit of the facet.
    when
        Written in place of the spot's date.
    """

    def __init__(
        self,
        spot: Spot,
        rulebook: Rulebook,
        problem: Problem,
        *,
        amount: int = 0,
        when: str = "",
    ) -> None:
        problem, spot = at_house(problem, spot)
        self.spot = spot
        self.problem = problem
        self._facet: Facet = rulebook.facet_of(spot)
        self._limit = limit_of(spot, rulebook, problem)
        self._amount = amount
        self._when = when
        self.agreed = sum(one.amount for one in problem.agreements if one.spot == spot)
        """Amount already agreed at the spot."""

    def __getitem__(self, name: str) -> str:
        return FACTS[name](self)

    def date(self) -> str:
        """Write the spot's date, or ``when`` in its place."""
        if self._when or self.spot.date is None:
            return self._when
        return date_text(self.spot.date)

    def amount(self) -> str:
        """Write the amount of the agreement."""
        return UNITS[self._facet.unit](self._amount)

    def limit(self) -> str:
        """Write the limit in force, with amounts already agreed.

        For the legal cap on hours, the law's own number without agreed overtime.
        """
        by_law = self._facet.yields is Concession.OVERTIME_HOUR
        return self._with(0 if by_law else self.agreed)

    def after(self) -> str:
        """Write the limit as it will be with the agreement."""
        return self._with(self.agreed + self._amount)

    def _with(self, agreed: int) -> str:
        """Write the limit with an agreed amount."""
        if self._limit is None:
            return _("no limit")
        if self._facet.at_most:
            limit = self._limit + agreed
        else:
            limit = max(0, self._limit - agreed)
        return UNITS[self._facet.compared_in](limit)


def _week(place: Place) -> str:
    """Write the whole week that holds the spot's date."""
    for week in place.problem.weeks:
        if place.spot.date in week:
            return dates_text(week[0], week[-1])
    return place.date()


def _reason(place: Place) -> str:
    """Write why the contract has no work on the date."""
    why = _why(place)
    return _(REASONS[why])


def _why(place: Place) -> str:
    problem, date = place.problem, place.spot.date
    member = problem.member_by_name.get(place.spot.staff)
    if member is None or date is None:
        return "stranger"
    if date not in member.employed:
        return "employed"
    if member.contract.allows(date, problem.period):
        return "other_house"
    works = date.weekday() in member.contract.weekdays
    return "public_holiday" if works else "weekday"


def _wish(place: Place) -> str:
    """Write the must-have wishes of the cell."""
    cell = _cell(place)
    wishes = place.problem.requests_by_cell.get(cell, ()) if cell else ()
    musts = [wish_text(one) for one in wishes if one.strength is Strength.MUST]
    return "・".join(musts) or _("the wish")


def _pin(place: Place) -> str:
    """Write what is pinned in the cell: 早, 日(管理), 公休."""
    cell = _cell(place)
    pin = place.problem.pin_by_cell.get(cell) if cell else None
    if pin is None:
        return _("the pin")
    roles = "・".join(role_name(role) for role in dict.fromkeys(pin.roles))
    entry = pin.shift or (off_name(pin.off) if pin.off else "")
    return f"{entry}({roles})" if roles else entry


def _cell(place: Place) -> tuple[StaffId, dt.date] | None:
    spot = place.spot
    return (spot.staff, spot.date) if spot.date else None


def _others(place: Place) -> str:
    """Write whom the person must be kept apart from, or must work with."""
    kind = PairKind.APART if place.spot.facet.startswith("apart") else PairKind.TOGETHER
    return "、".join(
        pair.second
        for pair in place.problem.pairs
        if pair.must
        and pair.kind is kind
        and place.spot.staff
        in [one.name for one in place.problem.people_of(pair.first)]
    )


def _cover(place: Place) -> str:
    """Write what a cover rule requires: 9:00-10:00 運転 1人以上."""
    rules = place.problem.cover_rules
    rule = next((one for one in rules if one.name == place.spot.name), None)
    if rule is None:
        return place.spot.name
    parts = [span_text(rule.band) if rule.band else "", _kind(rule), *_numbers(rule)]
    return " ".join(part for part in parts if part)


def _numbers(rule: CoverRule) -> Iterator[str]:
    """Yield the numbers that a cover rule requires, at least and at most."""
    least, most = rule.at_least, rule.at_most
    if least is not None and least == most:
        yield _("exactly {number}").format(number=people_text(least))
        return
    if least is not None:
        yield _("{number} or more").format(number=people_text(least))
    if most is not None:
        yield _("at most {number}").format(number=people_text(most))


def _kind(rule: CoverRule) -> str:
    """Write the kind of staff that a cover rule counts."""
    role = role_name(rule.role) if rule.role else ""
    shift = f"「{rule.shift}」" if rule.shift else ""
    kinds = (role, rule.qualification, rule.group, shift)
    return "・".join(kind for kind in kinds if kind) or _("staff of any kind")


FACTS: dict[str, Callable[[Place], str]] = {
    "name": lambda place: place.spot.staff,
    "date": Place.date,
    "week": _week,
    "amount": Place.amount,
    "limit": Place.limit,
    "after": Place.after,
    "reason": _reason,
    "wish": _wish,
    "pin": _pin,
    "others": _others,
    "shift": lambda place: place.spot.name,
    "counted": lambda place: counted_name(place.spot.name),
    "cover": _cover,
    "rule_name": lambda place: place.spot.name,
}
"""Functions that write a fact, by its name in the sentences."""


def spot_text(
    spot: Spot, rulebook: Rulebook, problem: Problem, *, when: str = ""
) -> str:
    """Write the limit that holds at a spot, with its source.

    Parameters
    ----------
    when
        Said in place of the spot's date, for several spots at once.

    Returns
    -------
    str
        For example 佐藤さんの夜勤は月4回まで（雇用契約）.

    Raises
    ------
    KeyError
        If the rulebook does not know the rule or the facet.
    """
    rule = rulebook[spot.rule]
    place = Place(spot, rulebook, problem, when=when)
    facet = rule.facet[spot.facet]
    sentence = facet.sentences(spot.name).condition
    text = _(sentence).format_map(place) if sentence else _untold(spot, rule, place)
    text = in_house(spot.house, text)
    origin = _origin(rule, facet)
    if place.agreed:
        origin = _("{origin} and agreement").format(origin=origin)
    return _("{text} ({origin})").format(text=text, origin=origin)


def agreement_text(
    agreement: Agreement, rulebook: Rulebook, problem: Problem, *, when: str = ""
) -> str:
    """Write an agreement as a request to somebody.

    Parameters
    ----------
    when
        Said in place of the spot's date, for several spots at once.

    Returns
    -------
    str
        For example 佐藤さんに夜勤をもう1回お願いする（契約4回→5回）.

    Raises
    ------
    KeyError
        If no exception to the limit can be agreed on.
    """
    spot = agreement.spot
    sentence = yielding()[spot.rule, spot.facet].sentences(spot.name).request
    place = Place(spot, rulebook, problem, amount=agreement.amount, when=when)
    return in_house(spot.house, _(sentence).format_map(place))


def in_house(house: str, text: str) -> str:
    """Put the name of a house before what is said of it, if there are several."""
    return _("{where}: {text}").format(where=house, text=text) if house else text


def marked(home: Home, text: str) -> str:
    """Put a satellite's mark before what is said of it on a sheet of all houses."""
    return in_house(home.mark if home.number else "", text)


def _untold(spot: Spot, rule: Rule, place: Place) -> str:
    """Write a limit that has no sentence: person, date, and the rule's title."""
    who = [spot.staff] if spot.staff else []
    where = " ".join([*who, place["date"]] if spot.date else who)
    text = rule_title(rule)
    return _("{where}: {text}").format(where=where, text=text) if where else text


def _origin(rule: Rule, facet: Facet) -> str:
    """Return where a limit comes from: the rule's source, or the office's setting."""
    by_law = facet.yields in (None, Concession.OVERTIME_HOUR)
    if by_law or rule.confidence is Confidence.OFFICE:
        return source_text(rule)
    return _("setting of the office")


MOST_PLACES = 6
"""Most cells written for one mistake; the others are counted."""

CELL = re.compile(r"([A-Z]+)(\d+)")


def places_text(spots: Sequence[Location]) -> str:
    """Write locations, sheet by sheet: 職員 A4、A7."""
    placed = [spot for spot in spots if spot.sheet]
    if not placed:
        paths = (_path(spot) for spot in spots if spot.loc)
        return "、".join(dict.fromkeys(paths))
    sheets = (
        f"{sheet} {_cells_text(list(cells))}".rstrip()
        for sheet, cells in groupby(placed, key=lambda spot: spot.sheet)
    )
    return "、".join(sheets)


def _cells_text(spots: Sequence[Location]) -> str:
    """Write cells in the order of the sheet, each with its person and date.

    Text that is not a cell address, such as the value of an option, is kept.
    """
    ordered = sorted(spots, key=_row_and_column)
    texts = list(dict.fromkeys(_cell_text(spot) for spot in ordered))
    text = "、".join(texts[:MOST_PLACES])
    if len(texts) > MOST_PLACES:
        more = _("and {count} more").format(count=len(texts) - MOST_PLACES)
        text = f"{text} {more}"
    return text


def _cell_text(spot: Location) -> str:
    about = [spot.name] if spot.name else []
    if spot.date:
        about.append(date_text(spot.date))
    if not about:
        return spot.cell
    return _("{cell} ({about})").format(cell=spot.cell, about=" ".join(about))


def _row_and_column(spot: Location) -> tuple[int, int, str]:
    match = CELL.fullmatch(spot.cell)
    return (int(match[2]), len(match[1]), match[1]) if match else (0, 0, spot.cell)


def _path(spot: Location) -> str:
    return "".join(
        f"[{step}]" if isinstance(step, int) else f".{step}" for step in spot.loc
    ).lstrip(".")
