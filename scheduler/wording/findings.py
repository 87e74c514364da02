"""Rules and findings in words: titles and sources; when, who, what, how much.

Records of rules hold English message ids; `tools.messages` reads them out of the
rulebook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Finding, Stance, Unit
from scheduler.domain.requests import Request
from scheduler.domain.shifts import OffKind, Role
from scheduler.rulebook import Facet, Rule, Rulebook, yielding
from scheduler.wording.duties import entry_text, wish_text
from scheduler.wording.names import (
    NAMES,
    counted_name,
    days_text,
    duration_text,
    people_text,
    share_text,
    times_text,
)
from scheduler.wording.notation import OR
from scheduler.wording.times import date_text, dates_text, stretch_text
from scheduler.wording.translation import _, pgettext

REASONS = NAMES["outside_contract"]
"""Why a duty lies outside a contract (L-01)."""

BURDENS = NAMES["burdens"]
"""Burdens that are shared unevenly (M-01)."""

CAPACITIES = NAMES["capacities"]
"""Capacities that are exceeded for a stated reason (D)."""


def detail_text(finding: Finding) -> str:
    """Write the detail of a finding; empty if its title says it all."""
    facts = finding.facts
    if "before" in facts:
        text = _("{wish}, refused {times} in the months before")
        times = times_text(int(facts["before"]))
        return text.format(wish=wish_text(_request(finding)), times=times)
    if "want" in facts:
        return wish_text(_request(finding))
    if "pinned" in facts:
        pinned, planned = (_entry(facts, side) for side in ("pinned", "planned"))
        return _("{before} -> {after}").format(before=pinned, after=planned)
    if "burden" in facts and facts.get("shift"):
        return str(facts["shift"])
    if "counted" in facts:
        return counted_name(str(facts["counted"]))
    for name, words in (
        ("reason", REASONS),
        ("burden", BURDENS),
        ("kind", CAPACITIES),
    ):
        if facts.get(name) in words:
            return _(words[str(facts[name])])
    return str(facts.get("name", ""))


def _entry(facts: Mapping[str, int | str], side: str) -> str:
    """Write what was pinned, or what is planned: 早, 日 (管理), 公休."""
    said = str(facts[side])
    if not said:
        return _("nothing")
    off = OffKind(said) if said in tuple(OffKind) else None
    roles = str(facts.get(f"{side}_roles", "")).split("/")
    text = entry_text(said, off, (Role(role) for role in roles if role))
    if side == "planned" and facts.get("called"):
        return _("{entry} and on call").format(entry=text)
    return text


def _request(finding: Finding) -> Request:
    """Return the refused request that a finding is about, from its facts."""
    shifts = str(finding.facts["shifts"])
    return Request.model_validate(
        {
            "staff": finding.people[0],
            "date": finding.date,
            "want": finding.facts["want"],
            "shifts": shifts.split(OR) if shifts else (),
        }
    )


UNITS = {
    Unit.PERSON_MINUTES: duration_text,
    Unit.MINUTES: duration_text,
    Unit.DAYS: days_text,
    Unit.TIMES: times_text,
    Unit.THOUSANDTHS: share_text,
    Unit.PEOPLE: people_text,
}


def finding_text(
    finding: Finding,
    rulebook: Rulebook,
    *,
    when: str | None = None,
    people: Sequence[str] | None = None,
) -> str:
    """Write a finding as one sentence.

    Parameters
    ----------
    when, people
        Written in place of the finding's own time and people.

    Raises
    ------
    KeyError
        If the rulebook does not know the rule.
    """
    rule = rulebook[finding.rule]
    when = when_text(finding) if when is None else when
    names = "、".join(finding.people if people is None else people)
    where = " ".join(part for part in (finding.house, when, names) if part)
    parts = (
        where,
        _titled(finding, rule),
        _sides(finding, rule),
        _agreed(finding, rule),
    )
    sentence = " ".join(filter(None, parts))
    return f"{sentence} {confirm_text(rule)}".rstrip()


class FindingWords(NamedTuple):
    """A finding in parts, as it is told beside the cell that it is about."""

    when: str
    """Date and clock time; empty if it has none."""
    who: str
    what: str
    """Title and limit."""
    sides: str
    """What is required and what is planned, and what was agreed on."""
    source: str
    """The rule's id and where it stands, and whom to ask if that is not certain."""


def finding_words(finding: Finding, rulebook: Rulebook) -> FindingWords:
    """Write a finding in parts.

    Raises
    ------
    KeyError
        If the rulebook does not know the rule.
    """
    rule = rulebook[finding.rule]
    what = _titled(finding, rule)
    sides = " ".join(filter(None, (_sides(finding, rule), _agreed(finding, rule))))
    source = f"{cited_source(rule, finding.facet)} {confirm_text(rule)}"
    who = "、".join(finding.people)
    return FindingWords(when_text(finding), who, what, sides, source.rstrip())


def limit_text(rule: Rule, facet: str, detail: str = "") -> str:
    """Write the name of a limit: rule, facet, and a detail if given."""
    name = f"{rule_title(rule)}: {facet_title(rule.facet[facet])}"
    return _with(name, detail)


def unit_text(unit: Unit, number: int) -> str:
    """Write an amount in its unit, a percentage or tenths of a full-timer too."""
    match unit:
        case Unit.PERCENT:
            return f"{number}%"
        case Unit.FTE_TENTHS:
            return f"{number / 10:.1f}"
        case _:
            return UNITS[unit](number)


class OfLimit(Protocol):
    """An object about one limit of a rule, such as a finding."""

    @property
    def rule(self) -> str:
        """Id of the rule."""

    @property
    def facet(self) -> str:
        """Facet of the rule."""


def amount_of(rulebook: Rulebook, one: OfLimit, number: int) -> str:
    """Write an amount in the unit of the limit that something is about."""
    return unit_text(rulebook.facet_of(one).unit, number)


def bound_sign(at_most: bool) -> str:
    """Return the sign of a limit: at most, or at least."""
    return "≦" if at_most else "≧"


def _titled(finding: Finding, rule: Rule) -> str:
    text = _("{title}: {what}")
    return text.format(title=rule_title(rule), what=_what(finding, rule))


def _what(finding: Finding, rule: Rule) -> str:
    title = facet_title(rule.facet[finding.facet])
    detail = detail_text(finding)
    return _with(title, detail)


def _with(text: str, detail: str) -> str:
    told = _("{what} ({detail})")
    return told.format(what=text, detail=detail) if detail else text


class Timed(Protocol):
    """Something found on a date, or between two moments."""

    @property
    def date(self) -> dt.date | None:
        """Its date; ``None`` if it has none."""

    @property
    def begin(self) -> dt.datetime | None:
        """Its begin, ``None`` if it is not between two moments."""

    @property
    def end(self) -> dt.datetime | None:
        """Its end."""


def when_text(finding: Timed) -> str:
    """Write the time of a finding: date and clock, whole dates, or nothing."""
    if finding.begin is not None and finding.end is not None and _is_whole(finding):
        return dates_text(finding.begin.date(), finding.end.date() - ONE_DAY)
    day = day_of(finding)
    return f"{date_text(day)} {clock_of(finding)}".rstrip() if day else ""


def day_of(finding: Timed) -> dt.date | None:
    """Return the date of a finding; ``None`` if it has several, or none."""
    if finding.begin is not None and _is_whole(finding):
        return None
    if finding.date is None and finding.begin is not None:
        return finding.begin.date()
    return finding.date


def clock_of(finding: Timed) -> str:
    """Write the clock time of a finding on its date; empty if it has none."""
    date = day_of(finding)
    if date is None or finding.begin is None or finding.end is None:
        return ""
    return stretch_text(finding.begin, finding.end, date)


def _is_whole(finding: Timed) -> bool:
    """Tell whether a finding begins and ends at midnight."""
    if finding.begin is None or finding.end is None:
        return False
    return finding.begin.time() == finding.end.time() == dt.time()


def _agreed(finding: Finding, rule: Rule) -> str:
    """Write the amount agreed on beforehand; empty if there is none."""
    if "agreed" not in finding.facts:
        return ""
    amount = UNITS[rule.facet[finding.facet].unit](int(finding.facts["agreed"]))
    return _("[agreed: {amount}]").format(amount=amount)


def _sides(finding: Finding, rule: Rule) -> str:
    """Write both sides of the comparison; empty for refusals of months before."""
    if "before" in finding.facts:
        return ""
    amount_text = UNITS[rule.facet[finding.facet].compared_in]
    if "burden" in finding.facts and finding.stance is Stance.FAIR:
        text = _("(with the months before, fair would be {required}, planned {actual})")
    elif finding.stance in (Stance.GUIDELINE, Stance.COMFORT):
        text = _("(guideline {required}, planned {actual})")
    elif finding.required < finding.actual:
        text = _("(at most {required}, planned {actual})")
    else:
        text = _("(required {required}, planned {actual})")
    return text.format(
        required=amount_text(finding.required),
        actual=amount_text(finding.actual),
    )


LABOUR_LAW = ("F", "Z")
"""Letters of the rules that the Labour Standards Inspection Office enforces, or
may come to enforce."""

HELD_AS = NAMES["held_as"]
"""Title of a limit that is less than a must, by its stance."""


def rule_title(rule: Rule) -> str:
    """Return the title of a rule."""
    return pgettext("rule", rule.title)


def facet_title(facet: Facet) -> str:
    """Return the title of a facet, with its stance if that is less than a must."""
    title = pgettext("limit", facet.title)
    if facet.graded and facet.stance in HELD_AS:
        return _(HELD_AS[facet.stance]).format(title=title)
    return title


def source_text(rule: Rule, facet: str | None = None) -> str:
    """Return the source of a rule or of its facet: article, notice, or a setting."""
    own = rule.facet[facet].source if facet else ""
    return _(own or rule.source)


def cited_source(rule: Rule, facet: str | None = None) -> str:
    """Return the source with the rule's id, which no other sentence has."""
    return f"{rule.id} {source_text(rule, facet)}"


def confirm_text(rule: Rule) -> str:
    """Return whom to ask about a rule of uncertain source; empty if it is certain."""
    if not rule.confidence.to_be_confirmed:
        return ""
    if rule.id.startswith(LABOUR_LAW):
        return _("[to be confirmed with the Labour Standards Inspection Office]")
    return _("[to be confirmed with the municipality]")


def exception_name(key: tuple[str, str]) -> str:
    """Return the name of an exception to a facet, as in the sheet of agreements.

    Parameters
    ----------
    key
        Rule and facet.

    Raises
    ------
    KeyError
        If no exception to the facet can be agreed on.
    """
    return _(yielding()[key].exception)
