"""What does not fit together in a problem, each with the path to it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scheduler import consistency
from scheduler.consistency.people import NO_NAMES
from scheduler.consistency.shift_table import RESERVED
from scheduler.domain.problem import Problem
from scheduler.i18n import spellings
from scheduler.samples import SAMPLES
from scheduler.wording import mistake_text
from scheduler.wording.mistakes import MESSAGES
from scheduler.wording.requests import AFTERNOON_OFF, MORNING_OFF
from scheduler.workbook.reading.grids import LABELS
from scheduler.workbook.roster.symbols import OFF_SYMBOLS, ON_CALL_MARK, WISHED_DAY_OFF
from tests.input_offices import by_hand

if TYPE_CHECKING:
    from scheduler.domain.errors import Mistake

ROOT = Path(__file__).resolve().parent.parent


def changed(*path: str | int, value: Any) -> Problem:
    """Return the office of `by_hand` with one value replaced."""
    data = by_hand().model_dump()
    inner: Any = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return Problem.model_validate(data)


def told(found: tuple[Mistake, ...]) -> list[tuple[str, tuple[str | int, ...]]]:
    """Return code and path of each mistake, which must have words."""
    assert all(mistake_text(one) for one in found)
    return [(one.code, one.loc) for one in found]


def test_nothing_wrong() -> None:
    """The office by hand and the samples fit together."""
    for problem in (by_hand(), *(make() for make in SAMPLES.values())):
        assert consistency.mistakes(problem) == ()


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        # Only JSON can say these; what a workbook can say is tested with its cells.
        (("history", "duties", 0, "off"), "day_off", "duty_unclear"),
        (("history", "duties", 0, "shift"), "朝", "unknown_shift"),
        (("history", "duties", 0, "roles"), (), "duty_roles"),
        (("history", "duties", 0, "breaks"), ((0, 60),), "duty_breaks"),
        (("history", "duties", 0, "staff"), "椿", "unknown_person"),
        (("history", "duties", 0, "date"), dt.date(2026, 10, 30), "tail_far"),
        (("history", "on_call", 0, "date"), dt.date(2026, 12, 1), "tail_in_period"),
        (("history", "on_call", 1, "date"), dt.date(2026, 11, 24), "duplicate_on_call"),
        (("history", "duties", 1, "date"), dt.date(2026, 11, 24), "duplicate_duties"),
        (("requests", 0, "date"), dt.date(2026, 12, 8), "date_outside"),
        (("requests", 0, "staff"), "椿", "unknown_person"),
        (("office", "profiles", 1, "name"), "通常", "duplicate_profile"),
        (("office", "profiles", 1, "guests_return"), 500, "guests_return_early"),
        (("office", "name"), "ホーム\x07", "control_character"),
        (("pairs", 0, "first"), "椿", "unknown_person"),
        (("pairs", 1, "first"), "桜", "pair_both"),
        (("office", "settings", "fair_shifts"), ["日", "日"], "twice_in_cell"),
        (("office", "settings", "fair_shifts"), ["朝"], "unknown_shift"),
        (("staff", 1, "groups"), ["長" * 201], "too_long"),
        (("staff", 1, "name"), "宿直", "reserved_name"),
        (("staff", 1, "name"), "宿 直", "reserved_name"),
        (("staff", 1, "name"), "桜\u200b", "duplicate_name"),
        (("office", "name"), "　 ", "no_name"),
        (("office", "name"), "ホーム\t桜", "control_character"),
        (("cover_rules", 0, "name"), "送\n迎", "control_character"),
        (("shifts", 1, "name"), "日\u2028勤", "control_character"),
        (("shifts", 1, "start"), 1440, "shift_ends_early"),
        (("shifts", 3, "roles"), ["planner"], "shift_without_role"),
    ],
)
def test_one_thing_wrong(path: tuple[str | int, ...], value: Any, code: str) -> None:
    """One value replaced: the mistake is found, at that value or what leans on it."""
    found = dict(told(consistency.mistakes(changed(*path, value=value))))
    assert code in found


def test_period_without_rules() -> None:
    """A period before the law of the rulebook is refused, at its first date."""
    period = {"first": dt.date(2000, 12, 1), "last": dt.date(2000, 12, 7)}
    found = consistency.mistakes(changed("period", value=period))
    assert ("no_rules_for_period", ("period", "first")) in told(found)


def test_capacity_of_an_ordinance() -> None:
    """With limits of its own, an office is held to these."""
    limits = {"registered": 29, "day_use": 12, "overnight": 9}
    problem = changed("office", "capacity_limit", value=limits)
    found = consistency.mistakes(problem)
    assert told(found) == [("capacity_above_law", ("office", "capacity", "day_use"))]
    assert found[0].facts == {"capacity": 18, "limit": 12}


@pytest.mark.parametrize(
    ("registered", "day_use", "fits"),
    # Rule D: up to 15, from 26 registered 16, from 28 17, with 29 18.
    [
        *[(25, 15, True), (25, 16, False), (27, 16, True), (27, 17, False)],
        *[(28, 17, True), (28, 18, False), (29, 18, True)],
    ],
)
def test_day_use_ceiling(registered: int, day_use: int, fits: bool) -> None:
    """The day-use ceiling rises with the registration capacity."""
    capacity = {"registered": registered, "day_use": day_use, "overnight": 9}
    found = consistency.mistakes(changed("office", "capacity", value=capacity))
    assert (found == ()) is fits


@pytest.mark.parametrize(
    ("minutes", "breaks", "fits"),
    # F-05: above 6 hours of work 45 minutes, above 8 hours 60.
    [
        *[(360, 0, True), (361, 0, False), (406, 45, True), (406, 44, False)],
        *[(525, 45, True), (526, 45, False), (541, 60, True)],
    ],
)
def test_break_of_the_law(minutes: int, breaks: int, fits: bool) -> None:
    """Breaks follow the work of a shift, its own breaks taken off."""
    options = [[(600, 600 + breaks)]] if breaks else []
    shift = {"symbol": "早", "kind": "early", "start": 540, "end": 540 + minutes}
    data = by_hand().model_dump()
    data["shifts"][0].update(shift, breaks=options)
    found = consistency.mistakes(Problem.model_validate(data))
    assert [one.code for one in found] == ([] if fits else ["break_short"])


def test_warnings() -> None:
    """What is likely not meant is told, and does not refuse the input."""
    data = by_hand().model_dump()
    data["history"]["duties"] = data["history"]["duties"][1:]
    data["forecast"]["days"][2]["day_users"] = 19
    data["cover_rules"][0]["group"] = "運転手"
    data["staff"][1]["shifts"], data["staff"][1]["on_call"] = [], False
    data["staff"][2]["groups"] = ["新人"]
    problem = Problem.model_validate(data)
    assert consistency.mistakes(problem) == ()
    assert told(consistency.warnings(problem)) == [
        ("users_record_empty", ("office", "users_record", "total")),
        ("person_without_work", ("staff", 1, "shifts")),
        ("forecast_above_capacity", ("forecast", "days", 2, "day_users")),
        ("nobody_has", ("cover_rules", 0, "group")),
        ("nobody_guides", ("office", "settings", "mentors")),
        ("tail_gap", ("history", "duties")),
    ]


def test_every_code_has_words_and_is_used() -> None:
    """Codes of mistakes in the code and in the messages are the same."""
    text = "".join(
        file.read_text(encoding="utf-8")
        for file in (ROOT / "scheduler").rglob("*.py")
        if file.relative_to(ROOT).as_posix() != "scheduler/wording/mistakes.py"
    )
    quoted = set(re.findall(r'"([a-z_]+)"', text)) | {
        *(f"duplicate_{part}" for part in ("duties", "on_call")),
        *(f"agreement_needs_{part}" for part in ("staff", "date", "name")),
        *(f"agreement_without_{part}" for part in ("staff", "date", "name")),
    }
    assert set(MESSAGES) - quoted == set()


def test_reserved_words_are_those_of_the_grids() -> None:
    """No symbol is a mark of the grids, and no name the label of a row."""
    marks = {*OFF_SYMBOLS.values(), WISHED_DAY_OFF, ON_CALL_MARK}
    assert set(RESERVED) == {*marks, MORNING_OFF, AFTERNOON_OFF}
    labels = {word for label in LABELS for word in spellings(label)}
    assert labels <= set(NO_NAMES)
