"""Wishes that pass the office's quotas, or pile up on a date."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from scheduler.audit.consistency.report import mistake
from scheduler.audit.figures.able import pile_ups
from scheduler.domain.requests import Want

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scheduler.domain.base import StaffId
    from scheduler.domain.errors import Mistake
    from scheduler.domain.problem import Problem


def warnings(problem: Problem) -> Iterator[Mistake]:
    """Find who, and which dates, ask for more days off than the quotas, and pile-ups.

    Days off of any strength count; paid leave does not, nor do half days.
    """
    yield from _over_quota(problem)
    places = {
        cell: problem.requests.index(requests[0])
        for cell, requests in problem.requests_by_cell.items()
    }
    for pile_up in pile_ups(problem):
        yield mistake(
            "pile_up",
            ("requests", places[pile_up.free[0], pile_up.date]),
            on=pile_up.date,
            count=len(pile_up.free),
            names="、".join(pile_up.free),
            others=pile_up.others,
            given=pile_up.reached,
            needed=pile_up.required,
            missing=pile_up.missing,
        )


def _over_quota(problem: Problem) -> Iterator[Mistake]:
    settings = problem.office.settings
    by_person: dict[StaffId, list[int]] = defaultdict(list)
    by_date: dict[dt.date, list[int]] = defaultdict(list)
    for i, request in enumerate(problem.requests):
        if request.want is Want.DAY_OFF:
            by_person[request.staff].append(i)
            by_date[request.date].append(i)
    limit = settings.wishes_per_person
    for name, asked in by_person.items():
        if limit is not None and len(asked) > limit:
            loc = ("requests", asked[limit])
            yield mistake("many_wishes", loc, name=name, count=len(asked), limit=limit)
    limit = settings.wishes_per_day
    for date, asked in sorted(by_date.items()):
        if limit is not None and len(asked) > limit:
            names = "、".join(problem.requests[i].staff for i in asked)
            yield mistake(
                "many_wish_date",
                ("requests", asked[limit]),
                on=date,
                count=len(asked),
                names=names,
                limit=limit,
            )
