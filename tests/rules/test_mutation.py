"""One thing spoilt in a legal month, and the audit names that rule.

Each mutation lists every facet in which something appears or grows: the rule it
breaks, and what cannot but follow from it.  Where only the office or the shift table is
changed, it stands with the rule's cases (``spoilt``).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from scheduler.audit import CHECKS, audit
from scheduler.domain.finding import Stance
from scheduler.domain.problem import Pins
from tests.support.builders import make_duty, with_duties, with_on_call, without_duty
from tests.support.casefiles import FOLDER
from tests.support.legal import date, legal_problem, legal_roster

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.domain.problem import Problem
    from scheduler.domain.roster import Roster

    Edit = Callable[["Month"], "Month"]


class Month(NamedTuple):
    """What is audited."""

    problem: Problem
    roster: Roster


def cells(name: str, day: int, symbols: str, **fields: Any) -> Edit:
    """Give a person other symbols from a date on."""

    def edit(month: Month) -> Month:
        duties = [
            make_duty(month.problem, name, date(day + i), symbol, **fields)
            for i, symbol in enumerate(symbols)
        ]
        return month._replace(roster=with_duties(month.roster, *duties))

    return edit


def empty(name: str, day: int) -> Edit:
    """Clear a cell."""
    return lambda month: month._replace(
        roster=without_duty(month.roster, name, date(day))
    )


def on_call(day: int, name: str | None) -> Edit:
    """Put somebody else, or nobody, on call."""
    return lambda month: month._replace(
        roster=with_on_call(month.roster, date(day), name)
    )


def person(name: str, **fields: Any) -> Edit:
    """Change what is known of a person; fields of the contract beside their own."""

    def edit(month: Month) -> Month:
        staff = [
            _changed(member, fields) if member.name == name else member
            for member in month.problem.staff
        ]
        return month._replace(problem=_changed(month.problem, {"staff": staff}))

    return edit


def office(**fields: Any) -> Edit:
    """Change the office; fields of the settings beside its own."""
    return lambda month: month._replace(
        problem=_changed(
            month.problem, {"office": _changed(month.problem.office, fields)}
        )
    )


def shifts(table: dict[str, dict[str, Any]]) -> Edit:
    """Change lines of the shift table, by symbol."""
    return lambda month: month._replace(
        problem=_changed(
            month.problem,
            {
                "shifts": [
                    _changed(shift, table.get(shift.symbol, {}))
                    for shift in month.problem.shifts
                ]
            },
        )
    )


def asked(request: dict[str, Any]) -> Edit:
    """Add a request."""
    return lambda month: month._replace(
        problem=_changed(
            month.problem,
            {"requests": [*(r.model_dump() for r in month.problem.requests), request]},
        )
    )


def accounts(*entries: dict[str, Any]) -> Edit:
    """Give people an account of the months before."""
    return lambda month: month._replace(
        problem=_changed(month.problem, {"ledger": entries})
    )


def pinned(**pins: Any) -> Edit:
    """Fix cells beforehand."""
    return lambda month: month._replace(
        problem=_changed(month.problem, {"pins": Pins.model_validate(pins)})
    )


def expected(day: int, **fields: Any) -> Edit:
    """Change what is expected on a date."""

    def edit(month: Month) -> Month:
        days = [
            _changed(one, fields) if one.date == date(day) else one
            for one in month.problem.forecast.days
        ]
        forecast = _changed(month.problem.forecast, {"days": days})
        return month._replace(problem=_changed(month.problem, {"forecast": forecast}))

    return edit


def limited(*limits: dict[str, Any]) -> Edit:
    """Set limits of single people."""
    return lambda month: month._replace(
        problem=_changed(month.problem, {"personal_limits": limits})
    )


def held(*events: dict[str, Any]) -> Edit:
    """Hold events of the office."""
    return lambda month: month._replace(
        problem=_changed(month.problem, {"events": events})
    )


def paired(*pairs: dict[str, Any]) -> Edit:
    """Keep people apart, or let them work together."""
    return lambda month: month._replace(
        problem=_changed(month.problem, {"pairs": pairs})
    )


def visits_by(workers: int) -> Edit:
    """Send more or fewer staff out at noon."""

    def edit(month: Month) -> Month:
        profile = month.problem.office.profiles[0]
        window = _changed(profile.visits[0], {"workers": workers})
        busier = _changed(profile, {"visits": [window]})
        return office(profiles=[busier])(month)

    return edit


def _changed(value: Any, fields: dict[str, Any]) -> Any:
    """Make a value anew with other fields, those of its inner record included."""
    kind = type(value)
    current = {name: getattr(value, name) for name in kind.model_fields}
    own = {name: field for name, field in fields.items() if name in current}
    inner = {name: field for name, field in fields.items() if name not in current}
    if inner:
        part = "contract" if "contract" in current else "settings"
        own[part] = _changed(current[part], inner)
    return kind.model_validate({**current, **own})


NO_CARE_MANAGER = {"A-11 on_list", "A-11 desk", "G desk_early", "G weekly_day"}
"""Planning by somebody without licence or training is none."""

MUTATIONS: dict[str, tuple[tuple[Edit, ...], set[str]]] = {
    # Nights
    "the night worker is dropped": (
        (cells("A", 4, "休休"),),
        {"A-06 awake", "K-02 count_must"},
    ),
    "nobody is on call": ((on_call(4, None),), {"A-06 on_call"}),
    "nobody is on call two nights in a row": (
        (on_call(4, None), on_call(5, None)),
        {"A-06 on_call", "C-03 row"},
    ),
    "nobody is on call four times, never two nights in a row": (
        tuple(on_call(day, None) for day in (2, 4, 6, 8)),
        {"A-06 on_call", "C-03 beyond"},
    ),
    "the night worker is on call too": (
        (on_call(3, "B"),),
        {"A-06 on_call", "A-15 overlap"},
    ),
    "a night is a date late": (
        (cells("A", 4, "休夜明"),),
        {"A-06 awake", "K-02 count_must", "N-01 surplus_night"},
    ),
    "the contact system is given up": (
        (office(contact_system=False),),
        {"A-06 awake", "A-06 on_call"},
    ),
    "guests in the last night are not known": (
        (expected(12, overnight=None),),
        {"A-06 awake", "A-06 on_call"},
    ),
    "a night that needs nobody gets a contact by name": ((on_call(12, "D"),), set()),
    "one more night needs nobody, and has no contact by name": (
        (expected(4, overnight=0), on_call(4, None)),
        {"A-07 contact", "N-01 surplus_night"},
    ),
    "a night that needs nobody gets a night worker": (
        (cells("E", 12, "夜"),),
        {"N-01 surplus_night"},
    ),
    "the night worker manages": (
        (
            person("A", roles=["care", "manager"]),
            cells("A", 4, "夜", roles=["manager"]),
        ),
        {"A-06 awake"},
    ),
    # One person, and one occasion
    "somebody was to have no early shift": (
        (limited({"staff": "F", "counted": "early", "at_most": 0}),),
        {"P-09 most_must"},
    ),
    "the early worker is missed at a meeting in the evening": (
        (
            held(
                {
                    "name": "会議",
                    "dates": [date(4)],
                    "span": "20:30-21:30",
                    "people": ["F"],
                }
            ),
        ),
        {"K-03 missing_must"},
    ),
    # Days
    "a break moves into the visits at noon": (
        (cells("G", 4, "日", breaks=["13:00-14:00"]),),
        {"K-01 must"},
    ),
    "the early shift is dropped": (
        (cells("F", 4, "休"),),
        {"A-04 presence", "K-01 must", "K-02 band_must"},
    ),
    "the day shift is dropped": (
        (cells("G", 4, "休"),),
        {"A-04 presence", "K-01 must", "K-02 band_must"},
    ),
    "the late shift is dropped": (
        (cells("H", 4, "休"),),
        {"A-04 presence", "K-01 must"},
    ),
    "all but the early shift are dropped": (
        (cells("G", 4, "休"), cells("H", 4, "休")),
        {"A-03 daily", "A-04 presence", "K-01 must", "K-02 band_must"},
    ),
    "a shift is a date late": (
        (cells("F", 4, "休早"),),
        {"A-04 presence", "K-01 must", "K-02 band_must"},
    ),
    "more users on record": (
        (office(users_record={"method": "previous_year", "total": 61, "days": 10}),),
        {"A-03 daily"},
    ),
    "more staff out at noon": ((visits_by(3),), {"K-01 must"}),
    "more day users than places": (
        (expected(4, day_users=19),),
        {"D day_use", "K-01 must"},
    ),
    "more guests than places": (
        (expected(4, overnight=10),),
        {"D overnight", "K-01 must"},
    ),
    "more guests than places, for a reason": (
        (expected(4, overnight=10, over_capacity_reason="家族の急病"),),
        {"D excused", "K-01 must"},
    ),
    "more registrants than places": ((office(registered=30),), {"D registered"}),
    # Kinds of people
    "the nurse is swapped out once": (
        (cells("C", 8, "休"), cells("A", 8, "日")),
        {"A-10 shifts"},
    ),
    "the nurse has no licence": (
        (person("C", qualifications=["介護福祉士"]),),
        {"A-10 on_list", "A-10 shifts"},
    ),
    "everybody is part-time": (
        tuple(person(name, full_time=False) for name in "ABCDEFGHMP"),
        {"A-09 on_list", "A-13 on_list"},
    ),
    "the planner is not trained": (
        (person("P", qualifications=["介護支援専門員"]),),
        NO_CARE_MANAGER,
    ),
    "the planner has no licence": (
        (person("P", qualifications=["計画作成担当者研修"]),),
        NO_CARE_MANAGER,
    ),
    "the manager is not trained": ((person("M", qualifications=[]),), {"A-13 on_list"}),
    "the planner gives care on three days": (
        (cells("P", 1, "日日日", roles=["care"]),),
        {"A-11 desk", "G desk_early"},
    ),
    "the manager gives care on three days": (
        (cells("M", 1, "日日日", roles=["care"]),),
        {"A-13 desk"},
    ),
    "the planner is away for a week": (
        (cells("P", 7, "休休休休"),),
        {"A-11 desk", "G desk_early", "G weekly_day", "G deadline_day"},
    ),
    "the planner is on a night on the 9th": (
        (
            cells("D", 9, "休休"),
            cells("P", 9, "夜", roles=["care"]),
            cells("P", 10, "明"),
        ),
        {"G night_ban", "G deadline_day"},
    ),
    "somebody of the cover rule loses the certificate": (
        (person("G", qualifications=[]),),
        {"K-02 band_must"},
    ),
    # One cell
    "a role the person does not hold": (
        (cells("G", 4, "日", roles=["nurse"]),),
        {"A-15 role"},
    ),
    "a segment without a role": (
        (cells("M", 3, "日", roles=[]),),
        {"A-15 role"},
    ),
    "an early shift on the morning after": (
        (cells("A", 5, "早"),),
        {"F-11 least", "F-11 wished"},
    ),
    "a cell is empty": ((empty("E", 4),), {"A-18 complete"}),
    "a break is struck out": (
        (cells("G", 4, "日", breaks=[]),),
        {"F-05 length", "F-05 place"},
    ),
    "a break is struck out for somebody outside the flexible scheme": (
        (cells("A", 2, "日", breaks=[]),),
        {"F-01 day", "F-05 length", "F-05 place"},
    ),
    "a break at a time of nobody's choosing": (
        (cells("M", 3, "日", breaks=["10:00-11:00"]),),
        {"F-05 place"},
    ),
    "the morning after is called a day off": (
        (cells("A", 5, "休"),),
        {"F-07 after_night"},
    ),
    "a day off is called a morning after": (
        (cells("A", 6, "明"),),
        {"F-07 after_night"},
    ),
    # Labour law
    "six days in a week outside the flexible scheme": (
        (cells("A", 7, "日日"), cells("A", 12, "日")),
        {"F-01 week", "F-02 month", "F-13 days_in_a_row_wished"},
    ),
    "above the cap of the month": (
        (cells("A", 8, "日"), cells("A", 12, "日")),
        {"F-02 month"},
    ),
    "no full day off in a week": (
        (cells("E", 10, "日日日"),),
        {"F-06 holiday", "F-13 days_in_a_row_most", "F-13 days_in_a_row_wished"},
    ),
    "paid leave instead of the day off in a week": (
        (cells("E", 10, "有日有"),),
        {"F-06 holiday"},
    ),
    "a night for somebody who may not": (
        (cells("H", 11, "夜明"), cells("B", 11, "日遅")),
        {"F-09 night_work"},
    ),
    "on call twice in a week": ((on_call(5, "G"),), {"F-10 per_week"}),
    "on call twice in a week, the first time last month": (
        (on_call(5, "A"),),
        {"F-10 per_week"},
    ),
    "late, then early": (
        (
            cells("G", 4, "遅早"),
            cells("H", 4, "日"),
            cells("E", 5, "遅"),
        ),
        {"F-11 wished"},
    ),
    "late, then early, where the office allows no such rest": (
        (
            office(rest_least=600),
            cells("G", 4, "遅早"),
            cells("H", 4, "日"),
            cells("E", 5, "遅"),
        ),
        {"F-11 least", "F-11 wished"},
    ),
    "seven days of work in a row": (
        (cells("E", 10, "日日"),),
        {"F-13 days_in_a_row_most", "F-13 days_in_a_row_wished"},
    ),
    "three nights in a row": (
        # with the other nights of these dates taken away, the nurse's among them
        (
            cells("E", 5, "休休休夜明夜明夜"),
            cells("C", 10, "休休"),
        ),
        {
            "F-13 nights_in_a_row",
            "F-13 nights_wished",
            # the last night touches the 13th, the sixth date in a row
            "F-13 days_in_a_row_wished",
            "A-10 shifts",
            "N-01 surplus_night",
            # E's early, day and late shift are missing
            "A-04 presence",
            "K-01 must",
            "K-02 band_must",
        },
    ),
    "more nights than the office allows": (
        (office(nights_most=1), *(person(name, nights_max=None) for name in "BCDEFGH")),
        {"F-13 nights_most"},
    ),
    "more nights than the office allows, agreed on in the contracts": (
        (office(nights_most=1),),
        set(),
    ),
    "early on the date after a morning after": (
        (cells("C", 4, "早"),),
        {"F-07 early_after", "F-13 days_in_a_row_wished"},
    ),
    # Contracts and wishes
    "a part-timer on a wrong weekday": ((cells("T", 8, "短休"),), {"L-01 available"}),
    "a shift that was not agreed": ((cells("T", 9, "早"),), {"L-01 duty"}),
    "on call though not agreed": ((on_call(4, "M"),), {"L-01 duty"}),
    "on call on paid leave": ((cells("F", 2, "有"),), {"L-01 employed"}),
    "on call on a date of absence": ((cells("F", 2, "欠"),), {"L-01 employed"}),
    "away though employed": ((cells("E", 4, "・"),), {"L-01 employed"}),
    "at work after the contract's end": (
        (person("T", employed={"last": date(8)}),),
        {"L-01 employed"},
    ),
    "a day off becomes paid leave": ((cells("D", 5, "有"),), {"L-02 days_off"}),
    "a day off becomes absence": ((cells("D", 5, "欠"),), {"L-02 days_off"}),
    "a part-timer's day is dropped": ((cells("T", 9, "休"),), {"L-03 hours_min"}),
    "a part-timer's third day in a week": (
        (cells("T", 11, "短"),),
        {"L-04 days_per_week"},
    ),
    "a part-timer's third day, the first last month": (
        (cells("T", 4, "短"),),
        {"L-04 days_per_week"},
    ),
    "a part-timer's hours of seven days above the contract": (
        (person("T", week_minutes_max=300),),
        {"L-06 hours_per_week"},
    ),
    "a part-timer's hours above the contract": (
        (person("T", minutes_max=700, minutes_min=None),),
        {"L-03 hours_max"},
    ),
    "a night more than agreed": (
        (person("B", nights_max=1),),
        {"L-05 nights_max"},
    ),
    "a night less than agreed": (
        (cells("G", 5, "夜"), cells("H", 5, "遅休")),
        {"L-05 nights_min"},
    ),
    "a must of a wish is refused": (
        (cells("F", 3, "日"),),
        {"W-01 must", "F-13 days_in_a_row_wished"},
    ),
    "a wish is refused": (
        (cells("B", 9, "遅"), cells("C", 9, "日")),
        {"W-01 strong"},
    ),
    "a wish is refused to somebody refused twice before": (
        (
            asked({"staff": "T", "date": date(9), "want": "day_off"}),
            accounts({"staff": "T", "wishes_asked": 3, "wishes_granted": 1}),
        ),
        {"W-01 strong", "W-01 again"},
    ),
    "the morning off, and a shift that begins in it": (
        (asked({"staff": "T", "date": date(9), "want": "morning_off"}),),
        {"W-01 strong"},
    ),
    "a pinned shift is dropped": (
        (
            pinned(duties=[{"staff": "T", "date": date(9), "shift": "短"}]),
            cells("T", 9, "休"),
        ),
        {"L-03 hours_min", "W-02 duty"},
    ),
    "another is on call in a pinned night": (
        (pinned(on_call=[{"staff": "H", "date": date(5)}]),),
        {"W-02 on_call"},
    ),
    "a pair kept apart meets": (
        (paired({"first": "A", "second": "B", "kind": "apart"}),),
        {"P-01 apart_must"},
    ),
    "a newcomer on nights and late shifts, the mentor a turn ahead": (
        (person("A", groups=["新人"]), person("B", groups=["指導"])),
        {"P-02 night_must", "P-02 day_guideline"},
    ),
    "a Monday and a Wednesday, each by itself by choice": (
        (office(lone_work_day="comfort"), person("T", weekdays=[0, 1, 2, 3, 4])),
        {"P-04 comfort"},
    ),
    "a night, then early, against the turn of the wheel": (
        (office(forward_rotation="guideline"), cells("A", 5, "早")),
        {"F-11 least", "F-11 wished", "P-05 guideline"},
    ),
    "two nights against none among equals": (
        (
            person("B", nights_max=None, employed={}),
            person("G", nights_max=None, employed={}),
            cells("G", 6, "休休"),
        ),
        {"A-06 awake", "K-02 count_must", "M-01 off_1"},
    ),
}


for path in sorted(FOLDER.glob("*.toml")):
    for one in tomllib.loads(path.read_text(encoding="utf-8")).get("spoilt", ()):
        edits = (office(**one.get("office", {})), shifts(one.get("shifts", {})))
        MUTATIONS[one["name"]] = (edits, set(one["breaks"]))


def amounts(month: Month, *, evenness: bool) -> Counter[str]:
    """Add up the findings by rule and facet; evenness moves with every cell."""
    found: Counter[str] = Counter()
    for finding in audit(month.problem, month.roster):
        if evenness or finding.stance is not Stance.FAIR or finding.rule == "W-01":
            found[f"{finding.rule} {finding.facet}"] += finding.amount
    return found


@pytest.fixture(scope="module")
def legal() -> Month:
    problem = legal_problem()
    return Month(problem, legal_roster(problem))


def test_the_month_is_legal(legal: Month) -> None:
    """Before anything is spoilt two things are told, and no more.

    Breaks of lone night workers, and the last night without a contact by name.
    Evenness apart: a month drawn by hand does not deal every burden out.
    """
    found = audit(legal.problem, legal.roster)
    found = [finding for finding in found if finding.rule != "M-01"]
    assert {(f.rule, f.facet, f.stance) for f in found} == {
        ("A-06", "lone_break", Stance.REPORT),
        ("A-07", "contact", Stance.COMFORT),
    }
    assert len(found) == 11 + 1


@pytest.mark.parametrize("name", MUTATIONS)
def test_the_audit_names_what_was_broken(name: str, legal: Month) -> None:
    """What appears is the rule that was broken and what follows from it, no more."""
    edits, broken = MUTATIONS[name]
    month = legal
    for edit in edits:
        month = edit(month)
    evenness = any(facet.startswith("M-01") for facet in broken)
    new = amounts(month, evenness=evenness) - amounts(legal, evenness=evenness)
    assert set(new) == broken


def test_every_rule_is_broken_by_some_mutation() -> None:
    """No check goes without a mutation that it must notice."""
    named = {facet.split()[0] for _, broken in MUTATIONS.values() for facet in broken}
    assert named == set(CHECKS)
