"""The page of causes (原因): what forces each shortage, condition by condition.

The page of repairs (解決策): ways out, any one of them enough.

The page on one more person (増員の効果): before and after, for the owner.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.files.workbook.roster.page import CENTRE, LEFT, Page
from scheduler.files.workbook.styles import (
    ALARM_INK,
    BAND,
    GOOD,
    SHORT,
    SOFT_INK,
    SURPLUS,
    WISH,
    Look,
    print_setup,
)
from scheduler.wording.causes import (
    able_text,
    broken_text,
    conditions,
    force_text,
    given_text,
    unexplained_texts,
)
from scheduler.wording.hires import (
    contracts_text,
    hire_name,
    hires_note,
    musts_text,
    shortage_text,
    verdict_text,
)
from scheduler.wording.repairs import (
    change_texts,
    changes,
    claim_text,
    enough_text,
    entering_text,
    fairness_texts,
    lost_texts,
    remaining_texts,
    repair_name,
    step_texts,
    won_texts,
)
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from scheduler.domain.advice import Advice, Cause, Hire, Repair
    from scheduler.files.workbook.roster.book import Book


CAUSE_COLUMNS = (5, 96, 19)
BROKEN = replace(LEFT, size=10, bold=True, ink=ALARM_INK)
BEHIND = replace(LEFT, ink=SOFT_INK)
YIELDS = replace(CENTRE, fill=WISH)
FIRM = replace(CENTRE, fill=BAND)


def write_causes(book: Book, sheet: Worksheet) -> None:
    """Fill the page of causes."""
    advice = book.advice
    page = Page(book.stylist, sheet, CAUSE_COLUMNS)
    page.title(_("Why it cannot be kept"))
    note = _(
        "For every shortage the conditions that together force it, however the rest is "
        "arranged. “By agreement”: those concerned may agree on an exception. “Fixed”: "
        "law, or a rule without exceptions; it eases only if fewer users come or more "
        "people work."
    )
    page.sentence(" ".join((note, given_text(advice))).strip(), LEFT)
    for number, cause in enumerate(advice.causes, start=1):
        _cause(book, page, number, cause)
    _unexplained(book, page, advice)
    print_setup(sheet)


def _cause(book: Book, page: Page, number: int, cause: Cause) -> None:
    problem, rulebook = book.problem, book.rulebook
    page.section(_("Cause {number}").format(number=number))
    page.sentence(broken_text(cause, book.findings, rulebook, problem), BROKEN)
    page.sentence(force_text(cause), LEFT)
    told = conditions(cause, rulebook, problem)
    if told:
        what = _("Conditions that together force it")
        page.headings(("", what, _("Can give way")))
    for place, one in enumerate(told, start=1):
        word = _("by agreement") if one.can_yield else _("fixed")
        mark = YIELDS if one.can_yield else FIRM
        page.line((place, one.text, word), (CENTRE, LEFT, mark))
    able = able_text(cause, problem)
    if able:
        page.sentence(able, BEHIND)


def _unexplained(book: Book, page: Page, advice: Advice) -> None:
    texts = unexplained_texts(advice, book.findings, book.rulebook, book.problem)
    if texts:
        page.section(_("No cause was found in time for"))
    for text in texts:
        page.sentence(text, LEFT)


REPAIR_COLUMNS = (26, 50, 56)
ENOUGH = Look(size=11, bold=True, fill=GOOD, across="left", wrap=True)
REPAIR_NAME = replace(LEFT, bold=True, fill=BAND, down="top")
STEPS = replace(LEFT, size=9.5, bold=True, down="top")
BESIDES = replace(LEFT, down="top")

MOST_WISHES = 6
MOST_CHANGES = 12
"""Wishes and cells that are told one by one; of more, their number is told."""


def write_repairs(book: Book, sheet: Worksheet) -> None:
    """Fill the page of repairs."""
    repairs = book.advice.repairs
    page = Page(book.stylist, sheet, REPAIR_COLUMNS)
    page.title(_("What would make the month legal"))
    page.sentence(enough_text(book.advice), ENOUGH)
    page.sentence(entering_text(book.advice), LEFT)
    page.row += 1
    page.headings((_("Repair"), _("What to do"), _("What else changes")))
    for number, repair in enumerate(repairs, start=1):
        _repair(book, page, number, repair)
    print_setup(sheet, title_rows="5:5")


def _repair(book: Book, page: Page, number: int, repair: Repair) -> None:
    """Write a repair in one row, which no printer parts."""
    name = (
        repair_name(number),
        claim_text(repair, number, has_begun=bool(book.advice.since)),
    )
    steps = step_texts(repair, book.rulebook, book.problem)
    besides = BESIDES if not repair.remaining else replace(BESIDES, fill=SHORT)
    page.line(
        ("\n".join(name), _numbered(steps), "\n".join(_effects(book, repair))),
        (REPAIR_NAME, STEPS, besides),
    )


def _effects(book: Book, repair: Repair) -> Iterator[str]:
    lost, won = (_first(texts(repair)) for texts in (lost_texts, won_texts))
    changed = changes(repair, book.problem, book.roster)
    cells = _("Cells that change: {count}").format(count=len(changed))
    yield from _listed(_("Still broken"), remaining_texts(repair, book.rulebook))
    yield from _listed(_("Wishes lost"), lost or (_("none"),))
    yield from _listed(_("Wishes won"), won)
    yield from _listed(_("Evenness"), fairness_texts(repair))
    yield from _listed(cells, change_texts(changed, MOST_CHANGES))


def _listed(label: str, texts: Sequence[str]) -> Iterator[str]:
    """Yield a label and, below it, what there is to say."""
    if texts:
        yield _("[{label}]").format(label=label)
        yield from texts


def _first(texts: Sequence[str]) -> tuple[str, ...]:
    if len(texts) <= MOST_WISHES:
        return tuple(texts)
    more = _("and {more} more").format(more=len(texts) - MOST_WISHES)
    return (*texts[:MOST_WISHES], more)


def _numbered(texts: Sequence[str]) -> str:
    """Write lines below each other, with numbers where there are several."""
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{place}. {text}" for place, text in enumerate(texts, start=1))


HIRE_COLUMNS = (42, 10, 10, 10, 10, 10, 10, 8, 8, 17)
NAME = replace(LEFT, bold=True, size=10)
VALUE = replace(CENTRE, size=9, shrink=True, wrap=False)
BEFORE = replace(VALUE, fill=BAND)


def write_hires(book: Book, sheet: Worksheet) -> None:
    """Fill the page on one more person."""
    page = Page(book.stylist, sheet, HIRE_COLUMNS)
    page.title(_("What one more person would bring"))
    page.sentence(hires_note(), LEFT)
    legend = _("Green: nothing is missing any more. Blue: less than before.")
    page.sentence(legend, LEFT)
    page.row += 1
    bands = (
        _("Statutory shortage"),
        _("Musts of the office"),
        _("Contracts"),
        _("Wishes refused"),
    )
    page.bands(bands, span=2, after=1)
    times = (_("now"), _("then"))
    page.headings((_("Who"), *times * len(bands), _("Law and musts")))
    for hire in book.advice.hires:
        _hire(page, hire)
    print_setup(sheet)


def _hire(page: Page, hire: Hire) -> None:
    values = (
        hire_name(hire),
        shortage_text(hire.short_before),
        shortage_text(hire.short_after),
        musts_text(hire.musts_before),
        musts_text(hire.musts_after),
        contracts_text(hire.contract_before),
        contracts_text(hire.contract_after),
        hire.refused_before,
        hire.refused_after,
        verdict_text(hire),
    )
    looks = (
        NAME,
        BEFORE,
        _after(hire.short_before, hire.short_after),
        BEFORE,
        _after(hire.musts_before, hire.musts_after),
        BEFORE,
        _after(hire.contract_before, hire.contract_after),
        BEFORE,
        _after(hire.refused_before, hire.refused_after),
        VALUE,
    )
    page.line(values, looks)


def _after(before: int, after: int) -> Look:
    """Return the look of a value by how much better it is than before."""
    if after >= before:
        return VALUE
    return replace(VALUE, bold=True, fill=SURPLUS if after else GOOD)
