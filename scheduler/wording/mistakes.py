"""Mistakes in the input, in words: where, what is wrong, what would be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from scheduler.domain.clock import parse_span
from scheduler.domain.errors import Mistake
from scheduler.domain.period import Period
from scheduler.wording.command_line import command_line
from scheduler.wording.names import counted_name, duration_text
from scheduler.wording.notation import CellLanguage
from scheduler.wording.places import places_text
from scheduler.wording.times import clock_text, date_text, span_text
from scheduler.wording.translation import _, sentences

if TYPE_CHECKING:
    from scheduler.audit.houses import Contradiction
    from scheduler.domain.joint import JointProblem


MESSAGES: dict[str, str] = sentences("mistakes")
"""Messages by code, filled with the facts of the mistake."""

MOST_MISTAKES = 100
"""Most mistakes that are written; the others are counted."""

LENGTHS = frozenset({"given", "needed", "missing", "agreed", "allowed", "whole"})
"""Facts in minutes."""

LENGTH_FIELDS = frozenset({"minutes_min", "rest_least"})
"""Fields whose limits are in minutes."""

CLOCKS = frozenset({"leave", "arrive", "depart", "back"})
"""Facts that are clock times."""

SPANS = frozenset({"pause", "work", "visits", "band"})
"""Facts that are stretches of the clock, where they are texts."""

MOMENTS = frozenset({"on"})
"""Facts that are dates, to be written with their weekday."""

EXAMPLES: dict[str, int | str] = {"example": "2026/12/10", "until": "2026/12/20"}
"""Example dates if the period is not known; readers give dates of their own."""

WITH_EXAMPLES = frozenset({"not_date", "not_date_span", "own_column", "number_no_date"})
"""Codes whose messages have dates as examples."""


def examples(period: Period) -> dict[str, str]:
    """Return the facts that give a message dates of the period as examples."""
    dates = period.dates
    ends = {"example": dates[len(dates) // 3], "until": dates[2 * len(dates) // 3]}
    return {name: f"{date.year}/{date.month}/{date.day}" for name, date in ends.items()}


def mistake_texts(mistakes: Sequence[Mistake]) -> list[str]:
    """Write the first mistakes, a line each, and the number of the others."""
    texts = [mistake_text(mistake) for mistake in mistakes[:MOST_MISTAKES]]
    more = len(mistakes) - len(texts)
    if more:
        texts.append(_("and {count} more mistakes").format(count=more))
    return texts


def screen_texts(mistakes: Sequence[Mistake], own: Mapping[str, str]) -> list[str]:
    """Write mistakes for a screen that says some of them in other words.

    Parameters
    ----------
    own
        The screen's sentences, by the code of the mistake.
    """
    told = [_(own[one.code]).format(**one.facts) for one in mistakes if one.code in own]
    others = [one for one in mistakes if one.code not in own]
    return [*dict.fromkeys(told), *mistake_texts(others)]


def mistake_text(mistake: Mistake) -> str:
    """Write a mistake: sheet and cell (or path in the JSON), what, and its remedy."""
    text = _(MESSAGES[mistake.code]).format(**_facts(mistake))
    where = places_text((mistake, *mistake.more))
    return f"{where}: {text}" if where else text


def _facts(mistake: Mistake) -> dict[str, int | str]:
    all_lengths = bool(mistake.loc) and mistake.loc[-1] in LENGTH_FIELDS
    facts = {**EXAMPLES, **mistake.facts, "shotaki": command_line([])}
    facts["hint"] = _hint(facts)
    for key, fact in facts.items():
        if isinstance(fact, int) and (key in LENGTHS or all_lengths):
            facts[key] = duration_text(fact)
        if isinstance(fact, int) and key in CLOCKS:
            facts[key] = clock_text(fact)
        if isinstance(fact, str) and key in SPANS:
            facts[key] = span_text(parse_span(fact))
        if key == "counted":
            facts[key] = counted_name(str(fact))
        if key in MOMENTS:
            facts[key] = date_text(dt.date.fromisoformat(str(fact)))
    return facts


def _hint(facts: dict[str, int | str]) -> str:
    """Write what an unknown name may have meant, or which names are known."""
    if facts.get("near"):
        return _("Did you mean {near}?").format(near=facts["near"])
    if facts.get("known"):
        return _("Known are: {known}.").format(known=facts["known"])
    return _("Check the spelling.")


def contradiction_texts(
    problem: JointProblem, contradictions: Sequence[Contradiction]
) -> Iterator[str]:
    """Yield what to do about contradictions, and each of them; nothing if none is."""
    if contradictions:
        yield _(
            "The workbooks contradict each other; what stands where the person belongs "
            "was taken. Change one of the two cells:"
        )
    for one in contradictions:
        yield _("- {name}, {date}: {here} in {first}, {there} in {second}").format(
            name=one.staff,
            date=date_text(one.date),
            **contradiction_facts(problem, one),
        )


def contradiction_facts(problem: JointProblem, one: Contradiction) -> dict[str, str]:
    """Return what two workbooks say of a cell, and the names of their houses."""
    home = problem.houses[problem.home_of[one.staff]]
    other = next(h for h in problem.houses if h.office.name == one.house)
    return {
        "here": CellLanguage(home).write(one.home) if one.home else "",
        "first": home.office.name,
        "there": CellLanguage(other).write(one.there) if one.there else "",
        "second": one.house,
    }
