"""Workbooks out of the folder, and the language of the page."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from scheduler.page.rendering import book_of
from scheduler.wording.translation import LANGUAGES, use_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def named(name: str) -> dict[str, str]:
    """Return the header under which a browser keeps an answer as a file."""
    return {"content-disposition": f"attachment; filename*=utf-8''{quote(name)}"}


def download(request: Request) -> Response:
    """Hand out a workbook as it lies in the folder."""
    book = book_of(request)
    return FileResponse(book.path, media_type=XLSX, filename=book.path.name)


def use(request: Request) -> Response:
    """Use another language from now on, in every tab."""
    asked = str(request.state.form.get("language", ""))
    for one in LANGUAGES:
        if one == asked:
            use_language(one)
    return RedirectResponse("/", 303)
