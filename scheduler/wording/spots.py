"""Limits written as conditions, and exceptions to them as requests.

The sentences come from the facet's record: both if exceptions can be agreed on, the
condition alone if it can be broken but not agreed on.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from scheduler.domain.agreements import Concession
from scheduler.rulebook import Confidence, yielding
from scheduler.wording.places import Place
from scheduler.wording.rules import rule_title, source_text
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.domain.agreements import Agreement, Spot
    from scheduler.domain.errors import Location
    from scheduler.domain.problem import Problem
    from scheduler.rulebook import Facet, Rule, Rulebook


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
    told = facet.sentences(spot.name).condition
    text = _(told).format_map(place) if told else _untold(spot, rule, place)
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
    told = yielding()[spot.rule, spot.facet].sentences(spot.name).request
    place = Place(spot, rulebook, problem, amount=agreement.amount, when=when)
    return in_house(spot.house, _(told).format_map(place))


def in_house(house: str, text: str) -> str:
    """Put the name of a house before what is said of it, if there are several."""
    return _("{where}: {text}").format(where=house, text=text) if house else text


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
