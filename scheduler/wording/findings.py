"""A finding as one plain sentence: when, who, what, required and planned."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scheduler.domain.finding import Unit
from scheduler.wording.details import detail_text
from scheduler.wording.names import (
    days_text,
    duration_text,
    people_text,
    share_text,
    times_text,
)
from scheduler.wording.times import date_text, dates_text, stretch_text
from scheduler.wording.translation import _, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.domain.finding import Finding
    from scheduler.rulebook import Rule, Rulebook

UNITS = {
    Unit.PERSON_MINUTES: duration_text,
    Unit.MINUTES: duration_text,
    Unit.DAYS: days_text,
    Unit.TIMES: times_text,
    Unit.THOUSANDTHS: share_text,
    Unit.PEOPLE: people_text,
}

LABOUR_LAW = "F"
"""The family of rules on which the Labour Standards Inspection Office decides."""


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
    finding
        What an audit found.
    rulebook
        Where the rule's title and confidence stand.
    when, people
        What is said in place of its own time and its own people.

    Raises
    ------
    KeyError
        If the rulebook does not know the rule.
    """
    rule = rulebook[finding.rule]
    when = when_text(finding) if when is None else when
    names = "、".join(finding.people if people is None else people)
    where = " ".join(part for part in (when, names) if part)
    text = _("{rule} {title}: {what}").format(
        rule=rule.id, title=_title(rule), what=_what(finding, rule)
    )
    sides = _sides(finding, rule)
    agreed = _agreed(finding, rule)
    sentence = " ".join(part for part in (where, text, sides, agreed) if part)
    return f"{sentence} {confirm_text(rule)}".rstrip()


def confirm_text(rule: Rule) -> str:
    """Return whom to ask about a rule that no text backs; empty where one does."""
    if not rule.confidence.to_be_confirmed:
        return ""
    if rule.id.startswith(LABOUR_LAW):
        return _("[to be confirmed with the Labour Standards Inspection Office]")
    return _("[to be confirmed with the municipality]")


def source_text(rule: Rule, facet: str) -> str:
    """Return where a limit stands: article, notice, or the office's own setting."""
    own = rule.facet[facet]
    named = own if own.source else rule
    return named.source_ja if language() == "ja" else named.source


def _title(rule: Rule) -> str:
    return rule.title_ja if language() == "ja" else rule.title


def _what(finding: Finding, rule: Rule) -> str:
    facet = rule.facet[finding.facet]
    title = facet.title_ja if language() == "ja" else facet.title
    detail = detail_text(finding)
    return f"{title} ({detail})" if detail else title


def when_text(finding: Finding) -> str:
    """Write when a finding is: date and clock, whole dates, or nothing."""
    if finding.begin is not None and finding.end is not None and _is_whole(finding):
        return dates_text(finding.begin.date(), finding.end.date() - dt.timedelta(1))
    day = day_of(finding)
    return f"{date_text(day)} {clock_of(finding)}".rstrip() if day else ""


def day_of(finding: Finding) -> dt.date | None:
    """Return the date of a finding; ``None`` if it speaks of more, or of none."""
    if finding.begin is not None and _is_whole(finding):
        return None
    if finding.date is None and finding.begin is not None:
        return finding.begin.date()
    return finding.date


def clock_of(finding: Finding) -> str:
    """Write from when to when a finding is, on its date; empty if it has no clock."""
    date = day_of(finding)
    if date is None or finding.begin is None or finding.end is None:
        return ""
    return stretch_text(finding.begin, finding.end, date)


def _is_whole(finding: Finding) -> bool:
    """Tell whether a finding is about whole dates."""
    if finding.begin is None or finding.end is None:
        return False
    return finding.begin.time() == finding.end.time() == dt.time()


def _agreed(finding: Finding, rule: Rule) -> str:
    """Tell how much of it was agreed on beforehand; empty if nothing was."""
    if "agreed" not in finding.facts:
        return ""
    amount = UNITS[rule.facet[finding.facet].unit](int(finding.facts["agreed"]))
    return _("[agreed: {amount}]").format(amount=amount)


def _sides(finding: Finding, rule: Rule) -> str:
    if "before" in finding.facts:
        return ""
    amount_text = UNITS[rule.facet[finding.facet].compared_in]
    if finding.required < finding.actual:
        text = _("(at most {required}, planned {actual})")
    else:
        text = _("(required {required}, planned {actual})")
    return text.format(
        required=amount_text(finding.required),
        actual=amount_text(finding.actual),
    )
