"""The bar at the top, which leads to the screens."""

from __future__ import annotations

from typing import NamedTuple

from scheduler.wording.translation import N_


class Screen(NamedTuple):
    """An entry of the bar: the screen's name, its address, its title."""

    name: str
    address: str
    title: str


NAVIGATION = (
    Screen("home", "/", N_("Start")),
    Screen("material", "/material", N_("Material")),
    Screen("check", "/check", N_("Check")),
    Screen("make", "/make", N_("Make")),
    Screen("month", "/month", N_("Roster")),
    Screen("sick", "/sick", N_("Somebody is ill")),
    Screen("ask", "/ask", N_("Who can?")),
    Screen("hard", "/hard", N_("In trouble")),
    Screen("review", "/review", N_("Look back")),
    Screen("office", "/office", N_("The office")),
)
"""The bar at the top.  A screen's template is named after it."""
