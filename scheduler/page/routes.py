"""Every address of the page, and what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from scheduler.page.forms import with_form
from scheduler.page.rendering import STATIC
from scheduler.page.screens import (
    absences,
    ask,
    begin,
    check,
    files,
    hard,
    home,
    make,
    material,
    month,
    office,
    papers,
    review,
    sick,
    slips,
    stamps,
    versions,
    wall,
)

if TYPE_CHECKING:
    from starlette.routing import BaseRoute


PLANS = "/sick/run/{number:int}"
"""The plans of one search for what to do when somebody is away."""

STAMPS = "/review/{book}/stamps"
"""The stamps of the clock, held against a month."""

MAP = "/review/map/{number:int}"
"""One map of absences."""


def routes() -> list[BaseRoute]:
    """Return every address with what answers it; POST changes something, GET nothing.

    A form is read before its answer is made (`with_form`), so that answers which take
    long are worked out in a thread.
    """
    return [
        Route("/", home.show),
        Route("/language", with_form(files.use), methods=["POST"]),
        Route("/file/{book}", files.download),
        Route("/month", month.latest),
        *month.MonthScreen().routes(),
        Route("/versions/{book}", versions.show),
        Route("/versions/{book}", with_form(versions.bring_back), methods=["POST"]),
        Route("/wall/{book}", wall.show),
        Route("/wall/{book}/all/file", papers.wall_of_all),
        Route("/slips/{book}", slips.show),
        Route("/papers/{book}", papers.menu),
        Route("/papers/{book}/{paper}", papers.show),
        Route("/papers/{book}/{paper}/file", papers.workbook),
        Route("/check", check.latest),
        Route("/check", with_form(check.upload), methods=["POST"]),
        Route("/check/{book}", check.show),
        Route("/sick", sick.latest),
        Route("/sick/{book}", sick.show),
        Route("/sick/{book}", with_form(sick.start), methods=["POST"]),
        Route(PLANS, sick.follow),
        Route(f"{PLANS}/events", sick.events),
        Route(f"{PLANS}/answer", with_form(sick.answer), methods=["POST"]),
        Route(f"{PLANS}/others", with_form(sick.others), methods=["POST"]),
        Route(f"{PLANS}/take", with_form(sick.take), methods=["POST"]),
        Route("/material", material.latest),
        *material.MaterialScreen().routes(),
        Route("/new", begin.show),
        Route("/new", with_form(begin.begin), methods=["POST"]),
        Route("/office", office.latest),
        *office.OfficeScreen().routes(),
        Route("/make", make.show),
        Route("/make", with_form(make.start), methods=["POST"]),
        Route("/make/{number:int}", make.follow),
        Route("/make/{number:int}/wish", with_form(make.wish), methods=["POST"]),
        Route("/make/{number:int}/rescue", with_form(make.rescue), methods=["POST"]),
        Route("/make/{number:int}/choose", with_form(make.choose), methods=["POST"]),
        Route("/make/{number:int}/events", make.events),
        Route("/make/{number:int}/wall", make.wall),
        Route("/ask", ask.latest),
        Route("/ask/{book}", ask.show),
        Route("/ask/{book}", with_form(ask.ask), methods=["POST"]),
        Route("/ask/{book}/{number:int}", ask.follow),
        Route("/ask/{book}/{number:int}/answers", ask.answers),
        Route("/hard", hard.latest),
        Route("/hard/{book}", hard.show),
        Route("/hard/{book}", with_form(hard.make_again), methods=["POST"]),
        Route("/review", review.latest),
        Route("/review/{book}", review.show),
        Route("/review/{book}/close", with_form(review.close), methods=["POST"]),
        Route(STAMPS, stamps.show),
        Route(f"{STAMPS}/file", stamps.workbook),
        Route(f"{STAMPS}/read", with_form(stamps.read), methods=["POST"]),
        Route(f"{STAMPS}/columns", with_form(stamps.choose), methods=["POST"]),
        Route(f"{STAMPS}/decide", with_form(stamps.decide), methods=["POST"]),
        Route("/review/{book}/map", with_form(absences.start), methods=["POST"]),
        Route(
            "/review/map/{number:int}/stop", with_form(absences.stop), methods=["POST"]
        ),
        Route("/review/map/{number:int}/events", absences.events),
        Route("/review/map/{number:int}/file", absences.workbook),
        Route("/review/{book}/next", with_form(review.following), methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
