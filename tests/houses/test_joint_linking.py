"""What links the houses of a joint month, broken one by one.

On a legal month of two houses (`tests.support.joint_month`) the audit must name the
house and the rule that was broken and no other, and the model must say the same.  Each
piece of the model that holds the houses together is then taken out: on one of these
months it must then differ from the audit.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import scheduler.model
from scheduler.audit import audit, consistency
from scheduler.constraints import demand, overlap
from scheduler.constraints.language import any_shift
from scheduler.constraints.language.options import options_of
from scheduler.constraints.language.roster_model import RosterModel
from scheduler.constraints.language.variables import Variables
from scheduler.constraints.overlap import Span
from scheduler.domain.base import StaffId
from scheduler.domain.between_houses import MAIN, Origin
from scheduler.domain.finding import Stance
from scheduler.domain.joint import JointProblem, joint
from scheduler.domain.office_kind import Support
from scheduler.domain.shifts import Role
from scheduler.domain.staff import DateSpan
from scheduler.files.samples import small
from scheduler.model import build
from tests.rules.test_agreement import compare
from tests.support.builders import make_shift, make_staff, with_duties, with_on_call
from tests.support.fixing import Verdict, judge
from tests.support.joint_month import HOME, THERE, begun, joint_month, joint_roster
from tests.support.legal import date, legal_problem
from tests.support.thorough import first_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from ortools.sat.python.cp_model import IntVar

    from scheduler.constraints.language.options import Option
    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster
    from scheduler.domain.shifts import Shift
    from scheduler.domain.staff import StaffMember

    Edit = Callable[["Month"], "Month"]


class Month(NamedTuple):
    """What is audited."""

    problem: JointProblem
    roster: Roster


def does(house: str, name: str, day: int, symbols: str, **fields: Any) -> Edit:
    """Give a person what is begun in a house, from a date on."""

    def edit(month: Month) -> Month:
        duties = [
            begun(month.problem, house, name, day + place, symbol, **fields)
            for place, symbol in enumerate(symbols)
        ]
        return month._replace(roster=with_duties(month.roster, *duties))

    return edit


def on_call(day: int, name: str | None) -> Edit:
    """Put somebody else, or nobody, on call."""
    return lambda month: month._replace(
        roster=with_on_call(month.roster, date(day), name)
    )


def in_house(house: str, change: Callable[[Problem], Problem]) -> Edit:
    """Change one of the houses; the roster stays."""

    def edit(month: Month) -> Month:
        changed = [
            change(one) if one.office.name == house else one
            for one in month.problem.houses
        ]
        return month._replace(problem=joint(changed))

    return edit


def office(house: str, **fields: Any) -> Edit:
    """Change fields of a house's office."""
    return in_house(
        house,
        lambda one: one.model_copy(
            update={"office": one.office.model_copy(update=fields)}
        ),
    )


def row(house: str, name: str, **fields: Any) -> Edit:
    """Change a person's row on the staff list of a house."""

    def change(one: Problem) -> Problem:
        staff = (
            member.model_copy(update=fields) if member.name == name else member
            for member in one.staff
        )
        return one.model_copy(update={"staff": tuple(staff)})

    return in_house(house, change)


def guests(house: str, day: int, number: int) -> Edit:
    """Change the guests of a night."""

    def change(one: Problem) -> Problem:
        night = one.forecast_by_date[date(day)]
        night = night.model_copy(update={"overnight": number})
        return one.model_copy(update={"forecast": one.forecast.with_days([night])})

    return in_house(house, change)


def left(*support: Support) -> Edit:
    """Have the satellite leave everything but some to its main office."""
    others = tuple(one for one in Support if one not in support)
    return office(THERE, left_to_main=others)


def also(house: str, *shifts: Shift) -> Edit:
    """Add shifts to a house's table."""
    return in_house(
        house, lambda one: one.model_copy(update={"shifts": (*one.shifts, *shifts)})
    )


def contract(house: str, name: str, **fields: Any) -> Edit:
    """Change a person's contract as it stands in a house."""

    def edit(month: Month) -> Month:
        (own,) = (
            one.member_by_name[StaffId(name)]
            for one in month.problem.houses
            if one.office.name == house
        )
        changed = own.contract.model_copy(update=fields)
        return row(house, name, contract=changed)(month)

    return edit


def listed(house: str, home: str, name: str) -> Edit:
    """Put somebody of another house on the staff list of a house."""
    guest = make_staff(name, home=home, on_call=False)
    return in_house(
        house, lambda one: one.model_copy(update={"staff": (*one.staff, guest)})
    )


def at(house: str, *rules: str) -> set[str]:
    """Return rules with their facets, as told of a house."""
    return {f"{house} {rule}" for rule in rules}


NIGHTS_SWAPPED = (does(THERE, "G", 6, "夜明"), does(HOME, "SG", 6, "夜明"))
"""G of the main office and SG of the satellite have the night of the other house."""

LATE_THERE_EARLY_HERE = (
    # The late shift ends at 21:00, the early one begins at 6:00: nine hours.
    does(THERE, "G", 4, "遅"),
    does(THERE, "SH", 4, "日"),
    does(HOME, "G", 5, "早"),
    does(HOME, "E", 5, "遅"),
)

LINKS: dict[str, tuple[tuple[Edit, ...], set[str]]] = {
    # In two houses at once
    "both day shifts of a date in the other house": (
        (does(THERE, "G", 4, "日"), does(THERE, "SG", 4, "日")),
        at(HOME, "A-04 presence", "K-01 must", "K-02 band_must"),
    ),
    "the night of the other house": (NIGHTS_SWAPPED, set()),
    "from a night there to an early shift here": (
        (*NIGHTS_SWAPPED, does(HOME, "G", 7, "早")),
        at(HOME, "F-11 least", "F-11 wished"),
    ),
    "on call here in a night there": (
        (*NIGHTS_SWAPPED, on_call(6, "G"), on_call(9, "B")),
        # Both houses see whose night it is and whose on call: it is told once.
        at(HOME, "A-06 on_call", "A-15 overlap"),
    ),
    # Travel
    "nine hours between the houses, of which one is travel": (
        LATE_THERE_EARLY_HERE,
        at(HOME, "F-11 wished"),
    ),
    "nine hours between the houses, of which more than one is travel": (
        (*LATE_THERE_EARLY_HERE, office(THERE, travel=61)),
        at(HOME, "F-11 least", "F-11 wished"),
    ),
    # Shared on-call
    "a guest there in the night without on call here": (
        (guests(THERE, 12, 1), does(THERE, "SE", 12, "夜")),
        at(HOME, "A-06 on_call"),
    ),
    "a guest there, and somebody on call here": (
        (guests(THERE, 12, 1), does(THERE, "SE", 12, "夜"), on_call(12, "D")),
        set(),
    ),
    "the satellite's person on call, who is on the main's list for none": (
        (on_call(4, "SG"),),
        at(HOME, "L-01 duty") | at(THERE, "L-01 duty"),
    ),
    "on call not left to the main office": (
        (left(Support.ON_CALL),),
        at(THERE, "A-06 on_call", "A-07 contact", "C-03 row", "C-03 beyond"),
    ),
    # Shared nurse, care manager and manager
    "the nurse works there": (
        (listed(THERE, HOME, "C"), does(THERE, "C", 8, "日"), does(HOME, "A", 8, "日")),
        at(HOME, "A-10 shifts"),
    ),
    "the nurse not left to the main office": (
        (left(Support.NURSE),),
        at(THERE, "A-10 on_list"),
    ),
    "the home-service plans not left to the main office": (
        (left(Support.PLANNING),),
        at(THERE, "A-11 on_list", "A-11 desk", "G desk_early", "G weekly_day"),
    ),
    "the manager not left to the main office": (
        (left(Support.MANAGER),),
        at(THERE, "A-13 on_list"),
    ),
    # Hours of both houses
    "six shifts of eight hours, one of them there": (
        (contract(HOME, "G", minutes_max=48 * 60),),
        set(),
    ),
    "an hour less in the contract": (
        (contract(HOME, "G", minutes_max=47 * 60),),
        at(HOME, "L-03 hours_max"),
    ),
    "an hour less in the contract of somebody who has two jobs there": (
        (
            row(HOME, "SG", roles=(Role.CARE, Role.NURSE)),
            contract(THERE, "SG", minutes_max=47 * 60),
        ),
        at(THERE, "L-03 hours_max"),
    ),
    "days off spent there": (
        (does(THERE, "G", 8, "日日日"),),
        at(HOME, "F-06 holiday", "F-02 month")
        | at(HOME, "F-13 days_in_a_row_most", "F-13 days_in_a_row_wished"),
    ),
    "no night for her, neither here nor there": (
        (
            *NIGHTS_SWAPPED,
            row(HOME, "G", no_night=DateSpan(first=date(6), last=date(7))),
        ),
        at(HOME, "F-09 night_work"),
    ),
    # Whose list says what
    "a shift there that the list there has not": (
        (row(THERE, "G", shifts=("早",)),),
        at(THERE, "L-01 duty"),
    ),
    "care there in a shift for nurses": (
        (
            also(
                THERE, make_shift("看", "9:00-18:00", ["14:00-15:00"], roles=["nurse"])
            ),
            row(THERE, "G", shifts=("看",)),
            does(THERE, "G", 4, "看", roles=["care"]),
        ),
        at(THERE, "A-15 role"),
    ),
    "a weekday there that the list there has not": (
        (contract(THERE, "G", weekdays=(0, 1, 2, 3, 5, 6)),),
        at(THERE, "L-01 available"),
    ),
    "a weekday that the contract at home has not": (
        (contract(THERE, "SG", weekdays=(0, 1, 2, 3, 5, 6)),),
        at(THERE, "L-01 available"),
    ),
}


@cache
def legal() -> Month:
    """Return the legal month."""
    problem = joint_month()
    return Month(problem, joint_roster(problem))


@cache
def broken(name: str) -> Month:
    """Return the month with a link broken."""
    month = legal()
    for edit in LINKS[name][0]:
        month = edit(month)
    return month


@cache
def judged(name: str) -> Verdict:
    """Return what the model says of the month with a link broken."""
    return judge(*broken(name))


def amounts(month: Month) -> Counter[str]:
    """Add up the findings by house, rule and facet; evenness moves with every cell."""
    found: Counter[str] = Counter()
    for one in audit(month.problem, month.roster):
        if one.stance not in (Stance.FAIR, Stance.REPORT):
            found[f"{one.house} {one.rule} {one.facet}"] += one.amount
    return found


def test_the_month_is_legal() -> None:
    """Only the last night of the main office has no contact by name."""
    assert amounts(legal()) == {f"{HOME} A-07 contact": 1}
    for house in legal().problem.houses:
        assert consistency.mistakes(house) == ()


@pytest.mark.parametrize("name", LINKS)
def test_the_audit_names_the_link_that_was_broken(name: str) -> None:
    assert set(amounts(broken(name)) - amounts(legal())) == LINKS[name][1]


@pytest.mark.parametrize("name", first_of(LINKS, 6))
def test_the_model_says_the_same(name: str) -> None:
    compare(*broken(name), judged(name))


def without_travel(problem: Problem, shift: Shift, option: Option, **_: bool) -> Span:
    return Span(overlap.hull(problem, shift, option.events), "", 0)


def with_no_test(
    cells: Any, number: int, row: StaffMember, day: dt.date, *_: object
) -> Iterator[Option]:
    house, symbols = cells.joint.houses[number], cells.joint.symbols
    for option in options_of(house, row, day):
        if option.shift and (origin := Origin(number, option.shift)) in symbols[number]:
            yield option._replace(shift=symbols[MAIN][origin])


def bound_to_none(cells: Variables, _seen: object, name: str) -> IntVar:
    return cells.cp.new_bool_var(name)


SABOTAGE: dict[str, tuple[str, object, str]] = {
    "travel is no part of rest": (
        "overlap._span",
        without_travel,
        "nine hours between the houses, of which more than one is travel",
    ),
    "each house has cells of its own": (
        "language.joint._OfHouse._add_date",
        vars(Variables)["_add_date"],
        "nine hours between the houses, of which more than one is travel",
    ),
    "a shift elsewhere is none of the shifts there": (
        "language.joint._OfHouse._one",
        bound_to_none,
        "an hour less in the contract of somebody who has two jobs there",
    ),
    "no house excludes what is begun in another": (
        "language.joint._OfAll._begun_in",
        with_no_test,
        "care there in a shift for nurses",
    ),
    "nights elsewhere are nights here": (
        "selectors.is_here",
        any_shift,
        "the night of the other house",
    ),
    "guests of satellites need nobody on call": (
        "a06_night.on_call_needed",
        demand.needed_at_night,
        "a guest there in the night without on call here",
    ),
}


@pytest.mark.parametrize("name", SABOTAGE)
def test_a_missing_link_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the model says something else of a roster, and so not the audit's."""
    where, other, witness = SABOTAGE[name]
    whole = judged(witness)
    monkeypatch.setattr(f"scheduler.constraints.{where}", other)
    # Where the whole forbids the roster, any amounts are something else.
    assert judge(*broken(witness), least=whole.allowed) != whole


def shape(*models: RosterModel) -> Counter[str]:
    """Count the variables, and the constraints that have any, of models together."""
    found: Counter[str] = Counter()
    for model in models:
        proto = model.cp.proto
        found["variables"] += len(proto.variables)
        for one in proto.constraints:
            empty = one.has_at_most_one() and not one.at_most_one.literals
            found["constraints"] += not empty
    return found


def apart() -> tuple[Problem, ...]:
    """Return the two houses of the legal month without the people they share."""
    return tuple(
        house.model_copy(update={"staff": house.home.staff, "kinds": ()})
        for house in legal().problem.houses
    )


def test_houses_that_share_nobody_are_their_single_models_side_by_side() -> None:
    """Joining adds neither a variable nor a constraint to what each house has alone."""
    whole = joint(apart())
    alone = [house.model_copy(update={"kinds": ()}) for house in whole.houses]
    assert shape(build(whole)) == shape(*map(build, alone))


def test_a_single_office_s_model_knows_nothing_of_joint_months(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What only a joint month reads changes nothing of it, and no joint code runs."""
    monkeypatch.setattr(scheduler.model, "JointModel", None)
    for problem in (legal_problem(), small()):
        model = build(problem)
        assert type(model) is RosterModel
        fields = {"main_office": "別", "travel": 90, "same_premises": True}
        office = problem.office.model_copy(update=fields)
        other = build(problem.model_copy(update={"office": office}))
        is_same = str(other.cp.proto) == str(model.cp.proto)
        assert is_same
        symbols = {shift.symbol for shift in problem.all_shifts}
        begun = {
            option.shift
            for member, day in product(problem.staff, problem.period.dates)
            for option in model.options(member, day)
        }
        assert begun - {None} <= symbols
        assert not any(shift.elsewhere for shift in problem.all_shifts)
