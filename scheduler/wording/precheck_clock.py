"""Hours by the clock in the sentences of a precheck: needs, shifts, cover rules."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scheduler.domain.clock import ONE_DAY
from scheduler.domain.shifts import OffKind
from scheduler.wording.names import days_text, off_name, people_text
from scheduler.wording.notation import OR
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.domain.precheck import Line


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
                "somebody was."
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
