"""What was made of a roster before it last changed, and still lies beside it.

Nothing of it is changed or removed: it may hang on the wall, or have been handed out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scheduler.wording.translation import N_, _


class Outdated(NamedTuple):
    """A file or folder that shows a roster as it was.

    Attributes
    ----------
    again
        The command that makes it anew, and its option.
    """

    path: Path
    again: tuple[str, ...]


MADE = {
    N_("Wall sheet"): ("check", "--wall-pdf"),
    N_("proof"): ("check", "--proof"),
    N_("slips"): ("slips",),
}
"""Words at the end of the names of what is made of a roster, with the commands."""

NAMED = {
    N_("{name}-staffing table"): ("papers",),
    N_("{name}-form ({edition})"): ("papers",),
    N_("{name}-room"): ("room",),
    N_("{name}-absence-map"): ("resilience",),
    N_("{name}-pay"): ("pay",),
}
"""The same where whole names are translated."""


def outdated(roster: Path) -> tuple[Outdated, ...]:
    """Return what was made of a roster before its file was last written."""
    changed = roster.stat().st_mtime_ns
    made = dict(_begins(roster.stem))
    found = []
    for path in sorted(roster.parent.iterdir()):
        begin = next((one for one in made if path.name.startswith(one)), None)
        if begin is not None and path.stat().st_mtime_ns < changed:
            found.append(Outdated(path, made[begin]))
    return tuple(found)


def _begins(stem: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield how the names begin of what is made of a roster; a number may follow."""
    for word, again in MADE.items():
        yield f"{stem}-{_(word)}", again
    for name, again in NAMED.items():
        begin, _sign, _rest = _(name).partition("{edition}")
        yield begin.format(name=stem), again
