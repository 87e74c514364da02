"""The sums of a precheck as sentences that show the whole of the arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.clock import Interval
from scheduler.domain.precheck import Bar, Bound, Topic, Verdict
from scheduler.domain.requests import Request, Want
from scheduler.domain.shifts import OffKind, Role
from scheduler.wording.duties import wish_text
from scheduler.wording.mends import mends_text
from scheduler.wording.names import (
    days_text,
    duration_text,
    off_name,
    people_text,
    role_name,
    times_text,
)
from scheduler.wording.notation import OR
from scheduler.wording.times import (
    clock_text,
    date_text,
    dates_text,
    runs_text,
    span_text,
)
from scheduler.wording.translation import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scheduler.domain.precheck import Line

TOPICS = {
    Topic.CAPACITY: N_("Capacities"),
    Topic.NIGHTS: N_("Nights"),
    Topic.ON_CALL: N_("Nights on call"),
    Topic.CARE: N_("Care by day"),
    Topic.HOURS: N_("Hours of the period"),
    Topic.QUALIFIED: N_("Qualifications and cover rules"),
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
"""What stands in front of a line."""

BARS = {
    Bar.SYMBOL: N_("no such duty in the contract"),
    Bar.EMPLOYED: N_("not employed"),
    Bar.LAST_DATE: N_("the last date of employment"),
    Bar.WEEKDAY: N_("a weekday not agreed"),
    Bar.HOLIDAY: N_("public holiday"),
    Bar.BREAKS: N_("the break is too short"),
    Bar.NO_FLEX: N_("eight hours a day at most"),
    Bar.NO_NIGHT: N_("protected from work at night"),
    Bar.NIGHTS_MAX: N_("no night left by contract"),
    Bar.PER_WEEK: N_("nights on call of the week are taken"),
    Bar.HALF_LEAVE: N_("no half day of leave asked for"),
    Bar.ON_REQUEST: N_("a shift that nobody pinned or asked for"),
    Bar.DEADLINE: N_("billing days"),
    Bar.COVER: N_("a cover rule allows nobody"),
    Bar.PIN: N_("pinned otherwise"),
    Bar.LEAVE: N_("leave that must be granted"),
    Bar.WISH: N_("a wish that must be granted"),
    Bar.BEFORE: N_("because of the date before"),
    Bar.TAIL: N_("because of last month's end"),
    Bar.PIN_BEFORE: N_("a pin on the date before"),
    Bar.AFTER: N_("because of the date after"),
    Bar.PIN_AFTER: N_("a pin on the date after"),
    Bar.LEAVE_AFTER: N_("leave on the date after that must be granted"),
}
"""Why a person cannot."""

SOUGHT = {
    "full_timer": N_("Full-timer in care (A-09)"),
    "nurse": N_("Nurse (A-10)"),
    "planner": N_("Care manager with licence and training (A-11)"),
    "manager": N_("Full-time manager with training (A-13)"),
}
"""Whom the law wants on the list."""

TEXTS = {
    "day_use_least": N_(
        "Day-use capacity (half of the registered capacity at least, D): {required}"
        " needed, {possible} stated."
    ),
    "overnight_least": N_(
        "Overnight capacity (a third of the day-use capacity at least, D): {required}"
        " needed, {possible} stated."
    ),
    "wide_room": N_(
        "A day-use capacity of {required} asks for living and dining rooms of {metres}"
        " m² or more (3 m² a head). Please check it yourself."
    ),
    "no_nights": N_("No night needs anybody awake or on call."),
    "night_month": N_("Somebody awake is needed in {required}. {crew} {rest}{apart}"),
    "night_span": N_(
        "{dates}: somebody awake is needed in {required}. In these {crew} {rest}{apart}"
    ),
    "night_date": N_("{dates}, at {at}: {able} can be awake at night.{why}"),
    "on_call_month": N_("Somebody on call is needed in {required}. {crew} {rest}"),
    "on_call_span": N_(
        "Week of {dates}: somebody on call is needed in {required}. {crew} {rest}"
    ),
    "on_call_date": N_("{dates}: {able} can be on call.{why}"),
    "night_pair": N_(
        "{dates}: one person must be awake and another on call, and only {people} can"
        " do either."
    ),
    "care_hours": N_(
        "{dates}: care by day needs {required}. {count} can come, which makes"
        " {possible} at most. {rest}{why}"
    ),
    "care_people": N_(
        "{dates}, {span}: needed at the same time {required}, at most {possible} can be"
        " there. {rest}{allowed}{why}"
    ),
    "hours_short": N_(
        "{dates}, {span}: needed at the same time {required}{needs}, at most {possible}"
        " can be there, whoever has leave. {rest}{only}{allowed}"
    ),
    "hours_span": N_(
        "{span}: needed in the whole period {required}. {crew} {rest}{only}"
    ),
    "hours_all": N_(
        "Needed in all: care by day {care} + nights {night} + desks {desk} ="
        " {required}. By contract {possible} at most: {shares}{tail}. {rest}{law}"
    ),
    "planner_desk": N_("Planning needs {required}. At most: {shares}.{taken} {rest}"),
    "desk_early": N_(
        "Planning, {window}, needs {required}. At most: {shares}.{taken} {rest}"
    ),
    "desk_late": N_(
        "Planning, {window}, needs {required}. At most: {shares}.{taken} {rest}"
    ),
    "manager_desk": N_("Management needs {required}. At most: {shares}.{taken} {rest}"),
    "nurse_shifts": N_(
        "Shifts of nurses needed: {required}. At most: {shares}. {rest}"
    ),
    "full_timer": N_("{sought}, {required} needed: {names} on the staff list."),
    "nurse": N_("{sought}, {required} needed: {names} on the staff list."),
    "planner": N_("{sought}, {required} needed: {names} on the staff list."),
    "manager": N_("{sought}, {required} needed: {names} on the staff list."),
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
    "no_pile_up": N_(
        "{required} in all. If every day off asked for is given, enough people are left"
        " on each date."
    ),
    "pile_up": N_(
        "{dates}: {count} want to be free ({people}). If the other {others} work as"
        " long as they may, care by day has {possible} of {required}. {rest} Not all of"
        " them can be free."
    ),
    "contracts_fine": N_("Hours, days off and nights add up for {required}."),
    "days_off": N_(
        "{people}: owed are {required} off; of {dates_count}, {possible} can be days"
        " off. {rest}"
    ),
    "nights_min": N_(
        "{people}: agreed are {required} at least; at most {possible} are possible"
        " ({bound}). {rest}"
    ),
    "nights_together": N_(
        "Agreed are {required} at least: {shares}. Of all people together {possible}"
        " are possible.{allowed}"
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
    "pins_fine": N_(
        "Pinned: {required}. No pin or must contradicts another or a limit."
    ),
    "cells_clash": N_(
        "{people}: {here} on {second} cannot follow {before} on {first}."
    ),
    "cell_clash": N_("{people}, {dates}: cannot be kept: {wanted}.{because}"),
    "on_call_pin": N_(
        "{people}, {dates}: the pinned night on call is not possible ({reasons})."
    ),
    "on_call_week": N_(
        "{people}: {required} on call fixed in one week ({dates}); allowed at most"
        " {possible} (F-10)."
    ),
    "nights_pinned": N_(
        "{people}: {required} fixed ({dates}); allowed at most {possible} (L-05, F-13)."
    ),
    "nights_in_a_row": N_(
        "{people}: {required} in a row fixed ({dates}); allowed at most {possible}"
        " (F-13)."
    ),
    "long_nights_in_a_row": N_(
        "{people}: {required} of 12 hours or more fixed in a row ({dates}); by your"
        " setting they come one at a time (F-13)."
    ),
    "days_in_a_row": N_(
        "{people}: {required} of work in a row fixed ({dates}); allowed at most"
        " {possible} (F-13)."
    ),
    "no_holiday": N_(
        "{people}, {window}: {required} must be a holiday by law (F-06), and pins and"
        " musts leave {possible}. Paid leave, absence and the morning after a night are"
        " none: leave a date for a day off."
    ),
    "week_pinned": N_(
        "{people}: {required} of work fixed in one week ({dates}); agreed at most"
        " {possible} (L-04)."
    ),
    "month_pinned": N_(
        "{people}: fixed shifts make {required}; the law allows {possible} (F-02)."
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
"""What each line says, by its code."""


def nights_text(number: int) -> str:
    """Write a number of nights: 3夜."""
    return ngettext("{number} night", "{number} nights", number).format(number=number)


def wishes_text(number: int) -> str:
    """Write a number of wishes: 3件."""
    return ngettext("{number} wish", "{number} wishes", number).format(number=number)


def cells_fixed_text(number: int) -> str:
    """Write a number of pins: 3件."""
    return ngettext("{number} cell", "{number} cells", number).format(number=number)


UNITS: dict[Callable[[int], str], tuple[str, ...]] = {
    nights_text: (
        "night_month",
        "night_span",
        "hours_span",
        "on_call_month",
        "on_call_span",
        "nights_min",
        "nights_together",
        "nights_pinned",
        "nights_in_a_row",
        "long_nights_in_a_row",
        "on_call_week",
    ),
    duration_text: (
        "care_hours",
        "hours_all",
        "planner_desk",
        "desk_early",
        "desk_late",
        "manager_desk",
        "pile_up",
        "hours_min",
        "hours_between",
        "hours_max",
        "month_pinned",
    ),
    days_text: ("days_off", "days_in_a_row", "no_holiday", "week_pinned"),
    times_text: ("nurse_shifts",),
    wishes_text: ("no_pile_up",),
    cells_fixed_text: ("pins_fine",),
}
"""The unit of a line's two sides, by its code; people, where it stands nowhere."""


def topic_name(topic: Topic) -> str:
    """Return the heading of a topic."""
    return _(TOPICS[topic])


def verdict_name(line: Line) -> str:
    """Return a line's verdict in a word; of contracts, that they are meant."""
    if line.verdict is Verdict.IMPOSSIBLE and line.contract:
        return _("against the contract")
    return _(VERDICTS[line.verdict])


def headline(lines: Iterable[Line]) -> str:
    """Say how many sums do not add up, and how many hardly."""
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
    sentence = _(TEXTS[line.code]).format_map(_Facts(line)).strip()
    return sentence + mends_text(line.mends)


class _Facts(dict[str, str]):
    """What the sentences are filled with, each worked out when asked for."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line
        self._amount = next(
            (unit for unit, codes in UNITS.items() if line.code in codes), people_text
        )

    def __missing__(self, name: str) -> str:
        line = self._line
        match name:
            case "required" | "possible":
                return self._amount(getattr(line, name))
            case "people":
                return "、".join(line.people)
            case "count":
                return people_text(len(line.people))
            case "dates":
                return runs_text(line.dates)
            case "able":
                return _able(line)
            case "names":
                return "、".join(line.people) or _("nobody")
            case "crew":
                return _crew(line, self._amount)
            case "shares":
                return _shares(line, self._amount)
            case "rest":
                return _rest(line, self._amount)
            case "sought":
                return _(SOUGHT[line.code])
            case "why":
                return _why(line)
            case "only" | "allowed" | "needs":
                return {"only": _only, "allowed": _allowed, "needs": _needs}[name](line)
            case "reasons":
                return "、".join(_(BARS[one.bar]) for one in line.obstacles)
        return _OWN[name](line)


def _able(line: Line) -> str:
    names = "、".join(line.people)
    if not names:
        return _("nobody")
    return _("only {names}").format(names=names)


def _crew(line: Line, amount: Callable[[int], str]) -> str:
    """Write who can, and how much together."""
    if not line.shares:
        return _("Nobody can.")
    text = _("{count} can take at most {possible}: {shares}.")
    return text.format(
        count=people_text(len(line.shares)),
        possible=amount(line.possible),
        shares=_shares(line, amount),
    )


def _shares(line: Line, amount: Callable[[int], str]) -> str:
    shares = (f"{one.staff} {amount(one.amount)}" for one in line.shares)
    return "、".join(shares) or _("nobody")


def _rest(line: Line, amount: Callable[[int], str]) -> str:
    """Write what is missing or to spare."""
    if line.missing > 0:
        return _("{amount} missing.").format(amount=amount(line.missing))
    if line.missing == 0:
        return _("Nothing to spare.")
    return _("{amount} to spare.").format(amount=amount(-line.missing))


def _why(line: Line) -> str:
    """Write why others cannot."""
    if not line.obstacles:
        return ""
    reasons = "、".join(
        _("{name} ({reason})").format(name=one.staff, reason=_(BARS[one.bar]))
        for one in line.obstacles
    )
    return _(" Cannot: {reasons}.").format(reasons=reasons)


def _needs(line: Line) -> str:
    """Write why people are needed at some hours."""
    if line.required <= _number(line, "always"):
        return _(" (somebody must always be there by day)")
    least, most = _number(line, "users_least"), _number(line, "users_most")
    users = people_text(most) if least == most else f"{least}–{people_text(most)}"
    out = _number(line, "out")
    if out:
        text = _(" (users in the house: {users}; on visits: {out})")
        return text.format(users=users, out=people_text(out))
    return _(" (users in the house: {users})").format(users=users)


def _only(line: Line) -> str:
    """Write the only shifts at the hours of a line."""
    symbols = str(line.facts["shifts"])
    if not symbols:
        return _(" No shift covers these hours.")
    return _(" Only {shifts} covers these hours.").format(
        shifts=_entries("shifts")(line)
    )


def _allowed(line: Line) -> str:
    """Write which cover rules allow no more."""
    if not line.rules:
        return ""
    names = "、".join(f"「{name}」" for name in line.rules)
    return _(" Cover rules that allow no more: {names}.").format(names=names)


def _because(line: Line) -> str:
    """Write why the person cannot."""
    reasons = "、".join(_(BARS[one.bar]) for one in line.obstacles)
    return _(" Reason: {reasons}.").format(reasons=reasons) if reasons else ""


def _number(line: Line, name: str) -> int:
    return int(line.facts[name])


def _duration(name: str) -> Callable[[Line], str]:
    return lambda line: duration_text(_number(line, name))


def _days(name: str) -> Callable[[Line], str]:
    return lambda line: days_text(_number(line, name))


def _date(place: int) -> Callable[[Line], str]:
    return lambda line: date_text(line.dates[place])


def _entries(name: str) -> Callable[[Line], str]:
    return lambda line: OR.join(map(_entry, str(line.facts[name]).split(OR)))


def _entry(entry: str) -> str:
    """Write a shift's symbol or a kind of day off."""
    return off_name(OffKind(entry)) if entry in tuple(OffKind) else f"「{entry}」"


def _text(name: str) -> Callable[[Line], str]:
    return lambda line: str(line.facts[name])


def _span(line: Line) -> str:
    return span_text(Interval(_number(line, "begin"), _number(line, "end")))


def _tail(line: Line) -> str:
    """Write what last month's tail brings to all hours."""
    minutes = _number(line, "tail")
    if not minutes:
        return ""
    return _(" (and {minutes} begun last month)").format(minutes=duration_text(minutes))


def _apart(line: Line) -> str:
    """Write the setting that long nights come one at a time, where it may matter."""
    if not _number(line, "apart"):
        return ""
    return _(" (Nights of 12 hours or more come one at a time by your setting.)")


def _law(line: Line) -> str:
    """Write what the law alone would allow, where contracts do not suffice."""
    if line.verdict is not Verdict.IMPOSSIBLE:
        return ""
    lawful = duration_text(_number(line, "lawful"))
    if line.contract:
        text = _(" The law would allow {lawful}: not without going beyond contracts.")
    else:
        text = _(" The law allows no more than {lawful}.")
    return text.format(lawful=lawful)


def _taken(line: Line) -> str:
    """Write what care by day takes of the hours for a desk."""
    minutes = _number(line, "care")
    if not minutes or not line.people:
        return ""
    text = _(" Of {works} that they can work, care by day needs {care}.")
    return text.format(works=_duration("works")(line), care=duration_text(minutes))


def _asked(line: Line) -> str:
    """Write what a cover rule asks of a person."""
    facts = line.facts
    parts = [str(facts[key]) for key in ("qualification", "group") if key in facts]
    if "role" in facts:
        parts.append(role_name(Role(str(facts["role"]))))
    if "shift" in facts:
        parts.append(f"「{facts['shift']}」")
    return "・".join(parts) or _("anybody")


def _beside(line: Line) -> str:
    """Write how many dates are left beside the days off, and for shifts."""
    owed, begins = _number(line, "owed"), _number(line, "begins")
    room = _number(line, "dates") - owed
    text = days_text(_number(line, "dates"))
    if owed:
        text = _("{dates} - {owed} off = {working}").format(
            dates=text, owed=days_text(owed), working=days_text(room)
        )
    if begins < room:
        text += _(", of which {days} for shifts by weekdays, days a week and holidays")
        text = text.format(days=days_text(begins))
    return text


def _sum(line: Line) -> str:
    """Write what a month of the longest duties is made of."""
    parts = []
    nights, shifts, leave, absent = (
        _number(line, name) for name in ("nights", "shifts", "leave", "absent")
    )
    if nights:
        text = _("{nights} of {length}")
        length = duration_text(_number(line, "night"))
        parts.append(text.format(nights=nights_text(nights), length=length))
    if shifts:
        length = duration_text(_number(line, "shift"))
        text = _("{times} of work, {length} at the longest")
        parts.append(text.format(times=times_text(shifts), length=length))
    if leave:
        parts.append(_("{days} of paid leave").format(days=days_text(leave)))
    if absent:
        parts.append(_("{days} of absence").format(days=days_text(absent)))
    return " + ".join(parts) or _("no work")


def _cap(line: Line) -> str:
    """Write the month's legal cap where it is what limits the hours."""
    cap = _number(line, "cap")
    if _number(line, "worked") <= cap:
        return ""
    return _(" (legal cap of the month {cap})").format(cap=duration_text(cap))


def _working(line: Line) -> str:
    dates = "employed" if "employed" in line.facts else "dates"
    return days_text(_number(line, dates) - _number(line, "owed"))


def _wanted(line: Line) -> str:
    """Write what a cell is asked to be: by its pin, and by musts."""
    parts = []
    pin = str(line.facts["pin"])
    if pin:
        parts.append(_("pinned: {entry}").format(entry=_entry(pin)))
    for wish in _wishes(line):
        parts.append(_("must: {wish}").format(wish=wish_text(wish)))
    return _(" and ").join(parts)


def _wishes(line: Line) -> Iterator[Request]:
    """Read the musts of a cell out of its line."""
    for one in filter(None, str(line.facts["wishes"]).split(";")):
        want, _colon, shifts = one.partition(":")
        yield Request.model_validate(
            {
                "staff": line.people[0],
                "date": line.dates[0],
                "want": Want(want),
                "shifts": shifts.split(OR) if shifts else (),
            }
        )


BOUNDS = {
    Bound.LIMIT: N_("contract and office allow no more"),
    Bound.DATES: N_("one may begin on {dates_count}"),
    Bound.DAYS_OFF: N_(
        "{employed} - {owed} off = {working}, and each takes the next morning too"
    ),
    Bound.WEEKS: N_("shifts on {begins} at most, by days a week and holidays"),
    Bound.LAW: N_("{night} of work each, and the law allows {cap_hours} in the month"),
    Bound.HOURS: N_("{night} of work each, and agreed are {hours} at most"),
}
"""What keeps a person's nights down."""


def _bound(line: Line) -> str:
    """Write what keeps a person's nights down."""
    return _(BOUNDS[Bound(str(line.facts["bound"]))]).format_map(_Facts(line))


def _lengths(line: Line) -> str:
    """Write the lengths of a person's shifts."""
    lengths = str(line.facts["lengths"]).split(",")
    return "・".join(duration_text(int(length)) for length in lengths if length)


_OWN: dict[str, Callable[[Line], str]] = {
    "at": lambda line: clock_text(_number(line, "minute")),
    "span": _span,
    "window": lambda line: dates_text(line.dates[0], line.dates[-1]),
    "because": _because,
    "care": _duration("care"),
    "night": _duration("night"),
    "desk": _duration("desk"),
    "tail": _tail,
    "apart": _apart,
    "law": _law,
    "taken": _taken,
    "name": _text("name"),
    "asked": _asked,
    "metres": lambda line: str(_number(line, "metres")),
    "others": lambda line: people_text(_number(line, "others")),
    "dates_count": _days("dates"),
    "owed": _days("owed"),
    "working": _working,
    "beside": _beside,
    "employed": _days("employed"),
    "begins": _days("begins"),
    "cap_hours": _duration("cap"),
    "hours": _duration("hours"),
    "most": _duration("most"),
    "above": _duration("above"),
    "lengths": _lengths,
    "bound": _bound,
    "sum": _sum,
    "cap": _cap,
    "first": _date(0),
    "second": _date(1),
    "before": _entries("before"),
    "here": _entries("here"),
    "wanted": _wanted,
    "first_shift": _text("first"),
    "second_shift": _text("second"),
}
"""Facts of single codes."""
