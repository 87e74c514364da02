"""Lines of a precheck as sentences that show all of the arithmetic."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Sequence

from scheduler.domain.office import Hold, HouseRatio
from scheduler.domain.precheck import AND, Bound, Line, Mend, Verdict
from scheduler.wording.duties import request_text
from scheduler.wording.names import (
    cells_text,
    days_text,
    duration_text,
    name_of,
    people_text,
    times_text,
)
from scheduler.wording.precheck_facts import (
    PARTS,
    SUMS,
    entries,
    hours_text,
    nights_text,
    number_of,
)
from scheduler.wording.times import clock_text, hours_and_minutes
from scheduler.wording.translation import _, ngettext, sentences

MARKS = {Verdict.IMPOSSIBLE: "×", Verdict.TIGHT: "△", Verdict.FINE: "○"}
"""Mark before a line."""


def wishes_text(number: int) -> str:
    """Write a number of wishes: 3件."""
    return ngettext("{number} wish", "{number} wishes", number).format(number=number)


TABLES: dict[str, dict[str, str]] = sentences("precheck")

AS_WELL = TABLES["as_well"]
"""What else fails for the reasons of a line, by its code."""

SENTENCES: dict[Callable[[int], str], dict[str, str]] = {
    people_text: TABLES["people"],
    nights_text: TABLES["nights"],
    duration_text: TABLES["hours"],
    days_text: TABLES["days"],
    times_text: TABLES["times"],
    wishes_text: TABLES["wishes"],
    cells_text: TABLES["cells"],
}
"""Sentences of lines, by the unit of their two sides and by their code."""

MENDS = TABLES["mends"]
"""Sentences of the changes that mend a line, by their code."""

MENDS_OF_ONE = TABLES["mends_of_one"]
"""Those of changes that several people may share, where it is one person."""


UNITS = {code: unit for unit, texts in SENTENCES.items() for code in texts}
TEXTS = ChainMap(*SENTENCES.values())


AMOUNTS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("care", "night", "desk", "most", "above", "hours"), duration_text),
    **dict.fromkeys(("dates", "owed", "employed", "begins"), days_text),
    "cap": duration_text,
    "others": people_text,
    "minute": clock_text,
}
"""Functions that write the numbers of a line, by fact."""

HELD_AS = {"dates_count": "dates", "cap_hours": "cap", "at": "minute"}
"""Name of a fact in the line, by its name in the sentence, where they differ."""


class LineFacts(dict[str, str]):
    """A line as a mapping of facts for format strings, each computed on access.

    Parameters
    ----------
    line
        The line.
    amount
        Function that writes its two sides.
    """

    def __init__(self, line: Line, amount: Callable[[int], str]) -> None:
        super().__init__()
        self._line, self._amount = line, amount

    def __missing__(self, name: str) -> str:
        line = self._line
        if name in ("required", "possible"):
            return self._amount(getattr(line, name))
        if name == "bound":
            # What limits a person's nights: a sentence of its own.
            bound = name_of(Bound(str(line.facts[name])))
            return bound.format_map(LineFacts(line, people_text))
        if name in PARTS:
            return PARTS[name](line)
        if name in SUMS:
            return SUMS[name](line, self._amount)
        if name in ("before", "here"):
            return entries(line, name)
        held = HELD_AS.get(name, name)
        if held in AMOUNTS:
            return AMOUNTS[held](number_of(line, held))
        return str(line.facts[name])


def verdict_name(line: Line) -> str:
    """Return the name of a line's verdict; another if only a contract is broken."""
    if line.verdict is Verdict.IMPOSSIBLE and line.contract:
        return _("against the contract")
    return name_of(line.verdict)


def headline(lines: Iterable[Line]) -> str:
    """Write how many sums do not add up, and how many are tight."""
    every = tuple(lines)
    law = sum(line.breaks_law for line in every)
    tight = sum(line.verdict is Verdict.TIGHT for line in every)
    contract = sum(line.verdict is Verdict.IMPOSSIBLE for line in every) - law
    if law:
        text = _(
            "No roster can be legal as things stand. Sums that do not add up: {law}"
            " (contracts: {contract}; tight: {tight})."
        )
    elif contract:
        text = _(
            "Not every contract can be kept. Sums that do not add up: {contract}"
            " (tight: {tight})."
        )
    elif tight:
        text = _("Everything adds up. With little to spare: {tight}.")
    else:
        text = _("Everything adds up.")
    return text.format(law=law, contract=contract, tight=tight)


def line_text(line: Line) -> str:
    """Write a line as a sentence with its numbers, names and dates."""
    facts = LineFacts(line, UNITS[line.code])
    text = _(TEXTS[line.code]).format_map(facts).strip()
    text += _as_well(line) + _wishes_text(line) + mends_text(line.mends)
    if not line.house:
        return text
    return _("{where}: {text}").format(where=line.house, text=text)


def _as_well(line: Line) -> str:
    """Write what else fails for the reasons of a line; empty if nothing does."""
    others = [one for one in line.merged[1:] if one.code in AS_WELL]
    if line.code not in AS_WELL or not others:
        return ""
    listed = "、".join(
        _(AS_WELL[one.code]).format_map(LineFacts(one, people_text)) for one in others
    )
    if line.verdict is Verdict.TIGHT:
        return _(" For the same reason tight: {listed}.").format(listed=listed)
    return _(" For the same reason short: {listed}.").format(listed=listed)


def _wishes_text(line: Line) -> str:
    """Write which wishes cannot be kept together; empty if the line has none."""
    if not line.wishes:
        return ""
    cells = "、".join(map(request_text, line.wishes))
    if len(line.wishes) == 1:
        return _(" This must wish cannot be kept: {cells}.").format(cells=cells)
    text = _(" These must wishes cannot be kept together; one gives way: {cells}.")
    return text.format(cells=cells)


def mends_text(mends: Sequence[Mend]) -> str:
    """Write the changes that each mend a line; empty if none is known."""
    if not mends:
        return ""
    listed = _("; ").join(map(mend_text, mends))
    if len(mends) == 1:
        return _(" This makes up for it: {listed}.").format(listed=listed)
    return _(" Any one of these makes up for it: {listed}.").format(listed=listed)


PART_LIMITS = TABLES["part_limits"]
"""Limits of a contract that are in proportion to the dates, as the sheet has them."""


def _limit_text(name: str, value: int) -> str:
    return str(value) if name == "days_off_min" else hours_and_minutes(value)


def mend_text(mend: Mend) -> str:
    """Write one change: sheet, entry, and its new value."""
    facts: dict[str, int | str] = dict(mend.facts)
    text = MENDS[mend.code]
    facts["ratio"] = name_of(HouseRatio.GUIDELINE)
    facts["held"] = name_of(Hold.GUIDELINE)
    if "by" in facts:
        names = str(facts["name"]).split(AND)
        facts["names"] = "、".join(names)
        text = MENDS_OF_ONE[mend.code] if len(names) == 1 else text
        facts["hours"] = duration_text(int(facts["by"]))
        facts["days"] = days_text(int(facts["by"]))
    if "begin" in facts:
        facts["span"] = hours_text(facts)
    if "most" in facts:
        facts["people"] = people_text(int(facts["most"]))
    if mend.code == "part_of_month":
        limits = [name for name in PART_LIMITS if name in facts]
        facts["limits"] = "、".join(
            _(PART_LIMITS[name]).format(value=_limit_text(name, int(facts[name])))
            for name in limits
        )
    if "value" in facts:
        facts["hours"] = hours_and_minutes(int(facts["value"]))
    return _(text).format(**facts)
