"""Parts of the sentences of a precheck: names, reasons, sums, hours by the clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from scheduler.domain.clock import ONE_DAY, Interval
from scheduler.domain.precheck import AND, BlockedBy, Line, Verdict
from scheduler.domain.requests import Request, Want
from scheduler.domain.shifts import OffKind, Role
from scheduler.wording.duties import wish_text
from scheduler.wording.names import (
    days_text,
    duration_text,
    name_of,
    off_name,
    people_text,
    role_name,
    times_text,
    word_of,
)
from scheduler.wording.notation import OR
from scheduler.wording.times import date_text, dates_text, dates_told, span_text
from scheduler.wording.translation import _, ngettext


def nights_text(number: int) -> str:
    """Write a number of nights: 3夜."""
    return ngettext("{number} night", "{number} nights", number).format(number=number)


def _able(line: Line) -> str:
    names = "、".join(line.people)
    return _("only {names}").format(names=names) if names else _("nobody")


def _crew(line: Line, amount: Callable[[int], str]) -> str:
    """Write who can do the work, and how much together."""
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
    """Write who cannot, and why."""
    if not line.obstacles:
        return ""
    people: dict[BlockedBy, list[str]] = {}
    for one in line.obstacles:
        people.setdefault(one.why, []).append(one.staff)
    reasons = _("; ").join(
        _("{names} ({reason})").format(names="、".join(names), reason=name_of(bar))
        for bar, names in people.items()
    )
    return _(" Cannot: {reasons}.").format(reasons=reasons)


def _because(line: Line) -> str:
    """Write why the person cannot, if there are reasons."""
    reasons = _reasons(line)
    return _(" Reason: {reasons}.").format(reasons=reasons) if reasons else ""


def hours_text(facts: Mapping[str, int | str]) -> str:
    """Write the hours from the facts ``begin`` and ``end``."""
    return span_text(Interval(int(facts["begin"]), int(facts["end"])))


def _hours(line: Line, name: str) -> str:
    return duration_text(number_of(line, name))


def _tail(line: Line) -> str:
    """Write the hours from shifts begun in last month's tail, if any."""
    text = _(" (and {minutes} begun last month)").format(minutes=_hours(line, "tail"))
    return text if number_of(line, "tail") else ""


def _apart(line: Line) -> str:
    """Write the setting that keeps long nights apart, if it may matter."""
    text = _(" (Nights of 12 hours or more come one at a time by your setting.)")
    return text if number_of(line, "apart") else ""


def _carried(line: Line) -> str:
    """Write whose night of last month is counted, which no limit of this month does."""
    carried = str(line.facts.get("carried", ""))
    if not carried:
        return ""
    names = "、".join(carried.split(AND))
    return _(" (One of {names} is the last night of last month.)").format(names=names)


def _weekly(line: Line) -> str:
    """Write the limit of nights on call in a week, and how many more people it takes.

    Nothing is said where the sum adds up.
    """
    if line.verdict is Verdict.FINE:
        return ""
    text = ""
    if most := number_of(line, "weekly"):
        text = _(
            " (With the permission for night standby, each {most} a week at most.)"
        )
        if not number_of(line, "permitted"):
            text = _(
                " (By your setting for standby at home, each {most} a week at most.)"
            )
        text = text.format(most=times_text(most))
    by_week = number_of(line, "by_week")
    if by_week > line.required - line.possible:
        text += _(" Week by week {nights} are missing in all.").format(
            nights=nights_text(by_week)
        )
    if count := number_of(line, "more"):
        text += _(
            " At least {people} more must be able to be on call (staff list, “Takes on "
            "call”)."
        ).format(people=people_text(count))
    return text


def _law(line: Line, amount: Callable[[int], str]) -> str:
    """Write what the law alone would allow, if the sum does not add up."""
    # Where nobody can do it, the law's limits are not the matter.
    if line.verdict is not Verdict.IMPOSSIBLE or not line.shares:
        return ""
    lawful = amount(number_of(line, "lawful"))
    if line.contract:
        text = _(" The law would allow {lawful}: not without going beyond contracts.")
    else:
        text = _(" The law allows no more than {lawful}.")
    return text.format(lawful=lawful)


def _taken(line: Line) -> str:
    """Write the hours of desk workers that care by day needs, if any."""
    if not number_of(line, "care") or not line.people:
        return ""
    text = _(" Of {works} that they can work, care by day needs {care}.")
    return text.format(works=_hours(line, "works"), care=_hours(line, "care"))


def _asked(line: Line) -> str:
    """Write which people a cover rule asks for."""
    facts = line.facts
    parts = [str(facts[key]) for key in ("qualification", "group") if key in facts]
    if "role" in facts:
        parts.append(role_name(Role(str(facts["role"]))))
    if "shift" in facts:
        parts.append(f"「{facts['shift']}」")
    return "・".join(parts) or _("anybody")


def _beside(line: Line) -> str:
    """Write the number of dates beside days off, and of those open to shifts."""
    owed, begins = number_of(line, "owed"), number_of(line, "begins")
    room = number_of(line, "dates") - owed
    text = days_text(number_of(line, "dates"))
    if owed:
        text = _("{dates} - {owed} off = {working}").format(
            dates=text, owed=days_text(owed), working=days_text(room)
        )
    if begins < room:
        text += _(", of which {days} for shifts by weekdays, days a week and holidays")
        text = text.format(days=days_text(begins))
    return text


def _sum(line: Line) -> str:
    """Write the parts of the fullest month: nights, shifts, leave, absence."""
    parts = []
    nights, shifts, leave, absent = (
        number_of(line, name) for name in ("nights", "shifts", "leave", "absent")
    )
    if nights:
        text = _("{nights} of {length}")
        length = _hours(line, "night")
        parts.append(text.format(nights=nights_text(nights), length=length))
    if shifts:
        length = _hours(line, "shift")
        text = _("{times} of work, {length} at the longest")
        parts.append(text.format(times=times_text(shifts), length=length))
    if leave:
        parts.append(_("{days} of paid leave").format(days=days_text(leave)))
    if absent:
        parts.append(_("{days} of absence").format(days=days_text(absent)))
    if parts and number_of(line, "extra"):
        text = _("{length} of events and the like")
        parts.append(text.format(length=_hours(line, "extra")))
    return " + ".join(parts) or _("no work")


def _cap(line: Line) -> str:
    """Write the month's cap, legal or by the week, if it limits the hours."""
    text = _(" (legal cap of the month {cap})")
    if number_of(line, "week"):
        text = _(" ({cap} by the most hours a week, {week})")
    text = text.format(cap=_hours(line, "cap"), week=_hours(line, "week"))
    return text if number_of(line, "worked") > number_of(line, "cap") else ""


def _working(line: Line) -> str:
    dates = "employed" if "employed" in line.facts else "dates"
    return days_text(number_of(line, dates) - number_of(line, "owed"))


def _wanted(line: Line) -> str:
    """Write what a cell should be by its pin and must-have wishes."""
    parts = []
    pin = str(line.facts["pin"])
    if pin:
        parts.append(_("pinned: {entry}").format(entry=entry_text(pin)))
    for wish in _wishes(line):
        parts.append(_("must: {wish}").format(wish=wish_text(wish)))
    return _(" and ").join(parts)


def _wishes(line: Line) -> Iterator[Request]:
    """Yield the must-have wishes of a cell, parsed from its line."""
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


def _lengths(line: Line) -> str:
    """Write the lengths of a person's shifts."""
    lengths = str(line.facts["lengths"]).split(",")
    return "・".join(duration_text(int(length)) for length in lengths if length)


def _reasons(line: Line) -> str:
    return "、".join(name_of(one.why) for one in line.obstacles)


def needs(line: Line) -> str:
    """Write why people are needed at the hours of a line."""
    if line.required <= number_of(line, "always"):
        return _(" (somebody must always be there by day)")
    least, most = number_of(line, "users_least"), number_of(line, "users_most")
    users = people_text(most) if least == most else f"{least}–{people_text(most)}"
    out = number_of(line, "out")
    if out:
        text = _(" (users in the house: {users}; on visits and at tasks: {out})")
        return text.format(users=users, out=people_text(out))
    return _(" (users in the house: {users})").format(users=users)


def each(line: Line) -> str:
    """Write what is needed and possible on how many dates, for merged lines."""
    counts: Counter[str] = Counter()
    for one in line.merged:
        text = _("needed at the same time {required}{needs}, at most {possible} there")
        counts[
            text.format(
                required=people_text(one.required),
                needs=needs(one),
                possible=people_text(one.possible),
            )
        ] += len(one.dates)
    text = _("on {days} {what}")
    return _("; ").join(
        text.format(days=days_text(number), what=what)
        for what, number in counts.most_common()
    )


def only(line: Line) -> str:
    """Write the only shifts at the hours of a line, and what last month may lack."""
    # On the first morning the shifts of last month's tail are all there is.
    most = max(line.merged or (line,), key=lambda one: len(one.dates))
    if str(most.facts["shifts"]):
        text = _(" Only {shifts} covers these hours.")
        sentence = text.format(shifts=entries(most, "shifts"))
    else:
        sentence = _(" No shift covers these hours.")
    for one in line.merged or (line,):
        if one.facts.get("eve"):
            text = _(
                " “Last month” has nobody on {shifts} on {date}: write it there if "
                "somebody was (on the page: “Material”, “The last days before”)."
            )
            date = date_text(one.dates[0] - ONE_DAY)
            sentence += text.format(shifts=entries(one, "eve"), date=date)
    return sentence


def allowed(line: Line) -> str:
    """Write which cover rules allow no more."""
    if not line.rules:
        return ""
    names = "、".join(f"「{name}」" for name in line.rules)
    return _(" Cover rules that allow no more: {names}.").format(names=names)


def number_of(line: Line, name: str) -> int:
    """Return a number among the facts of a line."""
    return int(line.facts[name])


def entries(line: Line, name: str) -> str:
    """Write the shifts and kinds of day off in a fact."""
    return OR.join(map(entry_text, str(line.facts[name]).split(OR)))


def entry_text(entry: str) -> str:
    """Write a shift's symbol or a kind of day off."""
    return off_name(OffKind(entry)) if entry in tuple(OffKind) else f"「{entry}」"


def _window(line: Line) -> str:
    """Write the stretches between a line's dates: of each two the first and the last.

    Days of the month from the 20th on are two in a period from the 21st to the 20th.
    """
    ends = zip(line.dates[::2], line.dates[1::2], strict=True)
    return "、".join(dates_text(first, last) for first, last in ends)


PARTS: dict[str, Callable[[Line], str]] = {
    "people": lambda line: "、".join(line.people),
    "names": lambda line: "、".join(line.people) or _("nobody"),
    "able": _able,
    "count": lambda line: people_text(len(line.people)),
    "dates": lambda line: dates_told(line.dates),
    "when": lambda line: f"{dates_told(line.dates)}: " if line.dates else "",
    "window": _window,
    "first": lambda line: date_text(line.dates[0]),
    "second": lambda line: date_text(line.dates[1]),
    "span": lambda line: hours_text(line.facts),
    "sought": lambda line: word_of("sought", line.code),
    "asked": _asked,
    "why": _why,
    "because": _because,
    "reasons": _reasons,
    "needs": needs,
    "each": each,
    "only": only,
    "allowed": allowed,
    "tail": _tail,
    "apart": _apart,
    "carried": _carried,
    "weekly": _weekly,
    "taken": _taken,
    "cap": _cap,
    "beside": _beside,
    "sum": _sum,
    "working": _working,
    "lengths": _lengths,
    "wanted": _wanted,
    "first_shift": lambda line: str(line.facts["first"]),
    "second_shift": lambda line: str(line.facts["second"]),
}
"""Functions that write part of a sentence from the line alone, by name."""

SUMS = {"crew": _crew, "shares": _shares, "rest": _rest, "law": _law}
"""Functions that also need the unit of the line's two sides, by name."""
