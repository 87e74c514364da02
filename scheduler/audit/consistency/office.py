"""Check the office: capacities, day profiles, settings, shift table, kinds of day."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import chain, combinations, pairwise

from scheduler.audit.bands import day_clock
from scheduler.audit.consistency.report import (
    Loc,
    mistake,
    repeated,
    repeated_names,
    reversed_limits,
    unknown,
)
from scheduler.audit.figures.limits import is_small, on_list
from scheduler.audit.rules.d_capacity import places_by_law
from scheduler.audit.stints import break_is_enough, break_owed, shortest_break
from scheduler.audit.users import guests, least_places
from scheduler.domain.clock import DAY, ONE_DAY, format_span, total_minutes
from scheduler.domain.errors import Mistake
from scheduler.domain.forecast import DayProfile, ForecastDay
from scheduler.domain.kinds import DayKind, Extent, Spell
from scheduler.domain.likeness import look_of
from scheduler.domain.office import HolidayReading, Office
from scheduler.domain.office_kind import KANTAKI, OfficeKind, Support
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import BreakOption, Shift
from scheduler.domain.year import UsersMethod


def office_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find repeated profile names, impossible clock times, contradicting limits."""
    office = problem.office
    profiles = ("office", "profiles")
    yield from repeated_names("duplicate_profile", profiles, office.profiles)
    band = office.night_band
    if not band.start < DAY <= band.end or band.minutes >= DAY:
        yield mistake("night_band", ("office", "night_band"))
    if not 0 < office.settings.half_day_at < DAY:
        yield mistake("half_day", ("office", "settings", "half_day_at"))
    for i, profile in enumerate(problem.office.profiles):
        if profile.guests_return < profile.guests_leave:
            loc = ("office", "profiles", i, "guests_return")
            yield mistake("guests_return_early", loc)
        for j, window in enumerate(profile.visits):
            if window.span.end > DAY:
                at: Loc = ("office", "profiles", i, "visits", j, "span")
                yield mistake("visit_past_midnight", at)
    yield from _settings(problem)
    yield from _left_to_main(office)


def _left_to_main(office: Office) -> Iterator[Mistake]:
    """Find what no main office can do for an office of this kind (A-10, A-12)."""
    loc = ("office", "left_to_main")
    fields = ("left_to_main", "main_office", "travel", "same_premises")
    for name in fields if not office.kind.is_satellite else ():
        if getattr(office, name):
            yield mistake("no_satellite", ("office", name))
    if office.kind.is_satellite and office.same_premises:
        yield mistake("same_premises", ("office", "same_premises"))
    if office.group_home_night and office.kind in KANTAKI:
        yield mistake("group_home_night", ("office", "group_home_night"))
    own_nurses = office.kind is OfficeKind.KANTAKI_SATELLITE
    if own_nurses and Support.NURSE in office.left_to_main:
        yield mistake("nurses_of_its_own", loc)


def above_the_law(problem: Problem) -> Iterator[Mistake]:
    """Find capacities above the law, or above the ordinance's limits if given (D)."""
    own = problem.office.capacity
    limits = problem.office.capacity_limit or places_by_law(problem)
    for name, limit in limits.model_dump().items():
        capacity = getattr(own, name)
        if capacity > limit:
            loc = ("office", "capacity", name)
            yield mistake("capacity_above_law", loc, capacity=capacity, limit=limit)


def break_on_call(problem: Problem) -> Iterator[Mistake]:
    """Find a break of nights on call that is shorter than the law requires (F-05).

    Also one as long as the night band.
    """
    standby, band = problem.office.settings.standby, problem.office.on_call_band
    given = standby.break_minutes
    if given is None or not standby.is_work:
        return
    loc = ("office", "settings", "standby", "break_minutes")
    if given >= band.minutes:
        yield mistake("standby_break_long", loc, given=given, whole=band.minutes)
    elif not break_is_enough(problem, given):
        needed = shortest_break(problem)
        yield mistake("standby_break_short", loc, given=given, needed=needed)


def office_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find odd users' records, capacities and visits, and settings that do not fit."""
    office = problem.office
    record = office.users_record
    if record.method is not UsersMethod.ESTIMATE_90 and record.total == 0:
        yield mistake("users_record_empty", ("office", "users_record", "total"))
    if record.total > record.days * office.capacity.day_use:
        loc = ("office", "users_record", "total")
        yield mistake("users_record_large", loc, capacity=office.capacity.day_use)
    if office.registered > office.capacity.registered:
        yield mistake(
            "registered_above_capacity",
            ("office", "registered"),
            capacity=office.capacity.registered,
        )
    yield from _visits_at_night(problem)
    settings = office.settings
    four_weeks = settings.holiday_reading is HolidayReading.FOUR_WEEKS
    if four_weeks and settings.four_weeks_from is None:
        loc = ("office", "settings", "four_weeks_from")
        yield mistake("four_weeks_from_missing", loc)
    if settings.small_office and not is_small(problem):
        loc = ("office", "settings", "small_office")
        yield mistake("office_not_small", loc, people=len(on_list(problem)))
    if office.group_home_night:
        yield mistake("group_home_night_open", ("office", "group_home_night"))
    yield from _below_the_law(problem)


def _below_the_law(problem: Problem) -> Iterator[Mistake]:
    """Find capacities below the least that the others require (D)."""
    own, least = problem.office.capacity, least_places(problem)
    for name, code, places, needed in (
        ("day_use", "day_use_too_few", own.day_use, least.day_use),
        ("overnight", "overnight_too_few", own.overnight, least.overnight),
    ):
        if places < needed:
            loc = ("office", "capacity", name)
            yield mistake(code, loc, capacity=places, least=needed)


def _visits_at_night(problem: Problem) -> Iterator[Mistake]:
    """Find visit windows in which a lone night worker would leave the house (K-01)."""
    night, day = problem.office.night_band, day_clock(problem)
    for i, profile in enumerate(problem.office.profiles):
        for j, window in enumerate(profile.visits):
            if not day.covers(window.span):
                loc = ("office", "profiles", i, "visits", j, "span")
                facts = {"visits": format_span(window.span), "band": format_span(night)}
                yield mistake("visit_at_night", loc, **facts)


def _settings(problem: Problem) -> Iterator[Mistake]:
    settings = problem.office.settings
    pairs = (
        ("rest_least", "rest_wished"),
        ("days_in_a_row_wished", "days_in_a_row_most"),
        ("nights_wished", "nights_most"),
    )
    for low, high in pairs:
        loc = ("office", "settings", low)
        yield from reversed_limits(loc, getattr(settings, low), getattr(settings, high))
    loc = ("office", "settings", "fair_shifts")
    for symbol in settings.fair_shifts:
        yield from unknown("unknown_shift", symbol, problem.shift_by_symbol, loc)
    yield from repeated("twice_in_cell", [(loc, one) for one in settings.fair_shifts])


RESERVED = ("休", "有", "明", "欠", "・", "希", "宿", "前休", "後休")
"""Symbols that mean something else in a cell of a grid."""

SEPARATORS = frozenset(" /、,:×✕✖✗✘❌◎△○◯@+()")
"""Characters that the grids use as separators or marks next to symbols."""


def shift_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find repeated or unusable symbols and impossible times, breaks and segments."""
    symbols: list[tuple[Loc, str]] = [
        *((("shifts", i, "symbol"), s.symbol) for i, s in enumerate(problem.shifts)),
        *((("kinds", i, "symbol"), k.symbol) for i, k in enumerate(problem.kinds)),
    ]
    yield from repeated("duplicate_symbol", symbols, look_of)
    for loc, symbol in symbols:
        if is_reserved(symbol):
            yield mistake("reserved_symbol", loc, symbol=symbol)
    for i, shift in enumerate(problem.shifts):
        yield from _times(("shifts", i), shift)


def is_reserved(symbol: str) -> bool:
    """Tell whether a symbol is reserved, or contains a separator."""
    plain = unicodedata.normalize("NFKC", symbol)
    return look_of(symbol) in RESERVED or bool(SEPARATORS & set(plain))


def short_breaks(problem: Problem) -> Iterator[Mistake]:
    """Find shifts whose breaks are shorter than the law requires (F-05)."""
    for i, shift in enumerate(problem.shifts):
        yield from _breaks_too_short(problem, ("shifts", i), shift)


def _breaks_too_short(problem: Problem, loc: Loc, shift: Shift) -> Iterator[Mistake]:
    """Find the options of a shift's breaks that are shorter than the law requires."""
    for j, option in enumerate(shift.break_options):
        given = total_minutes(option)
        needed = break_owed(problem, shift.interval.minutes - given)
        if given < needed:
            at = (*loc, "breaks", *([j] if shift.breaks else []))
            yield mistake("break_short", at, given=given, needed=needed)


def _times(loc: Loc, shift: Shift) -> Iterator[Mistake]:
    """Find impossible times, breaks and segments of a shift."""
    if shift.end <= shift.start:
        yield mistake("shift_ends_early", (*loc, "end"))
        return
    if shift.start >= DAY:
        yield mistake("shift_starts_late", (*loc, "start"))
    if shift.is_night and not (shift.counts or shift.elsewhere):
        yield mistake("night_uncounted", (*loc, "counts"))
    if shift.interval.minutes > DAY:
        yield mistake("shift_too_long", (*loc, "end"))
    for j, option in enumerate(shift.breaks):
        yield from _breaks((*loc, "breaks", j), shift, option)
    points = (shift.start, *shift.cuts, shift.end)
    if any(late <= early for early, late in pairwise(points)):
        yield mistake("cut_outside", (*loc, "cuts"))


def _breaks(loc: Loc, shift: Shift, option: BreakOption) -> Iterator[Mistake]:
    for pause in option:
        if not shift.interval.covers(pause):
            spans = {"pause": format_span(pause), "work": format_span(shift.interval)}
            yield mistake("break_outside", loc, **spans)
    if any(late.start < early.end for early, late in pairwise(option)):
        yield mistake("breaks_overlap", loc)
    if total_minutes(option) != total_minutes(shift.breaks[0]):
        yield mistake("breaks_unequal", loc)


def profile_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find profiles whose guests leave before anybody arrives, or return too late.

    In between the house counts as empty, and K-01 requires hardly anybody.  Reported
    only if a date of the profile has both day users and guests.
    """
    for place, profile in enumerate(problem.office.profiles):
        days = [
            day
            for day in problem.forecast.days
            if day.profile == profile.name and day.day_users
        ]
        yield from _morning(problem, place, profile, days)
        yield from _evening(problem, place, profile, days)


def _morning(
    problem: Problem, place: int, profile: DayProfile, days: list[ForecastDay]
) -> Iterator[Mistake]:
    arrive = min(move.at for move in profile.arrivals)
    after = [day for day in days if guests(problem, day.date - ONE_DAY)]
    if after and profile.guests_leave < arrive:
        yield mistake(
            "nobody_after_guests",
            ("office", "profiles", place, "guests_leave"),
            profile=profile.name,
            leave=profile.guests_leave,
            arrive=arrive,
            dates=len(after),
        )


def _evening(
    problem: Problem, place: int, profile: DayProfile, days: list[ForecastDay]
) -> Iterator[Mistake]:
    depart = max(move.at for move in profile.departures)
    before = [day for day in days if guests(problem, day.date)]
    if before and depart < profile.guests_return:
        yield mistake(
            "nobody_before_guests",
            ("office", "profiles", place, "guests_return"),
            profile=profile.name,
            depart=depart,
            back=profile.guests_return,
            dates=len(before),
        )


# -- kinds of day, and spells of them --------------------------------------------------


def kind_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find kinds whose ticks and times contradict each other."""
    for i, kind in enumerate(problem.kinds):
        for field, code in _contradictions(kind):
            yield mistake(code, ("kinds", i, field), symbol=kind.symbol)


def _contradictions(kind: DayKind) -> Iterator[tuple[str, str]]:
    """Yield the fields of a kind that contradict others, each with its code."""
    times = (kind.start, kind.end)
    if kind.hours:
        if kind.day_off:
            yield "day_off", "kind_work_and_off"
        if kind.extent is Extent.PERIOD:
            yield "extent", "kind_work_by_period"
        if times.count(None) == 1:
            yield "start" if kind.start is None else "end", "kind_one_time"
        return
    if kind.cover:
        yield "cover", "kind_nobody_there"
    if kind.extent in (Extent.HALF, Extent.CLOCK):
        yield "extent", "kind_leave_in_part"
    for field in ("start", "end", "breaks"):
        if getattr(kind, field) not in (None, ()):
            yield field, "kind_leave_with_times"


def spell_mistakes(problem: Problem) -> Iterator[Mistake]:
    """Find spells of unknown people or kinds, without a date, or on the same dates."""
    for i, spell in enumerate(problem.spells):
        loc: Loc = ("spells", i)
        people, kinds = problem.member_by_name, problem.kind_by_symbol
        yield from unknown("unknown_person", spell.staff, people, (*loc, "staff"))
        yield from unknown("unknown_kind", spell.kind, kinds, (*loc, "kind"))
        if spell.last < spell.first:
            yield mistake("dates_reversed", (*loc, "last"))
        kind = kinds.get(spell.kind)
        if kind is None:
            continue
        if spell.span and not kind.hours:
            yield mistake("kind_leave_with_times", (*loc, "span"), symbol=kind.symbol)
        if kind.hours and spell.span is None and kind.interval is None:
            yield mistake("spell_without_times", (*loc, "span"), symbol=kind.symbol)
        inside = any(date in spell for date in problem.period.dates)
        if inside and kind.hours and not _has_a_date(problem, spell):
            name = spell.staff
            yield mistake("spell_on_no_date", (*loc, "first"), name=name)
    for (i, one), (j, other) in combinations(enumerate(problem.spells), 2):
        meet = one.first <= other.last and other.first <= one.last
        if one.staff == other.staff and meet:
            loc = ("spells", j, "first")
            yield mistake("spells_overlap", loc, name=one.staff, number=i + 1)


def _has_a_date(problem: Problem, spell: Spell) -> bool:
    """Tell whether a spell of work has a date on which its person may work."""
    member = problem.member_by_name.get(spell.staff)
    return member is None or any(
        date in spell
        and date in member.employed
        and member.contract.allows(date, problem.period)
        for date in problem.period.dates
    )


def spell_shifts(problem: Problem) -> Iterator[Mistake]:
    """Find kinds and spells of work with impossible times, or too short a break (F-05).

    Also the symbol that the times of a spell would get, where the shift table has it.
    """
    taken = {look_of(shift.symbol) for shift in problem.shifts}
    for (symbol, interval), shift in problem.kind_shifts.items():
        kind = problem.kind_by_symbol[symbol]
        loc: Loc = ("kinds", problem.kinds.index(kind))
        for i, spell in enumerate(problem.spells):
            if kind.interval != interval and (spell.kind, spell.span) == (
                symbol,
                interval,
            ):
                loc = ("spells", i)
        found = _times(loc, shift), _breaks_too_short(problem, loc, shift)
        for one in chain.from_iterable(found):
            # A spell has no field for breaks or single times.
            at = loc if loc[0] == "spells" else one.loc
            yield one.model_copy(update={"loc": at})
        if shift.symbol != symbol and look_of(shift.symbol) in taken:
            yield mistake("duplicate_symbol", loc, value=shift.symbol)


def spell_warnings(problem: Problem) -> Iterator[Mistake]:
    """Find spells that lie wholly outside the period and last month's tail."""
    for i, spell in enumerate(problem.spells):
        if spell.last < problem.known_since or spell.first > problem.period.last:
            yield mistake("spell_outside", ("spells", i, "first"), name=spell.staff)
