"""The command `open`: serves the page on this computer until it is stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli.failures import WrongUse
from scheduler.cli.session import Session
from scheduler.domain.errors import Exit
from scheduler.wording.translation import _


def open(
    session: Session,
    folder: Annotated[Path, typer.Argument()] = Path(),
    browser: bool = True,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 0,
) -> int:
    """Serve the page of a folder until it is stopped, and open the browser there."""
    if not folder.is_dir():
        raise WrongUse(_("There is no folder {path}.").format(path=folder))
    from scheduler.page.app import serve

    def tell(address: str) -> None:
        session.note(_("The page is open at {address}").format(address=address))
        session.note(_("Only this computer can see it. Ctrl-C ends it."))
        session.give(exit=Exit.DONE, address=address)

    session.stopping.keep(_("The page is closing; what is being saved is saved first."))
    stop = session.stopping.wish
    try:
        serve(folder, port=port, on_ready=tell, browser=browser, stop=stop)
    except OSError as error:
        text = _(
            "Port {port} cannot be used; perhaps another program has it. Without "
            "--port a free one is taken."
        )
        raise WrongUse(text.format(port=port)) from error
    return Exit.DONE
