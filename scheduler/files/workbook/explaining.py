"""What a field means, how it is typed and what an empty cell stands for, in words.

For whoever fills the workbook in: its comments, its sheet on how to use it, and the
pages in docs/ja/.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from scheduler.domain.fields import FieldKind
from scheduler.files.workbook.words import names_of, show
from scheduler.wording.translation import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scheduler.files.workbook.columns import Column

HOW: Mapping[FieldKind, str] = MappingProxyType(
    {
        FieldKind.TEXT: N_("text on one line"),
        FieldKind.PROSE: N_("text"),
        FieldKind.TEXTS: N_("words with 、 between: 運転、新人"),
        FieldKind.QUALIFICATION: N_("as on the certificate: 介護福祉士"),
        FieldKind.QUALIFICATIONS: N_(
            "as on the certificate, with 、 between: 介護福祉士、介護支援専門員"
        ),
        FieldKind.SYMBOL: N_("a symbol: 早"),
        FieldKind.SYMBOLS: N_("symbols with 、 between: 早、日、遅"),
        FieldKind.INTEGER: N_("a whole number: 5"),
        FieldKind.INTEGERS: N_("whole numbers with 、 between: 1、3"),
        FieldKind.SIGNED: N_("a whole number, also below 0: -2"),
        FieldKind.HALVES: N_("a number with .0 or .5: 2.5"),
        FieldKind.THOUSANDTHS: N_("a number with decimals: 2.67"),
        FieldKind.TALLIES: N_("shift, times/fair share: 計 3/2.5"),
        FieldKind.WEEKLY: N_("weekdays and times: 月水金 9:30-16:00、土"),
        FieldKind.OVERNIGHT: N_("a whole number, or 不明"),
        FieldKind.CLOCK: N_("a time: 9:30; of the next morning 翌9:30"),
        FieldKind.CLOCKS: N_("times with 、 between: 10:00、14:00"),
        FieldKind.SPAN: N_("from-to: 9:00-10:30, 21:00-翌6:00"),
        FieldKind.BREAKS: N_(
            "from-to, with / between what may be chosen: 11:30-12:30 / 12:30-13:30"
        ),
        FieldKind.MOMENT: N_("a time: 9:30; of visits from-to: 10:00-11:30"),
        FieldKind.DURATION: N_("hours:minutes: 7:45"),
        FieldKind.DATE: N_("a date: 2026/12/24, or 12/24"),
        FieldKind.DATES: N_("dates with 、 between: 12/24、12/31"),
        FieldKind.DATE_SPAN: N_(
            "dates from～until: 2026/12/10～2026/12/20; either may be left out: "
            "2026/12/10～"
        ),
        FieldKind.WEEKDAYS: N_("weekdays: 月水金"),
        FieldKind.EXCEPTION: N_("from the list on the right of the sheet"),
        FieldKind.AMOUNT: N_("hours:minutes or a number, as the list says: 1:30, 2"),
    }
)
"""How a value is typed, by its kind; those with choices are missing."""


def meaning_of(column: Column) -> str:
    """Return what a field means, translated."""
    return _(column.meaning)


def how_to_type(column: Column) -> str:
    """Return how a field is typed, translated: its choices, or a form with examples."""
    choices = names_of(column)
    if column.kind is FieldKind.EXCEPTION or not choices:
        return _(HOW[column.kind])
    text = "、".join(choices)
    if column.kind is not FieldKind.CHOICES:
        return text
    return _("{choices}; several with 、 between").format(choices=text)


def if_empty(column: Column) -> str:
    """Return what an empty cell stands for, translated; empty if nothing is said."""
    if column.required:
        return _("must be filled in")
    if column.kind in (FieldKind.OVERNIGHT, FieldKind.DATE_SPAN):
        return ""
    shown = show(column, column.default)
    return "" if shown is None else str(shown)
