"""The page of the precheck (事前チェック): its sums, by topic.

They depend on the input only, not on the roster.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from scheduler.domain.precheck import Verdict
from scheduler.files.workbook.page import CENTRE, LEFT, Page
from scheduler.files.workbook.styles import (
    ALARM_INK,
    GOOD,
    SHORT,
    WISH,
    Look,
)
from scheduler.precheck import precheck
from scheduler.wording.precheck import (
    MARKS,
    headline,
    line_text,
    topic_name,
    verdict_name,
)
from scheduler.wording.translation import _

if TYPE_CHECKING:
    from scheduler.files.workbook.roster.book import Book

COLUMNS = (4, 13, 108)

LOOKS = {
    Verdict.IMPOSSIBLE: replace(CENTRE, fill=SHORT, ink=ALARM_INK, bold=True),
    Verdict.TIGHT: replace(CENTRE, fill=WISH),
    Verdict.FINE: replace(CENTRE, fill=GOOD),
}
SENTENCE = replace(LEFT, size=9)


def write_precheck(book: Book, page: Page) -> None:
    """Fill the page of the precheck."""
    lines = precheck(book.problem)
    page.widths(COLUMNS)
    page.title(_("What the input adds up to, before any search"))
    worst = min((line.verdict for line in lines), key=tuple(Verdict).index)
    look = LOOKS[worst]
    page.sentence(
        headline(lines),
        Look(bold=True, size=11, fill=look.fill, ink=look.ink, across="left"),
    )
    page.sentence(
        _(
            "Each line counts what could be done at the most, with law, contracts, pins"
            " and musts kept. “Impossible” is proven by the sum; that sums add up does"
            " not yet mean that a roster exists. Edits by hand are not followed here."
        ),
        LEFT,
    )
    for topic, own in groupby(lines, key=lambda line: line.topic):
        page.section(topic_name(topic))
        for line in own:
            mark = LOOKS[line.verdict]
            page.line(
                (MARKS[line.verdict], verdict_name(line), line_text(line)),
                (mark, mark, SENTENCE),
            )
    page.finish()
