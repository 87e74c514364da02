"""Plans in words: what changed, whom to ask, and why they may be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from scheduler.audit.figures.people import PersonMonth
from scheduler.audit.figures.summary import kept
from scheduler.domain.advice import Effects
from scheduler.domain.between_houses import MAIN
from scheduler.domain.clock import DAY, HOUR
from scheduler.domain.finding import Stance
from scheduler.domain.forecast import HouseDay
from scheduler.domain.homes import at_number
from scheduler.domain.plan import Gain, Plan
from scheduler.domain.problem import Problem
from scheduler.domain.registrants import HouseUse
from scheduler.domain.roster import Change
from scheduler.domain.scenario import Scenario
from scheduler.domain.shifts import Duty
from scheduler.rulebook import Rulebook
from scheduler.wording.advice import helper_name, helps_for_a_date
from scheduler.wording.duties import entry_text, on_call_text, request_text
from scheduler.wording.findings import finding_text
from scheduler.wording.names import (
    burden_name,
    days_text,
    off_name,
    share_text,
    times_text,
)
from scheduler.wording.places import in_house
from scheduler.wording.repairs import evenness_texts, repair_name, step_texts
from scheduler.wording.times import (
    clock_text,
    date_text,
    dates_text,
    hours_and_minutes,
    span_text,
)
from scheduler.wording.translation import _
from scheduler.wording.verdict import contracts_text, hard_text, verdict_text

if TYPE_CHECKING:
    from scheduler.audit.changes.plans import Borne, Call, MonthChange
    from scheduler.audit.findings import Tolerated


def plan_name(number: int) -> str:
    """Return the name of a plan by its number from 1: 案1."""
    return _("Plan {number}").format(number=number)


def plan_title(plan: Plan, number: int) -> str:
    """Return the name of a plan, or of the repair that it includes."""
    if plan.amendment is not None:
        return repair_name(plan.amendment.number)
    return plan_name(number)


def amendment_texts(plan: Plan, rulebook: Rulebook) -> tuple[str, ...]:
    """Write the steps of the plan's repair, a line each; none without a repair."""
    if plan.amendment is None:
        return ()
    return step_texts(plan.amendment.repair, rulebook, plan.amendment.without)


def version_name(version: int) -> str:
    """Return the name of a version of a roster, from 1: 第1版."""
    return _("version {version}").format(version=version)


def plan_verdict(plan: Plan) -> str:
    """Write whether a plan keeps law and musts, and whose contracts it breaks."""
    return verdict_text(kept(plan.problem, plan.findings))


def plan_verdict_beyond(plan: Plan, known: Tolerated) -> str:
    """Write the same, of contracts only those that the plan itself breaks.

    Parameters
    ----------
    known
        What was broken before, or is by what has happened.
    """
    every = kept(plan.problem, plan.findings)
    own = kept(plan.problem, known.beyond(plan.findings, [Stance.CONTRACT]))
    texts = hard_text(every), contracts_text(own) if own.people else ""
    return " ".join(filter(None, texts))


def claim_text(plan: Plan, number: int) -> str:
    """Write whether a plan is proven the least disturbing, or how others differ.

    Parameters
    ----------
    number
        Number of the plan from 1, the least disturbing.
    """
    if plan.amendment is not None:
        return _("once everything it takes is done")
    if number > 1 and plan.gain is Gain.KEEPS_MORE:
        text = _("keeps what plan 1, found sooner, does not; {claim}")
        return text.format(claim=_least_text(plan))
    if number > 1 and plan.gain is Gain.DISTURBS_LESS:
        text = _("disturbs fewer people or cells than plan 1, found sooner; {claim}")
        return text.format(claim=_least_text(plan))
    if number > 1 and plan.gain is Gain.SHARES:
        return _("shared out: perhaps more people are asked, but less of each")
    if number > 1:
        return _("another way, which spares somebody of each plan before")
    return _least_text(plan)


def _least_text(plan: Plan) -> str:
    """Write whether it is proven that no plan disturbs less."""
    alone = plan.scenario.spared_in(plan.before).difference(plan.disturbed)
    if plan.is_least and alone:
        return _(
            "no plan that keeps as much disturbs fewer people or cells, and asks "
            "nothing more of {names}"
        ).format(names="、".join(sorted(alone)))
    if plan.is_least:
        return _("no plan that keeps as much disturbs fewer people or cells")
    return _("that no plan disturbs less is not proven")


def scenario_texts(scenario: Scenario, problem: Problem) -> tuple[str, ...]:
    """Write the events of a scenario, a line each."""
    return tuple(_scenario(scenario, problem))


def _scenario(scenario: Scenario, problem: Problem) -> Iterator[str]:
    for absence in scenario.absences:
        when = dates_text(absence.first, absence.last)
        text = _("{name} is absent, {when}")
        yield text.format(name=absence.staff, when=when)
    for one in scenario.leaving:
        text = _("{name} leaves; the last day is {date}")
        yield text.format(name=one.staff, date=date_text(one.last))
    # Who joins several houses is one person.
    for member in {one.name: one for one in scenario.joining}.values():
        first = member.employed.first
        text = _("{name} joins; the first day is {date}")
        if helps_for_a_date(member):
            text = _("{name} helps on {date}")
        date = date_text(first) if first else "-"
        yield text.format(name=helper_name(member), date=date)
    for lending in scenario.lent:
        text = _("{name} works in {office} on {date}, {span}")
        span = lending.kind.interval
        yield text.format(
            name=lending.duty.staff,
            office=lending.kind.elsewhere,
            date=date_text(lending.duty.date),
            span=span_text(span) if span else "",
        )
    lent = {(one.duty.staff, one.duty.date) for one in scenario.lent}
    for duty in scenario.duties:
        if (duty.staff, duty.date) in lent:
            continue
        text = _("{name} on {date}: {duty}")
        what = duty_text(duty, problem)
        yield text.format(name=duty.staff, date=date_text(duty.date), duty=what)
    for use in scenario.uses:
        text = _("{name}: other use of services, {when}")
        when = dates_text(use.first, use.last or use.first)
        house = use.house if isinstance(use, HouseUse) else MAIN
        told = text.format(name=use.user, when=when)
        yield in_house(at_number(problem, house).name, told)
    for day in scenario.days:
        text = _(
            "{date}: {day_users} day users, {overnight} overnight, {visits} visits"
        )
        what = text.format(
            date=date_text(day.date),
            day_users=day.day_users,
            overnight="-" if day.overnight is None else day.overnight,
            visits=day.visits,
        )
        house = day.house if isinstance(day, HouseDay) else MAIN
        yield in_house(at_number(problem, house).name, what)


def duty_text(duty: Duty | None, problem: Problem, *, jobs: bool = False) -> str:
    """Write a duty with its clock times: 夜 16:30-翌9:30, 公休; a dash for none.

    Parameters
    ----------
    jobs
        Whether roles are named too.
    """
    if duty is None:
        return "-"
    if duty.off is not None:
        return off_name(duty.off)
    shift = problem.shift_of(duty)
    entry = entry_text(duty.shift, None, duty.roles if jobs else ())
    return f"{entry} {span_text(shift.interval)}" if shift else entry


def sides(change: Change, problem: Problem) -> tuple[str, str]:
    """Write both sides of a change; for a night on call, one of them is a dash."""
    if change.on_call is not None:
        call = on_call_text(problem.office.on_call_band)
        return ("-", call) if change.on_call else (call, "-")
    before, after = change.before, change.after
    # With the same shift on both sides, only the roles show the difference.
    alike = before is not None and after is not None and before.shift == after.shift
    texts = (duty_text(duty, problem, jobs=alike) for duty in (before, after))
    return next(texts), next(texts)


def change_text(change: Change, problem: Problem) -> str:
    """Write a change: 12月14日(月) 公休 → 夜 16:30-翌9:30."""
    date = date_text(change.date)
    before, after = sides(change, problem)
    if change.on_call is None:
        text = _("{date} {before} -> {after}")
    elif change.on_call:
        text = _("{date} takes {after}")
    else:
        text = _("{date} is free of {before}")
    return text.format(date=date, before=before, after=after)


def by_text(call: Call) -> str:
    """Write by when somebody has to be reached: 12月14日(月) 7:00まで."""
    clock = clock_text(call.by.hour * HOUR + call.by.minute)
    return _("by {date} {clock}").format(date=date_text(call.by.date()), clock=clock)


def notice_text(call: Call) -> str:
    """Write the days from the first date that may change: 起点の当日, 3日後."""
    if call.notice == 0:
        return _("on the first day")
    return _("{days} days ahead").format(days=call.notice)


def why_texts(call: Call, rulebook: Rulebook) -> tuple[str, ...]:
    """Write why a person may be asked: law, rest, hours and burdens, a line each."""
    return (
        *_legal(call, rulebook),
        *_rested(call),
        hours_text(call.after),
        *(borne_text(borne) for borne in call.borne),
    )


def _legal(call: Call, rulebook: Rulebook) -> Iterator[str]:
    if not call.breaches:
        yield _("Legal: no breach of law, musts or contract")
    for finding in call.breaches:
        what = finding_text(finding, rulebook)
        if finding.stance.is_hard:
            yield _("NOT kept: {what}").format(what=what)
        else:
            yield _("beyond the contract: {what}").format(what=what)


def _rested(call: Call) -> Iterator[str]:
    rests = call.rest_before, call.rest_after
    if any(rest is not None for rest in rests):
        before, after = (rest_text(rest) for rest in rests)
        text = _("Rest: {before} before, {after} after")
        yield text.format(before=before, after=after)


def rest_text(minutes: int | None) -> str:
    """Write a rest as hours and minutes, 15:30, or as two days or more."""
    if minutes is None or minutes >= 2 * DAY:
        return _("two days or more")
    return hours_and_minutes(minutes)


def hours_text(month: PersonMonth) -> str:
    """Write a person's hours with the contract's limit, and work with the law's."""
    text = _(
        "Hours by contract: {hours} (at most {most}); hours of work: {work} (law: at "
        "most {cap})"
    )
    if month.contract_max is None:
        text = _(
            "Hours by contract: {hours}; hours of work: {work} (law: at most {cap})"
        )
    return text.format(
        hours=hours_and_minutes(month.credited),
        most=hours_and_minutes(month.contract_max or 0),
        work=hours_and_minutes(month.total),
        cap=hours_and_minutes(month.cap),
    )


def hours_change_texts(changes: Sequence[MonthChange]) -> tuple[str, ...]:
    """Write the change in hours of work, in all and person by person."""
    if not changes:
        return (_("nobody's hours change"),)
    more = sum(change.minutes_more for change in changes)
    in_all = _("in all {hours}").format(hours=_signed(more))
    text = _("{name} {hours} (now {total})")
    return (
        in_all,
        *(
            text.format(
                name=change.staff,
                hours=_signed(change.minutes_more),
                total=hours_and_minutes(change.after.total),
            )
            for change in changes
        ),
    )


def _signed(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+" if minutes else "±"
    return sign + hours_and_minutes(abs(minutes))


def borne_text(borne: Borne) -> str:
    """Write a person's number of a burden: 夜勤 5回 → 6回(公平な回数 5.2回)."""
    times = times_text(borne.after)
    if borne.before != borne.after:
        text = _("{before} -> {after}")
        times = text.format(before=times_text(borne.before), after=times)
    return _("{burden}: {times} (fair: {share})").format(
        burden=burden_name(borne.burden), times=times, share=share_text(borne.share)
    )


def return_texts(call: Call) -> tuple[str, ...]:
    """Write what a person gets in return, and days off lost, a line each."""
    return tuple(_returns(call))


def _returns(call: Call) -> Iterator[str]:
    if call.freed:
        yield _("free instead: {dates}").format(dates=_dates(call.freed))
    spared = [change.date for change in call.changes if change.on_call is False]
    if spared:
        yield _("free of the night on call: {dates}").format(dates=_dates(spared))
    fewer = len(call.taken) - len(call.freed)
    if fewer > 0:
        yield _("fewer free days: {days}").format(days=days_text(fewer))


def _dates(dates: Iterable[dt.date]) -> str:
    return "、".join(date_text(date) for date in dates)


def effect_texts(effects: Effects) -> tuple[str, ...]:
    """Write wishes lost and won, and changes in fair shares, a line each."""
    return (*wish_texts(effects), *evenness_texts(effects))


def wish_texts(effects: Effects) -> tuple[str, ...]:
    """Write wishes lost and won, a line each."""
    lost, won = (
        "、".join(request_text(wish) for wish in wishes)
        for wishes in (effects.wishes_lost, effects.wishes_won)
    )
    losses = _("wishes lost: {wishes}").format(wishes=lost)
    gains = _("wishes won: {wishes}").format(wishes=won)
    return (losses if lost else _("no wish lost"), *([gains] if won else ()))
