"""Lines of a precheck as sentences that show all of the arithmetic."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING

from scheduler.domain.clock import HOUR
from scheduler.domain.office import Hold, HouseRatio
from scheduler.domain.precheck import AND, Line, Mend, Topic, Verdict
from scheduler.wording.names import (
    cells_text,
    days_text,
    duration_text,
    name_of,
    people_text,
    times_text,
)
from scheduler.wording.precheck_facts import LineFacts, hours_text, nights_text
from scheduler.wording.translation import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


TOPICS = {
    Topic.CAPACITY: N_("Capacities"),
    Topic.NIGHTS: N_("Nights"),
    Topic.ON_CALL: N_("Nights on call"),
    Topic.CARE: N_("Care by day"),
    Topic.HOURS: N_("Hours of the period"),
    Topic.QUALIFIED: N_("Qualifications, cover rules and events"),
    Topic.WISHES: N_("Wishes that pile up"),
    Topic.CONTRACTS: N_("Contracts, person by person"),
    Topic.PINS: N_("Pinned cells and musts"),
}

VERDICTS = {
    Verdict.IMPOSSIBLE: N_("impossible"),
    Verdict.TIGHT: N_("tight"),
    Verdict.FINE: N_("adds up"),
}

MARKS = {Verdict.IMPOSSIBLE: "×", Verdict.TIGHT: "△", Verdict.FINE: "○"}
"""Mark before a line."""


def wishes_text(number: int) -> str:
    """Write a number of wishes: 3件."""
    return ngettext("{number} wish", "{number} wishes", number).format(number=number)


OF_PEOPLE = {
    "day_use_least": N_(
        "Day-use capacity (half of the registered capacity at least): {required}"
        " needed, {possible} stated."
    ),
    "overnight_least": N_(
        "Overnight capacity (a third of the day-use capacity at least): {required}"
        " needed, {possible} stated."
    ),
    "wide_room": N_(
        "A day-use capacity of {required} asks for living and dining rooms of {metres}"
        " m² or more (3 m² a head). Please check it yourself."
    ),
    "no_nights": N_("No night needs anybody of yours awake."),
    "night_date": N_("{dates}, at {at}: {able} can be awake at night.{why}"),
    "on_call_date": N_("{dates}: {able} can be on call.{why}"),
    "night_pair": N_(
        "{dates}: one person must be awake and another on call, and only {people} can"
        " do either."
    ),
    "visit_people": N_(
        "{dates}: {required} of the care staff needed by day, visits counted in people"
        "; {count} can come. {rest}"
    ),
    "care_people": N_(
        "{dates}, {span}: needed at the same time {required}, at most {possible} can be"
        " there. {rest}{allowed}{why}"
    ),
    "hours_short": N_(
        "{dates}, {span}: needed at the same time {required}{needs}, at most {possible}"
        " can be there, whoever has leave. {rest}{only}{allowed}"
    ),
    "hours_short_merged": N_(
        "{dates}, {span}: {each}, whoever has leave. {only}{allowed}"
    ),
    **dict.fromkeys(
        ("full_timer", "nurse", "full_time_nurse", "planner", "manager"),
        N_("{sought}, {required} needed: {names} on the staff list."),
    ),
    "cover": N_(
        "Cover rule “{name}” asks for {required}; {possible} of the staff list could"
        " be counted."
    ),
    "cover_nobody": N_(
        "Cover rule “{name}” asks for {required} ({asked}); on the staff list: {names}."
    ),
    "cover_date": N_(
        "{dates}: cover rule “{name}” asks for {required}; {able} can be counted.{why}"
    ),
    "event_few": N_(
        "{dates}: event “{name}” asks for {required}; {able} can come.{why}"
    ),
    "event_nobody": N_("{dates}: event “{name}”: {people} cannot come.{why}"),
    "contracts_fine": N_("Hours, days off and nights add up for {required}."),
    "cells_clash": N_(
        "{people}: {here} on {second} cannot follow {before} on {first}."
    ),
    "cell_clash": N_("{people}, {dates}: cannot be kept: {wanted}.{because}"),
    "on_call_pin": N_(
        "{people}, {dates}: the pinned night on call is not possible ({reasons})."
    ),
    "cover_pinned": N_(
        "{dates}: {required} fixed ({people}); cover rule “{name}” allows at most"
        " {possible}."
    ),
    "apart_pinned": N_(
        "{dates}: {people} must be apart, and are fixed to “{first_shift}” and"
        " “{second_shift}”, which overlap."
    ),
}

AS_WELL = {
    "night_date": N_("{dates} at night"),
    "on_call_date": N_("{dates} on call"),
    "care_people": N_("{dates}, {span}"),
    "cover_date": N_("{dates}, cover rule “{name}”"),
    "event_few": N_("{dates}, event “{name}”"),
}
"""What else fails for the reasons of a line, by its code."""

OF_NIGHTS = {
    "night_month": N_("Somebody awake is needed in {required}. {crew} {rest}{apart}"),
    "night_span": N_(
        "{dates}: somebody awake is needed in {required}. In these {crew} {rest}{apart}"
    ),
    "on_call_month": N_("Somebody on call is needed in {required}. {crew} {rest}"),
    "on_call_span": N_(
        "Week of {dates}: somebody on call is needed in {required}. {crew} {rest}"
    ),
    "hours_span": N_(
        "{span}: needed in the whole period {required}. {crew} {rest}{only}"
    ),
    "nights_min": N_(
        "{people}: agreed are {required} at least; at most {possible} are possible"
        " ({bound}). {rest}"
    ),
    "nights_together": N_(
        "Agreed are {required} at least: {shares}. Of all people together {possible}"
        " are possible.{allowed}"
    ),
    "contract_nights": N_(
        "In {window} somebody awake is needed in {required}. If hours and days off of"
        " everybody's contract are kept, {crew} {rest}"
    ),
    "on_call_week": N_(
        "{people}: {required} on call fixed in one week ({dates}); allowed at most"
        " {possible}."
    ),
    "nights_pinned": N_(
        "{people}: {required} fixed ({dates}); allowed at most {possible}."
    ),
    "nights_in_a_row": N_(
        "{people}: {required} in a row fixed ({dates}); allowed at most {possible}."
    ),
    "long_nights_in_a_row": N_(
        "{people}: {required} of 12 hours or more fixed in a row ({dates}); by your"
        " setting they come one at a time."
    ),
}

OF_HOURS = {
    "care_hours": N_(
        "{dates}: care by day needs {required}. {count} can come, which makes"
        " {possible} at most. {rest}{why}"
    ),
    "hours_all": N_(
        "Needed in all: care by day {care} + nights {night} + desks {desk} ="
        " {required}. By contract {possible} at most: {shares}{tail}. {rest}{law}"
    ),
    "planner_desk": N_(
        "Planning needs {required}. At most: {shares}.{taken} {rest}{law}"
    ),
    **dict.fromkeys(
        ("desk_early", "desk_late", "desk_tasks"),
        N_(
            "Planning, {window}, needs {required}. At most: {shares}.{taken}"
            " {rest}{law}"
        ),
    ),
    "nurse_minutes": N_(
        "Hours of nurses needed, as full-timers: {required}. At most: {shares}."
        " {rest}{law}"
    ),
    "manager_desk": N_(
        "Management needs {required}. At most: {shares}.{taken} {rest}{law}"
    ),
    "pile_up": N_(
        "{dates}: {count} want to be free ({people}). If the other {others} work as"
        " long as they may, care by day has {possible} of {required}. {rest} Not all of"
        " them can be free."
    ),
    "hours_min": N_(
        "{people}: agreed are {required} at least. {beside}; at most {sum} ="
        " {possible}{cap}. {rest}"
    ),
    "hours_between": N_(
        "{people}: agreed are {required} to {most}. With shifts of {lengths} the"
        " nearest sums are {possible} and {above}: none lies between."
    ),
    "hours_max": N_(
        "{people}: pins and musts alone make {possible}; agreed are {required} at most."
    ),
    "month_pinned": N_(
        "{people}: fixed shifts make {required}; the law allows {possible}."
    ),
}

OF_DAYS = {
    "days_off": N_(
        "{people}: owed are {required} off; of {dates_count}, {possible} can be days"
        " off. {rest}"
    ),
    "days_in_a_row": N_(
        "{people}: {required} of work in a row fixed ({dates}); allowed at most"
        " {possible}."
    ),
    "no_holiday": N_(
        "{people}, {window}: {required} must be a holiday by law, and pins and"
        " musts leave {possible}. Paid leave, absence and the morning after a night are"
        " none: leave a date for a day off."
    ),
    "week_pinned": N_(
        "{people}: {required} of work fixed in one week ({dates}); agreed at most"
        " {possible}."
    ),
}

SENTENCES: dict[Callable[[int], str], dict[str, str]] = {
    people_text: OF_PEOPLE,
    nights_text: OF_NIGHTS,
    duration_text: OF_HOURS,
    days_text: OF_DAYS,
    times_text: {
        "nurse_shifts": N_(
            "Shifts of nurses needed: {required}. At most: {shares}. {rest}{law}"
        ),
    },
    wishes_text: {
        "no_pile_up": N_(
            "{required} in all. If every day off asked for is given, enough people are"
            " left on each date."
        ),
    },
    cells_text: {
        "pins_fine": N_(
            "Pinned: {required}. No pin or must contradicts another or a limit."
        ),
    },
}
"""Sentences of lines, by the unit of their two sides and by their code."""

MENDS = {
    "night_band": N_("sheet “Office”, “Night band”: {span}"),
    "house_ratio": N_("sheet “Settings”, “Three to one at every moment”: {ratio}"),
    "shift_hours": N_("sheet “Shifts”, “{symbol}”: {span}"),
    "cover_most": N_("sheet “Cover rules”, “{name}”: at most {people}"),
    "minutes_min": N_("sheet “Staff”, {name}, “Hours, least”: {hours}"),
    "minutes_max": N_("sheet “Staff”, {name}, “Hours, most”: {hours}"),
    "days_off_min": N_("sheet “Staff”, {name}, “Days off owed”: {value}"),
    "days_per_week_max": N_("sheet “Staff”, {name}, “Days a week, most”: {value}"),
    "nights_min": N_("sheet “Staff”, {name}, “Nights, least”: {value}"),
    "nights_max": N_("sheet “Staff”, {name}, “Nights, most”: {value}"),
    "less_minutes_min": N_("sheet “Staff”, {names}, “Hours, least”: {hours} less each"),
    "less_days_off_min": N_(
        "sheet “Staff”, {names}, “Days off owed”: {days} less each"
    ),
    "more_nights_max": N_("sheet “Staff”, {names}, “Nights, most”: {by} more each"),
    "long_nights_apart": N_(
        "sheet “Settings”, “Nights of 12 hours or more: not in a row”: {held}"
    ),
    "nights_most": N_(
        "sheet “Settings for experts”, “Nights of a person, most”: {value}"
    ),
}
"""Sentences of the changes that mend a line, by their code."""


UNITS = {code: unit for unit, texts in SENTENCES.items() for code in texts}
TEXTS = ChainMap(*SENTENCES.values())


def topic_name(topic: Topic) -> str:
    """Return the heading of a topic."""
    return _(TOPICS[topic])


def verdict_name(line: Line) -> str:
    """Return the name of a line's verdict; another if only a contract is broken."""
    if line.verdict is Verdict.IMPOSSIBLE and line.contract:
        return _("against the contract")
    return _(VERDICTS[line.verdict])


def headline(lines: Iterable[Line]) -> str:
    """Write how many sums do not add up, and how many are tight."""
    told = tuple(lines)
    law = sum(line.breaks_law for line in told)
    tight = sum(line.verdict is Verdict.TIGHT for line in told)
    contract = sum(line.verdict is Verdict.IMPOSSIBLE for line in told) - law
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
    text += _as_well(line) + mends_text(line.mends)
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


def mends_text(mends: Sequence[Mend]) -> str:
    """Write the changes that each mend a line; empty if none is known."""
    if not mends:
        return ""
    listed = _("; ").join(map(mend_text, mends))
    if len(mends) == 1:
        return _(" This makes up for it: {listed}.").format(listed=listed)
    return _(" Any one of these makes up for it: {listed}.").format(listed=listed)


def mend_text(mend: Mend) -> str:
    """Write one change: sheet, entry, and its new value."""
    facts: dict[str, int | str] = dict(mend.facts)
    facts["ratio"] = name_of(HouseRatio.GUIDELINE)
    facts["held"] = name_of(Hold.GUIDELINE)
    if "by" in facts:
        facts["names"] = "、".join(str(facts["name"]).split(AND))
        facts["hours"] = duration_text(int(facts["by"]))
        facts["days"] = days_text(int(facts["by"]))
    if "begin" in facts:
        facts["span"] = hours_text(facts)
    if "most" in facts:
        facts["people"] = people_text(int(facts["most"]))
    if "value" in facts:
        hours, minutes = divmod(int(facts["value"]), HOUR)
        facts["hours"] = f"{hours}:{minutes:02d}"
    return _(MENDS[mend.code]).format(**facts)
