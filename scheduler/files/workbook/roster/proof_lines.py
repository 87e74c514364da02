"""The lines under a date of the proof: each rule, its article, and how it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.clock import Interval
from scheduler.files.workbook.roster.words import article, title
from scheduler.wording.names import duration_text, people_text
from scheduler.wording.times import span_text
from scheduler.wording.translation import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from scheduler.audit.figures.day_curve import Moment
    from scheduler.files.workbook.roster.book import Book


def lines(book: Book, date: dt.date) -> tuple[tuple[str, bool], ...]:
    """Return a sentence for each rule of the date, and whether it is kept."""
    curve = book.curves[date]
    by_day = [moment for moment in curve if moment.night is None]
    held = [moment for moment in curve if moment.is_house_held]
    return (
        _hours(book, date),
        _people(book, "A-04", "presence", by_day, lambda moment: moment.awake_required),
        _people(book, "K-01", "must", held, lambda moment: moment.house_required),
        _night(book, date),
    )


def _hours(book: Book, date: dt.date) -> tuple[str, bool]:
    day = book.hours[date]
    what = _("required {required}, planned {planned}, to spare {margin}").format(
        required=duration_text(day.required),
        planned=duration_text(day.planned),
        margin=duration_text(day.margin),
    )
    return _sentence(book, "A-03", "daily", what), day.margin >= 0


def _people(
    book: Book,
    rule: str,
    facet: str,
    moments: list[Moment],
    required: Callable[[Moment], int],
) -> tuple[str, bool]:
    if not moments:
        return _sentence(book, rule, facet, _("no day band")), True
    tightest = min(moments, key=lambda moment: moment.planned - required(moment))
    text = _("tightest {span}: required {required}, at work {planned}")
    what = text.format(
        span=span_text(Interval(tightest.begin, tightest.end)),
        required=people_text(required(tightest)),
        planned=people_text(tightest.planned),
    )
    return _sentence(book, rule, facet, what), tightest.planned >= required(tightest)


def _night(book: Book, date: dt.date) -> tuple[str, bool]:
    night = book.nights[date]
    if not night.needed:
        what = _("nobody stays overnight and there is a contact system: no night staff")
        return _sentence(book, "A-06", "awake", what), True
    text = _("awake {awake}, on call {on_call}")
    what = text.format(
        awake="、".join(night.awake) or _("nobody"),
        on_call=night.on_call or _("nobody"),
    )
    return _sentence(book, "A-06", "awake", what), not night.is_short


def _sentence(book: Book, rule_id: str, facet: str, what: str) -> str:
    rule = book.rulebook[rule_id]
    return _("{rule} {title}: {what}  [{article}]").format(
        rule=rule.id, title=title(rule), what=what, article=article(rule, facet)
    )
