"""Plans side by side, a column each: whom each asks, what each keeps."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from scheduler.audit.changes.plans import plan_sums
from scheduler.files.workbook.roster.page import LEFT, Page
from scheduler.files.workbook.styles import (
    BAND,
    GOOD,
    HEAD,
    SHORT,
    WISH,
    Look,
    print_setup,
)
from scheduler.wording.duties import request_text
from scheduler.wording.findings import gathered_texts
from scheduler.wording.names import burden_name, cells_text, people_text, share_text
from scheduler.wording.plans import (
    claim_text,
    hours_change_texts,
    plan_name,
    plan_verdict,
    scenario_texts,
)
from scheduler.wording.times import date_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.audit.changes.plans import PlanSums
    from scheduler.domain.finding import Finding
    from scheduler.domain.ledger import Burden
    from scheduler.domain.plan import Plan
    from scheduler.files.workbook.roster.book import Book
    from scheduler.rulebook import Rulebook


MOST_LINES = 6
"""Of one kind in a cell; the pages of the plan itself have them all."""

LABEL_WIDTH = 28
LABEL = replace(LEFT, bold=True, fill=BAND)
VALUE = replace(LEFT, size=9)
NOTHING = "-"


def line(page: Page, label: str, texts: Sequence[str]) -> None:
    """Write a row: what it is, and a cell for each plan."""
    page.line((label, *texts), (LABEL, *[VALUE] * len(texts)))


def write_side_by_side(
    page: Page,
    plans: Sequence[Plan],
    claims: Sequence[str],
    rulebook: Rulebook,
) -> None:
    """Write the rows that compare plans.

    Parameters
    ----------
    plans
        Column by column.
    claims
        How sure it is of each that nothing disturbs less.
    """
    _verdicts(page, plans)
    line(page, _("How sure that is"), claims)
    sums = [plan_sums(plan) for plan in plans]

    def row(label: str, text: Callable[[PlanSums], str]) -> None:
        line(page, label, [text(one) for one in sums])

    def broken(findings: Iterable[Finding]) -> str:
        return _listed(gathered_texts(findings, rulebook))

    row(_("People to be asked"), _asked)
    row(_("Their cells that change"), lambda one: cells_text(one.cells))
    row(
        _("The first date of them"),
        lambda one: date_text(one.nearest) if one.nearest else NOTHING,
    )
    row(_("Not kept"), lambda one: broken(one.breaches))
    row(_("Beyond contracts"), lambda one: broken(one.contracts))
    row(
        _("Wishes lost"),
        lambda one: _listed(map(request_text, one.effects.wishes_lost)),
    )
    row(
        _("Wishes won"),
        lambda one: _listed(map(request_text, one.effects.wishes_won)),
    )
    row(
        _("Change of the hours of work"),
        lambda one: _some(hours_change_texts(one.hours)),
    )
    for burden in dict.fromkeys(_burdens(sums)):
        label = _("{burden}: largest difference from a fair share")
        row(label.format(burden=burden_name(burden)), partial(_deviation, burden))


def _verdicts(page: Page, plans: Sequence[Plan]) -> None:
    texts = [plan_verdict(plan) for plan in plans]
    looks: list[Look] = [
        replace(VALUE, bold=True, fill=GOOD if plan.is_legal else SHORT)
        for plan in plans
    ]
    page.line((_("Verdict"), *texts), (LABEL, *looks))


def _asked(sums: PlanSums) -> str:
    count = people_text(len(sums.disturbed))
    names = "、".join(sums.disturbed)
    return f"{count}: {names}" if names else count


def _listed(texts: Iterable[str]) -> str:
    return _some(["・" + text for text in texts]) or _("none")


def _some(texts: Sequence[str]) -> str:
    """Write a line each, and how many more there are."""
    lines = list(islice(texts, MOST_LINES))
    if len(texts) > MOST_LINES:
        lines.append(_("and {more} more").format(more=len(texts) - MOST_LINES))
    return "\n".join(lines)


def _burdens(sums: Iterable[PlanSums]) -> Iterator[Burden]:
    for one in sums:
        yield from (burden for burden, _before, _after in one.deviations)


def _deviation(burden: Burden, sums: PlanSums) -> str:
    """Write the largest deviation before and after, once where it is the same."""
    for known, before, after in sums.deviations:
        if known == burden:
            if before == after:
                return share_text(after)
            text = _("{before} -> {after}")
            return text.format(before=share_text(before), after=share_text(after))
    return NOTHING


WIDTH = 38
OWN = replace(HEAD, fill=WISH)
"""The heading of the plan that the workbook holds."""


def write_plans(book: Book, sheet: Worksheet) -> None:
    """Fill the page that compares the plans of a book."""
    plans = book.plans
    page = Page(book.stylist, sheet, (LABEL_WIDTH, *[WIDTH] * len(plans)))
    page.title(
        _("Plans side by side; this file is {name}").format(
            name=plan_name(book.plan_number)
        )
    )
    scenario = "、".join(scenario_texts(book.plan.scenario, book.problem))
    page.sentence(_("What has happened: {what}").format(what=scenario), LEFT)
    note = _("Any one of them is enough. Each spares somebody of every plan before it.")
    page.sentence(note, LEFT)
    page.row += 1
    numbers = range(1, len(plans) + 1)
    heads = [OWN if number == book.plan_number else HEAD for number in numbers]
    page.line(("", *map(plan_name, numbers)), (HEAD, *heads))
    claims = [claim_text(plan, i) for i, plan in enumerate(plans, start=1)]
    write_side_by_side(page, plans, claims, book.rulebook)
    print_setup(sheet)
