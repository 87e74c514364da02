"""The page of users' services, for the manager: it names users, and is not posted."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from scheduler.audit.users import (
    UserServices,
    registrant_days,
    services,
    services_by_user,
    services_per_week,
)
from scheduler.files.workbook.page import LEFT, Page, TableColumn
from scheduler.files.workbook.styles import ALARM_INK, SHORT, Look
from scheduler.wording.names import name_of
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.roster.book import Book

WIDTHS = (14, 12, 12, 9, 9, 9, 9, 10)
COUNTED = Look(size=9)
AVERAGE = Look(size=9, number="0.0")
FEW = replace(AVERAGE, fill=SHORT, ink=ALARM_INK, bold=True)


def write_users(book: Book, page: Page) -> None:
    """Fill the page: a line for each registrant, and the office's average (C-06)."""
    problem, least = book.problem, book.rulebook["C-06"].int("per_week")
    page.widths(WIDTHS)
    page.title(_("Users' services (not to be posted)"))
    text = _(
        "By the users' plans. Each day use, visit and night counts; dates in hospital "
        "and before or after registration do not. Red: fewer than {least} a week. The "
        "fee depends on the average of all (C-06; to be confirmed with the "
        "municipality)."
    )
    page.sentence(text.format(least=least))
    head = page.row
    page.table(_columns(least), services_by_user(problem))
    made, days = services(problem), registrant_days(problem)
    average = services_per_week(made.total, days) if days else Fraction()
    by_plan = (made.day_use, made.visits, made.stays, made.total)
    page.line(
        (_("All, as expected"), "", days, *by_plan, float(average)),
        (LEFT, LEFT, *[COUNTED] * 5, AVERAGE if average >= least else FEW),
    )
    page.finish(head, freeze=1, landscape=False)


def _columns(least: int) -> tuple[TableColumn[UserServices], ...]:
    def level(one: UserServices) -> str:
        return name_of(one.user.care_level) if one.user.care_level else ""

    return (
        TableColumn(_("User"), lambda one: one.user.name, LEFT),
        TableColumn(_("Care level"), level, LEFT),
        TableColumn(_("Dates counted"), lambda one: one.days, COUNTED),
        TableColumn(_("Day use"), lambda one: one.day_use, COUNTED),
        TableColumn(_("Visits at home"), lambda one: one.visits, COUNTED),
        TableColumn(_("Overnight stays"), lambda one: one.stays, COUNTED),
        TableColumn(_("In all"), lambda one: one.total, COUNTED),
        TableColumn(
            _("A week"),
            lambda one: float(one.per_week),
            lambda one: AVERAGE if one.per_week >= least or not one.days else FEW,
        ),
    )
