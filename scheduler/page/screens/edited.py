"""What every screen answers on which cells are typed: steps, undo, and saving."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from scheduler.domain.errors import InputError, OutputError
from scheduler.domain.problem import Problem
from scheduler.page import clock
from scheduler.page.front_desk import kin_of
from scheduler.page.open_book import ChangedOutside, NotUnderstood, OpenBook
from scheduler.page.rendering import (
    PIECES,
    desk_of,
    part,
    screen,
    told_beside,
    with_form,
)
from scheduler.wording.mistakes import mistake_texts
from scheduler.wording.translation import _, ngettext

if TYPE_CHECKING:
    from scheduler.page.front_desk import FrontDesk

MOST_TEXT = 40
"""Most characters of a cell of a grid."""

MOST_TOLD = 3
"""Most mistakes that are told where a workbook could not be saved."""

FORMS = ("cell", "undo", "redo", "drop", "take-over", "save")
B = TypeVar("B", bound=OpenBook[Any])


class EditedScreen(ABC, Generic[B]):
    """A screen on which the cells of one workbook are typed.

    Its templates are named after it: the whole screen, and ``_changes`` for the answer
    to a step.
    """

    name: ClassVar[str]
    longest: ClassVar[int] = MOST_TEXT
    """Most characters of a cell."""
    forms: ClassVar[tuple[str, ...]] = FORMS
    """Ends of the addresses of its forms; a method of that name answers each."""

    @abstractmethod
    def find(self, desk: FrontDesk, book_id: str) -> B:
        """Return the open workbook; `NoSuchBook` if there is none."""

    @abstractmethod
    def step_of(self, request: Request, opened: B) -> Callable[[], None]:
        """Return the step that a form asks for."""

    @abstractmethod
    def values(self, request: Request, opened: B) -> dict[str, Any]:
        """Return what the templates need."""

    @abstractmethod
    def grid(self, request: Request, opened: B) -> Any:
        """Return all cells as they are now."""

    def changed(self, before: Any, after: Any) -> tuple[Any, ...]:
        """Return the cells that differ between two grids."""
        old = {cell.id: cell for cell in before.all_cells}
        return tuple(one for one in after.all_cells if old.get(one.id) != one)

    def routes(self) -> list[Route]:
        """Return the addresses of the screen."""
        at = f"/{self.name}/{{book}}"
        answers = {name: getattr(self, name.replace("-", "_")) for name in self.forms}
        return [
            Route(at, one_by_one(self.show)),
            *(
                Route(f"{at}/{name}", with_form(one_by_one(answer)), methods=["POST"])
                for name, answer in answers.items()
            ),
        ]

    def current(self, request: Request) -> B:
        """Return the workbook that the address names."""
        return self.find(desk_of(request), request.path_params["book"])

    def opened(self, request: Request) -> B:
        """Return the workbook as the tab that asks shows it.

        If its file has changed meanwhile, a line may be another person's by now.
        """
        current = self.current(request)
        form = getattr(request.state, "form", {})
        shown = current.shown_in(form.get("seen"))
        told = ""
        if shown is None:
            told = _(
                "The workbook has been changed elsewhere. “{text}” was not entered: "
                "load the page anew, look at what stands there now, and type it again."
            )
        elif shown.is_behind:
            told = _(
                "“{text}” was not entered: first choose, at the top of the page, what "
                "becomes of the cells typed before."
            )
        if told or shown is None:
            text = form.get("text") or form.get("number") or _("this change")
            raise HTTPException(409, told.format(text=text))
        return shown

    def show(self, request: Request) -> Response:
        """Show the screen."""
        opened = self.current(request)
        with opened.lock:
            values = self._values(request, opened, self.grid(request, opened))
            return screen(request, f"{self.name}.html", **values)

    def cell(self, request: Request) -> Response:
        """Take what was typed, and answer with all that it changes."""
        opened = self.opened(request)
        if len(str(request.state.form.get("text", ""))) > self.longest:
            raise HTTPException(413)
        try:
            step = self.step_of(request, opened)
        except IndexError:
            raise HTTPException(404) from None
        return self.step(request, opened, step)

    def undo(self, request: Request) -> Response:
        """Take the last step back."""
        opened = self.opened(request)
        return self._seen(request, opened, opened.undo)

    def redo(self, request: Request) -> Response:
        """Do again what was taken back last."""
        opened = self.opened(request)
        return self._seen(request, opened, opened.redo)

    def drop(self, request: Request) -> Response:
        """Give up all that is not saved."""
        opened = self.current(request)
        with opened.lock:
            if not _is_stale(request, opened):
                opened.drop()
        return self.again(request, opened)

    def take_over(self, request: Request) -> Response:
        """Lay what was typed over the file as another program has changed it."""
        opened = self.current(request)
        with opened.lock:
            opened.take_over()
        return self.again(request, opened)

    def save(self, request: Request) -> Response:
        """Write what was typed into the workbook."""
        opened = self.current(request)
        with opened.lock:
            if opened.is_behind or _is_stale(request, opened):
                return self.again(request, opened)
            try:
                opened.save()
            except ChangedOutside:
                return self.again(request, opened)
            except InputError as error:
                told = " ".join(mistake_texts(error.mistakes)[:MOST_TOLD])
                return told_beside(_("Not saved: {reason}").format(reason=told), 422)
            except OutputError as error:
                return told_beside(str(error), 409)
        return self.again(request, opened)

    def _seen(self, request: Request, opened: B, step: Callable[[], None]) -> Response:
        """Take a step that is about what another tab may have typed meanwhile."""
        if _is_stale(request, opened):
            return self.again(request, opened)
        return self.step(request, opened, step)

    def step(self, request: Request, opened: B, step: Callable[[], None]) -> Response:
        """Take a step, and answer with the cells that changed and all sums.

        One of a tab that shows the file as it was is laid over the file as it is.
        """
        with opened.lock:
            is_stale = _is_stale(request, opened)
            before = self.grid(request, opened)
            try:
                step()
            except NotUnderstood as error:
                return told_beside(str(error), 422)
            current = self.current(request)
            if current is not opened:
                current.take_up(opened)
            if is_stale or current is not opened:
                return self.again(request, current)
            grid = self.grid(request, opened)
            values = self._values(request, opened, grid)
            values["cells"] = self.changed(before, grid)
            values |= kin_of(desk_of(request), opened.book, self.name)
            return pieces(f"{self.name}_changes.html", **values)

    def again(self, request: Request, opened: B) -> Response:
        """Have the browser load the screen anew."""
        return HTMLResponse("", headers={"HX-Redirect": self.way(request, opened)})

    def way(self, request: Request, opened: B) -> str:
        """Return the address of the screen as it is shown."""
        return f"/{self.name}/{opened.book.id}"

    def _values(self, request: Request, opened: B, grid: Any) -> dict[str, Any]:
        number = len(opened.edits)
        text = ngettext("{number} change", "{number} changes", number)
        return {
            "book": opened.book.id,
            "at": f"/{self.name}/{opened.book.id}",
            "opened": opened,
            "grid": grid,
            "changed": text.format(number=number) if number else "",
            "stand": _("Not saved: {number}").format(number=number) if number else "",
            **self.values(request, opened),
        }


class DatedScreen(EditedScreen[B]):
    """A screen with the dates of a month, of which one is shown in full."""

    def routes(self) -> list[Route]:
        """Return the addresses of the screen."""
        return [
            *super().routes(),
            Route(f"/{self.name}/{{book}}/day", one_by_one(self.day)),
        ]

    @abstractmethod
    def day_values(self, opened: B, date: dt.date) -> dict[str, Any]:
        """Return what the template of a date needs."""

    def day(self, request: Request) -> Response:
        """Show a date."""
        opened = self.current(request)
        with opened.lock:
            values = self.day_values(opened, date_shown(request, opened.problem))
            given = {"book": opened.book.id, **values}
            text = part(f"{self.name}_day.html", **given)
            return HTMLResponse(f"<template>{text}</template>", headers=PIECES)


def _is_stale(request: Request, opened: OpenBook[Any]) -> bool:
    """Whether the tab that asks does not show what was typed in another one."""
    told = request.state.form.get("seen")
    return told is not None and told != opened.seen


def one_by_one(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Return an answer that waits until the one before has been given.

    So a cell that is typed while the workbook is saved becomes a step of the new one.
    """

    @wraps(answer)
    def waiting(request: Request) -> Response:
        with desk_of(request).typing:
            return answer(request)

    return waiting


def date_shown(request: Request, problem: Problem) -> dt.date:
    """Return the date that is shown: asked for, today's, or the first."""
    form = getattr(request.state, "form", {})
    asked = request.query_params.get("date") or str(form.get("shown", ""))
    return date_meant(problem, asked)


def date_meant(problem: Problem, text: str) -> dt.date:
    """Return the date of a month that a text names; else today's, or the first."""
    dates = problem.period.dates
    today = clock.today()
    usual = today if today in dates else dates[0]
    return {str(date): date for date in dates}.get(text, usual)


def number(text: object) -> int:
    """Return a row or column; a number that is none lies outside of everything."""
    told = str(text)
    if not told.isascii() or not told.isdecimal() or len(told) > 4:
        raise IndexError(told)
    return int(told)


def pieces(name: str, **values: Any) -> Response:
    """Answer with elements that take the places of those with the same id."""
    text = part(name, **values)
    return HTMLResponse(text, headers=PIECES)
