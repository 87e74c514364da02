"""Advice in words: what is not settled, settings, hiring, people of other offices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from scheduler.domain.advice import Advice, Hire, Loan, Repair, Step
from scheduler.domain.clock import ONE_DAY
from scheduler.domain.finding import Finding, Stance, Unit
from scheduler.domain.period import Period
from scheduler.domain.scenario import Scenario
from scheduler.domain.shifts import Role
from scheduler.domain.staff import StaffMember
from scheduler.rulebook import Rulebook, load
from scheduler.wording.findings import finding_words
from scheduler.wording.names import (
    days_text,
    duration_text,
    people_text,
    role_name,
    stance_name,
    times_text,
    word_of,
)
from scheduler.wording.places import in_house
from scheduler.wording.precheck import mend_text
from scheduler.wording.reasons import level_text
from scheduler.wording.times import date_text, dates_shortly, span_text, weekdays_text
from scheduler.wording.translation import _


def unsettled_text(advice: Advice) -> str:
    """Write of which levels the search has not ended; empty if there is none."""
    if not advice.unsettled:
        return ""
    if advice.repairs or advice.settings:
        text = _(
            "{levels}: the search ended before it was known whether a roster can keep "
            "it. What is told as a way out was solved and audited, but perhaps less or "
            "nothing need be asked; more time may tell."
        )
    else:
        text = _(
            "{levels}: the search ended before it was known whether a roster can keep "
            "it; more time may tell."
        )
    return text.format(levels="・".join(map(stance_name, advice.unsettled)))


def no_way_text(advice: Advice, offered: Collection[Repair]) -> str:
    """Write why there is no way out to choose, and what to do; empty if there is one.

    That time was up and that there is none are two things, and are told apart.

    Parameters
    ----------
    offered
        The repairs that are offered.
    """
    why = advice.causes or advice.sums or advice.unexplained or advice.unsettled
    is_much = advice.asks_too_much or any(not one.remaining for one in advice.repairs)
    if offered or advice.settings or not (why or is_much):
        return ""
    if any(one.remaining for one in advice.repairs):
        return _("It was searched to the end: nothing that can be asked for mends all.")
    if Step.REPAIRS not in advice.ended and is_much:
        return _(
            "Whether there is a way out is not known yet. What was found in the time "
            "there was asks more of people than can be arranged: more than eight "
            "things, or much of one person; the search for less had not ended. Give it "
            "more time."
        )
    if Step.REPAIRS not in advice.ended:
        return _(
            "Whether there is a way out is not known yet: the time was up before one "
            "was found. Give it more time."
        )
    return _(
        "The month's conditions do not fit together. It was searched to the end: every "
        "way out asks more of people than can be arranged, which is more than eight "
        "things, or much of one person."
    )


def larger_text(advice: Advice) -> str:
    """Write that larger ways out are not listed; empty if none was found."""
    if not advice.asks_too_much:
        return ""
    return _(
        " There are larger ways too, of more than eight things or with much asked of "
        "one person; they are not listed."
    )


def no_loss_text(repair: Repair) -> str:
    """Write that a repair costs no wish."""
    if repair.full_search:
        return _("no wish need be lost (found by a whole search)")
    return _("no wish lost")


def in_all_texts(findings: Iterable[Finding], rulebook: Rulebook) -> list[str]:
    """Write how much people are short of law and musts in all, a line for each limit.

    It needs no search, and says what somebody would have to come for.
    """
    groups: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        if one.stance.is_hard and one.unit is Unit.PERSON_MINUTES and one.begin:
            what = finding_words(one, rulebook).what
            groups.setdefault((one.house, what), []).append(one)
    text = _("{what}: {hours} in all on {days} ({dates}), at most {people} at a time")
    lines = []
    for (house, what), own in groups.items():
        dates = {one.date for one in own if one.date is not None}
        told = text.format(
            what=what,
            hours=duration_text(sum(one.amount for one in own)),
            days=days_text(len(dates)),
            dates=dates_shortly(sorted(dates)),
            people=people_text(max(map(_at_a_time, own))),
        )
        lines.append(in_house(house, told))
    return lines


def _at_a_time(finding: Finding) -> int:
    """Return how many people more, there all the time, make up for what is short."""
    assert finding.begin is not None
    assert finding.end is not None
    minutes = (finding.end - finding.begin) // dt.timedelta(minutes=1)
    return -(-finding.amount // minutes)


def settings_texts(advice: Advice) -> Iterator[str]:
    """Yield that the month's conditions do not fit, and the settings to change."""
    if advice.settings and advice.unsettled:
        yield _(
            "Change ONE of these settings (with each a roster was found that keeps law "
            "and every must; perhaps none is needed):"
        )
    elif advice.settings:
        yield _(
            "The month's conditions do not fit together. Change ONE of these settings "
            "(with each a roster was found that keeps law and every must):"
        )
    for change in advice.settings:
        text = mend_text(change.mend)
        if not change.keeps_contracts:
            text = _(
                "{change} (whether all contracts can be kept then is not known yet)"
            ).format(change=text)
        yield in_house(change.house, text)


def hire_name(hire: Hire) -> str:
    """Return a hire's name: 看護師（月〜金）, 夜勤専従・介護（金・土、月8回まで）."""
    if hire.on_call:
        who = _("On call only")
    elif hire.nights:
        who = _("Nights only, {role}").format(role=role_name(hire.role))
    elif hire.role is Role.NURSE:
        who = _("Nurse")
    else:
        who = _("Part-timer, {role}").format(role=role_name(hire.role))
    terms = "、".join(_terms(hire))
    return in_house(hire.house, _("{who} ({terms})").format(who=who, terms=terms))


class HireFigure(NamedTuple):
    """What a hire changes: a value before and after, and how it is written."""

    heading: str
    before: int
    after: int
    written: Callable[[int], str | int]


def hire_figures(hire: Hire) -> tuple[HireFigure, ...]:
    """Return what is short without and with somebody hired, level by level."""

    def level(name: str, stance: Stance, before: int, after: int) -> HireFigure:
        return HireFigure(name, before, after, partial(level_text, stance))

    law, must, contract = Stance.STATUTORY, Stance.MUST, Stance.CONTRACT
    return (
        level(_("Statutory shortage"), law, hire.short_before, hire.short_after),
        level(_("Musts of the office"), must, hire.musts_before, hire.musts_after),
        level(_("Contracts"), contract, hire.contract_before, hire.contract_after),
        HireFigure(_("Wishes refused"), hire.refused_before, hire.refused_after, int),
    )


def verdict_text(hire: Hire) -> str:
    """Write whether the result with the person is proven the best."""
    if hire.is_best:
        return _("cannot be better")
    return _("may be better still")


def hires_note() -> str:
    """Write what the table of hires shows."""
    return _(
        "The month solved again with one more person, each of them by themselves: what "
        "would then be short, and how many wishes refused. Hours and musts marked "
        "“cannot be better” are the best that any roster with the person reaches; the "
        "others were found in the time there was, and may be better still."
    )


def _terms(hire: Hire) -> Iterator[str]:
    yield weekdays_text(hire.weekdays)
    if hire.days_per_week is not None:
        days = days_text(hire.days_per_week)
        yield _("at most {days} a week").format(days=days)
    if hire.nights_most is not None:
        times = times_text(hire.nights_most)
        yield _("at most {times} a month").format(times=times)


def step_text(step: Step, found: int) -> str:
    """Write a progress message of the advice."""
    return word_of("progress", step).format(count=found)


def loans_heading() -> str:
    """Return what is told above the offers of help from other offices."""
    return _(
        "Help from the other offices. Each offer was checked with the rosters of both "
        "offices, and every two of different groups together. Take only one of a "
        "group; check again where you take more than two. Nobody was asked yet."
    )


def lent_text(advice: Advice) -> str:
    """Write which offices were looked through for help, and what an offer is.

    Empty if no other office was named.
    """
    if not advice.neighbours:
        return ""
    offices = "、".join(advice.neighbours)
    if not advice.loans and Step.LOANS in advice.left_out:
        text = _(
            "Help from other offices ({offices}): the time was up before it was known "
            "who could come. Give it more time."
        )
        return text.format(offices=offices)
    if not advice.loans:
        text = _(
            "Help from other offices ({offices}): nobody was found who could come on a "
            "date on which people are missing here, with the rosters of both offices "
            "as they are."
        )
        return text.format(offices=offices)
    text = _(
        "Help from other offices ({offices}). Each offer was checked with the rosters "
        "of both offices and nothing else changed, and every two of different groups "
        "together; it mends what it names, and not the whole month. Take only one of a "
        "group; check again where you take more than two. Nobody was asked yet."
    )
    return text.format(offices=offices)


def entering_loans_text(advice: Advice) -> str:
    """Write what to do before and after somebody of another office agrees to come."""
    there = _(
        "The roster of their own office does not change by this: have it entered there "
        "as well that the person works in another office then (the symbol from the "
        "sheet of kinds of day)."
    )
    if advice.since is None:
        text = _(
            "Ask the person and the leader of their office first. What is agreed on "
            "goes into the staff sheet of this month's input, a line a person: name, "
            "part-time, job, qualifications, the shift, “belongs to”, and as employed "
            "that date alone, but for a night until the day after; then make the "
            "roster again. {there}"
        )
        return text.format(there=there)
    text = _("Ask the person and the leader of their office first. {there}")
    text = text.format(there=there)
    if any(helper.lent for repair in advice.repairs for helper in repair.helpers):
        text += _(
            " Offers that together keep law and every must are a repair above, with a "
            "workbook of its own to accept."
        )
    return text


def entering_there_texts(scenario: Scenario) -> Iterator[str]:
    """Yield for each person lent what their own office enters into its roster."""
    for member in scenario.joining:
        if is_lent(member) and member.employed.first is not None:
            text = _(
                "The roster of {lender} has not changed by this: have it entered there "
                "as well that {who} works in another office on {date}."
            )
            date = date_text(member.employed.first)
            yield text.format(lender=member.home, who=member.name, date=date)


def is_lent(member: StaffMember) -> bool:
    """Tell whether somebody comes from another office for a date, not for good."""
    return bool(member.home) and helps_for_a_date(member)


def helps_for_a_date(member: StaffMember) -> bool:
    """Tell whether somebody comes for one date, or the night that begins on it."""
    first, last = member.employed.first, member.employed.last
    return first is not None and last is not None and last - first <= ONE_DAY


def helper_name(member: StaffMember) -> str:
    """Return a person's name, with the office from which they are lent."""
    if not is_lent(member):
        return member.name
    return _("{who} of {lender}").format(who=member.name, lender=member.home)


def lent_steps(repair: Repair, period: Period) -> Iterator[str]:
    """Yield the steps of a repair in which somebody of another office comes."""
    text = _("{when}: {who} of {lender} comes. Asks: {asks}")
    for helper in repair.helpers:
        if helper.lent is not None:
            yield text.format(**_in_parts(helper.lent, period)._asdict())


def loan_texts(loans: Sequence[Loan], period: Period) -> list[str]:
    """Write offers of help to an office, a sentence each."""
    texts = []
    for loan, told in zip(loans, loan_words(loans, period), strict=True):
        text = _("{when}: {who} of {lender}. Mends: {mends}. Asks: {asks}.")
        if told.group:
            text = _(
                "{when}: {who} of {lender}. Mends: {mends}. Asks: {asks}. One of these:"
                " {group}."
            )
        texts.append(in_house(loan.house, text.format(**told._asdict())))
    return texts


class LoanWords(NamedTuple):
    """An offer of help in parts."""

    when: str
    """Date, clock times and symbol."""
    who: str
    lender: str
    mends: str
    """What is not broken any more, or less."""
    asks: str
    """What is asked of the person and their office."""
    group: str
    """Of which offers only one can be taken: 組1; empty if there are no others."""


def loan_words(loans: Sequence[Loan], period: Period) -> list[LoanWords]:
    """Write offers of help to an office in parts."""
    return [_in_parts(loan, period) for loan in loans]


def _in_parts(loan: Loan, period: Period) -> LoanWords:
    when = f"{date_text(loan.date)} {span_text(loan.span)} ({loan.shift})"
    mends = "、".join(dict.fromkeys(_what(one, period) for one in loan.mends))
    if loan.left:
        left = dict.fromkeys(_what(one, period) for one in loan.left)
        text = _("{what}; left after it: {left}")
        mends = text.format(what=mends, left="、".join(left))
    if loan.instead_of:
        text = _("leaves {shift} in the own office, which breaks nothing more by it")
        asks = [text.format(shift=loan.instead_of)]
    else:
        asks = [_("gives up a day off: consent is needed")]
    if loan.next_day:
        text = _("leaves {shift} there the day after, which breaks nothing more by it")
        asks.append(text.format(shift=loan.next_day))
    asks += dict.fromkeys(
        _("contract: {what}").format(what=_what(one, period)) for one in loan.contract
    )
    travel = duration_text(loan.travel)
    asks.append(_("travel between the offices {travel}").format(travel=travel))
    group = _("group {number}").format(number=loan.group) if loan.group else ""
    return LoanWords(when, loan.staff, loan.lender, mends, "、".join(asks), group)


def _what(finding: Finding, period: Period) -> str:
    """Write what is broken, when, and by how much."""
    when, _who, what, sides, _source = finding_words(finding, load(period))
    return " ".join(filter(None, (when, what, sides)))
